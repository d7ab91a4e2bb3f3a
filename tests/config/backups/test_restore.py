"""A backup comes back whole, with everybody in it but those who were erased since."""

import json
import re
import shutil
import sqlite3
from contextlib import closing
from io import StringIO

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection, connections

from alongside.config import checks
from alongside.config.backups import databases, manifest, restoring, unfinished
from alongside.config.backups.unfinished import Unfinished
from alongside.foundation import clock, vault
from alongside.foundation.events import keys, log
from alongside.foundation.events.models import AuditEntry, AuditHead
from alongside.foundation.identity.models import Membership
from alongside.foundation.vault import actions, registry
from alongside.foundation.vault.models import DestroyedKey, Key
from tests import cast, processes
from tests.config.backups.conftest import REASON
from tests.records import planting, searching

pytestmark = pytest.mark.django_db(transaction=True)
both = pytest.mark.both


@pytest.fixture
def monday(made, file_of_carys, tmp_path):
    """A backup, as of before whatever the test does."""
    call_command("backup", tmp_path / "monday")
    return tmp_path / "monday"


@pytest.fixture
def restorers():
    """What is done after a restore, for one test only."""
    before = registry.restorers()
    yield vault.restoring
    registry._restorers[:] = before


def restore(folder, *options):
    call_command("restore", folder, *options, stdout=StringIO())


def names():
    return set(Membership.objects.values_list("name", flat=True))


@both
def test_what_was_here_before_is_put_aside_and_the_backup_is_back(monday, made, installation, reason, capsys):
    cast.member("Farah Iqbal", made.programme.organisation)
    (installation / "uploads" / "given" / "later").write_text("given later")
    call_command("restore", monday, "--replace", "--json")
    said = json.loads(capsys.readouterr().out)
    assert said["fault"] is None
    assert "Farah Iqbal" not in names()
    assert reason() == REASON
    assert len(list((installation / "uploads" / "given").iterdir())) == 1
    stamp = re.search(r"replaced[-_]\d{8}[-_]\d{6}", said["aside"][0])[0]
    assert len(said["aside"]) == 3
    later = f"uploads.{stamp.replace('_', '-')}/given/later"
    assert (installation / later).read_text() == "given later"
    assert not unfinished.is_there()
    assert not list((installation / "uploads").rglob("later"))


@both
def test_whoever_erases_somebody_is_told_what_was_put_aside_and_is_not_reached(monday, made, installation, capsys):
    ben, organisation = made.ben.membership, made.programme.organisation
    restore(monday, "--replace")
    call_command("erase_person", ben.ref, "--organisation", organisation.slug, "--json")
    told = json.loads(capsys.readouterr().out)["out_of_reach"]
    assert [where.partition("replaced")[0] for where in told] == [_before_the_stamp(), f"{installation / 'uploads'}."]
    [(name, words, ref)] = _read_aside(told[0], ben)
    assert name == "Ben Thomas"
    assert vault.unseal_one(words, f"relationships.reason.words:{ref}") is None
    call_command("apply_retention")
    said = capsys.readouterr().out
    assert "Out of reach: copies in which what has gone here may stand still." in said
    assert [where for where in told if f"  {where}\n" in said] == told


def _before_the_stamp():
    return f"{connection.settings_dict['NAME']}." if connection.vendor == "sqlite" else "the schema "


def _read_aside(where, person):
    """Name and reason of somebody, as they stand in the database that was put aside, and the reason's ref."""
    sqlite = connection.vendor == "sqlite"
    schema = "" if sqlite else f"{where.removeprefix('the schema ')}."
    asked = (
        f"SELECT m.name, r.words, r.ref FROM {schema}identity_membership m"
        f" JOIN {schema}relationships_reason r ON r.author_id = m.id WHERE m.ref = '{person.ref}'"
    )
    if sqlite:
        with closing(sqlite3.connect(where)) as held:
            return held.execute(asked).fetchall()
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return cursor.fetchall()


def test_nothing_is_said_where_nothing_was_put_aside(made, capsys):
    call_command("erase_person", made.ben.membership.ref, "--organisation", made.programme.organisation.slug)
    assert "Out of reach" not in capsys.readouterr().out


