"""What is cleared away."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation import jobs
from alongside.foundation.identity import actions as identity
from alongside.foundation.jobs.registry import Plain


@jobs.task("organisations.forget_address_changes", words=_("Forgetting changes of address that were not confirmed"))
def forget_address_changes(job: jobs.Running) -> dict[str, Plain]:
    """Delete changes of sign-in addresses that were not confirmed in time."""
    return {"count": identity.forget_address_changes()}


jobs.hourly("organisations.forget_address_changes")
