"""Leaving a mail server that does not answer alone for a while, so that a worker goes on with other work.

Each process remembers for itself: what it saves is time, and nothing is lost with it.
"""

import threading
from datetime import datetime, timedelta

from django.conf import settings

from alongside.foundation import clock

FIRST_REST, LONGEST_REST = 15, 120  # seconds
_resting: dict[tuple[str, int, str], tuple[datetime, int]] = {}
_lock = threading.Lock()


def _key(lane: str) -> tuple[str, int, str]:
    return settings.EMAIL_HOST, settings.EMAIL_PORT, lane


def rests_for(lane: str) -> float:
    """Seconds for which one kind of work leaves the server alone; 0 when it may ask."""
    until, _times = _resting.get(_key(lane), (clock.now(), 0))
    return max((until - clock.now()).total_seconds(), 0)


def was_away(lane: str, *, urgent: bool = False) -> float:
    """Leave the server alone: ever longer, at most two minutes; for urgent work always a quarter of a minute."""
    with _lock:
        _until, times = _resting.get(_key(lane), (None, 0))
        seconds = FIRST_REST if urgent else min(FIRST_REST * 2**times, LONGEST_REST)
        _resting[_key(lane)] = clock.now() + timedelta(seconds=seconds), min(times + 1, 10)
    return seconds


def answered(lane: str) -> None:
    """It is there."""
    _resting.pop(_key(lane), None)
