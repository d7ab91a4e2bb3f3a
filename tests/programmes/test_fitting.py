"""How models fit a situation: sums that can be checked by hand, and what must hold of any of them."""

from hypothesis import given
from hypothesis import strategies as st

from alongside.programmes import advice
from alongside.programmes.rules import fitting

FITS = {"formal": {"a": 3, "b": 1}, "new": {"a": 2, "b": 3}, "long": {"a": 0, "b": 3}}


def test_each_answer_counts_as_often_as_the_model_goes_with_it():
    found = fitting.fit({"formal": 3, "new": 1}, FITS)
    assert [(line.situation, line.answer, line.parts) for line in found.lines] == [
        ("formal", 3, {"a": 9, "b": 3}),
        ("new", 1, {"a": 2, "b": 3}),
    ]
    assert found.scores == {"a": 92, "b": 50}  # 11 and 6 of 3 times 4
    assert found.best == ("a",)


def test_equal_ones_are_both_named():
    assert fitting.fit({"formal": 3, "long": 2}, FITS).best == ("a", "b")  # 9 and 9


def test_without_an_answer_there_is_no_recommendation():
    nothing = fitting.Fit((), {}, ())
    assert fitting.fit({}, FITS) == nothing
    assert fitting.fit({"formal": 0, "new": 0}, FITS) == nothing


def test_what_is_no_answer_does_not_count():
    odd = {"formal": 4, "new": -1, "long": "3", "unheard-of": 3, "other": True}
    assert fitting.fit(odd, FITS).best == ()
    assert fitting.sound({"formal": True, "new": 2}, FITS) == {"new": 2}


def test_what_ships_answers_as_the_table_says():
    """Formal and time-boxed 3/1/3/3, new mentors 2/0/3/3: Zachary and Starr are equal, Clutterbuck is near."""
    found = advice.recommend({"time-boxed": 3, "new-mentors": 2})
    assert found.scores == {"clutterbuck": 87, "kram": 20, "zachary": 100, "starr": 100}
    assert found.best == ("zachary", "starr")
    assert advice.recommend({"long-support": 3}).best == ("kram",)


def test_every_model_has_a_fit_for_every_situation():
    models = {model.key for model in advice.models()}
    for option in advice.situations():
        assert set(advice.recommend({option.key: 1}).scores) == models, option.key


answers = st.dictionaries(st.sampled_from([option.key for option in advice.situations()]), st.integers(0, 3))


@given(answers)
def test_a_fit_is_a_share_and_the_best_have_the_most(said):
    found = advice.recommend(said)
    assert bool(found.best) == any(said.values())
    assert all(0 <= score <= 100 for score in found.scores.values())
    assert {found.scores[key] for key in found.best} <= {max(found.scores.values(), default=0)}
    for model, score in found.scores.items():
        reached = sum(line.parts[model] for line in found.lines)
        assert score == round(100 * reached / (3 * sum(said.values())))


@given(answers)
def test_the_order_of_the_answers_changes_nothing(said):
    assert advice.recommend(said) == advice.recommend(dict(reversed(said.items())))
