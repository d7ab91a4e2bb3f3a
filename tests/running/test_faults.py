"""The database is locked, away or without room: a plain page in time, nothing half done, and all well afterwards."""

import shutil
import sqlite3
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import closing, contextmanager
from http.cookiejar import CookieJar
from re import search

import pytest

from tests.installed import empty, environment_of, run
from tests.processes import COMMAND
from tests.running.served import serving

SECONDS = 10
NOW_NOT = "<h1>Alongside cannot reach its records just now</h1>"
SET_UP = {
    "organisation": "Northgate", "timezone": "Europe/London", "language": "en-gb", "name": "Ada Park",
    "email": "ada@northgate.example", "password": "four plain words here",
    "privacy_contact": "privacy@northgate.example",
}  # fmt: skip


class Person:
    """Somebody at a browser that keeps cookies."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> tuple[int, str]:
        """Status and body of a page."""
        return self._ask(path, None)

    def send(self, path: str, values: dict[str, str], page: str) -> tuple[int, str]:
        """Fill in the form of a page that was read before."""
        token = search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
        return self._ask(path, urllib.parse.urlencode(values | {"csrfmiddlewaretoken": token}).encode())

    def _ask(self, path, data):
        request = urllib.request.Request(self.address + path, data, {"Referer": self.address + path})
        try:
            with self._browser.open(request, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()


@contextmanager
def served(folder):
    """A new installation that is served, and somebody at its pages."""
    empty(folder)
    environment = environment_of(folder)
    with serving(COMMAND, environment, folder):
        yield Person(f"http://localhost:{environment['PORT']}")


def timed(call, *arguments):
    """What a call gives, and that it gave it in time."""
    begun = time.monotonic()
    answer = call(*arguments)
    assert time.monotonic() - begun < SECONDS
    return answer


def accounts(folder):
    """How many accounts there are, and that the file is whole."""
    with closing(sqlite3.connect(folder / "alongside.sqlite3")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return connection.execute("SELECT count(*) FROM identity_account").fetchone()[0]


def test_while_somebody_holds_the_database_pages_are_read_and_a_form_is_told_in_time(tmp_path):
    with served(tmp_path) as ada:
        _, page = ada.get("/set-up/")
        with closing(sqlite3.connect(tmp_path / "alongside.sqlite3", isolation_level=None)) as holder:
            holder.execute("BEGIN IMMEDIATE")
            assert timed(ada.get, "/set-up/")[0] == 200
            status, said = timed(ada.send, "/set-up/", SET_UP, page)
            assert (status, NOW_NOT in said) == (503, True)
            holder.execute("ROLLBACK")
        assert accounts(tmp_path) == 0
        assert ada.send("/set-up/", SET_UP, page)[0] == 200
        assert accounts(tmp_path) == 1


def test_a_database_that_is_away_is_said_in_plain_words_and_found_again_when_it_is_back(tmp_path):
    with served(tmp_path) as ada:
        (tmp_path / "alongside.sqlite3").rename(tmp_path / "away")
        (tmp_path / "alongside.sqlite3").mkdir()
        status, said = timed(ada.get, "/set-up/")
        assert (status, NOW_NOT in said) == (503, True)
        (tmp_path / "alongside.sqlite3").rmdir()
        (tmp_path / "away").rename(tmp_path / "alongside.sqlite3")
        assert ada.get("/set-up/")[0] == 200


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 40 MB in memory; skipped where it may not be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    done = mount and subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=40m", "none", str(folder)], capture_output=True, text=True, check=False
    )
    if not done or done.returncode:
        pytest.skip(f"A small disk cannot be mounted here: {done.stderr.strip() if done else 'no mount'}")
    yield folder
    subprocess.run([shutil.which("umount"), "--lazy", str(folder)], check=True)


def fill(folder):
    """Leave no room on a disk."""
    with (folder / "filling").open("wb", buffering=0) as filling:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while True:
                    filling.write(b"x" * size)
            except OSError:
                continue


def test_with_a_full_disk_reading_goes_on_and_with_room_again_all_is_whole(small_disk):
    with served(small_disk) as ada:
        _, page = ada.get("/set-up/")
        fill(small_disk)
        status, said = timed(ada.send, "/set-up/", SET_UP, page)
        assert (status, NOW_NOT in said) == (503, True)
        assert timed(ada.get, "/set-up/")[0] == 200
        (small_disk / "filling").unlink()
        assert accounts(small_disk) == 0
        assert ada.send("/set-up/", SET_UP, page)[0] == 200
        assert accounts(small_disk) == 1
        assert run(environment_of(small_disk), "verify_audit").returncode == 0


def test_a_command_names_the_disk_that_is_full(small_disk):
    empty(small_disk)
    fill(small_disk)
    answer = run(environment_of(small_disk), "verify_audit")
    assert answer.returncode == 1
    assert answer.stderr.endswith(f" The disk of {small_disk} is full: make room, then try again.\n")
    assert answer.stderr.count("\n") == 1
