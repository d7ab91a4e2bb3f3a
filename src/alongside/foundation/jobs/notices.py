"""The wording of the events of jobs."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation.events import declare_event

declare_event("job.cancelled", _("Long work was cancelled"))
declare_event("job.tried_again", _("Long work that was given up was tried again"))
declare_event("job.put_aside", _("Long work that was given up was put aside"))
declare_event("job.put_back", _("Long work that was put aside was put back on the list"))
