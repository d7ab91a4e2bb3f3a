"""Why not these two: what the engine answered, in words, and who else would change."""

import pytest

from alongside.matching import costs
from alongside.matching.costs import Change, Who

BEN_AND_AMARA = Who("ben", "amara", "Ben Thomas", "Amara Okafor")
NAMES = {"elin": "Elin Berg", "amara": "Amara Okafor", "kwame": "Kwame Mensah", "tariq": "Tariq Hussain"}

_FORBIDDEN = (
    "“No line manager, and nobody above them”, “The same site” forbid it."
    " A lock does not break a rule: change the rules, or leave them apart."
)


def told(**said):
    return {"paired": False, "score": 710_000, "forbidden_by": [], "block": "", "cost": None} | said


def cost(lost=(), gained=(), matched=0, worst=0):
    return told(cost={"matched": matched, "worst": worst, "total": 0, "lost": lost, "gained": gained})


def answer(said, names=NAMES):
    return costs.answer(said, BEN_AND_AMARA, names, worst=560_000)


SWAP = cost(
    lost=[("ben", "kwame", 830_000), ("elin", "amara", 780_000)],
    gained=[("ben", "amara", 710_000), ("elin", "kwame", 710_000)],
)


def test_what_the_other_pairs_lose_leaves_out_the_two_themselves():
    assert answer(SWAP).lines == [
        "The two would fit 71 of 100.",
        "Ben Thomas fits 83 with the mentor they have now.",
        "The other pairs together would lose 7 points.",
    ]
    assert answer(SWAP).heading == "It could be done, at a price"


def test_whoever_would_change_is_named_with_the_fit_before_and_then():
    assert answer(SWAP).changes == [Change("Elin Berg", "Amara Okafor, 78", "Kwame Mensah, 71")]


def test_what_the_others_lose_is_what_the_list_beside_it_adds_up_to():
    lost = [("ben", "kwame", 830_000), ("elin", "amara", 789_000), ("hana", "tariq", 609_000)]
    gained = [("ben", "amara", 710_000), ("elin", "kwame", 740_000), ("hana", "tariq", 570_000)]
    said = answer(cost(lost=lost, gained=gained), {**NAMES, "hana": "Hana Sato"})
    assert said.lines[2] == "The other pairs together would lose 7 points."
    assert said.changes == [
        Change("Elin Berg", "Amara Okafor, 78", "Kwame Mensah, 74"),
        Change("Hana Sato", "Tariq Hussain, 60", "Tariq Hussain, 57"),
    ]


def test_whoever_another_coordinator_looks_at_is_not_named():
    (change,) = answer(SWAP, {}).changes
    assert change.mentee == "somebody at whom another coordinator looks"


def test_whoever_would_have_nobody_is_named_though_as_many_are_placed():
    said = answer(cost(lost=[("elin", "amara", 780_000)], gained=[("ben", "amara", 710_000)]))
    assert said.heading == "It could be done, and somebody else would have no mentor"
    assert said.lines[1:] == [
        "Ben Thomas has nobody now.",
        "The other pairs together would lose 78 points.",
        "Without a mentor then: Elin Berg.",
    ]


def test_one_person_fewer_and_a_weaker_pair_are_said():
    lost = [("ben", "kwame", 830_000), ("elin", "amara", 780_000)]
    said = answer(cost(lost=lost, gained=[("ben", "amara", 710_000)], matched=-1, worst=-150_000))
    assert said.lines[3:] == [
        "Without a mentor then: Elin Berg.",
        "One person fewer is placed.",
        "The weakest pair would fit 41 instead of 56.",
    ]


def test_a_free_place_costs_the_others_nothing():
    said = answer(cost(lost=[("ben", "kwame", 830_000)], gained=[("ben", "amara", 710_000)]))
    assert (said.heading, said.lines[2]) == ("It could be done", "The other pairs together would lose nothing.")
    assert said.can_lock


@pytest.mark.parametrize(
    ("said", "line"),
    [
        (
            told(forbidden_by=["manager", "site"]),
            _FORBIDDEN,
        ),
        (told(forbidden_by=["ban"]), "You said “not these two”. Take that back on the board, then ask again."),
        (told(block="no_places"), "Amara Okafor takes nobody at present."),
        (
            told(block="pins"),
            "Every place of one of the two is locked for somebody else. Unlock one of those pairs first.",
        ),
    ],
)
def test_where_it_cannot_be_had_the_reason_and_the_cure_are_said(said, line):
    assert answer(said).lines[-1] == line
    assert not answer(said).can_lock


def test_two_who_are_a_pair_already_are_told_so():
    assert answer({"paired": True}).heading == "Ben Thomas and Amara Okafor are a pair already."
