"""Every page of the demo for those who run a programme: no fault, no weight, by day at a desk and by night."""

import pytest

from tests.journeys.crawling import ALL_GUIDANCE, GUIDANCE, walk

pytestmark = pytest.mark.journey


def test_every_page_works_and_is_light_for_a_coordinator(demo, somebody, looked_at):
    assert walk(somebody, demo, looked_at, "carys.llewellyn@northgate.example", GUIDANCE) == []


@pytest.mark.parametrize("who", ["petra.novak", "ada.winter"])
@pytest.mark.prove
def test_every_page_works_and_is_light_for(who, demo, somebody, looked_at):
    assert walk(somebody, demo, looked_at, f"{who}@northgate.example", ALL_GUIDANCE) == []
