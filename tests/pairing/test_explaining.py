"""Reasons that can be checked: each says what would happen, and it does."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from pairing import BAN, Block, Change, Cost, Criterion, Reason, Why, match, problem, why, why_not, why_unmatched
from tests.pairing.cohorts import cohorts

# ben and bo both fit amara best; bela shares a language with amara alone.
COHORT = problem(
    ["bela", "ben", "bo"],
    ["amara", "anna"],
    scores=[[5, 3], [9, 4], [8, 6]],
    rules={"language": [[True, False], [True, True], [True, True]], "line": [[True, True]] * 3},
)
BEST = match(COHORT)


def changed(cohort, mentee, change):
    """The cohort after a change: the rules lifted for these two, the place added and kept for the mentee."""
    cell = cohort.row[mentee], cohort.column[change.mentor]
    rules = []
    for rule in cohort.rules:
        allows = rule.allows.copy()
        allows[cell] |= rule.name in change.lifts
        rules.append(replace(rule, allows=allows))
    places = cohort.mentor_places.copy()
    places[cell[1]] += change.places
    couple = mentee, change.mentor
    return replace(
        cohort,
        rules=tuple(rules),
        bans=cohort.bans - {couple},
        mentor_places=places,
        pins=cohort.pins | ({couple} if change.places else set()),
    )


# --- why


def test_why_a_pair_adds_up_and_says_how_high_each_stands_for_the_other():
    criteria = [
        Criterion("skills", 600_000, [[600_000, 0], [600_000, 0]]),
        Criterion("place", 400_000, [[0, 400_000], [400_000, 0]]),
    ]
    cohort = problem(["ben", "bo"], ["amara", "anna"], criteria=criteria, pins=[("ben", "amara")])
    assert why(cohort, match(cohort), "ben", "amara") == Why(
        score=600_000, criteria=(("skills", 600_000), ("place", 0)), rank_for_mentee=1, rank_for_mentor=2
    )


def test_why_asks_about_pairs_alone():
    with pytest.raises(KeyError):
        why(COHORT, BEST, "bo", "amara")
    with pytest.raises(KeyError):
        why_not(COHORT, BEST, "ben", "amara")
    with pytest.raises(KeyError):
        why_unmatched(COHORT, BEST, "ben")


# --- why not


def test_why_not_names_the_rules_between_two_people():
    answer = why_not(COHORT, BEST, "bela", "anna")
    assert (answer.score, answer.forbidden_by, answer.block, answer.cost) == (3, ("language",), None, None)


def test_why_not_says_what_insisting_would_cost_everybody():
    # bo with amara leaves anna to ben: 8 + 4 in place of 9 + 6.
    assert why_not(COHORT, BEST, "bo", "amara").cost == Cost(
        matched=0,
        worst=-2,
        total=-3,
        lost=(("ben", "amara"), ("bo", "anna")),
        gained=(("ben", "anna"), ("bo", "amara")),
    )


def test_insisting_can_cost_somebody_a_mentor():
    cohort = problem(["ben", "bo"], ["amara", "anna"], scores=[[5, 9], [7, 0]], bans=[("bo", "anna")])
    cost = why_not(cohort, match(cohort), "ben", "amara").cost
    assert (cost.matched, cost.total) == (-1, -11)


def test_a_pair_is_blocked_where_there_are_no_places_or_all_are_pinned():
    cohort = problem(
        ["ben", "bo"], ["amara", "anna"], scores=[[1, 2], [3, 4]], mentor_places=[1, 0], pins=[("ben", "amara")]
    )
    best = match(cohort)
    assert why_not(cohort, best, "bo", "anna").block is Block.NO_PLACES
    assert why_not(cohort, best, "bo", "amara").block is Block.PINS


# --- why nobody


def test_why_unmatched_counts_the_rivals_and_finds_the_smallest_change():
    answer = why_unmatched(COHORT, BEST, "bela")
    assert answer.reason is Reason.TOO_FEW_PLACES
    assert (answer.allowed, answer.kept_apart) == (1, (("language", 1),))
    assert (answer.rivals, answer.between) == (("bela", "ben", "bo"), ("amara", "anna"))
    assert answer.changes == (Change("amara", lifts=(), places=1, score=5),)


def test_a_rule_is_lifted_where_others_can_move_up():
    # anna has a place left, and ben could move to her: so lifting the ban between bela and amara is enough.
    cohort = problem(
        ["bela", "ben"],
        ["amara", "anna"],
        scores=[[5, 5], [9, 4]],
        rules={"line": [[True, False], [True, True]]},
        bans=[("bela", "amara")],
    )
    answer = why_unmatched(cohort, match(cohort), "bela")
    assert (answer.reason, answer.allowed) == (Reason.NOBODY_ALLOWED, 0)
    assert answer.kept_apart == (("line", 1), (BAN, 1))
    assert answer.changes == (
        Change("amara", lifts=(BAN,), places=0, score=5),
        Change("anna", lifts=("line",), places=0, score=5),
    )


def test_nobody_takes_anybody():
    cohort = problem(["ben"], ["amara"], scores=[[5]], mentor_places=0)
    answer = why_unmatched(cohort, match(cohort), "ben")
    assert (answer.reason, answer.changes) == (Reason.NO_PLACES, (Change("amara", lifts=(), places=1, score=5),))


def test_without_mentors_nothing_helps_but_mentors():
    cohort = problem(["ben"], [], scores=[[]])
    answer = why_unmatched(cohort, match(cohort), "ben")
    assert (answer.reason, answer.changes) == (Reason.NOBODY_ALLOWED, ())


# --- any cohort


@settings(deadline=None)
@given(cohorts())
def test_every_change_that_is_named_gives_the_mentee_that_mentor_and_takes_no_pair_away(cohort):
    before = match(cohort)
    for mentee, _ in before.unmatched:
        for change in why_unmatched(cohort, before, mentee).changes:
            after = match(changed(cohort, mentee, change))
            assert after.matched == before.matched + 1
            assert (mentee, change.mentor) in {(pair.mentee, pair.mentor) for pair in after.pairs}


@settings(deadline=None)
@given(cohorts())
def test_rivals_have_taken_every_place_that_they_could_have(cohort):
    before = match(cohort)
    made = {(pair.mentee, pair.mentor) for pair in before.pairs}
    for mentee, _ in before.unmatched:
        answer = why_unmatched(cohort, before, mentee)
        for mentor in answer.between:
            holders = {rival for rival, of in made if of == mentor}
            assert len(holders) == cohort.mentor_places[cohort.column[mentor]]
            assert all(holder in answer.rivals or (holder, mentor) in cohort.pins for holder in holders)
        could = {m for r in answer.rivals for m in cohort.mentors if not cohort.forbidding(r, m) and (r, m) not in made}
        assert could <= set(answer.between)


@settings(deadline=None)
@given(cohorts())
def test_insisting_never_gains(cohort):
    before = match(cohort)
    made = {(pair.mentee, pair.mentor) for pair in before.pairs}
    for mentee in cohort.mentees:
        for mentor in cohort.mentors:
            if (mentee, mentor) in made:
                continue
            cost = why_not(cohort, before, mentee, mentor).cost
            if cost is not None:
                assert cost.matched <= 0
                assert (mentee, mentor) in cost.gained
