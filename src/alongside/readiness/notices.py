"""The wording of events of readiness, and the mail that reminds people of what is left."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation.events import declare_event
from alongside.foundation.notifications import Place, declare_kind, declare_letter
from alongside.readiness.actions.asking import KIND

declare_event("code.stated", _("A version of the code of ethics came into force"))
declare_event("code.accepted", _("Somebody accepted the code of ethics"))
declare_event("training.adopted", _("The shipped courses became an organisation’s training"))
declare_event("module.added", _("A part was added to the training"))
declare_event("module.changed", _("A part of the training was changed"))
declare_event("module.retired", _("A part was taken out of the training"))
declare_event("training.completed", _("Somebody did a part of the training"))
declare_event("readiness.ruled", _("What a programme asks before people begin was changed"))
declare_event("readiness.exported", _("The list of how ready people are was downloaded"))
declare_event(KIND, _("People were reminded of what is left before they begin"))
declare_kind(KIND, _("Something is left to do before you begin in a programme"))
declare_letter(
    KIND,
    when=_("When a coordinator reminds people of what is left before they begin"),
    whom=_("Whoever has joined and lacks something"),
    subject=_("“{programme}”: something is left to do before you begin"),
    lines=[
        _("Your page shows what it is. Most of it takes a few minutes, and you can stop and come back."),
        _("If something does not fit, or you need it in another way, write to your coordinator."),
    ],
    button=_("See what is left"),
    places=[Place("programme", _("the programme’s name"), _("Rising leaders"), needed=True)],
)
