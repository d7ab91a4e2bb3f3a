"""Every key can be changed while people go on working, and nothing is lost by it, whenever it is stopped."""

import json
from base64 import b64decode

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from alongside.foundation import clock, vault
from alongside.foundation.events import anchor, keys, log
from alongside.foundation.events.models import AuditEntry, AuditHead
from alongside.foundation.identity.second_factor import SecondFactorAdapter
from alongside.foundation.vault import actions, sealing
from alongside.foundation.vault.fields import sealed_columns
from alongside.foundation.vault.models import DestroyedKey, Key, Rotation
from alongside.goals.models import Goal
from alongside.relationships import actions as relationships
from alongside.relationships.models import Reason
from tests import cast, processes, races

pytestmark = pytest.mark.django_db
REASON = "I move to Leeds in May."


@pytest.fixture
def made():
    """Ben has ended the pair and said why."""
    made = cast.pair()
    relationships.end(made.pair(made.ben), by=made.ben, reason=REASON)
    return made


def goals(made, count):
    """Goals of Ben, many at once."""
    rows = [Goal(relationship=made.relationship, owner=made.ben.membership, start=1, hope=5) for _ in range(count)]
    for number, row in enumerate(rows):
        row.words = vault.seal(f"Goal {number}", owner=made.ben.membership.key_owner, place=vault.place(row, "words"))
    return Goal.objects.bulk_create(rows)


def values():
    """Everything that is sealed in any table, as (value, place)."""
    return [
        (bytes(getattr(row, column)), vault.place(row, column))
        for model, columns in sealed_columns().items()
        for row in model._base_manager.all()
        for column in columns
        if getattr(row, column)
    ]


def key_ids():
    return {sealing.key_id_of(*value) for value in values()}


def words_of_goals():
    return vault.unseal([(goal.words, vault.place(goal, "words")) for goal in Goal.objects.order_by("pk")])


def test_tables_with_sealed_text_are_found_by_themselves():
    found = sealed_columns()
    assert found[Goal] == ["words", "why", "signs", "start_words"]
    assert found[Reason] == ["words"]


def test_after_a_rotation_everything_reads_as_before_and_no_old_key_opens_any_of_it(made):
    before, texts = key_ids(), vault.unseal(values())
    assert REASON in texts
    done = actions.rotate()
    assert (done.keys, done.values) == (Key.objects.filter(retired_at=None).count(), len(texts))
    assert vault.unseal(values()) == texts
    assert not key_ids() & before
    assert set(Key.objects.exclude(retired_at=None).values_list("key_id", flat=True)) >= before


def test_what_was_copied_before_a_rotation_still_opens(made):
    """As in a backup."""
    reason = Reason.objects.get()
    copied, where = bytes(reason.words), vault.place(reason, "words")
    actions.rotate()
    assert vault.unseal_one(copied, where) == REASON


def test_a_key_destroyed_after_a_rotation_takes_the_older_ones_with_it(made):
    reason = Reason.objects.get()
    copied, where = bytes(reason.words), vault.place(reason, "words")
    actions.rotate()
    vault.destroy(made.ben.membership.key_owner)
    assert vault.unseal_one(copied, where) is None
    assert vault.unseal_one(Reason.objects.get().words, where) is None
    assert DestroyedKey.objects.filter(owner=made.ben.membership.key_owner).count() == 2


def test_what_was_destroyed_stays_as_it_is(made):
    vault.destroy(made.ben.membership.key_owner)
    before = bytes(Reason.objects.get().words)
    actions.rotate()
    assert bytes(Reason.objects.get().words) == before
    assert not Key.objects.filter(owner=made.ben.membership.key_owner).exists()


