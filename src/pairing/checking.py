"""From what a caller has to a `Problem`; whatever is wrong is named, with what would put it right."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from pairing import fast
from pairing.cells import Flags, Integers
from pairing.factoring import PersonCriterion, PersonRule, additive, hard
from pairing.factors import Additive
from pairing.faults import NotAProblem, couples, number
from pairing.large import LargeProblem
from pairing.problems import BAN, FULL, OBJECTIVES, Cohort, Couple, Criterion, Problem, Rule, frozen

SCORE_LIMIT = 1_000_000_000
PLACES_LIMIT = 1_000_000
CELLS_LIMIT = 9_000_000
CELLS_LIMIT_WITHOUT_FAST = 100_000_000


def problem(
    mentees: Sequence[str],
    mentors: Sequence[str],
    *,
    scores: Any = None,
    criteria: Sequence[Criterion | PersonCriterion] = (),
    rules: Mapping[str, Any] | Sequence[Rule | PersonRule] | None = None,
    mentee_places: Sequence[int] | int = 1,
    mentor_places: Sequence[int] | int = 1,
    pins: Iterable[Couple] = (),
    bans: Iterable[Couple] = (),
    kept: Iterable[Couple] = (),
    keep_bonus: int = 0,
    objective: tuple[str, ...] = OBJECTIVES[0],
    seed: int = 0,
) -> Cohort:
    """A problem that can be paired.

    Either `scores`, whole numbers from 0 to 1,000,000,000 with a row for each mentee and a column for each mentor, or
    `criteria`, whose points add up to the scores. `rules` are rules, or give for each name a matrix of the same shape
    that is true where two people meet the rule. Places are one number for all or a number for each, in the order of the
    ids. Criteria and rules say something of each person (`pairing.criteria`), or of each pair in a matrix.

    Above 9,000,000 pairs everything is said of people, none of pairs in a matrix. Whichever it is, `match` and all else
    take it.

    Raises NotAProblem.
    """
    rows, columns = _ids("mentees", mentees), _ids("mentors", mentors)
    if objective not in OBJECTIVES:
        raise NotAProblem(f"objective is {objective!r}. Use one of {OBJECTIVES}.", about="objective")
    people: dict[str, Any] = {
        "mentees": rows,
        "mentors": columns,
        "mentee_places": _places("mentee_places", mentee_places, rows),
        "mentor_places": _places("mentor_places", mentor_places, columns),
        "pins": couples("pins", pins, rows, columns),
        "bans": couples("bans", bans, rows, columns),
        "kept": couples("kept", kept, rows, columns),
        "keep_bonus": number("keep_bonus", keep_bonus, SCORE_LIMIT),
        "objective": objective,
        "seed": number("seed", seed, 2**63 - 1),
    }
    ruled = [Rule(*rule) for rule in rules.items()] if isinstance(rules, Mapping) else list(rules or ())
    make = _problem if len(rows) * len(columns) <= CELLS_LIMIT else _large
    found = make(scores, criteria, ruled, people)
    _check_sum_of_bonus(found)
    _check_pins(found)
    return found


def _problem(scores: Any, criteria: Sequence[Any], rules: list[Any], people: dict[str, Any]) -> Problem:
    rows, columns = people["mentees"], people["mentors"]
    checked = tuple(_criterion(criterion, rows, columns) for criterion in criteria)
    return Problem(
        **people,
        scores=frozen(_scores(scores, checked, rows, columns)),
        criteria=checked,
        rules=_rules(rules, rows, columns),
    )


def _large(scores: Any, criteria: Sequence[Any], rules: list[Any], people: dict[str, Any]) -> LargeProblem:
    rows, columns = people["mentees"], people["mentors"]
    matrices = [each for each in (*criteria, *rules) if isinstance(each, Criterion | Rule)]
    if scores is not None or matrices:
        called = f"{matrices[0].name!r} is" if matrices else "scores are"
        raise NotAProblem(
            f"{len(rows):,} mentees and {len(columns):,} mentors are more than fit in a matrix, and {called} one. Say "
            "it of people, by Coverage, Table, Couples, Shared, TableRule and Apart; or split the cohort so that "
            f"mentees times mentors is at most {CELLS_LIMIT:,}.",
            about="criteria" if matrices and isinstance(matrices[0], Criterion) else "rules" if matrices else "scores",
            criterion=matrices[0].name if matrices else "",
        )
    if len(rows) * len(columns) > CELLS_LIMIT_WITHOUT_FAST and not fast.is_here():
        raise NotAProblem(
            f"{len(rows):,} mentees and {len(columns):,} mentors take too long without the extra `fast`. Install "
            "requirements/fast.txt, or split the cohort so that mentees times mentors is at most "
            f"{CELLS_LIMIT_WITHOUT_FAST:,}.",
            about="mentees",
        )
    checked = tuple(additive(criterion, rows, columns) for criterion in criteria)
    _check_names("rules", "Rule", [rule.name for rule in rules])
    ruled = tuple(sorted((hard(rule, rows, columns) for rule in rules), key=lambda rule: rule.name))
    _check_weights(checked)
    return LargeProblem(**people, criteria=checked, rules=ruled)


def _ids(about: str, given: Sequence[str]) -> tuple[str, ...]:
    if isinstance(given, str):
        raise NotAProblem(f"{about} is one text, {given!r}. Give a list of ids.", about=about)
    for place, name in enumerate(given):
        if not isinstance(name, str) or not name:
            raise NotAProblem(f"{about}: number {place + 1} is {name!r}. Give each an id in letters.", about=about)
    twice = [name for name, times in Counter(given).items() if times > 1]
    if twice:
        raise NotAProblem(
            f"{about}: {twice[0]!r} stands there more than once. Give each an id of their own, once.",
            about=about,
            **{about.removesuffix("s"): twice[0]},
        )
    return tuple(given)


def _criterion(given: Criterion | PersonCriterion, rows: tuple[str, ...], columns: tuple[str, ...]) -> Criterion:
    if not isinstance(given, Criterion):
        factor = additive(given, rows, columns)
        return Criterion(given.name, factor.weight, frozen(factor.block(np.arange(len(rows)))))
    weight = number(f"the weight of {given.name!r}", given.weight, FULL, about="criteria", criterion=given.name)
    points = matrix_of(f"criterion {given.name!r}", given.points, rows, columns, weight, criterion=given.name)
    return Criterion(given.name, weight, frozen(points))


def _scores(given: Any, criteria: tuple[Criterion, ...], rows: tuple[str, ...], columns: tuple[str, ...]) -> Integers:
    if (given is None) == (not criteria):
        raise NotAProblem("Give either scores or criteria.", about="scores")
    if given is not None:
        return matrix_of("scores", given, rows, columns, SCORE_LIMIT)
    _check_weights(criteria)
    return sum((criterion.points for criterion in criteria), np.zeros((len(rows), len(columns)), dtype=np.int64))


def _check_weights(criteria: Sequence[Criterion | Additive]) -> None:
    if not criteria:
        raise NotAProblem("Give either scores or criteria.", about="scores")
    _check_names("criteria", "Criterion", [criterion.name for criterion in criteria])
    weights = sum(criterion.weight for criterion in criteria)
    if weights != FULL:
        largest = max(criteria, key=lambda criterion: criterion.weight)
        raise NotAProblem(
            f"The weights of the criteria sum to {weights:,}, which is {abs(FULL - weights):,} "
            f"{'more' if weights > FULL else 'less'} than {FULL:,}. Change a weight, such as that of "
            f"{largest.name!r} ({largest.weight:,}).",
            about="criteria",
            criterion=largest.name,
        )


def _check_names(about: str, kind: str, names: list[str]) -> None:
    twice = [name for name, times in Counter(names).items() if times > 1]
    if twice:
        raise NotAProblem(
            f"{kind} {twice[0]!r} stands there more than once. Give each a name of its own.",
            about=about,
            criterion=twice[0],
        )


def matrix_of(
    called: str, given: Any, rows: tuple[str, ...], columns: tuple[str, ...], most: int, *, criterion: str = ""
) -> Integers:
    about = "criteria" if criterion else "scores"
    array = _shaped(called, given, (len(rows), len(columns)), about=about, criterion=criterion)
    wrong = _cell_that_is_not_whole(array) if array.dtype.kind not in "iu" else _cell_beyond(array, most)
    if wrong is None:
        return array.astype(np.int64)
    mentee, mentor = rows[wrong[0]], columns[wrong[1]]
    raise NotAProblem(
        f"{called}, row {mentee!r}, column {mentor!r}: {array[wrong]!s} is not a whole number from 0 to {most:,}. "
        "A pair that must not be is a ban or a rule, never a low score.",
        about=about,
        mentee=mentee,
        mentor=mentor,
        criterion=criterion,
    )


def _shaped(called: str, given: Any, shape: tuple[int, int], *, about: str, criterion: str = "") -> np.ndarray:
    try:
        array = np.asarray(given)
    except ValueError:  # rows of different lengths
        array = np.empty(0, dtype=np.object_)
    if 0 in shape and array.size == 0:
        return np.zeros(shape, dtype=np.int64)
    if array.shape != shape:
        raise NotAProblem(
            f"{called} is not a matrix of {shape[0]} rows and {shape[1]} columns. Give a row for each mentee and in "
            "it a value for each mentor.",
            about=about,
            criterion=criterion,
        )
    return array


def _cell_that_is_not_whole(array: np.ndarray) -> tuple[int, int]:
    """The first cell of another kind than whole numbers; the first of all where every one is."""
    cells = ((row, column) for row in range(array.shape[0]) for column in range(array.shape[1]))
    return next((cell for cell in cells if _is_strange(array[cell])), (0, 0))


def _is_strange(value: Any) -> bool:
    if isinstance(value, int) and not isinstance(value, bool):
        return not 0 <= value <= SCORE_LIMIT
    return not isinstance(value, float) or not value.is_integer()


def _cell_beyond(array: np.ndarray, most: int) -> tuple[int, int] | None:
    found = np.argwhere((array < 0) | (array > most))
    return (int(found[0][0]), int(found[0][1])) if len(found) else None


def _rules(rules: list[Any], rows: tuple[str, ...], columns: tuple[str, ...]) -> tuple[Rule, ...]:
    _check_names("rules", "Rule", [rule.name for rule in rules])
    shape = len(rows), len(columns)
    checked = [
        _rule(rule.name, rule.allows, shape)
        if isinstance(rule, Rule)
        else Rule(rule.name, frozen(hard(rule, rows, columns).block(np.arange(len(rows)))))
        for rule in rules
    ]
    return tuple(sorted(checked, key=lambda rule: rule.name))


def _rule(name: str, given: Any, shape: tuple[int, int]) -> Rule:
    allows = _shaped(f"rule {name!r}", given, shape, about="rules", criterion=name)
    if allows.size and allows.dtype.kind != "b":
        raise NotAProblem(
            f"rule {name!r} holds more than true and false. Say true where two people meet it.",
            about="rules",
            criterion=name,
        )
    if not name or name == BAN:
        raise NotAProblem(f"A rule cannot be called {name!r}. Give it another name.", about="rules", criterion=name)
    flags: Flags = frozen(allows.astype(np.bool_))
    return Rule(name, flags)


def _places(about: str, given: Sequence[int] | int, ids: tuple[str, ...]) -> Integers:
    numbers = [given] * len(ids) if isinstance(given, int | np.integer) else list(given)
    if len(numbers) != len(ids):
        raise NotAProblem(
            f"{about} has {len(numbers)} numbers for {len(ids)} people. Give one for each, or one number for all.",
            about=about,
        )
    whose = about.removesuffix("_places")
    for name, each in zip(ids, numbers, strict=True):
        where: dict[str, Any] = {whose: name}
        number(f"{about} of {name!r}", each, PLACES_LIMIT, about=about, **where)
    return frozen(np.array(numbers, dtype=np.int64))


def _check_sum_of_bonus(found: Cohort) -> None:
    highest = int(found.scores.max(initial=0)) if isinstance(found, Problem) else FULL
    if highest + found.keep_bonus > SCORE_LIMIT:
        raise NotAProblem(
            f"keep_bonus of {found.keep_bonus:,} on top of the highest score goes beyond {SCORE_LIMIT:,}. "
            "Lower the bonus.",
            about="keep_bonus",
        )


def _check_pins(found: Cohort) -> None:
    for mentee, mentor in sorted(found.pins):
        forbidding = found.forbidding(mentee, mentor)
        if forbidding:
            raise NotAProblem(
                f"{mentee!r} and {mentor!r} are pinned, and yet kept apart by {', '.join(forbidding)}. "
                "Take away the pin, or what keeps them apart.",
                about="pins",
                mentee=mentee,
                mentor=mentor,
            )
    for side, ids, places in ((0, found.mentees, found.mentee_places), (1, found.mentors, found.mentor_places)):
        taken = Counter(couple[side] for couple in found.pins)
        for name, most in zip(ids, places, strict=True):
            if taken[name] > most:
                raise NotAProblem(
                    f"{name!r} is pinned {taken[name]} times and has {most} places. Take away a pin or add a place.",
                    about="pins",
                    **{("mentee", "mentor")[side]: name},
                )
