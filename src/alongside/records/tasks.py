"""The daily run of retention, and erasures that were stopped."""

from datetime import timedelta

import structlog
from django.utils.translation import gettext_lazy as _lazy

from alongside.foundation import clock, jobs
from alongside.foundation.identity.actors import System
from alongside.foundation.jobs.registry import Plain
from alongside.foundation.privacy import copies_out_of_reach
from alongside.records import actions
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
