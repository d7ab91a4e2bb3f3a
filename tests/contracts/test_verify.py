"""verify_contracts names whatever was changed, removed, added, swapped or cut off by hand."""

import json
from copy import deepcopy
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from alongside.contracts import actions, engine
from alongside.contracts.models import Contract, LayerText, Signature, Version
from alongside.contracts.rules import sha256
from alongside.foundation import vault
from alongside.foundation.events import anchor, keys
from alongside.foundation.events.models import AuditEntry, AuditHead
from alongside.foundation.vault import actions as vault_actions
from alongside.foundation.vault.models import Key
from tests import cast as people
from tests.contracts import acts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_anchor(settings, tmp_path):
    """These tests never commit, so each keeps an anchor of its own."""
    settings.DATA_DIR = tmp_path


@pytest.fixture(scope="module")
def once(rows_last):
    """Version 1 was taken back with Amara's signature under it, version 2 holds, version 3 waits for Ben."""
    cast = people.pair()
    first = acts.propose(cast)
    acts.sign(cast, cast.amara, first)
    acts.change(cast, place="in the orangery")
    second = acts.propose(cast)
    acts.sign(cast, cast.amara, second)
    acts.sign(cast, cast.ben, second)
    acts.change(cast, cast.amara, place="by telephone")
    third = acts.propose(cast, cast.amara)
    acts.sign(cast, cast.amara, third)
    return cast


@pytest.fixture
def cast(once, db):
    """What stands in the database, and an anchor as after a commit."""
    renew_anchor()
    return deepcopy(once)


def renew_anchor():
    """As after a commit."""
    last = AuditEntry.objects.latest("position")
    anchor.renew(last.position, last.hash, keys.stored())


def verify(*options):
    out = StringIO()
    call_command("verify_contracts", *options, stdout=out)
    return out.getvalue()


def fault():
    with pytest.raises(CommandError) as found:
        verify()
    return str(found.value)


def version(number):
    return Version.objects.get(number=number)


def by_hand(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        assert cursor.rowcount == 1, "the case must really change something"


def test_all_is_whole(cast):
    assert verify() == "1 agreements, 3 versions, 8 signatures, whole.\n"
    assert json.loads(verify("--json")) == {
        "contracts": 1, "versions": 3, "signatures": 8, "tombstones": [], "nameless": [], "deleted": 0, "fault": None,
    }  # fmt: skip


@pytest.mark.usefixtures("db")
def test_a_draft_is_no_evidence_and_no_fault(cast):
    acts.change(cast, place="somewhere")
    assert verify() == "1 agreements, 3 versions, 8 signatures, whole.\n"


def test_a_removed_signature_is_named(cast):
    gone = Signature.objects.get(version__number=2, layer="shared", part="mentee")
    by_hand("DELETE FROM contracts_signature WHERE id = %s", gone.pk)
    at = f"Agreement {Contract.objects.get().ref}"
    assert fault() == f"{at}: signature {gone.ref} is missing: the log says that it was given."


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("signed_at", "2026-01-01 00:00:00+00:00"),
        ("shown_at", "2026-01-01 00:00:00+00:00"),
        ("intent", "I was forced."),
        ("method", "session"),
        ("part", "mentee"),
    ],
)
def test_a_changed_signature_is_named(cast, column, value):
    held = Signature.objects.get(version__number=2, layer="private", part="mentor")
    by_hand(f"UPDATE contracts_signature SET {column} = %s WHERE id = %s", value, held.pk)
    assert fault().endswith(f"version 2: signature {held.ref} was changed.")


def test_a_signature_given_to_somebody_else_is_named(cast):
    held = Signature.objects.get(version__number=3, layer="private")
    by_hand("UPDATE contracts_signature SET membership_id = %s WHERE id = %s", cast.ben.membership.pk, held.pk)
    assert fault().endswith(f"version 3: signature {held.ref} was changed.")


def test_a_signature_moved_to_another_version_is_named(cast):
    held = Signature.objects.get(version__number=3, layer="private")
    Signature.objects.filter(version__number=1, layer="private").delete()
    by_hand("UPDATE contracts_signature SET version_id = %s WHERE id = %s", version(1).pk, held.pk)
    Signature.objects.filter(pk=held.pk).update(document_hash=version(1).texts.get(layer="private").sha256)
    assert "is missing: the log says that it was given." in fault()


