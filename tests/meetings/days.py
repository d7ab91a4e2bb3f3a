"""A pair whose days are fixed, and the shortest way to a session."""

from datetime import UTC, datetime, timedelta
from itertools import product
from string import ascii_lowercase

from alongside.foundation import clock
from alongside.foundation.identity.actors import Actor
from alongside.meetings import actions
from alongside.meetings.actions import NewAction, Plan, Record
from alongside.meetings.models import Session
from tests import cast as people
from tests.contracts import acts

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)  # a Tuesday, 9:00 in London
THURSDAY = datetime(2026, 12, 3, 12, 30, tzinfo=UTC)
LAST_TUESDAY = datetime(2026, 11, 17, 12, 30, tzinfo=UTC)
BOTH = frozenset({"mentor", "mentee"})
_keys = ("".join(letters) for letters in product(ascii_lowercase, repeat=12))  # none twice, and never at an end


def at(moment: datetime = NOW):
    """Within the block it is that moment."""
    return clock.set_to(moment)


def key() -> str:
    """A new key of a log form."""
    return next(_keys)


def plan(cast: people.Cast, by: Actor, starts_at: datetime = THURSDAY, **more) -> Session:
    """A planned session."""
    return actions.plan(cast.pair(by), Plan(starts_at, more.pop("minutes", 60), **more), by=by)


def record(starts_at: datetime = LAST_TUESDAY, **more) -> Record:
    """A session as it is written down."""
    said = {"minutes": 60, "present": BOTH, "key": key(), "summary": "The budget talk"} | more
    return Record(starts_at, **said)


def held(cast: people.Cast, by: Actor, starts_at: datetime = LAST_TUESDAY, **more) -> Session:
    """A session that was held without a plan."""
    return actions.write_down(cast.pair(by), None, record(starts_at, **more), by=by)


def many(cast: people.Cast, count: int) -> None:
    """So many sessions, each with a summary, a note and an action, and one planned."""
    for number in range(count):
        action = NewAction(f"Action {number}", cast.ben.membership)
        day = LAST_TUESDAY - timedelta(days=number)
        held(cast, cast.amara, day, summary=f"Summary {number}", note=f"Note {number}", actions=[action])
        plan(cast, cast.amara, THURSDAY + timedelta(days=number), agenda=f"Agenda {number}")


def agree(cast: people.Cast, since: datetime) -> None:
    """An agreement that both signed at that time."""
    with clock.set_to(since):
        acts.sign_both(cast)
