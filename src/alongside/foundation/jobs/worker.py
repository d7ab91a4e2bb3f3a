"""The worker: takes jobs one after another, runs them, and stops when it is told to."""

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import structlog
from django.db import DatabaseError, InterfaceError, OperationalError, close_old_connections, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone, translation

from alongside.foundation import clock
from alongside.foundation.events.refs import new_ref
from alongside.foundation.identity.models import Account
from alongside.foundation.jobs import actions, engine, rules
from alongside.foundation.jobs.models import Job
from alongside.foundation.jobs.registry import (
    URGENT,
    Cancelled,
    ClaimLost,
    Failed,
    Interrupted,
    TryAgain,
    UnknownTask,
    find,
    slots,
)
from alongside.foundation.jobs.running import Running
from alongside.foundation.jobs.terms import UNKNOWN_WORK, WENT_WRONG, Cause, JobState

POLL_EVERY, TAKE_BACK_EVERY, GRACE, LAST_CALL = 0.5, 5.0, 8.0, 4.0
_log = structlog.get_logger("alongside.jobs")


def own_name() -> str:
    """A name for this process that no other has: what its claims begin with."""
    return f"{socket.gethostname()[:12]}.{os.getpid()}"


def run_pending(limit: int = 1000) -> int:
    """Run what is due now, in this process and thread, until nothing is; how many jobs were run."""
    count = 0
    while count < limit and (job := engine.claim(own_name())):
        perform(Running(job))
        count += 1
    return count


def run_one(ref: str) -> bool:
    """Run this job now, in this process; False where it does not wait to be run."""
    job = engine.claim_one(ref, own_name())
    if job:
        perform(Running(job))
    return job is not None


def perform(running: Running) -> None:
    """Run a claimed job and write down how it ended. Never raises for what the work does wrong."""
    job = running.record
    try:
        with _in_the_words_of(job):
            result = find(job.name).body(running, **(engine.arguments(job) or {}))
        if not running.has_ended:
            engine.finish(job, JobState.DONE, result=result or {}, **running.pulse.shown())
    except ClaimLost:
        _log.warning("job.claim_lost", job=job.ref, name=job.name)
    except Exception as error:  # noqa: BLE001 -- whatever the work does, the worker goes on
        if not running.has_ended:
            _after(running, error)


def _after(running: Running, error: Exception) -> None:
    job, shown = running.record, running.pulse.shown()
    try:
        if isinstance(error, Cancelled):
            engine.finish(job, JobState.CANCELLED, **shown)
        elif isinstance(error, Interrupted):
            engine.put_back(job)
        elif isinstance(error, TryAgain):
            engine.put_back(job, after=error.seconds)
        elif isinstance(error, Failed):
            engine.finish(job, JobState.FAILED, cause=Cause.REFUSED, error=str(error)[:300], **shown)
        else:
            _after_fault(job, error, shown)
    except ClaimLost:
        _log.warning("job.claim_lost", job=job.ref, name=job.name)


def _after_fault(job: Job, error: Exception, shown: dict[str, int | str]) -> None:
    attempts, unknown = job.attempts + 1, isinstance(error, UnknownTask)
    # The class alone: a message may hold what a person wrote.
    _log.error("job.fault", job=job.ref, name=job.name, attempt=attempts, error=_place(error))
    if unknown or attempts >= find(job.name).tries:
        words, cause = (UNKNOWN_WORK, Cause.UNKNOWN) if unknown else (WENT_WRONG, Cause.FAULT)
        engine.finish(job, JobState.FAILED, error=str(words), cause=cause, attempts=attempts, **shown)
    else:
        engine.put_back(job, after=rules.wait_after(attempts), attempts=attempts)


def _place(error: Exception) -> str:
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f" at {trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
    return f"{type(error).__name__}{where}"


@contextmanager
def _in_the_words_of(job: Job) -> Iterator[None]:
    account = Account.objects.filter(memberships__ref=job.by_ref).first() if job.by_ref else None
    if account is None:
        yield
        return
    with timezone.override(account.timezone), translation.override(account.language):
        yield


