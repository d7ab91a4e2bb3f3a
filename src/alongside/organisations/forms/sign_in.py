"""Forms about how people of an organisation sign in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alongside.foundation.identity.terms import OrganisationRoleName, SecondStep
from alongside.foundation.ui.forms import Form


class AskSecondStep(Form):
    """Whom the organisation asks for a second step."""

    said = forms.ChoiceField(label=_("Who has to"), choices=SecondStep.choices, widget=forms.RadioSelect)
    roles = forms.MultipleChoiceField(
        label=_("Which roles"),
        help_text=_("Counts only where you choose certain roles above."),
        choices=OrganisationRoleName.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Certain roles are named."""
        given = super().clean() or {}
        if given.get("said") == SecondStep.ROLES and not given.get("roles") and not self.has_error("roles"):
            raise ValidationError({"roles": _("Choose the roles that have to, or say that nobody has to.")})
        return given
