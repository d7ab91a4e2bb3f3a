"""The numbers of a programme's funnel: counted by the worker when something changed them, dated, and right at once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.foundation import clock, events, hooks, jobs
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actors import SYSTEM
from alongside.foundation.identity.models import Membership
from alongside.foundation.jobs.models import Job
from alongside.foundation.jobs.registry import slots
from alongside.people.actions import people
from alongside.programmes import actions, queries
from alongside.programmes.models import FunnelCount, Participation, Programme
from alongside.relationships import actions as relationships
from alongside.relationships.models import Relationship
from alongside.reviews import actions as reviews
from tests import cast
from tests.meetings import days
from tests.reviews.conftest import said
from tests.visits import browser_of, queries_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def c():
    """Amara and Ben have both said yes; Noor takes part and was not invited. All of it is counted."""
    made = cast.pair()
    listed(made, "Noor Aziz")
    actions.count_funnel(made.programme)
    return made


@pytest.fixture
def kept(django_capture_on_commit_callbacks, settings, tmp_path):
    """Within the block things happen as in a request that is kept at its end."""
    settings.DATA_DIR = tmp_path  # the anchor of the audit log moves on too, and never back
    return lambda: django_capture_on_commit_callbacks(execute=True)


def listed(c, name: str) -> Membership:
    """A mentee of the programme who has not been invited."""
    address = f"{name.split(maxsplit=1)[0].lower()}@northgate.example"
    member = people.add_person(organisation=c.carys.organisation, by=SYSTEM, name=name, work_address=address)
    actions.add_participants(c.programme, [actions.Place(member, "mentee")], by=c.carys)
    return member


def noor() -> Membership:
    return Membership.objects.select_related("organisation").get(name="Noor Aziz")


def shown(programme: Programme) -> dict[str, int]:
    return {step.key: count for step, count in queries.funnel(programme).figures}


def live(programme: Programme) -> dict[str, int]:
    return {step.key: step.people(programme).count() for step in hooks.funnel_steps}


def waiting() -> int:
    return Job.objects.filter(name="programmes.count", state="queued").count()


# --- whatever changes a number


def adds(c):
    cast.takes_part(c.programme, c.elin, "mentee", c.carys)


def removes(c):
    actions.end_participation(Participation.objects.get(membership=noor()), by=c.carys)


def invites(c):
    people.invite([noor()], by=c.carys)


def joins(c):
    account = identity.create_account(email="noor@home.example", password=None, timezone="UTC", language="en-gb")
    identity.join(identity.find_invitation(identity.invite(noor(), by=c.carys)), account=account)


def suspends(c):
    identity.suspend(Membership.objects.get(pk=c.ben.membership.pk), by=SYSTEM)


def leaves(c):
    identity.leave(Membership.objects.get(pk=c.ben.membership.pk), by=SYSTEM)


def pairs(c):
    other = cast.member("Hana Sato", c.carys.organisation)
    mentee = cast.takes_part(c.programme, other, "mentee", c.carys)
    mentor = Participation.objects.get(membership=c.amara.membership)
    relationship = relationships.propose(mentor, mentee, by=c.carys)
    for actor in (c.amara, other):
        relationships.accept(cast.queries.pair(actor, relationship.ref), by=actor)


def meets(c):
    days.held(c, c.amara, clock.now() - timedelta(days=1))


def looks_back(c):
    Relationship.objects.update(stage="close", state="active")
    reviews.send(c.pair(c.ben), said("mentee"), by=c.ben)
    reviews.send(c.pair(c.amara), said("mentor"), by=c.amara)


CHANGES = {
    adds: {"taking-part": 4, "invited": 3, "joined": 3, "ready": 3},
    removes: {"taking-part": 2},
    invites: {"invited": 3},
    joins: {"invited": 3, "joined": 3, "ready": 3},
    suspends: {"joined": 1, "ready": 1},
    leaves: {"taking-part": 2, "invited": 1, "joined": 1, "ready": 1},
    pairs: {"taking-part": 4, "invited": 3, "joined": 3, "ready": 3, "matched": 3},
    meets: {"met": 2},
    looks_back: {"reviewed": 2, "completed": 2},
}


@pytest.mark.both
@pytest.mark.parametrize("happens", CHANGES, ids=lambda happens: happens.__name__)
def test_what_changes_a_number_has_it_counted_once(c, kept, happens):
    before = shown(c.programme)
    with kept():
        happens(c)
    assert (shown(c.programme), waiting()) == (before, 1)
    jobs.run_pending()
    assert shown(c.programme) == before | CHANGES[happens] == live(c.programme)


def test_somebody_who_is_let_back_in_is_counted_again(c, kept):
    suspends(c)
    actions.count_funnel(c.programme)
    with kept():
        identity.restore(Membership.objects.get(pk=c.ben.membership.pk), by=SYSTEM)
    jobs.run_pending()
    assert shown(c.programme)["joined"] == 2


def test_what_changes_no_number_has_nothing_counted(c, kept):
    with kept():
        actions.change(c.programme, by=c.carys, purpose="Something else")
        days.plan(c, c.amara, clock.now() + timedelta(days=1))
        identity.invite(
            people.add_person(organisation=c.carys.organisation, by=SYSTEM, name="Zoe", work_address="z@n.example"),
            by=SYSTEM,
        )
    assert waiting() == 0


def test_what_is_undone_has_nothing_counted(c, kept):
    with kept(), pytest.raises(ZeroDivisionError), events.event("programme.changed", by=SYSTEM, about=c.programme):
        invites(c)
        raise ZeroDivisionError
    assert waiting() == 0


def test_every_event_that_changes_a_number_exists():
    named = {name for step in hooks.funnel_steps for name in step.changes}
    assert named - events.declared().keys() == set()
    assert [step.key for step in hooks.funnel_steps if not step.changes] == []


# --- many at once, and while it is being counted


def test_a_hundred_invitations_ask_for_one_count_in_a_handful_of_queries(c, kept):
    members = [listed(c, f"Person{number} Jones") for number in range(100)]
    with CaptureQueriesContext(connection) as asked, kept():
        people.invite(members, by=c.carys)
        before = len(asked)
    assert waiting() == 1
    concerned = [query for query in asked if "programmes_" in query["sql"]]
    assert len(concerned) == 2  # who takes part where, and how often that was counted
    assert len(asked) - before <= 6
    jobs.run_pending()
    assert shown(c.programme)["invited"] == 102


def test_many_changes_before_the_worker_comes_make_one_job(c, kept):
    for happens in (invites, meets, suspends):
        with kept():
            happens(c)
    assert waiting() == 1
    jobs.run_pending()
    assert shown(c.programme) == live(c.programme)
    with kept():
        removes(c)
    assert waiting() == 1


def counting(monkeypatch, meanwhile):
    """While the first step is being counted, something else happens once."""
    done = []

    def people_of(programme):
        if not done:
            done.append(True)
            found = queries.takers(programme).count()
            meanwhile()
            return type("Counted", (), {"count": lambda self: found})()
        return queries.takers(programme)

    step = next(step for step in hooks.funnel_steps if step.key == "taking-part")
    monkeypatch.setitem(step.__dict__, "people", people_of)


@pytest.mark.both
def test_what_happens_while_it_is_counted_is_counted_next(c, kept, monkeypatch):
    def meanwhile():
        with kept():
            removes(c)

    with kept():
        invites(c)
    counting(monkeypatch, meanwhile)
    assert jobs.run_pending(limit=1) == 1
    assert (shown(c.programme)["taking-part"], waiting()) == (3, 1)
    jobs.run_pending()
    assert (shown(c.programme)["taking-part"], waiting()) == (2, 0)


@pytest.mark.both
def test_of_two_counts_that_overlap_the_later_one_stays(c, monkeypatch):
    def meanwhile():
        removes(c)
        actions.count_funnel(c.programme)

    counting(monkeypatch, meanwhile)
    actions.count_funnel(c.programme)
    assert shown(c.programme)["taking-part"] == 2
    assert FunnelCount.objects.filter(programme=c.programme).count() == len(list(hooks.funnel_steps))


@pytest.mark.both
def test_counting_again_writes_over_the_numbers_before(c):
    removes(c)
    actions.count_funnel(c.programme)
    assert shown(c.programme) == live(c.programme)
    assert FunnelCount.objects.count() == len(list(hooks.funnel_steps))


def test_once_an_hour_every_running_programme_is_counted_whatever_was_missed(c):
    draft = cast.programme(c.carys, "Ward sisters")
    removes(c)  # nobody asked for a count: as if the process had been killed
    assert "programmes.count_running" in dict(slots(clock.now()))
    jobs.enqueue("programmes.count_running")
    jobs.run_pending()
    assert shown(c.programme) == live(c.programme)
    assert not FunnelCount.objects.filter(programme=draft).exists()


# --- what the page says


def test_a_programme_that_is_launched_is_right_before_anything_is_counted(c, kept):
    made = cast.programme(c.carys, "Ward sisters")
    for actor, part in ((c.amara, "mentor"), (c.ben, "mentee")):
        cast.takes_part(made, actor, part, c.carys)
    assert "taking part" not in words_of(browser_of(c.carys).get(f"/programmes/{made.slug}/"))
    cast.launchable(made, c.carys)
    with kept():
        actions.launch(made, by=c.carys)
    page = browser_of(c.carys).get(f"/programmes/{made.slug}/")
    assert [step["count"] for step in page.context["funnel"]] == [2, 2, 2, 2, 0, 0, 0, 0]
    assert "As of" not in words_of(page)
    jobs.run_pending()
    page = browser_of(c.carys).get(f"/programmes/{made.slug}/")
    assert [step["count"] for step in page.context["funnel"]] == [2, 2, 2, 2, 0, 0, 0, 0]
    assert "As of" in words_of(page)


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (datetime(2026, 7, 14, 9, 0, tzinfo=UTC), "As of 09:12. Each list opens as it is now."),
        (datetime(2026, 7, 14, 23, 30, tzinfo=UTC), "As of Tuesday 14 July, 09:12. Each list opens as it is now."),
    ],
)
def test_the_page_says_when_it_was_counted_where_the_reader_is(c, now, words):
    with clock.set_to(datetime(2026, 7, 14, 8, 12, tzinfo=UTC)):  # 9:12 in London, where Carys is
        FunnelCount.objects.update(counted_at=clock.now())
    with clock.set_to(now):
        assert words in words_of(browser_of(c.carys).get(f"/programmes/{c.programme.slug}/"))


def test_the_page_reads_the_numbers_in_one_query_and_the_list_is_live(c):
    removes(c)
    asked = queries_of(browser_of(c.carys), f"/programmes/{c.programme.slug}/")
    assert len([sql for sql in asked if "programmes_funnelcount" in sql]) == 1
    assert [sql for sql in asked if 'COUNT(*) AS "__count" FROM "programmes_participation"' in sql] == []
    listed_now = browser_of(c.carys).get(f"/programmes/{c.programme.slug}/funnel/taking-part/").context["page"]
    assert (shown(c.programme)["taking-part"], len(listed_now)) == (3, 2)