def _say_why(error: DatabaseError | InterfaceError) -> None:
    if _is_behind():
        _log.warning("worker.database_behind", reason="The database is not up to date. Run `alongside migrate` first.")
        return
    said = str(error).partition("\n")[0] if isinstance(error, OperationalError | InterfaceError) else ""
    _log.warning("worker.database_away", error=type(error).__name__, reason=said)  # of the surroundings alone


def _is_behind() -> bool:
    """Does the database answer, and lack what a migration makes?"""
    try:
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except (DatabaseError, InterfaceError):
        return False
    finally:
        connection.close()


def _after_seconds(seconds: float, do: Callable[[], None]) -> None:
    timer = threading.Timer(seconds, do)
    timer.daemon = True
    timer.start()


class Worker:
    """Two lanes in one process: all work in the calling thread, urgent work and the schedule in a thread of their own.

    `leave` ends the process: for work that is silent for so long after `stop` that it must be given back unasked.
    """

    def __init__(self, *, grace: float = GRACE, leave: Callable[[], None] | None = None) -> None:
        self.name = f"{own_name()}.{new_ref()[:4]}"
        self._stop, self._interrupt = threading.Event(), threading.Event()
        self._grace, self._leave = grace, leave
        self._at_work: dict[int, Job] = {}
        self._last_look = 0.0
        self._slots: dict[str, int] = {}

    def stop(self) -> None:
        """Take no more work. Work under way may end within the grace, then it is put back at its next progress.

        Work that says nothing for a while longer is put back as it stands, and the process is left.
        """
        if not self._stop.is_set():
            self._stop.set()
            _after_seconds(self._grace, self._interrupt.set)
            if self._leave:
                _after_seconds(self._grace + LAST_CALL, self._give_back)

    def _give_back(self) -> None:
        """What the work still writes cannot count: its claim is gone, and its transaction ends with the process."""
        for job in list(self._at_work.values()):
            with suppress(ClaimLost, DatabaseError):
                engine.put_back(job)
                _log.warning("job.given_back", job=job.ref, name=job.name)
        if self._leave:
            self._leave()

    def run(self) -> None:
        """Work until `stop` is called."""
        urgent = threading.Thread(target=self._lane, args=(URGENT,), name="urgent-lane", daemon=True)
        urgent.start()
        self._lane(-100)
        urgent.join(self._grace)

    def run_until_empty(self) -> int:
        """Work until nothing is due and nothing waits for a second try; how many jobs were run."""
        count = 0
        while not self._stop.is_set():
            self._keep_house()
            if self._run_next(-100):
                count += 1
            elif actions.anything_open():
                self._stop.wait(POLL_EVERY)
            else:
                break
        return count

    def _lane(self, at_least: int) -> None:
        try:
            while not self._stop.is_set():
                if not self._turn(at_least):
                    self._stop.wait(POLL_EVERY)
        finally:
            connection.close()

    def _turn(self, at_least: int) -> bool:
        try:
            close_old_connections()
            if at_least >= URGENT:  # here, as the other lane may be busy for an hour
                self._keep_house()
            return self._run_next(at_least)
        except (DatabaseError, InterfaceError) as error:  # the database is away or busy: nothing is lost by waiting
            connection.close()
            _say_why(error)
        except Exception as error:  # noqa: BLE001 -- a lane that ended would leave its work to nobody
            _log.error("worker.fault", error=_place(error))
        self._stop.wait(2)
        return False

    def _run_next(self, at_least: int) -> bool:
        job = engine.claim(self.name, at_least=at_least)
        if job is None:
            return False
        running = Running(job, self._interrupt)
        self._at_work[at_least] = job
        try:
            with running.pulse.in_a_thread():
                perform(running)
        finally:
            del self._at_work[at_least]
        return True

    def _keep_house(self) -> None:
        if time.monotonic() - self._last_look < TAKE_BACK_EVERY and self._last_look:
            return
        self._last_look = time.monotonic()
        engine.take_back()
        for name, slot in slots(clock.now()):
            if self._slots.get(name) != slot:
                actions.enqueue(name, key=f"{name}:{slot}")
                self._slots[name] = slot
