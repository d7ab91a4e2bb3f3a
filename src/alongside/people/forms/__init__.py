"""Forms of people, of rosters and of the invitation."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from alongside.foundation.identity.models import Account, Membership
from alongside.foundation.identity.terms import MembershipState
from alongside.foundation.ui.forms import FilterForm, Form
from alongside.people.roster import own_columns
from alongside.people.roster.columns import Column, Mapping, why_not
from alongside.people.roster.own_columns import OwnField
from alongside.people.terms import OWN_KINDS, Answer, Meaning, RosterRole

_ANY = ("", _("Any"))


class PeopleFilter(FilterForm):
    """Search and choices above the list of people. The choices are what the organisation's profiles say."""

    q = forms.CharField(label=_("Search"), max_length=100)
    department = forms.ChoiceField(label=_("Department"))
    team = forms.ChoiceField(label=_("Team"))
    site = forms.ChoiceField(label=_("Site"))
    skill = forms.ChoiceField(label=_("Can offer"))
    state = forms.ChoiceField(
        label=_("Joined"),
        choices=[_ANY, *[choice for choice in MembershipState.choices if choice[0] != MembershipState.ERASED]],
    )

    def __init__(self, data: Any, **said: list[str]) -> None:
        super().__init__(data)
        for name, values in said.items():
            field = self.fields[name]
            field.choices = [_ANY, *[(value, value) for value in values]]  # type: ignore[attr-defined]
            if not values:
                del self.fields[name]


