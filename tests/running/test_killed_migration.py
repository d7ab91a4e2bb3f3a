"""`alongside migrate`, killed while it notes that a migration is done: nothing is half done, and it goes on."""

import os
import re
import signal
import sqlite3
import subprocess
import time
from contextlib import closing, contextmanager
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection

from alongside.config.backups import databases
from tests import processes

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]  # within a transaction nothing is copied
LAST = ("demo", "records", "reviews")
"""Packages on which no other one's tables stand, in the order in which they are migrated."""

# Noting what was done takes as long as the test wants.
SLOW = """
CREATE TRIGGER slow BEFORE INSERT ON django_migrations WHEN NEW.app = '{label}' BEGIN
    SELECT count(*) FROM django_migrations a, django_migrations b, django_migrations c, django_migrations d,
        django_migrations e;
END;
"""
WAITING = """
CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN PERFORM pg_advisory_xact_lock(4711); RETURN NEW; END';
CREATE TRIGGER slow BEFORE INSERT ON django_migrations FOR EACH ROW WHEN (NEW.app = '{label}') EXECUTE FUNCTION wait();
"""


class OnSqlite:
    """A copy of the tests' database in a file."""

    def __init__(self, folder):
        databases.copy("default", folder / "copy.sqlite3")
        self.file = folder / "copy.sqlite3"
        self.url = f"sqlite:///{self.file}"

    def run(self, *statements):
        with closing(sqlite3.connect(self.file, isolation_level=None)) as held:
            return [held.execute(said).fetchall() for said in statements]

    def schema(self):
        return set(self.run("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")[0])

    @contextmanager
    def standing_still_at(self, label):
        """Whoever notes that this package was migrated stands still; the block is given how to wait for that."""
        self.run(SLOW.format(label=label))
        yield lambda: time.sleep(0.7)
        self.run("DROP TRIGGER slow")


class OnPostgres:
    """A copy of the tests' database on the same server."""

    def __init__(self, folder):
        import psycopg

        held = connection.settings_dict
        self.name = f"killed_{uuid4().hex[:12]}"
        self.psycopg, self.server = psycopg, processes.environment()["DATABASE_URL"].rpartition("/")[0]
        with psycopg.connect(f"{self.server}/{held['NAME']}", autocommit=True) as server:
            server.execute(f"CREATE DATABASE {self.name}")
        self.url = f"{self.server}/{self.name}"
        databases.copy("default", folder / "copy.pgdump")
        subprocess.run(["pg_restore", "--no-owner", f"--dbname={self.url}", folder / "copy.pgdump"], check=True)

    def run(self, *statements):
        with self.psycopg.connect(self.url, autocommit=True) as held:
            cursors = [held.execute(said) for said in statements]
            return [cursor.fetchall() if cursor.description else [] for cursor in cursors]

    def schema(self):
        found = self.run(
            "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns"
            " WHERE table_schema = 'public'",
            "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE connamespace = 'public'::regnamespace",
        )
        return {tuple(_without_casts(said) for said in row) for rows in found for row in rows}

    @contextmanager
    def standing_still_at(self, label):
        self.run(WAITING.format(label=label))
        with self.psycopg.connect(self.url, autocommit=True) as held:
            held.execute("SELECT pg_advisory_lock(4711)")
            yield self._until_it_waits
        self.run("DROP TRIGGER slow ON django_migrations", "DROP FUNCTION wait")

    def _until_it_waits(self):
        waits = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
        end = time.monotonic() + 60
        while not self.run(waits)[0][0][0]:
            assert time.monotonic() < end, "it did not come that far in time"
            time.sleep(0.02)


def _without_casts(said):
    """A condition that was restored from a copy says the same with its casts elsewhere."""
    return re.sub(r"::[a-z ]+(\[\])?|[() ]", "", said)


@pytest.fixture
def behind(tmp_path, transactional_db):
    """An installation whose last packages are not migrated yet, and what its database looks like once they are."""
    database = (OnSqlite if connection.vendor == "sqlite" else OnPostgres)(tmp_path)
    whole = database.schema()
    tables = [model._meta.db_table for label in LAST for model in apps.get_app_config(label).get_models()]
    cascade = "" if connection.vendor == "sqlite" else " CASCADE"
    database.run(*(f'DROP TABLE "{table}"{cascade}' for table in tables))
    database.run(f"DELETE FROM django_migrations WHERE app IN {LAST}")
    yield database, whole
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {database.name} WITH (FORCE)")


def _environment(database, folder):
    return processes.environment() | {"DATABASE_URL": database.url, "ALONGSIDE_DATA_DIR": str(folder)}


def _killed_at(label, database, folder):
    """Begin to migrate, and kill it while it notes that this package is done."""
    command = [*processes.COMMAND, "migrate", "--no-color"]
    environment = _environment(database, folder) | {"PYTHONUNBUFFERED": "1"}
    with database.standing_still_at(label) as stands:
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        said = b""
        while f"Applying {label}.0001_initial...".encode() not in said:
            more = os.read(process.stdout.fileno(), 1024)
            assert more, f"it ended before it came to {label}: this run proves nothing"
            said += more
        stands()
        process.kill()
        assert process.wait() == -signal.SIGKILL
        process.stdout.close()


def _has_tables(database, label):
    tables = {model._meta.db_table for model in apps.get_app_config(label).get_models()}
    return bool(tables & {word for said in database.schema() for word in said})


def test_a_killed_migration_is_not_there_at_all_and_the_next_run_ends_the_work(behind, tmp_path, rounds, figure):
    database, whole = behind
    for round_ in range(rounds):
        label = LAST[min(round_, len(LAST) - 1)]
        _killed_at(label, database, tmp_path)
        noted = {app for (app,) in database.run("SELECT app FROM django_migrations")[0]}
        assert [app for app in LAST if app in noted] == [app for app in LAST if _has_tables(database, app)]
        assert label not in noted
    answer = subprocess.run(
        [*processes.COMMAND, "migrate", "--verbosity", "0"], env=_environment(database, tmp_path),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (answer.returncode, answer.stderr) == (0, "")
    assert database.schema() == whole
    figure("kills survived", rounds)
