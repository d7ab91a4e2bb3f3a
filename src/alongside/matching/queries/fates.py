"""Who was placed and how well, by group, for the page that asks whether everybody fares alike."""

from collections.abc import Iterable

from django.db.models import OuterRef, Subquery
from django.db.models.fields.json import KT

from alongside.matching.fairness import Fate
from alongside.matching.fit import of_hundred
from alongside.matching.models import Proposal, Round, Run, Taker
from alongside.matching.terms import RoundState, RunState
from alongside.programmes.terms import Part

ROUNDS = 3
"""How many rounds are looked at together where one has too few people."""


def of(what: str, runs: Iterable[Run]) -> list[Fate]:
    """Each mentee of some runs with their group (a key of what they said) and their score, of a hundred."""
    pair = Proposal.objects.filter(run=OuterRef("run"), mentee=OuterRef("participation")).order_by()
    found = Taker.objects.filter(run__in=list(runs), participation__part=Part.MENTEE)
    found = found.annotate(score=Subquery(pair.values("score")[:1]), group=KT(f"said__{what}"))
    held = found.order_by().values_list("group", "score")
    return [Fate(group or "", None if score is None else of_hundred(score)) for group, score in held]


def earlier_runs(round_: Round) -> list[Run]:
    """The runs that were published last in the same programme, before a round: as many as make three rounds."""
    before = Round.objects.filter(programme=round_.programme_id, state=RoundState.PUBLISHED).exclude(pk=round_.pk)
    last = before.order_by("-published_at", "-id")[: ROUNDS - 1]
    done = Run.objects.filter(round__in=[held.pk for held in last], state=RunState.DONE).order_by("round", "-number")
    newest: dict[int, Run] = {}
    for run in done:
        newest.setdefault(run.round_id, run)
    return list(newest.values())