def test_secrets_of_second_factors_are_sealed_anew(made):
    adapter = SecondFactorAdapter()
    secret, seed = adapter.encrypt("JBSWY3DP"), adapter.encrypt("c0ffee")
    kinds = Authenticator.Type
    Authenticator.objects.create(user=made.ben.account, type=kinds.TOTP, data={"secret": secret})
    Authenticator.objects.create(user=made.ben.account, type=kinds.RECOVERY_CODES, data={"seed": seed, "used_mask": 5})
    actions.rotate()
    totp, codes = (Authenticator.objects.get(type=kind).data for kind in (kinds.TOTP, kinds.RECOVERY_CODES))
    assert (adapter.decrypt(totp["secret"]), adapter.decrypt(codes["seed"]), codes["used_mask"]) == (
        "JBSWY3DP",
        "c0ffee",
        5,
    )
    assert b64decode(totp["secret"])[1:13] != b64decode(secret)[1:13]
    assert b64decode(codes["seed"])[1:13] != b64decode(seed)[1:13]


def test_a_value_that_somebody_changed_is_left_and_named_and_the_rest_is_done(made, capsys):
    one, two = goals(made, 2)
    Goal.objects.filter(pk=one.pk).update(words=bytes(two.words))
    with pytest.raises(CommandError, match=rf"^1 values do not open .* the first is goals\.goal\.words:{one.ref}\.$"):
        call_command("rotate_keys")
    assert bytes(Goal.objects.get(pk=one.pk).words) == bytes(two.words)
    assert words_of_goals_of(two) == ["Goal 1"]
    assert Rotation.objects.get().is_open is False


def words_of_goals_of(goal):
    goal.refresh_from_db()
    return vault.unseal([(goal.words, vault.place(goal, "words"))])


def test_the_command_says_what_it_did_and_what_is_due(made, capsys):
    call_command("rotate_keys", "--json")
    assert json.loads(capsys.readouterr().out) == {"keys": 2, "values": 1, "unopened": []}
    call_command("rotate_keys")
    assert capsys.readouterr().out.splitlines() == [
        "2 keys are new.",
        "1 values are sealed anew.",
        "Run `alongside backup_keys` now: the copy that you have does not know the new keys.",
    ]


def test_one_rotation_is_open_at_a_time(db):
    Rotation.objects.create(through=1, begun_at=clock.now())
    with pytest.raises(IntegrityError), transaction.atomic(using="keys"):
        Rotation.objects.create(through=1, begun_at=clock.now())


# --- the audit log


