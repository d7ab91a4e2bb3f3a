"""The page of the demo: only where it is harmless, loaded by a job that shows how far it is, signed in with one click."""

import pytest
from django.test import Client
from django.urls import reverse

from alongside.demo import actions
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.models import Account, Organisation
from alongside.foundation.jobs import worker
from alongside.foundation.jobs.models import Job
from alongside.foundation.jobs.terms import JobState
from tests import cast

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


def test_an_organisation_of_ones_own_hides_the_page(db):
    cast.organisation()
    client = Client()
    assert client.get(reverse("demo:explore")).status_code == 404
    assert client.post(reverse("demo:explore")).status_code == 404
    assert client.get(reverse("demo:throw_away")).status_code == 404
    assert client.post(reverse("demo:throw_away")).status_code == 404
    assert not Job.objects.exists()
    assert Organisation.objects.count() == 1


def test_it_is_loaded_once_by_a_job_that_shows_how_far_it_is(db):
    client = Client()
    assert "Load the demo" in client.get(reverse("demo:explore")).content.decode()
    for _twice in range(2):
        assert client.post(reverse("demo:explore")).status_code == 302
    job = Job.objects.get()
    assert (job.name, job.state) == ("demo.seed", JobState.QUEUED)
    assert "The demo is being loaded" in client.get(reverse("demo:explore")).content.decode()
    assert client.get(reverse("demo:throw_away")).status_code == 404
    Job.objects.filter(pk=job.pk).update(total=80, done=20, words="Telling the story of two organisations")
    page = client.get(reverse("demo:explore")).content.decode()
    assert "Telling the story of two organisations" in page
    assert 'http-equiv="refresh"' in page


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_the_job_tells_the_story_and_the_page_then_lists_everybody():
    client = Client()
    client.post(reverse("demo:explore"))
    worker.run_pending()
    job = Job.objects.get()
    assert (job.state, job.done) == (JobState.DONE, job.total)
    page = client.get(reverse("demo:explore")).content.decode()
    for held in actions.described()["sign_ins"]:
        assert held["name"] in page
    response = client.post(reverse("demo:throw_away"))
    assert (response.status_code, response.url) == (302, "/")
    assert not Organisation.objects.exists()
    assert "Load the demo" in client.get(reverse("demo:explore")).content.decode()


def test_a_demo_that_came_only_halfway_can_be_thrown_away(db, settings):
    actions.note().write_text("{}")
    try:
        cast.organisation()
        page = Client().get(reverse("demo:explore")).content.decode()
        assert "The demo could not be loaded" in page
        assert reverse("demo:throw_away") in page
    finally:
        actions.note().unlink()
