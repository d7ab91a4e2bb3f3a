"""Going to every page of the demo that a link leads to, as one kind of person: by day at a desk, then by night.

Each page is loaded once, at a desk, and weighed. One of three is looked at closely there, one after the window has
become a telephone's and it has got dark, and each in both ways in `make prove`. What another kind of person was shown
just so is loaded and weighed, and looked at closely for each of them in `make prove`. What another programme shows just
so is left to that, too.
"""

import gzip
import os
import re
from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import Response

from tests.browser import DESKTOP, axe_violations, scrolls_sideways
from tests.journeys.person import Person

# The same for everybody, and long: a mentee reads the guidance, a coordinator their organisation's own.
GUIDANCE = re.compile(r"^/(guidance/(?!ours/|$)|mails/)")
ALL_GUIDANCE = re.compile(r"^/(guidance/(?!(ours/)?$)|mails/)")
# These differ with whoever reads them: looked at closely for each.
_OWN = re.compile(r"^/$|^/(pairs|people|programmes)/[^/]+/$|^/me/")
# Which programme, section of a handbook, step of a funnel or document in own words: the same page with other words.
_ALIKE = (
    (re.compile(r"^/programmes/[^/]+/(?=.)"), "/programmes/*/"),
    (re.compile(r"(?<=/handbook/)(?!for/)[^/]+"), "*"),
    (re.compile(r"(?<=/funnel/)[^/]+"), "*"),
    (re.compile(r"^(/guidance/ours/[^/]+/)[^/]+"), r"\1*"),
)
EVERYTHING = "TESTS_ROUNDS" in os.environ
TELEPHONE = (360, 780)
MOST_BYTES, MOST_REQUESTS = 70 * 1024, 6
_FILE = re.compile(r"\.\w+$|/pdf/$|/file/$")
# Whom, which mail, which part or section, or whose handbook and figures it is about.
_REFS = re.compile(
    r"(?<=/)[a-z]{12}(?=/|$)|(?<=/parts/)[a-z0-9-]+|(?<=/mail/)[a-z_.]+"
    r"|(?<=/programmes/)[a-z0-9-]+(?=/(handbook|funnel)/.)"
)
Judge = Callable[[Person], list[str]]


def walk(somebody, demo, looked_at: set[str], email: str, skip: re.Pattern[str] | None = None) -> list[str]:
    """Sign in and visit everything; what was wrong with it, page by page. `looked_at` grows."""
    made, passwords = demo
    person = somebody(email, at=made)
    sign_in(person, email, passwords[email])
    scales = Scales(person)

    def judge(reader: Person) -> list[str]:
        name = pattern(reader.page.url)
        like = alike(name)
        known = like in looked_at and not _OWN.search(name) and not EVERYTHING
        looked_at.add(like)
        in_turn = ([judged], [by_night], [])[len(looked_at) % 3]
        looks = [] if known else [judged, by_night] if EVERYTHING else in_turn
        return [*scales.read(), *(fault for look in looks for fault in look(reader))]

    return crawl(person, judge, skip)


def sign_in(person: Person, email: str, password: str) -> None:
    """On the ordinary page."""
    person.opens("/account/login/")
    person.page.locator("main input[type=email]").fill(email)
    person.page.locator("main input[type=password]").fill(password)
    person.page.locator("main button.is-first").click()
    person.page.wait_for_url(f"{person.address}/")


def pattern(url: str) -> str:
    """Pages that differ only in whom or what they are about are one page."""
    return _REFS.sub("*", urlsplit(url).path)


def alike(name: str) -> str:
    """What pages that are built alike have in common."""
    for what, instead in _ALIKE:
        name = what.sub(instead, name)
    return name


def links(person: Person) -> list[str]:
    """Where the page leads, inside the installation."""
    found = person.page.eval_on_selector_all("a[href]", "all => all.map(a => a.href.split('#')[0])")
    return [url for url in found if url.startswith(f"{person.address}/") and "/static/" not in url]


def crawl(person: Person, judge: Judge, skip: re.Pattern[str] | None = None) -> list[str]:
    """Visit every page once, from the first one on; what was wrong with them, page by page."""
    todo, seen, wrong = [f"{person.address}/"], set(), []
    while todo:
        url = todo.pop(0)
        name = pattern(url)
        kind = name if EVERYTHING or _OWN.search(name) else alike(name)
        if kind in seen or (skip and skip.search(name)):
            continue
        seen.add(kind)
        before = len(person.faults)
        response = person.context.request.get(url) if _FILE.search(name) else person.page.goto(url)
        if response.status >= 400:
            wrong.append(f"{name}: {response.status}")
        elif "text/html" in response.headers["content-type"]:
            todo += links(person)
            wrong += [f"{name}: {fault}" for fault in judge(person)]
        wrong += [f"{name}: {fault}" for fault in person.faults[before:]]
    assert len(seen) > 5, seen
    return wrong


def judged(person: Person) -> list[str]:
    """What axe and the eye find wrong."""
    return [*axe_violations(person.page), *narrow(person)]


def narrow(person: Person) -> list[str]:
    """Does the page fit into its window?"""
    return ["scrolls sideways"] if scrolls_sideways(person.page) else []


def by_night(person: Person) -> list[str]:
    """What they find wrong on a telephone in the dark."""
    _window(person, TELEPHONE, "dark")
    found = [f"by night: {fault}" for fault in judged(person)]
    _window(person, DESKTOP, "light")
    return found


def _window(person: Person, size: tuple[int, int], scheme: str) -> None:
    person.page.set_viewport_size({"width": size[0], "height": size[1]})
    person.page.emulate_media(color_scheme=scheme)


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

    def read(self) -> list[str]:
        """What is too much about the page that is open."""
        weight = sum(len(gzip.compress(response.body(), 6)) for response in self._came)
        heavy = [f"weighs {weight} bytes"] if weight > MOST_BYTES else []
        return heavy + ([f"takes {len(self._came)} requests"] if len(self._came) > MOST_REQUESTS else [])
