"""An erasure or a run of retention that is killed leaves nothing half, goes on, and ends whole; on both databases."""

from datetime import timedelta
from pathlib import Path

import pytest

from alongside.contracts import engine
from alongside.contracts.models import Contract
from alongside.foundation import clock
from alongside.foundation.events.log import first_fault
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actors import SYSTEM
from alongside.foundation.identity.terms import MembershipState
from alongside.goals.models import Goal
from alongside.meetings.models import Session
from alongside.records import actions, queries
from alongside.records.models import Erasure, RetentionRun
from alongside.relationships.models import Relationship
from tests import processes
from tests.records import planting, searching
from tests.told import standing

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]
KILLED = (
    "ben",
    "noor",
    "amara",
    "sana",
    "tomos",
    "hana",
    "yusuf",
    "grace",
    "idris",
    "joanna",
    "priya",
    "elin",
)
CHANGES = (1, 4, 7, 10, 13)
"""After how many: what packages do comes first, then rows go, then names are taken out. No erasure has fewer."""
HERE = Path(__file__).parent


OF_A_PAIR = ("goals.goal", "relationships.relationship")
"""The middle and the end of what goes with a pair."""


@pytest.fixture
def told(transactional_db):
    with standing("completed") as told:
        yield told


def killed(script: str, *arguments: str) -> bool:
    """Starts one of the scripts beside this, and kills it (-9) where it stands still; False where it ended before."""
    return processes.killed_where_it_stands(HERE / script, *arguments)


def test_a_killed_erasure_is_gone_on_with_and_ends_whole(told, rounds, figure):
    for number, key in enumerate(KILLED[:rounds]):
        member = told.membership(key)
        person = queries.person_of(member)
        names = [member.name, *person.addresses]
        sentences = planting.plant(person) if number == 0 else {}
        last = CHANGES[number % len(CHANGES)]
        assert killed("killed_erasure.py", member.ref, str(last)), "it ended before it could be killed"
        begun = Erasure.objects.get(membership=member)
        assert begun.finished_at is None

        assert actions.go_on() == 1

        begun.refresh_from_db()
        member.refresh_from_db()
        assert (member.name, member.state) == ("Former member", MembershipState.ERASED)
        assert begun.finished_at is not None
        assert first_fault() is None
        assert searching.found([*sentences, *names], searching.stores(), planting.STEM) == []
        figure("kills survived", 1)


def of_ended_pairs() -> list[int]:
    """How many records there are of pairs that have ended, by table."""
    ended = Relationship.objects.filter(ended_at__isnull=False)
    return [ended.count(), *(kind.objects.filter(relationship__in=ended).count() for kind in (Session, Contract, Goal))]


def test_a_killed_run_of_retention_takes_away_whole_pairs_or_nothing_and_is_gone_on_with(told, rounds, figure):
    noor = told.membership("noor")
    identity.leave(noor, by=SYSTEM)
    moment = clock.now() + timedelta(days=1500)
    with clock.set_to(moment):
        due = actions.apply_retention(by=SYSTEM, dry_run=True)
    before, contracts = of_ended_pairs(), Contract.objects.filter(relationship__ended_at__isnull=False).count()
    for number in range(rounds):
        later = {rounds - 2: "people.pausewords", rounds - 1: "a name"}
        place = later.get(number, OF_A_PAIR[number % 2])
        assert killed("killed_retention.py", moment.isoformat(), place), f"it never came to {place}"
        assert of_ended_pairs() == ([0, 0, 0, 0] if number in later else before)
        assert (first_fault(), engine.examine().fault) == (None, None)
        assert RetentionRun.objects.get().finished_at is None

    with clock.set_to(moment):
        gone = actions.apply_retention(by=SYSTEM)

    assert {table: rows for table, rows in gone.items() if table in due} == due
    assert RetentionRun.objects.get().finished_at == moment
    assert AuditEntry.objects.get(name="retention.run").codes == gone
    assert AuditEntry.objects.filter(name="contract.deleted").count() == contracts
    assert (first_fault(), engine.examine().fault) == (None, None)
    noor.refresh_from_db()
    assert (noor.name, noor.state) == ("Former member", MembershipState.ERASED)
    figure("kills survived", rounds)
