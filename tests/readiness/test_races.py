"""What several people do at the same moment."""

from datetime import timedelta

import pytest

from alongside.foundation import clock
from alongside.readiness import actions
from alongside.readiness.actions import Written, days
from alongside.readiness.models import CodeAcceptance, TrainingAttendance
from tests import cast as people
from tests.races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]
NEWER = "While you were reading, a new version came into force. Please read that one."


def test_nobody_accepts_a_code_that_is_just_being_replaced(rounds):
    c = people.pair(answered=False)
    for number in range(rounds):
        code = actions.state_code(Written(f"Code {number}", text="We turn up."), seen=2 * number, by=c.carys)
        said = Written(f"Code {number}", text="We turn up, in time.")
        refused = at_once(
            lambda code=code: actions.accept_code(code.ref, by=c.amara),
            lambda said=said, code=code: actions.state_code(said, seen=code.number, by=c.carys),
        )
        code.refresh_from_db()
        accepted = CodeAcceptance.objects.filter(code=code).first()
        assert refused == ([] if accepted else [NEWER])
        assert accepted is None or accepted.at <= code.replaced_at


def test_two_coordinators_state_one_version_each_sees():
    c = people.pair(answered=False)
    said = [Written(f"Code {number}", text="We turn up.") for number in range(2)]
    refused = at_once(*(lambda one=one: actions.state_code(one, seen=0, by=c.carys) for one in said))
    assert refused == ["Somebody stated version 1 a moment ago. Look at it before you write the next one."]


def test_the_last_seat_of_a_training_day_is_taken_once(rounds):
    c = people.pair(answered=False)
    words = {"title": "Listening, practised", "minutes": 120, "is_met": True}
    part = actions.training.add_module(actions.training.Wanted("required", "none", None, words), by=c.carys)
    for number in range(rounds):
        wanted = days.Set(clock.now() + timedelta(days=number + 1), 120, "Linen store", 1)
        day = days.set_day(part, wanted, by=c.carys)
        refused = at_once(*(lambda who=who, day=day: days.come(day, by=who) for who in (c.amara, c.ben, c.elin)))
        assert TrainingAttendance.objects.filter(day=day).count() == 1
        assert len(refused) == 2
