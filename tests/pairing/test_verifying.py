"""The proof is checked, not believed: whatever is planted in a result is found."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pairing import Cover, Pair, Price, Unmatched, match, problem, verify
from pairing.verifying import exact_sum
from tests.pairing.cohorts import cohorts, every_pairing, worth

# ben and bo compete for amara, who fits both better than anna; bela may have amara only, and gets nobody else.
COHORT = problem(
    ["bela", "ben", "bo"],
    ["amara", "anna"],
    scores=[[5, 0], [9, 4], [8, 6]],
    rules={"language": [[True, False], [True, True], [True, True]]},
)
BEST = match(COHORT)


def with_certificate(**changes):
    return replace(BEST, certificate=replace(BEST.certificate, **changes))


def with_pairs(*pairs, unmatched=BEST.unmatched, **changes):
    made = tuple(Pair(*pair, criteria=(), pinned=False, kept=False) for pair in pairs)
    figures = {"total": sum(pair.score for pair in made), "worst": min(pair.score for pair in made)}
    return replace(BEST, pairs=made, unmatched=unmatched, **figures | changes)


def test_the_best_pairing_is_proven():
    assert [(pair.mentee, pair.mentor) for pair in BEST.pairs] == [("ben", "amara"), ("bo", "anna")]
    assert verify(COHORT, BEST) == ()


@pytest.mark.parametrize("side", ["mentee_prices", "mentor_prices"])
@pytest.mark.parametrize("by", [1, 100])
def test_each_price_that_is_too_high_is_found(side, by):
    prices = getattr(BEST.certificate, side)
    for name, price in prices.items():
        planted = prices | {name: Price(price.value + by, price.lot)}
        assert verify(COHORT, with_certificate(**{side: planted})) != (), name


def test_a_price_that_is_too_low_is_found():
    # Without amara's price nothing says why bo cannot have her too.
    prices = BEST.certificate.mentor_prices | {"amara": Price(0, 0)}
    assert verify(COHORT, with_certificate(mentor_prices=prices)) == (
        "The prices do not prove that the total cannot be larger.",
    )


@pytest.mark.parametrize("mentor", ["amara", "anna"])
def test_a_lot_that_is_wrong_is_found(mentor):
    prices = BEST.certificate.mentor_prices
    planted = prices | {mentor: Price(prices[mentor].value, prices[mentor].lot + 1)}
    assert verify(COHORT, with_certificate(mentor_prices=planted)) == (
        "The prices do not prove that the lots decided between equals.",
    )


def test_a_price_below_zero_is_found_where_somebody_lacks_a_mentor():
    prices = BEST.certificate.mentee_prices | {"bela": Price(-1, 0)}
    assert verify(COHORT, with_certificate(mentee_prices=prices)) == ("A price is below zero where it may not be.",)


@pytest.mark.parametrize("number", [2**53 - 1, -(2**53) + 1, 0])
def test_sums_that_64_bits_do_not_hold_are_exact(number):
    assert exact_sum(np.full(3_000, number)) == 3_000 * number


@pytest.mark.parametrize("price", [Price(2**60, 0), Price(1.5, 0)])
def test_a_price_that_is_no_exact_number_is_found(price):
    assert verify(COHORT, with_certificate(mentor_prices={"amara": price, "anna": price})) == (
        "The prices are not a whole number for each person.",
    )


def test_a_price_that_is_missing_is_found():
    assert verify(COHORT, with_certificate(mentee_prices={})) == ("The prices are not a whole number for each person.",)


@pytest.mark.parametrize(
    ("cover", "said"),
    [
        ("largest", "It is not proven that there cannot be more pairs."),
        ("higher", "It is not proven that the worst pair cannot be better."),
        ("final", "The cover that the prices rest on does not fit the pairs."),
    ],
)
def test_a_cover_that_lets_more_pairs_be_is_found(cover, said):
    everybody = Cover(frozenset(COHORT.mentees), frozenset(COHORT.mentors))
    assert verify(COHORT, with_certificate(**{cover: everybody})) == (said,)


def test_a_missing_proof_of_the_worst_pair_is_found():
    assert verify(COHORT, with_certificate(higher=None)) == ("It is not proven that the worst pair cannot be better.",)


@pytest.mark.parametrize(
    ("result", "said"),
    [
        (replace(BEST, fingerprint="0" * 64), "The result is of another problem: the fingerprints differ."),
        (replace(BEST, seed=1), "The result is of another problem: the fingerprints differ."),
        (with_pairs(("ben", "ari", 9)), "Somebody is paired who is not in the problem."),
        (with_pairs(("bela", "anna", 0)), "'bela' and 'anna' are paired, and kept apart by language."),
        (with_pairs(("ben", "amara", 9), ("ben", "amara", 9)), "'ben' and 'amara' are paired twice."),
        (with_pairs(("ben", "amara", 9), ("bo", "amara", 8)), "'amara' has more pairs than places."),
        (
            with_pairs(("ben", "amara", 8), ("bo", "anna", 6)),
            "The score of 'ben' and 'amara' is not what the problem says.",
        ),
        (
            replace(BEST, pairs=tuple(replace(pair, pinned=True) for pair in BEST.pairs)),
            "'ben' and 'amara' are not marked as the problem says.",
        ),
        (replace(BEST, unmatched=()), "The list of those who lack a mentor is not right."),
        (replace(BEST, total=16), "Total, bonus or worst are not those of the pairs."),
        (replace(BEST, bound=16), "The prices do not prove that the total cannot be larger."),
        (
            with_pairs(("ben", "anna", 4), ("bo", "amara", 8)),
            "It is not proven that the worst pair cannot be better.",
        ),
    ],
)
def test_a_planted_fault_is_named(result, said):
    assert said in verify(COHORT, result)


def test_a_pin_that_was_not_kept_is_found():
    pinned = problem(["ben"], ["amara", "anna"], scores=[[5, 9]], pins=[("ben", "amara")])
    result = replace(match(pinned), pairs=(Pair("ben", "anna", 9, (), pinned=False, kept=False),))
    assert "'ben' and 'amara' are pinned and not paired." in verify(pinned, result)


def test_one_of_two_equal_pairings_is_proven_by_its_lots():
    ties = problem(["ben", "bo"], ["amara", "anna"], scores=[[5, 5], [5, 5]])
    best = match(ties)
    other = tuple(
        replace(pair, mentor=mentor)
        for pair, mentor in zip(best.pairs, [p.mentor for p in best.pairs][::-1], strict=True)
    )
    assert verify(ties, replace(best, pairs=other)) == (
        "The prices do not prove that the lots decided between equals.",
    )


@settings(deadline=None)
@given(cohorts(most=2), st.data())
def test_no_pairing_but_the_best_passes_with_the_same_proof(cohort, data):
    best = match(cohort)
    pairs = data.draw(st.sampled_from(every_pairing(cohort)))
    planted = tuple(
        Pair(
            mentee,
            mentor,
            score=int(cohort.scores[cohort.row[mentee], cohort.column[mentor]]),
            criteria=(),
            pinned=(mentee, mentor) in cohort.pins,
            kept=(mentee, mentor) in cohort.kept,
        )
        for mentee, mentor in sorted(pairs)
    )
    lacking = {
        mentee: int(number) - sum(pair.mentee == mentee for pair in planted)
        for mentee, number in zip(cohort.mentees, cohort.mentee_places, strict=True)
    }
    result = replace(
        best,
        pairs=planted,
        unmatched=tuple(Unmatched(mentee, number) for mentee, number in sorted(lacking.items()) if number),
        total=sum(pair.score for pair in planted),
        bonus=cohort.keep_bonus * sum(pair.kept for pair in planted),
        worst=min((pair.score for pair in planted if not pair.pinned), default=None),
    )
    is_best = worth(cohort, pairs) == max(worth(cohort, some) for some in every_pairing(cohort))
    assert (verify(cohort, result) == ()) == is_best
