"""What happens to the installation as a whole."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation.events import declare_event

declare_event("installation.restored", _("A backup was restored"))
