"""People at their browsers: signing in, counting what a page asks the database, and text that means harm."""

import re

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.foundation import hooks
from alongside.foundation.identity.actors import Actor

MARKUP = "<script>alert(1)</script><img src=x onerror=alert(2)>{{ 7|add:7 }}{% now %}"
HOSTILE = {
    "NUL": "Ben\0Thomas",
    "markup": MARKUP,
    "right to left": "Ben \u202e\u2066Thomas\u2069",
    "100 KB": "x" * 100_000,
}


def browser_of(actor: Actor) -> Client:
    """A browser in which somebody is signed in."""
    client = Client()
    client.force_login(actor.account)
    return client


def squeezed(markup: str) -> str:
    """Markup without the blanks that a browser does not show: beside tags, and more than one."""
    return re.sub(r" ?(<|/?>) ?", r"\1", " ".join(markup.split()))


def words_of(response) -> str:
    """A page as text."""
    return response.content.decode()


def queries_of(client: Client, url: str) -> list[str]:
    """What a page asks the database; it must be shown."""
    client.get(url)  # what is kept from the first visit on (content types, templates) is not the page's
    with CaptureQueriesContext(connection) as asked:
        response = client.get(url)
    assert response.status_code == 200, url
    return [query["sql"] for query in asked.captured_queries]


def twice(queries: list[str]) -> list[str]:
    """What was asked more than once."""
    return sorted({sql for sql in queries if queries.count(sql) > 1})


def promised(page: str, own: int) -> int:
    """How much an assembled page may ask the database: four, two more for each part, and never more than twenty.

    Parts are what is the page's `own` (the masthead, what it is about), its panels, and each package's next steps.
    """
    panels = [panel for panel in hooks.panels if panel.page == page]
    steps = hooks.next_steps.asked("" if page == "home" else page)
    return min(20, 4 + 2 * (own + len(panels) + len(steps)))


def is_harmless(response) -> bool:
    """Did the page bear hostile text: no error of ours, and nothing of it alive?"""
    return (
        response.status_code < 500
        and "<script>alert" not in words_of(response)
        and "<img src=x" not in words_of(response)
    )
