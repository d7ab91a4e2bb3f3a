"""The wording of the events and kinds of mail of notifications."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation.events import declare_event
from alongside.foundation.notifications.registry import declare_kind

declare_event("account.mail_chosen", _("The kinds of mail a person gets were changed"))
declare_event("mail.tried_again", _("A mail that was not sent was tried again"))
declare_event("own_words.drafted", _("Own words for a mail were written, and not used yet"))
declare_event("own_words.discarded", _("What was written for a mail was thrown away"))
declare_event("own_words.used", _("A mail says what the organisation wrote from now on"))
declare_event("own_words.ended", _("A mail says again what Alongside says"))
declare_event("mail.tried_out", _("Somebody had a mail sent to themselves to look at it"))
declare_kind("account.sign_in", _("Codes and links to sign in with"), required=True)
declare_kind("account.safety", _("Changes to how you sign in"), required=True)
declare_kind("mail.trial", _("Mails that you send to yourself to look at them"), required=True)
declare_event("kept.read", _("Somebody without e-mail read what was kept for them"))
declare_kind("person.waits", _("That something waits for somebody without e-mail, whom you tell"), required=True)
