"""What happens to sealed text."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation.events import declare_event

declare_event("text.not_opened", _("A sealed text did not open: it was changed or moved since it was written"))
