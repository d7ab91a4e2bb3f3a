"""A backup is whole or not there, is of one moment, and holds no key."""

import json
import os
import shutil
import sqlite3
import stat
import subprocess

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from alongside.config.backups import manifest
from alongside.foundation import vault
from alongside.foundation.vault.models import Key, KeyCopy
from alongside.foundation.vault.queries import last_copied
from tests import cast, processes

pytestmark = pytest.mark.django_db(transaction=True)
both = pytest.mark.both
SQLITE = "alongside.sqlite3"


def everything_below(folder):
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


@both
def test_a_backup_holds_database_uploads_and_anchor_with_a_hash_of_each(made, file_of_carys, tmp_path, capsys):
    call_command("backup", tmp_path / "monday", "--json")
    said = json.loads(capsys.readouterr().out)
    held = manifest.read(tmp_path / "monday")
    database = SQLITE if connection.vendor == "sqlite" else "alongside.pgdump"
    assert {file.path for file in held.files} == {database, "audit_anchor", f"uploads/{file_of_carys.stored_as}"}
    assert (held.database, held.entries, held.log_key) == (
        connection.vendor,
        said["entries"],
        Key.objects.get(owner="installation:audit").key_id,
    )
    manifest.check(tmp_path / "monday", held)


@both
def test_no_key_is_in_a_backup(made, file_of_carys, installation, tmp_path):
    (installation / "secret_key").write_text("the signing key of this installation")
    call_command("backup", tmp_path / "monday")
    materials = [bytes(key.material) for key in Key.objects.all()]
    below = everything_below(tmp_path / "monday")
    assert len(materials) >= 2
    assert not [material for material in materials if material in below or material.hex().encode() in below]
    assert b"the signing key" not in below


@both
def test_no_session_is_in_a_backup_so_that_whoever_reads_it_comes_into_none(made, tmp_path):
    made.carys.account.set_password(cast.PASSWORD)
    made.carys.account.save()
    browser = Client()
    browser.post("/account/login/", {"login": made.carys.account.email, "password": cast.PASSWORD})
    key = browser.session.session_key
    assert (Session.objects.count(), UserSession.objects.filter(session_key=key).count()) == (1, 1)
    call_command("backup", tmp_path / "monday")
    assert key not in said_in(tmp_path / "monday")
    assert made.carys.membership.name in said_in(tmp_path / "monday")
    assert browser.get("/me/").status_code == 200, "and nobody is signed out by it"


def said_in(backup):
    """The text of a backup's database; that of a dump is compressed."""
    if connection.vendor == "sqlite":
        return (backup / SQLITE).read_bytes().decode("latin-1")
    command = [shutil.which("pg_restore"), "--data-only", "--file=-", backup / "alongside.pgdump"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_nobody_else_on_the_machine_reads_a_backup(made, tmp_path):
    """As in a process of its own: what tests write in this one has the tests' own mask."""
    assert processes.run("backup", tmp_path / "monday").returncode == 0
    modes = {stat.S_IMODE(path.stat().st_mode) for path in [tmp_path / "monday", *(tmp_path / "monday").rglob("*")]}
    assert modes == {0o700, 0o600}


def test_a_name_that_is_taken_is_refused_and_what_is_there_stays(made, tmp_path):
    (tmp_path / "monday").mkdir()
    (tmp_path / "monday" / "letter").write_text("mine")
    with pytest.raises(CommandError, match=r"monday is there already\. Name a folder that is not there yet"):
        call_command("backup", tmp_path / "monday")
    assert [path.name for path in (tmp_path / "monday").iterdir()] == ["letter"]


def test_a_folder_among_the_uploads_is_refused(made, installation):
    with pytest.raises(CommandError, match="lies among the uploads"):
        call_command("backup", installation / "uploads" / "monday")


def test_a_folder_that_cannot_be_written_is_said_in_words(made, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="could not be written: Not a directory"):
        call_command("backup", tmp_path / "file" / "monday")


@both
def test_a_killed_backup_leaves_nothing_that_looks_whole(made, installation, tmp_path, rounds, figure):
    uploads = installation / "uploads" / "given"
    uploads.mkdir(parents=True)
    for number in range(60):
        (uploads / f"file{number}").write_bytes(os.urandom(200_000))
    folder, caught = tmp_path / "monday", 0
    begun = tmp_path / ".monday.unfinished"
    for round_ in range(rounds):
        process = processes.start("backup", folder)
        steps = [lambda: any(begun.glob("alongside*")), (begun / "uploads").exists, begun.exists]
        is_killed = processes.kill_when(process, steps[round_ % 3])
        if not is_killed:
            shutil.rmtree(folder)
        caught += is_killed
        assert not folder.exists()
    assert caught, "the kills hit nothing: this run proves nothing"
    assert processes.run("backup", folder).returncode == 0
    manifest.check(folder, manifest.read(folder))
    assert sorted(path.name for path in tmp_path.iterdir() if "monday" in path.name) == ["monday"]
    figure("kills survived", caught)


# --- the keys


def copied_keys(folder):
    [path] = folder.iterdir()
    with sqlite3.connect(path) as copy:
        return {key_id for (key_id,) in copy.execute("SELECT key_id FROM vault_key")}


@both
def test_the_newest_copy_of_the_keys_replaces_the_one_before(made, tmp_path, capsys):
    assert last_copied() is None
    call_command("backup_keys", tmp_path / "vault")
    [path] = (tmp_path / "vault").iterdir()
    assert capsys.readouterr().out == f"The keys are copied to {path}.\n"
    first, copied_at = path.read_bytes(), last_copied()
    assert copied_at
    vault.destroy(made.ben.membership.key_owner)
    call_command("backup_keys", tmp_path / "vault")
    assert list((tmp_path / "vault").iterdir()) == [path]
    assert path.read_bytes() != first
    assert KeyCopy.objects.get().at > copied_at
    if connection.vendor == "sqlite":
        assert copied_keys(tmp_path / "vault") == set(Key.objects.values_list("key_id", flat=True))


def test_keys_are_not_put_beside_a_backup_nor_into_the_data_directory(made, installation, tmp_path):
    call_command("backup", tmp_path / "monday")
    with pytest.raises(CommandError, match="is a backup: whoever has both opens everything"):
        call_command("backup_keys", tmp_path / "monday")
    with pytest.raises(CommandError, match="is the data directory itself"):
        call_command("backup_keys", installation)
    assert last_copied() is None
