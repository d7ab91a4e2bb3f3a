"""How often somebody may be invited."""

from datetime import UTC, datetime, timedelta

import pytest

from alongside.foundation.identity.rules import next_invitation

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


def ago(**said):
    return NOW - timedelta(**said)


@pytest.mark.parametrize(
    ("made", "free"),
    [
        ([], None),
        ([NOW], NOW + timedelta(hours=1)),
        ([ago(minutes=59)], NOW + timedelta(minutes=1)),
        ([ago(hours=1)], None),
        ([ago(hours=2), ago(hours=4)], None),
        ([ago(hours=20), ago(hours=2), ago(hours=4)], NOW + timedelta(hours=4)),
        ([ago(minutes=10), ago(hours=4), ago(hours=23, minutes=50)], NOW + timedelta(minutes=50)),
        ([ago(hours=24), ago(hours=2), ago(hours=4)], None),
        ([ago(days=9), ago(days=8), ago(days=7)], None),
    ],
)
def test_one_invitation_an_hour_and_three_a_day(made, free):
    assert next_invitation(made, NOW) == free
