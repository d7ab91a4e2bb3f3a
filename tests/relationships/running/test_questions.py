"""Taking in asks the database in handfuls, however many pairs there are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.relationships.running.conftest import listed, row
from tests.relationships.running.test_both import commit, stage

pytestmark = pytest.mark.django_db


def test_taking_in_asks_the_database_as_often_for_a_hundred_pairs_as_for_ten(programme, northgate):
    def asked(count, letter):
        names = [f"{letter}{part}{number} Jones" for number in range(count) for part in ("r", "e")]
        listed(northgate, *names)
        held = stage(programme, *(row(f"{letter}r{n}", f"{letter}e{n}") for n in range(count)))
        with CaptureQueriesContext(connection) as found:
            commit(held)
        return [query["sql"] for query in found if "SAVEPOINT" not in query["sql"].upper()]

    few, many = asked(10, "x"), asked(100, "y")
    # People are looked up in handfuls, and SQLite takes rows in batches.
    assert len(many) - len(few) <= 10, (len(few), len(many))
