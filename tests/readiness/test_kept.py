"""What somebody did before they began is kept while they take part, and three years more."""

import shutil
from datetime import datetime, timedelta

import pytest

from alongside.foundation import clock
from alongside.foundation.identity.actors import SYSTEM
from alongside.programmes import actions as programmes
from alongside.programmes.models import Participation
from alongside.readiness import actions
from alongside.readiness.models import CodeAcceptance
from alongside.records import actions as records
from alongside.records import exports


@pytest.fixture(autouse=True)
def no_exports():
    """The folder of exports is there when it is looked through, and empty."""
    shutil.rmtree(exports.folder())
    yield
    shutil.rmtree(exports.folder())


def holders_after(moment: datetime) -> list[str]:
    """Whose acceptances a run of that moment leaves."""
    with clock.set_to(moment):
        records.apply_retention(by=SYSTEM)
    found = CodeAcceptance.objects.order_by("membership__name")
    return list(found.values_list("membership__name", flat=True))


@pytest.mark.both
def test_it_goes_three_years_after_somebody_has_left_and_not_while_they_take_part(c, code):
    for actor in (c.amara, c.ben):
        actions.accept_code(code.ref, by=actor)
    left = clock.now() + timedelta(days=400)
    with clock.set_to(left):
        programmes.end_participation(Participation.objects.get(membership=c.amara.membership), by=c.carys)
    assert holders_after(left + timedelta(days=3 * 365 - 2)) == ["Amara Okafor", "Ben Thomas"]
    assert holders_after(left + timedelta(days=3 * 365 + 3)) == ["Ben Thomas"]
