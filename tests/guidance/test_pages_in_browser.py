"""The pages in Chromium: axe finds nothing, nothing is wider than the window, on a phone, a desk and in print."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from tests import cast
from tests.browser import PHONE, axe_violations, scrolls_sideways
from tests.guidance.test_views import ADDRESSES, CHOOSE

pytestmark = pytest.mark.journey
PICTURES = os.environ.get("TESTS_PICTURES", "")


@pytest.fixture
def signed_in(live_server, transactional_db):
    """Signs Ben in on a page."""
    actor = cast.member("Ben Thomas", cast.organisation())
    client = Client()
    client.force_login(actor.account)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value

    def sign_in(page: Page) -> Page:
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        return page

    return sign_in


@pytest.mark.parametrize(
    ("width", "height", "scheme"), [(1280, 900, "light"), (*PHONE, "dark")], ids=["desk, light", "phone, dark"]
)
def test_every_page_can_be_used_by_everybody(live_server, signed_in, page_for, width, height, scheme):
    page = signed_in(page_for(width=width, height=height, scheme=scheme))
    # The pages are built alike: each is looked at in one of the two ways, and in both in make prove.
    for address in ADDRESSES if "TESTS_ROUNDS" in os.environ else ADDRESSES[scheme == "dark" :: 2]:
        page.goto(live_server.url + address)
        assert page.locator("h1").count() == 1, address
        assert axe_violations(page) == [], address
        assert not scrolls_sideways(page), address
        if PICTURES:
            name = f"{address.strip('/').replace('/', '-')}-{width}-{scheme}.png"
            page.screenshot(path=Path(PICTURES) / name, full_page=True)


def test_a_member_goes_from_the_menu_to_a_model_and_to_a_tool_named_there(live_server, signed_in, page_for):
    page = signed_in(page_for(script=False))
    page.goto(live_server.url + reverse("guidance:records"))
    page.get_by_role("link", name="Guidance").click()
    page.get_by_role("link", name="Clutterbuck’s five phases").click()
    assert page.locator("h1").inner_text() == "Clutterbuck’s five phases"
    page.locator("#direction").get_by_role("link", name="Wheel of life or work").click()
    assert page.url.endswith("/guidance/goals/#wheel")


def test_the_agreement_prints_its_shared_part_on_a_page_of_its_own(live_server, signed_in, page_for):
    page = signed_in(page_for())
    page.goto(live_server.url + reverse("guidance:agreement"))
    page.emulate_media(media="print")
    breaks = page.eval_on_selector_all(".layer", "parts => parts.map(part => getComputedStyle(part).breakBefore)")
    assert breaks == ["auto", "page"]
    assert not page.locator(".masthead").is_visible()


def test_a_member_answers_and_sees_what_fits_without_script(live_server, signed_in, page_for):
    page = signed_in(page_for(script=False))
    page.goto(live_server.url + reverse("guidance:conversations"))
    page.get_by_role("link", name="Choose a way of talking").click()
    page.get_by_role("radio", name="Yes, it is hard to think past them").check()
    page.get_by_role("radio", name="Quite a lot").check()
    page.get_by_role("button", name="See what fits").click()
    best = page.locator("#result h3")
    assert best.all_inner_texts() == ["CLEAR, 100 of 100", "Skilled helper, 100 of 100"]
    assert page.locator("#result").get_by_text("9 of 9 points").count() == 2
    assert page.get_by_role("radio", name="Quite a lot").is_checked()
    page.get_by_text("Every number in one table").click()
    assert page.get_by_role("row", name="The score, of 100").inner_text().split() == [
        "The", "score,", "of", "100", "100", "100", "67", "47", "47", "47", "33", "33",
    ]  # fmt: skip
    page.get_by_role("link", name="Begin again").click()
    assert page.url == live_server.url + CHOOSE["conversation"]
    assert page.locator("#result").count() == 0


def test_a_question_is_not_torn_apart_in_print(live_server, signed_in, page_for):
    page = signed_in(page_for())
    page.goto(live_server.url + CHOOSE["lifecycle"])
    page.emulate_media(media="print")
    torn = page.eval_on_selector_all("fieldset.field", "all => all.map(one => getComputedStyle(one).breakInside)")
    assert torn == ["avoid"] * 7
