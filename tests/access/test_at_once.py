"""Access ends at the next request: with open sessions, files and mailed links, whatever it is that ended."""

import re

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from alongside.foundation import files
from alongside.foundation.identity import actions as identity
from alongside.foundation.notifications.models import Mail
from alongside.foundation.notifications.terms import MailState
from alongside.goals.models import Goal
from alongside.meetings.models import Session
from alongside.people import actions as people
from alongside.programmes import actions as programmes
from alongside.programmes.models import Participation
from alongside.relationships import actions as relationships
from tests import cast
from tests.visits import browser_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.SHOW_MAIL = True
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()


@pytest.fixture
def c():
    return cast.pair()


@pytest.fixture
def amara_here(c):
    """Amara at her open browser: she is reading the page of her pair."""
    browser = browser_of(c.amara)
    assert browser.get(f"/pairs/{c.relationship.ref}/").status_code == 200
    return browser


def pages(c) -> list[str]:
    pair = f"/pairs/{c.relationship.ref}/"
    own = ["/me/profile/", "/directory/", "/me/kept/", "/me/mail/", f"/people/{c.ben.ref}/"]
    programme = f"/programmes/{c.programme.slug}/"
    handbook = [f"{programme}handbook/", f"{programme}handbook.pdf"]
    return [
        "/pairs/",
        pair,
        *(f"{pair}{name}/" for name in ("goals", "sessions", "agreement")),
        programme,
        *handbook,
        *own,
    ]


def suspended(c):
    identity.suspend(c.amara.membership, by=c.carys)


def left(c):
    identity.leave(c.amara.membership, by=c.carys)


# --- whoever may not act any more


@pytest.mark.parametrize("end", [suspended, left])
def test_in_an_open_session_no_page_shows_anything_more(c, amara_here, end):
    end(c)
    for url in pages(c):
        answer = amara_here.get(url)
        assert (answer.status_code, answer.get("Location")) in ((302, "/"), (404, None)), url
    page = words_of(amara_here.get("/"))
    assert "Ben" not in page
    assert "Northgate Health" not in page


@pytest.mark.parametrize("end", [suspended, left])
def test_what_is_sent_from_an_open_page_is_refused(c, amara_here, end):
    end(c)
    c.relationship.refresh_from_db()
    before = c.relationship.state
    pair = f"/pairs/{c.relationship.ref}/"
    for url in (f"{pair}sessions/plan/", f"{pair}goals/new/", f"{pair}end/", "/me/profile/who/"):
        assert amara_here.post(url, {"title": "Words", "words": "Words"}).status_code in (302, 404), url
    assert not Session.objects.exists()
    assert not Goal.objects.exists()
    c.relationship.refresh_from_db()
    assert c.relationship.state == before


def test_a_file_is_handed_out_no_more(c):
    upload = files.accept(SimpleUploadedFile("roster.csv", b"name\nBen\n"), by=c.carys)
    browser = browser_of(c.carys)
    handed_out = browser.get(f"/files/{upload.ref}/")
    assert b"".join(handed_out.streaming_content) == b"name\nBen\n"
    identity.suspend(c.carys.membership, by=cast.first_administrator("Harbour Trust", "Hugo Marsh"))
    assert browser.get(f"/files/{upload.ref}/")["Location"] == "/"


def test_whoever_is_let_back_in_goes_on_in_the_same_session(c, amara_here):
    suspended(c)
    identity.restore(c.amara.membership, by=c.carys)
    assert amara_here.get(f"/pairs/{c.relationship.ref}/").status_code == 200


# --- a role that is lost


