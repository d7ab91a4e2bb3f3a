"""`alongside move_database`: a SQLite installation as an operator moves it to PostgreSQL."""

import json
import os
import signal
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from alongside.config.moving import rows
from tests import installed
from tests.processes import COMMAND

POSTGRES = os.environ.get("DATABASE_URL", "")
on_postgres = [
    pytest.mark.both,
    pytest.mark.skipif(not POSTGRES.startswith("postgresql:"), reason="runs in `python -m tests.postgres -m both`"),
]


# A database that does not keep what it is given.
FORGETFUL = """
CREATE FUNCTION forget() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.name := upper(NEW.name); RETURN NEW; END';
CREATE TRIGGER forgetful BEFORE INSERT ON identity_organisation FOR EACH ROW EXECUTE FUNCTION forget();
"""


class Installation:
    """Two invented organisations with agreements, in SQLite."""

    def __init__(self, folder):
        self.folder = folder
        self.environment = installed.environment_of(folder)

    def run(self, *arguments, **more):
        return installed.run(self.environment | more, *arguments)

    def asked(self, sql, *given, database="alongside"):
        with closing(sqlite3.connect(self.folder / f"{database}.sqlite3")) as held:
            found = held.execute(sql, given).fetchall()
            held.commit()
            return found

    def contents(self):
        """A hash of everything in both databases."""
        said = sha256()
        for name in ("alongside", "keys"):
            with closing(sqlite3.connect(self.folder / f"{name}.sqlite3")) as held:
                for line in held.iterdump():
                    said.update(line.encode())
        return said.hexdigest()


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    made = Installation(tmp_path_factory.mktemp("moved"))
    installed.demo(made.folder, "contracting")
    # What was given once: the newest job's number is free again in SQLite's table, and still must not come back.
    made.asked("DELETE FROM jobs_job WHERE id = (SELECT max(id) FROM jobs_job)")
    return made


@pytest.fixture(scope="module")
def new_database():
    """Makes empty databases on the server, and takes them away again."""
    import psycopg

    made = []
    with psycopg.connect(POSTGRES, autocommit=True) as server:

        def make():
            name = f"moved_{uuid4().hex[:12]}"
            server.execute(f"CREATE DATABASE {name}")
            made.append(name)
            return f"{POSTGRES.rsplit('/', 1)[0]}/{name}"

        yield make
        for name in made:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _ask(url, sql):
    import psycopg

    with psycopg.connect(url) as held:
        cursor = held.execute(sql)
        return cursor.fetchall() if cursor.description else []


def _rows(main, keys):
    """How many there are of what every installation has."""
    asked = {"entries": (main, "audit_entry"), "keys": (keys, "vault_key")}
    return {name: _ask(url, f"SELECT count(*) FROM {table}")[0][0] for name, (url, table) in asked.items()}


def _killed_while_comparing(installation, main, keys):
    """Begin a move, and kill it once the rows are copied; its exit code."""
    command = [*COMMAND, "move_database", main, "--keys", keys]
    environment = installation.environment | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        next(line for line in process.stdout if "audit_entry" in line)
        process.kill()
    return process.returncode


@pytest.fixture(scope="module")
def moved(installation, new_database):
    """A move that is killed, one that fails on a row, and one to the same databases once the row is mended."""
    main, keys = new_database(), new_database()
    killed = _killed_while_comparing(installation, main, keys)
    [(name,)] = installation.asked("SELECT name FROM identity_organisation WHERE id = 1")
    installation.asked("UPDATE identity_organisation SET name = ? WHERE id = 1", "North\0gate")
    before = installation.contents()
    left = [_rows(main, keys)]
    failed = installation.run("move_database", main, "--keys", keys)
    left.append(_rows(main, keys))
    after = installation.contents()
    installation.asked("UPDATE identity_organisation SET name = ? WHERE id = 1", name)
    whole = installation.contents()
    _ask(main, FORGETFUL)
    differing = installation.run("move_database", main, "--keys", keys)
    left.append(_rows(main, keys))
    _ask(main, "DROP TRIGGER forgetful ON identity_organisation")
    done = installation.run("move_database", main, "--keys", keys, "--json")
    assert done.returncode == 0, done.stderr
    return {
        "killed": killed, "failed": failed, "differing": differing, "done": done, "left": left,
        "before": before, "after": after, "whole": whole,
        "urls": {"DATABASE_URL": main, "ALONGSIDE_KEYS_URL": keys},
    }  # fmt: skip


