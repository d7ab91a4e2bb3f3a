"""Forms of pairs."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from alongside.foundation import access
from alongside.foundation.ui.forms import FilterForm, Form, Readers
from alongside.programmes.models import Participation
from alongside.programmes.rules import MOST_PLACES
from alongside.relationships.running_pairs.columns import Mapping, why_not
from alongside.relationships.terms import MANAGED, ON_HOLD, NextTime, PairMeaning, State


class GiveReason(Form):
    """A reason, if somebody wants to give one."""

    reason = forms.CharField(
        label=_("A reason, if you like"),
        help_text=_("You need give no reason."),
        widget=forms.Textarea,
        max_length=2000,
        required=False,
    )
    share = forms.BooleanField(label=_("Let the coordinator read it"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        label = access.label("relationships.read_reason")
        self.fields["reason"].readers = Readers(label.figures, _("Only you can read this, unless you share it"))  # type: ignore[attr-defined]


class EndPair(GiveReason):
    """The same at the end of a pair, and what may be used to find somebody who fits better."""

    next_time = forms.MultipleChoiceField(
        label=_("You may use this to find me somebody who fits better"),
        help_text=_(
            "Tick what applies. The other one of your pair never reads it, and you can take it back on the page of this"
            " pair. Leave it empty if you would rather not say."
        ),
        choices=NextTime.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["next_time"].readers = access.label("relationships.read_learned")  # type: ignore[attr-defined]


class RoomLeft(Form):
    """How many mentees a mentor takes from now on: here, and whether nobody new anywhere for a while."""

    places = forms.TypedChoiceField(label=_("How many mentees you take here, with this one"), coerce=int)
    pauses = forms.BooleanField(label=_("Propose nobody new to me for now, in any programme"), required=False)
    back_on = forms.DateField(
        label=_("Until"),
        help_text=_("Without a day, until you say that you are back."),
        widget=forms.DateInput,
        required=False,
    )

    def __init__(self, *args: Any, taken: int, held: Participation, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        numbers = range(max(taken, 1), MOST_PLACES + 1)
        self.fields["places"].choices = [(number, str(number)) for number in numbers]
        self.fields["places"].initial = max(held.capacity, taken, 1)

    def clean_back_on(self) -> date | None:
        """A day ahead."""
        back_on: date | None = self.cleaned_data["back_on"]
        if back_on and back_on <= self.today:
            raise ValidationError(_now("Choose a day after today, or leave it empty."))
        return back_on

    def said(self) -> dict[str, Any]:
        """What `actions.say_room_left` takes."""
        return {name: self.cleaned_data[name] for name in ("places", "pauses", "back_on")}


class TickDuty(Form):
    """A duty, and whether it is done."""

    duty = forms.SlugField(max_length=12)
    done = forms.ChoiceField(choices=[("yes", _("Done")), ("no", _("Not done yet"))])


class PairFilter(FilterForm):
    """The controls above a programme's pairs."""

    q = forms.CharField(label=_("Name"), max_length=100)
    state = forms.ChoiceField(
        label=_("Where they are"),
        choices=[
            ("", _("All")),
            *State.choices,
            (ON_HOLD, _("On hold")),
            (MANAGED, _("The mentor is the line manager")),
        ],
    )


class HandFilter(FilterForm):
    """Pairing by hand: the search above each of the two lists, who is chosen, and which part of a list is shown."""

    mentee_q = forms.CharField(label=_("Find a mentee"), max_length=100)
    mentor_q = forms.CharField(label=_("Find a mentor"), max_length=100)
    mentee = forms.SlugField(max_length=12, widget=forms.HiddenInput)
    mentor = forms.SlugField(max_length=12, widget=forms.HiddenInput)
    mentee_page = forms.SlugField(max_length=6, widget=forms.HiddenInput)
    mentor_page = forms.SlugField(max_length=6, widget=forms.HiddenInput)


class PairsFile(Form):
    """The spreadsheet of running pairs."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        help_text=_("CSV, XLSX or ODS, 40 MB at most. You see what would happen before it does."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,.ods"}),
    )


class PairsColumns(Form):
    """What each column of a file of running pairs means."""

    def __init__(self, *args: Any, mapping: Mapping, sheets: list[str], sheet: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mapping, self.sheets, self.sheet = mapping, sheets, sheet
        if len(sheets) > 1:
            choices = [(name, name) for name in sheets]
            self.fields["sheet"] = forms.ChoiceField(label=_("Sheet"), choices=choices, initial=sheet)
        for place, column in enumerate(mapping.columns):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=column.header or _now("Column %(number)s, without a heading") % {"number": place + 1},
                choices=PairMeaning.choices,
                initial=column.meaning,
            )
        self.fields["month_first"] = forms.ChoiceField(
            label=_("Dates such as 03/04/2024 are written"),
            choices=[("no", _("Day first: 3 April")), ("yes", _("Month first: 4 March"))],
            initial="yes" if mapping.month_first else "no",
        )

    def columns(self) -> list[tuple[Any, Any]]:
        """Each column with its field."""
        return [(column, self[f"column_{place}"]) for place, column in enumerate(self.mapping.columns)]

    @property
    def chosen_sheet(self) -> str:
        """Another sheet, when one was chosen."""
        sheet = str(self.cleaned_data.get("sheet", self.sheet))
        return sheet if sheet != self.sheet else ""

    def chosen(self) -> Mapping:
        """The mapping as mended."""
        meanings = [self.cleaned_data[f"column_{place}"] for place in range(len(self.mapping.columns))]
        return self.mapping.changed(meanings, month_first=self.cleaned_data["month_first"] == "yes")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not self.chosen_sheet and (reason := why_not(self.chosen())):
            raise ValidationError(reason)
        return given
