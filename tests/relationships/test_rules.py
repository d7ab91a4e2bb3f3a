"""The table of moves and the numbering of places."""

from hypothesis import given
from hypothesis import strategies as st

from alongside.guidance.terms import Stage
from alongside.relationships import rules

stages = st.sampled_from(list(Stage))


@given(stages, stages)
def test_a_move_is_open_exactly_when_the_table_has_it(stage, to):
    assert rules.may_move(stage, to) == (to in [route.to for route in rules.ROUTES[stage]])


def test_every_stage_leads_to_the_end():
    reached, fresh = set(), {Stage.PREPARE}
    while fresh:
        reached |= fresh
        fresh = {route.to for stage in fresh for route in rules.ROUTES[stage]} - reached
    assert Stage.AFTER in reached


@given(stages)
def test_at_most_one_step_is_taken_by_itself(stage):
    assert sum(route.by_itself for route in rules.ROUTES[stage]) <= 1


def test_steps_taken_by_themselves_never_go_round():
    for stage in Stage:
        seen, here = set(), stage
        while here:
            assert here not in seen
            seen.add(here)
            here = rules.next_by_itself(here)


@given(st.sets(st.integers(1, 30)), st.integers(0, 20))
def test_a_free_place_is_the_lowest_that_nobody_has(taken, capacity):
    place = rules.free_place(taken, capacity)
    free = [number for number in range(1, capacity + 1) if number not in taken]
    assert place == (free[0] if free else None)


def test_winding_down_is_decided_by_people():
    assert rules.next_by_choice(Stage.PROGRESS) is Stage.CLOSE
    assert rules.next_by_itself(Stage.PROGRESS) is None
