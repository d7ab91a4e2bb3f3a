"""A sealed text that does not open is a plain page in words, a line in the log, and once an entry in the audit log."""

import pytest
import structlog
from django.urls import reverse

from alongside.foundation import vault
from alongside.foundation.events import keys
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.vault.models import Key
from alongside.goals.models import Goal
from tests import cast
from tests.visits import browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def goal():
    """Ben has written a goal, and somebody with the database has put another text of his in its place."""
    made = cast.pair()
    goal = Goal(relationship=made.relationship, owner=made.ben.membership, start=1, hope=5)
    moved = vault.seal("To lead the handover", owner=made.ben.membership.key_owner, place="goals.goal.words:elsewhere")
    goal.words = moved
    goal.save()
    return made, goal


def test_the_page_says_it_in_words_and_shows_nothing_of_the_text(goal):
    made, held = goal
    address = reverse("goals:goal", args=[made.relationship.ref, held.ref])
    with structlog.testing.capture_logs() as said:
        answer = browser_of(made.ben).get(address)
    assert answer.status_code == 500
    assert "This text cannot be opened" in answer.text
    assert "it was changed or moved since it was written" in answer.text
    assert "handover" not in answer.text
    [entry] = [line for line in said if line["event"] == "vault.bad_seal"]
    assert (entry["place"], entry["log_level"]) == (f"goals.goal.words:{held.ref}", "error")


def test_the_audit_log_names_its_row_once_however_often_it_is_met(goal):
    made, held = goal
    for _time in range(2):
        browser_of(made.ben).get(reverse("goals:goal", args=[made.relationship.ref, held.ref]))
    entry = AuditEntry.objects.get(name="text.not_opened")
    assert (entry.about_kind, entry.about_ref, entry.codes) == ("goals.goal", held.ref, {"column": "words"})
    assert (entry.by, entry.organisation) == ("system", made.programme.organisation.ref)


def test_the_page_is_shown_though_the_log_cannot_be_written_to(goal, monkeypatch):
    made, held = goal
    browser = browser_of(made.ben)
    Key.objects.filter(owner="installation:audit").delete()
    monkeypatch.setattr(keys, "_read", {})  # as in a process that has not written yet
    answer = browser.get(reverse("goals:goal", args=[made.relationship.ref, held.ref]))
    assert "This text cannot be opened" in answer.text
    assert not AuditEntry.objects.filter(name="text.not_opened").exists()


def test_other_pages_go_on(goal):
    made, _held = goal
    assert browser_of(made.ben).get("/account/").status_code in (200, 302)
    assert browser_of(made.carys).get(f"/programmes/{made.programme.slug}/").status_code == 200


@pytest.mark.parametrize("value", [b"\x01", b"nobody sealed this", b"\x00" * 60, b"\x01" + b"\xff" * 60])
def test_bytes_that_nobody_sealed_are_told_apart_from_a_key_that_was_destroyed(value):
    with pytest.raises(vault.BadSeal, match="goals"):
        vault.unseal_one(value, "goals.goal.words:abc")
