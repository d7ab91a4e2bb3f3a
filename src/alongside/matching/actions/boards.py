"""What coordinators do on the board: pairs that stay or must not be, looking, the steps up to the lock, words."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock, jobs
from alongside.foundation.events import Who, event
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor
from alongside.matching import queries, rules
from alongside.matching.actions.locking import locked
from alongside.matching.models import Mark, Opened, Question, Round, Run
from alongside.matching.terms import OPEN, MarkKind, RoundState
from alongside.programmes.models import Participation

ASK = "matching.ask"


def mark(
    round_: Round, mentee: Participation, mentor: Participation, kind: MarkKind | None, *, by: Actor, seen: int
) -> Round:
    """Say that two people stay together, or must not be paired; None takes back what was said of them.

    A mentee who stays with one mentor stays with no other: an earlier mark goes. Raises NotPossible once the round is
    looked through, when somebody else changed it (`seen`), or for people who are not of this programme.
    """
    with transaction.atomic():
        fresh = locked(round_, RoundState.DRAFT, seen=seen)
        if {mentee.programme_id, mentor.programme_id} != {fresh.programme_id} or mentee.part == mentor.part:
            raise NotPossible(_("A pair is a mentor and a mentee of the same programme."))
        said = kind.value if kind else "none"
        with event("matching.marked", by=by, about=fresh, mentee=mentee.ref, mentor=mentor.ref, kind=said):
            _replace(fresh, mentee, mentor, kind, by=by)
            return _changed(fresh, by)


def _replace(round_: Round, mentee: Participation, mentor: Participation, kind: MarkKind | None, *, by: Actor) -> None:
    Mark.objects.filter(round=round_, mentee=mentee, mentor=mentor).delete()
    if kind == MarkKind.HOLD:
        Mark.objects.filter(round=round_, mentee=mentee, kind=MarkKind.HOLD).delete()
        held = Mark.objects.filter(round=round_, mentor=mentor, kind=MarkKind.HOLD).count()
        if held >= mentor.capacity:
            words = _("All places of %(name)s are held for others already. Unlock one of those pairs first.")
            raise NotPossible(words % {"name": mentor.membership.name})
    if kind:
        Mark.objects.create(round=round_, mentee=mentee, mentor=mentor, kind=kind, by=by.membership, at=clock.now())


def _changed(fresh: Round, by: Actor, **values: object) -> Round:
    values = {**values, "revision": fresh.revision + 1, "changed_by": by.membership}
    for name, value in values.items():
        setattr(fresh, name, value)
    fresh.save(update_fields=list(values))
    return fresh


def look(round_: Round, mentee: Participation, mentor: Participation | None = None, *, by: Actor) -> None:
    """Remember that a coordinator has looked at somebody who is not placed, or at a pair. Twice changes nothing."""
    if Opened.objects.filter(round=round_, mentee=mentee, mentor=mentor).exists() or round_.state not in OPEN:
        return
    with event("matching.looked", by=by, about=round_, mentee=mentee.ref, mentor=mentor.ref if mentor else ""):
        Opened.objects.get_or_create(
            round=round_, mentee=mentee, mentor=mentor, defaults={"by": by.membership, "at": clock.now()}
        )


def write(round_: Round, words: str, *, by: Actor, seen: int) -> Round:
    """Keep the words that go out with a round."""
    with transaction.atomic():
        fresh = locked(round_, seen=seen)
        with event("matching.words_written", by=by, about=fresh):
            return _changed(fresh, by, words=words.strip())


def move(round_: Round, to: RoundState, *, by: Actor, seen: int) -> Round:
    """Take a round a step on or back: looked through, locked, unlocked, discarded. Publishing is `publish`.

    Raises NotPossible with what is missing.
    """
    with transaction.atomic():
        fresh = locked(round_, seen=seen)
        if to == RoundState.PUBLISHED or not rules.may_move(fresh.state, to):
            raise NotPossible(_("That step is not open from here. Look at the matching again."))
        if to in (RoundState.REVIEWED, RoundState.LOCKED):
            refuse_unready(fresh)
        with event("matching.moved", by=by, about=fresh, to=to.value):
            return _changed(fresh, by, state=to)


def refuse_unready(round_: Round) -> Run:
    """The run that a round would publish. Raises NotPossible with what is left to do before."""
    run = queries.shown_run(round_)
    if run is None:
        raise NotPossible(_("No pairs have been worked out yet. Do that first."))
    if queries.waiting_run(round_) or not queries.is_up_to_date(round_, run):
        raise NotPossible(_("Something was changed since these pairs were worked out. Work them out again first."))
    people, pairs = queries.unopened(run)
    if people or pairs:
        words = _("Look at them first: %(people)s not yet placed, %(pairs)s pairs that are worth a look.")
        raise NotPossible(words % {"people": people, "pairs": pairs})
    return run


def ask(run: Run, mentee: Participation, mentor: Participation, *, by: Who) -> Question:
    """Ask why two people of a run are not paired, and what insisting would cost. Asked once, it is answered once."""
    with transaction.atomic():
        Round.objects.select_for_update().get(pk=run.round_id)
        known = Question.objects.filter(run=run, mentee=mentee, mentor=mentor).first()
        if known and (known.answer is not None or queries.is_under_way(known.job_ref)):
            return known
        asked = known or Question(run=run, mentee=mentee, mentor=mentor, by=getattr(by, "membership", None))
        with event("matching.asked", by=by, about=run.round, mentee=mentee.ref, mentor=mentor.ref):
            job = jobs.enqueue(ASK, organisation=run.round.programme.organisation.ref, by=by.ref, question=asked.ref)
            asked.job_ref = job.ref
            asked.save()
    return asked


def answer(question: Question, answer: dict[str, Any]) -> None:
    """Keep what the engine answered."""
    Question.objects.filter(pk=question.pk).update(answer=answer)


def export(round_: Round, *, count: int, by: Who) -> None:
    """Remember that somebody downloads a list of `count` proposed pairs."""
    with event("matching.exported", by=by, about=round_, count=count):
        pass
