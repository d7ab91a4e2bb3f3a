"""The processes of the roster's measurement: `roster_work.py set-up|floor|take-in|take-back|state FILE`, and `tick`."""

import csv
import hashlib
import io
import json
import resource
import select
import sqlite3
import sys
import time
from pathlib import Path

import django


def set_up(_file: str) -> dict:
    """Two organisations: one for the roster, one for the floor."""
    from alongside.foundation.identity import actions as identity

    for name in ("Northgate", "Floor"):
        account = identity.create_account(
            email=f"ada@{name.lower()}.example", password=None, timezone="Europe/London", language="en-gb"
        )
        identity.set_up_organisation(
            name=name,
            timezone="Europe/London",
            language="en-gb",
            privacy_contact=account.email,
            account=account,
            person="Ada Winter",
        )
    return {}


def floor(file: str) -> dict:
    """What nobody can save: reading the file and inserting its people, unchecked."""
    from alongside.foundation.identity.models import Membership, Organisation

    organisation = Organisation.objects.get(slug="floor")
    with Path(file).open(encoding="cp1252", newline="") as text:
        rows = list(csv.DictReader(text, delimiter=";"))
    people = [
        Membership(
            organisation=organisation,
            name=f"{row['Forename']} {row['Surname']}",
            known_as=row["Known as"],
            work_address=f"{place}.{row['Work e-mail'].strip().lower()}",  # the file has doubles
            employee_number=f"{place}.{row['Employee No.']}",
        )
        for place, row in enumerate(rows)
    ]
    Membership.objects.bulk_create(people)
    return {"people": len(people)}


def take_in(file: str) -> dict:
    """The command itself."""
    from django.core.management import call_command

    out = io.StringIO()
    call_command("import_roster", file, "--organisation", "northgate", "--json", stdout=out)
    report = json.loads(out.getvalue())
    return {name: report[name] for name in ("rows", "created", "changed", "unchanged")}


def take_back(_file: str) -> dict:
    """The newest import taken back, and everybody's words with it."""
    from alongside.foundation.identity.actors import System
    from alongside.people import actions
    from alongside.people.models import RosterImport

    roster = RosterImport.objects.select_related("organisation").filter(state="done").latest("pk")
    began = time.monotonic()
    actions.undo_import(roster, by=System(roster.organisation))
    transaction = time.monotonic() - began
    actions.index_undone(roster)
    return {"transaction": transaction, **roster.counts["undone"]}


def state(_file: str) -> dict:
    """A fingerprint of everybody and all that is kept about them."""
    from alongside.foundation.identity.models import Membership
    from alongside.foundation.search.models import Word
    from alongside.people.models import Link, Profile, ProfileSkill, Skill

    made = hashlib.sha256()
    for model in (Membership, Profile, Skill, ProfileSkill, Link, Word):
        for row in model.objects.order_by("pk").values_list().iterator(5000):
            made.update(repr(row).encode())
    return {"fingerprint": made.hexdigest()}


def tick(database: str) -> dict:
    """Write a tiny row every 50 ms until standard input closes; the longest wait for the writer."""
    connection = sqlite3.connect(database, timeout=120, isolation_level=None)
    connection.execute("CREATE TABLE IF NOT EXISTS bench_tick (at REAL)")
    waits = [0.0]
    print("ready", flush=True)
    while not select.select([sys.stdin], [], [], 0.05)[0]:
        began = time.monotonic()
        connection.execute("INSERT INTO bench_tick VALUES (?)", (began,))
        waits.append(time.monotonic() - began)
    return {"longest": max(waits), "ticks": len(waits) - 1}


WORK = {"set-up": set_up, "floor": floor, "take-in": take_in, "take-back": take_back, "state": state, "tick": tick}

if __name__ == "__main__":
    work, argument = WORK[sys.argv[1]], sys.argv[2]
    if work is not tick:
        django.setup()
    began, spent = time.monotonic(), time.process_time()
    found = work(argument)
    print(
        json.dumps(
            found
            | {
                "seconds": time.monotonic() - began,
                "cpu": time.process_time() - spent,
                "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            }
        )
    )
