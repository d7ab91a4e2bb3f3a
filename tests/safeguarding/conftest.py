"""A pair, and Sam and Lena, who handle concerns in their organisation."""

from copy import deepcopy
from dataclasses import dataclass

import pytest

from alongside.foundation.events.refs import new_ref
from alongside.foundation.identity.actors import Actor
from alongside.safeguarding import actions
from alongside.safeguarding.actions import Written
from alongside.safeguarding.models import Case
from tests import cast as people
from tests.meetings import days

SECRET = "He waited for me at the bicycle shed again"


@dataclass
class World:
    """The cast, and those who handle concerns."""

    cast: people.Cast
    sam: Actor  # the lead
    lena: Actor  # the alternate
    ada: Actor  # an administrator
    petra: Actor  # the privacy officer

    def raised(self, by: Actor, *about: Actor, **more) -> Case:
        """A concern about some people."""
        written = Written(more.pop("happened", SECRET), **more)
        concern = actions.raise_concern(written, [held.membership for held in about], ref=new_ref(), by=by)
        return Case.objects.select_related("organisation").get(pk=concern.case_id)


def world_of() -> World:
    """Made anew."""
    c = people.pair()
    home = c.carys.organisation
    sam, lena = (
        people.member("Sam Osei", home, "safeguarding_lead"),
        people.member("Lena Fischer", home, "safeguarding_alternate"),
    )
    ada, petra = (
        people.member("Nadia Cole", home, "administrator"),
        people.member("Petra Novak", home, "privacy_officer"),
    )
    return World(c, sam, lena, ada, petra)


@pytest.fixture(scope="module")
def once(rows_last) -> World:
    """Made once for a module."""
    with days.at():
        return world_of()


@pytest.fixture
def w(once) -> World:
    """It is Tuesday 24 November 2026, 9:00 in London."""
    with days.at():
        yield deepcopy(once)
