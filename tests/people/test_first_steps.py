"""What a coordinator is led to while nobody is listed."""

from alongside.foundation import hooks
from tests import cast


def _steps(actor):
    return [str(step.words) for step in hooks.next_steps.of(actor)]


def test_bringing_people_in_is_the_first_step_although_a_safeguarding_lead_was_named_at_set_up(db):
    carys = cast.first_administrator()
    assert _steps(carys)[0] == "Bring your people in"
    cast.member("Sam Osei", carys.organisation, "safeguarding_lead")
    assert _steps(carys)[0] == "Bring your people in"
    cast.member("Ben Thomas", carys.organisation)
    assert "Bring your people in" not in _steps(carys)
