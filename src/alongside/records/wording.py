"""Codes in words: what the page of an export says where a row holds the name of something, such as of an event."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.db.models import Field
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from alongside import guidance
from alongside.foundation.events import declared
from alongside.foundation.jobs import registry as jobs
from alongside.foundation.notifications import registry as notifications
from alongside.people.terms import Arranging, Together, WayToMeet

Words = Callable[[str], Any]
_WAYS = dict(WayToMeet.choices)
_LANGUAGES = dict(settings.LANGUAGES)
_NEEDS = dict(Arranging.choices) | dict(Together.choices)


def titled(address: str) -> str:
    """What a document of guidance is called; anything that is no address of a shipped one, as it is."""
    try:
        found = guidance.at(address, get_language() or guidance.ENGLISH)
    except guidance.NotFound:
        return address
    return str(getattr(found, "title", "") or getattr(found, "name", "") or address)


def _evidence(code: str) -> str:
    return gettext(guidance.Evidence(code).words) if code in list(guidance.Evidence) else code


_WORDS: Mapping[str, Words] = {
    "events.auditentry.by": lambda _ref: gettext("You"),  # an entry is theirs who did it
    "events.auditentry.name": lambda name: declared().get(name, name),
    "notifications.mail.kind": notifications.words_of,
    "jobs.job.name": jobs.words_of,
    "relationships.move.evidence": _evidence,
    "people.profile.ways_to_meet": lambda code: _WAYS.get(code, code),
    "people.needspart.chosen": lambda codes: "\n".join(str(_NEEDS.get(code, code)) for code in codes.split("\n")),
}
_CALLED = {
    "accepted_at": _("Said yes by both on"),
    "answered_at": _("Answered on"),
    "applied_at": _("Applied on"),
    "asked_at": _("Asked on"),
    "at": _("When"),
    "body": _("Text"),
    "by": _("By whom"),
    "changed_at": _("Last changed on"),
    "changed_by": _("Last changed by"),
    "clause_set": _("The clauses that it was made from"),
    "created_at": _("Begun on"),
    "created_by": _("Begun by"),
    "delete_after": _("Deleted after"),
    "edited_at": _("Last written on"),
    "edited_by": _("Last written by"),
    "ended_at": _("Ended on"),
    "evidence": _("What shows it"),
    "expires_at": _("Good until"),
    "from_stage": _("Stage before"),
    "from_state": _("How far before"),
    "html": _("As it was laid out"),
    "intent": _("Words beside the signature"),
    "is_active": _("Can sign in"),
    "joined_at": _("Joined on"),
    "kept_at": _("Kept on"),
    "kind": _("What it is"),
    "layer": _("Part of the agreement"),
    "made_at": _("Made on"),
    "membership": _("Who"),
    "method": _("Signed in by"),
    "name": _("Name"),
    "opened_at": _("Begun on"),
    "opened_by": _("Begun by"),
    "proposed_at": _("Proposed on"),
    "proposed_by": _("Proposed by"),
    "readers": _("Who reads it"),
    "saved_at": _("Last saved on"),
    "sent_at": _("Sent on"),
    "set": _("The clauses that it was made from"),
    "shown_at": _("Shown on"),
    "signed_at": _("Signed on"),
    "state": _("How far it is"),
    "to_address": _("Sent to"),
    "to_stage": _("Stage after"),
    "to_state": _("How far after"),
    "used_at": _("Used on"),
    "written_at": _("Written on"),
}
_CALLED_IN = {"events.auditentry.name": _("What happened"), "jobs.job.name": _("What was done")}


def called(name: str) -> str:
    """What a page calls a field of this name that was given no name of its own."""
    return str(_CALLED.get(name) or capfirst(name.replace("_", " ")))


def heading(column: "Field[Any, Any]") -> str:
    """What a page calls a column: the name that its package gave it, or words for what such columns hold."""
    if (held := _CALLED_IN.get(_place(column))) is not None:
        return str(held)
    words = str(column.verbose_name)
    return called(column.name) if words == column.name.replace("_", " ") else str(capfirst(words))


def said(column: "Field[Any, Any]", value: Any) -> Any:
    """The codes of a column in words, one or a list of them; anything else as it is."""
    if column.name == "language":
        return _LANGUAGES.get(value, value)
    words = _WORDS.get(_place(column))
    if words is None:
        return value
    return [str(words(code)) for code in value] if isinstance(value, list) else str(words(value))


def _place(column: "Field[Any, Any]") -> str:
    return f"{column.model._meta.label_lower}.{column.name}"
