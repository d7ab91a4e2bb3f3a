"""The page of the demo in an installation that is empty, or that somebody uses."""

import pytest
from django.test import Client
from django.urls import reverse

from alongside.demo import actions
from alongside.demo.models import Invented
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.models import Organisation
from alongside.foundation.jobs import worker
from alongside.foundation.jobs.models import Job
from alongside.foundation.jobs.terms import JobState
from tests import cast


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
    job = Job.objects.get(name="demo.seed")
    assert (job.state, job.done) == (JobState.DONE, job.total)
    page = client.get(reverse("demo:explore")).content.decode()
    for held in actions.described()["sign_ins"]:
        assert held["name"] in page
    response = client.post(reverse("demo:throw_away"))
    assert (response.status_code, response.url) == (302, "/")
    assert not Organisation.objects.exists()
    assert "Load the demo" in client.get(reverse("demo:explore")).content.decode()


@pytest.fixture
def begun(db):
    """The note of a demo that did not come to its end."""
    actions.note().write_text("{}")
    yield
    actions.note().unlink(missing_ok=True)


def test_an_organisation_of_ones_own_is_safe_from_the_note_of_a_demo_that_failed(begun):
    cast.organisation()
    client = Client()
    assert client.get(reverse("demo:throw_away")).status_code == 404
    assert client.post(reverse("demo:throw_away")).status_code == 404
    with pytest.raises(NotPossible, match="no demo"):
        actions.throw_away()
    assert Organisation.objects.count() == 1


def test_on_a_public_demo_nobody_throws_anything_away(begun, settings):
    settings.DEMO, settings.LOOPBACK = True, False
    assert Client().post(reverse("demo:throw_away")).status_code == 404


def test_a_demo_that_came_only_halfway_can_be_thrown_away(db, settings):
    actions.note().write_text("{}")
    try:
        Invented.objects.create(organisation=cast.organisation())
        page = Client().get(reverse("demo:explore")).content.decode()
        assert "The demo could not be loaded" in page
        assert reverse("demo:throw_away") in page
    finally:
        actions.note().unlink()
