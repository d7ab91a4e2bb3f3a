"""Forms of programmes."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.foundation.events.refs import LENGTH, new_ref
from alongside.foundation.identity.terms import MembershipState
from alongside.foundation.ui.forms import FilterForm, Form
from alongside.people.terms import RosterRole
from alongside.programmes import advice, rules
from alongside.programmes.terms import Part

STATES = [
    (state.value, state.label) for state in (MembershipState.LISTED, MembershipState.INVITED, MembershipState.ACTIVE)
]


class ProgrammeForm(Form):
    """Why a programme exists, when it runs, and on which model."""

    name = forms.CharField(
        label=_("Name"),
        help_text=_("As people will call it, for example “Rising leaders, autumn 2026”."),
        max_length=120,
    )
    purpose = forms.CharField(
        label=_("What it is for"),
        help_text=_("Two or three sentences. Mentors and mentees read them first."),
        widget=forms.Textarea,
        max_length=2000,
    )
    starts_on = forms.DateField(label=_("First day"), widget=forms.DateInput)
    ends_on = forms.DateField(label=_("Last day"), widget=forms.DateInput)
    model_key = forms.ChoiceField(
        label=_("How a pair goes on"),
        help_text=_("The model gives the path that pairs see its words, and everybody their duties."),
        widget=forms.RadioSelect,
        initial="clutterbuck",
    )

    def __init__(self, *args: Any, with_model: bool = True, organisation: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_model:  # it has a page of its own, where its reason is asked
            del self.fields["model_key"]
        else:
            held = advice.ours(organisation).lifecycles()
            self.fields["model_key"].choices = [(model.key, model.name) for model in held]  # type: ignore[attr-defined]
            self.fields["model_key"].choice_hints = {model.key: model.suits for model in held}  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The last day comes after the first."""
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and (fault := rules.fault_of_dates(first, last)):
            self.add_error("ends_on", fault)
        return cleaned


class NewProgramme(ProgrammeForm):
    """The same for a new one. Alongside is not made for children: that needs more than it has."""

    adults = forms.BooleanField(
        label=_("Everybody who takes part is 18 or older"),
        help_text=_("Alongside is not made for programmes with children or young people yet."),
    )
    ref = forms.RegexField(rf"^[a-z]{{{LENGTH}}}$", widget=forms.HiddenInput, initial=new_ref, required=False)

    def facts(self) -> dict[str, Any]:
        """What the action needs."""
        return {name: value for name, value in self.cleaned_data.items() if name != "adults"}


class Duplicate(Form):
    """A programme once more: what it is called now, and when it begins."""

    name = forms.CharField(label=_("Name"), max_length=120)
    starts_on = forms.DateField(
        label=_("First day"),
        help_text=_("Every other day moves along with it."),
        widget=forms.DateInput,
    )
    ref = forms.RegexField(rf"^[a-z]{{{LENGTH}}}$", widget=forms.HiddenInput, initial=new_ref, required=False)

    def __init__(self, *args: Any, length: timedelta, **kwargs: Any) -> None:
        """`length`: from the programme's first day to its last."""
        super().__init__(*args, **kwargs)
        self.length = length

    def clean_starts_on(self) -> date:
        """A day from which on all others can be reckoned."""
        first: date = self.cleaned_data["starts_on"]
        last = first + min(self.length, date.max - first)
        if fault := rules.fault_of_dates(first, last):
            raise forms.ValidationError(fault)
        return first


class PeopleFilter(FilterForm):
    """The controls above a programme's people."""

    q = forms.CharField(label=_("Name"), max_length=100)
    part = forms.ChoiceField(label=_("Part"), choices=[("", _("All")), *Part.choices])
    state = forms.ChoiceField(label=_("Invitation"), choices=[("", _("All")), *STATES])


class RosterFilter(FilterForm):
    """The controls above the people who can be added."""

    q = forms.CharField(label=_("Name"), max_length=100)
    said = forms.ChoiceField(label=_("Said in the roster"), choices=[("", _("All")), *RosterRole.choices])


class Places(Form):
    """How many mentees a mentor has room for."""

    capacity = forms.IntegerField(label=_("Places"), min_value=0, max_value=rules.MOST_PLACES)
