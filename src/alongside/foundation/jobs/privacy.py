"""What jobs hold of people."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation import privacy
from alongside.foundation.jobs.models import Job

privacy.declare(
    Job,
    purpose=_("Shows long work to whoever started it"),
    basis="legitimate interests",
    subject="by_ref",
    keep="operations",
    personal=["by_ref", "words", "result"],
    plain=[
        "id", "ref", "task_id", "name", "organisation_ref", "key", "priority", "state", "done", "total", "error",
        "cause", "put_aside_at", "cancel_requested", "claim", "lease_until", "attempts", "losses", "not_before",
        "created_at", "started_at", "finished_at",
    ],
)  # fmt: skip
