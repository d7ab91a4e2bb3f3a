import pytest
from django.test import Client

from tests import cast as people
from tests.meetings import days


@pytest.fixture
def cast(db):
    """Amara and Ben, who have said yes to each other; it is Tuesday 24 November 2026, 9:00 in London."""
    with days.at():
        yield people.pair()


@pytest.fixture
def sign_in():
    """A browser of somebody's."""

    def as_(actor) -> Client:
        client = Client()
        client.force_login(actor.account)
        return client

    return as_
