"""Taking checked pairs in: one transaction, a few statements for each kind of row, however many pairs there are."""

from collections import Counter
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db import IntegrityError
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock, sets
from alongside.foundation.events import Who, event
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.models import Membership
from alongside.foundation.sets import handfuls
from alongside.guidance.terms import Stage
from alongside.people.actions.rosters import forget_file
from alongside.people.models import Profile
from alongside.people.terms import ImportState
from alongside.programmes import actions as programmes
from alongside.programmes.models import Participation, Programme
from alongside.programmes.terms import Part
from alongside.relationships import engine, rules
from alongside.relationships.actions.running import refuse_closed
from alongside.relationships.models import CarriedOver, Move, PairsImport, PairsRow, Party, Relationship
from alongside.relationships.running_pairs.reading import PairRow
from alongside.relationships.terms import CARRIED_OVER, Answer, Ending, PairPart, RowOutcome, State

_CHANGED_SINCE = _("The people or pairs of the programme have changed since the check. Check the file again.")
_GETTING_STARTED = (Stage.PREPARE, Stage.CONNECT, Stage.CONTRACT)


def commit(held: PairsImport, *, by: Who, progress: engine.Progress | None = None) -> None:
    """Take every new pair in, wholly or not at all. Nobody is told.

    Raises NotPossible when it is taken in or discarded already, when people or pairs changed since the check, and
    for a closed programme.
    """
    sets.give_way()
    try:
        with event("pairs_import.taken_in", by=by, about=held) as happened:
            # People first, then the programme: in this order somebody's leaving locks them too.
            _lock_people(held)
            lock = Programme.objects.select_for_update(of=("self",)).select_related("organisation")
            held.programme = lock.get(pk=held.programme_id)
            refuse_closed(held.programme)
            ready = PairsImport.objects.filter(pk=held.pk, state__in=(ImportState.READY, ImportState.COMMITTING))
            if not ready.update(state=ImportState.DONE, committed_at=clock.now(), fault=""):
                raise NotPossible(_("This file is taken in or discarded already."))
            _take_in(held, by, progress)
            happened.codes.update({name: held.counts[name] for name in ("created", "ended", "unchanged", "refused")})
            forget_file(held)
            held.refresh_from_db(fields=["state", "committed_at", "added", "raised"])
    except IntegrityError as error:  # a place is somebody's by now
        raise NotPossible(_CHANGED_SINCE) from error


def _lock_people(held: PairsImport) -> None:
    rows = PairsRow.objects.filter(pairs_import=held, outcome=RowOutcome.CREATED)
    members = sorted({member for two in rows.values_list("mentor", "mentee") for member in two})
    for some in handfuls(members):
        list(Membership.objects.select_for_update().filter(pk__in=some).order_by("pk").values_list("pk"))


def _take_in(held: PairsImport, by: Who, progress: engine.Progress | None) -> None:
    rows = list(PairsRow.objects.filter(pairs_import=held, outcome=RowOutcome.CREATED).order_by("spreadsheet_row"))
    taking = _Taking(held, rows, by)
    steps = (taking.look_again, taking.add_people, taking.raise_places, taking.add_pairs, taking.remember)
    for number, step in enumerate(steps, 1):
        step()
        if progress:
            progress(number, len(steps), str(_("Taking pairs in")))


