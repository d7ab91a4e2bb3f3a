"""Beginning a round, and running the engine for it: what goes in is kept first, what comes out is kept whole."""

import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock, jobs
from alongside.foundation.events import Who, event
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor
from alongside.foundation.jobs.actions import cancel
from alongside.matching import queries, rules, silence
from alongside.matching.actions.locking import locked
from alongside.matching.models import Left, Proposal, Round, Run, Taker
from alongside.matching.queries import inputs
from alongside.matching.terms import Lack, RoundState, RunState
from alongside.programmes.models import Participation, Programme
from alongside.programmes.terms import ProgrammeState

RUN = "matching.run"
SEEDS = 2**31 - 1
_AT_ONCE = 500
_NOBODY = _("Nobody waits for a mentor here, or no mentor has a free place. Look at who takes part.")


def begin_round(programme: Programme, *, by: Who) -> Round:
    """Begin to match a programme. Raises NotPossible where it is closed, or where a round is open already."""
    if programme.state == ProgrammeState.CLOSED:
        raise NotPossible(_("This programme is closed. Nobody is matched in it any more."))
    made = Round(programme=programme, begun_by=getattr(by, "membership", None), begun_at=clock.now())
    try:
        with event("matching.begun", by=by, about=made):
            made.save()
    except IntegrityError as error:  # somebody else began in the same moment
        raise NotPossible(_("This programme is being matched already. Go on there.")) from error
    return made


def begin_run(round_: Round, *, by: Who, seed: int | None = None, keep: bool = False, fixed: bool = False) -> Run:
    """Keep who is to be paired by which policy, and queue the engine. Raises NotPossible while a run is under way.

    With `keep` each pair of the run before counts a little more, with `fixed` all of them stay. Without a `seed` it is
    the one of the run before, or a new one for the first.
    """
    with transaction.atomic():
        fresh = locked(round_, RoundState.DRAFT)
        _give_up_what_stopped(fresh)
        if queries.waiting_run(fresh):
            raise NotPossible(_("The pairs are being worked out at this moment. Wait until that is done."))
        before = queries.shown_run(fresh)
        run = _new_run(fresh, before if keep or fixed else None, fixed=fixed, by=by)
        run.seed = seed if seed is not None else before.seed if before else secrets.randbelow(SEEDS)
        with event("matching.run_begun", by=by, about=fresh, run=run.ref, number=run.number):
            _keep_inputs(run)
            job = jobs.enqueue(
                RUN, organisation=fresh.programme.organisation.ref, by=by.ref, key=f"{RUN}:{run.ref}", run=run.ref
            )
            Run.objects.filter(pk=run.pk).update(job_ref=job.ref)
            run.job_ref = job.ref
    return run


def _new_run(round_: Round, after: Run | None, *, fixed: bool, by: Who) -> Run:
    pins, bans = queries.marks(round_)
    newest = queries.runs(round_).first()
    return Run(
        round=round_,
        number=newest.number + 1 if newest else 1,
        after=after,
        fixed=fixed,
        policy=queries.policy_of(round_.programme).kept,
        pins=[list(two) for two in pins],
        bans=[list(two) for two in bans],
        by=getattr(by, "membership", None),
        begun_at=clock.now(),
    )


def _give_up_what_stopped(round_: Round) -> None:
    """A run whose job was stopped before it began stands in nobody's way."""
    for run in Run.objects.filter(round=round_, state=RunState.WAITING):
        if queries.standing(run) != RunState.WAITING:
            give_up(run, "", RunState.CANCELLED)


