"""The pages of the closing review, and what happens afterwards, as people use them."""

import re
from datetime import UTC, datetime

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.foundation import clock, hooks
from alongside.programmes.actions import change_capacity
from alongside.programmes.terms import Part
from alongside.relationships import actions as relationships
from alongside.relationships.models import Relationship
from alongside.reviews import actions, queries
from alongside.reviews import hooks as reviews_hooks
from alongside.reviews.actions import Said
from alongside.reviews.models import ReviewAnswer
from tests import cast as people
from tests.reviews.conftest import AMARAS, BENS, MENTEE, MENTOR, at_stage, said

HOSTILE = "<script>alert(1)</script> {{ 7|add:7 }} \u202e\"'; DROP TABLE reviews_review; --"


def page(cast, name: str = "closing") -> str:
    return reverse(f"reviews:{name}", args=[cast.relationship.ref])


def filled(part: str, **change: str) -> dict[str, str]:
    ratings, words = (MENTEE, BENS) if part == "mentee" else (MENTOR, AMARAS)
    answers = {f"item-{key}": str(value) for key, value in ratings.items()}
    return answers | {"item-take-with-me": words, "contact": "stay"} | change


def plain(response) -> str:
    return re.sub(r"\s+", " ", response.text)


@pytest.fixture
def ben(cast, sign_in):
    return sign_in(cast.ben)


@pytest.fixture
def amara(cast, sign_in):
    return sign_in(cast.amara)


def test_each_is_asked_their_own_questions_and_told_who_can_read_the_answers(cast, ben, amara):
    mentees, mentors = ben.get(page(cast)).text, amara.get(page(cast)).text
    assert ("Did I feel heard?" in mentees, "Did I feel heard?" in mentors) == (True, False)
    assert "Did I leave my mentee room to think?" in mentors
    assert "You and Amara, if you share it, can read this" in mentees
    assert "5, all the way, or further" in mentees


def test_both_look_back_and_come_to_the_end(cast, ben, amara):
    sent = ben.post(page(cast), filled("mentee", released="on"), follow=True)
    assert "You can change it until Amara has sent theirs." in sent.text
    assert "Ben has sent theirs. With yours, your time together is completed." in plain(amara.get(page(cast)))
    assert BENS not in amara.get(page(cast)).text
    end = amara.post(page(cast), filled("mentor", contact_words="Coffee in spring?"), follow=True)
    assert end.redirect_chain[-1][0] == page(cast, "afterwards")
    assert "Both are in: you and Ben have come to the end." in end.text
    assert "You both would like to stay in touch." in end.text
    assert Relationship.objects.get().ending == "completed"
    text = plain(amara.get(page(cast)))
    assert (BENS in text, "4 of 5" in text) == (True, True)
    text = plain(ben.get(page(cast)))
    assert (AMARAS in text, "Amara has sent a review and keeps the answers private." in text) == (False, True)
    assert "Coffee in spring?" in text


def test_a_draft_survives_with_gaps(cast, ben):
    kept = ben.post(page(cast), {"item-reached": "2", "item-take-with-me": BENS, "draft": "1"}, follow=True)
    assert "Your draft is kept. Nobody else can read it." in kept.text
    assert BENS in kept.text
    assert re.search(r'name="item-reached" value="2"[^>]*checked', kept.text)
    assert ReviewAnswer.objects.get().sent_at is None


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"item-reached": ""}, "Choose one."),
        ({"item-reached": "6"}, "Choose one from the list."),
        ({"item-reached": "x"}, "Choose one from the list."),
        ({"contact": ""}, "Choose one."),
        ({"item-next-pairs": "x" * 4001}, "Keep this to 4000 characters. It has 4001."),
        ({"contact_words": "a\x00b"}, "There is a character here that cannot be shown (U+0000)."),
    ],
)
def test_what_is_wrong_stands_beside_the_question_and_nothing_is_lost(cast, ben, change, words):
    answer = ben.post(page(cast), filled("mentee", **change))
    assert (answer.status_code, words in answer.text, BENS in answer.text) == (200, True, True)
    assert not ReviewAnswer.objects.exists()


def test_hostile_words_are_only_words(cast, ben, amara):
    change = {"item-take-with-me": HOSTILE, "contact_words": HOSTILE, "released": "on"}
    for client, part in ((ben, "mentee"), (amara, "mentor")):
        assert client.post(page(cast), filled(part, **change)).status_code == 302
    for client in (ben, amara):
        for name in ("closing", "afterwards"):
            text = client.get(page(cast, name)).text
            assert ("<script>alert" in text, "&lt;script&gt;alert(1)" in text) == (False, True)
            assert "{{ 7|add:7 }}" in text


def test_sending_twice_lands_on_the_same_page_with_a_plain_word(cast, ben, amara):
    ben.post(page(cast), filled("mentee"))
    amara.post(page(cast), filled("mentor"))
    again = amara.post(page(cast), filled("mentor"), follow=True)
    assert again.status_code == 200
    assert "You have both sent your closing review. It stays as it is." in again.text


