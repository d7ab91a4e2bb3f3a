"""How many pairs each rule forbids, over all pairs: exact, and quick without listing a pair.

For each mentee the mentors that a rule forbids are the bits of one whole number, so that thousands are counted at once.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from alongside.matching import fit
from alongside.matching.fit import One, Said, Scale
from alongside.matching.terms import AnyRule

Bits = int  # a bit for each mentor
Couple = Sequence[str]  # the refs of a mentee and a mentor


@dataclass(frozen=True)
class Forbidden:
    """What the rules of a policy forbid of all pairs.

    `by` says how many pairs each rule forbids, `only` how many no other rule forbids. `nobody` are the mentees to whom
    the rules leave no mentor, by their refs, each with how many mentors which rule keeps from them; `unasked` the
    mentors whom they leave no mentee.
    """

    pairs: int
    left: int
    by: Mapping[AnyRule, int]
    only: Mapping[AnyRule, int]
    nobody: Mapping[str, Mapping[AnyRule, int]] = field(default_factory=dict)
    unasked: Collection[str] = ()

    def share(self, name: AnyRule) -> int:
        """How many of a hundred pairs a rule forbids."""
        return round(100 * self.by[name] / self.pairs) if self.pairs else 0


def forbidden(
    scale: Scale,
    mentees: Sequence[One],
    mentors: Sequence[One],
    apart: Mapping[str, Collection[Couple]],
) -> Forbidden:
    """Count it. `apart` names whom each rule about single people keeps apart."""
    if not mentees or not mentors:
        return Forbidden(0, 0, dict.fromkeys(scale.policy.rules, 0), dict.fromkeys(scale.policy.rules, 0))
    of_each = {name: _bits(scale, name, mentees, mentors, apart.get(name, ())) for name in scale.policy.rules}
    everybody, reached, left = (1 << len(mentors)) - 1, 0, 0
    by, only, nobody = dict.fromkeys(of_each, 0), dict.fromkeys(of_each, 0), {}
    for mentee, row in zip(mentees, zip(*of_each.values(), strict=True), strict=True):
        held = dict(zip(of_each, row, strict=True))
        once, again = _once(row)
        for name, bits in held.items():
            by[name] += bits.bit_count()
            only[name] += (bits & ~again).bit_count()
        reached |= everybody & ~once
        left += len(mentors) - once.bit_count()
        if once == everybody:
            nobody[mentee.ref] = {name: bits.bit_count() for name, bits in held.items() if bits}
    unasked = [one.ref for place, one in enumerate(mentors) if not reached >> place & 1]
    return Forbidden(len(mentees) * len(mentors), left, by, only, nobody, unasked)


def _once(row: Sequence[Bits]) -> tuple[Bits, Bits]:
    """Which mentors any rule forbids, and which more than one."""
    once = again = 0
    for bits in row:
        again |= once & bits
        once |= bits
    return once, again


def _bits(
    scale: Scale,
    name: AnyRule,
    mentees: Sequence[One],
    mentors: Sequence[One],
    couples: Collection[Couple],
) -> list[Bits]:
    """Which mentors a rule keeps from each mentee."""
    made = scale.rule(name)
    if made is None:
        return _single(mentees, mentors, couples)
    if isinstance(made, fit.InCommon):
        return list(_in_common(made, mentees, mentors))
    if isinstance(made, fit.Alike):
        return list(_alike(made, mentees, mentors))
    return list(_by_category(made, mentees, mentors))


def _single(mentees: Sequence[One], mentors: Sequence[One], couples: Collection[Couple]) -> list[Bits]:
    place, found = {one.ref: place for place, one in enumerate(mentors)}, dict.fromkeys((one.ref for one in mentees), 0)
    for mentee, mentor in couples:
        if mentee in found and mentor in place:
            found[mentee] |= 1 << place[mentor]
    return list(found.values())


def _having(mentors: Sequence[One], words: Callable[[Said], Collection[str]]) -> dict[str, Bits]:
    """Which mentors have each word."""
    found: dict[str, Bits] = {}
    for place, one in enumerate(mentors):
        for word in words(one.said):
            found[word] = found.get(word, 0) | 1 << place
    return found


def _in_common(made: fit.InCommon, mentees: Sequence[One], mentors: Sequence[One]) -> Iterator[Bits]:
    having = _having(mentors, made.words)
    spoken = _any(having.values())
    for one in mentees:
        words = made.words(one.said)
        yield spoken & ~_any(having.get(word, 0) for word in words) if words else 0


def _alike(made: fit.Alike[bool], mentees: Sequence[One], mentors: Sequence[One]) -> Iterator[Bits]:
    having = _having(mentors, lambda said: [made.category(said)])
    silent, everybody = having.pop("", 0), (1 << len(mentors)) - 1
    for one in mentees:
        category = made.category(one.said)
        if not category:
            yield 0 if made.unknown else everybody
            continue
        same = having.get(category, 0)
        kinds = ((made.same, same), (made.other, everybody & ~same & ~silent), (made.unknown, silent))
        yield _any(bits for allows, bits in kinds if not allows)


def _by_category(made: fit.ByCategory[bool], mentees: Sequence[One], mentors: Sequence[One]) -> Iterator[Bits]:
    having = _having(mentors, lambda said: [made.mentor(said)])
    known: dict[str, Bits] = {}
    for one in mentees:
        low = made.mentee(one.said)
        if low not in known:
            known[low] = _any(bits for high, bits in having.items() if not made.both(low, high))
        yield known[low]


def _any(of: Iterable[Bits]) -> Bits:
    found = 0
    for bits in of:
        found |= bits
    return found
