"""A coordinator sets by what a programme matches, swaps a mentor, publishes; on telephones people say yes, and decline.

The first tests leave the rules as they were.
"""

import re

import pytest

from tests.journeys.crawling import judged, sign_in
from tests.journeys.installation import running_demo
from tests.journeys.person import PHONE, Person

pytestmark = pytest.mark.journey

CARYS, MATCHING = "carys.llewellyn@northgate.example", "/programmes/rising-leaders-autumn/matching/"
PAGE = f"{MATCHING}rules/"


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The programme is launched, and some wait for a mentor."""
    with running_demo(tmp_path_factory.mktemp("rules"), "matching") as (made, passwords):
        yield made, passwords


def at_the_rules(somebody, demo, **window) -> Person:
    made, passwords = demo
    carys = somebody("Carys", at=made, **window)
    sign_in(carys, CARYS, passwords[CARYS])
    carys.opens(PAGE)
    return carys


def weight(carys: Person, name: str):
    return carys.page.locator(f"[name=weight_{name}]")


def test_what_two_people_get_follows_what_is_typed_and_nothing_is_saved_before_save(somebody, demo):
    carys = at_the_rules(somebody, demo)
    carys.sees("fit", "of 100", "Together they make a hundred")
    weight(carys, "skills").fill("40")
    carys.sees("The weights add up to 85. Give 15 more to something.", "of 85")
    assert carys.page.evaluate("document.activeElement.name") == "weight_skills"
    weight(carys, "aim").fill("15")
    carys.sees("Together they make a hundred", "fit", "of 100")
    carys.sees("Nobody has changed them yet")
    weight(carys, "skills").fill("55")
    weight(carys, "aim").fill("0")
    carys.presses("Save")
    carys.sees("The rules are saved.", "Carys Llewellyn saved them last")


def test_without_script_and_on_a_telephone_a_button_shows_the_effect_and_keeps_what_was_typed(somebody, demo):
    carys = at_the_rules(somebody, demo, java_script_enabled=False, **PHONE)
    weight(carys, "skills").fill("50")
    carys.presses("Show the effect")
    carys.sees("The weights add up to")
    assert weight(carys, "skills").input_value() == "50"
    carys.opens(PAGE)
    assert weight(carys, "skills").input_value() != "50"


# --- from the board to two who have said yes, and one who has declined


def comes(somebody, demo, address: str, **window) -> Person:
    made, passwords = demo
    person = somebody(address, at=made, **window)
    sign_in(person, f"{address}@northgate.example", passwords[f"{address}@northgate.example"])
    return person


def beside(person: Person, role: str, words: str, about: str) -> None:
    """Follow or press what only its name for those who listen tells apart."""
    what = person.page.locator("main").get_by_role(role, name=re.compile(rf"^{re.escape(words)}.*{about}"))
    person.clicks(what, f"{words}, {about}")


def test_a_board_is_worked_out_swapped_locked_and_published_and_nothing_is_told_before(somebody, demo):
    carys = comes(somebody, demo, "carys.llewellyn")
    carys.opens(MATCHING)
    carys.sees("Look at 2 pairs, then publish all 5", "no other pairing places more people")
    carys.page.locator("form").filter(has_text="What becomes of the pairs").get_by_label("Begin anew").check()
    carys.presses("Work it out again")
    carys.sees("Number 2")
    beside(carys, "link", "Swap", "Rhian Gray")
    beside(carys, "button", "Why not?", "Mateo Ruiz")
    carys.sees("It could be done", "The other pairs together would lose nothing.")
    assert judged(carys) == []
    carys.presses("Lock these two and work it out again")
    carys.sees("Look at 3 pairs, then publish all 5")
    assert judged(carys) == []
    for _pair in range(3):
        beside(carys, "button", "I have looked", "")
    carys.follows("Check and publish")
    carys.presses("I have looked through it")
    carys.presses("Lock it")
    assert judged(carys) == []
    waits = comes(somebody, demo, "yusuf.vaughan", **PHONE)
    waits.opens("/")
    waits.does_not_see("Noor")
    carys.presses("Publish, and tell 8 people")
    carys.sees("These pairs were published")


def test_on_telephones_a_mentee_reads_why_and_both_say_yes(somebody, demo):
    for who, whom in (("yusuf.vaughan", "Noor Aziz"), ("noor.aziz", "Yusuf Vaughan")):
        person = comes(somebody, demo, who, **PHONE)
        person.takes_up(f"Say whether {whom} is right for you", "See who it is")
        person.sees("Why you two", "Clinical leadership")
        assert judged(person) == []
        person.presses("Say yes")
    person.opens("/")
    person.sees("You and Yusuf")


def test_whoever_is_declined_waits_again_and_is_never_offered_the_same_person(somebody, demo):
    mateo = comes(somebody, demo, "mateo.ruiz", **PHONE)
    mateo.takes_up("Say whether Rhian Gray is right for you", "See who it is")
    mateo.follows("Decline")
    mateo.presses("Decline")
    carys = comes(somebody, demo, "carys.llewellyn")
    carys.opens(f"{MATCHING}after/")
    carys.sees("Rhian Gray")
    assert judged(carys) == []
    carys.presses("Find somebody else")
    carys.sees("“One of them has declined or ended it before” keeps 1 away", "it takes another mentor")
