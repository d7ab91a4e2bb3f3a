"""From the invitation to ready, on a telephone: a new mentor does what her programme asks, step by step."""

import pytest

from alongside import guidance
from tests.browser import axe_violations, scrolls_sideways
from tests.journeys import path
from tests.journeys.crawling import sign_in
from tests.journeys.installation import running_demo
from tests.journeys.path import Named
from tests.journeys.person import PHONE, Person

pytestmark = pytest.mark.journey
CARYS = "carys.llewellyn@northgate.example"
RHIAN = Named("Rhian Gray", "Rhian", "rhian.gray@northgate.example")
READY = "/programmes/rising-leaders-autumn/readiness/"


def judged(person: Person) -> None:
    """Nothing that axe or the eye finds wrong."""
    assert [*axe_violations(person.page), *(["scrolls sideways"] if scrolls_sideways(person.page) else [])] == []


def test_a_mentor_from_the_invitation_to_ready(tmp_path, somebody):
    with running_demo(tmp_path) as (made, passwords):
        carys = somebody("Carys Llewellyn", made)
        sign_in(carys, CARYS, passwords[CARYS])
        adds_as_mentor(carys)
        path.invite(carys, RHIAN)
        rhian = somebody(RHIAN.name, made, **PHONE)
        path.join_with_password(rhian, RHIAN)
        accepts_the_code(rhian)
        does_the_training(rhian)
        rhian.takes_up("Say whether you have a conflict of interest", "Answer")
        judged(rhian)
        rhian.presses("I have nothing to declare")
        rhian.sees("You answered on")
        rhian.opens("/getting-ready/")
        rhian.sees("Waits for your coordinator")
        judged(rhian)
        rhian.picture("waits")

        records_vetting(carys)
        rhian.opens("/getting-ready/")
        rhian.sees("You are ready: nothing is left to do.", "Enhanced check")
        rhian.picture("ready")


def adds_as_mentor(carys: Person) -> None:
    carys.opens("/programmes/rising-leaders-autumn/people/add/")
    carys.fills({"Name": "Rhian"})
    carys.presses("Show")
    carys.chooses("Mentor")
    carys.presses("Add the chosen")


def accepts_the_code(rhian: Person) -> None:
    rhian.takes_up("Read and accept the code of ethics", "Read it")
    judged(rhian)
    rhian.presses("I have read it, and I will work by it")
    rhian.sees("You have accepted “Global Code of Ethics")


def does_the_training(rhian: Person) -> None:
    """Each of the six parts, the first of them with a wrong answer before the right one."""
    rhian.takes_up("Do the training before you begin", "See what there is")
    judged(rhian)
    rhian.picture("training")
    for number, module in enumerate(guidance.course("core").modules):
        rhian.opens("/training/")
        rhian.follows(module.name)
        for question in module.questions:
            rhian.chooses(next(one.words for one in question.choices if one.right != (number == 0)))
        rhian.presses("These are my answers")
        if number == 0:
            rhian.sees("Not all answers are right yet.", module.questions[0].choices[0].feedback)
            judged(rhian)
            rhian.picture("wrong")
            for question in module.questions:
                rhian.chooses(next(one.words for one in question.choices if one.right))
            rhian.presses("These are my answers")
        rhian.sees("You have done this")


def records_vetting(carys: Person) -> None:
    carys.opens(f"{READY}?q=Rhian")
    carys.page.locator("tr", has_text="Rhian Gray").get_by_role("link", name="Record").first.click()
    carys.fills({"What kind of vetting": "Enhanced check", "On which day": path.today().date().isoformat()})
    carys.chooses("In order")
    judged(carys)
    carys.presses("Record it")
    carys.sees("Recorded.")
