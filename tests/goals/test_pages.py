"""The pages of goals, as people use them."""

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.foundation import hooks, vault
from alongside.goals import actions, queries
from alongside.goals import hooks as goals_hooks
from alongside.goals.models import Goal
from alongside.programmes.actions import change_capacity
from alongside.programmes.terms import Part
from alongside.relationships import actions as relationships
from alongside.relationships.models import Relationship
from tests import cast as people
from tests.goals.conftest import HANDOVER, at_stage
from tests.visits import squeezed

HOSTILE = '<script>alert(1)</script> {{ 7|add:7 }} {% now "Y" %} \u202e"\'; DROP TABLE goals_goal; --'


@pytest.fixture
def ben(cast, sign_in):
    return sign_in(cast.ben)


def page(name: str, cast, *more: str) -> str:
    return reverse(f"goals:{name}", args=[cast.relationship.ref, *more])


def filled(**change: str) -> dict[str, str]:
    return {"words": HANDOVER, "start": "3", "hope": "8", "ref": "abcdefghijkl"} | change


def test_ben_writes_his_first_goal_and_the_pair_moves_on(cast, ben):
    form = ben.get(page("new", cast))
    assert "You and Amara, if you share it, can read this" in form.text
    assert "Share this goal with Amara" in form.text
    answer = ben.post(page("new", cast), filled(why="Nights go better"), follow=True)
    assert answer.redirect_chain[-1][0] == page("goal", cast, "abcdefghijkl")
    assert HANDOVER in answer.text
    assert "Nights go better" in answer.text
    assert "Only you can read this" in answer.text
    cast.relationship.refresh_from_db()
    assert cast.relationship.stage == "progress"


def test_the_form_sent_twice_lands_on_the_same_goal(cast, ben):
    first = ben.post(page("new", cast), filled())
    second = ben.post(page("new", cast), filled())
    assert (first.url, Goal.objects.count()) == (second.url, 1)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"words": ""}, "Fill this in."),
        ({"words": "x" * 401}, "Keep this to 400 characters. It has 401."),
        ({"words": "a\x00b"}, "There is a character here that cannot be shown (U+0000)."),
        ({"start": ""}, "Choose one."),
        ({"start": "11"}, "Choose one from the list."),
        ({"hope": "2"}, "Choose a hope that is above where you start."),
        ({"target_on": "2020-01-01"}, "Choose a day from today on."),
        ({"target_on": "tomorrow"}, "Enter a whole date: day, month and year."),
        ({"ref": "x"}, ""),
    ],
)
def test_what_is_wrong_stands_beside_the_field_and_nothing_is_lost(cast, ben, change, said):
    answer = ben.post(page("new", cast), filled(why="Keep these words", **change))
    assert answer.status_code == 200
    assert said in answer.text
    assert "Keep these words" in answer.text
    assert not Goal.objects.exists()


def test_hostile_words_are_only_words(cast, ben, write):
    goal = write(HOSTILE, shared=True, why=HOSTILE, signs=HOSTILE, start_words=HOSTILE)
    actions.mark(goal, value=5, words=HOSTILE, by=cast.ben)
    for name in ("goals", "goal", "change"):
        text = ben.get(page(name, cast, *([] if name == "goals" else [goal.ref]))).text
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert(1)" in text
        assert "{{ 7|add:7 }}" in text
    answer = ben.post(page("mark", cast, goal.ref), {"value": "6", "words": HOSTILE}, follow=True)
    assert "&lt;script&gt;alert(1)" in answer.text


def test_ben_marks_shares_reaches_and_takes_up_again(cast, ben, write):
    goal = write()
    said = ben.post(page("mark", cast, goal.ref), {"value": "5", "words": "Two nights went well"}, follow=True).text
    assert "Today’s mark is saved." in said
    assert "Now 5, hoping for 8" in said
    assert "Two nights went well" in said
    assert "Your mentor can read this goal now." in ben.post(page("share", cast, goal.ref), follow=True).text
    assert "Shared with Amara" in ben.get(page("goal", cast, goal.ref)).text
    assert "This goal is reached." in ben.post(page("reach", cast, goal.ref), follow=True).text
    assert "This goal is reached already." in ben.post(page("reach", cast, goal.ref), follow=True).text
    assert "You are working on this goal again." in ben.post(page("reopen", cast, goal.ref), follow=True).text
    assert "Only you can read this goal now." in ben.post(page("unshare", cast, goal.ref), follow=True).text
    assert "You have let go of this goal." in ben.post(page("let_go", cast, goal.ref), follow=True).text


def test_a_mark_without_a_number_is_asked_for_again(cast, ben, write):
    goal = write()
    answer = ben.post(page("mark", cast, goal.ref), {"words": "Keep these words"})
    assert (answer.status_code, "Choose one." in answer.text, "Keep these words" in answer.text) == (200, True, True)
    assert ben.get(page("mark", cast, goal.ref)).status_code == 200


def test_ben_changes_a_goal_but_not_a_start_that_was_marked(cast, ben, write):
    goal = write(start_words="Notes")
    actions.mark(goal, value=5, by=cast.ben)
    assert "Where you started stays as it was" in ben.get(page("change", cast, goal.ref)).text
    change = {"words": "A better handover", "start": "0", "start_words": "Nothing", "hope": "9"}
    answer = ben.post(page("change", cast, goal.ref), change, follow=True)
    assert "A better handover" in answer.text
    [seen] = queries.seen([Goal.objects.get()])
    assert (seen.goal.start, seen.start_words, seen.goal.hope) == (3, "Notes", 9)


