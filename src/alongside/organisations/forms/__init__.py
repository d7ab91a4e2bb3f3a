"""Forms of organisations: set-up, settings, roles, own settings."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alongside.foundation.identity.models import Account, Membership
from alongside.foundation.identity.terms import ROLE_DUTIES, OrganisationRoleName
from alongside.foundation.jobs import registry as works
from alongside.foundation.notifications import registry
from alongside.foundation.notifications.queries import OTHER_KINDS
from alongside.foundation.notifications.terms import MailState
from alongside.foundation.ui.forms import FilterForm, Form
from alongside.organisations import rules
from alongside.organisations.queries import ASIDE


class ZoneField(forms.CharField):
    """A time zone by its name, with the common ones offered."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs = {"max_length": 64, "label": _("Time zone"), "initial": "Europe/London"} | kwargs
        super().__init__(**kwargs)
        self.widget.attrs |= {"list": "zones", "autocomplete": "off", "spellcheck": "false"}

    def validate(self, value: str) -> None:
        """A name of the zone database."""
        super().validate(value)
        if value and (fault := rules.fault_of_zone(value)):
            raise ValidationError(fault)


def _language() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)


def set_up_code() -> str:
    """What whoever sets up a server that others can reach reads in its data directory."""
    path = Path(settings.DATA_DIR) / "set_up_code"
    with suppress(FileExistsError), os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(f"{secrets.token_hex(8)}\n")
    return path.read_text().strip()


class SetUp(Form):
    """The organisation, its first administrator, and whom people turn to."""

    organisation = forms.CharField(label=_("Name of your organisation"), max_length=120)
    timezone = ZoneField()
    language = _language()
    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(label=_("Your work e-mail"), max_length=254)
    password = forms.CharField(
        label=_("A password"),
        help_text=_("Twelve characters or more. A few words in a row are easy to keep in mind."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        max_length=200,
        strip=False,
    )
    privacy_contact = forms.EmailField(
        label=_("Privacy contact"),
        help_text=_("Where people write about their data. It stands at the foot of every page."),
        max_length=254,
    )
    lead_name = forms.CharField(
        label=_("Safeguarding lead: name"),
        help_text=_("Reads every concern about somebody’s safety. You can name them later."),
        max_length=120,
        required=False,
    )
    lead_email = forms.EmailField(label=_("Safeguarding lead: e-mail"), max_length=254, required=False)
    alternate_name = forms.CharField(
        label=_("Safeguarding alternate: name"),
        help_text=_("Takes over when the lead is away, or when a concern is about the lead."),
        max_length=120,
        required=False,
    )
    alternate_email = forms.EmailField(label=_("Safeguarding alternate: e-mail"), max_length=254, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not settings.LOOPBACK:
            set_up_code()  # it is there to be read before anybody types it
            self.fields["code"] = forms.CharField(
                label=_("Set-up code"),
                help_text=_("It stands in the file set_up_code in the server’s data directory."),
                max_length=40,
            )

    def clean_code(self) -> str:
        """Only whoever can read the server's files may set it up."""
        if not secrets.compare_digest(self.cleaned_data["code"].strip().encode(), set_up_code().encode()):
            raise ValidationError(_("This is not the code in the file set_up_code."))
        return str(self.cleaned_data["code"])

    def clean_password(self) -> str:
        """A password that is not easily guessed."""
        password: str = self.cleaned_data["password"]
        validate_password(password, Account(email=self.cleaned_data.get("email", "")))
        return password

    def clean(self) -> dict[str, Any]:
        """Lead and alternate are two people, each named whole."""
        cleaned: dict[str, Any] = super().clean() or {}
        for part in ("lead", "alternate"):
            name, address = cleaned.get(f"{part}_name"), cleaned.get(f"{part}_email")
            if bool(name) != bool(address) and not self.has_error(f"{part}_email"):
                missing = "email" if name else "name"
                self.add_error(f"{part}_{missing}", _("Give both name and e-mail, or neither."))
        lead = (cleaned.get("lead_email") or "").lower()
        if lead and lead == (cleaned.get("alternate_email") or "").lower():
            self.add_error("alternate_email", _("The alternate must be somebody other than the lead."))
        return cleaned


class OrganisationSettings(Form):
    """What an administrator may change."""

    name = forms.CharField(label=_("Name"), max_length=120)
    timezone = ZoneField()
    language = _language()
    privacy_contact = forms.EmailField(
        label=_("Privacy contact"),
        help_text=_("Where people write about their data. It stands at the foot of every page."),
        max_length=254,
    )


class GrantRole(Form):
    """Who gets which role, named by e-mail address or employee number."""

    person = forms.CharField(
        label=_("Person"), help_text=_("Their work e-mail or employee number, as on the people list."), max_length=254
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(role.value, role.label) for role in OrganisationRoleName],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = members
        self.fields["role"].choice_hints = {  # type: ignore[attr-defined]
            role.value: ROLE_DUTIES[role] for role in OrganisationRoleName
        }

    def clean_person(self) -> Membership:
        """Somebody on the people list of this organisation."""
        said = self.cleaned_data["person"].strip()
        found = self.members.filter(work_address__iexact=said).first()
        found = found or self.members.exclude(employee_number="").filter(employee_number=said).first()
        if found is None:
            raise ValidationError(_("Nobody on the people list has this address or number. Add them there first."))
        return found


class MailFilter(FilterForm):
    """Search and choices above the mails that were not sent."""

    q = forms.CharField(label=_("Address or name"), max_length=254)
    state = forms.ChoiceField(
        label=_("State"),
        choices=[
            ("", _("Any")),
            (MailState.FAILED.value, MailState.FAILED.label),
            (MailState.HELD.value, MailState.HELD.label),
            (MailState.QUEUED.value, MailState.QUEUED.label),
        ],
    )
    kind = forms.ChoiceField(label=_("What about"))

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        kinds = [("", _("Any")), *registry.open_kinds().items(), (OTHER_KINDS, _("About mentoring"))]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]


class WorkFilter(FilterForm):
    """Search and choices above the work that was given up."""

    q = forms.CharField(label=_("Who began it"), max_length=120)
    name = forms.ChoiceField(label=_("What"))
    shown = forms.ChoiceField(label=_("Which"), choices=[("", _("To see to")), (ASIDE, _("Put aside"))])

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        kinds = sorted(((name, works.words_of(name)) for name in works.names()), key=lambda kind: str(kind[1]))
        self.fields["name"].choices = [("", _("Any")), *kinds]  # type: ignore[attr-defined]


class OwnSettings(Form):
    """What everybody may change about their own account."""

    timezone = ZoneField(help_text=_("All times are shown in this zone."))
    language = _language()


class NewAddress(Form):
    """The address that somebody wants to sign in with."""

    address = forms.EmailField(
        label=_("New e-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )

    def __init__(self, *args: Any, present: str | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.present = present

    def clean_address(self) -> str:
        """Another one than now, in lower case. Whether somebody has it is not asked here: nobody shall learn that."""
        address: str = self.cleaned_data["address"].lower()
        if address == self.present:
            raise ValidationError(_("This is the address you sign in with already."))
        return address
