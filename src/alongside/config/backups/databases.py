"""Copying a database while it is in use, and putting a copy in its place: SQLite and PostgreSQL.

SQLite's own online backup, and pg_dump with pg_restore: a copy is of one moment, whoever writes meanwhile.
"""

import os
import shutil
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connections

from alongside.config.backups import NotDone, folders

ASIDE = ".replaced-"
"""How the ending begins under which something is put aside; the moment follows."""
_WAIT = 5.0
SESSIONS = ("django_session", "usersessions_usersession")
"""Left out of a copy, rows alone: whoever reads one could go on where somebody was signed in. A restore ends them."""
_WHOLLY = ("--single-transaction", "--exit-on-error")


def file_name(alias: str, name: str) -> str:
    """How the copy of a database is called in a folder."""
    return f"{name}.sqlite3" if _is_sqlite(alias) else f"{name}.pgdump"


def vendor(alias: str = "default") -> str:
    """`sqlite` or `postgresql`."""
    return connections[alias].vendor


def _is_sqlite(alias: str) -> bool:
    return vendor(alias) == "sqlite"


def _file(alias: str) -> Path:
    return Path(str(connections[alias].settings_dict["NAME"]))


def copy(alias: str, target: Path) -> None:
    """Copy a database as it is at one moment, but for the sessions of whoever is signed in. Raises NotDone."""
    (_copy_sqlite if _is_sqlite(alias) else _dump)(alias, target)


def _copy_sqlite(alias: str, target: Path) -> None:
    connections[alias].ensure_connection()
    copied = sqlite3.connect(target)
    try:
        connections[alias].connection.backup(copied)
        copied.execute("PRAGMA journal_mode=DELETE")  # one file, without companions
        _leave_sessions_out(copied)
    except sqlite3.Error as error:
        raise NotDone(f"The database could not be copied: {error}. Nothing was written.") from error
    finally:
        copied.close()


