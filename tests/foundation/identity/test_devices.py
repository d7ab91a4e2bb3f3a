"""Shared computers: a device that nobody said to be theirs is signed out after ten minutes and keeps nothing."""

from datetime import datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client

from alongside.foundation import clock
from tests import cast

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 2, 9, tzinfo=clock.UTC)


@pytest.fixture(autouse=True)
def tries_are_counted_in_memory(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()


@pytest.fixture
def ben():
    made = cast.member("Ben Thomas", cast.organisation())
    made.account.set_password(cast.PASSWORD)
    made.account.save()
    return made


def signed_in(ben, at=NOW, **more):
    browser = Client()
    with clock.set_to(at):
        browser.post("/account/login/", {"login": ben.account.email, "password": cast.PASSWORD} | more)
    return browser


def opens(browser, minutes, url="/me/"):
    with clock.set_to(NOW + timedelta(minutes=minutes)):
        return browser.get(url)


@pytest.mark.both
def test_after_ten_minutes_without_use_an_unknown_device_is_signed_out_on_the_server(ben):
    browser = signed_in(ben)
    key = browser.session.session_key
    answer = opens(browser, 11)
    assert answer["Location"] == "/account/login/?idle=1&next=%2Fme%2F"
    assert not Session.objects.filter(session_key=key).exists()
    page = opens(browser, 11, answer["Location"])
    assert "You were signed out after ten minutes without use" in page.content.decode()


def test_whoever_goes_on_using_it_stays(ben):
    browser = signed_in(ben)
    assert [opens(browser, minutes).status_code for minutes in (9, 18, 27, 36)] == [200] * 4


def test_reading_pages_writes_nothing_to_the_session(ben):
    browser = signed_in(ben)
    before = Session.objects.get(session_key=browser.session.session_key).session_data
    opens(browser, 5)
    assert Session.objects.get(session_key=browser.session.session_key).session_data == before


def test_a_device_of_ones_own_stays_signed_in(ben):
    browser = signed_in(ben, remember="on")
    assert opens(browser, 60 * 24).status_code == 200


def test_a_device_can_be_made_ones_own_later(ben):
    browser = signed_in(ben)
    with clock.set_to(NOW + timedelta(minutes=5)):
        browser.post("/me/device/")
    assert opens(browser, 60).status_code == 200


def test_throwing_the_cookie_away_wins_no_time(ben):
    browser = signed_in(ben)
    opens(browser, 9)
    del browser.cookies["seen"]
    assert opens(browser, 11).status_code == 302


@pytest.mark.parametrize("of", ["nobody", "another session"])
def test_a_cookie_that_is_not_this_sessions_wins_no_time(ben, of):
    browser, other = signed_in(ben), signed_in(ben, NOW + timedelta(minutes=10))
    browser.cookies["seen"] = "forged" if of == "nobody" else other.cookies["seen"].value
    assert opens(browser, 11).status_code == 302


def test_the_session_ends_with_the_browser(ben):
    assert signed_in(ben).cookies["session"]["expires"] == ""


def test_signing_out_leaves_nothing_in_the_browser(ben):
    browser = signed_in(ben)
    with clock.set_to(NOW):
        answer = browser.post("/account/logout/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert browser.cookies["seen"].value == ""


def test_pages_are_not_kept_by_the_browser(ben):
    page = opens(signed_in(ben), 1, "/")
    assert page.headers["Cache-Control"] == "no-store, private"
    assert '"historyCacheSize":0' in page.content.decode()


def test_under_https_the_cookie_belongs_to_this_host_alone(ben, settings):
    settings.SESSION_COOKIE_SECURE = True
    cookie = signed_in(ben).cookies["__Host-seen"]
    assert (cookie["secure"], cookie["httponly"], cookie["path"], cookie["domain"]) == (True, True, "/", "")


def test_a_part_of_a_page_leads_the_whole_page_to_the_way_in(ben):
    browser = signed_in(ben)
    with clock.set_to(NOW + timedelta(minutes=11)):
        answer = browser.get("/me/", headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"].startswith("/account/login/?idle=1")
