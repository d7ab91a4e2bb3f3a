"""The machine's clock is set back an hour: nothing that is open breaks, nothing is lost or doubled."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from alongside.foundation import jobs
from alongside.foundation.jobs import worker
from alongside.foundation.jobs.models import Job
from alongside.foundation.notifications.models import Mail
from alongside.goals.models import Goal
from tests import cast
from tests.visits import browser_of

pytestmark = pytest.mark.django_db
AN_HOUR = timedelta(hours=1)


@pytest.fixture
def c(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.SHOW_MAIL = True
    return cast.pair()


@pytest.fixture
def an_hour_earlier():
    """The machine's own clock, an hour back and going on from there; ours follows it."""
    return lambda: time_machine.travel(timezone.now() - AN_HOUR)


def test_whoever_is_signed_in_reads_and_writes_on(c, an_hour_earlier):
    ben, pair = browser_of(c.ben), f"/pairs/{c.relationship.ref}/"
    form = {"words": "Run a shift handover", "start": "3", "hope": "8", "ref": "abcdefghijkl"}
    assert ben.get(pair).status_code == 200
    with an_hour_earlier():
        assert ben.get(pair).status_code == 200
        assert ben.post(f"{pair}goals/new/", form).status_code == 302
        assert ben.post(f"{pair}goals/new/", form).status_code < 400
    assert ben.get(pair).status_code == 200
    assert Goal.objects.count() == 1


def test_a_mailed_code_to_sign_in_works(c, an_hour_earlier):
    browser = Client()
    browser.post("/account/login/code/", {"email": c.amara.account.email})
    code = re.search(r"^\s*([A-Z0-9-]{6,12})\s*$", Mail.objects.latest("pk").body, re.MULTILINE)[1]
    with an_hour_earlier():
        browser.post("/account/login/code/confirm/", {"code": code})
        assert browser.session.get("_auth_user_id") == str(c.amara.account.pk)


def test_work_that_was_queued_is_done_once_at_the_latest_when_the_clock_is_there_again(c, an_hour_earlier):
    jobs.enqueue("people.delete_old_rows", organisation=c.carys.organisation_ref, by=c.carys.ref)
    with an_hour_earlier():
        worker.run_pending()
    worker.run_pending()
    done = Job.objects.get(name="people.delete_old_rows")
    assert (done.state, done.losses, done.error) == ("done", 0, "")
