"""The wording of events of reviews."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation.events import declare_event

declare_event("review.saved", _("A review was kept as a draft"))
declare_event("review.sent", _("A review was sent"))
declare_event("review.completed", _("Both reviews were in"))
