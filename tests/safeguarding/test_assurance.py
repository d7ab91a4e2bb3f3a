"""By what an organisation shows that it works safely, and that nobody is found out by it."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from alongside.foundation import clock, hooks
from alongside.programmes.queries.handbook import handbook
from alongside.readiness.actions import Written, accept_code, state_code
from alongside.safeguarding import actions, rules
from tests import cast as people
from tests.visits import browser_of, queries_of, words_of

pytestmark = pytest.mark.django_db
EARLIER = datetime(2026, 9, 14, 9, tzinfo=UTC)


def shown(w, about: str) -> dict[str, str]:
    """What stands below one heading: how many of how many, or in words."""
    held = [one for one in hooks.assurance.of(w.cast.carys.organisation) if str(one.about) == about]
    return {
        str(one.words): f"{one.count} of {one.of}" if one.of is not None else str(one.said or one.count) for one in held
    }


def raise_some(w, count: int, *, answered: int) -> None:
    """Concerns in September; the first few are acknowledged within the hour, the others two days later."""
    with clock.set_to(EARLIER):
        cases = [w.raised(w.cast.ben, w.cast.amara) for _number in range(count)]
    for number, case in enumerate(cases):
        with clock.set_to(EARLIER + (timedelta(hours=1) if number < answered else timedelta(days=2))):
            actions.acknowledge(case, "I have read it.", by=w.sam)


# --- concerns


@pytest.mark.parametrize(("count", "shown_as"), [(0, 0), (4, 0), (5, 5), (14, 10), (15, 15)])
def test_numbers_go_in_steps_of_five(count, shown_as):
    assert rules.in_fives(count) == shown_as


def test_the_year_is_twelve_whole_months_before_this_one():
    assert rules.year_before(date(2026, 11, 24)) == (date(2025, 11, 1), date(2026, 11, 1))


def test_a_few_concerns_are_no_number_at_all(w):
    nobody = shown(w, "Concerns")
    raise_some(w, 9, answered=9)
    assert (
        shown(w, "Concerns")
        == nobody
        == {"Raised in the twelve months before this one": "Fewer than 10, so no number is shown"}
    )


def test_some_are_shown_in_steps_of_five(w):
    raise_some(w, 12, answered=9)
    assert shown(w, "Concerns") == {"Raised in the twelve months before this one": "10 or a few more"}


def test_many_are_shown_with_how_soon_they_were_answered(w):
    raise_some(w, 21, answered=16)
    assert shown(w, "Concerns") == {
        "Raised in the twelve months before this one": "20 or a few more",
        "Acknowledged within 24 hours": "about 75 in 100",
    }


def test_what_was_raised_this_month_shows_nowhere(w):
    raise_some(w, 12, answered=9)
    before = shown(w, "Concerns")
    for _number in range(5):
        w.raised(w.cast.ben, w.cast.amara)
    assert shown(w, "Concerns") == before


# --- the others


def test_the_code_and_who_accepted_it(w):
    c = w.cast
    about = "Code of ethics and training"
    assert shown(w, about) == {"Code of ethics": "None is stated yet", "Required training": "None is required yet"}
    code = state_code(Written("How we mentor", "2026", text="We turn up."), seen=0, by=c.carys)
    assert shown(w, about)["Mentors who accepted the version in force"] == "0 of 1"
    accept_code(code.ref, by=c.amara)
    assert shown(w, about)["Mentors who accepted the version in force"] == "1 of 1"
    assert shown(w, about)["Code of ethics"] == "How we mentor, 2026"


def test_pairs_that_have_begun_and_not_yet_agreed(w):
    assert shown(w, "Agreements") == {"Pairs that have begun, and both have signed": "0 of 1"}


# --- who reads it


def test_coordinators_administrators_and_those_who_handle_concerns_read_it(w):
    c = w.cast
    may = [browser_of(actor).get("/organisation/assurance/").status_code for actor in (c.carys, w.ada, w.sam, w.lena)]
    not_ = [browser_of(actor).get("/organisation/assurance/").status_code for actor in (c.amara, c.ben, c.elin)]
    assert (may, not_) == ([200] * 4, [404] * 3)


def test_it_counts_the_own_organisation_alone(w):
    other = people.pair()
    state_code(Written("Another code", text="We listen."), seen=0, by=other.carys)
    page = words_of(browser_of(w.ada).get("/organisation/assurance/"))
    assert "Another code" not in page
    row = page.split("Declared conflicts that wait for a decision", 1)[1].split("</tr>", 1)[0]
    assert re.sub(r"<[^>]+>", " ", row).split()[-1] == "0"
    assert "0 of 1" in page


def test_the_page_names_nobody_and_asks_little(w):
    raise_some(w, 12, answered=12)
    client = browser_of(w.ada)
    page = words_of(client.get("/organisation/assurance/")).split("How safely we work", 1)[1]
    assert [name for name in ("Ben", "Amara", "Carys", "Sam") if name in page] == []
    assert len(queries_of(client, "/organisation/assurance/")) <= 16


def test_the_handbook_shows_it_to_coordinators_alone(w):
    programme = w.cast.programme
    inside, outside = (str(handbook(programme, inside=who).chapters) for who in (True, False))
    assert "Pairs that have begun, and both have signed" in inside
    assert "Pairs that have begun, and both have signed" not in outside