@pytest.fixture
def anchored(made, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    head = AuditHead.objects.get()
    anchor.renew(head.count, head.hash, keys.stored())
    return tmp_path / "audit_anchor"


@pytest.fixture
def rotated(anchored, django_capture_on_commit_callbacks):
    """The keys are changed, and the position of the entry that says so."""
    with django_capture_on_commit_callbacks(execute=True):
        actions.rotate()
    return AuditEntry.objects.get(name="audit.key_changed").position


def test_the_change_of_the_logs_key_is_an_entry_and_the_log_stays_whole(anchored, django_capture_on_commit_callbacks):
    before = AuditHead.objects.get()
    for number in (1, 2):
        with django_capture_on_commit_callbacks(execute=True):
            actions.rotate()
        assert log.first_fault() is None
        assert AuditHead.objects.get().count == before.count + number
    first, second = AuditEntry.objects.filter(name="audit.key_changed").order_by("position")
    assert first.codes == {"from": before.key_id, "to": second.codes["from"]}
    assert second.codes["to"] == AuditHead.objects.get().key_id == keys.stored().key_id


@pytest.mark.both
def test_another_process_goes_on_with_the_new_key_without_being_told(rotated, made, django_capture_on_commit_callbacks):
    """It still knows the old key; the head names the new one."""
    assert len(keys._read) >= 1
    with django_capture_on_commit_callbacks(execute=True):
        cast.member("Elin Moss", made.programme.organisation)
    assert AuditHead.objects.get().count > rotated
    assert log.first_fault() is None


def test_whoever_has_the_old_key_cannot_change_what_was_written_before(rotated):
    """They can make every hash up to the change anew; the change itself has the new key."""
    old = keys.ring().keys[0]
    AuditEntry.objects.filter(position=2).update(name="role.ended")
    digest = ""
    for entry in AuditEntry.objects.filter(position__lt=rotated).order_by("position"):
        digest = log.chained(digest, entry, old)
        AuditEntry.objects.filter(pk=entry.pk).update(hash=digest)
    assert log.first_fault() == f"Entry {rotated} (audit.key_changed) was changed or added."


def test_whoever_has_the_old_key_cannot_cut_the_change_off(rotated, anchored):
    old = keys.ring().keys[0]
    AuditEntry.objects.filter(position__gte=rotated).delete()
    last = AuditEntry.objects.get(position=rotated - 1)
    AuditHead.objects.update(count=last.position, hash=last.hash, key_id=old.key_id)
    assert log.first_fault() == "The log goes on with an older key than the one in the key store."
    anchored.unlink()
    anchor.renew(last.position, last.hash, old)
    assert log.first_fault() == "The log goes on with an older key than the one in the key store."


def test_whoever_has_the_old_key_cannot_sign_an_anchor(rotated, anchored):
    entry = AuditEntry.objects.get(position=2)
    anchored.unlink()
    anchor.renew(2, entry.hash, keys.ring().keys[0])
    assert log.first_fault() == "The anchor in the data directory is missing or not signed by this installation."


def test_a_slow_process_does_not_put_an_anchor_of_the_old_key_in_the_place_of_the_new_one(rotated, anchored):
    before = anchored.read_text()
    anchor.renew(rotated + 5, "by the old key", keys.ring().keys[0])
    assert anchored.read_text() == before


def test_a_rotation_that_was_stopped_before_the_log_took_the_key_leaves_the_log_whole(
    anchored, made, django_capture_on_commit_callbacks
):
    actions._retire(actions._begun())
    with django_capture_on_commit_callbacks(execute=True):
        cast.member("Elin Moss", made.programme.organisation)
    assert log.first_fault() is None
    with django_capture_on_commit_callbacks(execute=True):
        actions.rotate()
    assert log.first_fault() is None
    assert AuditEntry.objects.filter(name="audit.key_changed").count() == 1


# --- at the same time


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_two_rotations_and_people_who_write_do_each_other_no_harm(made, settings, tmp_path, rounds):
    settings.DATA_DIR = tmp_path
    rows = goals(made, 60)

    def write_on():
        for number, row in enumerate(rows[:30]):
            place = vault.place(row, "words")
            words = vault.seal(f"Changed {number}", owner=made.ben.membership.key_owner, place=place)
            Goal.objects.filter(pk=row.pk).update(words=words)

    for _round in range(rounds):
        assert races.at_once(actions.rotate, actions.rotate, write_on) == []
        assert words_of_goals() == [f"{'Changed' if number < 30 else 'Goal'} {number}" for number in range(60)]
        assert Key.objects.filter(owner=made.ben.membership.key_owner, retired_at=None).count() == 1
    assert not Rotation.objects.filter(is_open=True).exists()
    assert log.first_fault() is None


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_a_rotation_that_is_killed_leaves_everything_readable_and_goes_on_when_it_is_called_again(
    made, settings, tmp_path, rounds, figure
):
    settings.DATA_DIR = tmp_path
    rows = goals(made, 600)
    caught = 0
    for round_ in range(rounds):
        before, aim = {bytes(row.words) for row in rows}, 80 + 150 * (round_ % 3)

        def far_enough(before=before, aim=aim):
            return Goal.objects.exclude(words__in=before).count() > aim

        caught += processes.kill_when(processes.start("rotate_keys"), far_enough)
        assert words_of_goals() == [f"Goal {number}" for number in range(600)]
        assert log.first_fault() is None
    assert caught, "the kills hit nothing: this run proves nothing"
    assert processes.run("rotate_keys").returncode == 0
    assert words_of_goals() == [f"Goal {number}" for number in range(600)]
    assert not key_ids() & set(Key.objects.exclude(retired_at=None).values_list("key_id", flat=True))
    assert not Rotation.objects.filter(is_open=True).exists()
    assert log.first_fault() is None
    figure("kills survived", caught)
