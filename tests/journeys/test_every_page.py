"""Every page of the demo that a link leads to, as each kind of person, on a desk by day and on a telephone by night."""

import gzip
import json
import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Response

from tests.browser import axe_violations, scrolls_sideways
from tests.journeys.installation import installed
from tests.journeys.person import Person

pytestmark = pytest.mark.journey

KIND = {
    "administrator": "ada.winter@northgate.example",
    "coordinator": "carys.llewellyn@northgate.example",
    "mentor": "amara.okafor@northgate.example",
    "mentee": "ben.thomas@northgate.example",
    "privacy officer": "petra.novak@northgate.example",
    "somebody who takes part in nothing": "elin.berg@northgate.example",
}
NIGHT = {"viewport": {"width": 360, "height": 780}, "color_scheme": "dark"}
NARROW = {"viewport": {"width": 320, "height": 640}}
MOST_BYTES, MOST_REQUESTS = 70 * 1024, 6
# The same for everybody, and long: read once by one kind of person.
FOR_ONE_READER = re.compile(r"^/(guidance/(?!ours/|$)|mails/)")
FILE = re.compile(r"\.\w+$|/pdf/$")
REFS = re.compile(r"(?<=/)[a-z]{12}(?=/|$)|(?<=/parts/)[a-z0-9-]+")


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The demo, and who can sign in to it."""
    made = installed(tmp_path_factory.mktemp("demo"), ALONGSIDE_DEMO="1")
    told = json.loads(made.run("seed_demo", "--json"))
    with made.serving():
        yield made, {held["email"]: held["password"] for held in told["sign_ins"]}


@pytest.fixture(scope="module")
def mirrored(demo):
    """The same installation once more, on another port, where right to left can be chosen."""
    made, passwords = demo
    again = made.beside(ALONGSIDE_DEBUG="1")
    with again.serving():
        yield again, passwords


def sign_in(person: Person, email: str, password: str) -> None:
    """On the ordinary page."""
    person.opens("/account/login/")
    person.page.locator("main input[type=email]").fill(email)
    person.page.locator("main input[type=password]").fill(password)
    person.page.locator("main button.is-first").click()
    person.page.wait_for_url(f"{person.address}/")


def pattern(url: str) -> str:
    """Pages that differ only in whom they are about are one page."""
    return REFS.sub("*", urlsplit(url).path)


def links(person: Person) -> list[str]:
    """Where the page leads, inside the installation."""
    found = person.page.eval_on_selector_all("a[href]", "all => all.map(a => a.href.split('#')[0])")
    return [url for url in found if url.startswith(f"{person.address}/") and "/static/" not in url]


def crawl(person: Person, judge, skip=None) -> list[str]:
    """Visit every page once, from the first one on; what was wrong with them, page by page."""
    todo, seen, wrong = [f"{person.address}/"], set(), []
    while todo:
        url = todo.pop(0)
        name = pattern(url)
        if name in seen or (skip and skip.search(name)):
            continue
        seen.add(name)
        before = len(person.faults)
        response = person.context.request.get(url) if FILE.search(name) else person.page.goto(url)
        if response.status >= 400:
            wrong.append(f"{name}: {response.status}")
        elif "text/html" in response.headers["content-type"]:
            wrong += [f"{name}: {fault}" for fault in judge(person)]
            todo += links(person)
        wrong += [f"{name}: {fault}" for fault in person.faults[before:]]
    assert len(seen) > 5, seen
    return wrong


def skipped_by(kind: str) -> re.Pattern[str] | None:
    """Which pages this kind of person leaves to another."""
    return None if kind == "mentee" else FOR_ONE_READER


def judged(person: Person) -> list[str]:
    """What axe and the eye find wrong."""
    return [*axe_violations(person.page), *(["scrolls sideways"] if scrolls_sideways(person.page) else [])]


class Scales:
    """Weighs each page as somebody loads it who comes for the first time."""

    def __init__(self, person: Person) -> None:
        self._came: list[Response] = []
        person.page.on("response", self._note)
        person.context.new_cdp_session(person.page).send("Network.setCacheDisabled", {"cacheDisabled": True})

    def _note(self, response: Response) -> None:
        if response.request.resource_type == "document":
            self._came = []
        self._came.append(response)

    def read(self, person: Person) -> list[str]:
        """What is too much about the page that is open."""
        weight = sum(len(gzip.compress(response.body(), 6)) for response in self._came)
        heavy = [f"weighs {weight} bytes"] if weight > MOST_BYTES else []
        return heavy + ([f"takes {len(self._came)} requests"] if len(self._came) > MOST_REQUESTS else [])


@pytest.mark.parametrize("kind", KIND)
def test_every_page_works_and_is_light_for(kind, demo, somebody):
    made, passwords = demo
    person = somebody(kind, at=made)
    sign_in(person, KIND[kind], passwords[KIND[kind]])
    scales = Scales(person)
    assert crawl(person, lambda reader: [*judged(reader), *scales.read(reader)], skipped_by(kind)) == []


@pytest.mark.parametrize("kind", KIND)
def test_every_page_works_on_a_telephone_by_night_for(kind, demo, somebody):
    made, passwords = demo
    person = somebody(kind, at=made, **NIGHT)
    sign_in(person, KIND[kind], passwords[KIND[kind]])
    assert crawl(person, judged, skipped_by(kind)) == []


def test_every_page_of_a_mentor_mirrored_on_a_narrow_telephone(mirrored, somebody):
    made, passwords = mirrored
    person = somebody("mentor", at=made, **NARROW)
    sign_in(person, "joanna.reid@northgate.example", passwords["joanna.reid@northgate.example"])
    person.opens("/me/")
    person.page.locator("main select[name=language]").select_option("ar")
    person.page.locator("main button", has_text="Save").first.click()

    def judge(reader: Person) -> list[str]:
        turned = reader.page.evaluate("getComputedStyle(document.body).direction") == "rtl"
        return [*judged(reader), *([] if turned else ["is not mirrored"])]

    assert crawl(person, judge, FOR_ONE_READER) == []
