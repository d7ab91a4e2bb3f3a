"""Reads of what an organisation's mails say."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404

from alongside.foundation import access
from alongside.foundation.identity.actors import Actor
from alongside.foundation.notifications import letters as rules
from alongside.foundation.notifications import queries as outbox
from alongside.foundation.notifications import registry
from alongside.foundation.notifications.letters import Letter, Wording
from alongside.foundation.notifications.models import OwnWords
from alongside.foundation.notifications.queries import Kept
from alongside.foundation.notifications.registry import Kind, Words


@dataclass(frozen=True)
class Row:
    """One mail, as the list of all mails shows it."""

    letter: Letter
    kind: Words
    kept: Kept
    broken: bool  # own words that lack something which is needed by now: ours are sent instead


@dataclass(frozen=True)
class AllLetters:
    """Every mail that Alongside sends: those of programmes, those that always go, and those that nobody changes."""

    of_programmes: Sequence[Row]
    always: Sequence[Row]
    fixed: Sequence[Kind]


def all_letters(actor: Actor, language: str) -> AllLetters:
    """The list of all mails in one language: one query."""
    held = outbox.kept_words(actor.organisation)
    drafts = access.may(actor, "organisations.change_letters")
    rows = [_row(letter, held.get((letter.key, language), Kept()), drafts) for letter in registry.letters()]
    worded = {letter.kind for letter in registry.letters()}
    return AllLetters(
        of_programmes=[row for row in rows if row.letter.of_programme],
        always=[row for row in rows if not row.letter.of_programme],
        fixed=[kind for kind in registry.kinds() if kind.name not in worded and kind.name != outbox.TRIAL],
    )


def _row(letter: Letter, kept: Kept, drafts: bool) -> Row:
    kept = kept if drafts else Kept(kept.in_force)
    return Row(letter, registry.words_of(letter.kind), kept, is_broken(letter, kept))


def is_broken(letter: Letter, kept: Kept) -> bool:
    """Do own words lack something that the mail needs since?"""
    return kept.in_force is not None and bool(rules.faults(letter, kept.in_force.wording))


def find(actor: Actor, key: str, language: str) -> tuple[Letter, dict[str, str]]:
    """A mail by its address, and every language that somebody here reads.

    Raises Http404 for a mail that is none, or another language.
    """
    try:
        held = registry.letter(key)
    except registry.UndeclaredLetter:
        raise Http404 from None
    spoken = dict(outbox.languages_of(actor.organisation))
    if language not in spoken:
        raise Http404
    return held, spoken


def kept(actor: Actor, letter: Letter, language: str) -> Kept:
    """How its words stand; what is being written only for whoever may change it."""
    held = outbox.kept(actor.organisation, letter, language)
    return held if access.may(actor, "organisations.change_letters") else Kept(held.in_force)


def versions(actor: Actor, letter: Letter, language: str) -> list[OwnWords]:
    """What it said when, the newest first."""
    found = outbox.own_words(actor.organisation).filter(letter=letter.key, language=language, version__isnull=False)
    return list(found.order_by("-version")[:50])


def wording(kept: Kept, which: str) -> Wording | None:
    """The words that are in force, or those that are being written; None for ours. Raises Http404 for no draft."""
    if which == "draft":
        if kept.draft is None:
            raise Http404
        return kept.draft.wording
    return kept.in_force.wording if kept.in_force and which == "now" else None
