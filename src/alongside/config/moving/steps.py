"""The move itself: migrate, copy, reckon up on both sides, verify; committed only when all of it holds."""

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field

from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DatabaseError, connections, transaction
from django.db.models import Model

from alongside.config.moving import NotMoved, places, rows
from alongside.config.moving.places import Settings
from alongside.contracts import engine as contracts
from alongside.foundation.events import log
from alongside.foundation.events.models import AuditHead

Say = Callable[[str], None]
_EMPTY_STILL = " Nothing was changed here, and the new database holds no row: mend it and run the command again."


@dataclass(frozen=True)
class Table:
    """A table that was moved: its rows, and the hash that both sides have."""

    database: str
    table: str
    rows: int
    hash: str


@dataclass
class Moved:
    """What was moved, and what was found whole on the other side."""

    tables: list[Table] = field(default_factory=list)
    entries: int = 0
    contracts: int = 0

    @property
    def rows(self) -> int:
        """All rows of all tables."""
        return sum(table.rows for table in self.tables)


def refuse_unsound() -> None:
    """Raises NotMoved when the log or an agreement is not whole before the move: it could not be told afterwards."""
    if fault := log.first_fault() or contracts.examine().fault:
        raise NotMoved(f"What is here is not whole, so it was not moved: {fault}")


def move(targets: dict[str, Settings], say: Say) -> Moved:
    """Move the databases named in `targets` (`default`, `keys`). Raises NotMoved; then the source is as it was."""
    moved = Moved()
    with ExitStack() as held:
        sources = {alias: held.enter_context(places.exchanged(alias, target)) for alias, target in targets.items()}
        for alias in sources:
            places.refuse_full(alias)
        for alias in sources:
            say(f"Making the tables of the new {_words(alias)}")
            _make_tables(alias)
        try:
            # The keys are committed before what they open, never after it.
            with transaction.atomic(), transaction.atomic(using="keys"):
                for alias, source in sources.items():
                    moved.tables += _move_rows(alias, source, say)
                _verify(moved, say)
        except NotMoved as reason:
            raise NotMoved(f"{reason}{_EMPTY_STILL}") from reason
        except DatabaseError as error:
            raise NotMoved(f"{str(error).strip().splitlines()[0]}.{_EMPTY_STILL}") from error
    return moved


def _words(alias: str) -> str:
    return {"default": "main database", "keys": "key store"}[alias]


def _make_tables(alias: str) -> None:
    try:
        call_command("migrate", database=alias, verbosity=0, interactive=False)
        if alias == "default":
            call_command("createcachetable", verbosity=0)
    except DatabaseError as error:
        reason = str(error).strip().splitlines()[0]
        raise NotMoved(f"The tables could not be made in the new {_words(alias)}: {reason}.") from error


def _move_rows(alias: str, source: str, say: Say) -> list[Table]:
    models = places.models_of(alias)
    _lock(alias, models)
    places.refuse_full(alias)
    for model in places.MADE_BY_MIGRATING:
        if model in models:
            _run(alias, f"DELETE FROM {_name(alias, model)}")  # noqa: S608 -- our names
    copied = {model: rows.copy(model, source, alias, say) for model in models}
    connections[alias].check_constraints()
    _set_sequences(alias, source, models)
    return [_compared(alias, model, tally, say) for model, tally in copied.items()]


def _lock(alias: str, models: Iterable[type[Model]]) -> None:
    """Whoever else would write to the new database meanwhile waits, and another move then finds it full."""
    _run(alias, f"LOCK TABLE {', '.join(_name(alias, model) for model in models)} IN EXCLUSIVE MODE")


def _compared(alias: str, model: type[Model], tally: rows.Tally, say: Say) -> Table:
    table, there = model._meta.db_table, rows.reckoned(model, alias)
    if (there.rows, there.hash) != (tally.rows, tally.hash):
        raise NotMoved(f"{table} is not the same on both sides: {tally.rows:,} rows here, {there.rows:,} there.")
    if tally.rows:
        say(f"{table}: {tally.rows:,} rows, the same on both sides")
    return Table(_words(alias), table, tally.rows, tally.hash)


def _set_sequences(alias: str, source: str, models: Iterable[type[Model]]) -> None:
    """The next row gets the number that it would have got here: one that was given once does not come again."""
    for sql in connections[alias].ops.sequence_reset_sql(no_style(), list(models)):
        _run(alias, sql)
    with connections[source].cursor() as cursor:
        cursor.execute("SELECT name, seq FROM sqlite_sequence WHERE seq > 0")
        given = dict(cursor.fetchall())
    for model in models:
        if last := given.get(model._meta.db_table):
            pk = model._meta.pk
            _run(alias, "SELECT setval(pg_get_serial_sequence(%s, %s), %s)", _name(alias, model), pk.column, last)


def _verify(moved: Moved, say: Say) -> None:
    say("Checking the audit log and every agreement on the other side")
    report = contracts.examine()
    if fault := log.first_fault() or report.fault:
        raise NotMoved(f"What was copied is not whole: {fault}")
    moved.contracts = report.contracts
    moved.entries = AuditHead.objects.values_list("count", flat=True).first() or 0


def _name(alias: str, model: type[Model]) -> str:
    return connections[alias].ops.quote_name(model._meta.db_table)


def _run(alias: str, sql: str, *given: object) -> None:
    with connections[alias].cursor() as cursor:
        cursor.execute(sql, given or None)
