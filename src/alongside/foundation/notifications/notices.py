"""The wording of the events and kinds of mail of notifications."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation.events import declare_event
from alongside.foundation.notifications.registry import declare_kind

declare_event("account.mail_chosen", _("The kinds of mail a person gets were changed"))
declare_event("mail.tried_again", _("A mail that was not sent was tried again"))
declare_kind("account.sign_in", _("Codes and links to sign in with"), required=True)
declare_kind("account.safety", _("Changes to how you sign in"), required=True)
