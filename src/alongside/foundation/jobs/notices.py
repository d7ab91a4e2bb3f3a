"""The wording of the events of jobs."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation.events import declare_event

declare_event("job.cancelled", _("Long work was cancelled"))
