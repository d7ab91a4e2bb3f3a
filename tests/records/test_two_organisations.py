"""One account in two organisations: an erasure in one leaves the other, and the sign-in, untouched."""

import pytest

from alongside.foundation.identity.actors import SYSTEM
from alongside.foundation.identity.models import Account, Membership
from alongside.foundation.notifications.models import Refusal
from alongside.foundation.privacy import declarations
from alongside.foundation.privacy.paths import rows_of
from alongside.records import actions
from tests.records import planting


def rows(person):
    """Everything that the declarations give of somebody, as it stands."""
    return {held.label: list(rows_of(held, person).order_by("pk").values()) for held in declarations() if held.paths}


@pytest.fixture
def harbour(told):
    """Mateo in Harbour Trust, while he is erased from Northgate."""
    person = planting.person(told, "mateo2")
    planting.plant(person)
    before = rows(person)
    actions.erase(told.membership("mateo"), by=SYSTEM)
    return person, before


def test_what_he_is_in_the_other_organisation_is_untouched(harbour):
    person, before = harbour
    person.membership.refresh_from_db()
    after = rows(planting.queries.person_of(person.membership))
    kept = {table: held for table, held in before.items() if held}
    assert {table: after[table] for table in kept} == kept


def test_he_still_signs_in_there(harbour):
    person, _before = harbour
    assert Account.objects.filter(pk=person.account.pk, email="mateo.ruiz@northgate.example").exists()
    assert [held.organisation.slug for held in Membership.objects.filter(account=person.account)] == ["harbour-trust"]


def test_his_sessions_end(told):
    client = told.client("mateo2")
    actions.erase(told.membership("mateo"), by=SYSTEM)
    assert client.get("/").status_code == 302


def test_what_mails_he_wants_stays_his_choice(told):
    account = told.membership("mateo").account
    Refusal.objects.create(account=account, kind="goals.reminder")
    actions.erase(told.membership("mateo"), by=SYSTEM)
    assert Refusal.objects.filter(account=account).exists()
