"""The page of the demo: only where it is harmless, loaded by a job, signed in with one click."""

import pytest
from django.test import Client
from django.urls import reverse

from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.models import Account, Organisation

ADDRESSES = ("demo:explore", "demo:sign_in", "demo:throw_away")


@pytest.fixture
def elsewhere(settings):
    """An installation that others can reach, and that is no demo."""
    settings.LOOPBACK = settings.DEMO = False


@pytest.mark.parametrize("name", ADDRESSES)
def test_where_others_can_reach_it_the_pages_do_not_exist(told, elsewhere, name):
    client = Client()
    for response in (client.get(reverse(name)), client.post(reverse(name), {"email": told.email("ben")})):
        assert response.status_code in (404, 405)
    assert "_auth_user_id" not in client.session
    assert Organisation.objects.exists()


def test_a_public_demo_says_so_itself(told, settings):
    settings.LOOPBACK, settings.DEMO = False, True
    page = Client().get(reverse("demo:explore"))
    assert page.status_code == 200
    for held in told.described["sign_ins"]:
        assert held["email"] in page.content.decode()


def test_one_click_is_enough_to_be_ben(told):
    client = Client()
    response = client.post(reverse("demo:sign_in"), {"email": told.email("ben")})
    assert (response.status_code, response.url) == (302, "/")
    assert int(client.session["_auth_user_id"]) == Account.objects.get(email=told.email("ben")).pk


def test_being_somebody_else_ends_the_session_before(told):
    client = told.client("carys")
    before = client.session.session_key
    client.post(reverse("demo:sign_in"), {"email": told.email("ben")})
    assert client.session.session_key != before
    assert "membership" not in client.session


@pytest.mark.parametrize(
    "email", ["", "nobody@northgate.example", "BEN.THOMAS@northgate.example ", "real@northgate.example"]
)
def test_nobody_but_the_invented_people_signs_in_with_a_click(told, email):
    identity.create_account(email="real@northgate.example", password=None, timezone="UTC", language="en-gb")
    client = Client()
    assert client.post(reverse("demo:sign_in"), {"email": email}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_one_click_needs_a_post(told):
    assert Client().get(reverse("demo:sign_in"), {"email": told.email("ben")}).status_code == 405
