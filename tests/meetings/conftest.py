import pytest

from tests import cast as people
from tests.meetings import days


@pytest.fixture
def cast(db):
    """Amara and Ben, who have said yes to each other; it is Tuesday 24 November 2026, 9:00 in London."""
    with days.at():
        yield people.pair()