class TestAMove:
    """Of everything, with the key store."""

    pytestmark = on_postgres

    def test_one_that_is_killed_leaves_no_row_there_and_can_be_run_again(self, moved):
        assert moved["killed"] == -signal.SIGKILL
        assert moved["left"][0] == {"entries": 0, "keys": 0}

    def test_a_row_that_postgresql_does_not_take_leaves_both_sides_as_they_were_and_is_named(self, moved):
        assert moved["failed"].returncode == 1
        assert moved["failed"].stderr == (
            "alongside: PostgreSQL does not take a row of identity_organisation: PostgreSQL text fields cannot contain"
            " NUL (0x00) bytes (row 1 in the order of its key). Nothing was changed here, and the new database holds no"
            " row: mend it and run the command again.\n"
        )
        assert moved["left"][1] == {"entries": 0, "keys": 0}
        assert moved["after"] == moved["before"]

    def test_a_database_that_keeps_something_else_is_found_out_and_left_empty(self, moved):
        assert moved["differing"].returncode == 1
        assert "identity_organisation is not the same on both sides: 2 rows here, 2 there." in moved["differing"].stderr
        assert moved["left"][2] == {"entries": 0, "keys": 0}

    def test_every_row_of_every_table_is_there_and_the_source_is_as_it_was(self, moved, installation):
        told = json.loads(moved["done"].stdout)
        here = {
            held["table"]: installation.asked(
                f"SELECT count(*) FROM {held['table']}",
                database="keys" if held["database"] == "key store" else "alongside",
            )[0][0]
            for held in told["tables"]
        }
        assert {held["table"]: held["rows"] for held in told["tables"]} == here
        assert here["contracts_signature"] > 0
        assert here["vault_key"] > 0
        assert told["rows"] == sum(here.values())
        tables = installation.asked("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
        assert {name for (name,) in tables} - set(here) == {"django_migrations", "cache"}
        assert installation.contents() == moved["whole"]

    def test_the_log_and_every_agreement_are_whole_there(self, moved, installation):
        answer = installation.run("verify_contracts", "--json", **moved["urls"])
        assert answer.returncode == 0, answer.stderr
        assert json.loads(answer.stdout)["contracts"] == json.loads(moved["done"].stdout)["contracts"] > 0

    def test_the_next_row_gets_the_number_that_it_would_have_got(self, moved, installation):
        main = moved["urls"]["DATABASE_URL"]
        given = dict(installation.asked("SELECT name, seq FROM sqlite_sequence WHERE seq > 0"))
        del given["django_migrations"]
        [(newest,)] = installation.asked("SELECT max(id) FROM jobs_job")
        assert given["jobs_job"] == newest + 1
        nexts = {table: _ask(main, f"SELECT nextval(pg_get_serial_sequence('{table}', 'id'))") for table in given}
        assert nexts == {table: [(last + 1,)] for table, last in given.items()}

    def test_the_files_of_before_are_named_as_long_as_they_are_there(self, moved, installation):
        """No erasure reaches them; the former key store would open what one has closed."""
        answer = installation.run("apply_retention", "--dry-run", "--json", **moved["urls"])
        files = [str(installation.folder / name) for name in ("alongside.sqlite3", "keys.sqlite3")]
        assert json.loads(answer.stdout)["out_of_reach"] == files

    def test_a_database_that_holds_an_installation_is_refused(self, moved, installation):
        answer = installation.run("move_database", moved["urls"]["DATABASE_URL"])
        assert answer.returncode == 1
        assert answer.stderr.startswith("alongside: The new database is not empty: its table ")

    def test_a_log_that_is_not_whole_is_not_moved(self, moved, installation):
        installation.asked("UPDATE audit_entry SET name = name || '.' WHERE position = 2")
        answer = installation.run("move_database", moved["urls"]["DATABASE_URL"])
        installation.asked("UPDATE audit_entry SET name = rtrim(name, '.') WHERE position = 2")
        assert answer.returncode == 1
        assert answer.stderr.startswith("alongside: What is here is not whole, so it was not moved: Entry 2 (")

    def test_what_is_on_postgresql_already_is_not_moved(self, moved, installation):
        answer = installation.run("move_database", moved["urls"]["DATABASE_URL"], **moved["urls"])
        assert answer.stderr == (
            "alongside: DATABASE_URL names a PostgreSQL database already: nothing is to be moved.\n"
        )

    def test_a_database_with_a_table_of_somebody_else_is_refused(self, installation, new_database):
        url = new_database()
        _ask(url, "CREATE TABLE choir (singer text)")
        answer = installation.run("move_database", url)
        assert answer.returncode == 1
        assert answer.stderr == (
            "alongside: The new database is not empty: it holds a table choir. Name an empty one.\n"
        )
        assert _ask(url, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(1,)]


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """An installation in which nothing has happened yet."""
    made = Installation(tmp_path_factory.mktemp("empty"))
    installed.empty(made.folder)
    return made


class TestWhatIsRefused:
    """Whatever database server there is: it is not reached."""

    @pytest.fixture
    def refused(self, empty):
        def run(*arguments):
            answer = empty.run("move_database", *arguments)
            assert (answer.returncode, answer.stdout) == (1, "")
            return answer.stderr

        return run

    def test_while_somebody_has_the_database_open(self, refused, empty):
        with closing(sqlite3.connect(empty.folder / "alongside.sqlite3")) as worker:
            worker.execute("SELECT count(*) FROM jobs_job").fetchone()
            said = refused("postgresql://127.0.0.1:1/alongside")
        assert said == "alongside: Alongside is running on this database. Stop `serve` and every worker first.\n"

    def test_a_server_that_does_not_answer(self, refused):
        said = refused("postgresql://127.0.0.1:1/alongside")
        assert said.startswith("alongside: The new database (DATABASE_URL) cannot be reached: ")
        assert said.count("\n") == 1

    @pytest.mark.parametrize(
        ("addresses", "said"),
        [
            (["sqlite:///other.sqlite3"], "That is not the address of a PostgreSQL database"),
            (["postgresql://host:port/name"], "The address cannot be read."),
            (["postgresql://h/one", "--keys", "postgresql://h/one"], "The key store needs a database of its own"),
        ],
    )
    def test_addresses_that_lead_nowhere(self, addresses, said):
        with pytest.raises(CommandError) as refused:
            call_command("move_database", *addresses)
        assert str(refused.value).startswith(said)


class TestATally:
    """Rows are reckoned up alike, whatever database they come from."""

    @staticmethod
    def _of(*given):
        tally = rows.Tally()
        for row in given:
            tally.add(row)
        return tally.rows, tally.hash

    def test_the_order_does_not_count_and_every_row_does(self):
        ben, amara = (1, "Ben"), (2, "Amara")
        assert self._of(ben, amara) == self._of(amara, ben)
        assert self._of(ben, amara) != self._of(ben)
        assert self._of(ben, ben) != self._of(ben, amara)

    @pytest.mark.parametrize(
        ("here", "there"),
        [
            (b"sealed", memoryview(b"sealed")),
            (datetime(2026, 5, 3, 9, tzinfo=UTC), datetime(2026, 5, 3, 10, tzinfo=timezone(timedelta(hours=1)))),
            ({"a": 1, "b": [1e20]}, {"b": [10**20], "a": 1}),
        ],
    )
    def test_the_same_value_in_two_forms_is_one(self, here, there):
        assert self._of((here,)) == self._of((there,))

    @pytest.mark.parametrize(("one", "other"), [("1", 1), (None, ""), (b"a", "a"), (True, "True"), ([1, 2], [2, 1])])
    def test_other_values_are_others(self, one, other):
        assert self._of((one,)) != self._of((other,))
