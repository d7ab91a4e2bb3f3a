"""Two at the same moment: the last administrators, a role given twice, the first organisation."""

import pytest
from django.test import Client

from alongside.foundation.events.log import first_fault
from alongside.foundation.events.models import AuditEntry, AuditHead
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity import queries
from alongside.foundation.identity.models import Account, Organisation, OrganisationRole
from alongside.organisations import actions
from tests import cast
from tests.organisations.test_pages import FACTS
from tests.races import at_once
from tests.visits import browser_of, words_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]
NEEDED = "An organisation needs an administrator who has joined. Name another one first."


@pytest.fixture(autouse=True)
def own_anchor(settings, tmp_path):
    """The anchor of earlier tests knows entries that went with them."""
    settings.DATA_DIR = tmp_path


def two_administrators(number):
    ada = cast.first_administrator(f"Northgate {number}")
    return ada, cast.member("Dev Patel", ada.organisation, "administrator")


def test_two_administrators_who_end_each_others_role_leave_one(rounds):
    for number in range(rounds):
        ada, dev = two_administrators(number)
        refused = at_once(
            lambda dev=dev, ada=ada: identity.end_role(dev.membership, "administrator", by=ada),
            lambda dev=dev, ada=ada: identity.end_role(ada.membership, "administrator", by=dev),
        )
        assert refused == [NEEDED]
        assert queries.holders(ada.organisation, "administrator").count() == 1
    assert AuditEntry.objects.filter(name="role.ended").count() == rounds
    assert first_fault() is None


def test_two_administrators_who_step_down_at_once_leave_one(rounds):
    for number in range(rounds):
        both = two_administrators(number)
        refused = at_once(*(lambda one=one: identity.end_role(one.membership, "administrator", by=one) for one in both))
        assert refused == [NEEDED]
        assert queries.holders(both[0].organisation, "administrator").count() == 1


def test_the_page_says_to_the_later_of_two_administrators_why_not(rounds):
    for number in range(rounds):
        ada, dev = two_administrators(number)
        pages = {}

        def end(who, whom, pages=pages):
            url = f"/organisation/roles/administrator/{whom.membership.ref}/end/"
            pages[who.ref] = browser_of(who).post(url, follow=True)

        at_once(lambda ada=ada, dev=dev, end=end: end(ada, dev), lambda ada=ada, dev=dev, end=end: end(dev, ada))
        assert queries.holders(ada.organisation, "administrator").count() == 1
        assert {page.status_code for page in pages.values()} <= {200, 404}, "404: no administrator any more"
        assert any("no longer has the role." in words_of(page) for page in pages.values())


def test_a_role_given_many_times_at_once_is_held_once(rounds):
    ada = cast.first_administrator()
    for number in range(rounds):
        ben = cast.member(f"Ben {number}", ada.organisation)
        before = AuditEntry.objects.filter(name="role.granted").count()
        refused = at_once(
            *(lambda ben=ben: identity.grant_role(ben.membership, "supervisor", by=ada) for _ in range(6))
        )
        assert refused == []
        assert OrganisationRole.objects.filter(membership=ben.membership).count() == 1
        assert AuditEntry.objects.filter(name="role.granted").count() == before + 1


def test_a_role_ended_many_times_at_once_is_remembered_as_one_ending(rounds):
    ada = cast.first_administrator()
    for number in range(rounds):
        ben = cast.member(f"Ben {number}", ada.organisation, "supervisor")
        before = AuditEntry.objects.filter(name="role.ended").count()
        refused = at_once(*(lambda ben=ben: identity.end_role(ben.membership, "supervisor", by=ada) for _ in range(6)))
        assert refused == []
        assert AuditEntry.objects.filter(name="role.ended").count() == before + 1


@pytest.mark.parametrize("other", [FACTS, FACTS | {"organisation": "Harbour Trust", "email": "hal@harbour.example"}])
@pytest.mark.parametrize("begun", [False, True])
def test_two_who_set_up_the_first_organisation_at_once_make_one(begun, other):
    if begun:
        AuditHead.objects.create(pk=1)  # something has happened here before: a command, a withdrawn set-up
    refused = at_once(lambda: actions.set_up(FACTS), lambda: actions.set_up(other))
    assert refused == ["This copy has been set up already. Sign in instead."]
    assert (Organisation.objects.count(), Account.objects.count()) == (1, 1)
    assert AuditEntry.objects.filter(name="organisation.set_up").count() == 1
    assert first_fault() is None


def test_the_page_tells_the_later_of_two_that_this_copy_is_set_up():
    said = []
    other = FACTS | {"organisation": "Harbour Trust", "email": "hal@harbour.example"}
    at_once(*(lambda facts=facts: said.append(Client().post("/set-up/", facts)) for facts in (FACTS, other)))
    assert Organisation.objects.count() == 1
    assert sorted(page.status_code for page in said) in ([200, 302], [302, 302]), "302: home, or the sign-in"
    assert all("This copy has been set up already." in words_of(page) for page in said if page.status_code == 200)
