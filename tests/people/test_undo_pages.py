"""The button that takes an import back: what it will do, whom it spares, and what it says afterwards."""

import pytest
from django.urls import reverse

from alongside.foundation import jobs
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity.models import Membership
from alongside.foundation.jobs.models import Job
from alongside.people import actions
from alongside.people.models import RosterImport
from tests.people.test_roster_pages import meanings, send

pytestmark = pytest.mark.django_db


def plain(page):
    return " ".join(page.content.decode().split())


@pytest.fixture
def taken_in(as_, carys):
    """Amara and Ben are in; the client that brought them."""
    client = as_(carys)
    send(client)
    roster = RosterImport.objects.get()
    client.post(reverse("people:columns", args=[roster.ref]), meanings(roster))
    jobs.run_pending()
    client.post(reverse("people:commit", args=[roster.ref]))
    jobs.run_pending()
    roster.refresh_from_db()
    return client, roster


def where(name, roster):
    return reverse(f"people:{name}", args=[roster.ref])


def test_one_button_says_what_it_does_and_does_it(taken_in):
    client, roster = taken_in
    assert where("undo", roster) in plain(client.get(where("roster", roster)))
    words = plain(client.get(where("undo", roster)))
    assert "2 new people are removed, with everything the file said of them." in words
    assert "Who stays" not in words
    assert Membership.objects.filter(employee_number="N2").exists()

    client.post(where("undo", roster))
    jobs.run_pending()
    assert not Membership.objects.filter(employee_number__in=["N1", "N2"]).exists()
    words = plain(client.get(where("roster", roster)))
    assert "This import was taken back" in words
    assert "2 removed, 0 as before." in words
    assert "Taken back" in plain(client.get(reverse("people:imports")))


def test_pressed_twice_it_has_one_effect(taken_in):
    client, roster = taken_in
    for _click in range(2):
        client.post(where("undo", roster))
    jobs.run_pending()
    client.post(where("undo", roster))
    jobs.run_pending()
    assert AuditEntry.objects.filter(name="roster.undone").count() == 1
    assert client.get(where("undo", roster)).url == where("roster", roster)


def test_whoever_stays_is_named_with_the_reason_and_the_button_says_so(taken_in, carys):
    client, roster = taken_in
    actions.invite([Membership.objects.get(employee_number="N2")], by=carys)
    words = plain(client.get(where("undo", roster)))
    assert "Ben Thomas" in words
    assert "A person was invited" in words
    assert "Undo it for all the others" in words

    client.post(where("undo", roster))  # a page that was opened before the invitation
    jobs.run_pending()
    assert "Somebody has acted since on: Ben Thomas." in plain(client.get(where("roster", roster)))
    assert Membership.objects.filter(employee_number__in=["N1", "N2"]).count() == 2

    client.post(where("undo", roster), {"sparing": "yes"})
    jobs.run_pending()
    assert list(Membership.objects.filter(employee_number__in=["N1", "N2"]).values_list("name", flat=True)) == [
        "Ben Thomas"
    ]
    words = plain(client.get(where("roster", roster)))
    assert "1 stays, because somebody had acted on them." in words


def test_work_that_was_stopped_before_it_began_leaves_the_import_as_it_was(taken_in):
    client, roster = taken_in
    client.post(where("undo", roster))
    client.post(reverse("jobs:cancel", args=[Job.objects.latest("pk").ref]))
    assert "Your people are here" in plain(client.get(where("roster", roster)))
    client.post(where("undo", roster))
    jobs.run_pending()
    assert not Membership.objects.filter(employee_number="N1").exists()


def test_whoever_may_not_manage_people_finds_nothing(taken_in, as_, elin):
    _client, roster = taken_in
    client = as_(elin)
    assert client.get(where("undo", roster)).status_code == 404
    assert client.post(where("undo", roster)).status_code == 404
    assert Membership.objects.filter(employee_number="N1").exists()
