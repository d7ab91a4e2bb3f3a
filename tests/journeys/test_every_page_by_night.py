"""The same pages on a telephone by night, and mirrored on a narrow one."""

import pytest

from tests.journeys.crawling import FOR_ONE_READER, KIND, crawl, judged, sign_in, skipped_by
from tests.journeys.person import Person

pytestmark = pytest.mark.journey

NIGHT = {"viewport": {"width": 360, "height": 780}, "color_scheme": "dark"}
NARROW = {"viewport": {"width": 320, "height": 640}}


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
