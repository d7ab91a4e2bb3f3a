"""A pair that has agreed how to work, and the shortest lawful way to a goal."""

import pytest
from django.test import Client

from alongside.foundation.identity.actors import Actor
from alongside.goals import actions
from alongside.goals.actions import Wanted
from alongside.goals.models import Goal
from alongside.relationships.models import Relationship
from tests import cast as people

HANDOVER = "Run a shift handover that the whole team can use"


def at_stage(cast: people.Cast, stage: str, state: str = "active") -> people.Cast:
    """The pair at a stage, as if its gates had opened."""
    Relationship.objects.filter(pk=cast.relationship.pk).update(stage=stage, state=state)
    cast.relationship.refresh_from_db()
    return cast


@pytest.fixture
def cast(db) -> people.Cast:
    """Amara and Ben, setting direction."""
    return at_stage(people.pair(), "direct")


@pytest.fixture
def write(cast):
    """A goal of Ben's, private unless said otherwise."""

    def make(words: str = HANDOVER, *, shared: bool = False, **facts) -> Goal:
        wanted = Wanted(**{"words": words, "start": 3, "hope": 8} | facts)
        return actions.add(cast.pair(cast.ben), wanted, by=cast.ben, shared=shared)

    return make


@pytest.fixture
def sign_in():
    """A browser of somebody's."""

    def as_(actor: Actor) -> Client:
        client = Client()
        client.force_login(actor.account)
        return client

    return as_