def _leave_sessions_out(copied: sqlite3.Connection) -> None:
    copied.execute("PRAGMA secure_delete=ON")  # their bytes too
    held = {name for (name,) in copied.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for table in held.intersection(SESSIONS):
        copied.execute(f"DELETE FROM {table}")  # noqa: S608 -- a name from above
    copied.commit()


def _dump(alias: str, target: Path) -> None:
    left_out = [f"--exclude-table-data=*.{table}" for table in SESSIONS]
    options = ("--format=custom", f"--exclude-schema={_schema(ASIDE)}*", *left_out)
    with target.open("wb") as file, _running(alias, "pg_dump", *options) as dump:
        shutil.copyfileobj(dump.stdout, file)  # type: ignore[arg-type]  # a pipe was asked for


@contextmanager
def _running(alias: str, program: str, *options: str) -> Iterator[subprocess.Popen[bytes]]:
    """One of PostgreSQL's programs, its bytes in a pipe: so it ends when this process is killed. Raises NotDone."""
    path = shutil.which(program)
    if path is None:
        raise NotDone(
            f"{program} is not on the PATH. Install PostgreSQL's client programs, of the server's version or newer."
        )
    held = connections[alias].settings_dict
    where = {"host": held["HOST"], "port": held["PORT"], "username": held["USER"], "dbname": held["NAME"]}
    named = [f"--{name}={value}" for name, value in where.items() if value]
    command = [path, *named, "--no-password", "--no-owner", "--no-privileges", *options]
    secret = {"PGPASSWORD": held["PASSWORD"]} if held["PASSWORD"] else {}
    pipe = subprocess.PIPE
    with tempfile.TemporaryFile() as said:
        with subprocess.Popen(command, env=os.environ | secret, stdin=pipe, stdout=pipe, stderr=said) as process:
            yield process
        if process.returncode:
            said.seek(0)
            lines = said.read().decode(errors="replace").strip().splitlines() or [f"exit code {process.returncode}"]
            raise NotDone(f"{program} did not do its work: {lines[0]}")


# --- the way back


def refuse_in_use(alias: str = "default") -> None:
    """Raises NotDone while anybody else is at work on a database; whoever is just ending is waited for."""
    is_in_use = _is_open_elsewhere if _is_sqlite(alias) else _has_others
    if is_in_use(alias):
        raise NotDone("Alongside is running on this database. Stop `serve` and every worker first, then restore again.")


def _is_open_elsewhere(alias: str) -> bool:
    connections[alias].close()
    if not _file(alias).exists():
        return False
    probe = sqlite3.connect(_file(alias), timeout=_WAIT, isolation_level=None)
    try:
        probe.execute("PRAGMA locking_mode=EXCLUSIVE")
        probe.execute("BEGIN EXCLUSIVE")  # in WAL mode every open connection stands in its way
        probe.execute("COMMIT")
    except sqlite3.OperationalError:
        return True
    except sqlite3.DatabaseError:
        return False  # it is damaged: what is put aside is what there is
    finally:
        probe.close()
    return False


def _has_others(alias: str) -> bool:
    end = time.monotonic() + _WAIT
    while _others(alias):
        if time.monotonic() > end:
            return True
        time.sleep(0.1)
    return False


def _others(alias: str) -> int:
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        return int(cursor.fetchone()[0])


def put_aside(suffix: str, alias: str = "default") -> None:
    """Give what is there another name; what already has it keeps it."""
    if _is_sqlite(alias):
        connections[alias].close()
        path = _file(alias)
        for end in ("", "-wal", "-shm"):
            folders.put_aside(path.with_name(path.name + end), path.with_name(path.name + suffix + end))
    elif _has_schema(alias, "public"):
        _execute(alias, f"ALTER SCHEMA public RENAME TO {_schema(suffix)}")


def aside(suffix: str, alias: str = "default") -> str | None:
    """Where what was there has been put; None where nothing was."""
    if _is_sqlite(alias):
        path = _file(alias)
        return str(path.with_name(path.name + suffix)) if path.with_name(path.name + suffix).exists() else None
    return f"the schema {_schema(suffix)}" if _has_schema(alias, _schema(suffix)) else None


def all_aside(alias: str = "default") -> list[str]:
    """Everything that was ever put aside and is there still; the companions of a SQLite file are not named."""
    if _is_sqlite(alias):
        path = _file(alias)
        found = sorted(path.parent.glob(f"{path.name}{ASIDE}*"))
        return [str(aside) for aside in found if not aside.name.endswith(("-wal", "-shm"))]
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace WHERE starts_with(nspname, %s) ORDER BY 1", [_schema(ASIDE)])
        return [f"the schema {name}" for (name,) in cursor.fetchall()]


def _schema(suffix: str) -> str:
    return suffix.strip(".").replace("-", "_")


def _has_schema(alias: str, name: str) -> bool:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [name])
        return cursor.fetchone() is not None


def put_in(source: Path, alias: str = "default") -> None:
    """Put a copy in the place of whatever is there, which is lost. Raises NotDone."""
    if _is_sqlite(alias):
        connections[alias].close()
        path = _file(alias)
        for end in ("-wal", "-shm", ""):
            path.with_name(path.name + end).unlink(missing_ok=True)
        folders.put(source, path)
        return
    _execute(alias, "DROP SCHEMA IF EXISTS public CASCADE", "CREATE SCHEMA public")
    connections[alias].close()
    with source.open("rb") as file, _running(alias, "pg_restore", *_WHOLLY) as loading, suppress(BrokenPipeError):
        # Where the pipe is broken it has ended by itself, and says why.
        shutil.copyfileobj(file, loading.stdin)  # type: ignore[arg-type]  # a pipe was asked for
        loading.stdin.close()  # type: ignore[union-attr]


def _execute(alias: str, *statements: str) -> None:
    with connections[alias].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def tables(alias: str = "default") -> list[str] | None:
    """The tables of a database; None where it cannot be read at all."""
    if _is_sqlite(alias) and not _file(alias).exists():
        return []  # asking would make it
    try:
        return connections[alias].introspection.table_names()
    except DatabaseError:
        return None


def migrations(alias: str = "default") -> list[str]:
    """What was applied to a database, as `app.name`."""
    from django.db.migrations.recorder import MigrationRecorder  # noqa: PLC0415 -- only to say what a backup holds

    applied: Any = MigrationRecorder(connections[alias]).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied)
