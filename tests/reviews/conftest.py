"""A pair that is coming to its end, and answers to its closing review."""

import pytest
from django.test import Client

from alongside.foundation.identity.actors import Actor
from alongside.relationships.models import Relationship
from alongside.reviews import actions
from alongside.reviews.actions import Said
from tests import cast as people

MENTEE = {"reached": 4, "heard": 5, "thinking": 4, "changed": 3, "together": 5}
MENTOR = {"reached": 5, "room": 4, "able": 4, "learned": 5, "together": 4}
BENS, AMARAS = "That a handover is a conversation", "That I talk less than I used to"


def at_stage(cast: people.Cast, stage: str, state: str = "active") -> people.Cast:
    """The pair at a stage, as if its gates had opened."""
    Relationship.objects.filter(pk=cast.relationship.pk).update(stage=stage, state=state)
    cast.relationship.refresh_from_db()
    return cast


@pytest.fixture
def cast(db) -> people.Cast:
    """Amara and Ben, ending well."""
    return at_stage(people.pair(), "close")


def said(part: str, **change) -> Said:
    """A whole answer of one of the two, private unless said otherwise."""
    ratings, words = (MENTEE, BENS) if part == "mentee" else (MENTOR, AMARAS)
    return Said(**{"ratings": ratings, "words": {"take-with-me": words}, "contact": "stay"} | change)


@pytest.fixture
def send(cast):
    """Send the review of one of the two."""

    def do(part: str, **change):
        actor = cast.ben if part == "mentee" else cast.amara
        return actions.send(cast.pair(actor), said(part, **change), by=actor)

    return do


@pytest.fixture
def sign_in():
    """A browser of somebody's."""

    def as_(actor: Actor) -> Client:
        client = Client()
        client.force_login(actor.account)
        return client

    return as_
