"""Every way in: the session's key, who stays signed in, what strangers learn, guessing, and where one is led."""

import re
from datetime import datetime, timedelta
from urllib.parse import urlencode

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.foundation import clock
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actions.without_email import make_code
from alongside.foundation.identity.models import Membership
from alongside.foundation.notifications.models import Mail
from alongside.people import actions as people
from tests import cast
from tests.organisations.test_second_step import code as code_of
from tests.visits import words_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 2, 9, tzinfo=clock.UTC)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
LOGIN, CODE, RESET = "/account/login/", "/account/login/code/", "/account/password/reset/"
CONFIRM, STEP, NUMBER = "/account/login/code/confirm/", "/account/2fa/authenticate/", "/sign-in/number/"
NOBODY = "nobody@northgate.example"


@pytest.fixture(autouse=True)
def tries_are_counted_in_memory(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.SHOW_MAIL = True
    cache.clear()


@pytest.fixture
def carys():
    return cast.member("Carys Llewellyn", cast.organisation(), "coordinator")


@pytest.fixture
def ben(carys):
    made = cast.member("Ben Thomas", carys.organisation)
    made.account.set_password(cast.PASSWORD)
    made.account.save()
    return made


@pytest.fixture
def wil(carys):
    """Somebody without e-mail who has joined, with a password."""
    made = identity.add_membership(
        organisation=carys.organisation, name="Wil Price", employee_number="N90417", by=carys
    )
    made.account = identity.create_account(email=None, password=cast.PASSWORD, timezone="UTC", language="en-gb")
    made.state = "active"
    made.save()
    return made


def newest_code():
    return re.search(r"^\s*([A-Z0-9-]{6,12})\s*$", Mail.objects.latest("pk").body, re.MULTILINE)[1]


def by_password(browser, ben, **more):
    return browser.post(LOGIN, {"login": ben.account.email, "password": cast.PASSWORD} | more)


def by_mailed_code(browser, ben, asking="", **more):
    browser.post(CODE + asking, {"email": ben.account.email})
    return browser.post(CONFIRM + asking, {"code": newest_code()} | more)


def by_number(browser, secret=cast.PASSWORD, **more):
    return browser.post(NUMBER, {"organisation": "northgate-health", "number": "N90417", "secret": secret} | more)


def has_app(actor):
    TOTP.activate(actor.account, SECRET)


def with_app(browser, **more):
    cache.clear()  # a code counts once
    return browser.post(STEP, {"code": code_of(SECRET)} | more)


def by_letter(browser, wil, carys, **more):
    return by_number(browser, make_code(wil, by=carys), **more)


def joins_by_letter(browser, carys, **more):
    """Somebody who has not joined yet, in two pages."""
    nia = identity.add_membership(organisation=carys.organisation, name="Nia Rees", employee_number="N90418", by=carys)
    given = {"organisation": "northgate-health", "number": "N90418", "secret": make_code(nia, by=carys)}
    browser.post(NUMBER, given | more)
    page = browser.get("/join/by-letter/")
    given = {"name": "Nia Rees", "known_as": "", "how": "code", "password": "", "notice": page.context["held"].ref}
    return browser.post("/join/by-letter/", given)


def joins_by_mail(browser, carys):
    """Somebody who was invited, by the link in the mail."""
    nia = identity.add_membership(
        organisation=carys.organisation, name="Nia Rees", work_address="nia@northgate.example", by=carys
    )
    people.invite([nia], by=carys)
    link = re.search(r"/join/[\w-]+/", Mail.objects.latest("pk").body)[0]
    held = browser.get(link).context["held"].ref
    given = {"name": "Nia Rees", "known_as": "", "how": "password", "password": cast.PASSWORD, "notice": held}
    return browser.post(link, given)


def is_in(browser):
    return "_auth_user_id" in browser.session


# --- the session's key


@pytest.mark.both
@pytest.mark.parametrize(
    "way", ["password", "code", "number", "letter", "joining by letter", "joining by mail", "password and app"]
)
def test_the_session_key_changes_at_sign_in_and_the_one_of_before_opens_nothing(ben, wil, carys, way):
    browser, planted = Client(), Client()
    before = planted.cookies["session"] = browser.session.session_key  # begun before anybody is signed in
    if way == "password and app":
        has_app(ben)
        by_password(browser, ben)
    goes = {
        "password": lambda: by_password(browser, ben),
        "code": lambda: by_mailed_code(browser, ben),
        "number": lambda: by_number(browser),
        "letter": lambda: by_letter(browser, wil, carys),
        "joining by letter": lambda: joins_by_letter(browser, carys),
        "joining by mail": lambda: joins_by_mail(browser, carys),
        "password and app": lambda: with_app(browser),
    }
    assert goes[way]().status_code == 302
    assert is_in(browser)
    assert browser.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()
    assert planted.get("/me/")["Location"] == "/account/login/?next=/me/"


def test_signing_the_others_out_ends_them_on_the_server(ben):
    here, there = Client(), Client()
    by_password(here, ben)
    by_password(there, ben)
    key = there.session.session_key
    here.post("/account/sessions/")
    assert not Session.objects.filter(session_key=key).exists()
    assert there.get("/me/")["Location"] == "/account/login/?next=/me/"
    assert here.get("/me/").status_code == 200


@pytest.mark.parametrize("way", ["changed", "chosen by a link in a mail"])
def test_a_new_password_ends_every_other_session(ben, way):
    here, there, new = Client(), Client(), "harbour master 43 tide"
    by_password(here, ben)
    by_password(there, ben)
    given = {"oldpassword": cast.PASSWORD, "password": new, "password1": new, "password2": new}
    if way == "changed":
        answer = here.post("/account/password/change/", given)
    else:
        stranger = Client()
        stranger.post(RESET, {"email": ben.account.email})
        link = re.search(r"/account/password/reset/key/\S+", Mail.objects.latest("pk").body)[0]
        answer = stranger.post(stranger.get(link)["Location"], given)
        assert stranger.get(link).status_code == 200, "a link works once"
        assert not is_in(stranger)
    assert answer.status_code == 302, words_of(answer)
    assert there.get("/me/")["Location"] == "/account/login/?next=/me/"
    assert (here.get("/me/").status_code == 200) is (way == "changed")
    assert by_password(Client(), ben).status_code == 200, "the old one opens nothing"


def test_a_link_signs_nobody_out(ben):
    browser = Client()
    by_password(browser, ben)
    assert browser.get("/account/logout/").status_code == 200
    assert browser.get("/me/").status_code == 200


# --- a device of one's own


def stays(browser):
    with clock.set_to(NOW + timedelta(days=1)):
        return browser.get("/me/").status_code == 200


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("way", ["password", "code", "number", "letter", "joining by letter", "password and app"])
def test_whoever_says_that_a_device_is_theirs_stays_signed_in_whichever_way_they_came(ben, wil, carys, way, own):
    said, browser = {"remember": "on"} if own else {}, Client()
    with clock.set_to(NOW):
        if way == "password and app":
            has_app(ben)
            by_password(browser, ben, **said)
        goes = {
            "password": lambda: by_password(browser, ben, **said),
            "code": lambda: by_mailed_code(browser, ben, **said),
            "number": lambda: by_number(browser, **said),
            "letter": lambda: by_letter(browser, wil, carys, **said),
            "joining by letter": lambda: joins_by_letter(browser, carys, **said),
            "password and app": lambda: with_app(browser),
        }
        goes[way]()
        assert is_in(browser)
    assert stays(browser) is own


@pytest.mark.both
@pytest.mark.parametrize("way", ["password", "code", "number"])
def test_nobody_stays_signed_in_because_whoever_sat_here_before_said_so(ben, wil, carys, way):
    has_app(carys)
    carys.account.set_password(cast.PASSWORD)
    carys.account.save()
    browser = Client()
    with clock.set_to(NOW):
        by_password(browser, carys, remember="on")  # and goes away when asked for the code of the app
        if way != "number":  # the other two pages lead to the one for the code until it is left
            browser.post("/account/logout/")
        goes = {
            "password": lambda: by_password(browser, ben),
            "code": lambda: by_mailed_code(browser, ben),
            "number": lambda: by_number(browser),
        }
        goes[way]()
        assert is_in(browser)
    assert not stays(browser)


def test_a_new_password_leaves_a_device_ones_own(ben):
    browser = Client()
    with clock.set_to(NOW):
        by_password(browser, ben, remember="on")
        new = "harbour master 43 tide"
        given = {"oldpassword": cast.PASSWORD, "password": new, "password1": new, "password2": new}
        answer = browser.post("/account/password/change/", given)
        assert answer.status_code == 302, words_of(answer)
    assert stays(browser)


@pytest.mark.parametrize("page", [LOGIN, CONFIRM, NUMBER])
def test_the_box_says_the_same_on_every_page_and_is_not_ticked(ben, page):
    browser = Client()
    if page == CONFIRM:
        browser.post(CODE, {"email": ben.account.email})
    words = words_of(browser.get(page))
    box = re.search(r'<input[^>]*name="remember"[^>]*>', words)[0]
    assert "checked" not in box
    assert "Keep me signed in: nobody else uses this device" in words


# --- what strangers learn


class Counted(MD5PasswordHasher):
    """A hasher that counts its work: what of signing in takes its time."""

    algorithm, done = "counted", 0

    def encode(self, password, salt):
        Counted.done += 1
        return super().encode(password, salt)


def asked_and_said(url, given):
    """What a page costs (hashes, and questions to the database but those about tries) and what it says."""
    Counted.done, browser = 0, Client()
    with CaptureQueriesContext(connection) as asked:
        answer = browser.post(url, given)
    cost = Counted.done, len(asked)
    said = words_of(browser.get(answer["Location"])) if answer.status_code == 302 else words_of(answer)
    said = re.sub(r'value="[^"]*"|"X-CSRFToken": "\w+"|\S+@\S+', "", said)
    return cost, (answer.status_code, answer.get("Location"), said)


@pytest.mark.parametrize("whose", ["with a password", "with codes only", "suspended"])
@pytest.mark.parametrize("url", [LOGIN, CODE, RESET])
def test_the_same_is_said_and_taken_whether_an_address_has_an_account_or_not(settings, carys, ben, url, whose):
    settings.PASSWORD_HASHERS = ["tests.config.test_ways_in.Counted"]
    ben.account.set_password(None if whose == "with codes only" else cast.PASSWORD)
    ben.account.save()
    if whose == "suspended":
        identity.suspend(ben.membership, by=carys)
    given = "login" if url == LOGIN else "email"
    guess = {"password": "wrong horse battery"} if url == LOGIN else {}
    asked_and_said(url, {given: "warm@northgate.example"} | guess)
    known = asked_and_said(url, {given: ben.account.email} | guess)
    unknown = asked_and_said(url, {given: NOBODY} | guess)
    assert known[1] == unknown[1]
    assert known[0] == unknown[0]


@pytest.mark.parametrize("whose", ["with a password", "with letters only", "not joined yet"])
@pytest.mark.parametrize("secret", ["wrong horse battery", "K7QF-22MB-XHTR"])
def test_the_same_is_said_and_taken_whether_a_number_is_somebodys_or_not(settings, wil, secret, whose):
    settings.PASSWORD_HASHERS = ["tests.config.test_ways_in.Counted"]
    wil.account.set_password(None if whose == "with letters only" else cast.PASSWORD)
    wil.account.save()
    if whose == "not joined yet":
        Membership.objects.filter(pk=wil.pk).update(account=None, state="invited")
    given = {"organisation": "northgate-health", "secret": secret}
    known = asked_and_said(NUMBER, given | {"number": "N90417"})
    unknown = asked_and_said(NUMBER, given | {"number": "N00000"})
    assert known[1] == unknown[1]
    assert known[0] == unknown[0]


def test_a_code_typed_for_an_address_without_an_account_is_refused_like_a_wrong_one(ben):
    def types(address):
        browser = Client()
        browser.post(CODE, {"email": address})
        tried = [browser.post(CONFIRM, {"code": "WRONG1"}) for _time in range(3)]
        return [(answer.status_code, answer.get("Location")) for answer in tried]

    assert types(ben.account.email) == types(NOBODY) == [(200, None)] * 2 + [(302, CODE)]


# --- guessing


def guesses(ben, times=6, browser=None):
    browser = browser or Client()
    return [
        "Too many" in words_of(browser.post(LOGIN, {"login": ben.account.email, "password": f"wrong {number}"}))
        for number in range(times)
    ]


def test_guessing_a_password_is_slowed_from_wherever_and_its_owner_comes_in_by_mail_meanwhile(ben):
    assert guesses(ben) == [False] * 5 + [True]
    assert by_password(Client(), ben).status_code == 200, "slowed for everybody, or the owner's machine would tell"
    assert by_mailed_code(Client(), ben).status_code == 302


def test_after_five_minutes_the_password_works_again(ben, time_machine):
    time_machine.move_to(NOW)
    guesses(ben)
    time_machine.move_to(NOW + timedelta(minutes=5, seconds=1))
    assert by_password(Client(), ben).status_code == 302


def test_guessing_at_one_account_slows_no_other(ben, carys):
    carys.account.set_password(cast.PASSWORD)
    carys.account.save()
    guesses(ben)
    assert by_password(Client(), carys).status_code == 302


def test_a_mailed_code_is_guessed_three_times_and_then_is_over(ben):
    browser = Client()
    browser.post(CODE, {"email": ben.account.email})
    right = newest_code()
    for _time in range(3):
        browser.post(CONFIRM, {"code": "WRONG1"})
    assert browser.post(CONFIRM, {"code": right})["Location"] == CODE
    assert not is_in(browser)


def test_no_mailbox_is_flooded_with_codes(ben):
    for _time in range(5):
        Client().post(CODE, {"email": ben.account.email})
    assert Mail.objects.filter(to_address=ben.account.email).count() == 3


def test_no_mailbox_is_flooded_with_links_for_a_new_password(ben):
    for _time in range(7):
        Client().post(RESET, {"email": ben.account.email})
    assert Mail.objects.filter(to_address=ben.account.email).count() == 5


def test_the_code_of_an_app_is_guessed_five_times_in_five_minutes(ben, time_machine):
    time_machine.move_to(NOW)
    has_app(ben)
    browser = Client()
    by_password(browser, ben)
    tried = [words_of(browser.post(STEP, {"code": "000000"})) for _time in range(6)]
    assert ["Too many" in words for words in tried] == [False] * 5 + [True]
    other = Client()
    by_password(other, ben)
    assert "Too many" in words_of(other.post(STEP, {"code": code_of(SECRET)})), "and from wherever"
    time_machine.move_to(NOW + timedelta(minutes=5, seconds=1))
    assert other.post(STEP, {"code": code_of(SECRET)}).status_code == 302
    assert is_in(other)


def test_a_code_of_an_app_works_once(ben):
    has_app(ben)
    used = code_of(SECRET)
    for expected in (True, False):
        browser = Client()
        by_password(browser, ben)
        browser.post(STEP, {"code": used})
        assert is_in(browser) is expected


@pytest.mark.parametrize("sent", [{}, {"credential": "{}"}, {"credential": '{"response": {"userHandle": "MQ"}}'}])
def test_a_security_key_is_no_second_step(ben, sent):
    has_app(ben)
    browser = Client()
    by_password(browser, ben)
    assert browser.post(STEP, sent).status_code == 404
    assert not is_in(browser)


def test_an_open_session_is_no_place_to_guess_the_password(ben, time_machine):
    time_machine.move_to(NOW)
    browser = Client()
    by_password(browser, ben)
    page = "/account/reauthenticate/"
    tried = [words_of(browser.post(page, {"password": f"wrong {number}"})) for number in range(6)]
    assert "Too many" in tried[-1]
    assert "Too many" in words_of(browser.post(page, {"password": cast.PASSWORD}))
    time_machine.move_to(NOW + timedelta(minutes=5, seconds=1))
    assert browser.post(page, {"password": cast.PASSWORD}).status_code == 302


# --- where one is led

AWAY = [
    "https://evil.example/", "//evil.example/", "/\\evil.example", "\\\\evil.example", "https:evil.example",
    "javascript:alert(1)", "/\t/evil.example", " https://evil.example/", "https://northgate.example@evil.example/",
]  # fmt: skip


def leads(answer):
    where = answer.headers.get("Location", "/")
    path = where.partition("?")[0]
    return path if re.match(r"/(?![/\\\s])", path) and "evil" not in path else f"away to {where}"


def test_next_leads_to_no_other_host(ben):
    own = {"login": ben.account.email, "password": cast.PASSWORD}
    for then in AWAY:
        cache.clear()
        Authenticator.objects.all().delete()
        browser, coded, stepped, asking = Client(), Client(), Client(), {"next": then}
        assert leads(browser.post(f"{LOGIN}?{urlencode(asking)}", own | asking)) == "/", then
        assert leads(browser.post("/account/reauthenticate/", own | asking)) == "/", then
        assert leads(browser.get(LOGIN, asking)) == "/", then
        assert leads(browser.post("/account/logout/", asking)) == "/", then
        coded.post(CODE, {"email": ben.account.email} | asking)
        assert leads(coded.post(CONFIRM, {"code": newest_code()} | asking)) == "/", then
        assert leads(Client().post(RESET, {"email": NOBODY} | asking)) == f"{RESET}done/", then
        has_app(ben)
        by_password(stepped, ben, **asking)
        assert leads(with_app(stepped, **asking)) == "/", then


def test_next_leads_on_within(ben):
    assert by_password(Client(), ben, next="/me/profile/")["Location"] == "/me/profile/"


def test_a_host_that_is_not_ours_is_refused_and_repeated_nowhere(ben):
    for url in (LOGIN, CODE, "/me/"):
        answer = Client().get(url, headers={"host": "evil.example"})
        assert answer.status_code == 400
        assert "evil.example" not in words_of(answer)
    told = Client().get("/me/", headers={"X-Forwarded-Host": "evil.example"})
    assert told["Location"] == "/account/login/?next=/me/"
