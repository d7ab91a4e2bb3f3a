"""The frame around every page: who is here, where they can go, who runs this copy."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import get_messages
from django.template import engines
from django.test import RequestFactory

from alongside.foundation import hooks
from alongside.foundation.hooks import NavigationItem
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Account, Membership, Organisation
from alongside.foundation.ui import context
from alongside.foundation.ui.forms import Form, forms
from tests.visits import squeezed

NORTHGATE = Organisation(ref="northgate", name="Northgate Health", privacy_contact="privacy@northgate.example")
HARBOUR = Organisation(ref="harbour", name="Harbour Trust")
BEN = Account(email="ben@northgate.example")
HERE = Membership(ref="ben-here", organisation=NORTHGATE, account=BEN, name="Ben Thomas")
THERE = Membership(ref="ben-there", organisation=HARBOUR, account=BEN, name="Ben Thomas")


@pytest.fixture(autouse=True)
def places(monkeypatch):
    """A menu of three places, whatever the packages register."""
    items = [
        NavigationItem(0, "Home", "/"),
        NavigationItem(1, "Pairs", "/pairs/"),
        NavigationItem(2, "New", "/pairs/new/"),
    ]
    registry = hooks.registry.Navigation()
    registry.register(lambda actor: items)
    monkeypatch.setattr(context, "navigation", registry)


def request(address="/", *memberships, user=BEN):
    made = RequestFactory().get(address)
    made.user = user
    made.memberships = list(memberships)
    made.actor = Actor(BEN, memberships[0], memberships[0].organisation) if memberships else None
    return made


def shown(made, source='{% extends "ui/page.html" %}{% block title %}Pairs{% endblock %}', **more):
    return squeezed(engines["django"].from_string(source).render(more, made))


def current(address):
    return [item["words"] for item in context.frame(request(address, HERE))["items"] if item["current"]]


@pytest.mark.parametrize(
    ("address", "present"),
    [("/", ["Home"]), ("/pairs/", ["Pairs"]), ("/pairs/abc/", ["Pairs"]), ("/pairs/new/", ["New"]), ("/people/", [])],
)
def test_one_place_of_the_menu_is_the_present_one(places, address, present):
    assert current(address) == present


def test_a_member_sees_their_name_their_organisation_and_the_way_out():
    page = shown(request("/", HERE))
    assert "Ben Thomas" in page
    assert "Northgate Health runs this copy of Alongside." in page
    assert 'href="mailto:privacy@northgate.example"' in page
    assert 'action="/account/logout/"' in page
    assert "Sign in" not in page


def test_somebody_in_two_organisations_can_switch_to_the_other_only():
    page = shown(request("/", HERE, THERE))
    assert "Go to Harbour Trust" in page
    assert "Go to Northgate Health" not in page
    assert 'name="ref" value="ben-there"' in page


def test_somebody_in_one_organisation_cannot_switch():
    assert "Go to" not in shown(request("/", HERE))


def test_nobody_signed_in_sees_no_menu_and_a_way_in():
    page = shown(request("/", user=AnonymousUser()))
    assert 'href="/account/login/"' in page
    assert 'class="nav"' not in page
    assert "Sign out" not in page


def test_the_sign_in_page_does_not_point_to_itself():
    assert context.frame(request("/account/login/", user=AnonymousUser()))["sign_in"] == ""


def test_an_account_without_a_membership_sees_its_address():
    assert "ben@northgate.example" in shown(request("/"))


def test_who_may_read_what_is_always_at_the_foot_and_a_missing_page_never():
    links = [link["words"] for link in context.frame(request("/", HERE))["links"]]
    assert links[0] == "Who may read what"
    assert context.address("no_such:page") == ""


def test_the_frame_of_a_fragment_is_never_worked_out(monkeypatch):
    monkeypatch.setattr(context, "frame", lambda request: pytest.fail("worked out"))
    assert engines["django"].from_string("part").render({}, request("/", HERE)) == "part"


def test_mails_on_the_page_are_told_on_every_page(settings):
    words = "No mail server is set, so mails are not sent."
    settings.SHOW_MAIL = True
    assert words in shown(request("/", HERE))
    settings.SHOW_MAIL = False
    assert words not in shown(request("/", HERE))


class Name(Form):
    name = forms.CharField()


@pytest.mark.parametrize(
    ("more", "title"),
    [
        ({}, "<title>Pairs – Alongside</title>"),
        ({"form": Name()}, "<title>Pairs – Alongside</title>"),
        ({"form": Name({"name": ""})}, "<title>Error: Pairs – Alongside</title>"),
        ({"has_errors": True}, "<title>Error: Pairs – Alongside</title>"),
    ],
)
def test_the_title_says_when_something_is_wrong(more, title):
    assert title in shown(request("/", HERE), **more)


def test_pages_run_nothing_that_they_do_not_carry():
    page = shown(request("/", HERE))
    assert '"allowEval":false' in page
    assert '"selfRequestsOnly":true' in page
    assert " style=" not in page
    assert page.count("<script") == page.count("<script src=") == 1
    assert "hx-headers=" in page


def test_a_page_in_a_mirrored_language_says_so():
    from django.utils import translation

    with translation.override("ar"):
        assert '<html lang="ar" dir="rtl"' in shown(request("/", HERE))
    assert '<html lang="en-gb" dir="ltr"' in shown(request("/", HERE))


@pytest.mark.parametrize("code", ["400", "ui/not_here", "403", "403_csrf", "404", "413", "500"])
def test_a_page_of_what_goes_wrong_needs_nothing(code):
    from django.template.loader import get_template

    page = get_template(f"{code}.html").render()
    assert "<h1>" in page
    assert 'href="/"' in page


def test_what_was_just_done_is_said_once_and_aloud(rf):
    class Said:
        level_tag, message = "success", "Saved."

    page = shown(request("/", HERE), messages=[Said])
    assert '<div class="messages" role="status"><div class="notice" data-kind="good">' in page
    assert "Saved." in page
    assert list(get_messages(request("/", HERE))) == []
