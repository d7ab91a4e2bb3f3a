"""The same thing many times in one moment: one effect, and a plain word."""

import pytest

from alongside.foundation.events.refs import new_ref
from alongside.safeguarding import actions
from alongside.safeguarding.actions import Written
from alongside.safeguarding.models import Case, Concern, Entry
from tests.meetings import days
from tests.races import at_once
from tests.safeguarding.conftest import SECRET, world_of


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_pressed_many_times_at_once_it_is_raised_once_and_acknowledged_once():
    with days.at():
        w, ref = world_of(), new_ref()
        raised = [lambda: actions.raise_concern(Written(SECRET), [], ref=ref, by=w.cast.ben) for _ in range(4)]
        assert at_once(*raised) == []
        case = Case.objects.get()
        answered = at_once(*(lambda: actions.acknowledge(case, "Thank you.", by=w.sam) for _ in range(4)))
        assert answered == ["Somebody has acknowledged this already."] * 3
        assert (Concern.objects.count(), Entry.objects.count()) == (1, 1)
