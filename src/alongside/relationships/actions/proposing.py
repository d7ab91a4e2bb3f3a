"""Proposing many pairs at once: the same rules as for one, asked of all of them in a few queries."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.functional import Promise

from alongside.foundation import clock
from alongside.foundation.events import Who, event
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.models import Membership
from alongside.foundation.sets import handfuls
from alongside.people.queries.room import Room, rooms
from alongside.programmes.models import Participation, Programme
from alongside.relationships import queries, rules
from alongside.relationships.actions.pairs import refuse_impossible, why_no_place
from alongside.relationships.models import Party, Relationship
from alongside.relationships.queries import many
from alongside.relationships.terms import PairPart

Couple = tuple[Participation, Participation]  # a mentor and a mentee
_AT_ONCE = 500


class NotThese(NotPossible):
    """Two of the many cannot be proposed to each other; `reason` says why."""

    def __init__(self, mentor: Participation, mentee: Participation, reason: str | Promise) -> None:
        self.mentor, self.mentee, self.reason = mentor, mentee, reason
        super().__init__(reason)


def propose_all(couples: Sequence[Couple], *, by: Who) -> list[Relationship]:
    """Propose pairs of one programme, all or none; nobody is told: whoever proposes tells each person once.

    The pairs in the order of `couples`. Raises NotThese for the first two who cannot be.
    """
    if not couples:
        return []
    with transaction.atomic():
        # The programme's row is locked first, as by whoever closes it or ends a part.
        Programme.objects.select_for_update().get(pk=couples[0][0].programme_id)
        known = _Known(couples)
        made = [Relationship(programme_id=mentor.programme_id, proposed_at=clock.now()) for mentor, _mentee in couples]
        parties = [party for pair, couple in zip(made, couples, strict=True) for party in known.parties(pair, *couple)]
        Relationship.objects.bulk_create(made, batch_size=_AT_ONCE)
        Party.objects.bulk_create(parties, batch_size=_AT_ONCE)
        for pair in made:
            with event("relationship.proposed", by=by, about=pair, notify=False):
                pass  # it is in the tables already, in the same transaction
    return made


class _Known:
    """What the rules ask about, read for everybody; counts and places go on as pairs are added."""

    def __init__(self, couples: Sequence[Couple]) -> None:
        self.parts = many.parts({held.pk for couple in couples for held in couple})
        mentors = sorted({self.parts[mentor.pk].membership_id for mentor, _mentee in couples})
        # Whoever proposes one of them in another programme waits: the most they want is over all of them.
        locked = Membership.objects.select_for_update(no_key=True).order_by("pk")
        self.rooms: dict[int, Room] = {}
        self.mentees: dict[int, int] = {}
        for handful in handfuls(mentors):
            self.rooms |= rooms(locked.filter(pk__in=handful))
            self.mentees |= queries.mentees_of(handful)
        members = {held.membership_id for held in self.parts.values()}
        self.taken = many.taken_places(self.parts)
        self.managers, self.apart = many.managers(members), many.apart(members)

    def parties(self, pair: Relationship, mentor: Participation, mentee: Participation) -> list[Party]:
        """The two places in a new pair. Raises NotThese."""
        mentor, mentee = self.parts[mentor.pk], self.parts[mentee.pk]
        try:
            self._refuse(mentor, mentee)
            return [self._take(pair, mentor, PairPart.MENTOR), self._take(pair, mentee, PairPart.MENTEE)]
        except NotPossible as reason:
            raise NotThese(mentor, mentee, str(reason)) from reason

    def _refuse(self, mentor: Participation, mentee: Participation) -> None:
        two = (mentor.membership_id, mentee.membership_id)
        refuse_impossible(mentor, mentee, manages=two in self.managers, apart=frozenset(two) in self.apart)
        has = self.mentees.get(mentor.membership_id, 0)
        if reason := self.rooms[mentor.membership_id].why_not(has):
            raise NotPossible(reason)
        self.mentees[mentor.membership_id] = has + 1

    def _take(self, pair: Relationship, held: Participation, part: PairPart) -> Party:
        taken = self.taken.setdefault(held.pk, set())
        place = rules.free_place(taken, held.capacity)
        if place is None:
            raise NotPossible(why_no_place(held, part))
        taken.add(place)
        return Party(relationship=pair, participation=held, part=part, place_no=place, since=clock.now())
