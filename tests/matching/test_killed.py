"""Killed in the middle of a run or of publishing: no half board, no mail twice, and the next worker ends it."""

from itertools import cycle, islice
from pathlib import Path

import pytest

from alongside.foundation import clock, jobs
from alongside.foundation.jobs import engine
from alongside.foundation.jobs.models import Job
from alongside.foundation.notifications.models import Mail
from alongside.matching import actions
from alongside.matching.models import Left, Proposal, Published, Run
from alongside.relationships.models import Relationship
from tests.matching.world import given, lock, made
from tests.processes import killed_where_it_stands

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]
SCRIPT = Path(__file__).with_name("killed_publishing.py")
MOMENTS = (("proposing", "1"), ("telling", "1"), ("telling", "4"))
"""After all pairs are proposed; after the mentees are told; after everybody is, and nothing is written down yet."""


def the_next_worker_takes_it() -> None:
    """The lease of the dead worker is over."""
    Job.objects.filter(state="running").update(lease_until=clock.now())
    assert engine.take_back() == 1
    jobs.run_pending()


def told() -> list[str]:
    return sorted(Mail.objects.filter(kind__startswith="matching.").values_list("kind", flat=True))


def test_killed_in_the_middle_of_publishing_everybody_is_told_once(rounds, figure):
    for done, moment in enumerate(islice(cycle(MOMENTS), rounds)):
        world = made()
        round_ = lock(*given(world, (world.ben, world.amara), left=[world.elin]), world.carys)
        actions.hand_over(round_, by=world.carys, seen=round_.revision)
        assert killed_where_it_stands(SCRIPT, *moment), "it never came to the middle: this run proves nothing"
        round_.refresh_from_db()
        assert (round_.state, Published.objects.count(), len(told())) == ("locked", done, 3 * done)
        assert not Relationship.objects.filter(programme=world.programme).exists()
        the_next_worker_takes_it()
        round_.refresh_from_db()
        assert round_.state == "published"
        assert Relationship.objects.filter(programme=world.programme).count() == 1
        assert len(told()) == 3 * (done + 1)
    assert set(told()) == {"matching.left_told", "matching.mentees_told", "matching.mentors_told"}
    figure("publishing killed and ended by another", rounds)


def test_killed_while_the_pairs_are_kept_there_is_no_half_board():
    world = made()
    run = actions.begin_run(actions.begin_round(world.programme, by=world.carys), by=world.carys, seed=7)
    assert killed_where_it_stands(SCRIPT, "running", "1"), "it never came to the middle: this run proves nothing"
    run.refresh_from_db()
    assert (run.state, Proposal.objects.count(), Left.objects.count()) == ("waiting", 0, 0)
    the_next_worker_takes_it()
    assert Run.objects.get().state == "done"
    assert Proposal.objects.count() == 2
