"""An erasure that is killed leaves nothing half said, goes on, and ends whole; on both databases."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connections

from alongside.foundation.events.log import first_fault
from alongside.foundation.identity.terms import MembershipState
from alongside.records import actions, queries
from alongside.records.models import Erasure
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
    "mateo",
    "priya",
    "elin",
)
HERE = Path(__file__).parent


@pytest.fixture
def told(transactional_db):
    with standing("completed") as told:
        yield told


def address(alias: str) -> str:
    """One of the tests' databases, for a process of its own."""
    held = connections[alias].settings_dict
    if connections[alias].vendor == "sqlite":
        return f"sqlite:///{held['NAME']}"
    who, host = f"{quote(held['USER'])}:{quote(held['PASSWORD'] or '')}", quote(held["HOST"], safe="")
    return f"postgres://{who}@{host}:{held['PORT']}/{held['NAME']}"


def killed_after(changes: int, ref: str) -> bool:
    """Starts an erasure and kills it once it has made so many changes; False where it ended before."""
    environment = os.environ | {
        "DATABASE_URL": address("default"),
        "ALONGSIDE_KEYS_URL": address("keys"),
        "ALONGSIDE_DATA_DIR": str(settings.DATA_DIR),
        "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }
    command = [sys.executable, str(HERE / "killed_erasure.py"), ref, str(changes)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    there = process.stdout.readline().strip() == "there"
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    return there


def test_a_killed_erasure_is_gone_on_with_and_ends_whole(told, rounds, figure):
    for number, key in enumerate(KILLED[:rounds]):
        member = told.membership(key)
        person = queries.person_of(member)
        names = [member.name, *person.addresses]
        sentences = planting.plant(person) if number == 0 else {}
        assert killed_after(1 + 3 * number, member.ref), "it ended before it could be killed"
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
