"""What browsers do not send and people hardly type: days at the end of the calendar, characters that nobody sees."""

import pytest

from alongside.programmes.models import Programme, SectionDraft
from alongside.programmes.terms import Section
from tests import cast
from tests.visits import browser_of, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.both]
FAR = "Choose days between 1 January 2000 and 31 December 2099."


@pytest.fixture
def c():
    return cast.pair()


@pytest.fixture
def draft(c) -> Programme:
    """Carys's next round, still in preparation."""
    return cast.programme(c.carys, "Ward sisters")


@pytest.mark.parametrize("day", ["0001-01-01", "1999-12-31", "2100-01-01", "9999-12-31"])
def test_another_round_begins_on_a_day_that_can_be_reckoned_with(c, draft, day):
    answer = browser_of(c.carys).post(f"/programmes/{draft.slug}/duplicate/", {"name": "Next round", "starts_on": day})
    assert answer.status_code == 200
    assert FAR in words_of(answer)
    assert Programme.objects.filter(name="Next round").count() == 0


def test_another_round_that_would_end_beyond_the_calendar_is_refused(c, draft):
    answer = browser_of(c.carys).post(
        f"/programmes/{draft.slug}/duplicate/", {"name": "Next round", "starts_on": "2099-12-31"}
    )
    assert (answer.status_code, FAR in words_of(answer)) == (200, True)


@pytest.mark.parametrize("section", [Section.WHY, Section.MODEL])
def test_a_nul_in_a_section_is_refused_and_the_rest_kept_as_a_draft(c, draft, section):
    sent = {"purpose": "Ward sisters\0 who stay", "model_reason": "It is\0 known here", "seen": "0"}
    answer = browser_of(c.carys).post(f"/programmes/{draft.slug}/design/{section.value}/", sent)
    assert answer.status_code == 200
    assert "There is a character here that cannot be shown (U+0000)." in words_of(answer)
    kept = SectionDraft.objects.get(programme=draft, section=section)
    assert kept.words["purpose"] == ["Ward sisters who stay"]
