"""The wording of what happens to an organisation's editions of guidance."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation.events import declare_event

declare_event("guidance.adapted", _("Guidance was put in the organisation’s own words"))
declare_event("guidance.went_back", _("An earlier edition of guidance counts again"))
