"""Every change of an organisation's own guidance. What is in force never changes: each change is a new edition."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock
from alongside.foundation.events import event
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Organisation
from alongside.guidance import Invalid, Problem, adapting, library, queries
from alongside.guidance.models import EditionDraft, OwnEdition
from alongside.guidance.rules import OWN

LONGEST_DRAFT = 400_000


class WrittenMeanwhile(NotPossible):
    """Somebody else saved an edition while this was being written; nothing was overwritten."""

    def __init__(self, newest: OwnEdition | None) -> None:
        who = newest.written_by.name if newest else ""
        super().__init__(_("%(name)s has saved an edition meanwhile. Look at what differs now.") % {"name": who})


class DoesNotFit(NotPossible):
    """What was written is no sound document. `problems` says what to do."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__(_("This is not whole yet. See what is missing."))


def keep_draft(content: Mapping[str, Any], *, by: Actor) -> None:
    """Keep what somebody has changed in a document, part by part; nothing where nothing differs from what is in force.

    No event: nobody else sees it. Raises NotPossible for what is too long, and NotFound for what cannot be adapted.
    """
    kind, key = str(content["kind"]), str(content["key"])
    changes = adapting.overlay(queries.in_force(by, kind, key), content)
    if not changes:
        drop_draft(kind, key, by=by)
        return
    if len(str(changes)) > LONGEST_DRAFT:
        raise NotPossible(_("This is too long to be kept."))
    EditionDraft.objects.update_or_create(
        author=by.membership, kind=kind, key=key, defaults={"changes": changes, "changed_at": clock.now()}
    )


def drop_draft(kind: str, key: str, *, by: Actor) -> None:
    """Forget what somebody has begun to write."""
    queries.drafts_visible_to(by).filter(kind=kind, key=key).delete()


def save_edition(content: Mapping[str, Any], *, note: str, seen: int, by: Actor) -> OwnEdition:
    """A new edition, in force from now on. `seen` is the number of the newest own edition that its writer has read.

    Raises DoesNotFit for what is no sound document or changes what rules hang on, WrittenMeanwhile for what is
    overtaken, and NotPossible without a note, and where nothing would change.
    """
    kind, key = str(content["kind"]), str(content["key"])
    made = OwnEdition(organisation=by.organisation, kind=kind, key=key)
    with event("guidance.adapted", by=by, about=made, kind=kind, key=key) as happened:
        newest = _lock(kind, key, seen, by)
        base = queries.in_force(by, kind, key)
        if adapting.same(base, content):
            raise NotPossible(_("Nothing has changed: your guidance says that already."))
        number = newest + 1
        made.content = _sound(base, adapting.numbered(content, OWN + number))
        _write(made, number, note, by)
        drop_draft(kind, key, by=by)
        happened.codes["edition"] = made.edition
    return made


def go_back(kind: str, key: str, number: int, *, note: str, seen: int, by: Actor) -> OwnEdition:
    """Let an earlier edition count again, as a new one; number 0 is the shipped document.

    Raises as `save_edition`, and NotPossible where there is no such edition.
    """
    made = OwnEdition(organisation=by.organisation, kind=kind, key=key, taken_from=number)
    with event("guidance.went_back", by=by, about=made, kind=kind, key=key, number=number) as happened:
        newest = _lock(kind, key, seen, by)
        held = queries.history(by, kind, key).filter(number=number, content__isnull=False).first()
        if number == 0:
            if queries.ours(by.organisation.pk).edition(kind, key) is None:
                raise NotPossible(_("You go by the shipped edition already."))
        elif held is None or held.content is None:
            raise NotPossible(_("There is no such edition."))
        elif adapting.same(queries.in_force(by, kind, key), held.content):
            raise NotPossible(_("Nothing has changed: your guidance says that already."))
        else:
            made.content = _sound(held.content, adapting.numbered(held.content, OWN + newest + 1))
        _write(made, newest + 1, note, by)
        happened.codes["edition"] = made.edition
    return made


def _lock(kind: str, key: str, seen: int, by: Actor) -> int:
    """The number of the newest edition, while nobody else can write one. Raises WrittenMeanwhile, NotFound."""
    queries.in_force(by, kind, key)
    Organisation.objects.select_for_update(no_key=True).get(pk=by.organisation.pk)
    newest = queries.history(by, kind, key).first()
    number = newest.number if newest else 0
    if number != seen:
        raise WrittenMeanwhile(newest)
    return number


def _sound(base: Mapping[str, Any], content: Mapping[str, Any]) -> dict[str, Any]:
    """The document as it is kept: checked, and in the shape of its kind. Raises DoesNotFit."""
    if problem := adapting.fault(base, content):
        raise DoesNotFit(problem)
    try:
        return library.load(content).model_dump(mode="json")
    except Invalid as found:
        raise DoesNotFit(*found.problems) from found


def _write(made: OwnEdition, number: int, note: str, by: Actor) -> None:
    if not note.strip():
        raise NotPossible(gettext("Say what changes and why: whoever comes after you will want to know."))
    made.number, made.note, made.written_by, made.written_at = number, note.strip(), by.membership, clock.now()
    made.shipped = queries.newest_shipped(made.kind, made.key)
    made.save()
