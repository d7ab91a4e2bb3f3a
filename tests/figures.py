"""Figures that a run of the tests gathers as it goes, and says at its end: how much was tried, how often it failed.

def test_…(figure):
    figure("answers swept", 812)
    figure("sentences leaked", 0)
"""

from collections import Counter
from collections.abc import Callable

import pytest

_MARK = "figure: "
Figure = Callable[[str, int], None]


@pytest.fixture
def figure(record_property) -> Figure:
    """Adds to a figure of the run, across all tests and workers."""

    def add(name: str, number: int) -> None:
        record_property(f"{_MARK}{name}", int(number))

    return add


def summed(reports: list[pytest.TestReport]) -> dict[str, int]:
    """The figures of the tests that were called, by name in the order of the alphabet."""
    totals: Counter[str] = Counter()
    for report in reports:
        for name, number in report.user_properties if getattr(report, "when", "") == "call" else ():
            if name.startswith(_MARK):
                totals[name.removeprefix(_MARK)] += number
    return dict(sorted(totals.items()))


def table(figures: dict[str, int]) -> list[str]:
    """A line a figure, numbers under each other."""
    widest = max((len(f"{number:,}") for number in figures.values()), default=0)
    return [f"{number:>{widest},}  {name}" for name, number in figures.items()]
