"""Every page of the demo for mentor, mentee and who is neither yet; and once mirrored on a narrow telephone.

At the end, for it changes the demo, a worry about a mentor and the lead goes its way on such pages.
"""

import pytest

from tests.journeys.crawling import ALL_GUIDANCE, EVERYTHING, crawl, judged, narrow, sign_in, walk
from tests.journeys.person import PHONE, Person

pytestmark = pytest.mark.journey

SAID = "She waits for me at the bicycle shed"
NARROW = {"viewport": {"width": 320, "height": 640}}


def test_every_page_works_and_is_light_for_a_mentee(demo, somebody, looked_at):
    assert walk(somebody, demo, looked_at, "ben.thomas@northgate.example") == []


# A mentor goes everywhere below, mirrored.
@pytest.mark.parametrize("who", ["amara.okafor", "elin.berg"])
@pytest.mark.prove
def test_every_page_works_and_is_light_for(who, demo, somebody, looked_at):
    assert walk(somebody, demo, looked_at, f"{who}@northgate.example", ALL_GUIDANCE) == []


def test_every_page_of_a_mentor_mirrored_on_a_narrow_telephone(mirrored, somebody):
    made, passwords = mirrored
    person = somebody("mentor", at=made, **NARROW)
    sign_in(person, "joanna.reid@northgate.example", passwords["joanna.reid@northgate.example"])
    person.opens("/me/")
    person.page.locator("main select[name=language]").select_option("ar")
    person.page.locator("main button", has_text="Save").first.click()

    seen: list[str] = []

    def judge(reader: Person) -> list[str]:
        turned = reader.page.evaluate("getComputedStyle(document.body).direction") == "rtl"
        seen.append(reader.page.url)
        looked = judged(reader) if EVERYTHING or len(seen) % 2 else narrow(reader)
        return [*looked, *([] if turned else ["is not mirrored"])]

    assert crawl(person, judge, ALL_GUIDANCE) == []


# --- a concern


def unharmed(person: Person) -> None:
    """Nothing that axe or the eye finds wrong."""
    assert judged(person) == []


def comes(somebody, demo, name: str, **window) -> Person:
    """Somebody who has signed in."""
    made, passwords = demo
    address = f"{name.lower().replace(' ', '.')}@northgate.example"
    person = somebody(name, made, **window)
    sign_in(person, address, passwords[address])
    return person


def press(person: Person, words: str) -> None:
    """The first link or button with these words, to which only those who listen hear whom it is about."""
    person.clicks(person.page.locator("main a, main button", has_text=words), words)


def test_a_concern_from_a_telephone_to_its_end(demo, somebody):
    ben = comes(somebody, demo, "Ben Thomas", **PHONE)
    ben.follows("Worried about something?", within="footer")
    ben.sees("Call the emergency services first", "extension 2222", "We cannot promise to keep it to ourselves")
    unharmed(ben)
    ben.follows("Write it down")
    ben.fills({"What happened?": SAID})
    ben.sees("for you alone")  # kept as it is typed
    ben.chooses("Amara Okafor")
    ben.chooses("Carys Llewellyn")  # who coordinates their programme
    ben.chooses("Sam Osei")  # the lead
    unharmed(ben)
    ben.picture("write")
    ben.presses("Send it")
    ben.sees("You hear from us within 24 hours.", SAID)

    lena = comes(somebody, demo, "Lena Fischer")
    lena.follows("Concerns", within="header")
    lena.page.locator("tr", has_text="Ben Thomas").get_by_role("link").click()
    lena.sees(SAID, "Answer first")
    unharmed(lena)
    lena.presses("Acknowledge")
    press(lena, "Put their meetings on hold")
    lena.sees("Their meetings are on hold. Nobody is told why, or by whom.")
    for step, why in (
        ("Decide: pass it on to another body", "It is more than we can judge"),
        ("It is passed on to another body", "The council’s desk, Ms Hale"),
    ):
        lena.chooses(step)
        lena.fills({"Why, and what exactly": why})
        lena.presses("Take this step")
    unharmed(lena)
    lena.picture("case")

    ben.opens("/worried/")
    ben.page.locator("main .row a").first.click()
    ben.sees("I have read it and will look after it")
    amara = comes(somebody, demo, "Amara Okafor", **PHONE)
    amara.sees("Meetings are on hold for now")
    press(amara, "What this means")
    amara.sees("Carys Llewellyn or a colleague will write to you.")
    unharmed(amara)
    amara.picture("on-hold")

    press(lena, "End this hold")
    lena.chooses("Close it: another body has taken it over")
    lena.fills({"Why, and what exactly": "They have it now"})
    lena.presses("Take this step")
    lena.sees("Closed: Another body has taken it over")
    amara.opens("/pairs/")
    amara.does_not_see("on hold")
