"""Choosing whom to add to a programme: what is ticked stays while one searches and turns the pages."""

from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.test import Client

from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actors import SYSTEM
from alongside.foundation.identity.models import Membership
from alongside.people.actions.people import ensure_profiles
from alongside.programmes.models import Participation
from tests import cast
from tests.browser import axe_violations, scrolls_sideways
from tests.visits import browser_of, queries_of, twice, words_of

pytestmark = pytest.mark.django_db
PEOPLE = 120


@pytest.fixture
def c():
    """Carys's programme in preparation, and many people whom she could add."""
    return begin()


def begin():
    made = cast.pair()
    draft = cast.programme(made.carys, "Ward sisters")
    Membership.objects.bulk_create(
        Membership(
            organisation=made.carys.organisation, name=f"Person {number:03}", work_address=f"p{number}@n.example"
        )
        for number in range(PEOPLE)
    )
    ensure_profiles(Membership.objects.filter(name__startswith="Person"))
    return cast.Cast(draft, made.relationship, made.amara, made.ben, made.carys, made.elin)


def ref(number: int) -> str:
    return Membership.objects.get(name=f"Person {number:03}").ref


class Form(HTMLParser):
    """What a browser would send of the form that has the list: its hidden fields, its words, what is ticked."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self.boxes: list[tuple[str, str]] = []
        self.buttons: list[tuple[str, str]] = []
        start = page.index('action="/programmes/ward-sisters/people/add/#choose"')
        self.feed(page[start : page.index("</form>", start)])

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        if tag == "input" and said.get("name") != "csrfmiddlewaretoken":
            if said["type"] == "checkbox":
                self.boxes.append((said["name"], said["value"]))
            if said["type"] != "checkbox" or "checked" in said:
                self.sent.setdefault(said["name"], []).append(said.get("value") or "")
        if tag == "button" and said.get("name"):
            self.buttons.append((said["name"], said["value"]))


class Carys:
    """Carys at the page, without script."""

    def __init__(self, c) -> None:
        self.client, self.url = browser_of(c.carys), f"/programmes/{c.programme.slug}/people/add/"
        self._shown(self.client.get(self.url))

    def _shown(self, response) -> None:
        self.response, self.page = response, words_of(response)
        self.form = Form(self.page) if "#choose" in self.page else None

    def ticks(self, part: str, *numbers: int) -> None:
        for number in numbers:
            assert (part, ref(number)) in self.form.boxes, number
            self.form.sent.setdefault(part, []).append(ref(number))

    def unticks(self, part: str, number: int) -> None:
        self.form.sent[part].remove(ref(number))

    def presses(self, name: str, value: str = "1", **typed: str) -> None:
        assert (name, value) in self.form.buttons, self.form.buttons
        self._shown(self.client.post(self.url, self.form.sent | typed | {name: value}, follow=True))

    @property
    def names(self) -> list[str]:
        return [profile.membership.name for profile, _ticks, _before in self.response.context["rows"]]

    @property
    def chosen(self) -> str:
        return self.response.context["chosen_words"]


@pytest.fixture
def carys(c):
    return Carys(c)


def taking_part(c) -> list[tuple[str, str]]:
    held = Participation.objects.filter(programme=c.programme, until__isnull=True).exclude(part="coordinator")
    return sorted(held.values_list("membership__name", "part"))


def test_ticks_stay_while_she_turns_the_pages_and_searches(c, carys):
    carys.ticks("mentee", 0, 1)
    carys.ticks("mentor", 1)
    carys.presses("page", "2")
    assert carys.names[-1] == "Person 094"
    carys.ticks("mentor", 60)
    carys.presses("look", q="Person 11")
    assert carys.names == ["Person 011", *(f"Person {number}" for number in range(110, 120))]
    carys.ticks("mentee", 115)
    assert "3 chosen so far" in carys.page
    assert carys.chosen == "Person 000 (mentee), Person 001 (mentor, mentee), Person 060 (mentor)"
    carys.presses("clear")
    assert carys.names[0] == "Ada Winter"
    assert "4 chosen so far" in carys.page
    carys.presses("add")
    assert "4 people are added." in carys.page
    assert taking_part(c) == [
        ("Person 000", "mentee"), ("Person 001", "mentee"), ("Person 001", "mentor"),
        ("Person 060", "mentor"), ("Person 115", "mentee"),
    ]  # fmt: skip


def test_turning_back_shows_them_ticked_and_each_can_be_unticked_wherever_it_stands(c, carys):
    carys.ticks("mentee", 0, 1, 2)
    carys.presses("page", "2")
    carys.unticks("mentee", 1)  # it stands above the list now, among those of other pages
    carys.presses("page", "1")
    assert [ticks[1]["checked"] for profile, ticks, _before in carys.response.context["rows"][5:8]] == [
        True,
        False,
        True,
    ]
    carys.unticks("mentee", 0)
    carys.presses("add")
    assert taking_part(c) == [("Person 002", "mentee")]


def test_everybody_can_be_dropped_at_once_and_she_stays_where_she_is(c, carys):
    carys.ticks("mentee", 0)
    carys.presses("page", "2")
    carys.ticks("mentee", 60)
    carys.presses("nobody")
    assert carys.names[-1] == "Person 094"
    assert "chosen so far" not in carys.page
    assert "Your ticks stay while you search and turn the pages." in carys.page
    carys.presses("add")
    assert "Nobody new was chosen. Tick one box or more." in carys.page
    assert taking_part(c) == []


def test_what_she_searched_for_stays_while_she_turns_the_pages(carys):
    carys.presses("look", q="Person")
    carys.presses("page", "2")
    assert (carys.names[0], carys.form.sent["q"]) == ("Person 050", ["Person"])
    carys.presses("look", q="nobody of that name")
    assert "Nobody fits" in carys.page
    carys.presses("clear")
    assert carys.names[0] == "Ada Winter"


def test_whoever_has_left_or_takes_part_meanwhile_is_named_and_the_others_are_added(c, carys):
    carys.ticks("mentee", 0, 1, 2)
    carys.presses("page", "2")
    identity.leave(Membership.objects.get(name="Person 000"), by=SYSTEM)
    cast.programmes.add_participants(
        c.programme, [cast.programmes.Place(Membership.objects.get(name="Person 001"), "mentee")], by=c.carys
    )
    carys.ticks("mentee", 60)
    carys.presses("page", "1")
    assert "Person 000, Person 001 cannot be added: they have left, or take part already." in carys.page
    assert carys.chosen == "Person 002 (mentee), Person 060 (mentee)"
    identity.leave(Membership.objects.get(name="Person 002"), by=SYSTEM)
    carys.presses("add")
    assert "Person 002 cannot be added: they have left, or take part already." in carys.page
    assert "1 person is added." in carys.page
    assert taking_part(c) == [("Person 001", "mentee"), ("Person 060", "mentee")]


def test_sending_it_twice_adds_them_once_and_says_that_they_take_part(c, carys):
    carys.ticks("mentee", 0)
    said = carys.form.sent | {"add": "1"}
    pages = [words_of(carys.client.post(carys.url, said, follow=True)) for _twice in range(2)]
    assert "1 person is added." in pages[0]
    assert "Person 000 cannot be added: they have left, or take part already." in pages[1]
    assert taking_part(c) == [("Person 000", "mentee")]


@pytest.mark.parametrize("stranger", ["abcdefghijkl", "of another organisation"])
def test_somebody_who_is_not_on_the_list_is_not_named(c, carys, stranger):
    if stranger != "abcdefghijkl":
        stranger = cast.member("Leila Haddad", cast.organisation("Harbour Trust")).membership.ref
    page = words_of(carys.client.post(carys.url, {"mentee": [stranger], "page": "1"}))
    assert "Somebody whom you had chosen is no longer on your organisation’s list." in page
    assert "Leila" not in page


def test_hundreds_are_chosen_in_few_queries_and_a_short_line(c, carys, django_assert_max_num_queries):
    refs = list(Membership.objects.filter(name__startswith="Person").values_list("ref", flat=True))
    with django_assert_max_num_queries(12):
        response = carys.client.post(carys.url, {"mentee": refs, "mentor": refs, "page": "2"})
    assert response.context["chosen"] == PEOPLE
    assert response.context["chosen_words"].endswith("Person 002 (mentor, mentee) and 117 more")
    assert response.request["QUERY_STRING"] == ""
    assert len(Form(words_of(response)).sent["mentee"]) == PEOPLE


def test_the_page_asks_nothing_twice(c):
    assert twice(queries_of(browser_of(c.carys), f"/programmes/{c.programme.slug}/people/add/")) == []


@pytest.mark.journey
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("width", "script"), [(360, False), (360, True), (1280, True)])
def test_in_a_browser_with_and_without_script(live_server, page_for, width, script):
    c = begin()
    client = Client()
    client.force_login(c.carys.account)
    page = page_for(width=width, height=780, script=script)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page.goto(f"{live_server.url}/programmes/{c.programme.slug}/people/add/")
    box = page.get_by_role("group", name="Person 003").get_by_label("Mentee")
    box.check()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("group", name="Person 077").get_by_label("Mentor").check()
    page.get_by_label("Name").fill("Person 119")
    page.get_by_label("Name").press("Enter")  # the search, and not the adding
    page.get_by_text("2 chosen so far").wait_for()
    assert not scrolls_sideways(page)
    assert not script or axe_violations(page) == []  # axe is a script itself
    page.get_by_role("group", name="Person 119").get_by_label("Mentee").check()
    page.get_by_role("button", name="Clear").click()
    page.get_by_text("3 chosen so far").wait_for()
    assert box.is_checked()
    page.get_by_text("2 people chosen who are not on this page").click()
    page.get_by_role("group", name="Person 077").get_by_label("Mentor").uncheck()
    page.get_by_role("button", name="Add the chosen").click()
    page.get_by_text("2 people are added.").wait_for()
    assert taking_part(c) == [("Person 003", "mentee"), ("Person 119", "mentee")]
