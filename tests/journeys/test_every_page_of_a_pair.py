"""Every page of the demo for mentor, mentee and who is neither yet; and once mirrored on a narrow telephone."""

import pytest

from tests.journeys.crawling import ALL_GUIDANCE, crawl, judged, sign_in, walk
from tests.journeys.person import Person

pytestmark = pytest.mark.journey

NARROW = {"viewport": {"width": 320, "height": 640}}


def test_every_page_works_and_is_light_for_a_mentee(demo, somebody, looked_at):
    assert walk(somebody, demo, looked_at, "ben.thomas@northgate.example") == []


@pytest.mark.parametrize("who", ["amara.okafor", "elin.berg"])
def test_every_page_works_and_is_light_for(who, demo, somebody, looked_at):
    assert walk(somebody, demo, looked_at, f"{who}@northgate.example", ALL_GUIDANCE) == []


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

    assert crawl(person, judge, ALL_GUIDANCE) == []