class PersonForm(Form):
    """Somebody added by hand."""

    name = forms.CharField(label=_("Name"), max_length=120)
    known_as = forms.CharField(label=_("Known as"), max_length=60, required=False)
    work_address = forms.EmailField(
        label=_("Work e-mail"), required=False, help_text=_("The invitation goes there. Nothing is sent yet.")
    )
    employee_number = forms.CharField(label=_("Employee number"), max_length=40, required=False)
    job_title = forms.CharField(label=_("Job title"), max_length=160, required=False)
    department = forms.CharField(label=_("Department"), max_length=120, required=False)
    team = forms.CharField(label=_("Team"), max_length=120, required=False)
    site = forms.CharField(label=_("Site"), max_length=120, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("work_address") and not given.get("employee_number") and not self.errors:
            self.add_error("work_address", _("Enter an e-mail address or an employee number."))
        return given


class UploadForm(Form):
    """The spreadsheet."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        help_text=_("CSV, XLSX or ODS, as HR exports it, 40 MB at most. You see what would happen before it does."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,.ods"}),
    )


class ColumnsForm(Form):
    """What each column means, after which sheet is read and where its headings stand."""

    def __init__(
        self,
        *args: Any,
        mapping: Mapping,
        sheets: list[str],
        sheet: str,
        filled: list[int],
        fields: Sequence[OwnField] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.mapping, self.sheets, self.sheet, self.own_fields = mapping, sheets, sheet, fields
        self.heading = f"{mapping.header_row}-{mapping.header_rows}"
        if len(sheets) > 1:
            choices = [(name, name) for name in sheets]
            self.fields["sheet"] = forms.ChoiceField(label=_("Sheet"), choices=choices, initial=sheet)
        self.fields["heading"] = forms.ChoiceField(
            label=_("The headings stand in"),
            choices=_headings(filled, mapping),
            initial=self.heading,
            required=False,
            help_text=_(
                "Rows above them are left out, and said to be. Choose others, and the button reads the file again."
            ),
        )
        for place, column in self._filled():
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=column.header or _now("Column %(number)s, without a heading") % {"number": place + 1},
                choices=_meanings(column),
                initial=column.meaning,
            )
        self.fields["month_first"] = forms.ChoiceField(
            label=_("Dates such as 03/04/2024 are written"),
            choices=[("no", _("Day first: 3 April")), ("yes", _("Month first: 4 March"))],
            initial="yes" if mapping.month_first else "no",
        )
        self.fields["everybody_is"] = forms.ChoiceField(
            label=_("Whoever has no role in the file is"),
            choices=[("", _("Neither mentor nor mentee")), *RosterRole.choices],
            initial=mapping.everybody_is,
            required=False,
        )

    def columns(self) -> list[tuple[int, Any, Any]]:
        """Each column that says anything, with its place and field."""
        return [(place, column, self[f"column_{place}"]) for place, column in self._filled()]

    def _filled(self) -> list[tuple[int, Column]]:
        return [(place, column) for place, column in enumerate(self.mapping.columns) if not column.is_empty]

    @property
    def chosen_sheet(self) -> str:
        """Another sheet, when one was chosen."""
        sheet = str(self.cleaned_data.get("sheet", self.sheet))
        return sheet if sheet != self.sheet else ""

    @property
    def chosen_heading(self) -> tuple[int, int] | None:
        """The last row of other headings and how many rows they take, when others were chosen."""
        heading = str(self.cleaned_data.get("heading") or self.heading)
        row, _dash, rows = heading.partition("-")
        return (int(row), int(rows)) if heading != self.heading else None

    def chosen(self) -> Mapping:
        """The mapping as mended."""
        given = self.cleaned_data
        meanings = [given.get(f"column_{place}", column.meaning) for place, column in enumerate(self.mapping.columns)]
        month_first = given["month_first"] == "yes"
        return self.mapping.changed(meanings, month_first=month_first, everybody_is=given["everybody_is"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        reads_again = self.chosen_sheet or self.chosen_heading
        if not self.errors and not reads_again:
            chosen = self.chosen()
            if reason := why_not(chosen) or own_columns.why_not_here(chosen.headed, self.own_fields):
                raise ValidationError(reason)
        return given


def _meanings(column: Column) -> list[tuple[str, Any]]:
    """What a column can mean. A field of one's own only where it may be one, or where somebody has said so."""
    able = {*column.keepable, column.meaning}
    return [(one.value, one.label) for one in Meaning if one not in OWN_KINDS or one in able]


def _headings(filled: list[int], mapping: Mapping) -> list[tuple[str, Any]]:
    """Where headings may stand: in one of the first rows, in two below each other, or nowhere."""
    choices = [("0-0", _now("No row: the file has no headings"))]
    for row in filled:
        choices.append((f"{row}-1", _now("Row %(row)s") % {"row": row}))
        if row + 1 in filled:
            words = _now("Rows %(first)s and %(second)s") % {"first": row, "second": row + 1}
            choices.append((f"{row + 1}-2", words))
    return choices


class AnswerForm(Form):
    """One question about a row."""

    answer = forms.ChoiceField(label=_("Your answer"), choices=Answer.choices, widget=forms.RadioSelect)


class JoinForm(Form):
    """Setting up an account from an invitation: a name, and how to sign in."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    known_as = forms.CharField(label=_("What people call you"), max_length=60, required=False)
    how = forms.ChoiceField(
        label=_("How you want to sign in"),
        choices=[("password", _("With a password")), ("code", _("With a code that is mailed to me each time"))],
        initial="password",
        widget=forms.RadioSelect,
    )
    password = forms.CharField(
        label=_("Password"),
        required=False,
        strip=False,
        max_length=256,
        help_text=_("At least 12 characters. Three or four words that do not belong together are good."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(
        self, *args: Any, membership: Membership, codes: bool, at_provider: bool = False, **kwargs: Any
    ) -> None:
        names = {"name": membership.name, "known_as": membership.known_as}
        super().__init__(*args, initial=names, **kwargs)
        self.address = membership.work_address
        if not codes or at_provider:  # no mail leaves here: a code would never arrive
            del self.fields["how"]
        if at_provider:
            del self.fields["password"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "password" not in self.fields or given.get("how", "password") == "code":
            given["password"] = ""
        elif not given.get("password"):
            self.add_error("password", _("Choose a password."))
        else:
            try:
                validate_password(given["password"], Account(email=self.address))
            except ValidationError as weak:
                self.add_error("password", weak)
        return given
