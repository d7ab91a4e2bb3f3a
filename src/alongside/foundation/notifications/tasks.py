"""The work that sends mail."""

from datetime import timedelta

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock, jobs
from alongside.foundation.jobs.registry import Plain
from alongside.foundation.notifications import actions, engine, server
from alongside.foundation.notifications.actions import digests


@jobs.task("mail.send", words=_("Sending mails"))
def send(job: jobs.Running, *, mails: list[str]) -> None:
    """Send some mails, one after the other. What could not be sent waits by itself; with the server away, all wait."""
    if rest := server.rests_for(job.record.name):
        raise jobs.TryAgain(rest)
    connection = get_connection()
    try:
        for done, ref in enumerate(mails):
            job.progress(done, len(mails))
            away = _send_one(job, ref, connection)
            if away:
                server.was_away(job.record.name, urgent=job.record.priority >= jobs.URGENT)
                _later(job, mails[done + 1 :], away)
                return
        server.answered(job.record.name)
    finally:
        connection.close()


def _send_one(job: jobs.Running, ref: str, connection: BaseEmailBackend) -> float:
    """Send one mail; the seconds that every other one must wait too, 0 when they need not."""
    try:
        engine.send(ref, connection)
    except engine.PutOff as quiet:
        _later(job, [ref], quiet.seconds)
        return 0
    except engine.TryLater as later:
        connection.close()
        _later(job, [ref], later.seconds)
        return later.seconds if later.away else 0
    if wait := engine.seconds_until_free(ref):
        _later(job, [ref], wait)
    return 0


@jobs.task("mail.send_now", words=_("Sending a code or a link to sign in"), priority=jobs.URGENT)
def send_now(job: jobs.Running, *, mails: list[str]) -> None:
    """Send a code or a link for which somebody waits."""
    send(job, mails=mails)


def _later(job: jobs.Running, mails: list[str], seconds: float) -> None:
    if mails:
        at = clock.now() + timedelta(seconds=seconds)
        jobs.enqueue(job.record.name, organisation=job.organisation_ref, not_before=at, mails=mails)


@jobs.task("mail.keep_house", words=_("Clearing away old mails"))
def keep_house(job: jobs.Running) -> dict[str, Plain]:
    """Blank old secrets, delete old mails, carry what was left behind."""
    return {"count": actions.keep_house()}


@jobs.task("mail.gather", words=_("Sending several mails in one"))
def gather(job: jobs.Running) -> dict[str, Plain]:
    """Put what was gathered for each person into one mail, when its time has come."""
    return {"count": digests.gather_due()}


jobs.hourly("mail.keep_house")
jobs.every("mail.gather", minutes=15)
