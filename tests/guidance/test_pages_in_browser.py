"""The pages in Chromium: axe finds nothing, nothing is wider than the window, on a phone, a desk and in print."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from alongside import guidance
from tests import cast
from tests.browser import PHONE, axe_violations, scrolls_sideways

pytestmark = pytest.mark.journey
NAMES = ["index", "roles", "first_meeting", "agreement", "goals", "barriers", "purposes", "records"]
PICTURES = os.environ.get("TESTS_PICTURES", "")


def addresses() -> list[str]:
    models = [reverse("guidance:model", args=[model.key]) for model in guidance.models()]
    return [reverse(f"guidance:{name}") for name in NAMES] + models


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
    for address in addresses():
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
