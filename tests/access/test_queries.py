"""What the pages of the demo ask the database: nothing twice, and no more where there is more to show."""

import logging

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.access import sweep as sweeping
from tests.told import Told, standing
from tests.visits import queries_of, twice

REST = ("ada", "amara", "ben", "noor", "leila")
READERS = ("carys", *(pytest.param(key, marks=pytest.mark.prove) for key in REST))


def asked_twice(client: Client, url: str) -> list[str]:
    """Statements, with what they ask for, that a page runs more than once, on either database."""
    again = twice(queries_of(client, url))
    with CaptureQueriesContext(connections["keys"]) as keys:
        client.get(url)
    return [sql[:300] for sql in (*again, *twice([query["sql"] for query in keys.captured_queries]))]


@pytest.mark.parametrize("key", READERS)
def test_no_page_asks_the_same_twice(told, key):
    logging.disable(logging.CRITICAL)
    try:
        client = told.client(key)
        found = {url: again for url in sweeping.own_pages(told, key) if (again := asked_twice(client, url))}
    finally:
        logging.disable(logging.NOTSET)
    assert found == {}


def lists() -> dict[str, tuple[str, str]]:
    """Pages that show more where there is more: by words, who opens them and where."""
    slug = "rising-leaders-autumn"
    pages = {name: ("carys", reverse(name)) for name in ("people:people", "people:invite", "home:first_page")}
    for name in ("programme", "people", "add_people", "close", "design", "design_whole"):
        pages[f"programmes:{name}"] = ("carys", reverse(f"programmes:{name}", args=[slug]))
    pages["programmes:section who"] = ("carys", reverse("programmes:section", args=[slug, "who"]))
    for name in ("of_programme", "by_hand"):
        pages[f"relationships:{name}"] = ("carys", reverse(f"relationships:{name}", args=[slug]))
    for name in ("rules", "ready"):
        pages[f"matching:{name}"] = ("carys", reverse(f"matching:{name}", args=[slug]))
    for key in ("invited", "joined", "ready", "matched", "met"):
        pages[f"funnel {key}"] = ("carys", reverse("programmes:funnel", args=[slug, key]))
    for who in ("amara", "ben", "ada", "iris"):
        pages[f"home of {who}"] = (who, "/")
    return pages


def counted(told: Told) -> dict[str, int]:
    """How much each of these pages asks."""
    return {words: len(queries_of(told.client(key), url)) for words, (key, url) in lists().items()}


def test_lists_ask_no_more_for_thirty_people_more(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        with standing("under-way") as told:
            few = counted(told)
        with standing("under-way", scale=3) as told:
            many = counted(told)
    assert {words: (few[words], many[words]) for words in few if few[words] != many[words]} == {}
