"""What journeys share: Chromium, people at browsers of their own, and nothing that a person should not meet."""

from collections.abc import Callable, Iterator

import pytest

from tests.journeys.installation import running_demo
from tests.journeys.person import Person

_FIRST = {"journeys": 0, "access": 1}  # the long ones, or one worker is still at them when the other has nothing left


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys begin first."""
    items.sort(key=lambda item: _FIRST.get(item.path.relative_to(item.config.rootpath).parts[1], 2))


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


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The demo, and who can sign in to it."""
    with running_demo(tmp_path_factory.mktemp("demo")) as (made, passwords):
        yield made, passwords


@pytest.fixture(scope="module")
def looked_at() -> set[str]:
    """The pages at which the tests of a module have looked closely, by pattern."""
    return set()


@pytest.fixture(scope="module")
def mirrored(demo):
    """The same installation once more, on another port, where right to left can be chosen."""
    made, passwords = demo
    again = made.beside(ALONGSIDE_DEBUG="1")
    with again.serving():
        yield again, passwords
