"""Vetting: kind, outcome, number and dates; never a certificate. Due again, it counts no more."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from alongside.foundation import clock
from alongside.foundation.identity.actions import NotPossible
from alongside.programmes.models import Participation
from alongside.readiness import queries
from alongside.readiness.actions import Wanted, set_rule, vetting
from alongside.readiness.actions.vetting import Found
from alongside.readiness.models import Vetting
from alongside.readiness.queries.vetting import visible_to
from tests import cast as people
from tests.visits import browser_of, queries_of, words_of

DONE = Found("Enhanced check", "clear", date(2026, 9, 1), "NH-1", date(2029, 9, 1))
FORM = {"kind": "Enhanced check", "outcome": "clear", "decided_on": "2026-09-01", "number": "NH-1"}


@pytest.fixture
def asked(c):
    """Vetting is asked of mentors."""
    set_rule(c.programme, Wanted(["vetting"], [], holds_pairs=False), by=c.carys)
    return c


def url(c, actor) -> str:
    held = Participation.objects.get(membership=actor.membership, until=None, part__in=["mentor", "mentee"])
    return f"/programmes/rising-leaders/readiness/vetting/{held.ref}/"


def lacks(actor) -> list[str]:
    return [one.value for held in queries.own(actor) for one in held.lacking]


def test_a_coordinator_records_what_came_of_it_and_the_mentor_sees_it(asked):
    assert lacks(asked.amara) == ["vetting"]
    client = browser_of(asked.carys)
    assert url(asked, asked.amara) in words_of(client.get("/programmes/rising-leaders/readiness/"))
    client.post(url(asked, asked.amara), FORM | {"seen": ""})
    assert lacks(asked.amara) == []
    said = words_of(browser_of(asked.amara).get("/getting-ready/"))
    assert "Enhanced check" in said
    assert "NH-1" in said


@pytest.mark.both
@pytest.mark.parametrize(
    ("outcome", "again", "left"),
    [
        ("clear", None, []),
        ("conditions", date(2026, 10, 1), []),
        ("clear", date(2026, 9, 30), ["vetting"]),
        ("waiting", None, ["vetting"]),
        ("not_clear", None, ["vetting"]),
    ],
)
def test_only_what_is_in_order_and_not_due_again_counts(asked, outcome, again, left):
    with clock.set_to(clock.now().replace(year=2026, month=10, day=1, hour=12)):
        found = DONE._replace(outcome=outcome, recheck_on=again)
        vetting.record_vetting(asked.amara.membership, found, seen="", by=asked.carys)
        assert lacks(asked.amara) == left


def test_the_newest_counts_and_the_one_before_stays(asked):
    first = vetting.record_vetting(asked.amara.membership, DONE, seen="", by=asked.carys)
    vetting.record_vetting(asked.amara.membership, DONE._replace(outcome="not_clear"), seen=first.ref, by=asked.carys)
    assert lacks(asked.amara) == ["vetting"]
    assert Vetting.objects.count() == 2


def test_two_who_record_at_once_lose_nothing(asked):
    vetting.record_vetting(asked.amara.membership, DONE, seen="", by=asked.carys)
    page = browser_of(asked.carys).post(url(asked, asked.amara), FORM | {"outcome": "not_clear", "seen": ""})
    assert "Somebody has recorded something a moment ago." in words_of(page)
    assert Vetting.objects.get().outcome == "clear"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"decided_on": "2999-01-01"}, "Choose a day that is not in the future."),
        ({"recheck_on": "2026-09-01"}, "Choose a day after the one on which it was done."),
        ({"decided_on": "31 February"}, "Enter a whole date"),
        ({"kind": "x" * 61}, "Keep this to 60 characters."),
        ({"outcome": "superb"}, "Choose one from the list."),
    ],
)
def test_what_cannot_be_is_refused_with_the_cure(asked, wrong, says):
    page = browser_of(asked.carys).post(url(asked, asked.amara), FORM | {"seen": ""} | wrong)
    assert says in words_of(page)
    assert not Vetting.objects.exists()


def test_nobody_records_their_own(c):
    people.takes_part(c.programme, c.carys, "mentor", c.carys)
    assert browser_of(c.carys).get(url(c, c.carys)).status_code == 404
    with pytest.raises(NotPossible, match="Nobody records their own vetting"):
        vetting.record_vetting(c.carys.membership, DONE, seen="", by=c.carys)


@pytest.mark.both
def test_the_database_knows_one_in_force_and_no_way_back_in_time(c):
    vetting.record_vetting(c.amara.membership, DONE, seen="", by=c.carys)
    for wrong in ({}, {"replaced_at": clock.now(), "recheck_on": date(2026, 8, 1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Vetting.objects.create(membership=c.amara.membership, kind="x", decided_on=date(2026, 9, 1), **wrong)


def test_who_reads_it(c):
    vetting.record_vetting(c.amara.membership, DONE, seen="", by=c.carys)
    home = c.carys.organisation
    sam, lena = people.member("Sam Osei", home, "safeguarding_lead"), people.member("Lena", home, "administrator")
    elsewhere = people.member("Ruth", people.organisation("Harbour Trust"), "safeguarding_lead")
    seen = [visible_to(actor).exists() for actor in (c.amara, c.carys, sam, c.ben, c.elin, lena, elsewhere)]
    assert seen == [True, True, True, False, False, False, False]


def test_the_safeguarding_lead_sees_what_is_due_again_first(c):
    sam = people.member("Sam Osei", c.carys.organisation, "safeguarding_lead")
    vetting.record_vetting(c.ben.membership, DONE._replace(recheck_on=None), seen="", by=c.carys)
    yesterday = clock.now().date() - timedelta(days=1)
    old = DONE._replace(decided_on=date(2020, 1, 1), recheck_on=yesterday)
    vetting.record_vetting(c.amara.membership, old, seen="", by=c.carys)
    client = browser_of(sam)
    page = client.get("/vetting/")
    assert [one.membership.name for one in page.context["page"]] == ["Amara Okafor", "Ben Thomas"]
    assert [one.membership.name for one in client.get("/vetting/?state=due").context["page"]] == ["Amara Okafor"]
    assert "/vetting/" in words_of(client.get("/"))
    assert browser_of(c.carys).get("/vetting/").status_code == 404
    assert len(queries_of(client, "/vetting/")) <= 8
