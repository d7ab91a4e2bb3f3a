"""Who coordinates a programme from now on."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.foundation.identity.models import Organisation
from alongside.foundation.ui.forms import Form
from alongside.programmes.forms.people import PersonField
from alongside.programmes.models import Programme

_HELP = _("Work e-mail, employee number or whole name, as on the people list.")


class HandOver(Form):
    """To whom, and what becomes of oneself."""

    STAYS, STOPS = "stays", "stops"

    successor = PersonField(
        label=_("Who takes over"),
        help_text=_HELP,
        required=True,
        error_messages={"required": _("Say who takes it over.")},
    )
    then = forms.ChoiceField(
        label=_("And you?"),
        error_messages={"required": _("Say whether you cover for them or stop.")},
        widget=forms.RadioSelect,
        choices=[
            (STAYS, _("I cover for them: I coordinate it as well")),
            (STOPS, _("I stop: I can open the programme and its pairs no more")),
        ],
    )

    def __init__(self, organisation: Organisation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"].organisation = organisation  # type: ignore[attr-defined]


class NameCoordinator(Form):
    """One of several forms on a page, told apart by its programme."""

    successor = PersonField(
        label=_("Who coordinates it"),
        help_text=_HELP,
        required=True,
        error_messages={"required": _("Say who coordinates it from now on.")},
    )
    programme = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, programme: Programme, data: Any = None) -> None:
        self.is_sent = data is not None and data.get("programme") == programme.ref
        super().__init__(
            data if self.is_sent else None, initial={"programme": programme.ref}, auto_id=f"id_{programme.ref}_%s"
        )
        self.fields["successor"].organisation = programme.organisation  # type: ignore[attr-defined]
