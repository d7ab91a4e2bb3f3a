"""Rows of one table: read as a stream, written to PostgreSQL, and reckoned up alike on both sides."""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

from django.db import connections
from django.db.models import JSONField, Model

from alongside.config.moving import NotMoved

_BATCH, _SAY_EVERY = 2000, 100_000
_SIZE = 2**256
Row = tuple[Any, ...]


class Tally:
    """How many rows, and a hash over all of them that does not depend on their order: two databases sort differently.

    It is the sum of the SHA-256 of each row, which is written down as canonical JSON.
    """

    def __init__(self) -> None:
        self.rows = 0
        self._sum = 0

    def add(self, row: Row) -> None:
        """Count a row in."""
        said = json.dumps([canonical(value) for value in row], sort_keys=True, separators=(",", ":"))
        self._sum = (self._sum + int.from_bytes(hashlib.sha256(said.encode()).digest())) % _SIZE
        self.rows += 1

    @property
    def hash(self) -> str:
        """64 hexadecimal digits."""
        return f"{self._sum:064x}"


def canonical(value: Any) -> Any:
    """A value as plain JSON, the same whichever database it came from."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() else value  # PostgreSQL keeps 1e20 in JSON as a whole number
    if isinstance(value, bytes | memoryview):
        return {"bytes": bytes(value).hex()}
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, dict):
        return {str(key): canonical(held) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [canonical(held) for held in value]
    return value.isoformat() if isinstance(value, date) else str(value)


def read(model: type[Model], alias: str) -> Iterator[Row]:
    """Every row of a table, in the order of its key, as a stream: a million need no more memory than a thousand."""
    names = [field.attname for field in model._meta.local_concrete_fields]
    yield from model._base_manager.using(alias).order_by("pk").values_list(*names).iterator(chunk_size=_BATCH)


def copy(model: type[Model], source: str, target: str, say: Callable[[str], None]) -> Tally:
    """Write every row of a table to PostgreSQL. Raises NotMoved, naming the row, when one is not taken."""
    connection, tally = connections[target], Tally()
    table, fields = model._meta.db_table, model._meta.local_concrete_fields
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    sql = f"COPY {connection.ops.quote_name(table)} ({columns}) FROM STDIN"
    try:
        with connection.cursor() as cursor, cursor.copy(sql) as into:
            for row in read(model, source):
                tally.add(row)
                into.write_row([_kept(field, value, connection) for field, value in zip(fields, row, strict=True)])
                if tally.rows % _SAY_EVERY == 0:
                    say(f"{table}: {tally.rows:,} rows so far")
    except connection.Database.Error as error:
        raise NotMoved(f"PostgreSQL does not take a row of {table}: {_reason(error, tally.rows)}.") from error
    return tally


def reckoned(model: type[Model], alias: str) -> Tally:
    """What stands in a table now."""
    tally = Tally()
    for row in read(model, alias):
        tally.add(row)
    return tally


def _kept(field: Any, value: Any, connection: Any) -> Any:
    if value is None and isinstance(field, JSONField) and not field.null:
        return connection.ops.adapt_json_value(None, field.encoder)  # JSON's own null, which is a value
    return field.get_db_prep_save(value, connection)


def _reason(error: Any, rows: int) -> str:
    """The database's reason and the place, without the value: somebody may have written it."""
    place = re.search(r"COPY \w+, line (\d+)(?:, column (\w+))?", str(error.diag.context or ""))
    line, column = place.groups() if place else (rows, None)
    reason = error.diag.message_primary or str(error).splitlines()[0]
    return f"{reason} (row {line} in the order of its key{f', column {column}' if column else ''})"
