"""The demo, and one erasure for all who look at what it left. No export of another test is about."""

import shutil

import pytest

from alongside.records import exports
from tests.records.whole import erased  # noqa: F401 -- a fixture
from tests.told import told, told_once  # noqa: F401 -- fixtures


@pytest.fixture(scope="module", autouse=True)
def no_exports():
    """The folder of exports is empty when a module begins, and when it ends."""
    shutil.rmtree(exports.folder())
    yield
    shutil.rmtree(exports.folder())
