"""What journeys share: Chromium, people at browsers of their own, and nothing that a person should not meet."""

from collections.abc import Callable, Iterator

import pytest

from tests.journeys.person import Person


@pytest.fixture
def somebody(browser) -> Iterator[Callable[..., Person]]:
    """`somebody("Ben Thomas", at=installation, **PHONE)`. At the end nobody has met a fault."""
    came: list[Person] = []

    def comes(name: str, at, **window) -> Person:
        person = Person(name, browser, at.address, **window)
        came.append(person)
        return person

    yield comes
    for person in came:
        person.context.close()
    assert [f"{person.name}: {fault}" for person in came for fault in person.faults] == []
