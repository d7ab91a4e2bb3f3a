"""The log form on a telephone, in a real browser."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from alongside.meetings.models import LogDraft, Session
from tests import cast as people
from tests.browser import axe_violations, scrolls_sideways

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def phone(live_server, page_for):
    """A telephone on which somebody has signed in."""

    def open_for(actor, **more):
        client = Client()
        client.force_login(actor.account)
        page = page_for(width=360, height=740, **more)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        return page

    return open_for


def test_a_session_is_written_down_on_a_telephone_after_the_tab_was_closed(live_server, phone):
    cast = people.pair()
    address = live_server.url + reverse("meetings:write_down", args=[cast.relationship.ref])
    page = phone(cast.amara)
    page.goto(address)
    assert (axe_violations(page), scrolls_sideways(page)) == ([], False)
    page.locator("textarea[name=summary]").press_sequentially("The budget talk")
    page.get_by_text("Kept at").wait_for()
    assert LogDraft.objects.count() == 1
    again = page.context.new_page()
    page.close()
    again.goto(address)
    assert again.input_value("textarea[name=summary]") == "The budget talk"
    again.get_by_role("button", name="Write it down").click()
    again.get_by_role("heading", name="Session 1 with Ben").wait_for()
    assert axe_violations(again) == []
    assert (Session.objects.get().state, LogDraft.objects.count()) == ("held", 0)


def test_the_same_without_script(live_server, phone):
    cast = people.pair()
    page = phone(cast.amara, script=False)
    page.goto(live_server.url + reverse("meetings:write_down", args=[cast.relationship.ref]))
    page.fill("textarea[name=note]", "Go slower")
    page.get_by_role("button", name="Keep for later").click()
    page.get_by_text("What you have written is kept, for you alone.").wait_for()
    page.goto(live_server.url + reverse("meetings:write_down", args=[cast.relationship.ref]))
    assert page.input_value("textarea[name=note]") == "Go slower"
    page.get_by_role("button", name="Write it down").click()
    page.get_by_role("heading", name="Session 1 with Ben").wait_for()
    assert Session.objects.get().held_minutes == 60
