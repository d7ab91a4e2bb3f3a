"""Sentences of one person, in every field that is theirs, and their name in what others wrote and handed in."""

import io
import itertools
import json
from typing import Any

import xlsxwriter
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.base import ContentFile
from django.db import models

from alongside.foundation import clock, files, jobs, vault
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actors import SYSTEM
from alongside.foundation.identity.models import Membership
from alongside.foundation.notifications.models import Mail
from alongside.foundation.privacy import Person, declarations
from alongside.foundation.privacy.paths import rows_of
from alongside.foundation.vault.owners import owners_of
from alongside.people.models import RosterImport, RosterRow
from alongside.programmes.models import Announcement, Programme
from alongside.records import queries
from tests.told import Told

STEM = "Zwölf Möwen über Hafen "
_number = itertools.count(1)
# Columns that hold codes which something reads again: a sentence would break what it is about.
_CODES = {
    "language",
    "clause_set",
    "timezone",
    "zone",
    "kind",
    "key",
    "name",
    "stored_as",
    "claim",
    "dedupe",
    "model_key",
    "programme",
    "letter",
    "evidence",
    "mapping",
    "counts",
    "made",
    "added",
    "raised",
    "fault",
    "named",
    "gone",
}


def sentence() -> str:
    """A sentence that stands nowhere else."""
    return f"{STEM}{next(_number)} & Café"


def plant(person: Person) -> dict[str, str]:
    """A sentence in every field of every row that is about somebody: the sentences, with where each stands."""
    planted: dict[str, str] = {}
    for held in declarations():
        if held.is_a_person or held.frozen:
            continue
        for row in rows_of(held, person):
            for column in held.model._meta.concrete_fields:
                if column.name in (*held.personal, *held.plain, *held.special) and _takes(column):
                    text = sentence()
                    _write(row, column, text, person)
                    planted[text] = f"{held.label}.{column.name}"
    return planted


def _takes(column: Any) -> bool:
    if isinstance(column, vault.SealedField):
        return True
    if column.choices or column.unique or column.is_relation or column.name in _CODES:
        return False
    if isinstance(column, models.EmailField):
        return False
    long = isinstance(column, models.CharField) and (column.max_length or 0) >= 60
    return long or isinstance(column, models.TextField | models.JSONField)


def _write(row: Any, column: Any, text: str, person: Person) -> None:
    value: Any = text
    if isinstance(column, vault.SealedField):
        before = bytes(getattr(row, column.name))
        owner = owners_of([before]).get(before, person.membership.key_owner)
        held = vault.unseal_one(before, vault.place(row, column.name)) if before else ""
        value = vault.seal(_beside(held or "", text), owner=owner, place=vault.place(row, column.name))
    elif isinstance(column, models.JSONField):
        value = _within(getattr(row, column.name), text)
    row.__class__._default_manager.filter(pk=row.pk).update(**{column.name: value})


def _beside(held: str, text: str) -> str:
    """Beside what is there: a document stays one, so that pages can still be read."""
    if held.startswith("{"):
        return json.dumps({**json.loads(held), "planted": text}, ensure_ascii=False)
    return f"{held} {text}"


def _within(value: Any, text: str) -> Any:
    return {**value, "planted": text} if isinstance(value, dict) else [*(value or []), text]


def name_everywhere(told: Told, key: str) -> None:
    """Others write about somebody and hand in lists with them; mails, jobs and sessions name them."""
    member = told.membership(key)
    carys = told.actor("carys")
    programme = Programme.objects.filter(organisation=member.organisation).first()
    Announcement.objects.create(
        programme=programme, part="all", subject=f"Welcome, {member.name}",
        words=f"{member.name.upper()} has joined us.", by=carys.membership,
    )  # fmt: skip
    _refused_row(member)
    _lists(member, carys)
    _mails(told, member)
    jobs.enqueue("people.delete_old_rows", organisation=carys.organisation_ref, by=member.ref, name=member.name)
    session = SessionStore()
    session["_messages"] = f"{member.name} was invited."
    session.save()


def _refused_row(member: Membership) -> None:
    roster = RosterImport.objects.filter(organisation=member.organisation).first()
    RosterRow.objects.create(
        roster_import=roster, spreadsheet_row=900_001, name=member.name, outcome="refused", data=None,
        cells=[member.name, member.work_address.upper(), "Staff nurse"], remarks=[],
    )  # fmt: skip


def _lists(member: Membership, carys: Any) -> None:
    files.accept(ContentFile(f"Name,E-mail\n{member.name},{member.work_address}\n".encode(), "staff.csv"), by=carys)
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Name", "E-mail"])
        sheet.write_row(1, 0, [member.name, member.work_address])
    files.accept(ContentFile(out.getvalue(), "staff.xlsx"), by=carys)
    files.accept(ContentFile(b"Name,E-mail\nSomebody Else,else@northgate.example\n", "others.csv"), by=carys)


def _mails(told: Told, member: Membership) -> None:
    for address, account in ((told.email("carys"), told.membership("carys").account), (member.work_address, None)):
        Mail.objects.create(
            organisation_ref=member.organisation.ref, to_account=account, to_address=address, kind="relationship.ended",
            subject=f"{member.name} writes", body=f"Dear Carys, {member.short_name} is glad.",
            html=f"<p>{member.name}</p>", created_at=clock.now(),
        )  # fmt: skip


def person(told: Told, key: str) -> Person:
    """Somebody of the demo, as an erasure finds them."""
    return queries.person_of(told.membership(key))


def another_administrator(told: Told) -> None:
    """So that the first one can go."""
    identity.grant_role(told.membership("carys"), "administrator", by=SYSTEM)
