"""Putting the training together, and doing it."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from django.core.files import File
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from alongside import guidance
from alongside.foundation import clock, files
from alongside.foundation.events import event
from alongside.foundation.files.models import Upload
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor, System
from alongside.foundation.identity.models import Membership, Organisation
from alongside.readiness import rules
from alongside.readiness.models import Completion, Module, TrainingDay
from alongside.readiness.queries import training
from alongside.readiness.terms import Need

_WORDS = ("title", "summary", "minutes", "text", "link", "is_met")
MOST_QUESTIONS = 12
_OF_WHOM = {"core": {"mentors": Need.REQUIRED}, "mentee": {"mentees": Need.REQUIRED}}


class Wanted(NamedTuple):
    """What a part of the training is to be. The words of a shipped one are left out."""

    mentors: str
    mentees: str
    valid_months: int | None = None
    words: Mapping[str, Any] = {}
    again: bool = False  # whoever has done it does it again
    file: File | None = None  # a PDF to be handed out; None: as it was
    without_file: bool = False


class NotRight(NotPossible):
    """Some questions were not answered rightly: `questions` holds their keys."""

    def __init__(self, questions: list[str]) -> None:
        self.questions = questions
        super().__init__(_("Not all answers are right yet. Read what stands beside them, and try again."))


def adopt(*, by: Actor) -> int:
    """Use the shipped courses as the organisation's training; how many parts are new. What is used already stays."""
    with transaction.atomic():
        Organisation.objects.select_for_update(no_key=True).get(pk=by.organisation.pk)
        sources = training.unadopted(by.organisation)
        if not sources:
            return 0
        with event("training.adopted", by=by, about=by.organisation, parts=len(sources)):
            for source in sources:
                course, _slash, key = source.partition("/")
                held = guidance.course(course).module(key)
                Module.objects.create(
                    organisation=by.organisation, source=source, title=held.name if held else key, by=by.membership,
                    place=_next_place(by), changed_at=clock.now(), **_OF_WHOM[course],
                )  # fmt: skip
    return len(sources)


def _next_place(by: Actor) -> int:
    last = Module.objects.filter(organisation=by.organisation).aggregate(last=Max("place"))["last"]
    return int(last or 0) + 1


def add_module(wanted: Wanted, *, by: Actor) -> Module:
    """A new part in the organisation's own words. Raises files.Refused where its file is not taken."""
    made = Module(
        organisation=by.organisation, by=by.membership, changed_at=clock.now(), place=_next_place(by),
        mentors=wanted.mentors, mentees=wanted.mentees, valid_months=wanted.valid_months, **wanted.words,
    )  # fmt: skip
    with event("module.added", by=by, about=made):
        made.file = _kept(wanted.file, by) if wanted.file else None
        made.save()
    return made


def _kept(given: File, by: Actor) -> Upload:
    # The organisation's, whoever hands it in: it stays when they go.
    return files.accept(given, by=System(by.organisation), days=None, kinds=files.DOCUMENTS)


def change_module(module: Module, wanted: Wanted, *, seen: int, by: Actor) -> Module:
    """Change a part of the training; what it says anew counts as a change.

    Raises NotPossible where it was taken out, or somebody has changed it since; files.Refused where its file is not
    taken.
    """
    with event("module.changed", by=by, about=module, again=wanted.again):
        held = _changeable(module, seen)
        said = {} if held.source else {name: wanted.words[name] for name in _WORDS if name in wanted.words}
        before = held.file
        if not held.source and (wanted.file or wanted.without_file):
            said["file"] = _kept(wanted.file, by) if wanted.file else None
        is_new = any(getattr(held, name) != value for name, value in said.items())
        held.mentors, held.mentees, held.valid_months = wanted.mentors, wanted.mentees, wanted.valid_months
        held.revision += int(is_new or wanted.again)
        if wanted.again:
            held.asked_from = held.revision
        for name, value in said.items():
            setattr(held, name, value)
        held.by, held.changed_at = by.membership, clock.now()
        held.save()
        if before and "file" in said:
            files.delete(before)
    return held


def ask(module: Module, question: rules.Question, *, seen: int, by: Actor) -> Module:
    """Ask a question at the end of an own part, or ask the one of this key otherwise. Raises NotPossible."""
    asked = [held if held["key"] != question.key else question.said() for held in module.questions]
    if all(held["key"] != question.key for held in module.questions):
        asked.append(question.said())
    if len(asked) > MOST_QUESTIONS:
        raise NotPossible(_("Twelve questions are enough. Take one out first, or make two parts of it."))
    return _with_questions(module, asked, seen, by)


def leave_out(module: Module, key: str, *, seen: int, by: Actor) -> Module:
    """No longer ask a question. Raises NotPossible."""
    return _with_questions(module, [held for held in module.questions if held["key"] != key], seen, by)


def _with_questions(module: Module, asked: list[dict[str, Any]], seen: int, by: Actor) -> Module:
    with event("module.changed", by=by, about=module, again=False):
        held = _changeable(module, seen)
        held.questions, held.revision = asked, held.revision + 1
        held.by, held.changed_at = by.membership, clock.now()
        held.save(update_fields=["questions", "revision", "by", "changed_at"])
    return held


def _changeable(module: Module, seen: int) -> Module:
    held = Module.objects.select_for_update().get(pk=module.pk)
    if held.retired_at:
        raise NotPossible(_("This part was taken out of the training. Add it anew if it is needed."))
    if held.revision != seen:
        raise NotPossible(_("Somebody has changed this part a moment ago. Look at it before you change it."))
    return held


def retire(module: Module, *, by: Actor) -> None:
    """Take a part out of the training: it is asked of nobody any more. Who has done it keeps that. Once is enough."""
    with transaction.atomic():
        held = Module.objects.select_for_update().get(pk=module.pk)
        if held.retired_at is None:
            with event("module.retired", by=by, about=held):
                held.retired_at = clock.now()
                held.save(update_fields=["retired_at"])


def complete(module: Module, answers: Mapping[str, str], *, seen: int, by: Actor) -> Completion:
    """Do a part of the training, or do it again: answers by question. Only that it is done is kept, not the answers.

    Raises NotRight, and NotPossible where the part was taken out or changed since it stood before whoever does it.
    """
    with transaction.atomic():
        held = Module.objects.select_for_update().get(pk=module.pk)
        if reason := rules.why_not_complete(held.retired_at is not None, seen, held.revision):
            raise NotPossible(reason)
        if held.is_met:
            raise NotPossible(_("This part is done by being there. Choose a day on its page."))
        if wrong := rules.wrong(_right(held), answers):
            raise NotRight(wrong)
        today = clock.today(by.organisation.timezone)
        with event("training.completed", by=by, about=by.membership, module=held.ref):
            done = completed(held, by.membership, today)
    return done


def completed(module: Module, membership: Membership, on: date, day: TrainingDay | None = None) -> Completion:
    """Write down that somebody did a part on a day, for the first time or again. The caller has the event."""
    held = {"revision": module.revision, "at": clock.now(), "day": day}
    held["until"] = rules.months_on(on, module.valid_months)
    return Completion.objects.update_or_create(module=module, membership=membership, defaults=held)[0]


def _right(module: Module) -> dict[str, str]:
    """The right answer to each question of a module."""
    asked = training.in_words(module, guidance.ENGLISH).questions
    return {question.key: next(one.key for one in question.choices if one.right) for question in asked}
