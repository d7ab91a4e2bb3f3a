"""The wording of events of pairs."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation.events import declare_event

declare_event("relationship.proposed", _("A pair was proposed"))
declare_event("relationship.answered", _("Somebody answered a proposed pair"))
declare_event("relationship.accepted", _("Both accepted, and the pair began"))
declare_event("relationship.withdrawn", _("A proposed pair was withdrawn"))
declare_event("relationship.left", _("One of the two ended the pair"))
declare_event("relationship.moved", _("A pair moved along its path"))
declare_event("relationship.ended", _("A pair ended"))
