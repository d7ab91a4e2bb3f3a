"""Forms of asking somebody to take part: the words that go to them, their yes, and the list of who was asked."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from alongside.foundation import access
from alongside.foundation.ui.forms import FilterForm, Form
from alongside.programmes import rules
from alongside.programmes.forms.joining import AS_FITS, FITS
from alongside.programmes.models import Programme
from alongside.programmes.terms import Part, Reply


class Asking(Form):
    """What a coordinator writes to everybody whom they ask."""

    words = forms.CharField(
        label=lazy("Your words to them"),
        help_text=lazy("They come by mail and stand on the page. What the programme is and asks stands there already."),
        widget=forms.Textarea,
        max_length=2000,
        required=False,
    )

    def __init__(self, data: Mapping[str, Any] | None, programme: Programme) -> None:
        proposed = _("We thought of you for “%(name)s”, and should be glad to have you in it.")
        super().__init__(data, initial={"words": proposed % {"name": programme.name}})
        self.fields["words"].readers = access.label("programmes.application")  # type: ignore[attr-defined]


class Yes(Form):
    """What goes with a yes: whether who can take part describes one, and a mentor's room."""

    fits = forms.ChoiceField(
        label=lazy("Does this describe you?"),
        choices=FITS,
        widget=forms.RadioSelect,
        error_messages={"required": lazy("Say whether this describes you. You can take part either way.")},
    )
    room = forms.IntegerField(
        label=lazy("Mentees in this programme"),
        help_text=lazy("How many you have room for. Count an hour or two a month for each; it can be changed later."),
        min_value=0,
        max_value=rules.MOST_PLACES,
        initial=1,
    )

    def __init__(self, data: Mapping[str, Any] | None, part: str, *, eligibility: str) -> None:
        super().__init__(data)
        self.fields["fits"].help_text = eligibility
        self.fields["fits"].readers = access.label("programmes.application")  # type: ignore[attr-defined]
        if not eligibility:
            del self.fields["fits"]
        if part != Part.MENTOR:
            del self.fields["room"]

    def said(self) -> dict[str, Any]:
        """What the action takes."""
        return {"fits": AS_FITS.get(self.cleaned_data.get("fits", "")), "room": self.cleaned_data.get("room")}


class AskedFilter(FilterForm):
    """The controls above the list of who was asked."""

    q = forms.CharField(label=lazy("Name"), max_length=100)
    part = forms.ChoiceField(
        label=lazy("As"), choices=[("", lazy("All")), (Part.MENTEE, lazy("Mentee")), (Part.MENTOR, lazy("Mentor"))]
    )
    reply = forms.ChoiceField(label=lazy("Answer"), choices=[("", lazy("All")), *Reply.choices])


__all__ = ["AskedFilter", "Asking", "Yes"]
