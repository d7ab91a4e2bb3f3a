"""A programme of Carys, people on the list of her organisation, and files of pairs that already meet."""

import json
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import call_command

from alongside.foundation import clock
from alongside.foundation.identity.actors import SYSTEM
from alongside.foundation.identity.models import Membership
from alongside.people import actions as people
from tests import cast

TODAY = datetime(2026, 9, 14, 10, tzinfo=UTC)
HEAD = "Mentor e-mail,Mentee e-mail,Start,End,Stage,Sessions held,Contract signed,Goals"


@pytest.fixture(autouse=True)
def today():
    """A Monday in September, two weeks after the programme began."""
    with clock.set_to(TODAY):
        yield


@pytest.fixture
def northgate(db):
    return cast.organisation()


@pytest.fixture
def carys(northgate):
    return cast.member("Carys Llewellyn", northgate, "coordinator")


@pytest.fixture
def programme(carys):
    """Running since the first of September."""
    return cast.programme(carys, launched=True)


def listed(organisation, *names, **facts) -> list[Membership]:
    """People on the list, who have not joined: amara@northgate.example and so on."""
    found = []
    for name in names:
        address = f"{name.split()[0].lower()}@northgate.example"
        found.append(people.add_person(organisation=organisation, by=SYSTEM, name=name, work_address=address, **facts))
    return found


@pytest.fixture
def amara_and_ben(northgate):
    return listed(northgate, "Amara Okafor", "Ben Thomas")


@pytest.fixture
def file(tmp_path):
    """Writes a file of rows below the usual header, or below another one."""

    def write(*rows, head=HEAD, name="pairs.csv"):
        path = tmp_path / name
        path.write_text("\n".join([head, *rows]), encoding="utf-8")
        return path

    return write


@pytest.fixture
def run(programme, file):
    """`import_pairs --json` on rows: what it prints."""

    def imported(*rows, options=(), head=HEAD):
        return run_on(file(*rows, head=head), programme.slug, *options)

    return imported


def run_on(path, slug, *options):
    """`import_pairs --json` on a file."""
    out = StringIO()
    call_command("import_pairs", str(path), "--programme", slug, "--json", *options, stdout=out)
    return json.loads(out.getvalue())


def row(mentor="amara", mentee="ben", start="2026-05-01", end="", stage="", sessions="", signed="", goals="") -> str:
    """A row of the usual file; people by their first names."""
    who = [name and (name if "@" in name or " " in name else f"{name}@northgate.example") for name in (mentor, mentee)]
    return ",".join([*who, start, end, stage, sessions, signed, goals])
