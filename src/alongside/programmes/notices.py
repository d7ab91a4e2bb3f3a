"""The wording of events of programmes."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation.events import declare_event

declare_event("programme.created", _("A programme was started"))
declare_event("programme.changed", _("A programme was changed"))
declare_event("programme.launched", _("A programme was launched"))
declare_event("rehearsal.read", _("A coordinator read before the launch what a mail says"))
declare_event("programme.closed", _("A programme was closed"))
declare_event("programme.designed", _("A section of a programme’s design was saved"))
declare_event("programme.duplicated", _("A programme was begun from another one"))
declare_event("programme.archived", _("A closed programme was taken off the lists"))
declare_event("programme.restored", _("An archived programme was put back on the lists"))
declare_event("participants.added", _("People were added to a programme"))
declare_event("participants.taken_back", _("People whom an import had added to a programme were taken out again"))
declare_event("participation.changed", _("A mentor’s places were changed"))
declare_event("participation.ended", _("Somebody’s part in a programme ended"))
declare_event("participation.resumed", _("Somebody’s part in a programme went on after it had ended by mistake"))
declare_event("handbook.written", _("A section of a programme’s handbook was written anew"))
