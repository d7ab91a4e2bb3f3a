"""The mentee's part of the path in a browser that runs no script."""

import pytest

from tests.journeys.installation import running
from tests.journeys.person import PHONE
from tests.journeys.test_whole_path import LARKRISE, walk

pytestmark = pytest.mark.journey


def test_a_mentee_without_script_comes_all_the_way(tmp_path, somebody):
    with running(tmp_path) as installation:
        figures = walk(installation, somebody, LARKRISE, PHONE, java_script_enabled=False)
    assert figures["completed"] == 2
