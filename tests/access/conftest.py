from functools import cache

import pytest

from tests.access.forms import Form, forms_met
from tests.told import Told, told, told_once  # noqa: F401 -- fixtures


@pytest.fixture(scope="module")
def met():
    """The forms that somebody meets, gathered once a module: each test begins with the same demo."""

    @cache
    def gather(demo: Told, key: str) -> list[Form]:
        return forms_met(demo, key)

    return gather
