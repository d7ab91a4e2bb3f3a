"""Why somebody is not placed, what would help, and what one more place would do."""

import pytest

from alongside.matching import lacks

NAMES = {"amara": "Amara Okafor", "kwame": "Kwame Mensah", "ingrid": "Ingrid Solberg", "luis": "Luis Ferreira"}


@pytest.mark.parametrize(
    ("lack", "detail", "words"),
    [
        ("nobody_allowed", {"kept_apart": {"site": 12, "team": 3}},
         "The rules leave no mentor: “The same site” keeps 12 away, “Not the same team” keeps 3 away."),
        ("nobody_allowed", {}, "The rules leave no mentor."),
        ("no_places", {"allowed": 1}, "The 1 mentor whom the rules leave takes nobody."),
        ("too_few_places", {"between_count": 7},
         "The 7 mentors who come into question have no place left, and whoever has one can have nobody else."),
        ("too_few_places", {}, "No mentor whom the rules allow has a place left."),
        ("not_ready", {}, "Has not done yet what the programme asks of people before they are paired."),
    ],
)  # fmt: skip
def test_the_reason_is_said_with_its_numbers(lack, detail, words):
    assert lacks.why(lack, detail) == words


def change(mentor, lifts=(), places=0, score=810_000):
    return {"mentor": mentor, "lifts": list(lifts), "places": places, "score": score}


def test_a_change_names_the_place_or_the_rules_and_the_fit():
    changes = [change("kwame", places=1), change("amara", ["site"]), change("luis", ["team"], 1)]
    assert [(one.words, one.fit, one.only_a_place) for one in lacks.helps(changes, NAMES)] == [
        ("One more place with Kwame Mensah", 81, True),
        ("Amara Okafor, with “The same site” lifted for the two", 81, False),
        ("One more place with Luis Ferreira, and “Not the same team” lifted for the two", 81, False),
    ]


def test_a_mentor_who_may_not_be_named_here_is_left_out():
    assert lacks.helps([change("carys", places=1)], NAMES) == []


def test_one_more_place_is_said_to_place_somebody_only_where_that_is_proven():
    figures = {"scarce": ["amara", "kwame"], "prices": {"ingrid": 49_000, "luis": 9_000}}
    changes = [change("kwame", places=1), change("kwame", places=1), change("amara", ["site"], places=1)]
    assert [one.words for one in lacks.advice(figures, changes, NAMES)] == [
        "One more place with any of these would place one person more: Kwame Mensah, Amara Okafor.",
        "One more place with Ingrid Solberg would let all pairs together fit better by 4 points at most.",
    ]


def test_of_many_mentors_those_are_named_whose_place_would_help_most_people():
    figures = {"scarce": ["amara", "ingrid", "kwame", "luis"], "prices": {}}
    (one,) = lacks.advice(figures, [change("luis", places=1)], NAMES)
    assert one.words == (
        "One more place with any of 4 mentors would place one person more,"
        " such as Luis Ferreira, Amara Okafor, Ingrid Solberg."
    )
    assert one.mentors[0] == ("luis", "Luis Ferreira")


def test_a_rule_is_counted_for_whom_every_change_would_have_to_lift_it():
    lefts = [[change("amara", ["site"]), change("kwame", ["site", "team"])], [change("amara", ["team"])], []]
    assert lacks.lifted(lefts) == [("The same site", 1), ("Not the same team", 1)]
