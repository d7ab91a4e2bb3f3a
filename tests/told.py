"""The demo, told once a stage for all workers and put back in a moment for every module that asks for it.

pytestmark = pytest.mark.parametrize("told", ["review"], indirect=True)   # another stage than "under-way"
def test_…(told): told.described, told.client("ben"), told.actor("carys")
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connections
from django.test import Client

from alongside.demo import actions, people
from alongside.demo.terms import DemoStage
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Account, Membership
from alongside.foundation.identity.queries import actor_of
from tests import postgres_rows
from tests.once import once

_FILES = ("audit_anchor", "demo.json")


@dataclass(frozen=True, eq=False)
class Told:
    """The demo at one stage. People are named by the keys of `alongside.demo.people`."""

    stage: str
    described: dict[str, Any]
    kept: Path  # what the stage left behind: databases and files

    @property
    def planted(self) -> list[dict[str, Any]]:
        """Every planted sentence: text, what, may."""
        return self.described["planted"]

    def email(self, key: str) -> str:
        """The address that somebody signs in with."""
        person = people.person(key)
        return people.person(person.same_account_as).email if person.same_account_as else person.email

    def membership(self, key: str) -> Membership:
        """Somebody's entry in their organisation."""
        person = people.person(key)
        return Membership.objects.select_related("organisation", "account").get(
            name=person.name, organisation__privacy_contact=f"privacy@{person.organisation}.example"
        )

    def actor(self, key: str) -> Actor:
        """Somebody as they act; fails for those who cannot."""
        actor = actor_of(self.membership(key))
        assert actor is not None, key
        return actor

    def client(self, key: str | None, **options: Any) -> Client:
        """A browser in which somebody has signed in for their organisation; nobody for None."""
        client = Client(**options)
        if key is not None:
            membership = self.membership(key)
            client.force_login(Account.objects.get(email=self.email(key)))
            session = client.session
            session["membership"] = membership.ref
            session.save()
        return client


def tell(stage: str, scale: int = 1) -> dict[str, Any]:
    """Seed the demo."""
    return actions.seed(DemoStage(stage), scale)


@contextmanager
def standing(stage: str, scale: int = 1) -> Iterator[Told]:
    """Put the demo of a stage where the tests look; afterwards the databases are as empty as before."""
    kept = empty = _empty()
    name = stage if scale == 1 else f"{stage} times {scale}"
    try:
        if stage != "empty":
            kept = _stage(name, stage, scale)
            _restore(kept)
        yield Told(name, actions.described() or {}, kept)
    finally:
        _restore(empty)


def _stage(name: str, stage: str, scale: int) -> Path:
    """What a stage leaves behind. Whichever worker comes first tells it; on SQLite the others take that."""
    shared = all(connection.vendor == "sqlite" for connection in connections.all())

    def make(folder: Path) -> None:
        restore_files(_empty())  # what other tests left would be kept with the stage
        tell(stage, scale)
        _keep(folder)

    return once(f"told {name}", make, within=None if shared else _own())


def _empty() -> Path:
    def make(folder: Path) -> None:
        shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)  # files stay where rows were rolled back
        _keep(folder)

    return once("told empty", make, within=_own())


def _own() -> Path:
    """What is one worker's alone: beside its data directory, which tests search."""
    beside = Path(f"{settings.DATA_DIR}-kept")
    beside.mkdir(exist_ok=True)
    return beside


def _keep(folder: Path) -> None:
    for name in connections:
        connection = connections[name]
        connection.ensure_connection()
        if connection.vendor == "sqlite":
            with closing(sqlite3.connect(folder / f"{name}.sqlite3")) as copy:
                connection.connection.backup(copy)
        else:
            postgres_rows.keep(connection, folder / name)
    for name in _FILES:
        if (held := Path(settings.DATA_DIR) / name).exists():
            shutil.copy2(held, folder / name)
    if Path(settings.MEDIA_ROOT).exists():
        shutil.copytree(settings.MEDIA_ROOT, folder / "uploads")


def _restore(folder: Path) -> None:
    """Put back what is kept in a folder."""
    for name in connections:
        connection = connections[name]
        connection.ensure_connection()
        if connection.vendor == "sqlite":
            with closing(sqlite3.connect(folder / f"{name}.sqlite3")) as copy:
                copy.backup(connection.connection)
        else:
            postgres_rows.restore(connection, folder / name)
    restore_files(folder)
    caches["default"].clear()


def restore_files(folder: Path) -> None:
    """Put the files of a stage back: the anchor, the note of the demo, the uploads."""
    for name in _FILES:
        (Path(settings.DATA_DIR) / name).unlink(missing_ok=True)
        if (folder / name).exists():
            shutil.copy2(folder / name, Path(settings.DATA_DIR) / name)
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    if (folder / "uploads").exists():
        shutil.copytree(folder / "uploads", settings.MEDIA_ROOT)


@pytest.fixture(scope="module")
def told_once(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Iterator[Told]:
    """The demo for a module, at the stage that `told` is parametrised with (under way)."""
    with django_db_blocker.unblock(), standing(getattr(request, "param", DemoStage.UNDER_WAY.value)) as told:
        yield told


@pytest.fixture
def told(told_once: Told, db: None) -> Iterator[Told]:
    """The demo, for one test: what the test writes goes again."""
    yield told_once
    restore_files(told_once.kept)
