"""What was learned when a pair ended is before whoever looks for somebody new, and before nobody else."""

import pytest
from django.urls import reverse

from alongside.foundation import reads
from alongside.matching import learned
from alongside.matching.fit import One, Scale
from alongside.matching.models import Proposal
from alongside.matching.reasons import Two
from alongside.matching.rules import Policy
from alongside.people import actions as people
from alongside.people.models import Link
from alongside.relationships import actions as relationships
from alongside.relationships import queries as pairs
from alongside.relationships.models import Learned
from tests.matching import world
from tests.visits import browser_of, queries_of, squeezed, words_of

TIMES = "Our usual times did not go together"


def here(what, ben, amara):
    two = Two(One("ben", ben), One("amara", amara), "Ben", "Amara")
    scale = Scale.of(Policy(), [two.mentee], [two.mentor])
    return [one.here for one in learned.here([what], scale, two)]


@pytest.mark.parametrize(
    ("what", "ben", "amara", "words"),
    [
        ("times", {"hours": ["2 evening"]}, {"hours": ["2 evening"]}, "Both can meet: Wednesday evening."),
        ("times", {"hours": ["2 evening"]}, {}, "Amara has named no usual times."),
        ("ways", {"ways_to_meet": ["phone", "video"]}, {"ways_to_meet": ["video"]}, "Both can meet: By video."),
        ("ways", {"ways_to_meet": ["phone"]}, {"ways_to_meet": ["video"]}, "No way to meet in common."),
        ("ways", {}, {"ways_to_meet": ["video"]}, "Ben has named no way to meet: any is fine."),
        ("skills", {"wanted": ["Budgets"]}, {"offered": ["Budgets"]}, "All that Ben wants: Budgets."),
        ("far", {"site": "Eastgate"}, {"site": "Harbour"}, "Ben is at Eastgate, Amara at Harbour."),
        ("near", {"department": "Wards"}, {"department": "Wards"}, "Both are in Wards."),
        ("language", {"languages": ["Welsh"]}, {"languages": ["Welsh"]}, "Both speak: Welsh."),
    ],
)
def test_each_thing_that_was_learned_is_held_against_the_two(what, ben, amara, words):
    assert here(what, ben, amara) == [words]


@pytest.fixture
def w(db):
    """Ben has ended it with Amara because of the times; Kwame, who is free on his evening, is found for him."""
    made = world.made()
    world.says(made.ben, wanted="Budgets")
    world.says(made.kwame, offered="Budgets")
    for held in (made.ben, made.kwame):
        people.say_times([(2, "evening")], by=world.actor(held))
    ends(made, made.ben)
    return made


def ends(w, mentee):
    """Somebody is paired with Amara, and ends it because of the times."""
    pair = relationships.propose(w.amara, mentee, by=w.carys)
    for held in (w.amara, mentee):
        who = world.actor(held)
        relationships.accept(pairs.own_pair(who, pair.ref), by=who)
    who = world.actor(mentee)
    relationships.end(pairs.own_pair(who, pair.ref), by=who, next_time=["times"])


def get(w, name, *refs):
    answer = browser_of(w.carys).get(reverse(f"matching:{name}", args=[w.programme.slug, *refs]))
    assert answer.status_code == 200
    return squeezed(words_of(answer))


def pair_page(w):
    world.worked_out(w)
    return get(w, "pair", Proposal.objects.get(mentee=w.ben).ref)


def test_the_page_of_a_proposed_pair_says_how_it_is_with_these_two(w):
    said = pair_page(w)
    assert f"Ben Thomas: “{TIMES}”" in said
    assert "Both can meet: Wednesday evening." in said


def test_it_stands_where_a_mentor_is_chosen_and_where_people_wait_again(w):
    world.worked_out(w)
    assert TIMES in get(w, "mentee", w.ben.ref)
    assert f"You may use what they said: “{TIMES}”" in get(w, "after")


def test_that_it_was_read_is_remembered(w):
    pair_page(w)
    assert [seen.reader for seen in reads.about(w.ben.membership)] == ["Carys Llewellyn"]


def test_what_was_taken_back_is_said_nowhere(w):
    ben, held = world.actor(w.ben), Learned.objects.get()
    relationships.take_back_learned(held.relationship, by=ben)
    assert "Said when an earlier pair ended" not in pair_page(w)
    assert TIMES not in get(w, "after")


def test_a_coordinator_who_manages_the_earlier_mentor_reads_none_of_it(w):
    Link.objects.create(source=w.carys.membership, target=w.amara.membership)
    assert TIMES not in pair_page(w)


def test_whoever_said_nothing_has_no_such_part_on_their_page(w):
    world.worked_out(w)
    assert "Said when an earlier pair ended" not in get(w, "mentee", w.elin.ref)


def test_the_page_of_those_who_wait_again_asks_no_more_for_three_people_than_for_one(w):
    url, client = reverse("matching:after", args=[w.programme.slug]), browser_of(w.carys)
    before = len(queries_of(client, url))
    for name in ("Mei Chen", "Luis Ferreira"):
        ends(w, world.joins(w, name, "mentee"))
    assert len(queries_of(client, url)) == before
    assert words_of(client.get(url)).count("You may use what they said:") == 3
