"""What becomes of a job: queued, run, tried again, cancelled, taken back."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult

from alongside.foundation import clock, jobs
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actors import SYSTEM
from alongside.foundation.jobs import actions, engine, worker
from alongside.foundation.jobs.models import Job
from alongside.foundation.jobs.running import Running

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def test_work_gets_its_arguments_and_leaves_its_result(work, carys):
    seen = []
    work("test.read", lambda job, **plain: seen.append(plain) or {"link": "/people/", "count": 2})
    job = jobs.enqueue("test.read", organisation=carys.organisation_ref, by=carys.ref, rows=2, name="Łukasz")

    assert jobs.run_pending() == 1

    job.refresh_from_db()
    assert seen == [{"rows": 2, "name": "Łukasz"}]
    assert (job.state, job.result, job.link) == ("done", {"link": "/people/", "count": 2}, "/people/")
    assert job.finished_at is not None


def test_arguments_are_gone_once_the_work_has_ended(work):
    work("test.read", lambda job, person: None)
    job = jobs.enqueue("test.read", person="kqzwmembership")
    assert "kqzwmembership" in str(DBTaskResult.objects.get(pk=job.task_id).args_kwargs)

    jobs.run_pending()

    row = DBTaskResult.objects.get(pk=job.task_id)
    assert (row.args_kwargs, row.status) == ({"args": [], "kwargs": {}}, "SUCCESSFUL")


def test_work_queued_in_a_transaction_that_fails_was_never_queued(work):
    work("test.read", lambda job: None)
    with pytest.raises(RuntimeError), transaction.atomic():
        jobs.enqueue("test.read")
        raise RuntimeError
    assert (Job.objects.count(), DBTaskResult.objects.count()) == (0, 0)


def test_work_that_nobody_registers_cannot_be_queued(db):
    with pytest.raises(jobs.UnknownTask):
        jobs.enqueue("test.nothing")


def test_an_argument_that_is_not_plain_is_refused_and_leaves_nothing(work):
    work("test.read", lambda job, when: None)
    with pytest.raises(TypeError):
        jobs.enqueue("test.read", when=object())
    assert (Job.objects.count(), DBTaskResult.objects.count()) == (0, 0)


def test_the_same_key_gives_the_same_job(work):
    work("test.read", lambda job: None)
    first, again = jobs.enqueue("test.read", key="roster:abc"), jobs.enqueue("test.read", key="roster:abc")
    assert first.pk == again.pk
    assert jobs.enqueue("test.read").pk != jobs.enqueue("test.read").pk


def test_a_job_cannot_be_running_without_a_claim(work):
    work("test.read", lambda job: None)
    job = jobs.enqueue("test.read")
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(state="running")


def test_urgent_work_goes_first_then_whatever_waits_longest(work):
    order = []
    work("test.slow", lambda job, n: order.append(n))
    work("test.code", lambda job, n: order.append(n), priority=jobs.URGENT)
    for name, n in (("test.slow", 1), ("test.slow", 2), ("test.code", 3)):
        jobs.enqueue(name, n=n)
    jobs.run_pending()
    assert order == [3, 1, 2]


def test_the_urgent_lane_leaves_other_work_alone(work):
    work("test.slow", lambda job: None)
    work("test.code", lambda job: None, priority=jobs.URGENT)
    jobs.enqueue("test.slow")
    assert engine.claim("w", at_least=jobs.URGENT) is None
    code = jobs.enqueue("test.code")
    assert engine.claim("w", at_least=jobs.URGENT) == code


def test_a_fault_is_tried_three_times_with_longer_waits_and_then_said_plainly(work):
    tries = []

    def fail(job):
        tries.append(clock.now())
        raise ZeroDivisionError("the secret words of Ben")

    work("test.fault", fail)
    with time_machine.travel("2026-11-23 09:00+00:00", tick=False) as traveller:
        job = jobs.enqueue("test.fault")
        waits = [0, 9, 1, 59, 1]
        ran = []
        for seconds in waits:
            traveller.shift(timedelta(seconds=seconds))
            ran.append(jobs.run_pending())
    job.refresh_from_db()
    assert ran == [1, 0, 1, 0, 1]
    assert (job.state, job.attempts) == ("failed", 3)
    assert "Something went wrong on our side" in job.error
    assert "secret" not in job.error + job.words
    assert DBTaskResult.objects.get(pk=job.task_id).status == "FAILED"


def test_work_may_say_why_it_cannot_be_done_and_is_not_tried_again(work):
    def refuse(job):
        raise jobs.Failed("The file has gone. Choose it again.")

    work("test.refuse", refuse)
    job = jobs.enqueue("test.refuse")
    jobs.run_pending()
    job.refresh_from_db()
    assert (job.state, job.error, job.attempts) == ("failed", "The file has gone. Choose it again.", 0)


def test_work_may_ask_to_be_tried_later_as_often_as_it_likes(work):
    def later(job):
        raise jobs.TryAgain(60)

    work("test.later", later)
    with time_machine.travel("2026-11-23 09:00+00:00", tick=False) as traveller:
        job = jobs.enqueue("test.later")
        for _ in range(5):
            assert (jobs.run_pending(), jobs.run_pending()) == (1, 0)
            traveller.shift(timedelta(seconds=60))
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("queued", 0)


def test_progress_is_kept_and_a_cancelled_job_stops_at_its_next_progress(work, carys):
    went_on = []

    def count(job):
        job.progress(3, 10, "Reading rows")
        actions.cancel(Job.objects.get(ref=job.ref), by=carys)
        job.pulse.beat()
        job.progress(4, 10)
        went_on.append(True)

    work("test.count", count)
    job = jobs.enqueue("test.count", by=carys.ref)
    jobs.run_pending()
    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.words) == ("cancelled", 4, 10, "Reading rows")
    assert went_on == []


def test_a_waiting_job_is_cancelled_at_once_and_never_runs(work, carys):
    ran = []
    work("test.read", lambda job: ran.append(1))
    job = jobs.enqueue("test.read", by=carys.ref)
    actions.cancel(job, by=carys)
    assert jobs.run_pending() == 0
    job.refresh_from_db()
    assert (job.state, ran) == ("cancelled", [])
    assert not DBTaskResult.objects.filter(pk=job.task_id).exists()


def test_cancelling_a_job_that_has_ended_changes_nothing(work, carys):
    work("test.read", lambda job: {"link": "/x/"})
    job = jobs.enqueue("test.read", by=carys.ref)
    jobs.run_pending()
    actions.cancel(job, by=carys)
    job.refresh_from_db()
    assert (job.state, job.cancel_requested, job.link) == ("done", False, "/x/")


def test_a_dead_workers_job_is_taken_back_and_the_dead_one_cannot_end_it_any_more(work):
    work("test.read", lambda job: {"by": "the living"})
    job = jobs.enqueue("test.read")
    with time_machine.travel("2026-11-23 09:00+00:00", tick=False) as traveller:
        Job.objects.update(not_before=clock.now())
        dead = engine.claim("dead")
        assert engine.take_back() == 0
        traveller.shift(engine.LEASE + timedelta(seconds=1))
        assert engine.take_back() == 1
        assert jobs.run_pending() == 1
        assert engine.beat(dead, done=9).held is False
        with pytest.raises(jobs.ClaimLost):
            engine.finish(dead, "done", result={"by": "the dead"})
    job.refresh_from_db()
    assert (job.state, job.result, job.losses, job.attempts, job.done) == ("done", {"by": "the living"}, 1, 0, 0)


def test_a_beat_keeps_the_lease(work):
    work("test.read", lambda job: None)
    with time_machine.travel("2026-11-23 09:00+00:00", tick=False) as traveller:
        jobs.enqueue("test.read")
        mine = engine.claim("living")
        for _ in range(3):
            traveller.shift(engine.LEASE - timedelta(seconds=1))
            assert engine.beat(mine).held
            assert engine.take_back() == 0


def test_what_a_late_worker_wrote_in_finishing_is_taken_back(work, northgate):
    from alongside.foundation.search.models import Word

    work("test.write", lambda job: None)
    job = jobs.enqueue("test.write")
    late = Running(engine.claim("late"))
    Job.objects.filter(pk=job.pk).update(claim="other")
    with pytest.raises(jobs.ClaimLost), late.finishing():
        Word.objects.create(organisation=northgate, kind="t", ref="r", word="doubled")
    assert not Word.objects.filter(word="doubled").exists()


def test_finishing_ends_the_job_with_its_result(work):
    def end(job):
        with job.finishing() as result:
            result["link"] = "/people/"

    work("test.end", end)
    job = jobs.enqueue("test.end")
    jobs.run_pending()
    job.refresh_from_db()
    assert (job.state, job.link) == ("done", "/people/")


def test_work_that_kills_every_worker_ends(work):
    work("test.kill", lambda job: None)
    job = jobs.enqueue("test.kill")
    Job.objects.filter(pk=job.pk).update(losses=9)
    engine.claim("dead")
    Job.objects.filter(pk=job.pk).update(lease_until=clock.now() - timedelta(seconds=1))
    engine.take_back()
    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", "This work stopped too often before its end. Tell your administrator.")


def test_a_worker_told_to_stop_puts_its_job_back_for_another(work):
    worker_ = worker.Worker(grace=0)

    def long(job):
        if job.record.attempts == 0 and not worker_._interrupt.is_set():
            worker_._interrupt.set()
        job.progress(1, 2)

    work("test.long", long)
    job = jobs.enqueue("test.long")
    worker.perform(Running(engine.claim("w"), worker_._interrupt))
    job.refresh_from_db()
    assert (job.state, job.attempts, job.losses, job.claim) == ("queued", 0, 0, "")


def test_the_work_acts_as_whoever_started_it_while_that_person_is_in_force(work, carys):
    acted = []
    work("test.act", lambda job: acted.append(job.actor()))
    jobs.enqueue("test.act", organisation=carys.organisation_ref, by=carys.ref)
    jobs.run_pending()
    assert acted == [carys]

    suspended = jobs.enqueue("test.act", organisation=carys.organisation_ref, by=carys.ref)
    identity.suspend(carys.membership, by=SYSTEM)
    jobs.run_pending()
    suspended.refresh_from_db()
    assert (suspended.state, suspended.error) == ("failed", "Whoever started this work is not a member any more.")
    assert len(acted) == 1


def test_an_idle_worker_does_not_write(work, django_assert_num_queries):
    work("test.read", lambda job: None)
    with django_assert_num_queries(1) as seen:
        assert engine.claim("idle") is None
    assert seen.captured_queries[0]["sql"].startswith("SELECT")


def test_old_jobs_are_cleared_away_and_open_ones_stay(work):
    work("test.read", lambda job: None)
    with time_machine.travel("2026-09-01 09:00+00:00", tick=False):
        old = jobs.enqueue("test.read")
        jobs.run_pending()
        waiting = jobs.enqueue("test.read", not_before=clock.now() + timedelta(days=365))
    with time_machine.travel("2026-11-23 09:00+00:00", tick=False):
        assert actions.clear_away() == 1
    assert list(Job.objects.values_list("ref", flat=True)) == [waiting.ref]
    assert not DBTaskResult.objects.filter(pk=old.task_id).exists()
