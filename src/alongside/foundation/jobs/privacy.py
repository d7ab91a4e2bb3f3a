"""What jobs hold of people."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation import privacy
from alongside.foundation.jobs import actions
from alongside.foundation.jobs.models import Job

privacy.declare(
    Job,
    purpose=_("Shows long work to whoever started it"),
    basis="legitimate interests",
    subject="by_ref",
    keep="operations",
    since="finished_at",
    personal=["by_ref", "words", "result"],
    plain=[
        "id", "ref", "task_id", "name", "organisation_ref", "key", "priority", "state", "done", "total", "error",
        "cause", "put_aside_at", "cancel_requested", "claim", "lease_until", "attempts", "losses", "not_before",
        "created_at", "started_at", "finished_at",
    ],
)  # fmt: skip


@privacy.at_erasure
def forget_their_work(person: privacy.Person) -> privacy.Counts:
    """Work that they started goes with its arguments; a worker that is at it gives up."""
    return {"jobs.job": actions.forget_work_of(person.membership.ref)}
