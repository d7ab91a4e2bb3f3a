"""Which next steps a page asks for, and their order."""

from types import SimpleNamespace

import pytest

from alongside.foundation.hooks import NextStep
from alongside.foundation.hooks.registry import NextSteps

BEN = SimpleNamespace(ref="ben")


@pytest.fixture
def steps():
    """Steps to a pair, to a programme, and to anywhere."""
    held = NextSteps()
    held.leading_to("pair")(lambda actor: [NextStep(20, "Sign", "/pairs/x/", "Sign")])
    held.leading_to("programme")(lambda actor: [NextStep(10, "Launch", "/programmes/x/", "Launch")])
    held.register(lambda actor: [NextStep(30, "Read", "/read/", "Read")])
    return held


@pytest.mark.parametrize(
    ("where", "words"),
    [("", ["Launch", "Sign", "Read"]), ("pair", ["Sign", "Read"]), ("programme", ["Launch", "Read"])],
)
def test_a_page_leaves_out_what_leads_elsewhere(steps, where, words):
    assert [step.words for step in steps.of(BEN, where)] == words


def test_what_waits_for_others_stands_last_and_what_is_late_first(steps):
    steps.register(lambda actor: [NextStep(1, "Ben signs", "/pairs/x/", "Open", yours=False)])
    steps.register(lambda actor: [NextStep(90, "Write it down", "/pairs/x/", "Write", overdue=True)])
    assert [step.words for step in steps.of(BEN)] == ["Write it down", "Launch", "Sign", "Read", "Ben signs"]
