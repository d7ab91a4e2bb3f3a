"""From the sign-in to a place: an applicant and somebody who is asked, on telephones, with and without script."""

import pytest

from tests.browser import axe_violations, scrolls_sideways
from tests.journeys.crawling import sign_in
from tests.journeys.installation import running_demo
from tests.journeys.person import PHONE, Person

pytestmark = pytest.mark.journey
ELIN, CARYS = "elin.berg@northgate.example", "carys.llewellyn@northgate.example"
PETRA = "petra.novak@northgate.example"
QUESTION = "Which door have you walked past until now?"


def judged(person: Person) -> None:
    """Nothing that axe or the eye finds wrong."""
    assert [*axe_violations(person.page), *(["scrolls sideways"] if scrolls_sideways(person.page) else [])] == []


@pytest.mark.parametrize("script", [True, pytest.param(False, marks=pytest.mark.prove)])
def test_an_applicant_on_a_telephone_waits_and_is_accepted(tmp_path, somebody, script):
    with running_demo(tmp_path) as (made, passwords):
        elin = somebody("Elin Berg", made, **PHONE, java_script_enabled=script)
        sign_in(elin, ELIN, passwords[ELIN])
        elin.follows("Crossing over, autumn")
        elin.sees("Two hours a month, agreed with your line manager.", QUESTION, "You hear within a fortnight")
        elin.picture("join")
        elin.presses("Apply as mentee")
        elin.fills({QUESTION: "The one to the kitchen."})
        elin.presses("Keep it and come back later")
        elin.sees("What you have written is kept, and nobody else sees it.")
        elin.follows("Go on writing")
        elin.presses("Send")
        elin.sees("Say whether this describes you. You can apply either way.")
        elin.chooses("Yes")
        elin.picture("apply")
        elin.presses("Send")
        elin.sees("Nobody has read it yet: you can still change it.")

        carys = somebody("Carys Llewellyn", made)
        sign_in(carys, CARYS, passwords[CARYS])
        carys.opens("/programmes/crossing-over-autumn/applications/?state=applied")
        carys.follows("Elin Berg")
        carys.sees("The one to the kitchen.", "They say that who can take part describes them.")
        carys.presses("Put on the waiting list")
        carys.fills({"Your words to them": "We keep a chair for you."})
        carys.picture("decide")
        carys.presses("Put on the list and tell")

        elin.opens("/")
        elin.sees("On the waiting list")
        elin.follows("Crossing over, autumn, as Mentee")
        elin.sees("We keep a chair for you.", "before you.", "at the latest, whatever has come of it.")
        if script:
            judged(elin)
        elin.picture("waiting")

        carys.presses("Accept")
        carys.presses("Accept and tell")
        elin.opens("/programmes/crossing-over-autumn/join/")
        elin.sees("You take part since")
        elin.picture("accepted")
        petra = somebody("Petra Novak", made, **PHONE, java_script_enabled=script)
        sign_in(petra, PETRA, passwords[PETRA])
        asks(carys)
        says_yes(petra, script=script)
        carys.opens("/programmes/crossing-over-autumn/people/asked/?reply=yes")
        carys.sees("Petra Novak", "Said yes")
        carys.picture("asked")
        judged(carys)


def asks(carys: Person) -> None:
    """Carys ticks Petra on the page that adds people, and asks her."""
    carys.opens("/programmes/crossing-over-autumn/people/add/")
    carys.fills({"Name": "Petra"})
    carys.presses("Show")
    carys.chooses("Mentor")
    carys.picture("add")
    carys.presses("Ask the chosen")
    carys.sees("Petra Novak, Mentor", "A no needs no reason.")
    carys.fills({"Your words to them": "You know where every form comes from."})
    carys.picture("ask")
    judged(carys)
    carys.presses("Ask them")
    carys.sees("One person is asked.")


def says_yes(petra: Person, *, script: bool) -> None:
    """Petra finds it first on her page, reads, and answers."""
    petra.takes_up("Say whether you take part in “Crossing over, autumn”", "Read and answer")
    petra.sees("You know where every form comes from.", "What is asked of a mentor", "Privacy notice:")
    petra.presses("Yes, I take part")
    petra.sees("Say whether this describes you. You can take part either way.")
    petra.chooses("Yes")
    petra.fills({"Mentees in this programme": "2"})
    petra.picture("answer")
    if script:
        judged(petra)
    petra.presses("Yes, I take part")
    petra.sees("You take part. Thank you.", "You have room for 2 mentees.")
