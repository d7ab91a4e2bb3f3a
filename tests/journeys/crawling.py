"""Going to every page of the demo that a link leads to, as one kind of person."""

import re
from urllib.parse import urlsplit

from tests.browser import axe_violations, scrolls_sideways
from tests.journeys.person import Person

KIND = {
    "administrator": "ada.winter@northgate.example",
    "coordinator": "carys.llewellyn@northgate.example",
    "mentor": "amara.okafor@northgate.example",
    "mentee": "ben.thomas@northgate.example",
    "privacy officer": "petra.novak@northgate.example",
    "somebody who takes part in nothing": "elin.berg@northgate.example",
}
# The same for everybody, and long: read once by one kind of person.
FOR_ONE_READER = re.compile(r"^/(guidance/(?!ours/|$)|mails/)")
FILE = re.compile(r"\.\w+$|/pdf/$")
REFS = re.compile(r"(?<=/)[a-z]{12}(?=/|$)|(?<=/parts/)[a-z0-9-]+")


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
