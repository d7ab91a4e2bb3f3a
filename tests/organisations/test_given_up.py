"""The administrators' page of work that was given up."""

import pytest

from alongside.foundation import hooks, jobs
from alongside.foundation.jobs import registry
from alongside.foundation.jobs.models import Job
from tests import cast
from tests.visits import browser_of, queries_of, words_of

pytestmark = pytest.mark.django_db
PAGE = "/organisation/work/"


@pytest.fixture(autouse=True)
def work():
    """Work that fails until it is told otherwise."""
    broken = [True]

    def body(job):
        if broken[0]:
            raise ZeroDivisionError("Ben wrote this")

    registry.task("test.count", words="Counting sheep", tries=1)(body)
    yield broken
    registry._tasks.pop("test.count")


@pytest.fixture
def ada():
    return cast.first_administrator()


def given_up(by):
    job = jobs.enqueue("test.count", organisation=by.organisation_ref, by=by.ref)
    jobs.run_pending()
    return job


def test_administrators_alone_read_it_and_try_again(ada):
    carys = cast.member("Carys Llewellyn", ada.organisation, "coordinator")
    petra = cast.member("Petra Novak", ada.organisation, "privacy_officer", "safeguarding_lead", "supervisor")
    job = given_up(carys)
    assert [browser_of(actor).get(PAGE).status_code for actor in (ada, carys, petra)] == [200, 404, 404]
    for what in ("again", "aside", "back"):
        assert browser_of(carys).post(f"{PAGE}{job.ref}/{what}/").status_code == 404
        assert browser_of(ada).get(f"{PAGE}{job.ref}/{what}/").status_code == 405
    assert Job.objects.get(pk=job.pk).state == "failed"


def test_another_organisation_reads_and_starts_nothing_of_it(ada):
    job, hal = given_up(ada), cast.first_administrator("Harbour Trust", "Hal Moor")
    browser = browser_of(hal)
    assert "Everything was finished" in words_of(browser.get(PAGE))
    assert browser.post(f"{PAGE}{job.ref}/again/").status_code == 404
    assert Job.objects.get(pk=job.pk).state == "failed"


def test_it_says_what_who_and_why_and_never_what_the_fault_said(ada):
    carys = cast.member("Carys Llewellyn", ada.organisation, "coordinator")
    given_up(carys)
    page = words_of(browser_of(ada).get(PAGE))
    for words in ("Counting sheep", "Carys Llewellyn", "Something went wrong on our side each time it was tried"):
        assert words in page
    assert "Ben wrote" not in page
    assert "Counting sheep" in words_of(browser_of(ada).get(f"{PAGE}?q=llewellyn&name=test.count"))
    assert "Nothing fits" in words_of(browser_of(ada).get(f"{PAGE}?q=ben"))
    assert "Nothing fits" in words_of(browser_of(ada).get(f"{PAGE}?name=mail.send"))


def test_tried_again_it_is_done_and_off_the_list(ada, work):
    job, browser = given_up(ada), browser_of(ada)
    work[0] = False
    assert "It is tried again now" in words_of(browser.post(f"{PAGE}{job.ref}/again/", follow=True))
    jobs.run_pending()
    assert Job.objects.get(pk=job.pk).state == "done"
    assert "Everything was finished" in words_of(browser.get(PAGE))
    assert browser.post(f"{PAGE}{job.ref}/again/").status_code == 404


def test_put_aside_it_is_off_the_list_and_can_be_put_back(ada):
    job, browser = given_up(ada), browser_of(ada)
    assert "It is put aside" in words_of(browser.post(f"{PAGE}{job.ref}/aside/", follow=True))
    assert "Everything was finished" in words_of(browser.get(PAGE))
    assert "put aside already" in words_of(browser.post(f"{PAGE}{job.ref}/aside/", follow=True))
    aside = words_of(browser.get(f"{PAGE}?shown=aside"))
    assert "Counting sheep" in aside
    assert "Put back on the list" in aside
    browser.post(f"{PAGE}{job.ref}/back/")
    assert "Counting sheep" in words_of(browser.get(PAGE))


def test_home_leads_administrators_to_it_as_long_as_something_is_to_see_to(ada):
    def steps(actor):
        return [str(step.words) for step in hooks.next_steps.of(actor)]

    carys = cast.member("Carys Llewellyn", ada.organisation, "coordinator")
    job = given_up(carys)
    given_up(carys)
    assert "See to 2 pieces of work that were given up" in steps(ada)
    assert not [words for words in steps(carys) if "given up" in words]
    browser_of(ada).post(f"{PAGE}{job.ref}/aside/")
    assert "See to 1 piece of work that was given up" in steps(ada)


def test_it_asks_no_more_for_much_work(ada):
    given_up(ada)
    few = len(queries_of(browser_of(ada), PAGE))
    for _ in range(20):
        given_up(ada)
    assert len(queries_of(browser_of(ada), PAGE)) == few
