"""What a mentor says of their room at the moment of saying yes."""

from datetime import date

from django.db import transaction

from alongside.foundation import clock
from alongside.foundation.identity.actors import Actor
from alongside.people import actions as people
from alongside.people.queries.room import room
from alongside.programmes import actions as programmes
from alongside.relationships import queries


def say_room_left(pair: queries.Pair, *, by: Actor, places: int, pauses: bool, back_on: date | None = None) -> None:
    """Keep how many mentees the mentor of a pair takes in its programme, and whether they pause everywhere.

    Raises NotPossible for numbers and days that cannot be.
    """
    held = pair.mentor_party.participation
    with transaction.atomic():
        if places != held.capacity:
            programmes.say_room(held, places, by=by)
        if pauses:
            pause = people.PauseWanted(clock.today(by.organisation.timezone), back_on)
            people.say_room(by=by, most=room(by.membership).most, pause=pause)