def test_an_added_signature_is_named(cast):
    held = Signature.objects.get(version__number=3, layer="private")
    held.pk, held.ref, held.membership, held.part = None, "forgedforged", cast.ben.membership, "mentee"
    held.save()
    assert fault().endswith("version 3: signature forgedforged was added: the log does not know it.")


def test_a_signature_bound_to_other_words_is_named(cast):
    held = Signature.objects.get(version__number=3, layer="private")
    other = version(2).texts.get(layer="private").sha256
    by_hand("UPDATE contracts_signature SET document_hash = %s WHERE id = %s", other, held.pk)
    assert fault().endswith(f"signature {held.ref} is bound to other words than those of its version.")


def test_changed_words_are_named(cast):
    text = version(2).texts.get(layer="private")
    forged = vault.unseal_one(text.document, vault.place(text, "document")).replace("orangery", "dungeon")
    text.document = vault.seal(forged, owner=cast.relationship.key_owner, place=vault.place(text, "document"))
    text.save()
    assert fault().endswith("version 2: the private part was changed.")


def test_changed_words_with_their_new_hash_are_named(cast):
    text = version(2).texts.get(layer="private")
    forged = vault.unseal_one(text.document, vault.place(text, "document")).replace("orangery", "dungeon")
    text.document = vault.seal(forged, owner=cast.relationship.key_owner, place=vault.place(text, "document"))
    text.sha256 = sha256(forged)
    text.save()
    assert fault().endswith("version 2: the private part is not the one that the log knows.")


def test_a_flipped_bit_is_named(cast):
    text = version(1).texts.get(layer="shared")
    damaged = bytearray(text.document)
    damaged[-1] ^= 1
    LayerText.objects.filter(pk=text.pk).update(document=bytes(damaged))
    assert fault().endswith("version 1: its words were changed or stand in the wrong place.")


def test_emptied_words_are_named(cast):
    LayerText.objects.filter(version__number=1, layer="shared").update(document=b"")
    assert fault().endswith("version 1: the shared part was changed.")


def test_swapped_words_are_named(cast):
    one, other = (version(number).texts.get(layer="private") for number in (1, 2))
    LayerText.objects.filter(pk=one.pk).update(document=other.document)
    LayerText.objects.filter(pk=other.pk).update(document=one.document)
    assert fault().endswith("version 1: its words were changed or stand in the wrong place.")


def test_swapped_parts_are_named(cast):
    private, shared = version(1).texts.order_by("layer")
    LayerText.objects.filter(pk=private.pk).update(layer="between")
    LayerText.objects.filter(pk=shared.pk).update(layer="private")
    LayerText.objects.filter(pk=private.pk).update(layer="shared")
    assert "version 1: the private part is not the one that the log knows." in fault()


@pytest.fixture
def without_guard(cast):
    """Rows that still hang on the version are removed first, as somebody with SQL would."""

    def remove(number):
        held = version(number)
        held.signatures.all().delete()
        held.texts.all().delete()
        Version.objects.filter(pk=held.pk).delete()

    return remove


def test_a_removed_last_version_is_named(cast, without_guard):
    without_guard(3)
    assert fault().endswith("version 3 is missing: the log says that it was shown.")


def test_a_removed_first_version_is_named(cast, without_guard):
    without_guard(1)
    assert fault().endswith("version 1 is missing: the log says that it was shown.")


def test_a_removed_agreement_is_named(cast, without_guard):
    ref = Contract.objects.get().ref
    for number in (1, 2, 3):
        without_guard(number)
    Contract.objects.all().delete()
    assert fault() == f"Agreement {ref} is missing: the log says that it was opened."


def test_an_added_agreement_is_named(cast):
    other = people.pair()
    Contract.objects.create(relationship=other.relationship, opened_by=other.ben.membership, ref="forgedforged")
    assert fault() == "Agreement forgedforged was added: the log does not know that it was opened."


def test_an_agreement_moved_to_another_pair_is_named(cast):
    other = people.pair()
    by_hand("UPDATE contracts_contract SET relationship_id = %s", other.relationship.pk)
    assert fault() == f"Agreement {Contract.objects.get().ref}: the pair that it belongs to was changed."


@pytest.mark.parametrize(
    ("number", "change"),
    [
        (1, {"clause_set": "clauses/other@1"}),
        (2, {"proposed_at": "2026-01-01T00:00:00+00:00"}),
        (2, {"chain": "0" * 64}),
        (3, {"ref": "forgedforged"}),
    ],
)
def test_a_changed_version_is_named(cast, number, change):
    Version.objects.filter(number=number).update(**change)
    assert f"version {number}" in fault()


