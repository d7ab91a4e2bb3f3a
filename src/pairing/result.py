"""What comes out: pairs, who is without, and what proves that there is nothing better."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True)
class Pair:
    """A mentee and a mentor. The points of `criteria` sum to the score; it is empty where scores came without any."""

    mentee: str
    mentor: str
    score: int
    criteria: tuple[tuple[str, int], ...]
    pinned: bool
    kept: bool


class Unmatched(NamedTuple):
    """A mentee who lacks mentors, and how many."""

    mentee: str
    lacking: int


class Price(NamedTuple):
    """What a place is worth: in score, and in lots between pairings of one score."""

    value: int
    lot: int


@dataclass(frozen=True)
class Cover:
    """Why there cannot be more pairs: each uses a place of these mentees or of these mentors, or is one of few others.

    Of the pairs that may be made, those that touch neither `mentees` nor `mentors` are counted one by one.
    """

    mentees: frozenset[str]
    mentors: frozenset[str]


@dataclass(frozen=True)
class Certificate:
    """What `verify` needs and nothing that it has to trust. All of it is about what the pins leave over.

    `largest` proves that no pairing has more pairs. `higher` proves that none has as many with a better worst pair
    (None where that is no objective, or no pair is left to choose). `final` and the prices prove the total: it is a
    cover of the pairs not below the worst, so every largest pairing uses up the places of `final.mentees` and
    `final.mentors`, pairs none of the former with the latter and makes all that touch neither. Prices of the others are
    never below zero.
    """

    largest: Cover
    higher: Cover | None
    final: Cover
    mentee_prices: Mapping[str, Price]
    mentor_prices: Mapping[str, Price]


@dataclass(frozen=True)
class Result:
    """The best pairing of a problem.

    `worst` is the lowest score of a pair that was not pinned, None where every pair is. `bound` is what no pairing of
    so many pairs and so good a worst one can exceed in total and bonus together; `gap` is how far this one stays below
    it, and 0 means that it is the best. `fingerprint` is of the problem: the same one gives the same result.
    """

    pairs: tuple[Pair, ...]
    unmatched: tuple[Unmatched, ...]
    total: int
    bonus: int
    worst: int | None
    bound: int
    objective: tuple[str, ...]
    seed: int
    fingerprint: str
    certificate: Certificate

    @property
    def matched(self) -> int:
        """How many pairs there are."""
        return len(self.pairs)

    @property
    def gap(self) -> int:
        """How far total and bonus stay below the bound."""
        return self.bound - self.total - self.bonus

    @property
    def prices(self) -> dict[str, int]:
        """For each mentor, what one place more could add to the total at most, as many people being paired as now.

        Where a mentor is in `certificate.final.mentors`, one place more pairs one person more, and its price can be
        below zero: those who can be paired only with these few mentors are worth less to the total than those who are.
        """
        return {mentor: price.value for mentor, price in self.certificate.mentor_prices.items()}
