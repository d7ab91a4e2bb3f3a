"""Statements over whole sets, where a query or an object for each row would hold the database for too long, and sets
in handfuls, as many as one query takes.

They write what they are given: no `save`, no event, no automatic values but the database's own. Give every column.
"""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connections, models, router
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Cast

SOME = 500
T = TypeVar("T")


def handfuls(things: Iterable[T], size: int = SOME) -> Iterator[list[T]]:
    """Things in handfuls: a database takes a limited number in one query."""
    rest = iter(things)
    while handful := list(islice(rest, size)):
        yield handful


def insert_from(model: type[models.Model], rows: QuerySet[Any], *, needed: str = "pk", **columns: Any) -> int:
    """One row of `model` for each of `rows`, in one statement: `columns` are expressions over `rows`, or plain values.

    Where the column `needed` is NULL the row is left out.
    Returns how many. Raises IntegrityError as any insertion does; then nothing is inserted.
    """
    names = ", ".join(_column(model, name) for name in columns)
    select, given = _select(model, rows, columns)
    if needed in columns:  # as a table of its own, or SQLite reckons the column twice
        select = f'WITH said AS MATERIALIZED ({select}) SELECT * FROM said WHERE "to_{needed}" IS NOT NULL'  # noqa: S608 -- our names
    return _run(model, f"INSERT INTO {_table(model)} ({names}) {select}", given)


def update_from(model: type[models.Model], rows: QuerySet[Any], *, key: str, **columns: Any) -> int:
    """Change the row of `model` whose primary key each of `rows` has in `key`, in one statement.

    `columns` are expressions over `rows`, or plain values; where one is NULL, the column stays as it is.
    """
    select, given = _select(model, rows, {"pk": F(key)} | columns)
    changes = ", ".join(
        f'{column} = COALESCE(said."to_{name}", kept.{column})' for name in columns if (column := _column(model, name))
    )
    is_its = f'kept.{_column(model, "pk")} = said."to_pk"'
    sql = f"UPDATE {_table(model)} AS kept SET {changes} FROM ({select}) AS said WHERE {is_its}"  # noqa: S608 -- our names
    return _run(model, sql, given)


def delete_from(rows: QuerySet[Any]) -> int:
    """Delete these rows in one statement, and nothing that refers to them. Returns how many."""
    try:
        sql, given = rows.order_by().values("pk").query.get_compiler(router.db_for_write(rows.model)).as_sql()
    except EmptyResultSet:  # known to be none before anybody is asked
        return 0
    column = _column(rows.model, "pk")
    return _run(rows.model, f"DELETE FROM {_table(rows.model)} WHERE {column} IN ({sql})", given)  # noqa: S608 -- our names


def know_sizes() -> None:
    """Have SQLite look at samples of its tables, or it takes each for small and chooses the wrong index.

    PostgreSQL does so by itself.
    """
    for name in connections:
        if connections[name].vendor == "sqlite":
            with connections[name].cursor() as cursor:
                cursor.execute("PRAGMA analysis_limit = 400")
                cursor.execute("ANALYZE")


def referring(model: type[models.Model]) -> list[tuple[type[models.Model], str]]:
    """Every model and its field that refers to rows of `model`."""
    found = [field for field in model._meta.get_fields(include_hidden=True) if field.auto_created and field.is_relation]
    return [
        (field.related_model, field.field.name)  # type: ignore[misc, union-attr]
        for field in found
        if not field.concrete and not field.many_to_many
    ]


@contextmanager
def room(megabytes: int = 64) -> Iterator[None]:
    """Memory for the indexes of large tables within the block; begin it outside the transaction.

    With SQLite's own 2 MB pages go in and out all the time.
    """
    connection = connections["default"]
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA cache_size").fetchone()[0]
        cursor.execute(f"PRAGMA cache_size = {-1000 * megabytes}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA cache_size = {before}")


def give_way() -> None:
    """Between two long transactions: let whoever waits for SQLite's only writer have it.

    They ask again every 100 ms at most; whoever goes on at once is always first.
    """
    if connections["default"].vendor == "sqlite":
        time.sleep(0.12)


def insert_rows(model: type[models.Model], names: list[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Many rows of `model`, as tuples of values for the columns `names` in the form that the database keeps."""
    columns = ", ".join(_column(model, name) for name in names)
    connection = connections[router.db_for_write(model)]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {_table(model)} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(names))
            insert = f"INSERT INTO {_table(model)} ({columns}) VALUES ({places})"  # noqa: S608 -- our names
            cursor.executemany(insert, rows)  # type: ignore[arg-type]  # a stream, so that memory stays bounded


def _select(model: type[models.Model], rows: QuerySet[Any], columns: dict[str, Any]) -> tuple[str, tuple[Any, ...]]:
    named = {f"to_{name}": _expression(model, name, value) for name, value in columns.items()}
    chosen = rows.annotate(**named).values_list(*named)
    sql, given = chosen.query.get_compiler(router.db_for_write(model)).as_sql()
    return sql, given


def _expression(model: type[models.Model], name: str, value: Any) -> Any:
    if hasattr(value, "resolve_expression"):
        return value
    field = _field(model, name)
    # A NULL without a type becomes a text where PostgreSQL keeps it in a table of its own.
    return Cast(Value(None), field) if value is None else Value(value, output_field=field)


def _run(model: type[models.Model], sql: str, given: tuple[Any, ...]) -> int:
    with connections[router.db_for_write(model)].cursor() as cursor:
        cursor.execute(sql, given)
        return int(cursor.rowcount)


def _field(model: type[models.Model], name: str) -> Any:
    return model._meta.pk if name == "pk" else model._meta.get_field(name)


def _table(model: type[models.Model]) -> str:
    return f'"{model._meta.db_table}"'


def _column(model: type[models.Model], name: str) -> str:
    return f'"{_field(model, name).column}"'
