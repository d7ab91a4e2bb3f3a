"""Invented cohorts of any size to pair, the same for the same numbers.

A mentor is of one of 40 occupations and offers 5 to 14 of 512 skills, a mentee wants 3 to 8. `tight` has 55 mentors to
100 mentees, fewer places than people; otherwise there are as many mentors as mentees. Rules leave about a third of all
pairs.
"""

from typing import Any

import numpy as np

from pairing import Apart, Coverage, Shared, Table, TableRule

SKILLS, OCCUPATIONS, LEVELS, LOCATIONS, DEPARTMENTS, INTERESTS = 512, 40, 8, 24, 30, 64
PLACES, HOW_OFTEN = np.arange(1, 6), (0.6, 0.2, 0.12, 0.05, 0.03)


def cohort(people: int, *, tight: bool, seed: int = 7) -> dict[str, Any]:
    """What `pairing.problem` is to be given for so many mentees."""
    chance = np.random.default_rng(seed)
    mentors = round(people * 0.55) if tight else people
    ids = [f"b{number}" for number in range(people)], [f"a{number}" for number in range(mentors)]
    wants, offers = _skills(chance, people, 3, 8), _skills(chance, mentors, 5, 14)
    rarity = np.log((1 + mentors) / (1 + np.bincount(np.concatenate(offers), minlength=SKILLS)))
    levels = chance.integers(0, 5, people), chance.integers(1, LEVELS, mentors)
    places = [_names(chance.integers(0, LOCATIONS, size)) for size in (people, mentors)]
    teams = [_names(chance.integers(0, DEPARTMENTS, size)) for size in (people, mentors)]
    interests = [[_names(chance.choice(INTERESTS, 4, replace=False)) for _ in range(n)] for n in (people, mentors)]
    senior = {
        (f"{mentee}", f"{mentor}"): 150_000 - 20_000 * abs(mentor - mentee - 2)
        for mentee in range(LEVELS)
        for mentor in range(mentee + 1, LEVELS)
    }
    return {
        "mentees": ids[0],
        "mentors": ids[1],
        "criteria": [
            Coverage(
                "skills", 500_000, [_important(chance, each, rarity) for each in wants], [_names(o) for o in offers]
            ),
            Table("level", 150_000, _names(levels[0]), _names(levels[1]), senior),
            Table("place", 100_000, *places, {(each, each): 100_000 for each in _names(range(LOCATIONS))}),
            Table("team", 100_000, *teams, {(each, each): 0 for each in _names(range(DEPARTMENTS))}, default=100_000),
            Coverage("interests", 150_000, [dict.fromkeys(each, 1) for each in interests[0]], interests[1]),
        ],
        "rules": [
            TableRule("senior", _names(levels[0]), _names(levels[1]), dict.fromkeys(senior, True), default=False),
            Shared("language", *(_some(chance, n, 6, 0.45, least=1) for n in (people, mentors))),
            Shared("mode", *(_some(chance, n, 3, 0.6, least=1) for n in (people, mentors))),
            Shared("times", *(_some(chance, n, 24, 0.25, least=2) for n in (people, mentors))),
            Apart("conflicts", _couples(chance, ids, 3 * people)),
            Apart("line", _couples(chance, ids, people)),
        ],
        "mentor_places": chance.choice(PLACES, mentors, p=HOW_OFTEN).tolist(),
        "seed": seed,
    }


def _skills(chance: np.random.Generator, people: int, least: int, most: int) -> list[np.ndarray]:
    """Skills of people by their occupation: a mix of its own over skills of which few are common."""
    common = 1 / np.arange(1, SKILLS + 1) ** 0.9
    mixes = np.random.default_rng(1).dirichlet(60 * common / common.sum(), OCCUPATIONS) + 1e-9
    shares = 1 / np.arange(1, OCCUPATIONS + 1) ** 0.8
    occupations = chance.choice(OCCUPATIONS, people, p=shares / shares.sum())
    wanted = chance.integers(least, most + 1, people)
    found = []
    for some in range(0, people, 5_000):  # few at a time: what is measured is not how this is made
        lots = chance.random((min(5_000, people - some), SKILLS), dtype=np.float32)
        keyed = np.log(1 - lots) / mixes[occupations[some : some + 5_000]].astype(np.float32)
        best = np.argpartition(-keyed, most, axis=1)[:, :most]  # Efraimidis and Spirakis, 2006
        order = np.argsort(-np.take_along_axis(keyed, best, axis=1), axis=1)
        found += list(np.take_along_axis(best, order, axis=1))
    return [row[:number] for row, number in zip(found, wanted, strict=True)]


def _important(chance: np.random.Generator, skills: np.ndarray, rarity: np.ndarray) -> dict[str, int]:
    importance = (1_000 * rarity[skills] * chance.integers(1, 4, len(skills))).astype(int) + 1
    return dict(zip(_names(skills), importance.tolist(), strict=True))


def _some(chance: np.random.Generator, people: int, kinds: int, share: float, *, least: int) -> list[list[str]]:
    """Of so many kinds each person has about this share, and at least so many."""
    lots = chance.random((people, kinds))
    has = lots < np.maximum(share, np.partition(lots, least, axis=1)[:, least])[:, None]
    return [_names(np.flatnonzero(row)) for row in has]


def _couples(chance: np.random.Generator, ids: tuple[list[str], list[str]], number: int) -> list[tuple[str, str]]:
    rows, columns = chance.integers(0, len(ids[0]), number), chance.integers(0, len(ids[1]), number)
    return [(ids[0][row], ids[1][column]) for row, column in zip(rows, columns, strict=True)]


def _names(numbers: Any) -> list[str]:
    return [str(number) for number in numbers]
