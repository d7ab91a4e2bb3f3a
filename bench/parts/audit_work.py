"""The processes of the audit log's measurement: `audit_work.py fill COUNT`, `floor`, `verify`, `verify-changed`."""

import hmac
import json
import resource
import sys
import time

import django

_BATCH = 2000


def fill(count: str) -> dict:
    """A log of so many entries, by the log's own writer: two thousand events a transaction."""
    from django.db import transaction

    from alongside.foundation import clock
    from alongside.foundation.events import Event, log
    from alongside.foundation.events.models import AuditHead
    from alongside.foundation.identity.actors import SYSTEM
    from alongside.foundation.identity.models import Membership

    head = AuditHead.objects.first()
    held = head.count if head else 0
    at = clock.now()
    while held < int(count):
        batch = [
            Event(
                "membership.changed",
                SYSTEM,
                Membership(ref=f"ref{number:09}"),
                at,
                {"fields": "name", "number": number},
            )
            for number in range(held, min(held + _BATCH, int(count)))
        ]
        with transaction.atomic():
            log.append(batch)
        held += len(batch)
    return {"entries": held}


def floor() -> dict:
    """The bytes of every entry, hashed one after the other; reading and writing them is not counted."""
    from alongside.foundation.events.models import AuditEntry

    fields = ("at", "name", "by", "organisation", "about_kind", "about_ref", "codes", "hash")
    said = [
        json.dumps([str(value) for value in row]).encode()
        for row in AuditEntry.objects.order_by("position").values_list(*fields)[:50_000]
    ]
    times = AuditEntry.objects.count() / len(said)
    key, began, cpu = b"k" * 32, time.perf_counter(), time.process_time()
    for entry in said:
        hmac.digest(key, entry, "sha256").hex()
    return {"seconds": (time.perf_counter() - began) * times, "cpu": (time.process_time() - cpu) * times}


def verify() -> dict:
    """What the command does."""
    from alongside.foundation.events.log import first_fault
    from alongside.foundation.events.models import AuditHead

    began, cpu = time.perf_counter(), time.process_time()
    fault = first_fault()
    if fault:
        raise SystemExit(fault)
    return {
        "entries": AuditHead.objects.get().count,
        "seconds": time.perf_counter() - began,
        "cpu": time.process_time() - cpu,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def verify_changed() -> dict:
    """The same of a log in which one of the newest entries says something else."""
    from alongside.foundation.events.log import first_fault
    from alongside.foundation.events.models import AuditEntry, AuditHead

    AuditEntry.objects.filter(position=AuditHead.objects.get().count - 1).update(name="membership.ended")
    return {"fault": first_fault()}


if __name__ == "__main__":
    django.setup()
    work = {"fill": fill, "floor": floor, "verify": verify, "verify-changed": verify_changed}[sys.argv[1]]
    print(json.dumps(work(*sys.argv[2:])))
