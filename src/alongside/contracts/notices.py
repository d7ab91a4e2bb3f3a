"""The wording of events of agreements."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation.events import declare_event

declare_event("contract.drafted", _("An agreement was opened"))
declare_event("contract.changed", _("The draft of an agreement was saved"))
declare_event("contract.proposed", _("A version of an agreement was shown for signing"))
declare_event("contract.signature_given", _("A version of an agreement was signed by one of the two"))
declare_event("contract.signed", _("Both have signed a version of the agreement"))
declare_event("contract.change_begun", _("A change of an agreement was begun"))
declare_event("contract.change_dropped", _("A change of an agreement was dropped"))
