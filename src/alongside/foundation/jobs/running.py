"""A job while it runs: what the work is given, and the pulse that keeps its lease."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from django.db import DatabaseError, connection, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from alongside.foundation.identity.actors import Actor, System
from alongside.foundation.identity.models import Membership, Organisation
from alongside.foundation.identity.queries import actor_of
from alongside.foundation.jobs import engine
from alongside.foundation.jobs.models import Job
from alongside.foundation.jobs.registry import Cancelled, ClaimLost, Failed, Interrupted, Plain
from alongside.foundation.jobs.terms import JobState

BEAT_EVERY, SHOW_EVERY = 5.0, 0.5
_log = structlog.get_logger("alongside.jobs")


class Running:
    """What a piece of work is given: who asked for it, and a way to say how far it has come."""

    def __init__(self, job: Job, stopping: threading.Event | None = None) -> None:
        self.record = job
        self.has_ended = False
        self.pulse = Pulse(job)
        self._stopping = stopping or threading.Event()

    @property
    def ref(self) -> str:
        """The job's ref."""
        return self.record.ref

    @property
    def organisation_ref(self) -> str:
        """The ref of the organisation it is done for, or nothing."""
        return self.record.organisation_ref

    @property
    def by_ref(self) -> str:
        """The ref of the membership that started it, or nothing."""
        return self.record.by_ref

    def actor(self) -> Actor | System:
        """Whoever started it, or Alongside itself. Raises Failed when that person may no longer act."""
        if not self.by_ref or self.by_ref == "system":
            return System(Organisation.objects.filter(ref=self.organisation_ref).first())
        membership = Membership.objects.select_related("account", "organisation").filter(ref=self.by_ref).first()
        actor = actor_of(membership) if membership else None
        if actor is None:
            raise Failed(_("Whoever started this work is not a member any more."))
        return actor

    def progress(self, done: int, total: int, words: str | Promise = "") -> None:
        """Say how far the work has come; call it as often as you like, it is written twice a second at most.

        Raises Cancelled when somebody asked for a stop, Interrupted when the worker is stopping, ClaimLost when
        another worker has the job by now.
        """
        self.pulse.show(done, total, str(words))
        if self.pulse.lost:
            raise ClaimLost(self.ref)
        if self.pulse.cancel:
            raise Cancelled(self.ref)
        if self._stopping.is_set():
            raise Interrupted(self.ref)

    @contextmanager
    def finishing(self) -> Iterator[dict[str, Plain]]:
        """Commit the work's effect and the job's end together, or neither; the block fills the job's result.

        Raises ClaimLost, and takes back what the block wrote, when another worker has the job by now.
        """
        result: dict[str, Plain] = {}
        with transaction.atomic():
            yield result
            engine.finish(self.record, JobState.DONE, result=result, **self.pulse.shown())
        self.has_ended = True


class Pulse:
    """Keeps a job's lease and writes its progress: from a thread of its own in a worker, else as the work calls."""

    def __init__(self, job: Job) -> None:
        self.lost = self.cancel = False
        self._job = job
        self._shown = (job.done, job.total, job.words)
        self._fresh = threading.Event()
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None
        self._last = 0.0

    def shown(self) -> dict[str, int | str]:
        """Progress as last said."""
        done, total, words = self._shown
        return {"done": done, "total": total, "words": words[:200]}

    def show(self, done: int, total: int, words: str) -> None:
        """Keep progress for the next beat."""
        self._shown = (done, total, words or self._shown[2])
        if self._thread:
            self._fresh.set()
        elif time.monotonic() - self._last >= SHOW_EVERY:
            self.beat()

    def beat(self) -> None:
        """Write progress and lease now, and read what the page asks."""
        self._last = time.monotonic()
        answer = engine.beat(self._job, **self.shown())
        self.lost, self.cancel = not answer.held, answer.cancel

    @contextmanager
    def in_a_thread(self) -> Iterator[None]:
        """Beat within the block from a thread, so that silent work and long transactions keep their lease."""
        self._thread = threading.Thread(target=self._beat_on, name=f"pulse-{self._job.ref}", daemon=True)
        self._thread.start()
        try:
            yield
        finally:
            self._ended.set()
            self._fresh.set()
            self._thread.join()
            self._thread = None

    def _beat_on(self) -> None:
        try:
            while not self._ended.wait(SHOW_EVERY):
                self._beat_safely()
        finally:
            connection.close()

    def _beat_safely(self) -> None:
        try:
            if self._fresh.is_set() or time.monotonic() - self._last >= BEAT_EVERY:
                self._fresh.clear()
                self.beat()
            elif engine.is_cancelled(self._job):  # so that work which speaks seldom stops in time
                self.cancel = True
        except DatabaseError as error:  # the next beat may get through; if none does, the lease ends by itself
            _log.warning("job.beat_failed", job=self._job.ref, error=type(error).__name__)
            connection.close()