class _Taking:
    """One file on its way in. A row lends its pair its ref."""

    def __init__(self, held: PairsImport, rows: list[PairsRow], by: Who) -> None:
        self.held, self.programme, self.rows, self.by = held, held.programme, rows, by
        self.pairs = {row.pk: PairRow.from_kept(row.spreadsheet_row, row.data) for row in rows}
        self.now, self.zone = clock.now(), ZoneInfo(held.programme.organisation.timezone)
        self.seats: dict[tuple[int, str], Participation] = {}
        self.taken: dict[int, set[int]] = {}
        running = [row for row in rows if not self.pairs[row.pk].ended]
        self.new_mentees = Counter(row.mentor_id for row in running)

    def look_again(self) -> None:
        """What was checked must still be so."""
        if any(outcome != RowOutcome.CREATED for outcome in engine.judged_again(self.held, self.rows)):
            raise NotPossible(_CHANGED_SINCE)

    def add_people(self) -> None:
        """Whoever takes no part yet does from now on. A mentor has the places that are taken, or more if said so."""
        seats, _taken = engine.seats_of(self.programme)
        wanted = {(row.mentor_id, Part.MENTOR.value) for row in self.rows}
        wanted |= {(row.mentee_id, Part.MENTEE.value) for row in self.rows}
        missing = sorted(wanted - seats.keys())
        members, said = self._people({member for member, _part in missing})
        places = [
            programmes.Place(members[member], part, max(self.new_mentees[member], said.get(member, 0)))
            for member, part in missing
        ]
        if places:
            programmes.add_participants(self.programme, places, by=self.by)
        self.seats, self.taken = engine.seats_of(self.programme)
        self.held.added = [self.seats[seat].ref for seat in missing]

    def _people(self, pks: set[int]) -> tuple[dict[int, Membership], dict[int, int]]:
        """Memberships, and how many places the roster says."""
        members: dict[int, Membership] = {}
        said: dict[int, int] = {}
        for some in handfuls(sorted(pks)):
            members |= Membership.objects.in_bulk(some)
            profiles = Profile.objects.filter(membership__in=some, roster_capacity__isnull=False)
            said |= dict(profiles.values_list("membership", "roster_capacity"))
        return members, said

    def raise_places(self) -> None:
        """Mentors have room for the mentees whom they have."""
        for member, count in self.new_mentees.items():
            seat = self.seats[member, Part.MENTOR]
            before, needed = seat.capacity, len(self.taken.get(seat.pk, ())) + count
            if needed > before:
                programmes.change_capacity(seat, needed, by=self.by)
                self.held.raised[seat.ref] = [before, needed]

    def add_pairs(self) -> None:
        """The pairs with their two parts, the step that brought them where they are, and what they bring along."""
        made = [(row, self.pairs[row.pk], self._relationship(row)) for row in self.rows]
        Relationship.objects.bulk_create([pair for _row, _said, pair in made], batch_size=engine.BATCH)
        parties = [party for row, _said, pair in made for party in self._parties(row, pair)]
        Party.objects.bulk_create(parties, batch_size=engine.BATCH)
        Move.objects.bulk_create([self._move(pair) for _row, _said, pair in made], batch_size=engine.BATCH)
        brought = [_brought(self.held, said, pair) for _row, said, pair in made]
        CarriedOver.objects.bulk_create(brought, batch_size=engine.BATCH)
        for _row, said, pair in made:
            facts = {"sessions": said.sessions, "goals": said.goals, "agreed": said.signed_on is not None}
            with event("pair.carried_over", by=self.by, about=pair, stage=pair.stage, **facts):
                pass  # all of them are written above, together

    def _relationship(self, row: PairsRow) -> Relationship:
        said = self.pairs[row.pk]
        ended_at = self._noon(said.ends_on) if said.ended and said.ends_on else None
        known = said.started_on or said.signed_on
        began = min(self._noon(known) if known else self.now, ended_at or self.now)
        is_active = Stage(said.stage) not in _GETTING_STARTED
        return Relationship(
            ref=row.ref,
            programme=self.programme,
            state=State.ENDED if ended_at else State.ACTIVE if is_active else State.ACCEPTED,
            stage=said.stage,
            ending=Ending.COMPLETED if ended_at else "",
            proposed_at=began,
            accepted_at=began,
            ended_at=ended_at,
        )

    def _noon(self, day: date) -> datetime:
        """An instant of a day that is the same day in most zones."""
        return min(datetime.combine(day, time(12), self.zone), self.now)

    def _parties(self, row: PairsRow, pair: Relationship) -> list[Party]:
        """Both answers stand as they were given before Alongside."""
        seats = (self.seats[row.mentor_id, Part.MENTOR], self.seats[row.mentee_id, Part.MENTEE])
        return [
            Party(
                relationship=pair,
                participation=seat,
                part=part,
                place_no=1 if pair.ended_at else self._take_place(seat),
                answer=Answer.ACCEPTED,
                answered_at=pair.accepted_at,
                since=pair.accepted_at,
                until=pair.ended_at,
            )
            for seat, part in zip(seats, (PairPart.MENTOR, PairPart.MENTEE), strict=True)
        ]

    def _take_place(self, seat: Participation) -> int:
        taken = self.taken.setdefault(seat.pk, set())
        place = rules.free_place(taken, seat.capacity)
        if place is None:
            raise NotPossible(_CHANGED_SINCE)
        taken.add(place)
        return place

    def _move(self, pair: Relationship) -> Move:
        by = getattr(self.by, "membership", None)
        first = {"from_stage": Stage.PREPARE, "to_stage": pair.stage, "evidence": [CARRIED_OVER]}
        return Move(relationship=pair, by=by, at=self.now, **first)

    def remember(self) -> None:
        """Which row became which pair, and what came along with them."""
        pair = Relationship.objects.filter(ref=OuterRef("ref")).values("pk")
        rows = PairsRow.objects.filter(pairs_import=self.held, outcome=RowOutcome.CREATED)
        rows.update(relationship=Subquery(pair))
        PairsImport.objects.filter(pk=self.held.pk).update(added=self.held.added, raised=self.held.raised)


def _brought(held: PairsImport, said: PairRow, pair: Relationship) -> CarriedOver:
    return CarriedOver(
        relationship=pair,
        pairs_import=held,
        started_on=said.started_on,
        planned_end_on=said.ends_on,
        sessions_held=said.sessions,
        contract_signed_on=said.signed_on,
        goals_count=said.goals,
    )
