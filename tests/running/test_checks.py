"""What is looked at before every start."""

import os

import pytest
from django.db import connections
from django.test import override_settings

from alongside.config import checks
from alongside.config.management.commands import serve
from alongside.foundation import vault
from alongside.foundation.vault.models import DestroyedKey, Key
from alongside.relationships import actions as relationships
from tests import cast


@pytest.fixture
def sealed_text(db):
    """Ben has ended the pair and said why; his words are sealed with his own key."""
    made = cast.pair()
    relationships.end(made.pair(made.ben), by=made.ben, reason="I move to Leeds in May.")
    return made.ben.membership.key_owner


def _found(databases=("default", "keys")):
    return [message.id for message in checks.keys_are_there(databases=list(databases))]


def test_sealed_text_with_its_keys_is_in_order(sealed_text):
    assert _found() == []


def test_sealed_text_whose_key_store_is_empty_is_refused(sealed_text):
    Key.objects.all().delete()
    assert _found() == ["alongside.E001"]


def test_sealed_text_whose_keys_were_all_destroyed_lawfully_is_in_order(sealed_text):
    vault.destroy(sealed_text)
    assert Key.objects.get().owner == "installation:audit"
    assert DestroyedKey.objects.count() == 1
    assert _found() == []


def test_an_audit_log_whose_key_is_gone_is_refused(db):
    cast.organisation()
    assert _found() == []
    Key.objects.all().delete()
    assert _found() == ["alongside.E003"]


def test_an_audit_log_beside_a_key_store_that_was_never_set_up_is_refused(db, monkeypatch):
    monkeypatch.setattr(checks, "_has_table", lambda database, model: database == "default")
    assert _found() == []
    cast.organisation()
    assert _found() == ["alongside.E003"]


def test_an_audit_log_that_was_begun_with_another_key_is_refused(sealed_text):
    Key.objects.filter(owner="installation:audit").update(key_id="anotheroneof")
    assert _found() == ["alongside.E003"]


def test_an_empty_installation_needs_no_key(db):
    assert _found() == []


@pytest.mark.parametrize(
    ("debug", "loopback", "found"),
    [(True, False, ["alongside.E002"]), (True, True, []), (False, False, []), (False, True, [])],
)
def test_debug_is_for_this_machine_alone(debug, loopback, found):
    with override_settings(DEBUG=debug, LOOPBACK=loopback):
        assert [message.id for message in checks.debug_stays_at_home()] == found


def test_static_files_are_collected_once_and_again_only_after_a_change(tmp_path):
    with override_settings(STATIC_ROOT=tmp_path / "static", DATA_DIR=tmp_path):
        assert serve.collect_static() is True
        assert (tmp_path / "static" / "ui" / "alongside.css").exists()
        assert serve.collect_static() is False
        (tmp_path / "static_made_from").write_text("an older version")
        assert serve.collect_static() is True


def test_the_product_hashes_passwords_with_argon2():
    from alongside.config import settings

    assert settings.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")


def test_the_tests_cannot_reach_another_machine():
    import socket

    from tests.conftest import NetworkUsed

    with pytest.raises(NetworkUsed), socket.socket() as out:
        out.connect(("192.0.2.1", 80))
    assert os.environ["ALONGSIDE_DATA_DIR"].startswith(os.environ["TESTS_FOLDER"])


@pytest.mark.both
def test_both_databases_are_of_the_kind_that_this_run_is_about(db):
    wanted = "postgresql" if os.environ.get("DATABASE_URL", "").startswith("postgresql:") else "sqlite"
    assert {name: connections[name].vendor for name in connections} == {"default": wanted, "keys": wanted}