@pytest.mark.parametrize(
    ("number", "change", "said"),
    [
        (2, {"state": "replaced"}, "version 2 says “replaced”, but the log says “signed”."),
        (2, {"state": "withdrawn", "signed_at": None}, "version 2 says “withdrawn”, but the log says “signed”."),
        (
            1, {"state": "replaced", "signed_at": "2026-01-01T00:00:00+00:00"},
            "version 1 says “replaced”, but the log says “withdrawn”.",
        ),
        (2, {"signed_at": "2026-01-01T00:00:00+00:00"}, "version 2: when both had signed was changed."),
    ],
)  # fmt: skip
def test_a_changed_state_is_named(cast, number, change, said):
    Version.objects.filter(number=number).update(**change)
    assert fault().endswith(said)


def test_a_version_that_says_signed_before_it_is_is_named(cast):
    acts.sign(cast, cast.ben, version(3))
    Version.objects.filter(number=3).update(state="proposed", signed_at=None)
    assert fault().endswith("version 3 says “proposed”, but the log says “signed”.")


def test_who_opened_it_cannot_be_changed(cast):
    Contract.objects.update(opened_by=cast.amara.membership)
    assert fault().endswith("who opened it was changed.")


def test_when_it_was_opened_cannot_be_changed(cast):
    by_hand("UPDATE contracts_contract SET opened_at = %s", "2026-01-01 00:00:00+00:00")
    assert fault().endswith("when it was opened was changed.")


_EARLIER = "2026-01-01 00:00:00+00:00"


@pytest.mark.parametrize("number", [1, 2, 3, 4])
@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("clause_set", "clauses/other@1", "its clause set was changed."),
        ("language", "cy", "its language was changed."),
        ("created_by_id", "elin", "who began it was changed."),
        ("created_at", _EARLIER, "when it was begun was changed."),
        ("revision", 9, "its revision was changed."),
        ("changed_by_id", "elin", "who wrote in it last was changed."),
        ("changed_at", _EARLIER, "when it was last written in was changed."),
        ("answers", b"", "what was written in it was changed."),
    ],
)
def test_what_is_known_of_a_version_or_a_draft_cannot_be_changed(cast, number, column, value, said):
    acts.change(cast, cast.amara, place="in the library")
    given = cast.elin.membership.pk if value == "elin" else value
    by_hand(f"UPDATE contracts_version SET {column} = %s WHERE number = %s", given, number)
    assert fault() == f"Agreement {Contract.objects.get().ref}, version {number}: {said}"


def test_older_answers_put_back_into_a_draft_are_named(cast):
    before = acts.change(cast, place="in the library").answers
    acts.write(cast, place="in the dungeon")
    by_hand("UPDATE contracts_version SET answers = %s WHERE number = 4", before)
    assert fault().endswith("version 4: what was written in it was changed.")


def test_a_removed_draft_is_named(cast):
    acts.change(cast)
    by_hand("DELETE FROM contracts_version WHERE number = 4")
    assert fault().endswith("version 4 is missing: the log says that it was begun.")


def test_a_draft_moved_to_a_later_agreement_is_named(cast):
    acts.change(cast)
    other = acts.sign_both(people.pair())
    by_hand("UPDATE contracts_version SET contract_id = %s WHERE number = 4", other.contract_id)
    assert fault().endswith("version 4 is missing: the log says that it was begun.")


def test_a_draft_moved_to_an_earlier_agreement_is_named(cast):
    draft, mine = acts.draft(people.pair()), Contract.objects.order_by("pk").first()
    by_hand("UPDATE contracts_version SET contract_id = %s, number = 4 WHERE id = %s", mine.pk, draft.pk)
    assert fault() == f"Agreement {mine.ref}, version 4 was added: the log does not know that it was begun."


def test_an_added_draft_is_named(cast):
    two = {"created_by": cast.ben.membership, "changed_by": cast.ben.membership}
    Version.objects.create(contract=Contract.objects.get(), number=4, clause_set="x", language="en-gb", **two)
    assert fault().endswith("version 4 was added: the log does not know that it was begun.")


def test_a_dropped_draft_that_is_put_back_is_named(cast):
    draft = acts.change(cast)
    actions.drop_draft(cast.pair(cast.ben), revision=draft.revision, by=cast.ben)
    draft.save(force_insert=True)
    assert fault().endswith("version 4 was added: the log does not know that it was begun.")


