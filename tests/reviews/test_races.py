"""Both at once, with real threads: completed once."""

from threading import Barrier, Thread

import pytest
from django.db import connections

from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity.actions import NotPossible
from alongside.relationships import actions as relationships
from alongside.relationships.models import Move, Relationship
from alongside.reviews import actions
from alongside.reviews.models import Review, ReviewAnswer
from tests.reviews.conftest import said

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True, databases="__all__")]


def at_once(*deeds) -> list[str]:
    """Do all of them in the same moment; what each says: "done" or the sentence of a refusal."""
    barrier, words = Barrier(len(deeds)), [""] * len(deeds)

    def run(index: int) -> None:
        try:
            barrier.wait()
            deeds[index]()
            words[index] = "done"
        except NotPossible as reason:
            words[index] = str(reason)
        except Exception as error:  # noqa: BLE001 -- anything else fails the test, in words
            words[index] = repr(error)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=[index]) for index in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(words)


def count(name: str) -> int:
    return AuditEntry.objects.filter(name=name).count()


@pytest.mark.parametrize("round_", range(3))
def test_both_send_at_once_and_the_pair_is_completed_once(cast, round_):
    ben, amara = cast.pair(cast.ben), cast.pair(cast.amara)
    words = at_once(
        lambda: actions.send(ben, said("mentee"), by=cast.ben),
        lambda: actions.send(amara, said("mentor"), by=cast.amara),
    )
    assert words == ["done", "done"]
    assert (Review.objects.count(), ReviewAnswer.objects.filter(sent_at__isnull=False).count()) == (1, 2)
    assert (count("review.completed"), count("relationship.ended")) == (1, 1)
    assert Move.objects.filter(to_stage="after").count() == 1
    assert Relationship.objects.get().ending == "completed"


def test_one_sends_twice_at_once(cast):
    ben = cast.pair(cast.ben)
    deed = lambda: actions.send(ben, said("mentee"), by=cast.ben)  # noqa: E731
    assert at_once(deed, deed) == ["done", "done"]
    assert ReviewAnswer.objects.count() == 1


def test_the_last_one_sends_twice_at_once(cast):
    actions.send(cast.pair(cast.ben), said("mentee"), by=cast.ben)
    amara = cast.pair(cast.amara)
    deed = lambda: actions.send(amara, said("mentor"), by=cast.amara)  # noqa: E731
    assert at_once(deed, deed) == ["You have both sent your closing review. It stays as it is.", "done"]
    assert count("relationship.ended") == 1


def test_a_draft_is_made_once_by_two_at_once(cast):
    ben = cast.pair(cast.ben)
    deed = lambda: actions.save_draft(ben, said("mentee"), by=cast.ben)  # noqa: E731
    assert at_once(deed, deed) == ["done", "done"]
    assert (Review.objects.count(), ReviewAnswer.objects.count()) == (1, 1)


def test_the_last_review_and_the_end_at_once_end_it_once(cast):
    actions.send(cast.pair(cast.ben), said("mentee"), by=cast.ben)
    ben, amara = cast.pair(cast.ben), cast.pair(cast.amara)
    words = at_once(
        lambda: actions.send(amara, said("mentor"), by=cast.amara), lambda: relationships.end(ben, by=cast.ben)
    )
    ended = Relationship.objects.get()
    assert (ended.state, count("relationship.ended"), words.count("done")) == ("ended", 1, 1)
    assert (ended.ending == "completed") == (Review.objects.get().completed_at is not None)
