"""What waits for coordinators: kept by the worker; whatever has changed since is counted by the page itself."""

import pytest
from django.core.management import call_command

from alongside.foundation import events, hooks, jobs
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actors import SYSTEM
from alongside.foundation.identity.models import Membership
from alongside.foundation.jobs.models import Job
from alongside.people import actions as people
from alongside.people.actions import people as roster_people
from alongside.people.roster.reading import read
from alongside.programmes import actions, queries
from alongside.programmes.models import Participation, Programme
from alongside.readiness.actions import conflicts
from alongside.relationships import actions as relationships
from alongside.relationships.actions import telling
from tests import cast
from tests.visits import browser_of, queries_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def c(tmp_path):
    """Amara mentors Ben; Noor, not invited, has no mentor; Cai and Fay, brought in, have not been told. All counted."""
    made = cast.pair()
    listed(made, "Noor Aziz", "mentee")
    for name in ("Cai Evans", "Fay Grant"):
        listed(made, name, None)
    file = tmp_path / "pairs.csv"
    file.write_text("Mentor e-mail,Mentee e-mail,Start\ncai@northgate.example,fay@northgate.example,2026-05-01")
    call_command("import_pairs", str(file), "--programme", made.programme.slug)
    listed(made, "Mio Sato", "mentee", address="")
    actions.count_funnel(made.programme)
    return made


@pytest.fixture
def kept(django_capture_on_commit_callbacks, settings, tmp_path):
    """Within the block things happen as in a request that is kept at its end."""
    settings.DATA_DIR = tmp_path
    return lambda: django_capture_on_commit_callbacks(execute=True)


def listed(c, name, part, address=None):
    address = f"{name.split()[0].lower()}@northgate.example" if address is None else address
    given = {"work_address": address, "employee_number": name[:3]}
    member = roster_people.add_person(organisation=c.carys.organisation, by=SYSTEM, name=name, **given)
    if part:
        actions.add_participants(c.programme, [actions.Place(member, part)], by=c.carys)


def member(name):
    return Membership.objects.select_related("organisation").get(name=name)


def seen(c):
    return {one.key: queries.waits(c.carys, one.key).get(c.programme.pk, 0) for one in hooks.desk_counts}


def held(c):
    c.programme.refresh_from_db()
    return c.programme.desk_counts


def asked(c):
    """Did the page count, rather than read what was kept?"""
    return [sql for sql in queries_of(browser_of(c.carys), "/") if "without_mentor" in sql and "COUNT" in sql]


COUNTED = {
    "uninvited": 3,
    "untold": 1,
    "without_mentor": 2,
    "managing": 0,
    "conflicts": 0,
    "silent": 0,
    "look_again": 0,
}


# --- whatever changes a number


def adds(c):
    cast.takes_part(c.programme, c.elin, "mentee", c.carys)


def removes(c):
    actions.end_participation(Participation.objects.get(membership=member("Noor Aziz")), by=c.carys)


def invites(c):
    roster_people.invite([member("Noor Aziz")], by=c.carys)


def suspends(c):
    identity.suspend(member("Noor Aziz"), by=c.carys)


def leaves(c):
    identity.leave(c.amara.membership, by=SYSTEM)


def takes_a_roster_in(c):
    rows = [
        "Name,Email,Employee number,Manager",
        "Mio Sato,mio@northgate.example,Mio,",
        "Fay Grant,fay@northgate.example,Fay,cai@northgate.example",
    ]
    table = read("\n".join(rows).encode(), "people.csv")
    roster = people.begin_import(table, organisation=c.carys.organisation, by=c.carys)
    people.stage_roster(roster, table)
    people.commit_roster(roster, by=c.carys)


def names_a_manager(c):
    people.set_manager(c.ben.membership, c.amara.membership, by=c.carys)


def proposes(c):
    parts = Participation.objects.filter(programme=c.programme)
    mentor, mentee = parts.get(membership=c.amara.membership), parts.get(membership=member("Noor Aziz"))
    relationships.propose(mentor, mentee, by=c.carys)


def ends(c):
    relationships.end(c.pair(c.ben), by=c.ben)


def tells(c):
    telling.tell_some(c.programme, by=c.carys)


def declares(c):
    conflicts.declare_conflict(c.programme, kind="personal", words="Ben is my cousin", by=c.amara)


CHANGES = {
    adds: {"without_mentor": 3},
    removes: {"uninvited": 2, "without_mentor": 1},
    invites: {"uninvited": 2},
    suspends: {"uninvited": 2, "without_mentor": 1},
    leaves: {"without_mentor": 3},
    takes_a_roster_in: {"uninvited": 4, "managing": 1},
    names_a_manager: {"managing": 1},
    proposes: {"without_mentor": 1},
    ends: {"without_mentor": 3},
    tells: {"uninvited": 1, "untold": 0},
    declares: {"conflicts": 1},
}


@pytest.mark.both
@pytest.mark.parametrize("happens", CHANGES, ids=lambda happens: happens.__name__)
def test_what_somebody_has_done_is_seen_at_once_and_kept_by_the_worker(c, kept, happens):
    assert held(c) == seen(c) == COUNTED
    with kept():
        happens(c)
    assert (held(c), seen(c)) == (COUNTED, COUNTED | CHANGES[happens])
    jobs.run_pending()
    assert held(c) == seen(c) == COUNTED | CHANGES[happens]


def test_what_was_kept_is_read_without_counting(c):
    assert asked(c) == []
    page = words_of(browser_of(c.carys).get("/"))
    for said in ("Invite 3 people to", "One pair is in", "Find mentors for 2 mentees in"):
        assert said in page
    assert "line manager" not in page


def test_what_was_never_counted_is_counted_by_the_page(c):
    known = {key: count for key, count in held(c).items() if key != "managing"}  # by a version that did not count it
    Programme.objects.update(desk_counts=known)
    assert len(asked(c)) == 1
    assert seen(c) == COUNTED


@pytest.mark.both
def test_while_the_worker_counts_the_page_counts_for_itself(c, kept, monkeypatch):
    """A count that is begun and not kept yet, and one that began before somebody else's change."""
    during = []

    def people_of(programme):
        if not during:
            with kept():
                removes(c)
            during.append(seen(c))
        return queries.takers(programme)

    step = next(step for step in hooks.funnel_steps if step.key == "taking-part")
    monkeypatch.setitem(step.__dict__, "people", people_of)
    actions.count_funnel(c.programme)
    fewer = COUNTED | CHANGES[removes]
    assert during == [fewer]
    assert (len(asked(c)), seen(c)) == (1, fewer)
    jobs.run_pending()
    assert (asked(c), seen(c), held(c)) == ([], fewer, fewer)


def test_a_count_that_nobody_finishes_hides_nothing(c, kept):
    with kept():
        invites(c)
    Job.objects.filter(name="programmes.count").update(state="failed", cause="lost")
    assert seen(c) == COUNTED | CHANGES[invites]
    actions.count_funnel(c.programme)  # as every hour
    assert (asked(c), seen(c)) == ([], COUNTED | CHANGES[invites])


def test_every_event_that_changes_what_waits_exists():
    named = {name for one in hooks.desk_counts for name in one.changes}
    assert named - events.declared().keys() == set()
    assert [one.key for one in hooks.desk_counts if not one.changes] == []