def test_whatever_the_two_do_lawfully_with_drafts_is_whole(cast):
    pair = cast.pair(cast.ben)
    draft = acts.change(cast, place="in the library")
    actions.ask_change(pair, by=cast.ben)  # begun already: nothing happens
    assert verify() == "1 agreements, 3 versions, 8 signatures, whole.\n"
    actions.drop_draft(pair, revision=draft.revision, by=cast.ben)
    assert verify() == "1 agreements, 3 versions, 8 signatures, whole.\n"
    acts.change(cast, cast.amara, place="by the river")
    acts.write(cast, place="by the lake")
    fourth = acts.propose(cast)
    acts.sign(cast, cast.ben, fourth)
    assert verify() == "1 agreements, 4 versions, 10 signatures, whole.\n"
    acts.sign(cast, cast.amara, fourth)
    assert verify() == "1 agreements, 4 versions, 12 signatures, whole.\n"


def test_a_draft_with_frozen_words_is_named(cast):
    draft = acts.change(cast)
    LayerText.objects.filter(version__number=1, layer="shared").update(version=draft)
    assert "version 1: a part is missing." in fault()
    LayerText.objects.filter(version=draft).update(version=version(1))
    LayerText.objects.create(version=draft, layer="private", sha256="0" * 64)
    assert fault().endswith("version 4 is a draft, but has frozen words or signatures.")


def test_a_signature_and_its_entry_cut_off_the_end_are_found_by_the_anchor(cast):
    last = AuditEntry.objects.latest("position")
    Signature.objects.filter(version__number=3).delete()
    AuditEntry.objects.filter(pk=last.pk).delete()
    before = AuditEntry.objects.latest("position")
    AuditHead.objects.update(count=before.position, hash=before.hash)
    assert "The audit log is not whole, so agreements cannot be checked against it" in fault()


def test_a_key_destroyed_lawfully_leaves_a_tombstone_that_is_listed(cast):
    vault.destroy(cast.relationship.key_owner)
    ref = Contract.objects.get().ref
    assert verify().splitlines() == [
        "1 agreements, 3 versions, 8 signatures, whole.",
        f"Agreement {ref}: its words are gone with their key; hashes and signatures are whole.",
    ]
    assert json.loads(verify("--json"))["tombstones"] == [ref]


def test_agreements_stay_whole_when_all_keys_are_changed_and_then_destroyed(cast, django_capture_on_commit_callbacks):
    acts.change(cast, cast.amara, place="in the library")
    with django_capture_on_commit_callbacks(execute=True):
        assert vault_actions.rotate().values
    assert verify() == "1 agreements, 3 versions, 8 signatures, whole.\n"
    vault.destroy(cast.relationship.key_owner)
    assert "its words are gone with their key" in verify()


def test_the_log_cannot_be_used_to_try_what_was_answered(cast):
    """The same answers, saved twice, leave two hashes."""
    acts.change(cast, place="in the library")
    acts.write(cast, place="in the library")
    first, second = AuditEntry.objects.filter(name="contract.changed").order_by("-position")[:2]
    assert first.codes["answers"] != second.codes["answers"]


def test_a_tombstone_still_shows_a_removed_signature(cast):
    vault.destroy(cast.relationship.key_owner)
    gone = Signature.objects.filter(version__number=2).first()
    Signature.objects.filter(pk=gone.pk).delete()
    assert fault().endswith("is missing: the log says that it was given.")


def test_a_key_that_is_merely_gone_is_a_fault(cast):
    Key.objects.filter(owner=cast.relationship.key_owner).delete()
    assert fault().endswith("version 1: the key of the private part is missing, though nobody destroyed it.")


def test_json_tells_the_fault_as_well(cast):
    Signature.objects.filter(version__number=2).delete()
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("verify_contracts", "--json", stdout=out)
    assert "is missing" in json.loads(out.getvalue())["fault"]


def test_it_asks_no_more_often_for_many_agreements_than_for_few(cast, django_assert_num_queries):
    acts.sign_both(people.pair())
    with django_assert_num_queries(10) as counted:
        assert engine.examine().contracts == 2
    more = len(counted)
    for _number in range(4):
        acts.sign_both(people.pair())
    with django_assert_num_queries(more):
        assert engine.examine().contracts == 6
