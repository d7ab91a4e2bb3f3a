"""Criteria and rules of people: examples checked by hand, and matrices against counting in plain Python."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pairing import (
    Apart,
    Couples,
    Coverage,
    Criterion,
    NotAProblem,
    Rule,
    Shared,
    Table,
    TableRule,
    match,
    problem,
    verify,
)
from pairing.factoring import additive, hard, shares

MENTEES, MENTORS = ("ben", "bo"), ("amara", "anna")


def points(criterion, mentees=MENTEES, mentors=MENTORS):
    return told_twice(additive(criterion, mentees, mentors), mentees, mentors)


def allows(rule, mentees=MENTEES, mentors=MENTORS):
    return told_twice(hard(rule, mentees, mentors), mentees, mentors)


def told_twice(factor, mentees, mentors):
    """What a factor says of every pair, once by row and once pair by pair."""
    rows, columns = np.indices((len(mentees), len(mentors)))
    by_row = factor.block(np.arange(len(mentees))).tolist()
    assert by_row == factor.at(rows.ravel(), columns.ravel()).reshape(rows.shape).tolist()
    return by_row


# --- by hand


def test_coverage_counts_the_importance_of_what_is_offered():
    # ben: 100 x 3/4 for budgets, 100 x 1/4 for chairing. bo wants chairing alone.
    wants = [{"budgets": 3, "chairing": 1}, {"chairing": 2}]
    offers = [{"budgets", "welsh"}, ["chairing", "budgets"]]
    assert points(Coverage("skills", 100, wants, offers)) == [[75, 100], [0, 100]]


def test_shares_that_do_not_come_out_even_go_to_the_largest_remainders():
    # 10 among 3 + 3 + 1: 4.29, 4.29 and 1.43, so the one left over goes to c.
    assert shares(10, {"a": 3, "b": 3, "c": 1}) == {"a": 4, "b": 4, "c": 2}


def test_of_equal_remainders_the_word_that_comes_first_gets_the_point_more():
    assert shares(100, {"c": 1, "b": 1, "a": 1}) == {"a": 34, "b": 33, "c": 33}


@pytest.mark.parametrize(("without", "all_pairs"), [(0, [0, 0]), (30, [30, 30])])
def test_who_wants_nothing_has_the_same_points_with_everybody(without, all_pairs):
    criterion = Coverage("skills", 100, [{"budgets": 1}, {}], [{"budgets"}, set()], without=without)
    assert points(criterion) == [[100, 0], all_pairs]


def test_who_wants_nothing_never_goes_before_who_says_something():
    wants, offers = [{}, {"budgets": 1, "welsh": 9}], [{"budgets"}]
    result = match(problem(MENTEES, ["amara"], criteria=[Coverage("skills", 1_000_000, wants, offers)]))
    assert [pair.mentee for pair in result.pairs] == ["bo"]


def test_a_table_gives_points_by_category_and_its_default_to_the_rest():
    table = Table("level", 50, ["junior", "junior"], ["senior", "peer"], {("junior", "senior"): 50}, default=10)
    assert points(table) == [[50, 10], [50, 10]]


def test_couples_give_points_to_single_pairs():
    assert points(Couples("wishes", 9, {("bo", "amara"): 9})) == [[0, 0], [9, 0]]


def test_people_share_a_word_or_may_not_be_paired():
    rule = Shared("language", [{"cy", "en"}, {"fr"}], [["en"], ["de"]])
    assert allows(rule) == [[True, False], [False, False]]


@pytest.mark.parametrize(
    ("empty_allows", "allowed"),
    [(False, [[False, False], [False, True]]), (True, [[True, True], [True, True]])],
)
def test_who_has_no_words_is_let_through_only_if_the_rule_says_so(empty_allows, allowed):
    rule = Shared("times", [[], ["monday"]], [[], ["monday"]], empty_allows=empty_allows)
    assert allows(rule) == allowed


def test_letting_through_who_has_no_words_lets_nobody_else_through():
    rule = Shared("times", [["monday"], []], [["friday"], ["monday"]], empty_allows=True)
    assert allows(rule) == [[False, True], [True, True]]


@pytest.mark.parametrize("default", [True, False])
def test_a_rule_by_category_has_a_default(default):
    rule = TableRule("level", ["junior", "lead"], ["lead", "junior"], {("lead", "junior"): not default}, default)
    assert allows(rule) == [[default, default], [default, not default]]


def test_people_of_one_team_are_kept_apart():
    assert allows(TableRule.unlike("team", ["payroll", "wards"], ["wards", "labs"])) == [[True, True], [False, True]]


def test_single_pairs_are_kept_apart():
    assert allows(Apart("line", [("bo", "anna")])) == [[True, True], [True, False]]


def test_criteria_and_rules_of_people_stand_beside_matrices():
    cohort = problem(
        MENTEES,
        MENTORS,
        criteria=[
            Coverage("skills", 600_000, [{"budgets": 1}, {"welsh": 1}], [{"budgets"}, {"welsh"}]),
            Criterion("pulse", 400_000, [[400_000, 0], [0, 1]]),
        ],
        rules=[Rule("desk", [[True, True], [True, False]]), Apart("line", [("ben", "anna")])],
    )
    assert cohort.scores.tolist() == [[1_000_000, 0], [0, 600_001]]
    assert cohort.allowed.tolist() == [[True, False], [True, False]]
    assert [rule.name for rule in cohort.rules] == ["desk", "line"]
    result = match(cohort)
    assert verify(cohort, result) == ()
    assert result.pairs[0].criteria == (("skills", 600_000), ("pulse", 400_000))


@pytest.mark.parametrize("people", [((), MENTORS), (MENTEES, ()), ((), ())])
def test_an_empty_side_has_no_pairs(people):
    mentees, mentors = people
    assert points(Coverage("skills", 9, [{"budgets": 1}] * len(mentees), [["welsh"]] * len(mentors)), *people) == [
        [] for _ in mentees
    ]
    assert allows(Shared("language", [["en"]] * len(mentees), [["en"]] * len(mentors)), *people) == [
        [] for _ in mentees
    ]


# --- what is wrong


def fault(*, criteria=(), rules=()):
    given = {"criteria": criteria} if criteria else {"scores": [[0, 0], [0, 0]]}
    with pytest.raises(NotAProblem) as caught:
        problem(MENTEES, MENTORS, rules=rules, **given)
    return caught.value


NOTHING = [set(), set()]


@pytest.mark.parametrize(
    ("criterion", "person", "said"),
    [
        (
            Coverage("skills", 9, [{}], NOTHING),
            "",
            "criterion 'skills' has 1 entries for 2 mentees. Give one for each, in the order of the ids.",
        ),
        (
            Coverage("skills", 9, [{}, {"welsh": 0}], NOTHING),
            "bo",
            "criterion 'skills', 'bo', 'welsh' is 0. Give a whole number from 1 to 9,007,199,254,740,992.",
        ),
        (
            Coverage("skills", 9, [["welsh"], {}], NOTHING),
            "ben",
            (
                "criterion 'skills', 'ben': ['welsh'] is not a mapping from words to importance. Give one, empty where "
                "nothing is wanted."
            ),
        ),
        (
            Coverage("skills", 9, [{}, {}], [set(), "welsh"]),
            "anna",
            "criterion 'skills', 'anna': 'welsh' is not a collection of words. Give one, empty where there are none.",
        ),
        (
            Coverage("skills", 9, [{}, {}], NOTHING, without=10),
            "",
            "criterion 'skills', without is 10. Give a whole number from 0 to 9.",
        ),
        (
            Table("level", 9, ["a", None], ["b", "b"], {}),
            "bo",
            "criterion 'level', 'bo': None is not a category. Give a text, '' where there is none.",
        ),
        (
            Table("level", 9, ["a", "a"], ["b", "b"], {("a", "b"): 10}),
            "",
            "criterion 'level', ('a', 'b') is 10. Give a whole number from 0 to 9.",
        ),
        (
            Table("level", 9, ["a", "a"], ["b", "b"], {"a": 1}),
            "",
            "criterion 'level' names 'a'. Give pairs of a mentee's category and a mentor's.",
        ),
        (
            Couples("wishes", 9, {("bo", "ari"): 1}),
            "ari",
            "criterion 'wishes' names 'bo' and 'ari', and 'ari' is not in this cohort. Leave that pair out.",
        ),
        (
            Couples("wishes", 9, {("bo", "anna"): -1}),
            "anna",
            "criterion 'wishes', 'bo' and 'anna' is -1. Give a whole number from 0 to 9.",
        ),
        (Couples("wishes", -1, {}), "", "the weight of 'wishes' is -1. Give a whole number from 0 to 1,000,000."),
    ],
)
def test_what_is_wrong_with_a_criterion_is_said_with_its_cure(criterion, person, said):
    found = fault(criteria=[criterion])
    assert (str(found), found.about, found.criterion) == (said, "criteria", criterion.name)
    assert person in (found.mentee, found.mentor)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (
            Shared("language", [["en"], "en"], NOTHING),
            "rule 'language', 'bo': 'en' is not a collection of words. Give one, empty where there are none.",
        ),
        (
            TableRule("team", ["a", "a"], ["b", "b"], {("a", "b"): 1}),
            "rule 'team', ('a', 'b'): 1 is neither true nor false. Say which.",
        ),
        (
            TableRule("team", ["a"], ["b", "b"], {}),
            "rule 'team' has 1 entries for 2 mentees. Give one for each, in the order of the ids.",
        ),
        (
            Apart("line", [("cy", "anna")]),
            "rule 'line' names 'cy' and 'anna', and 'cy' is not in this cohort. Leave that pair out.",
        ),
        (Apart("line", ["bo"]), "rule 'line' holds 'bo'. Give pairs of a mentee's id and a mentor's."),
        (Apart("ban", []), "A rule cannot be called 'ban'. Give it another name."),
    ],
)
def test_what_is_wrong_with_a_rule_is_said_with_its_cure(rule, said):
    found = fault(rules=[rule])
    assert (str(found), found.about, found.criterion) == (said, "rules", rule.name)


def test_a_rule_that_is_given_twice_is_named():
    said = str(fault(rules=[Apart("line", []), Apart("line", [])]))
    assert said == "Rule 'line' stands there more than once. Give each a name of its own."


# --- against plain Python

WORDS = st.sampled_from(["budgets", "chairing", "welsh", "導"])
PEOPLE = st.integers(0, 4)


@st.composite
def sides(draw):
    mentees, mentors = draw(PEOPLE), draw(PEOPLE)
    return [f"b{n}" for n in range(mentees)], [f"a{n}" for n in range(mentors)]


def each(draw, people, what):
    return draw(st.lists(what, min_size=len(people), max_size=len(people)))


@settings(deadline=None)
@given(sides(), st.data())
def test_coverage_is_a_plain_count(people, data):
    wants = each(data.draw, people[0], st.dictionaries(WORDS, st.integers(1, 10**15)))
    offers = each(data.draw, people[1], st.sets(WORDS))
    weight = data.draw(st.integers(0, 1_000_000))
    found = points(Coverage("skills", weight, wants, offers), *people)
    for wanted, row in zip(wants, found, strict=True):
        of_word = shares(weight, wanted) if wanted else {}
        assert sum(of_word.values()) == (weight if wanted else 0)
        assert all(0 <= share - weight * wanted[w] // sum(wanted.values()) <= 1 for w, share in of_word.items())
        assert row == [sum(share for word, share in of_word.items() if word in offered) for offered in offers]


@settings(deadline=None)
@given(sides(), st.data())
def test_tables_are_plain_look_ups(people, data):
    rows, columns = (each(data.draw, some, WORDS) for some in people)
    given_points = data.draw(st.dictionaries(st.tuples(WORDS, WORDS), st.integers(0, 5)))
    default = data.draw(st.integers(0, 5))
    expected = [[given_points.get((row, column), default) for column in columns] for row in rows]
    assert points(Table("level", 5, rows, columns, given_points, default), *people) == expected
    given_flags = {couple: value > 2 for couple, value in given_points.items()}
    expected_flags = [[given_flags.get((row, column), default > 2) for column in columns] for row in rows]
    assert allows(TableRule("level", rows, columns, given_flags, default > 2), *people) == expected_flags


@settings(deadline=None)
@given(sides(), st.booleans(), st.data())
def test_shared_words_are_an_intersection(people, empty_allows, data):
    rows, columns = (each(data.draw, some, st.sets(WORDS)) for some in people)
    expected = [[bool(row & column) or (empty_allows and not (row and column)) for column in columns] for row in rows]
    assert allows(Shared("language", rows, columns, empty_allows), *people) == expected


def test_more_words_than_one_number_has_bits():
    words = [f"w{n}" for n in range(130)]
    assert np.array_equal(
        allows(Shared("codes", [[w] for w in words], [[w] for w in words], True), words, words), np.eye(130)
    )
    wants = [{word: 1} for word in words]
    assert np.array_equal(points(Coverage("codes", 1, wants, [[w] for w in words]), words, words), np.eye(130))
