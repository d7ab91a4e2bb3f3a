"""After an erasure nothing of somebody is found in any store, in any form, but what the command lists."""

import pytest
from django.core.management.base import CommandError

from alongside.contracts import engine
from alongside.foundation import search, vault
from alongside.foundation.events.log import first_fault
from alongside.foundation.files.models import Upload
from alongside.foundation.identity.models import Account, Membership
from alongside.foundation.privacy import declarations
from alongside.foundation.privacy.paths import rows_of
from alongside.meetings.models import ActionItem, Summary
from alongside.programmes.models import Announcement
from alongside.records.models import Erasure
from tests.access import sweep
from tests.records import planting, searching
from tests.records.whole import command

pytestmark = pytest.mark.django_db


def test_what_is_looked_for_was_there(erased):
    """So that the search can fail: every name, and every sentence that is not sealed."""
    assert set(erased.names) <= erased.before
    assert len(erased.before) > 20
    assert len(erased.planted) > 40


def test_no_sentence_and_no_name_is_found_in_any_store(erased, figure):
    stores = list(searching.stores())
    found = searching.found([*erased.planted, *erased.names], stores, planting.STEM)
    forms = len(searching.forms(planting.STEM))
    figure("forms x stores searched after an erasure", forms * len(stores))
    figure("erased sentences and names found", len(found))
    assert found == []


def test_his_key_is_in_no_store(erased):
    assert [name for name, held in searching.stores() if erased.material in held] == []


def test_what_opens_no_more_is_all_but_what_the_two_shared(erased):
    """His sentences open only in tables that the command lists, with their reason."""
    listed = {held["table"] for held in erased.report["kept"]}
    opened = {place for text, place in erased.planted.items() for held in _opened() if text in held}
    assert opened == {
        "meetings.actionitem.words",
        "meetings.preparation.agenda",
        "meetings.preparation.place",
        "meetings.summary.words",
    }
    assert {place.rpartition(".")[0] for place in opened} <= listed


def _opened() -> list[str]:
    texts: list[str] = []
    for held in declarations():
        columns = [field.name for field in held.model._meta.concrete_fields if isinstance(field, vault.SealedField)]
        for row in held.model._default_manager.all() if columns else ():
            sealed = [(getattr(row, name), vault.place(row, name)) for name in columns]
            texts += [text for text in vault.unseal(sealed) if text]
    return texts


def test_no_shared_words_name_him(erased):
    named = [text for text in _opened() if "Ben" in text.split() or "Thomas" in text]
    assert named == []


def test_a_ref_without_a_name_is_left(erased):
    left = erased.membership
    assert (left.name, left.known_as, left.work_address, left.employee_number) == (
        "Former member", "Former member", "", "",
    )  # fmt: skip
    assert (left.account, left.state) == (None, "erased")
    assert not Account.objects.filter(pk=erased.person.account.pk).exists()


def test_whatever_stays_has_a_reason(erased):
    declared = [held for held in declarations() if held.paths and not held.is_a_person]
    left = {held.label: rows for held in declared if (rows := rows_of(held, erased.person).count())}
    assert {one["table"]: one["rows"] for one in erased.report["kept"]} == left | {
        "identity.membership": 1,
        "vault.destroyedkey": 1,
    }
    assert all(one["reason"] for one in erased.report["kept"])


def test_the_partner_reads_their_records(erased):
    """Every page of hers answers, and what the two of them kept of their sessions is there."""
    walked = sweep.sweep(erased.told, "amara")
    assert list(walked.faults) == []
    amara = erased.told.client("amara")
    pages = [
        amara.get(f"/pairs/{held.session.relationship.ref}/sessions/{held.session.ref}/") for held in _summaries(erased)
    ]
    assert [page.status_code for page in pages] == [200] * len(pages) != []
    assert "Former member" in pages[0].content.decode()


def _summaries(erased):
    parties = "session__relationship__parties__participation__membership"
    return Summary.objects.filter(**{parties: erased.person.membership.pk}).select_related("session__relationship")


def test_agreements_and_the_log_are_whole(erased):
    report = engine.examine()
    assert (first_fault(), report.fault, report.tombstones, len(report.nameless)) == (None, None, [], 1)
    assert command("verify_audit")["tombstones"] == {"contract.name_taken_out": 1, "person.erased": 1}


def test_a_word_changed_in_an_agreement_without_a_name_is_found(erased):
    from alongside.contracts.models import LayerText

    text = LayerText.objects.filter(version__contract__ref=engine.examine().nameless[0]).first()
    place = vault.place(text, "document")
    document = vault.unseal_one(text.document, place).replace("mentor", "tormentor", 1)
    text.document = vault.seal(document, owner=text.version.contract.relationship.key_owner, place=place)
    text.save()
    assert "part was changed" in engine.examine().fault


def test_others_words_stay_without_his_name(erased):
    written = Announcement.objects.latest("id")
    assert (written.subject, written.words) == ("Welcome, [name removed]", "[name removed] has joined us.")


def test_files_of_others_stay(erased):
    assert [held.name for held in Upload.objects.filter(name__in=["staff.csv", "staff.xlsx", "others.csv"])] == [
        "others.csv"
    ]


def test_he_is_not_found_by_any_word(erased):
    everybody = Membership.objects.filter(organisation=erased.person.organisation)
    for query in ("Ben", "Thomas", "Staff nurse"):
        found = search.match(everybody, erased.person.organisation, "people.membership", query)
        assert erased.membership not in found


def test_a_second_time_changes_nothing(erased):
    before = Erasure.objects.values().get(membership=erased.membership)
    again = command("erase_person", erased.membership.ref, "--organisation", "northgate-health")
    assert again == erased.report
    assert Erasure.objects.values().get(membership=erased.membership) == before


def test_his_address_finds_nobody_any_more(erased):
    with pytest.raises(CommandError, match="has no address any more and is found by their ref"):
        command("erase_person", "ben.thomas@northgate.example", "--organisation", "northgate-health")


def test_an_action_of_his_stays_with_the_session(erased):
    assert ActionItem.objects.filter(owner=erased.membership).exists()
