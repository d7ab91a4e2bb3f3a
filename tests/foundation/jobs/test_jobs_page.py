"""The page of a job."""

import pytest

from alongside.foundation import jobs
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actors import SYSTEM
from alongside.foundation.jobs import engine
from alongside.foundation.jobs.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(work, carys):
    work("test.read", lambda job: {"link": "/people/"})
    return jobs.enqueue("test.read", organisation=carys.organisation_ref, by=carys.ref)


@pytest.fixture
def page(client, carys, job):
    client.force_login(carys.account)
    return f"/jobs/{job.ref}/"


def test_it_shows_progress_that_refreshes_itself_with_and_without_script(client, page, job):
    engine.beat(engine.claim("w"), done=1240, total=2000, words="Reading the spring roster")
    shown = client.get(page).content.decode()
    assert "Reading the spring roster" in shown
    assert 'max="2000" value="1240"' in shown
    assert f'hx-get="{page}"' in shown
    assert 'hx-trigger="every 1s"' in shown
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in shown


def test_htmx_gets_the_part_alone_and_it_stops_asking_when_the_work_has_ended(client, page, job):
    part = client.get(page, headers={"HX-Request": "true"}).content.decode()
    assert "hx-trigger" in part
    assert "<html" not in part
    jobs.run_pending()
    part = client.get(page, headers={"HX-Request": "true"}).content.decode()
    assert "hx-trigger" not in part
    assert 'href="/people/"' in part


def test_when_the_work_has_ended_an_open_page_is_loaded_anew_so_that_its_heading_says_so(client, page, job):
    assert "HX-Refresh" not in client.get(page, headers={"HX-Request": "true"}).headers
    jobs.run_pending()
    assert client.get(page, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    assert "HX-Refresh" not in client.get(page).headers


def test_a_failure_is_said_in_words(client, page, job):
    Job.objects.filter(pk=job.pk).update(state="failed", cause="refused", error="The file has gone. Choose it again.")
    assert "The file has gone. Choose it again." in client.get(page).content.decode()


def test_nobody_else_sees_it_and_absent_looks_the_same(client, page, job, member):
    client.force_login(member("Elin Berg").account)
    strange, absent = client.get(page), client.get("/jobs/aaaaaaaaaaaa/")
    assert (strange.status_code, absent.status_code) == (404, 404)
    assert client.post(f"{page}cancel/").status_code == 404
    job.refresh_from_db()
    assert (job.state, job.cancel_requested) == ("queued", False)


def test_whoever_is_suspended_sees_it_no_more(client, page, carys):
    assert client.get(page).status_code == 200
    identity.suspend(carys.membership, by=SYSTEM)
    assert client.get(page).status_code != 200


def test_whoever_is_signed_out_is_sent_to_sign_in(client, page):
    client.logout()
    assert client.get(page).status_code == 302


def test_stopping_it_is_remembered_and_needs_a_post(client, page, job):
    assert client.get(f"{page}cancel/").status_code == 405
    assert client.post(f"{page}cancel/").status_code == 302
    job.refresh_from_db()
    assert job.state == "cancelled"
    assert "It was stopped before its end." in client.get(page).content.decode()
    [entry] = AuditEntry.objects.filter(name="job.cancelled")
    assert (entry.about_ref, entry.codes) == (job.ref, {"work": "test.read"})
    client.post(f"{page}cancel/")
    assert AuditEntry.objects.filter(name="job.cancelled").count() == 1


def test_looking_writes_nothing_and_asks_little(client, page, django_assert_max_num_queries):
    client.get(page)
    with django_assert_max_num_queries(8) as asked:
        client.get(page)
    assert [query["sql"] for query in asked.captured_queries if not query["sql"].startswith("SELECT")] == []
