"""What the engine is asked, as plain values: made of a programme as it is now, or of a run as it was."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from alongside.matching.models import Run, Taker
from alongside.matching.queries.inputs import Cohort, Couple, Someone
from alongside.matching.rules import Policy
from alongside.programmes.terms import Part


@dataclass(frozen=True)
class Order:
    """People by the refs of their participations, in the order of the refs, so that no list's order decides anything.

    Each of `mentees` and `mentors` has `ref`, `places` and `said`. `kept` are pairs of an earlier run: each counts the
    policy's bonus or, if `fixed`, stays. `grades` are those of all who take part.
    """

    mentees: list[dict[str, Any]]
    mentors: list[dict[str, Any]]
    policy: dict[str, Any]
    apart: dict[str, list[Couple]] = field(default_factory=dict)
    pins: list[Couple] = field(default_factory=list)
    bans: list[Couple] = field(default_factory=list)
    kept: list[Couple] = field(default_factory=list)
    fixed: bool = False
    seed: int = 0
    grades: list[str] = field(default_factory=list)

    def plain(self) -> dict[str, Any]:
        """As it goes to the engine's process."""
        return asdict(self)


def of_cohort(found: Cohort, apart: dict[str, list[Couple]], policy: Policy, *, seed: int) -> Order:
    """What is asked of a programme as it is now, without a round."""
    return Order(_people(found.mentees), _people(found.mentors), policy.kept(), apart, seed=seed, grades=found.grades)


def _people(found: Iterable[Someone]) -> list[dict[str, Any]]:
    return [{"ref": one.ref, "places": one.places, "said": one.said} for one in sorted(found, key=lambda one: one.ref)]


def of_run(run: Run) -> Order:
    """What a run asks, out of what was kept of it: the same today and in a year."""
    takers = Taker.objects.filter(run=run).order_by("participation__ref")
    sides: dict[str, list[dict[str, Any]]] = {Part.MENTEE: [], Part.MENTOR: []}
    for ref, part, places, said in takers.values_list("participation__ref", "participation__part", "places", "said"):
        sides[part].append({"ref": ref, "places": places, "said": said})
    kept = run.after.proposals.order_by().values_list("mentee__ref", "mentor__ref") if run.after else []
    return Order(
        sides[Part.MENTEE],
        sides[Part.MENTOR],
        run.policy,
        {rule: [(mentee, mentor) for mentee, mentor in couples] for rule, couples in run.apart.items()},
        pins=[(mentee, mentor) for mentee, mentor in run.pins],
        bans=[(mentee, mentor) for mentee, mentor in run.bans],
        kept=sorted(kept),
        fixed=run.fixed,
        seed=run.seed,
        grades=run.figures.get("grades", []),
    )
