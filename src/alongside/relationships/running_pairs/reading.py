"""The cells of one row, read: who, since when, how far. What cannot be read is refused with its reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from alongside.guidance.terms import Stage
from alongside.people.roster import values
from alongside.people.roster.headers import fold
from alongside.people.roster.tables import Table
from alongside.people.roster.values import shown
from alongside.relationships.running_pairs import stages
from alongside.relationships.running_pairs.columns import Mapping
from alongside.relationships.running_pairs.reasons import PairRemark, Wrong
from alongside.relationships.running_pairs.stages import Brought
from alongside.relationships.terms import PairMeaning

if TYPE_CHECKING:
    from alongside.guidance import LifecycleModel

MOST_SESSIONS, MOST_GOALS = 999, 99
_FURTHEST = timedelta(days=366 * 50)
_WHOLE = re.compile(r"([+-]?\d{1,9})(?:[.,]0+)?")
_TOTALS = frozenset({"total", "totals", "grand total", "sum", "sub total", "subtotal", "average", "overall"})


@dataclass(frozen=True)
class PairRow:
    """What one row says of a pair. `mentor` and `mentee` are the keys as written."""

    row: int
    mentor: tuple[str, ...] = ()
    mentee: tuple[str, ...] = ()
    started_on: date | None = None
    ends_on: date | None = None
    signed_on: date | None = None
    sessions: int | None = None
    goals: int | None = None
    stage: str = Stage.CONNECT.value
    ended: bool = False

    @property
    def brought(self) -> Brought:
        """What of it opens the gates of the path."""
        return Brought(self.signed_on is not None, bool(self.sessions), bool(self.goals))

    def kept(self) -> dict[str, Any]:
        """As it is kept in a staging row, without the keys."""
        days = {name: day and day.isoformat() for name, day in self._days()}
        return {**days, "sessions": self.sessions, "goals": self.goals, "stage": self.stage, "ended": self.ended}

    def _days(self) -> tuple[tuple[str, date | None], ...]:
        return ("started_on", self.started_on), ("ends_on", self.ends_on), ("signed_on", self.signed_on)

    @classmethod
    def from_kept(cls, row: int, kept: dict[str, Any]) -> PairRow:
        """The row that `kept` gave."""
        days = ("started_on", "ends_on", "signed_on")
        read = {name: date.fromisoformat(kept[name]) if kept[name] else None for name in days}
        return cls(row, **(kept | read))


@dataclass(frozen=True)
class Read:
    """One row as far as it could be read. Without `pair` it is refused, or skipped."""

    row: int
    pair: PairRow | None
    remarks: tuple[PairRemark, ...] = ()
    cells: tuple[str, ...] = ()


class Reader:
    """Reads the rows of one file, for a programme with this model, on this day."""

    def __init__(self, mapping: Mapping, model: LifecycleModel, today: date) -> None:
        self.mapping, self.model, self.today = mapping, model, today
        self.words = stages.Words(model)
        self._places: dict[PairMeaning, list[int]] = {}
        for place, column in enumerate(mapping.columns):
            if not column.left_out:
                self._places.setdefault(column.meaning, []).append(place)
        self._read = sorted(place for places in self._places.values() for place in places)
        self._header = [fold(column.header) for column in mapping.columns]

    def all(self, table: Table) -> Iterator[Read]:
        """Every row below the header that is not blank."""
        for number, cells in table.rows():
            if number > self.mapping.header_row and any(cells):
                yield self.one(number, cells)

    def one(self, number: int, cells: list[str]) -> Read:
        """One row that is not blank."""
        if code := self._no_pair(cells):
            return Read(number, None, (PairRemark(number, code),))
        kept = tuple(cells[place] if place < len(cells) else "" for place in self._read)
        reading = _Reading(self, number, {meaning: self._cells(cells, meaning) for meaning in self._places})
        pair = reading.pair()
        return Read(number, pair, tuple(reading.remarks), kept)

    def _cells(self, cells: list[str], meaning: PairMeaning) -> list[str]:
        found = [values.blank(cells[place]) for place in self._places[meaning] if place < len(cells)]
        return [cell for cell in found if cell]

    def _no_pair(self, cells: list[str]) -> str:
        folded = [fold(cell) for cell in cells]
        if sum(map(bool, folded)) > 1 and folded == self._header[: len(folded)]:
            return "header_again"
        if any("@" in cell for cell in cells):
            return ""
        return "total" if next((cell for cell in folded if cell), "") in _TOTALS else ""


class _Reading:
    """One row on its way: each cell is read by itself, then what they say together."""

    def __init__(self, reader: Reader, number: int, cells: dict[PairMeaning, list[str]]) -> None:
        self.reader, self.number, self._cells = reader, number, cells
        self.remarks: list[PairRemark] = []
        self._has_refusal = False

    def pair(self) -> PairRow | None:
        """The pair, or None where something is refused."""
        mentor, mentee = self._keys(PairMeaning.MENTOR), self._keys(PairMeaning.MENTEE)
        started_on, ends_on, signed_on = map(self._day, (PairMeaning.START, PairMeaning.END, PairMeaning.CONTRACT))
        sessions = self._take(PairMeaning.SESSIONS, lambda cell: _count(cell, MOST_SESSIONS), None)
        goals = self._take(PairMeaning.GOALS, lambda cell: _count(cell, MOST_GOALS), None)
        said: tuple[Stage, ...] = self._take(PairMeaning.STAGE, self.reader.words.read, ())
        self._refuse_days(started_on, ends_on, signed_on)
        row = PairRow(self.number, mentor, mentee, started_on, ends_on, signed_on, sessions, goals)
        row = self._placed(row, said)
        return None if self._has_refusal else row

    def _refuse(self, code: str, meaning: PairMeaning, **facts: str | int) -> None:
        self._has_refusal = True
        self.remarks.append(PairRemark(self.number, code, meaning.value, facts))

    def _remark(self, code: str, meaning: PairMeaning, **facts: str | int) -> None:
        self.remarks.append(PairRemark(self.number, code, meaning.value, facts))

    def _cell(self, meaning: PairMeaning) -> str:
        return next(iter(self._cells.get(meaning, ())), "")

    def _shown(self, meaning: PairMeaning) -> str:
        return shown(self._cell(meaning))

    def _take(self, meaning: PairMeaning, read: Callable[[str], Any], nothing: Any) -> Any:
        cell = self._cell(meaning)
        try:
            return read(cell) if cell else nothing
        except (Wrong, values.Wrong) as wrong:
            self._refuse(wrong.code, meaning, **wrong.facts)
            return nothing

    def _keys(self, meaning: PairMeaning) -> tuple[str, ...]:
        keys = []
        for cell in self._cells.get(meaning, ()):
            try:
                keys.append(values.address(cell) if "@" in cell else values.one_line(cell))
            except values.Wrong as wrong:
                self._refuse(wrong.code, meaning, **wrong.facts)
                return ()
        if not keys:
            self._refuse(f"no_{meaning.value}", meaning)
        return tuple(keys)

    def _day(self, meaning: PairMeaning) -> date | None:
        read: date | None = self._take(
            meaning, lambda cell: values.day(cell, month_first=self.reader.mapping.month_first), None
        )
        if read and abs(read - self.reader.today) > _FURTHEST:
            self._refuse("too_far", meaning, value=self._shown(meaning))
            return None
        return read

    def _refuse_days(self, started_on: date | None, ends_on: date | None, signed_on: date | None) -> None:
        if started_on and started_on > self.reader.today:
            self._refuse("starts_later", PairMeaning.START, value=self._shown(PairMeaning.START))
        elif started_on and ends_on and ends_on < started_on:
            facts = {"value": self._shown(PairMeaning.END), "start": self._shown(PairMeaning.START)}
            self._refuse("end_before_start", PairMeaning.END, **facts)
        if signed_on and signed_on > self.reader.today:
            self._refuse("signed_later", PairMeaning.CONTRACT, value=self._shown(PairMeaning.CONTRACT))

    def _placed(self, row: PairRow, said: tuple[Stage, ...]) -> PairRow:
        """With its stage, or as one that has completed."""
        if said == (Stage.AFTER,):
            return self._completed(row)
        if row.ends_on and row.ends_on < self.reader.today:
            self._remark("past_end", PairMeaning.END)
            return replace(row, stage=Stage.AFTER.value, ended=True)
        if not row.started_on:
            self._remark("no_start", PairMeaning.START)
        first = stages.within(said, row.brought) if said else stages.guess(row.brought)
        stage = stages.settle(first, row.brought)
        words = self._point(stage)
        if not said:
            self._remark("stage_guessed", PairMeaning.STAGE, stage=words)
        elif words != self._point(first):
            self._remark("stage_further", PairMeaning.STAGE, value=self._shown(PairMeaning.STAGE), stage=words)
        return replace(row, stage=stage.value)

    def _completed(self, row: PairRow) -> PairRow:
        today = self.reader.today
        if row.ends_on and row.ends_on > today:
            self._refuse("completed_later", PairMeaning.END, value=self._shown(PairMeaning.END))
        if not row.ends_on:
            self._remark("no_end", PairMeaning.END)
        return replace(row, stage=Stage.AFTER.value, ended=True, ends_on=row.ends_on or today)

    def _point(self, stage: Stage) -> str:
        """The stage in the words of the path that people see."""
        path = self.reader.model.path()
        return path[self.reader.model.point_for(stage)].words


def _count(cell: str, most: int) -> int:
    """A whole number. Raises Wrong for words, fractions and what is out of range."""
    found = _WHOLE.fullmatch(cell)
    if not found:
        raise Wrong("count_word", value=shown(cell))
    number = int(found[1])
    if not 0 <= number <= most:
        raise Wrong("count_range", value=number, most=most)
    return number