def test_a_pair_that_ended_meanwhile_is_said_in_words(cast, ben, write):
    goal = write(shared=True)
    relationships.end(cast.pair(cast.amara), by=cast.amara)
    ended = "Your time together has ended, so nothing more can be written."
    assert ended in ben.post(page("new", cast), filled()).text
    assert ended in ben.post(page("change", cast, goal.ref), filled(hope="9")).text
    assert ended in ben.post(page("mark", cast, goal.ref), {"value": "5"}, follow=True).text
    text = ben.get(page("goal", cast, goal.ref)).text
    assert (HANDOVER in text, "Let it go" in text, "Save today’s mark" in text) == (True, False, False)
    assert "Add a goal" not in ben.get(page("goals", cast)).text


def test_a_pair_that_ended_without_a_goal_is_promised_nothing_more(cast, ben, sign_in):
    relationships.end(cast.pair(cast.amara), by=cast.amara)
    assert "No goal was written" in ben.get(page("goals", cast)).text
    assert "No goal was shared" in sign_in(cast.amara).get(page("goals", cast)).text


def test_amara_reads_what_is_shared_and_is_offered_nothing_to_change(cast, sign_in, write):
    amara = sign_in(cast.amara)
    assert "Ben chooses which goals you can read." in amara.get(page("goals", cast)).text
    goal = write(shared=True, why="Nights go better")
    private = write("Find out whether nursing is for me")
    text = amara.get(page("goals", cast)).text
    assert (HANDOVER in text, "nursing" in text, "Add a goal" in text) == (True, False, False)
    text = amara.get(page("goal", cast, goal.ref)).text
    assert ("Nights go better" in text, "What you can do" in text) == (True, False)
    assert amara.get(page("goal", cast, private.ref)).status_code == 404
    assert "Goals are written by the mentee." in amara.post(page("new", cast), filled()).text


def test_a_chart_has_an_equal_table(cast, ben, write):
    goal = write(start=2, hope=9)
    actions.mark(goal, value=6, words="Better", by=cast.ben)
    text = squeezed(ben.get(page("goal", cast, goal.ref)).text)
    assert 'aria-label="Started at 2, now at 6, hoped for 9, on a scale from 0 to 10."' in text
    assert "The same as a table" in text
    assert 'data-label="What has changed">Better</td>' in text


def test_the_panel_shows_mentee_and_mentor_their_own_side(cast, ben, sign_in, write):
    home = reverse("relationships:pair", args=[cast.relationship.ref])
    assert "No goal yet" in ben.get(home).text
    write()
    write("Ask for the Eastgate day", shared=True)
    amara, carys = sign_in(cast.amara), sign_in(cast.carys)
    assert HANDOVER in ben.get(home).text
    assert (HANDOVER in amara.get(home).text, "Ask for the Eastgate day" in amara.get(home).text) == (False, True)
    text = carys.get(home).text
    assert ("Being worked on: 2" in text, HANDOVER in text, "Eastgate" in text) == (True, False, False)


def test_the_first_goal_is_bens_next_step_and_amara_waits(cast, write):
    [step] = [step for step in hooks.next_steps.of(cast.ben) if step.weight == 40]
    assert (step.words, step.yours, step.link) == ("Write your first goal with Amara", True, page("new", cast))
    [step] = [step for step in hooks.next_steps.of(cast.amara) if step.weight == 40]
    assert (step.words, step.yours) == ("Ben is choosing a goal", False)
    write()
    assert [step for step in hooks.next_steps.of(cast.ben) if step.weight == 40] == []
    at_stage(cast, "direct")
    relationships.end(cast.pair(cast.ben), by=cast.ben)
    assert [step for step in hooks.next_steps.of(cast.ben) if step.weight == 40] == []


def test_a_page_needs_as_many_queries_for_thirty_goals_as_for_three(cast, ben, write):
    def count() -> tuple[int, int]:
        with CaptureQueriesContext(connections["default"]) as held, CaptureQueriesContext(connections["keys"]) as keys:
            assert ben.get(page("goals", cast)).status_code == 200
        return len(held), len(keys)

    def add(number: int) -> None:
        for index in range(number):
            goal = write(f"Goal {index}")
            actions.mark(goal, value=4, words="So far", by=cast.ben)

    add(3)
    ben.get(page("goals", cast))
    few = count()
    add(27)
    assert count() == few
    assert few[1] == 1


def test_next_steps_need_as_many_queries_for_six_pairs_as_for_one(cast):
    def count() -> tuple[int, int]:
        with CaptureQueriesContext(connections["default"]) as held:
            found = len(list(goals_hooks.next_steps(cast.amara)))
        return found, len(held)

    assert count() == (1, 2)
    mentor = cast.pair(cast.amara).mentor_party.participation
    change_capacity(mentor, 6, by=cast.carys)
    for number in range(5):
        mentee = people.member(f"Mentee {number}", cast.ben.organisation)
        place = people.takes_part(cast.programme, mentee, Part.MENTEE, cast.carys)
        made = relationships.propose(mentor, place, by=cast.carys)
        Relationship.objects.filter(pk=made.pk).update(state="active", stage="direct")
    assert count() == (6, 2)


def test_a_proposed_pair_has_no_panel(db):
    proposed = people.pair(answered=False)
    actors = (proposed.ben, proposed.amara, proposed.carys)
    assert [goals_hooks._panel(actor, proposed.pair(actor)) for actor in actors] == [None, None, None]


def test_an_erased_mentees_goals_can_still_be_opened(cast, sign_in, write):
    goal = write(shared=True, why="Nights go better")
    actions.mark(goal, value=5, words="Two nights", by=cast.ben)
    vault.destroy(cast.ben.membership.key_owner)
    text = sign_in(cast.amara).get(page("goal", cast, goal.ref)).text
    assert "These words were erased." in text
    assert not [words for words in (HANDOVER, "Nights go better", "Two nights") if words in text]