def test_a_restore_stands_in_the_log_with_what_was_lost_by_it(monday, made, installation):
    cast.member("Farah Iqbal", made.programme.organisation)
    before, held = AuditHead.objects.get().count, manifest.read(monday)
    restore(monday, "--replace")
    entry = AuditEntry.objects.get(name="installation.restored")
    assert entry.codes == {"backup": held.made_at.isoformat(), "entries": held.entries, "entries_before": before}
    assert held.entries < before
    assert log.first_fault() is None


def test_data_that_are_here_are_not_touched_without_being_told(monday, made, reason):
    cast.member("Farah Iqbal", made.programme.organisation)
    with pytest.raises(CommandError, match=r"There are data here already\. With --replace they are put aside"):
        restore(monday)
    assert "Farah Iqbal" in names()
    assert not unfinished.is_there()


@both
def test_the_private_text_of_somebody_erased_since_stays_closed(monday, made, reason):
    assert reason() == REASON
    vault.destroy(made.ben.membership.key_owner)
    restore(monday, "--replace")
    assert reason() is None
    assert checks.keys_are_there(databases=["default", "keys"]) == []


def test_a_key_store_that_was_itself_put_back_from_before_an_erasure_opens_nothing_of_it(made, reason, tmp_path):
    """The backup is from after the erasure and knows of it; the copy of the keys is from before."""
    owner = made.ben.membership.key_owner
    old = Key.objects.get(owner=owner)
    vault.destroy(owner)
    call_command("backup", tmp_path / "tuesday")
    DestroyedKey.objects.all().delete()
    Key.objects.create(key_id=old.key_id, owner=owner, material=bytes(old.material), made_at=old.made_at)
    assert reason() == REASON
    restore(tmp_path / "tuesday", "--replace")
    assert reason() is None
    assert vault.destroyed("membership:") == [made.ben.membership.ref]


def test_packages_erase_again_whom_they_had_erased_before_anybody_is_served(monday, made, restorers):
    """Somebody who never wrote anything sealed, and so never had a key, is on the list as well."""
    for erased in (made.ben, made.elin):
        vault.destroy(erased.membership.key_owner)
    told = []

    @restorers
    def erase_again():
        told.append((sorted(vault.destroyed("membership:")), unfinished.is_there()))

    restore(monday, "--replace")
    assert told == [(sorted([made.ben.membership.ref, made.elin.membership.ref]), True)]


@both
def test_whoever_was_erased_since_is_found_in_no_table_of_what_was_restored(monday, made):
    """The whole of it: the backup still knew him by name and address, and the commands had erased him."""
    ben = made.ben.membership
    sought = [ben.name, made.ben.account.email]
    assert {text for _store, text, _form in searching.found(sought, searching.tables(), planting.STEM)} == set(sought)
    call_command("erase_person", ben.ref, "--organisation", made.programme.organisation.slug, stdout=StringIO())
    restore(monday, "--replace")
    ben.refresh_from_db()
    assert (ben.name, ben.state, ben.account) == ("Former member", "erased", None)
    assert searching.found(sought, searching.tables(), planting.STEM) == []


def test_everybody_signs_in_anew(made, tmp_path):
    Session.objects.create(session_key="open", session_data="…", expire_date=clock.now())
    call_command("backup", tmp_path / "monday")
    restore(tmp_path / "monday", "--replace")
    assert not Session.objects.exists()


@both
def test_a_backup_from_before_a_rotation_opens_and_its_log_goes_on_with_the_new_key(monday, made, reason):
    actions.rotate()
    restore(monday, "--replace")
    assert reason() == REASON
    assert log.first_fault() is None
    assert AuditHead.objects.get().key_id == keys.stored().key_id
    cast.member("Farah Iqbal", made.programme.organisation)
    assert log.first_fault() is None


def test_without_the_keys_it_is_refused_and_nothing_is_touched(monday, made, reason):
    Key.objects.all().delete()
    with pytest.raises(CommandError) as refused:
        restore(monday, "--replace")
    assert str(refused.value) == restoring.KEYS_NEEDED
    assert Membership.objects.exists()
    assert not unfinished.is_there()


