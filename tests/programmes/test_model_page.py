"""Choosing the lifecycle model: the page recommends with its sums, and never chooses."""

import re

import pytest

from alongside.programmes import actions, queries
from alongside.programmes.models import Design, Programme, SectionDraft
from tests import cast
from tests.visits import browser_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def c():
    return cast.pair()


@pytest.fixture
def draft(c) -> Programme:
    """Carys's next round, still in preparation."""
    return cast.programme(c.carys, "Ward sisters")


@pytest.fixture
def carys(c):
    return browser_of(c.carys)


def page(draft: Programme) -> str:
    return f"/programmes/{draft.slug}/design/model/"


def said(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", words_of(response)).split())


def test_without_answers_there_is_no_recommendation(draft, carys):
    assert "No recommendation" in said(carys.get(page(draft)))
    assert "No recommendation" in said(carys.get(page(draft), {"fit_time-boxed": "0"}))
    assert "No recommendation" in said(carys.get(page(draft), {"fit_time-boxed": "7", "fit_unheard-of": "3"}))


def test_answers_in_the_address_show_every_contribution_and_keep_nothing(draft, carys):
    response = carys.get(page(draft), {"fit_time-boxed": "3", "fit_reporting": "2"})
    compared = response.context["compared"]
    assert [(row["words"], row["note"], [number for _name, number in row["cells"]]) for row in compared["rows"]] == [
        ("A fixed beginning and end", "Yes, the dates are fixed (3)", [60, 60, 60, 20]),
        ("Records and reports", "Yes, figures once or twice a year (2)", [40, 40, 27, 13]),
    ]
    assert compared["scores"] == [
        ("Clutterbuck’s five phases", 100),
        ("Zachary’s four phases", 100),
        ("Starr’s mentor map", 87),
        ("Kram’s four phases", 33),
    ]
    assert "Its phases move on at turning points and can take years" in said(response)
    assert "Equally near to what you said: Clutterbuck’s five phases, Zachary’s four phases." in said(response)
    assert "It is not chosen by that." in said(response)
    assert not SectionDraft.objects.exists()
    assert not Design.objects.exists()


def test_looking_keeps_the_answers_and_the_reason_as_a_draft_and_chooses_nothing(draft, carys):
    data = {"fit_long-support": "3", "model_key": "zachary", "model_reason": "Half a reason", "then": "show"}
    response = carys.post(page(draft), data, follow=True)
    assert "Nearest to what you said: Kram’s four phases." in said(response)
    assert response.context["form"]["model_reason"].value() == "Half a reason"
    assert response.context["form"]["model_key"].value() == "zachary"
    draft.refresh_from_db()
    assert draft.model_key == "clutterbuck"
    assert not Design.objects.exists()


def test_a_choice_needs_a_reason_and_keeps_what_was_said(draft, carys):
    data = {"fit_long-support": "3", "model_key": "kram", "model_reason": " "}
    response = carys.post(page(draft), data)
    assert dict(response.context["form"].errors) == {
        "model_reason": ["Say in a sentence or two why this model fits you."]
    }
    assert response.context["best"] == ["Kram’s four phases"]
    draft.refresh_from_db()
    assert draft.model_key == "clutterbuck"
    assert carys.get(page(draft)).context["form"]["model_key"].value() == "kram"


def test_another_model_than_the_recommended_one_is_chosen_as_readily(c, draft, carys):
    data = {"fit_long-support": "3", "model_key": "starr", "model_reason": "Our trainers know it", "seen": "0"}
    response = carys.post(page(draft), data)
    assert response.url == f"/programmes/{draft.slug}/design/who/"
    draft.refresh_from_db()
    held = queries.design_of(draft)
    assert (draft.model_key, held.recommended, held.fit_answers) == ("starr", ["kram"], {"long-support": 3})
    cast.takes_part(draft, c.ben, "mentee", c.carys)
    shown = said(browser_of(c.ben).get(f"/programmes/{draft.slug}/"))
    assert "Why this one: Our trainers know it" in shown
    again = carys.get(page(draft)).context["form"]
    assert (again["fit_long-support"].value(), again["model_key"].value()) == ("3", "starr")


def test_after_the_launch_the_reason_can_be_written_and_the_model_stays(c, carys):
    running = c.programme
    response = carys.get(page(running))
    assert "The model stays as it was at launch" in said(response)
    carys.post(page(running), {"model_key": "kram", "model_reason": "Said afterwards"})
    running.refresh_from_db()
    assert (running.model_key, queries.design_of(running).model_reason) == ("clutterbuck", "Said afterwards")


def test_two_who_choose_at_once_see_both(c, draft, carys):
    iris = cast.member("Iris Holm", c.carys.organisation)
    cast.takes_part(draft, iris, "coordinator", c.carys)
    actions.choose_model(draft, key="kram", reason="Iris’s reason", answers={}, by=iris)
    data = {"model_key": "starr", "model_reason": "Carys’s reason", "seen": "0"}
    response = carys.post(page(draft), data)
    assert "Iris Holm has saved this section while you were writing." in said(response)
    assert "Iris’s reason" in said(response)
    draft.refresh_from_db()
    assert draft.model_key == "kram"
