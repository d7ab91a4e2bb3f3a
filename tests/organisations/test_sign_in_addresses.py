"""What allauth offers and we do not: sign-up, and changing the sign-in address without asking both mailboxes."""

import pytest
from django.urls import reverse

from alongside.foundation.identity.models import Account
from tests import cast

pytestmark = pytest.mark.django_db

CLOSED = [
    "/account/signup/",
    "/account/email/",
    "/account/confirm-email/",
    "/account/confirm-email/somekey/",
]


@pytest.mark.parametrize("address", CLOSED)
@pytest.mark.parametrize("data", [None, {"email": "thief@evil.example", "action_add": ""}])
def test_closed_addresses_answer_nothing(client, address, data):
    ada = cast.first_administrator()
    client.force_login(ada.account)
    answer = client.get(address) if data is None else client.post(address, data)
    assert answer.status_code == 404
    assert list(Account.objects.values_list("email", flat=True)) == [ada.account.email]


def test_the_closed_names_still_lead_somewhere():
    assert reverse("account_signup") == "/account/signup/"
