"""A coordinator sets by what a programme matches: with the effect at once while typing, and without script."""

import pytest

from tests.journeys.crawling import sign_in
from tests.journeys.installation import running_demo
from tests.journeys.person import PHONE, Person

pytestmark = pytest.mark.journey

CARYS, PAGE = "carys.llewellyn@northgate.example", "/programmes/rising-leaders-autumn/matching/rules/"


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
