"""A row against the people and pairs that are there: a new pair, here already, or refused."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from alongside.people.roster.values import shown
from alongside.people.terms import MOST_PLACES
from alongside.relationships.running_pairs.columns import is_key
from alongside.relationships.running_pairs.reading import PairRow
from alongside.relationships.running_pairs.reasons import PairRemark
from alongside.relationships.terms import Ending, PairMeaning, RowOutcome, State


class Person(NamedTuple):
    """Somebody on the organisation's list."""

    name: str
    is_gone: bool = False


class Held(NamedTuple):
    """A pair of two people that the programme has, or had."""

    state: str
    ending: str = ""
    was_carried: bool = False
    started_on: date | None = None


@dataclass
class Facts:
    """The people and pairs whom the rows of a file are about. People are known by the keys of their memberships."""

    people: dict[int, Person] = field(default_factory=dict)
    by_address: dict[str, int] = field(default_factory=dict)
    by_number: dict[str, int] = field(default_factory=dict)
    managers: set[tuple[int, int]] = field(default_factory=set)  # who manages, whom
    places: dict[int, int] = field(default_factory=dict)  # of mentors who have said how many, here or in the roster
    mentees_of: Counter[int] = field(default_factory=Counter)  # how many mentees a mentor has now
    mentored: set[int] = field(default_factory=set)
    pairs: dict[tuple[int, int], list[Held]] = field(default_factory=dict)  # by mentor and mentee


class Judged(NamedTuple):
    """What becomes of a row, and why."""

    outcome: RowOutcome
    mentor: int | None
    mentee: int | None
    remarks: tuple[PairRemark, ...]


class _Refused(Exception):
    def __init__(self, code: str, meaning: PairMeaning, **facts: str | int) -> None:
        super().__init__(code)
        self.code, self.meaning, self.facts = code, meaning, facts


