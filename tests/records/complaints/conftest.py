"""A pair and their coordinator, two on the complaints panel, and a privacy officer."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass

import pytest

from alongside.foundation.events.refs import new_ref
from alongside.foundation.identity.actors import Actor
from alongside.programmes.models import Participation
from alongside.records.actions import complaining
from alongside.records.actions.complaining import Complained
from alongside.records.models import Complaint
from alongside.records.terms import ComplaintKind
from tests import cast as people
from tests.meetings import days

SECRET = "The minutes were changed after I had left the room"


@dataclass
class World:
    """The cast, and those who handle complaints."""

    cast: people.Cast
    viktor: Actor  # on the panel
    aisha: Actor  # on the panel
    petra: Actor  # the privacy officer
    ada: Actor  # an administrator

    @property
    def carys_key(self) -> str:
        """How a form names Carys, who coordinates the programme."""
        return Participation.objects.get(membership=self.cast.carys.membership, part="coordinator").ref

    def sent(self, by: Actor, *about: Actor, to: str = "panel", kind: str = "complaint", **more: str) -> Complaint:
        """A complaint about some people."""
        written = Complained(ComplaintKind(kind), more.pop("happened", SECRET), **more)
        made = complaining.send(written, members(about), to, ref=new_ref(), by=by)
        return fresh(made)


def members(actors: Sequence[Actor]) -> list:
    """Their memberships."""
    return [held.membership for held in actors]


def fresh(complaint: Complaint) -> Complaint:
    """As it is now."""
    return Complaint.objects.select_related("organisation", "writer__organisation").get(pk=complaint.pk)


def world_of() -> World:
    """Made anew."""
    c = people.pair()
    home = c.carys.organisation
    viktor, aisha = (people.member(name, home, "complaints_panel") for name in ("Viktor Lund", "Aisha Khan"))
    petra, ada = (
        people.member("Petra Novak", home, "privacy_officer"),
        people.member("Nadia Cole", home, "administrator"),
    )
    return World(c, viktor, aisha, petra, ada)


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
