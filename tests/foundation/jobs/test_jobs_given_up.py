"""Work that was given up: what is kept of it, trying it again, putting it aside."""

import pytest
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult

from alongside.foundation import clock, jobs
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.jobs import actions, queries, registry, rules
from alongside.foundation.jobs.models import Job

pytestmark = [pytest.mark.both, pytest.mark.django_db]


@pytest.fixture
def fails(work, carys):
    """Queues work that fails as long as the list holds a True."""
    broken, seen = [True], []

    def body(job, **plain):
        seen.append(plain)
        if broken[0]:
            raise ZeroDivisionError

    def give_up(**plain):
        job = jobs.enqueue("test.fails", organisation=carys.organisation_ref, by=carys.ref, **plain)
        jobs.run_pending()
        job.refresh_from_db()
        return job

    work("test.fails", body, tries=1)
    give_up.broken, give_up.seen = broken, seen
    return give_up


def test_it_keeps_its_arguments_and_runs_with_them_when_it_is_tried_again(fails, carys):
    job = fails(roster="abc")
    assert (job.state, job.cause) == ("failed", "fault")
    fails.broken[0] = False

    actions.try_again(job, by=carys)
    assert jobs.run_pending() == 1

    job.refresh_from_db()
    assert (job.state, job.cause, job.error, job.attempts) == ("done", "", "", 0)
    assert fails.seen == [{"roster": "abc"}, {"roster": "abc"}]
    assert DBTaskResult.objects.get(pk=job.task_id).args_kwargs == {"args": [], "kwargs": {}}
    [entry] = AuditEntry.objects.filter(name="job.tried_again")
    assert (entry.by, entry.about_ref, entry.codes) == (carys.ref, job.ref, {"work": "test.fails"})


def test_pressed_twice_it_runs_once(fails, carys):
    job = fails()
    actions.try_again(job, by=carys)
    with pytest.raises(NotPossible, match="It is tried again already"):
        actions.try_again(job, by=carys)
    assert (jobs.run_pending(), AuditEntry.objects.filter(name="job.tried_again").count()) == (1, 1)


def test_work_that_said_why_it_cannot_be_done_is_an_answer_and_nothing_to_try_again(work, carys):
    def refuse(job):
        raise jobs.Failed("The file has gone.")

    work("test.refuse", refuse)
    job = jobs.enqueue("test.refuse", organisation=carys.organisation_ref, by=carys.ref)
    jobs.run_pending()
    job.refresh_from_db()
    assert (job.state, job.cause) == ("failed", "refused")
    assert list(queries.given_up(carys.organisation)) == []
    with pytest.raises(NotPossible, match="Nothing is left"):
        actions.try_again(job, by=carys)


def test_work_that_nothing_registers_any_more_says_so_and_waits_for_the_version_that_does(work, carys):
    work("test.gone", lambda job: None)
    job = jobs.enqueue("test.gone", organisation=carys.organisation_ref)
    held = registry._tasks.pop("test.gone")
    jobs.run_pending()
    job.refresh_from_db()
    assert (job.state, job.cause) == ("failed", "unknown")
    with pytest.raises(NotPossible, match="does not know this kind of work"):
        actions.try_again(job, by=carys)

    registry._tasks["test.gone"] = held
    actions.try_again(job, by=carys)
    jobs.run_pending()
    job.refresh_from_db()
    assert job.state == "done"


def test_put_aside_it_can_be_put_back_and_each_only_once(fails, carys):
    job = fails()
    actions.put_aside(job, by=carys)
    with pytest.raises(NotPossible, match="put aside already"):
        actions.put_aside(job, by=carys)
    job.refresh_from_db()
    assert job.put_aside_at is not None
    actions.put_back_on_list(job, by=carys)
    with pytest.raises(NotPossible, match="on the list already"):
        actions.put_back_on_list(job, by=carys)
    job.refresh_from_db()
    assert (job.put_aside_at, job.cause) == (None, "fault")


def test_an_organisation_sees_its_own_and_what_is_nobodys_only_where_it_is_alone(fails, carys, northgate):
    own = fails()
    nobodys = jobs.enqueue("test.fails")
    jobs.run_pending()
    assert list(queries.given_up(northgate)) == [nobodys, own]

    hal = identity.create_account(email="hal@harbour.example", password=None, timezone="UTC", language="en-gb")
    harbour = identity.set_up_organisation(
        name="Harbour Trust", timezone="UTC", language="en-gb", privacy_contact="p@h.example", account=hal, person="Hal"
    ).organisation
    assert list(queries.given_up(northgate)) == [own]
    assert list(queries.given_up(harbour)) == []


@pytest.mark.parametrize("wrong", [{"cause": ""}, {"state": "done"}, {"state": "done", "cause": ""}])
def test_the_table_holds_a_cause_just_where_work_failed(fails, wrong):
    job = fails()
    Job.objects.filter(pk=job.pk).update(put_aside_at=clock.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(**wrong)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"state": "failed", "cause": "fault", "known": True}, None),
        ({"state": "failed", "cause": "lost", "known": True}, None),
        ({"state": "running", "cause": "", "known": True}, "It is tried again already."),
        ({"state": "done", "cause": "", "known": True}, "It has ended. Nothing is left to try again."),
    ],
)
def test_what_may_be_tried_again(said, reason):
    assert rules.why_not_again(**said) == reason
