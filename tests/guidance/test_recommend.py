"""Which model fits: the sum, its parts, ties, and what cannot be answered."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside import guidance
from alongside.guidance import NotAnAnswer, rules

MARK = st.integers(0, 3)


@st.composite
def tables(draw):
    """A table of fits, by situation and option."""
    situations = draw(st.lists(st.sampled_from("abcdefghij"), min_size=1, max_size=10, unique=True))
    options = draw(st.lists(st.sampled_from("PQRSTUVW"), min_size=1, max_size=8, unique=True))
    return {situation: {option: draw(MARK) for option in options} for situation in situations}


@st.composite
def cases(draw):
    """A table and answers to it, some left out."""
    table = draw(tables())
    return table, draw(st.dictionaries(st.sampled_from(sorted(table)), MARK))


@st.composite
def answered(draw):
    """A table and answers of which one is not 0."""
    table, answers = draw(cases())
    return table, answers | {draw(st.sampled_from(sorted(table))): draw(st.integers(1, 3))}


def scores(table, answers):
    return {score.option: score for score in rules.recommend(table, answers).scores}


def test_a_worked_example():
    """Fixed dates: very much (3). New mentors: some (2). A few words of report: a little (1). So 3 × 6 = 18 at most.

    Clutterbuck 3×3 + 2×2 + 1×3 = 16, Kram 3×1 + 2×0 + 1×1 = 4, Starr 3×3 + 2×3 + 1×2 = 17, Zachary 9 + 6 + 3 = 18.
    """
    found = guidance.recommend(
        guidance.fit("lifecycle"), {"time-boxed": 3, "novice-mentors": 2, "reporting": 1, "networks": 0}
    )
    assert found.best == ("zachary",)
    assert [(score.option, score.points, score.exact, score.shown) for score in found.scores] == [
        ("zachary", 18, Fraction(100), 100),
        ("starr", 17, Fraction(1700, 18), 94),
        ("clutterbuck", 16, Fraction(1600, 18), 89),
        ("kram", 4, Fraction(400, 18), 22),
    ]
    clutterbuck = found.scores[2].contributions
    assert [(part.situation, part.answer, part.fit, part.points, part.most) for part in clutterbuck] == [
        ("time-boxed", 3, 3, 9, 9), ("novice-mentors", 2, 2, 4, 6), ("reporting", 1, 3, 3, 3),
    ]  # fmt: skip
    assert [part.exact for part in clutterbuck] == [Fraction(50), Fraction(400, 18), Fraction(300, 18)]
    assert [part.shown for part in clutterbuck] == [50, 22, 17]


def test_a_half_is_rounded_upwards():
    table = {"a": {"P": 1}, "b": {"P": 0}, "c": {"P": 0}}
    (score,) = rules.recommend(table, {"a": 3, "b": 3, "c": 2}).scores
    assert (score.exact, score.shown) == (Fraction(25, 2), 13)


def test_equally_good_ones_are_all_named_in_the_order_of_the_table():
    found = guidance.recommend(guidance.fit("lifecycle"), {"time-boxed": 2})
    assert found.best == ("clutterbuck", "starr", "zachary")
    assert {score.shown for score in found.scores if score.option in found.best} == {100}


def test_a_difference_that_rounds_away_is_none():
    """81 situations, all answered by 3: what one of them adds is less than half a point of a hundred."""
    table = {f"s{index}": {"P": 3, "Q": 3} for index in range(80)} | {"last": {"P": 3, "Q": 2}}
    found = rules.recommend(table, dict.fromkeys(table, 3))
    assert [score.shown for score in found.scores] == [100, 100]
    assert found.best == ("P", "Q")


@pytest.mark.parametrize("answers", [{}, {"time-boxed": 0}, dict.fromkeys(guidance.fit("lifecycle").fits, 0)])
def test_nothing_answered_nothing_recommended(answers):
    assert guidance.recommend(guidance.fit("lifecycle"), answers) == rules.Recommendation((), ())


@pytest.mark.parametrize("answer", [-1, 4, 1.0, "2", True, None])
def test_an_answer_outside_0_to_3_is_refused_by_name(answer):
    with pytest.raises(NotAnAnswer, match="reporting") as refused:
        guidance.recommend(guidance.fit("lifecycle"), {"time-boxed": 3, "reporting": answer})
    assert (refused.value.situation, refused.value.answer) == ("reporting", answer)


def test_an_answer_to_what_is_not_asked_is_refused():
    with pytest.raises(NotAnAnswer, match="weather"):
        guidance.recommend(guidance.fit("lifecycle"), {"weather": 1})


@given(answered())
def test_the_contributions_sum_to_the_score_exactly_and_as_shown(case):
    for score in rules.recommend(*case).scores:
        assert sum(part.exact for part in score.contributions) == score.exact
        assert sum(part.shown for part in score.contributions) == score.shown
        assert all(abs(part.shown - part.exact) < 1 for part in score.contributions)
        assert all(part.shown == 0 for part in score.contributions if part.points == 0)


@given(answered())
def test_the_score_is_what_was_reached_of_what_could_be(case):
    table, answers = case
    for option, score in scores(table, answers).items():
        reached = sum(answer * table[situation][option] for situation, answer in answers.items())
        assert score.exact == Fraction(100 * reached, 3 * sum(answers.values()))
        assert score.points == reached
        assert 0 <= score.exact <= 100
        assert abs(score.shown - score.exact) <= Fraction(1, 2)


@given(cases())
def test_there_is_a_best_one_exactly_where_something_was_answered(case):
    found = rules.recommend(*case)
    assert bool(found.best) == bool(found.scores) == any(case[1].values())
    shown = [score.shown for score in found.scores]
    assert shown == sorted(shown, reverse=True)
    assert list(found.best) == [score.option for score in found.scores if score.shown == max(shown)]


@given(answered(), st.integers(2, 3))
def test_what_matters_is_the_weight_of_the_answers_among_each_other(case, times):
    table, answers = case
    ones = {situation: min(answer, 1) for situation, answer in answers.items()}
    plain = scores(table, ones)
    for option, score in scores(table, {situation: times * one for situation, one in ones.items()}).items():
        assert (score.exact, score.shown) == (plain[option].exact, plain[option].shown)


@given(answered(), st.data())
def test_a_better_fit_never_makes_a_model_worse_and_touches_no_other(case, data):
    table, answers = case
    situation, option = data.draw(st.sampled_from(sorted(table))), data.draw(st.sampled_from(sorted(table[min(table)])))
    raised = table | {situation: table[situation] | {option: min(3, table[situation][option] + 1)}}
    before, after = rules.recommend(table, answers), rules.recommend(raised, answers)
    was, now = scores(table, answers), scores(raised, answers)
    assert now[option].exact >= was[option].exact
    assert all(now[other] == was[other] for other in was if other != option)
    assert option not in before.best or option in after.best


@given(answered(), st.randoms(use_true_random=False))
def test_the_order_of_questions_answers_and_models_changes_nothing(case, random):
    def shuffled(held):
        return dict(random.sample(list(held.items()), len(held)))

    table, answers = case
    other = {situation: shuffled(row) for situation, row in shuffled(table).items()}
    one, two = rules.recommend(table, answers), rules.recommend(other, shuffled(answers))
    assert set(one.best) == set(two.best)
    assert {score.option: (score.exact, score.shown, frozenset(score.contributions)) for score in one.scores} == {
        score.option: (score.exact, score.shown, frozenset(score.contributions)) for score in two.scores
    }


@given(answered())
def test_two_models_with_the_same_fits_are_never_told_apart(case):
    table, answers = case
    twin = {situation: row | {"twin": next(iter(row.values()))} for situation, row in table.items()}
    found = rules.recommend(twin, answers)
    first = next(iter(next(iter(table.values()))))
    assert (first in found.best) == ("twin" in found.best)


@given(answered())
def test_an_answer_of_0_is_as_good_as_none(case):
    table, answers = case
    assert rules.recommend(table, answers) == rules.recommend(
        table, {situation: answer for situation, answer in answers.items() if answer}
    )
