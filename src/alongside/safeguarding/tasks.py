"""The clock of concerns."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.foundation import jobs
from alongside.safeguarding import actions


@jobs.task("safeguarding.escalate", words=_("Telling the alternate of what nobody has acknowledged in time"))
def escalate(job: jobs.Running) -> dict[str, Any]:
    """Look whether a concern waits for longer than a day."""
    return {"count": actions.escalate()}


jobs.hourly("safeguarding.escalate")
