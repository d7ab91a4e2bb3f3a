"""Amara and Ben beside Carys, whose organisation may have a code of ethics."""

import pytest

from alongside.readiness import actions
from alongside.readiness.actions import Written
from alongside.readiness.models import EthicsCode
from tests import cast as people


@pytest.fixture
def c(db) -> people.Cast:
    """Carys has proposed Amara and Ben; neither has answered."""
    return people.pair(answered=False)


@pytest.fixture
def code(c) -> EthicsCode:
    """The first version of a code by link."""
    said = Written("Global Code of Ethics", "Version 3", "https://code.example/3")
    return actions.state_code(said, seen=0, by=c.carys)
