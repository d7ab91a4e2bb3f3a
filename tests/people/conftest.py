"""A coordinator, and small rosters."""

import pytest

from alongside.foundation.identity.models import Account
from tests import cast

ROSTER = (
    "Employee No.;Forename;Surname;Work e-mail;Job title;Manager e-mail;Programme role;Can mentor (max);"
    "Skills to offer;Wants to develop;Disability;Start date\r\n"
    "N1;Amara;Okafor;amara@northgate.example;Ward lead;;Mentor;2;Budgeting; ;none;01/09/2020\r\n"
    "N2;Ben;Thomas;ben@northgate.example;Nurse;amara@northgate.example;Mentee;;;Budgeting;a secret need;15/03/2024\r\n"
    "N3;Elin;Berg;elin@northgate.example;Nurse;;Boss;;;;;\r\n"
    "N1;Amara;Okafor;a.okafor@northgate.example;Ward lead;;Mentor;2;Budgeting;;;\r\n"
)


@pytest.fixture
def northgate(db):
    return cast.organisation("Northgate Health")


@pytest.fixture
def carys(northgate):
    return cast.member("Carys Llewellyn", northgate, "coordinator")


@pytest.fixture
def elin(northgate):
    """Somebody without any role."""
    return cast.member("Elin Outside", northgate)


@pytest.fixture
def as_(client):
    """The test client, signed in as somebody."""

    def signed_in(actor):
        client.force_login(
            Account.objects.get(pk=actor.account.pk), backend="alongside.foundation.identity.backend.Backend"
        )
        return client

    return signed_in
