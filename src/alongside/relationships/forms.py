"""Forms of pairs."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.foundation import access
from alongside.foundation.ui.forms import FilterForm, Form, Readers
from alongside.relationships.terms import State


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


class PairFilter(FilterForm):
    """The controls above a programme's pairs."""

    q = forms.CharField(label=_("Name"), max_length=100)
    state = forms.ChoiceField(label=_("Where they are"), choices=[("", _("All")), *State.choices])


class HandFilter(FilterForm):
    """Pairing by hand: the search above each of the two lists, who is chosen, and which part of a list is shown."""

    mentee_q = forms.CharField(label=_("Find a mentee"), max_length=100)
    mentor_q = forms.CharField(label=_("Find a mentor"), max_length=100)
    mentee = forms.SlugField(max_length=12, widget=forms.HiddenInput)
    mentor = forms.SlugField(max_length=12, widget=forms.HiddenInput)
    mentee_page = forms.SlugField(max_length=6, widget=forms.HiddenInput)
    mentor_page = forms.SlugField(max_length=6, widget=forms.HiddenInput)
