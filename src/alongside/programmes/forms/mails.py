"""Search and choices above a programme's mails."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.foundation.notifications import registry
from alongside.foundation.notifications.terms import MailState
from alongside.foundation.ui.forms import FilterForm

_SHOWN = (MailState.QUEUED, MailState.GATHERED, MailState.SENDING, MailState.SENT, MailState.FAILED, MailState.HELD)
_STATES = [("", _("Any")), *((held.value, held.label) for held in _SHOWN)]


class ProgrammeMailFilter(FilterForm):
    """Search and choices above a programme's mails."""

    q = forms.CharField(label=_("Name"), max_length=120)
    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("Any")), *((held.value, held.label) for held in _SHOWN)]
    )
    kind = forms.ChoiceField(label=_("What about"))

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        kinds = dict.fromkeys(letter.kind for letter in registry.letters() if letter.of_programme)
        self.fields["kind"].choices = [("", _("Any")), *((kind, registry.about(kind)) for kind in kinds)]  # type: ignore[attr-defined]
