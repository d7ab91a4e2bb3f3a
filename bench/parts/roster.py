"""A small roster matched by grade, profession and organisation: by us, and by the package `mentor-match`.

`roster.py PEOPLE` in an interpreter that has that package prints what it found, as JSON. One place a mentor, one round.
"""

import json
import random
import sys
import time
from typing import Any

GRADES, PROFESSIONS, ORGANISATIONS = 8, 12, 6
FOR_GRADE, FOR_PROFESSION, SENIOR_BY = 600_000, 400_000, 2


def people(number: int) -> list[list[dict[str, Any]]]:
    """Mentees and mentors."""
    chance = random.Random(7)
    return [
        [
            {
                "email": f"{side}{place}",
                "grade": chance.randrange(low, GRADES + low - 2),
                "profession": f"p{chance.randrange(PROFESSIONS)}",
                "organisation": f"o{chance.randrange(ORGANISATIONS)}",
            }
            for place in range(number)
        ]
        for side, low in (("b", 0), ("a", 2))
    ]


def ours(number: int) -> dict[str, Any]:
    """A mentor is of a higher grade and of another organisation; two grades higher and the same profession count."""
    from pairing import Table, TableRule, match, problem, verify

    mentees, mentors = people(number)

    def of(name: str) -> list[list[str]]:
        return [[str(person[name]) for person in side] for side in (mentees, mentors)]

    grades = [(low, high) for low in range(GRADES) for high in range(GRADES)]
    began = time.perf_counter()
    cohort = problem(
        [mentee["email"] for mentee in mentees],
        [mentor["email"] for mentor in mentors],
        criteria=[
            Table(
                "grade", FOR_GRADE, *of("grade"), {(f"{a}", f"{b}"): FOR_GRADE for a, b in grades if b - a == SENIOR_BY}
            ),
            Table(
                "profession",
                FOR_PROFESSION,
                *of("profession"),
                {(f"p{n}", f"p{n}"): FOR_PROFESSION for n in range(PROFESSIONS)},
            ),
        ],
        rules=[
            TableRule("senior", *of("grade"), {(f"{a}", f"{b}"): False for a, b in grades if b <= a}),
            TableRule.unlike("organisation", *of("organisation")),
        ],
        objective=("matched", "total"),
    )
    result = match(cohort)
    faults = verify(cohort, result)
    took = time.perf_counter() - began
    return {"seconds": took, "matched": result.matched, "total": result.total, "faults": len(faults)}


def theirs(number: int) -> dict[str, Any]:
    """The same rules said to mentor-match."""
    from matching.mentee import Mentee
    from matching.mentor import Mentor
    from matching.process import process_data
    from matching.rules import rule

    mentees, mentors = people(number)
    rules = [
        rule.Grade(SENIOR_BY, lambda difference, by: difference == by, {True: FOR_GRADE, False: 0}),
        rule.Equivalent("profession", {True: FOR_PROFESSION, False: 0}),
        rule.Disqualify(lambda match: match.mentor.grade <= match.mentee.grade),
        rule.Disqualify(lambda match: match.mentor.organisation == match.mentee.organisation),
    ]
    began = time.perf_counter()
    _, found = process_data([Mentor(**each) for each in mentors], [Mentee(**each) for each in mentees], [rules])
    took = time.perf_counter() - began
    pairs = [(mentee, mentor) for mentee in found for mentor in mentee.mentors]
    total = sum(
        FOR_GRADE * (mentor.grade - mentee.grade == SENIOR_BY)
        + FOR_PROFESSION * (mentor.profession == mentee.profession)
        for mentee, mentor in pairs
    )
    return {"seconds": took, "matched": len(pairs), "total": total}


if __name__ == "__main__":
    print(json.dumps(theirs(int(sys.argv[1]))))