DAMAGES = {
    "a file was changed": r"^The backup is damaged: alongside\.\w+ is not what its manifest says\.",
    "a file is missing": r"^The backup is not whole: alongside\.\w+ is missing\.",
    "a file was added": r"^The backup holds uploads/more, of which its manifest knows nothing\.",
    "no manifest": r"is no backup: it holds no manifest\.json\.",
    "half a manifest": r"manifest\.json is damaged: it is no JSON\.",
    "odd": r"manifest\.json is damaged",
    "other": r"^The backup is of oracle, but DATABASE_URL names a database of \w+\.",
    "newer": r"^The backup was made by a newer version of Alongside \(0\.1\.0\)\. Install that one first\.",
}
ODD = {"other": {"database": "oracle"}, "newer": {"migrations": ["people.0002_later"]}, "odd": {"files": 3}}


def _damage(folder, how):
    database, said = next(folder.glob("alongside*")), folder / manifest.NAME
    if how == "a file was changed":
        database.write_bytes(database.read_bytes()[:-1] + b"x")
    elif how == "a file is missing":
        database.unlink()
    elif how == "a file was added":
        (folder / "uploads" / "more").write_text("more")
    elif how == "no manifest":
        said.unlink()
    elif how == "half a manifest":
        said.write_text(said.read_text()[:100])
    else:
        said.write_text(json.dumps(json.loads(said.read_text()) | ODD[how]))


def test_what_is_no_whole_backup_is_refused_and_nothing_is_touched(monday, made, tmp_path):
    cast.member("Farah Iqbal", made.programme.organisation)
    for how, words in DAMAGES.items():
        shutil.copytree(monday, tmp_path / how)
        _damage(tmp_path / how, how)
        with pytest.raises(CommandError, match=words):
            restore(tmp_path / how, "--replace")
        assert "Farah Iqbal" in names()
        assert not unfinished.is_there()


@both
def test_while_alongside_runs_it_is_refused(monday, made, monkeypatch):
    monkeypatch.setattr(databases, "_WAIT", 0.2)
    other = connections.create_connection("default")
    other.settings_dict = connection.settings_dict
    with other.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_entry")
    try:
        with pytest.raises(CommandError, match=r"Alongside is running on this database\. Stop `serve`"):
            restore(monday, "--replace")
    finally:
        other.close()


def test_while_a_restore_has_not_ended_every_command_is_refused_with_the_cure(made, installation):
    unfinished.write(Unfinished(".replaced-now"))
    assert [message.id for message in checks.restore_has_ended()] == ["alongside.E004"]
    connections.close_all()
    answer = processes.run("verify_audit")
    assert (answer.returncode, answer.stderr) == (1, f"alongside: {unfinished.SENTENCE}\n")


@both
def test_a_killed_restore_is_ended_by_the_next_and_nothing_of_before_is_lost(
    monday, made, installation, reason, rounds, figure
):
    vault.destroy(made.ben.membership.key_owner)
    cast.member("Farah Iqbal", made.programme.organisation)
    caught = 0
    steps = [unfinished.is_there, _is_aside, lambda: _is_aside() and (installation / "audit_anchor").exists()]
    for round_ in range(rounds):
        connections.close_all()
        process = processes.start("restore", monday, *([] if unfinished.is_there() else ["--replace"]))
        caught += processes.kill_when(process, steps[round_ % 3])
    assert caught, "the kills hit nothing: this run proves nothing"
    connections.close_all()
    answer = processes.run("restore", monday, *([] if unfinished.is_there() else ["--replace"]))
    assert (answer.returncode, answer.stderr) == (0, "")
    assert not unfinished.is_there()
    assert reason() is None
    assert "Farah Iqbal" not in names()
    assert log.first_fault() is None
    assert AuditEntry.objects.get(name="installation.restored").codes["entries_before"] > 0
    figure("kills survived", caught)


def _is_aside():
    held = unfinished.read()
    return held is not None and held.is_aside
