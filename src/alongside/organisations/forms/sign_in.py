"""Forms about how people of an organisation sign in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alongside.foundation import outgoing
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


class ProviderForm(Form):
    """An organisation's own sign-in."""

    issuer = forms.URLField(
        label=_("Issuer"),
        help_text=_(
            "The address that the provider names as its issuer, such as https://login.example.org/realms/staff."
        ),
        max_length=300,
        assume_scheme="https",
    )
    client_id = forms.CharField(label=_("Client id"), max_length=300)
    client_secret = forms.CharField(
        label=_("Client secret"),
        help_text=_("It is kept encrypted and never shown again. Leave it empty to keep the one that is there."),
        max_length=500,
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    button = forms.CharField(
        label=_("Words on the button"), help_text=_("Such as: Sign in with Northgate."), max_length=60
    )
    trusts_second_step = forms.BooleanField(
        label=_("Whoever signs in there has taken a second step"),
        help_text=_("Without this it counts only where the provider says so each time."),
        required=False,
    )
    links_by_address = forms.BooleanField(
        label=_("Connect people by their work address"),
        help_text=_("At the first sign-in, if the provider vouches for the address, and after a code mailed to it."),
        required=False,
    )
    enabled = forms.BooleanField(
        label=_("People may sign in this way"),
        help_text=_("When you untick it, whoever came in this way is signed out."),
        required=False,
    )

    def clean_issuer(self) -> str:
        """An address to which requests may go."""
        issuer = str(self.cleaned_data["issuer"])
        if outgoing.fault_of_address(issuer):
            raise ValidationError(_("Enter an address that begins with https://, without a name or password in it."))
        return issuer


class FindProvider(Form):
    """Whose sign-in somebody wants to use."""

    organisation = forms.CharField(
        label=_("Short name of your organisation"),
        help_text=_("Ask the people who run your programme if you do not know it."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )


class ConnectingCode(Form):
    """The code that was mailed to one's work address."""

    code = forms.CharField(
        label=_("Code"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
