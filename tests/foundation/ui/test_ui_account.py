"""The pages around signing in, in a browser."""

import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

from alongside.foundation.identity.actions import create_account
from tests.browser import PHONE, axe_violations, scrolls_sideways

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PASSWORD = "lighthouse keeper 42"


@pytest.fixture
def ben(db):
    return create_account(email="ben@northgate.example", password=PASSWORD, timezone="Europe/London", language="en-gb")


@pytest.fixture
def desk(page_for, live_server):
    """A page that looks at each address for what axe and a phone find wrong, and takes no bad word."""
    page = page_for()

    def look(address=None):
        if address:
            page.goto(live_server.url + address)
        assert axe_violations(page) == []
        assert page.locator("h1").count() == 1
        assert not re.search("successfully|please|!", page.locator("main").inner_text(), re.IGNORECASE)
        page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        assert not scrolls_sideways(page)
        page.set_viewport_size({"width": 1280, "height": 900})

    page.look = look
    return page


def signed_in(page, live_server):
    page.goto(f"{live_server.url}/account/login/")
    page.get_by_label("Your e-mail address").fill("ben@northgate.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(re.compile(r"^(?!.*/login/)"))


def test_a_wrong_password_is_told_at_the_top_and_in_the_title(desk, ben):
    desk.look("/account/login/")
    desk.get_by_label("Your e-mail address").fill("ben@northgate.example")
    desk.get_by_label("Password", exact=True).fill("wrong")
    desk.get_by_role("button", name="Sign in", exact=True).click()
    desk.locator(".error-summary").wait_for()
    assert desk.title() == "Error: Sign in – Alongside"
    desk.look()


@pytest.mark.parametrize(
    "address", ["/account/password/reset/", "/account/password/reset/done/", "/account/login/code/"]
)
def test_pages_for_those_who_cannot_get_in(desk, ben, settings, address):
    settings.SHOW_MAIL = True
    desk.look(address)


@pytest.mark.parametrize("address", ["/account/password/reset/", "/account/login/code/"])
def test_nothing_is_promised_when_no_mail_can_go(desk, ben, settings, address):
    settings.SHOW_MAIL = False
    desk.look(address)
    assert "No mail server is set" in desk.locator("main").inner_text()
    assert desk.locator("main form").count() == 0


def test_a_bad_link_says_what_to_do(desk, ben):
    desk.look("/account/password/reset/key/1-set-password/")
    assert desk.locator("h1").inner_text() == "This link no longer works"


def test_the_pages_of_ones_own_account(desk, ben, live_server):
    signed_in(desk, live_server)
    for address in ("/account/password/change/", "/account/sessions/", "/account/2fa/", "/account/logout/"):
        desk.look(address)


def test_setting_up_a_second_step_and_using_it(desk, ben, live_server):
    signed_in(desk, live_server)
    desk.look("/account/2fa/totp/activate/")
    assert desk.locator("h1").inner_text() == "Is it you?"
    desk.get_by_label("Password", exact=True).fill(PASSWORD)
    desk.get_by_role("button", name="Go on").click()
    desk.wait_for_url(re.compile("totp/activate/$"))
    desk.look()
    desk.set_viewport_size({"width": 320, "height": 800})
    key = desk.locator("#authenticator_secret")
    secret = key.text_content()
    assert len(secret) == 32, "to be copied in one piece"
    assert key.evaluate(
        "e => e.scrollWidth <= e.clientWidth && e.parentElement.scrollWidth <= e.parentElement.clientWidth"
    )
    assert key.evaluate("e => getComputedStyle(e).direction") == "ltr", "whichever way the page is read"
    desk.set_viewport_size({"width": 1280, "height": 900})
    desk.get_by_label("Code from the app").fill(_code(secret))
    desk.get_by_role("button", name="Use this app").click()
    desk.wait_for_url(re.compile("recovery-codes|2fa/$"))
    desk.look("/account/2fa/recovery-codes/")
    assert desk.locator(".codes li").count() == 10
    desk.look("/account/2fa/recovery-codes/generate/")
    desk.look("/account/2fa/totp/deactivate/")
    desk.look("/account/2fa/")
    desk.context.clear_cookies()
    signed_in(desk, live_server)
    desk.look()
    assert desk.locator("h1").inner_text() == "Second step"


def _code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
