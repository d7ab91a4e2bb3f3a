"""What more mentors who offer a skill would do, for a cohort in which not everybody has a mentor."""

from collections import Counter
from statistics import median_low
from typing import Any

from pairing import Problem, Result, more_mentors
from pairing.problems import Cohort

SKILLS, MENTORS = 6, 3
"""How many skills are tried, those that most of those who are left want; and how many more mentors for each."""

MOST_PAIRS = 1_000_000
"""The most possible pairs of a cohort that is matched again for each skill: so this takes seconds, never minutes."""


def by_skill(
    order: dict[str, Any], problem: Cohort, result: Result, *, most_pairs: int = MOST_PAIRS
) -> list[dict[str, Any]]:
    """Skills with how many people more are placed by one, two, three more mentors who offer them.

    The one that places most stands first; a skill that places nobody is left out. Such a mentor has as many places as
    is usual in this cohort, and may have whoever wants the skill, and nobody else. Of a large cohort nothing is said.
    """
    pairs = len(problem.mentees) * len(problem.mentors)
    if not isinstance(problem, Problem) or pairs > most_pairs:
        return []
    places, found = _usual_places(order), []
    for skill in _wanted(order, {one.mentee for one in result.unmatched}):
        wanting = [one["ref"] for one in order["mentees"] if skill in one["said"].get("wanted", ())]
        if placed := more_mentors(problem, result, wanting, places=places, most=MENTORS):
            found.append({"skill": skill, "places": places, "placed": list(placed)})
    return sorted(found, key=lambda one: (-one["placed"][-1], len(one["placed"]), one["skill"]))


def _wanted(order: dict[str, Any], left: set[str]) -> list[str]:
    """What those who are left want, the skills of most of them first."""
    counted = Counter(
        skill for one in order["mentees"] if one["ref"] in left for skill in {*one["said"].get("wanted", ())}
    )
    return sorted(counted, key=lambda skill: (-counted[skill], skill))[:SKILLS]


def _usual_places(order: dict[str, Any]) -> int:
    """As many as half of the mentors who take somebody have, or fewer; one where nobody takes anybody."""
    return median_low([one["places"] for one in order["mentors"] if one["places"]] or [1])
