"""The wording of what happens to an organisation's privacy notice and to its own sign-in."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation.events import declare_event

declare_event("notice.drafted", _("The next version of the privacy notice was written at"))
declare_event("notice.discarded", _("What was written of the next privacy notice was thrown away"))
declare_event("notice.published", _("A version of the privacy notice was published"))
declare_event("notice.shown", _("Somebody was shown the privacy notice"))
declare_event("provider.changed", _("The organisation’s own sign-in was set up or changed"))
declare_event("provider.removed", _("The organisation’s own sign-in was removed"))
declare_event("provider.connected", _("Somebody was connected with the organisation’s own sign-in"))
declare_event("provider.disconnected", _("Somebody was disconnected from the organisation’s own sign-in"))
