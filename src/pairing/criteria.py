"""What speaks for a pair and what forbids one, said of each person instead of each pair.

A cohort of thousands has more pairs than anybody can list. Whoever says what people want and offer, and which
categories they are in, lists people only; `pairing.factors` checks it and makes numbers of it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from pairing.problems import Couple


@dataclass(frozen=True, eq=False)
class Coverage:
    """How much of what a mentee wants a mentor offers.

    The weight is shared among the words that a mentee wants, by importance and by largest remainders (of equal ones the
    word that comes first), so that they are whole numbers that sum to exactly the weight. A pair has the points of the
    words that the mentor offers: whatever is shown of a score can be added up word by word.

    Parameters
    ----------
    name : str
        What the criterion is called; no other has the same name.
    weight : int
        Points of a mentor who offers everything, 0 to 1,000,000.
    wants : sequence of mappings, one for each mentee
        From word to importance, a positive whole number; how rare a word is, is part of it.
    offers : sequence of collections, one for each mentor
        Words.
    without : int
        Points of every pair of a mentee who wants nothing, 0 to `weight`. It is the same with every mentor, so it does
        not change with whom such a mentee is paired. It does count where places are short and in the worst pair:
        with 0, who says nothing never goes before who says something.
    """

    name: str
    weight: int
    wants: Sequence[Mapping[str, int]]
    offers: Sequence[Collection[str]]
    without: int = 0


@dataclass(frozen=True, eq=False)
class Table:
    """Points by category, such as seniority by seniority, or the same place.

    Parameters
    ----------
    name : str
        What the criterion is called; no other has the same name.
    weight : int
        The most points, 0 to 1,000,000.
    mentees, mentors : sequences of str, one for each person
        Their categories. The two sides need not have the same.
    points : mapping
        From a mentee's category and a mentor's to points, 0 to `weight`.
    default : int
        Points of categories that the mapping does not name.
    """

    name: str
    weight: int
    mentees: Sequence[str]
    mentors: Sequence[str]
    points: Mapping[tuple[str, str], int]
    default: int = 0


@dataclass(frozen=True, eq=False)
class Couples:
    """Points of single pairs, such as ranked choices; every other pair has none.

    Parameters
    ----------
    name : str
        What the criterion is called; no other has the same name.
    weight : int
        The most points, 0 to 1,000,000.
    points : mapping
        From the ids of a mentee and a mentor to points, 0 to `weight`.
    """

    name: str
    weight: int
    points: Mapping[Couple, int]


@dataclass(frozen=True, eq=False)
class Shared:
    """Two people must have a word in common, such as a language or a time of the week.

    Parameters
    ----------
    name : str
        What the rule is called; no other has the same name.
    mentees, mentors : sequences of collections, one for each person
        Words.
    empty_allows : bool
        Whether somebody without any word is let through with everybody, instead of with nobody.
    """

    name: str
    mentees: Sequence[Collection[str]]
    mentors: Sequence[Collection[str]]
    empty_allows: bool = False


@dataclass(frozen=True, eq=False)
class TableRule:
    """Two people must be in categories that go together.

    Parameters
    ----------
    name : str
        What the rule is called; no other has the same name.
    mentees, mentors : sequences of str, one for each person
        Their categories. The two sides need not have the same.
    allows : mapping
        From a mentee's category and a mentor's to whether they go together.
    default : bool
        Whether categories go together that the mapping does not name.
    """

    name: str
    mentees: Sequence[str]
    mentors: Sequence[str]
    allows: Mapping[tuple[str, str], bool]
    default: bool = True

    @classmethod
    def unlike(cls, name: str, mentees: Sequence[str], mentors: Sequence[str]) -> "TableRule":
        """The rule that two people must not be in the same category, such as the same team."""
        return cls(name, mentees, mentors, {(category, category): False for category in {*mentees} & {*mentors}})


@dataclass(frozen=True, eq=False)
class Apart:
    """Single pairs that must not be, such as people of one line of management.

    Parameters
    ----------
    name : str
        What the rule is called; no other has the same name.
    couples : collection of pairs
        Ids of a mentee and a mentor.
    """

    name: str
    couples: Collection[Couple] = field(default=())
