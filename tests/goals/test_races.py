"""Two at once, with real threads: one effect, and a plain word."""

from threading import Barrier, Thread

import pytest
from django.db import connections

from alongside.foundation.identity.actions import NotPossible
from alongside.goals import actions
from alongside.goals.actions import Wanted
from alongside.goals.models import Goal, GoalMark
from alongside.relationships import actions as relationships
from alongside.relationships.models import Relationship

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True, databases="__all__")]
WANTED = Wanted(words="Run a shift handover", start=3, hope=8)


def at_once(*deeds) -> list[str]:
    """Do all of them in the same moment; what each says: "done" or the sentence of a refusal."""
    barrier, said = Barrier(len(deeds)), [""] * len(deeds)

    def run(index: int) -> None:
        try:
            barrier.wait()
            deeds[index]()
            said[index] = "done"
        except NotPossible as reason:
            said[index] = str(reason)
        except Exception as error:  # noqa: BLE001 -- anything else fails the test, in words
            said[index] = repr(error)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=[index]) for index in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(said)


def test_a_form_sent_twice_at_once_makes_one_goal(cast):
    pair = cast.pair(cast.ben)
    deed = lambda: actions.add(pair, WANTED, by=cast.ben, ref="abcdefghijkl")  # noqa: E731
    assert at_once(deed, deed, deed) == ["done"] * 3
    assert Goal.objects.count() == 1
    assert Relationship.objects.get().stage == "progress"


def test_a_day_is_marked_once_by_two_at_once(cast, write):
    goal = write()
    deeds = [lambda value=value: actions.mark(goal, value=value, by=cast.ben) for value in (4, 6)]
    assert at_once(*deeds) == ["done", "done"]
    assert GoalMark.objects.get().value in (4, 6)


def test_reaching_twice_at_once_happens_once(cast, write):
    goal = write()
    deed = lambda: actions.reach(goal, by=cast.ben)  # noqa: E731
    assert at_once(deed, deed) == ["This goal is reached already.", "done"]


def test_a_goal_and_the_end_at_once_leave_nothing_half_done(cast):
    ben, amara = cast.pair(cast.ben), cast.pair(cast.amara)
    said = at_once(
        lambda: actions.add(ben, WANTED, by=cast.ben), lambda: relationships.end(amara, by=cast.amara)
    )  # fmt: skip
    assert said in (["Your time together has ended, so nothing more can be written. You can still read everything.",
                     "done"], ["done", "done"])  # fmt: skip
    assert Relationship.objects.get().state == "ended"
    assert Goal.objects.count() == said.count("done") - 1
