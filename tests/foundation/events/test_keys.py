"""The log has a key of its own: it survives another signing key, and the log never goes on without it."""

import pytest
from django.core import signing
from django.core.management import CommandError, call_command

from alongside.foundation.events import anchor, keys, log
from alongside.foundation.events.models import AuditEntry, AuditHead
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actors import SYSTEM
from alongside.foundation.identity.models import Organisation
from alongside.foundation.vault.models import Key
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.both]
OWNER = "installation:audit"


@pytest.fixture
def northgate() -> Organisation:
    return cast.organisation()


@pytest.fixture
def new_process(monkeypatch):
    """Nothing has been read yet."""
    return lambda: monkeypatch.setattr(keys, "_read", {})


def rename(northgate, name):
    identity.change_organisation(northgate, by=SYSTEM, name=name)


def renew_anchor():
    """As after a commit."""
    head = AuditHead.objects.get()
    anchor.renew(head.count, head.hash, keys.stored())


def test_another_signing_key_leaves_the_log_whole(northgate, anchored, settings, new_process, capsys):
    settings.SECRET_KEY = "a new one, as the old one may have been seen"
    call_command("verify_audit")
    new_process()
    rename(northgate, "Northgate Trust")
    renew_anchor()
    call_command("verify_audit")
    assert capsys.readouterr().out == "3 entries, whole.\n4 entries, whole.\n"


def test_whoever_has_the_signing_key_cannot_sign_an_anchor(northgate, anchored, settings):
    settings.SECRET_KEY_FALLBACKS = ["an old one"]
    for key in (settings.SECRET_KEY, "an old one"):
        said = {"count": 3, "hash": AuditHead.objects.get().hash}
        anchored.write_text(signing.dumps(said, key=key, salt="alongside.audit.anchor"))
        with pytest.raises(CommandError, match="missing or not signed by this installation"):
            call_command("verify_audit")


def test_the_key_is_made_with_the_first_entry_and_stands_in_the_key_store(db):
    assert not Key.objects.exists()
    cast.organisation()
    made = Key.objects.get(owner=OWNER)
    assert (AuditHead.objects.get().key_id, len(bytes(made.material))) == (made.key_id, 32)


def test_a_process_reads_the_key_once(northgate, new_process, django_assert_num_queries):
    new_process()
    with django_assert_num_queries(1, using="keys"):
        rename(northgate, "Northgate Trust")
        rename(northgate, "Northgate")


def test_a_log_that_begins_anew_has_the_key_that_the_store_has_then(northgate, anchored):
    """As after the demo was thrown away, in a process that still knows the old key."""
    old = keys.stored()
    for model in (AuditEntry, AuditHead):
        model.objects.all().delete()
    Key.objects.filter(owner=OWNER).delete()
    anchored.unlink()
    rename(northgate, "Northgate Trust")
    assert keys.stored() != old
    renew_anchor()
    assert log.first_fault() is None


def test_without_its_key_the_log_is_not_whole_and_does_not_go_on(northgate, anchored, new_process):
    Key.objects.filter(owner=OWNER).delete()
    assert log.first_fault() == "The key of the log is missing from the key store."
    new_process()
    with pytest.raises(keys.KeyMissing):
        rename(northgate, "Northgate Trust")
    assert Organisation.objects.get().name == "Northgate Health"
    assert not Key.objects.filter(owner=OWNER).exists()


def test_with_another_key_in_the_store_the_log_is_not_whole_and_does_not_go_on(northgate, anchored, new_process):
    Key.objects.filter(owner=OWNER).update(key_id="anotheroneof")
    assert log.first_fault() == "The head of the log names another key than the one in the key store."
    new_process()
    with pytest.raises(keys.KeyMissing):
        rename(northgate, "Northgate Trust")


def test_a_log_that_was_emptied_together_with_its_key_is_not_whole(northgate, anchored):
    for model in (AuditEntry, AuditHead):
        model.objects.all().delete()
    Key.objects.filter(owner=OWNER).delete()
    assert log.first_fault() == "The key of the log is missing from the key store."
    anchored.unlink()
    assert log.first_fault() is None
