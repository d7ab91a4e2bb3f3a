"""Counting how far the people of programmes have come, writing to them, and ending what nobody answered."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from alongside.foundation import jobs
from alongside.programmes import actions
from alongside.programmes.models import Announcement, Programme
from alongside.programmes.terms import ProgrammeState


@jobs.task(
    "programmes.count", words=_lazy("Counting how far the people of a programme have come"), priority=jobs.URGENT
)  # somebody looks for what they have just done
def count(job: jobs.Running, *, programme: str) -> None:
    """Count one programme anew, because something in it has changed."""
    actions.count_funnel(Programme.objects.get(ref=programme))


@jobs.task("programmes.count_running", words=_lazy("Counting how far the people of all programmes have come"))
def count_running(job: jobs.Running) -> dict[str, Any]:
    """Count every programme that runs, in case a change was not counted: a process was killed, a rule is new."""
    running = list(Programme.objects.filter(state=ProgrammeState.RUNNING).order_by("id"))
    for done, programme in enumerate(running):
        job.progress(done, len(running), _("Counting"))
        actions.count_funnel(programme)
    return {"count": len(running)}


@jobs.task("programmes.announce", words=_lazy("Writing to everybody in a programme"))
def announce(job: jobs.Running, *, announcement: str) -> dict[str, Any]:
    """Write the mails of an announcement; a second run writes to nobody twice."""
    made = Announcement.objects.select_related("programme__organisation", "by").get(ref=announcement)
    return {"count": actions.send_announcement(made, progress=lambda done, of: job.progress(done, of, _("Writing")))}


@jobs.task("programmes.lapse_unanswered", words=_lazy("Ending questions that were not answered in time"))
def lapse_unanswered(job: jobs.Running) -> dict[str, Any]:
    """End what was asked and not answered in programmes whose enrolment is over."""
    return {"count": actions.lapse_unanswered(progress=lambda done, of: job.progress(done, of, _("Looking")))}


jobs.hourly("programmes.count_running")
jobs.hourly("programmes.lapse_unanswered")