def test_before_the_close_one_can_look_at_the_questions(cast, ben):
    at_stage(cast, "progress")
    text = ben.get(page(cast)).text
    assert "The closing review opens when one of you chooses" in text
    assert ("Did I feel heard?" in text, "Send my review" in text) == (True, False)
    sent = ben.post(page(cast), filled("mentee"), follow=True)
    assert "The closing review opens when one of you chooses" in sent.text
    assert not ReviewAnswer.objects.exists()


def test_a_pair_that_ended_without_fault_reads_its_own_and_what_happens_to_records(cast, ben, amara, send):
    send("mentee", released=True)
    relationships.end(cast.pair(cast.amara), by=cast.amara)
    text = ben.get(page(cast)).text
    assert (BENS in text, "Send my review" in text) == (True, False)
    assert BENS not in amara.get(page(cast)).text
    text = plain(amara.get(page(cast, "afterwards")))
    assert "Ended without fault" in text
    assert ("How long your records are kept" in text, "From now on" in text) == (True, False)


def test_afterwards_gives_the_real_days(cast, ben, send):
    with clock.set_to(datetime(2026, 8, 31, 22, 30, tzinfo=UTC)):  # in London it is 23:30 on the same day
        send("mentee")
        send("mentor")
    text = plain(ben.get(page(cast, "afterwards")))
    assert "Completed, Monday 31 August 2026" in text
    assert "Until 31 August 2028" in text  # shared records: two years
    assert "Until 28 February 2027" in text  # private notes: six months, February has no 31st
    assert "privacy@northgate.example" in text
    assert "take a copy" not in text  # nothing is promised that is not there yet


def test_afterwards_says_who_can_read_what_to_each_in_their_place(cast):
    mentees = {line.words: line for line in queries.readers("mentee")}
    mentors = {line.words: line for line in queries.readers("mentor")}
    goals = "Goals, their starting points and how far they have come"
    assert (mentees[goals].mine, mentees[goals].theirs, mentees[goals].coordinator) == (
        "own; shared by choice", "what the mentee shares", ""
    )  # fmt: skip
    assert (mentors[goals].mine, mentors[goals].theirs) == ("what the mentee shares", "own; shared by choice")
    answers = mentees["Answers in the closing review"]
    assert (answers.mine, answers.coordinator) == ("own, what its writer shares", "")


def test_afterwards_does_not_exist_while_the_pair_goes_on(cast, ben):
    assert ben.get(page(cast, "afterwards")).url == reverse("relationships:pair", args=[cast.relationship.ref])


def test_the_panel_shows_whose_review_is_in(cast, ben, amara, send):
    home = reverse("relationships:pair", args=[cast.relationship.ref])
    assert "Your closing review" in ben.get(home).text
    actions.save_draft(cast.pair(cast.ben), said("mentee"), by=cast.ben)
    assert "A draft is kept" in ben.get(home).text
    assert "A draft is kept" not in amara.get(home).text
    send("mentee")
    send("mentor")
    assert "Afterwards: what happens to your records" in ben.get(home).text
    assert "Read your closing reviews" in ben.get(home).text


def steps(actor):
    return [(str(step.words), step.yours) for step in hooks.next_steps.of(actor) if step.weight == 15]


def test_looking_back_is_the_next_step_of_both_until_it_is_sent(cast, send):
    assert steps(cast.ben) == [("Look back on your time with Amara", True)]
    assert steps(cast.amara) == [("Look back on your time with Ben", True)]
    send("mentee")
    assert steps(cast.ben) == [("Amara looks back on your time together", False)]
    send("mentor")
    assert (steps(cast.ben), steps(cast.amara)) == ([], [])


def test_next_steps_need_as_many_queries_for_six_pairs_as_for_one(cast):
    def count() -> tuple[int, int]:
        with CaptureQueriesContext(connections["default"]) as held:
            found = len(list(reviews_hooks.next_steps(cast.amara)))
        return found, len(held)

    assert count() == (1, 3)
    mentor = cast.pair(cast.amara).mentor_party.participation
    change_capacity(mentor, 6, by=cast.carys)
    for number in range(5):
        mentee = people.member(f"Mentee {number}", cast.ben.organisation)
        place = people.takes_part(cast.programme, mentee, Part.MENTEE, cast.carys)
        made = relationships.propose(mentor, place, by=cast.carys)
        Relationship.objects.filter(pk=made.pk).update(state="active", stage="close")
    assert count() == (6, 3)


def test_a_whole_review_needs_no_more_queries_than_an_empty_draft(cast, send):
    actions.save_draft(cast.pair(cast.ben), Said(), by=cast.ben)
    pair = cast.pair(cast.ben)
    with CaptureQueriesContext(connections["default"]) as empty:
        queries.closing(cast.ben, pair)
    send("mentee", contact_words="Coffee in spring?")
    with CaptureQueriesContext(connections["default"]) as full, CaptureQueriesContext(connections["keys"]) as keys:
        queries.closing(cast.ben, pair)
    assert (len(empty), len(full), len(keys)) == (1, 1, 1)