class Judge:
    """Judges the rows of one file in order; remembers whom it has taken in."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self._mentee_in: dict[int, int] = {}  # membership -> row of the running pair
        self._pair_in: dict[tuple[int, int, bool, date | None], int] = {}
        self._new_mentees: Counter[int] = Counter()

    def judge(self, pair: PairRow) -> Judged:
        """One row: who it is about, then what becomes of it."""
        found: dict[PairMeaning, int] = {}
        refusals = []
        for meaning, keys in ((PairMeaning.MENTOR, pair.mentor), (PairMeaning.MENTEE, pair.mentee)):
            try:
                found[meaning] = self._person(keys, meaning)
            except _Refused as refused:
                refusals.append(PairRemark(pair.row, refused.code, refused.meaning.value, refused.facts))
        mentor, mentee = found.get(PairMeaning.MENTOR), found.get(PairMeaning.MENTEE)
        if mentor is None or mentee is None:
            return Judged(RowOutcome.REFUSED, mentor, mentee, tuple(refusals))
        return self.judge_two(pair, mentor, mentee)

    def judge_two(self, pair: PairRow, mentor: int, mentee: int) -> Judged:
        """One row about two people who are known."""
        try:
            is_here, remarks = self._is_here(pair, mentor, mentee)
            if is_here:
                return Judged(RowOutcome.UNCHANGED, mentor, mentee, remarks)
            self._refuse_people(pair, mentor, mentee)
            self._refuse_doubles(pair, mentor, mentee)
            if not pair.ended:
                remarks = self._take_place(pair, mentor, mentee)
        except _Refused as refused:
            remark = PairRemark(pair.row, refused.code, refused.meaning.value, refused.facts)
            return Judged(RowOutcome.REFUSED, mentor, mentee, (remark,))
        self._pair_in[mentor, mentee, pair.ended, pair.started_on] = pair.row
        return Judged(RowOutcome.CREATED, mentor, mentee, remarks)

    def _person(self, keys: tuple[str, ...], meaning: PairMeaning) -> int:
        """Who is meant. A name beside a key says nothing; two keys of two people are refused."""
        found = {key: member for key in keys if (member := self._member(key)) is not None}
        if not found:
            known = next((key for key in keys if is_key(key)), None)
            code = "name_only" if known is None else "not_here"
            raise _Refused(code, meaning, value=shown(known or keys[0]))
        if len(set(found.values())) > 1:
            first, second, *_more = found
            raise _Refused("two_people", meaning, value=shown(first), other=shown(second))
        return next(iter(found.values()))

    def _member(self, key: str) -> int | None:
        return (self.facts.by_address if "@" in key else self.facts.by_number).get(key)

    def _is_here(self, pair: PairRow, mentor: int, mentee: int) -> tuple[bool, tuple[PairRemark, ...]]:
        """Has the programme this pair already? What was brought in with the same first day is the same pair."""
        held = self.facts.pairs.get((mentor, mentee), [])
        brought = [one for one in held if one.was_carried and one.started_on == pair.started_on]
        if brought:
            has_ended = all(one.state == State.ENDED for one in brought)
            code = "" if has_ended == pair.ended else "ended_since" if has_ended else "still_running"
            return True, (PairRemark(pair.row, code),) if code else ()
        if pair.ended and any(one.ending == Ending.COMPLETED and not one.was_carried for one in held):
            return True, ()
        open_ones = [one for one in held if one.state != State.ENDED and not _is_before(pair, one)]
        if any(one.state == State.PROPOSED for one in open_ones):
            raise _Refused("proposed_here", PairMeaning.MENTEE)
        if open_ones and pair.ended:
            raise _Refused("running_here", PairMeaning.END)
        return bool(open_ones), ()

    def _refuse_people(self, pair: PairRow, mentor: int, mentee: int) -> None:
        if mentor == mentee:
            raise _Refused("same_person", PairMeaning.MENTEE)
        for meaning, member in ((PairMeaning.MENTOR, mentor), (PairMeaning.MENTEE, mentee)):
            if self.facts.people[member].is_gone:
                raise _Refused("gone", meaning, name=self._name(member))
        if (mentor, mentee) in self.facts.managers and not pair.ended:
            raise _Refused("is_manager", PairMeaning.MENTOR, mentor=self._name(mentor), mentee=self._name(mentee))

    def _refuse_doubles(self, pair: PairRow, mentor: int, mentee: int) -> None:
        if first := self._pair_in.get((mentor, mentee, pair.ended, pair.started_on)):
            raise _Refused("same_pair", PairMeaning.MENTEE, first=first)
        if not pair.ended and (first := self._mentee_in.get(mentee)):
            raise _Refused("mentee_again", PairMeaning.MENTEE, first=first, name=self._name(mentee))

    def _take_place(self, pair: PairRow, mentor: int, mentee: int) -> tuple[PairRemark, ...]:
        if mentee in self.facts.mentored:
            raise _Refused("has_mentor", PairMeaning.MENTEE, name=self._name(mentee))
        count = self.facts.mentees_of[mentor] + self._new_mentees[mentor] + 1
        if count > MOST_PLACES:
            raise _Refused("no_place", PairMeaning.MENTOR, name=self._name(mentor), most=MOST_PLACES)
        self._mentee_in[mentee] = pair.row
        self._new_mentees[mentor] += 1
        before = self.facts.places.get(mentor)
        if before is None or count <= before:
            return ()
        facts: dict[str, str | int] = {"name": self._name(mentor), "count": count, "before": before}
        return (PairRemark(pair.row, "places_raised", PairMeaning.MENTOR.value, facts),)

    def _name(self, member: int) -> str:
        return self.facts.people[member].name


def _is_before(pair: PairRow, held: Held) -> bool:
    """Did the row's pair end before the other one began? Two people may go a second round."""
    return bool(pair.ended and pair.ends_on and held.started_on and pair.ends_on < held.started_on)
