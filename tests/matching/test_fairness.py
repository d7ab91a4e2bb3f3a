"""Is everybody placed alike: rates and means by group, and never of so few that somebody could be made out."""

from hypothesis import given
from hypothesis import strategies as st

from alongside.matching import fairness
from alongside.matching.fairness import FEWEST, Fate


def fates(**groups: tuple[int, int]) -> list[Fate]:
    """Groups with how many are placed at 80 and how many are not."""
    return [Fate(name, score) for name, (placed, left) in groups.items() for score in [*[80] * placed, *[None] * left]]


def shown(found: list[Fate]) -> list[tuple]:
    return [(one.names, one.people, one.rate, one.mean, one.low_rate) for one in fairness.compare(found)]


def test_groups_of_twenty_are_compared_by_rate_and_mean():
    assert shown(fates(Eastgate=(40, 0), Harbour=(20, 5))) == [
        (("Eastgate",), 40, 100, 80, False),
        (("Harbour",), 25, 80, 80, False),
    ]


def test_less_than_four_fifths_of_the_best_rate_is_marked():
    assert [one.low_rate for one in fairness.compare(fates(Eastgate=(40, 0), Harbour=(31, 9)))] == [False, True]


def test_less_than_four_fifths_of_the_best_mean_is_marked():
    found = [*fates(Eastgate=(20, 0)), *(Fate("Harbour", 60) for _ in range(20))]
    assert [one.low_mean for one in fairness.compare(found)] == [False, True]


def test_small_groups_are_put_together():
    found = shown(fates(Eastgate=(30, 0), Harbour=(12, 0), Westpark=(10, 0)))
    assert found[1][:2] == (("Harbour", "Westpark"), 22)


def test_one_small_group_takes_the_smallest_large_one_along_for_it_could_be_reckoned_otherwise():
    found = shown(fates(Eastgate=(40, 0), Harbour=(30, 0), Westpark=(3, 0)))
    assert [one[0] for one in found] == [("Eastgate",), ("Harbour", "Westpark")]


def test_where_no_two_groups_are_left_nothing_is_shown():
    assert shown(fates(Eastgate=(40, 0), Harbour=(5, 0))) == []
    assert shown(fates(Eastgate=(40, 0))) == []
    assert shown([]) == []


def test_a_mean_of_fewer_than_twenty_pairs_is_not_shown_nor_the_others_that_would_tell_it():
    found = fairness.compare(fates(Eastgate=(40, 0), Harbour=(12, 13)))
    assert [(one.rate, one.mean) for one in found] == [(100, None), (48, None)]


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.one_of(st.none(), st.integers(0, 100))), max_size=160))
def test_no_line_is_of_fewer_than_twenty_people_and_nobody_is_left_out(rows):
    """Everybody is in a line, so nothing can be reckoned from a total less the lines."""
    found = fairness.compare([Fate(name, score) for name, score in rows])
    assert all(one.people >= FEWEST for one in found)
    assert not found or sum(one.people for one in found) == len(rows)
