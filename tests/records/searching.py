"""Looking for a sentence in every store of an installation, in every form that a store could hold it in."""

import base64
import html
import io
import json
import os
import quopri
import subprocess
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connections

_NOT_STORES = ("told", "static")  # copies that the tests keep, and the product's own files
Store = tuple[str, bytes]


def forms(text: str) -> dict[str, bytes]:
    """A sentence in every encoding and capitalisation."""
    cases = {"": text, "upper": text.upper(), "lower": text.lower()}
    found: dict[str, bytes] = {}
    for case, said in cases.items():
        found |= {f"{name} {case}".strip(): form for name, form in _encoded(said).items()}
    return found


def _encoded(text: str) -> dict[str, bytes]:
    plain = text.encode()
    found = {
        "utf-8": plain,
        "utf-16-le": text.encode("utf-16-le"),
        "utf-16-be": text.encode("utf-16-be"),
        "utf-32": text.encode("utf-32-le"),
        "latin-1": text.encode("latin-1", "replace"),
        "hex": plain.hex().encode(),
        "percent": quote(text).encode(),
        "percent of forms": quote_plus(text).encode(),
        "html": html.escape(text).encode(),
        "html decimal": "".join(c if c.isascii() else f"&#{ord(c)};" for c in text).encode(),
        "html hexadecimal": "".join(c if c.isascii() else f"&#x{ord(c):x};" for c in text).encode(),
        "json": json.dumps(text)[1:-1].encode(),
        "json twice": json.dumps(json.dumps(text)[1:-1])[1:-1].encode(),
        "python": repr(plain)[2:-1].encode(),
        "quoted-printable": quopri.encodestring(plain).replace(b"=\n", b""),
        "quoted-printable header": quopri.encodestring(plain, header=True),
    }
    for shift in range(3):  # wherever in a longer text it stands
        whole = base64.b64encode(b"x" * shift + plain)
        inner = whole[(0, 2, 3)[shift] : -4]
        found[f"base64 {shift}"] = inner
        found[f"base64url {shift}"] = inner.replace(b"+", b"-").replace(b"/", b"_")
    return found


def stores() -> Iterator[Store]:
    """Every table of both databases, the databases' own files, and every file of the data directory."""
    yield from tables()
    yield from _files(Path(settings.DATA_DIR))


def tables() -> Iterator[Store]:
    """Every table of both databases, and what browsers' sessions say, which lies packed in theirs."""
    for alias in sorted(connections):
        yield from _tables(alias)
    said = (json.dumps(held.get_decoded(), ensure_ascii=False, default=str) for held in Session.objects.order_by("pk"))
    yield "default: django_session, unpacked", "\n".join(said).encode()


def _tables(alias: str) -> Iterator[Store]:
    connection = connections[alias]
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows = (b"\x00".join(_bytes(value) for value in row) for row in cursor.fetchall())
            yield f"{alias}: {table}", b"\x01".join(rows)


def _bytes(value: object) -> bytes:
    if isinstance(value, bytes | memoryview):
        return bytes(value)
    return (json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)).encode()


def _files(folder: Path) -> Iterator[Store]:
    for path in sorted(folder.rglob("*")):
        within = path.relative_to(folder)
        if not path.is_file() or within.parts[0] in _NOT_STORES:
            continue
        content = _content(path)
        yield f"file: {within}", os.fsencode(within) + b"\x00" + content
        if zipfile.is_zipfile(io.BytesIO(content)):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                for name in archive.namelist():
                    yield f"file: {within}: {name}", archive.read(name)


def _content(path: Path) -> bytes:
    """Read in a process of its own: opening and closing a database's file in this one drops SQLite's locks on it.

    The next process that closes the database would then take its log away under us.
    """
    return subprocess.run(["cat", path], stdout=subprocess.PIPE, check=True).stdout


def found(sentences: Iterable[str], within: Iterable[Store], stem: str) -> list[tuple[str, str, str]]:
    """Where a sentence stands, and in which form. Whole ones are looked for where their common beginning is found."""
    wanted = list(sentences)
    begun = [text for text in wanted if text.startswith(stem)]
    others = [text for text in wanted if not text.startswith(stem)]
    hits = []
    for store, held in within:
        hits += _hits(others, store, held)
        if any(form in held for form in set(forms(stem).values())):
            hits += _hits(begun, store, held)
    return hits


def _hits(sentences: Iterable[str], store: str, held: bytes) -> list[tuple[str, str, str]]:
    return [(store, text, name) for text in sentences for name, form in forms(text).items() if form in held]
