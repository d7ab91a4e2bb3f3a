"""The daily run of retention, erasures that were stopped, and the clock of complaints."""

from datetime import timedelta

import structlog
from django.utils.translation import gettext_lazy as _lazy

from alongside.foundation import clock, jobs
from alongside.foundation.identity.actors import System
from alongside.foundation.jobs.registry import Plain
from alongside.foundation.privacy import copies_out_of_reach
from alongside.records import actions
from alongside.records.actions import handling
from alongside.records.models import RetentionRun

_log = structlog.get_logger("alongside.records")
_A_DAY = timedelta(hours=23)


@jobs.task("records.keep_house", words=_lazy("Deleting what has had its day"))
def keep_house(job: jobs.Running) -> dict[str, Plain]:
    """Go on with erasures that were stopped; once a day, delete what has had its day."""
    count = actions.go_on()
    lately = RetentionRun.objects.filter(finished_at__gt=clock.now() - _A_DAY).exists()
    gone = {} if lately else actions.apply_retention(by=System())
    if not lately and (copies := copies_out_of_reach()):
        _log.warning("records.copies_out_of_reach", where=copies)
    return {"count": count + sum(gone.values())}


jobs.hourly("records.keep_house")


@jobs.task("records.watch_complaints", words=_lazy("Telling people of complaints that wait too long"))
def watch_complaints(job: jobs.Running) -> dict[str, Plain]:
    """Look whether a complaint about data is late, or nobody is left who handles one."""
    return {"count": handling.watch()}


jobs.hourly("records.watch_complaints")