def _keep_inputs(run: Run) -> None:
    programme, policy = run.round.programme, rules.Policy.from_kept(run.policy)
    found = inputs.cohort(programme, policy)
    if not found.mentees or not found.mentors:
        raise NotPossible(_NOBODY)
    run.apart = {name: [list(two) for two in held] for name, held in inputs.apart(programme, found, policy).items()}
    sides = [one.one for one in found.mentees], [one.one for one in found.mentors]
    reach = silence.reach(found.scale(policy), *sides)
    run.figures = {"paused": len(found.paused), "places": found.places, "grades": found.grades}
    run.figures |= {"reach": reach, "floor": rules.floor_of(reach)}
    run.save()
    takers = [
        Taker(run=run, participation=one.participation, places=one.places, said=one.said)
        for one in (*found.mentees, *found.mentors)
    ]
    Taker.objects.bulk_create(takers, batch_size=_AT_ONCE)
    lacking = [held for held in found.lacking if held.part == "mentee"]
    rows = [Left(run=run, mentee=held, lack=Lack.NOT_READY) for held in lacking]
    Left.objects.bulk_create(rows, batch_size=_AT_ONCE)


def keep_answer(run: Run, answer: Mapping[str, Any], *, by: Who) -> None:
    """Keep what the engine found, all of it; what was found already stays. Raises NotPossible where it was stopped."""
    with transaction.atomic():
        fresh = Run.objects.select_for_update().get(pk=run.pk)
        if fresh.state == RunState.DONE:
            return
        if fresh.state != RunState.WAITING:
            raise NotPossible(_("This was stopped."))
        with event("matching.worked_out", by=by, about=run.round, run=run.ref, matched=answer["matched"]):
            by_ref = _participations(run)
            Proposal.objects.bulk_create(_proposals(run, answer, by_ref), batch_size=_AT_ONCE)
            Left.objects.bulk_create(_left(run, answer, by_ref), batch_size=_AT_ONCE)
            fresh.state, fresh.done_at = RunState.DONE, clock.now()
            fresh.fingerprint = answer["fingerprint"]
            left = {"left": Left.objects.filter(run=run).count()}
            fresh.figures = {**fresh.figures, **_figures(answer), **left}
            fresh.save(update_fields=["state", "done_at", "fingerprint", "figures"])


_FIGURES = (
    "matched", "total", "worst", "bound", "gap", "violators", "allowed_pairs", "possible_pairs", "forbidden", "prices",
    "scarce", "by_skill",
)  # fmt: skip


def _figures(answer: Mapping[str, Any]) -> dict[str, Any]:
    return {name: answer[name] for name in _FIGURES}


def _participations(run: Run) -> dict[str, Participation]:
    takers = Taker.objects.filter(run=run).select_related("participation")
    return {taker.participation.ref: taker.participation for taker in takers}


def _proposals(run: Run, answer: Mapping[str, Any], by_ref: Mapping[str, Participation]) -> Iterable[Proposal]:
    return [
        Proposal(
            run=run,
            mentee=by_ref[pair["mentee"]],
            mentor=by_ref[pair["mentor"]],
            score=pair["score"],
            points=pair["points"],
            pinned=[pair["mentee"], pair["mentor"]] in run.pins,  # the engine pins what is only to stay, too
            others=pair["others"],
            worth_a_look=rules.worth_a_look(pair["score"], run.figures["floor"]),
        )
        for pair in answer["pairs"]
    ]


def _left(run: Run, answer: Mapping[str, Any], by_ref: Mapping[str, Participation]) -> Iterable[Left]:
    kept = ("allowed", "kept_apart", "rivals", "between", "between_count", "changes_count")
    return [
        Left(
            run=run,
            mentee=by_ref[one["mentee"]],
            lack=one["lack"],
            detail={name: one[name] for name in kept},
            changes=one["changes"],
        )
        for one in answer["left"]
    ]


def give_up(run: Run, words: str, state: RunState = RunState.FAILED) -> None:
    """Keep that a run did not come to an end, and why; a run that did stays."""
    Run.objects.filter(pk=run.pk, state=RunState.WAITING).update(state=state, fault=words[:300], done_at=clock.now())


def stop(round_: Round, *, by: Actor) -> None:
    """Stop the run that is under way, whichever coordinator began it; where none is, nothing happens."""
    run = queries.waiting_run(round_)
    job = queries.boards.job_of(run.job_ref) if run else None
    if job and not job.cancel_requested:
        cancel(job, by=by)
