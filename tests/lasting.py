"""Rows that stand for all tests of a module: written once, and gone when the module ends.

@pytest.fixture(scope="module")
def once(rows_last):        # what follows is in the database for every test of the module
    return people.pair()

@pytest.fixture
def cast(once):
    return deepcopy(once)   # a test may change what it holds; what it writes goes with it
"""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from django.db import connections, transaction


@pytest.fixture(scope="module")
def rows_last(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Not for tests with transactions of their own: around every test stands one that is taken back."""
    with django_db_blocker.unblock(), ExitStack() as around:
        for name in connections:
            atomic = transaction.atomic(using=name)
            atomic._from_testcase = True  # as in Django's TestCase: what is durable may stand inside
            around.enter_context(atomic)
        yield
        for name in connections:
            transaction.set_rollback(True, using=name)
