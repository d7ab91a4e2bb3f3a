"""Forms for people without e-mail: signing in with a number, joining by a letter, letters, who tells them."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from alongside.foundation.identity import terms
from alongside.foundation.identity.models import Account, Membership
from alongside.foundation.ui.forms import FilterForm, Form
from alongside.people.forms import JoinForm


class ByNumber(Form):
    """Organisation, employee number, and the code of a letter or a password."""

    organisation = forms.CharField(
        label=_("Short name of your organisation"),
        help_text=_("It stands on your letter."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "organization", "autocapitalize": "none", "spellcheck": "false"}),
    )
    number = forms.CharField(
        label=_("Your employee number"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
    )
    secret = forms.CharField(
        label=_("The code on your letter, or your password"),
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    remember = forms.BooleanField(label=terms.KEEP_ME, required=False)


class JoinByLetter(JoinForm):
    """Setting up an account by a letter: a name, and how to sign in from then on."""

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, membership=membership, codes=True, **kwargs)
        how = self.fields["how"]
        how.label = _("How you want to sign in from now on")
        how.choices = [  # type: ignore[attr-defined]
            ("password", _("With my employee number and a password")),
            ("code", _("With a code on a new letter each time")),
        ]


class ChoosePassword(Form):
    """A password, after signing in with the code on a letter."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=256,
        help_text=_("At least 12 characters. Three or four words that do not belong together are good."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str:
        """A password that is not easily guessed."""
        password: str = self.cleaned_data["password"]
        validate_password(password, Account())
        return password


class LettersFilter(FilterForm):
    """Search and choices above the people without e-mail."""

    q = forms.CharField(label=_("Name or employee number"), max_length=100)
    what = forms.ChoiceField(
        label=_("Who"),
        choices=[
            ("", _("Everybody without e-mail")),
            ("waits", _("For whom something waits")),
            ("out", _("Who has not joined and has no code")),
        ],
    )


class NameContact(Form):
    """Who tells somebody without e-mail that something waits."""

    person = forms.CharField(
        label=_("Who tells them"),
        help_text=_("Their work e-mail or employee number, as on the people list. Leave it empty for nobody."),
        max_length=254,
        required=False,
    )

    def __init__(self, *args: Any, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = members

    def clean_person(self) -> Membership | None:
        """Somebody on the people list of this organisation."""
        said = self.cleaned_data["person"].strip()
        found = self.members.filter(work_address__iexact=said).first() if said else None
        found = found or (self.members.filter(employee_number=said).first() if said else None)
        if said and found is None:
            raise forms.ValidationError(
                _("Nobody on the people list has this address or number. Add them there first.")
            )
        return found