def test_a_coordinator_whose_part_ended_reads_no_pair_in_an_open_session(c):
    browser = browser_of(c.carys)
    assert browser.get(f"/pairs/{c.relationship.ref}/").status_code == 200
    iris = cast.member("Iris Holm", c.carys.organisation)
    cast.takes_part(c.programme, iris, "coordinator", c.carys)
    held = Participation.objects.get(membership=c.carys.membership, part="coordinator")
    programmes.end_participation(held, by=iris)
    for url in (f"/pairs/{c.relationship.ref}/", f"/programmes/{c.programme.slug}/pairs/"):
        assert browser.get(url).status_code == 404, url


@pytest.mark.parametrize("url", ["/organisation/", "/organisation/roles/", "/organisation/mail/", "/people/"])
def test_an_administrator_whose_role_ended_finds_nothing_at_the_next_request(url):
    ada = cast.first_administrator()
    second = cast.member("Bo Lind", ada.organisation, "administrator")
    browser = browser_of(second)
    assert browser.get(url).status_code == 200
    identity.end_role(second.membership, "administrator", by=ada)
    assert browser.get(url).status_code == 404


# --- a pair that ended


def test_after_the_end_the_two_read_on_and_write_nothing(c, amara_here):
    relationships.end(c.pair(c.ben), by=c.ben)
    pair = f"/pairs/{c.relationship.ref}/"
    assert amara_here.get(pair).status_code == 200
    for url in (f"{pair}sessions/plan/", f"{pair}goals/new/"):
        amara_here.post(url, {"title": "Words", "words": "Words"})
    assert not Session.objects.exists()
    assert not Goal.objects.exists()


# --- mailed links


def links(address: str) -> list[str]:
    text = " ".join(Mail.objects.filter(to_address=address).values_list("body", flat=True))
    return re.findall(r"http://[^/\s]+(/[\w/-]+/)", text)


def invited(c):
    nia = identity.add_membership(
        organisation=c.carys.organisation, name="Nia Rees", work_address="nia@northgate.example", by=c.carys
    )
    people.invite([nia], by=c.carys)
    return nia, next(link for link in links("nia@northgate.example") if link.startswith("/join/"))


@pytest.mark.parametrize("end", [identity.suspend, identity.leave])
def test_an_invitation_opens_nothing_more_and_its_mail_is_not_sent(c, end):
    nia, link = invited(c)
    assert Client().get(link).status_code == 200
    end(nia, by=c.carys)
    assert Client().get(link).status_code == 404
    assert Mail.objects.get(to_address="nia@northgate.example").state == MailState.FAILED


@pytest.mark.parametrize("end", [suspended, left])
def test_a_mailed_code_to_sign_in_shows_nothing_of_the_organisation(c, end):
    browser = Client()
    browser.post("/account/login/code/", {"email": c.amara.account.email})
    code = re.search(r"^\s*([A-Z0-9-]{6,12})\s*$", Mail.objects.latest("pk").body, re.MULTILINE)[1]
    end(c)
    browser.post("/account/login/code/confirm/", {"code": code})
    assert browser.session.get("_auth_user_id") == str(c.amara.account.pk)
    assert "Northgate Health" not in words_of(browser.get("/"))
    assert browser.get(f"/pairs/{c.relationship.ref}/")["Location"] == "/"


@pytest.mark.parametrize("end", [suspended, left])
def test_a_link_for_a_new_password_shows_nothing_of_the_organisation(c, end):
    browser = Client()
    browser.post("/account/password/reset/", {"email": c.amara.account.email})
    link = next(link for link in links(c.amara.account.email) if "/reset/key/" in link)
    end(c)
    page = browser.get(link, follow=True)
    assert "Northgate Health" not in words_of(page)
    assert "Ben" not in words_of(page)


def test_signing_out_ends_the_session_on_the_server(c):
    c.amara.account.set_password(cast.PASSWORD)
    c.amara.account.save()
    browser, copied = Client(), Client()
    browser.post("/account/login/", {"login": c.amara.account.email, "password": cast.PASSWORD})
    copied.cookies["session"] = browser.cookies["session"].value
    browser.post("/account/logout/")
    assert copied.get("/")["Location"] == "/account/login/"
