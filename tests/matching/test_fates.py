"""Who was placed and how well, by group: of one round, and of three together where one has too few people."""

import pytest

from alongside.foundation import clock
from alongside.matching import fairness, queries
from alongside.matching.fairness import Fate
from alongside.matching.models import Proposal, Round, Run, Taker
from alongside.programmes.models import Participation
from tests import cast
from tests.matching import world
from tests.visits import browser_of, squeezed, words_of

pytestmark = pytest.mark.django_db
A_GROUP = 10


@pytest.fixture
def w():
    """Ten mentees at Eastgate, ten at Harbour, and one mentor who takes them all."""
    made = world.made()
    for site in ("Eastgate", "Harbour"):
        for number in range(A_GROUP):
            new = cast.member(f"{site} {number}", made.programme.organisation)
            world.says(cast.takes_part(made.programme, new, "mentee", made.carys), site=site)
    return made


def a_run(w, *, placed: int, published: bool) -> Run:
    """A round with a run, in which so many of each group got Amara."""
    state = {"state": "published", "published_at": clock.now()} if published else {}
    round_ = Round.objects.create(programme=w.programme, begun_by=w.carys.membership, **state)
    run = Run.objects.create(round=round_, number=1, state="done", seed=7, done_at=clock.now(), policy={})
    for site in ("Eastgate", "Harbour"):
        held = Participation.objects.filter(membership__name__startswith=site).order_by("pk")
        Taker.objects.bulk_create(Taker(run=run, participation=one, said={"site": site}) for one in held)
        pairs = [Proposal(run=run, mentee=one, mentor=w.amara, score=800_000) for one in held[:placed]]
        Proposal.objects.bulk_create(pairs)
    return run


def test_each_mentee_counts_in_their_group_with_the_score_of_their_pair(w):
    run = a_run(w, placed=1, published=False)
    found = queries.fates.of("site", [run])
    assert len(found) == 2 * A_GROUP
    assert found.count(Fate("Eastgate", 80)) == 1
    assert found.count(Fate("Harbour", None)) == A_GROUP - 1


def test_a_round_of_few_is_looked_at_together_with_the_two_that_were_published_before(w):
    earlier = [a_run(w, placed=10, published=True) for _round in range(3)]
    now = a_run(w, placed=10, published=False)
    assert fairness.compare(queries.fates.of("site", [now])) == []
    assert set(queries.fates.earlier_runs(now.round)) == set(earlier[1:])
    said = squeezed(words_of(browser_of(w.carys).get(f"/programmes/{w.programme.slug}/matching/")))
    assert "Too few people to judge this round. 3 rounds together:" in said
    assert "No group is placed less than four fifths as often" in said


def test_where_no_round_was_before_few_people_are_not_judged(w):
    a_run(w, placed=10, published=False)
    said = squeezed(words_of(browser_of(w.carys).get(f"/programmes/{w.programme.slug}/matching/")))
    assert "Too few people to judge this round: a group is shown from twenty people on" in said
