"""From criteria and rules of people to factors; whatever is wrong with one is named, with what would put it right."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np

from pairing.criteria import Apart, Couples, Coverage, Shared, Table, TableRule
from pairing.factors import Additive, Cells, Gaps, Hard, Masks, Singles, Sums, bits
from pairing.faults import NotAProblem, couples, number
from pairing.problems import BAN, FULL

PersonCriterion = Coverage | Table | Couples
PersonRule = Shared | TableRule | Apart
_IMPORTANCE_LIMIT = 2**53


def additive(given: PersonCriterion, mentees: tuple[str, ...], mentors: tuple[str, ...]) -> Additive:
    """The points of a criterion. Raises NotAProblem."""
    weight = number(f"the weight of {given.name!r}", given.weight, FULL, about="criteria", criterion=given.name)
    if isinstance(given, Coverage):
        return _coverage(given, weight, mentees, mentors)
    if isinstance(given, Table):
        return _table(given, weight, mentees, mentors)
    called = f"criterion {given.name!r}"
    couples(called, given.points, mentees, mentors, about="criteria", criterion=given.name)
    row, column = _places(mentees), _places(mentors)
    cells = {}
    for (mentee, mentor), points in given.points.items():
        where: dict[str, Any] = {"mentee": mentee, "mentor": mentor, "criterion": given.name}
        cells[row[mentee], column[mentor]] = number(
            f"{called}, {mentee!r} and {mentor!r}", points, weight, about="criteria", **where
        )
    return Singles(given.name, weight, Cells.of(cells, (len(mentees), len(mentors))))


def hard(given: PersonRule, mentees: tuple[str, ...], mentors: tuple[str, ...]) -> Hard:
    """What a rule lets be. Raises NotAProblem."""
    if not given.name or given.name == BAN:
        raise NotAProblem(
            f"A rule cannot be called {given.name!r}. Give it another name.", about="rules", criterion=given.name
        )
    if isinstance(given, Shared):
        return _shared(given, mentees, mentors)
    if isinstance(given, TableRule):
        return _table_rule(given, mentees, mentors)
    found = couples(f"rule {given.name!r}", given.couples, mentees, mentors, about="rules", criterion=given.name)
    row, column = _places(mentees), _places(mentors)
    cells = {(row[mentee], column[mentor]): 0 for mentee, mentor in found}
    return Gaps(given.name, Cells.of(cells, (len(mentees), len(mentors))))


def shares(weight: int, wants: Mapping[str, int]) -> dict[str, int]:
    """What each word counts: whole numbers that sum to the weight, by largest remainders and then by word."""
    total = sum(wants.values())
    found = {word: weight * importance // total for word, importance in wants.items()}
    left = weight - sum(found.values())
    for word in sorted(wants, key=lambda word: (-(weight * wants[word] % total), word))[:left]:
        found[word] += 1
    return found


def _coverage(given: Coverage, weight: int, mentees: tuple[str, ...], mentors: tuple[str, ...]) -> Sums:
    called = f"criterion {given.name!r}"
    without = number(f"{called}, without", given.without, weight, about="criteria", criterion=given.name)
    wants = _one_each(called, "mentee", given.wants, mentees, "criteria", given.name)
    for name, wanted in zip(mentees, wants, strict=True):
        _check_wants(called, name, wanted, given.name)
    offers = _words(called, "mentor", given.offers, mentors, "criteria", given.name)
    entries = [shares(weight, wanted) for wanted in wants]
    base = [0 if wanted else without for wanted in wants]
    return _sums(given.name, weight, base, entries, offers)


def _check_wants(called: str, name: str, wanted: Any, criterion: str) -> None:
    if not isinstance(wanted, Mapping) or not all(isinstance(word, str) for word in wanted):
        raise NotAProblem(
            f"{called}, {name!r}: {wanted!r} is not a mapping from words to importance. Give one, empty where nothing "
            "is wanted.",
            about="criteria",
            mentee=name,
            criterion=criterion,
        )
    for word, importance in wanted.items():
        where: dict[str, Any] = {"mentee": name, "criterion": criterion}
        number(f"{called}, {name!r}, {word!r}", importance, _IMPORTANCE_LIMIT, least=1, about="criteria", **where)


def _table(given: Table, weight: int, mentees: tuple[str, ...], mentors: tuple[str, ...]) -> Sums:
    """The default for all, and for each category that a mentor may be in what its points are more or less."""
    called = f"criterion {given.name!r}"
    default = number(f"{called}, default", given.default, weight, about="criteria", criterion=given.name)
    for couple, points in _by_category(called, given.points, "criteria", given.name):
        number(f"{called}, {couple!r}", points, weight, about="criteria", criterion=given.name)
    rows = _categories(called, "mentee", given.mentees, mentees, "criteria", given.name)
    columns = _categories(called, "mentor", given.mentors, mentors, "criteria", given.name)
    more: dict[str, dict[str, int]] = {}
    for (mentee, mentor), points in given.points.items():
        if points != default:
            more.setdefault(mentee, {})[mentor] = points - default
    entries = [more.get(category, {}) for category in rows]
    return _sums(given.name, weight, [default] * len(rows), entries, [{category} for category in columns])


def _sums(
    name: str, weight: int, base: list[int], entries: Sequence[Mapping[str, int]], offers: Sequence[Collection[str]]
) -> Sums:
    """Entries by word as entries by feature: words that nobody offers or nobody wants add nothing and are left out."""
    wanted = {word for words in entries for word in words}
    offered = {word for words in offers for word in words}
    place = _places(tuple(sorted(wanted & offered)))
    kept = [sorted((place[word], points) for word, points in words.items() if word in place) for words in entries]
    flat = np.array([entry for words in kept for entry in words], dtype=np.int64).reshape(-1, 2)
    has = np.zeros((len(place), len(offers)), dtype=np.bool_)
    for column, words in enumerate(offers):
        has[[place[word] for word in words if word in place], column] = True
    start = np.cumsum([0, *(len(words) for words in kept)], dtype=np.int64)
    return Sums(name, weight, np.array(base, dtype=np.int64), start, flat[:, 0], flat[:, 1], has)


def _shared(given: Shared, mentees: tuple[str, ...], mentors: tuple[str, ...]) -> Masks:
    """A bit for each word that both sides have; and two for letting through who has none, which the others all have."""
    called = f"rule {given.name!r}"
    rows = _words(called, "mentee", given.mentees, mentees, "rules", given.name)
    columns = _words(called, "mentor", given.mentors, mentors, "rules", given.name)
    both = {word for words in rows for word in words} & {word for words in columns for word in words}
    place = _places(tuple(sorted(both)))
    silent_mentee, silent_mentor = len(place), len(place) + 1
    sides = []
    for people, if_silent, of_others in ((rows, silent_mentee, silent_mentor), (columns, silent_mentor, silent_mentee)):
        held = [{place[word] for word in words if word in place} for words in people]
        if given.empty_allows:
            for words, numbers in zip(people, held, strict=True):
                numbers |= {of_others} if words else {of_others, if_silent}
        sides.append(bits(held, len(place) + 2))
    return Masks(given.name, *sides)


def _table_rule(given: TableRule, mentees: tuple[str, ...], mentors: tuple[str, ...]) -> Masks:
    """A bit for each category of mentees that is an exception with some mentor, and one for all the others."""
    called = f"rule {given.name!r}"
    excepted: dict[str, set[str]] = {}
    for (mentee, mentor), allows in _by_category(called, given.allows, "rules", given.name):
        if not isinstance(allows, bool | np.bool_):
            raise NotAProblem(
                f"{called}, {(mentee, mentor)!r}: {allows!r} is neither true nor false. Say which.",
                about="rules",
                criterion=given.name,
            )
        if allows != given.default:
            excepted.setdefault(mentor, set()).add(mentee)
    rows = _categories(called, "mentee", given.mentees, mentees, "rules", given.name)
    columns = _categories(called, "mentor", given.mentors, mentors, "rules", given.name)
    named = sorted({category for categories in excepted.values() for category in categories} & set(rows))
    bit = {category: place + 1 for place, category in enumerate(named)}
    everything = set(range(len(named) + 1)) if given.default else set[int]()
    kinds = sorted(set(columns))
    held = [everything ^ {bit[each] for each in excepted.get(kind, ()) if each in bit} for kind in kinds]
    place = _places(tuple(kinds))
    of_kinds = bits(held, len(named) + 1)
    of_rows = bits([{bit.get(category, 0)} for category in rows], len(named) + 1)
    return Masks(given.name, of_rows, of_kinds[[place[category] for category in columns]])


def _by_category(called: str, given: Any, about: str, criterion: str) -> list[tuple[tuple[str, str], Any]]:
    found = list(given.items())
    for couple, _value in found:
        if not isinstance(couple, tuple) or len(couple) != 2 or not all(isinstance(each, str) for each in couple):
            raise NotAProblem(
                f"{called} names {couple!r}. Give pairs of a mentee's category and a mentor's.",
                about=about,
                criterion=criterion,
            )
    return found


def _one_each(called: str, side: str, given: Any, ids: tuple[str, ...], about: str, criterion: str) -> list[Any]:
    found = list(given)
    if len(found) != len(ids):
        raise NotAProblem(
            f"{called} has {len(found)} entries for {len(ids)} {side}s. Give one for each, in the order of the ids.",
            about=about,
            criterion=criterion,
        )
    return found


def _words(
    called: str, side: str, given: Any, ids: tuple[str, ...], about: str, criterion: str
) -> list[Collection[str]]:
    found = _one_each(called, side, given, ids, about, criterion)
    for name, words in zip(ids, found, strict=True):
        if isinstance(words, str) or not isinstance(words, Collection) or not all(isinstance(w, str) for w in words):
            raise NotAProblem(
                f"{called}, {name!r}: {words!r} is not a collection of words. Give one, empty where there are none.",
                about=about,
                criterion=criterion,
                **{side: name},
            )
    return found


def _categories(called: str, side: str, given: Any, ids: tuple[str, ...], about: str, criterion: str) -> list[str]:
    found = _one_each(called, side, given, ids, about, criterion)
    for name, category in zip(ids, found, strict=True):
        if not isinstance(category, str):
            raise NotAProblem(
                f"{called}, {name!r}: {category!r} is not a category. Give a text, '' where there is none.",
                about=about,
                criterion=criterion,
                **{side: name},
            )
    return found


def _places(names: Sequence[str]) -> dict[str, int]:
    return {name: place for place, name in enumerate(names)}
