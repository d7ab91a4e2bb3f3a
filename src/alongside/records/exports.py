"""Where exports of people are kept, and writing one: a ZIP of JSON, a page to read, and the files that they gave.

Rows are read and written some at a time, so that a long history needs no more memory than a short one.
"""

import json
import os
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from alongside import guidance
from alongside.foundation import clock, files, vault
from alongside.foundation.events.refs import new_ref
from alongside.foundation.files.models import Upload
from alongside.foundation.files.terms import LISTS
from alongside.foundation.identity.actors import SYSTEM
from alongside.foundation.identity.models import Membership
from alongside.foundation.privacy import Declaration, Person, declaration_of, declarations
from alongside.foundation.privacy.paths import rows_about, rows_of
from alongside.foundation.vault.actions import unseal_or_note
from alongside.records import page
from alongside.records.rules import EXPORTS_KEPT_DAYS

_BATCH = 200
_UPLOAD = Upload._meta.label_lower


@dataclass
class HeldBack:
    """One passage that somebody has to look at before it is handed over: what it is and where, not what it says."""

    table: str
    what: str
    ref: str
    at: str
    why: str
    told: bool  # does the page of the person count it? Never what would tell them of a case or of a complaint


@dataclass
class Written:
    """What an export holds."""

    path: Path
    rows: dict[str, int] = field(default_factory=dict)
    files: int = 0
    held_back: list[HeldBack] = field(default_factory=list)

    @property
    def for_review(self) -> Path:
        """The list of what is held back, for whoever looks at it: beside the ZIP, and never within it."""
        return self.path.with_suffix(".held-back.json")

    @property
    def told(self) -> page.Told:
        """How much of that its person is told of."""
        lists = sum(passage.told and passage.table == _UPLOAD for passage in self.held_back)
        return page.Told(sum(passage.told for passage in self.held_back) - lists, lists)


def folder() -> Path:
    """Where exports are kept, readable by whoever runs Alongside alone."""
    path = Path(settings.DATA_DIR) / "exports"
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def forget(membership: Membership) -> int:
    """Delete every export of somebody; how many files."""
    found = list(folder().glob(f"{membership.ref}-*"))
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)


def forget_old() -> int:
    """Delete exports that were made long ago; how many files."""
    before = (clock.now() - timedelta(days=EXPORTS_KEPT_DAYS)).timestamp()
    count = 0
    for path in folder().iterdir():
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < before:
                path.unlink()
                count += 1
    return count


def write(person: Person) -> Written:
    """Write somebody's export; it appears under its name once it is whole, after the list of what is held back."""
    path = folder() / f"{person.membership.ref}-{new_ref()}.zip"
    written = Written(path, held_back=[*_lists(person), *_held_back(person)])
    unfinished = path.with_suffix(".part")
    try:
        with _opened(unfinished) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            with archive.open("data.json", "w", force_zip64=True) as out:
                _write_json(person, written, out)
            with archive.open("data.html", "w", force_zip64=True) as out:
                tables = ((held, _kept(held), _rows(held, rows)) for held, rows in _tables(person))
                page.write(person, written.told, tables, out)
            _write_files(person, written, archive)
        _write_review(person, written)
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)
        if not path.exists():
            written.for_review.unlink(missing_ok=True)
    return written


def _write_review(person: Person, written: Written) -> None:
    if not written.held_back:
        return
    said = {
        "export": written.path.name,
        "person": person.membership.ref,
        "held_back": [asdict(passage) for passage in written.held_back],
    }
    with _opened(written.for_review) as file:
        file.write(json.dumps(said, ensure_ascii=False, indent=1).encode() + b"\n")


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "w+b") as file:
        yield file


def _tables(person: Person) -> Iterator[tuple[Declaration, QuerySet[Any]]]:
    for held in declarations():
        if held.subject and held.keep != "with_the_record":  # what is made of other records says nothing more
            rows = rows_of(held, person)
            yield held, rows.exclude(**held.withheld) if held.withheld else rows


