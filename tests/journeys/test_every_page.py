"""Every page of the demo that a link leads to, as each kind of person at a desk: no fault, and no weight."""

import gzip

import pytest
from playwright.sync_api import Response

from tests.journeys.crawling import KIND, crawl, judged, sign_in, skipped_by
from tests.journeys.person import Person

pytestmark = pytest.mark.journey

MOST_BYTES, MOST_REQUESTS = 70 * 1024, 6


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
