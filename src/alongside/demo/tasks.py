"""Loading the demo from its page."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from alongside.demo import actions
from alongside.foundation import jobs


@jobs.task("demo.seed", words=_lazy("Loading the demo"), tries=1)
def seed(job: jobs.Running) -> None:
    """Replay the demo; the page shows how far it is."""
    actions.seed(tick=lambda done, total: job.progress(done, total, _("Telling the story of two organisations")))