def _write_json(person: Person, written: Written, out: IO[bytes]) -> None:
    head = {
        "organisation": person.organisation.name,
        "made_at": clock.now().isoformat(),
        "person": person.membership.ref,
    }
    out.write(json.dumps(head, ensure_ascii=False).encode()[:-1] + b', "tables": [')
    first = True
    for held, rows in _tables(person):
        said = {"table": held.label, "purpose": str(held.purpose), "basis": held.basis, "kept": _kept(held)}
        count = 0
        for row in _rows(held, rows):
            if not count:
                out.write((b"" if first else b",") + b"\n" + json.dumps(said, ensure_ascii=False).encode()[:-1])
                out.write(b', "rows": [')
                first = False
            out.write((b"," if count else b"") + b"\n " + json.dumps(row, ensure_ascii=False).encode())
            count += 1
        if count:
            out.write(b"]}")
            written.rows[held.label] = count
    out.write(b"\n]}\n")


def _kept(held: Declaration) -> str:
    known = guidance.retention_classes()
    return known[held.keep].words if held.keep in known else ""


def _rows(held: Declaration, rows: QuerySet[Any]) -> Iterator[dict[str, Any]]:
    columns = [column for column in held.model._meta.concrete_fields if _is_told(held, column)]
    related = [column.name for column in columns if column.is_relation]
    last: Any = None
    while True:
        ordered = rows.select_related(*related).order_by("pk")
        batch = list((ordered if last is None else ordered.filter(pk__gt=last))[:_BATCH])
        if not batch:
            return
        last = batch[-1].pk
        yield from _said(batch, columns)


def _is_told(held: Declaration, column: Any) -> bool:
    if column.primary_key and column.name == "id":
        return False
    is_secret = column.name in ("password", "unsubscribe") or column.name.endswith(("token_hash", "code_hash"))
    return not is_secret and not (column.name in held.plain and column.get_internal_type() == "BinaryField")


def _said(batch: list[Any], columns: list[Any]) -> Iterator[dict[str, Any]]:
    sealed = [column.name for column in columns if isinstance(column, vault.SealedField)]
    values = [(getattr(row, name), vault.place(row, name)) for row in batch for name in sealed]
    opened = iter(unseal_or_note(values, by=SYSTEM) if values else [])
    for row in batch:
        texts = {name: next(opened) for name in sealed}
        yield {column.name: texts[column.name] if column.name in texts else _plain(row, column) for column in columns}


def _is_nobodys(model: type[Model]) -> bool:
    """Is it about nobody, such as a word for a skill or a programme? Then its name may be said."""
    held = declaration_of(model)
    return held is not None and not held.subject


def _plain(row: Any, column: Any) -> Any:
    value = getattr(row, column.name)
    if isinstance(value, Model):
        told = isinstance(value, Membership) or _is_nobodys(type(value))
        return {"ref": str(getattr(value, "ref", value.pk)), "name": getattr(value, "name", "") if told else ""}
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool | list | dict | None) else str(value)


def _write_files(person: Person, written: Written, archive: zipfile.ZipFile) -> None:
    theirs = Upload.objects.filter(by_ref=person.membership.ref).exclude(kind__in=LISTS)
    for upload in theirs.order_by("pk"):
        with suppress(FileNotFoundError), files.opened(upload) as source:
            with archive.open(f"files/{upload.ref}-{upload.name}", "w", force_zip64=True) as out:
                while chunk := source.read(64 * 1024):
                    out.write(chunk)
            written.files += 1


def _lists(person: Person) -> Iterator[HeldBack]:
    why = _("A list of other people, which they handed in")
    for upload in Upload.objects.filter(by_ref=person.membership.ref, kind__in=LISTS).order_by("pk"):
        yield _passage(_UPLOAD, upload, why, why, told=True)


def _held_back(person: Person) -> Iterator[HeldBack]:
    for held in declarations():
        if held.about:
            why = _("Another person’s words about them")
            yield from _passages(held, rows_about(held, person), why, told=not held.untold)
        if held.withheld:
            rows = rows_of(held, person).filter(**held.withheld)
            why = _("Not to be handed over before the case it belongs to is closed")
            yield from _passages(held, rows, why, told=False)


def _passages(held: Declaration, rows: QuerySet[Any], why: str, *, told: bool) -> Iterable[HeldBack]:
    for row in rows.order_by("pk").iterator(chunk_size=_BATCH):
        yield _passage(held.label, row, str(held.purpose), why, told=told)


def _passage(table: str, row: Any, what: str, why: str, *, told: bool) -> HeldBack:
    moments = (
        getattr(row, name, None) for name in ("edited_at", "at", "kept_at", "saved_at", "created_at", "day", "set_at")
    )
    at = next((moment.isoformat() for moment in moments if moment), "")
    return HeldBack(table, what, str(getattr(row, "ref", row.pk)), at, why, told)
