"""What happens to the audit log itself."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation.events.happening import declare_event
from alongside.foundation.events.log import KEY_CHANGED

declare_event(KEY_CHANGED, _("The keys of this installation were changed"))
