"""Forms of readiness: the code of ethics, what a programme asks, and the list of who waits for what."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.foundation import access
from alongside.foundation.ui.forms import FilterForm, Form
from alongside.programmes.terms import Part
from alongside.readiness.models import EthicsCode
from alongside.readiness.queries import Asking
from alongside.readiness.terms import Asked

STATES = [("", _("All")), ("ready", _("Ready")), ("waiting", _("Something is left"))]


class CodeForm(Form):
    """A version of the code: one of a professional body by name and link, or the organisation's own text."""

    name = forms.CharField(
        label=_("What it is called"), max_length=100, help_text=_("Such as “Global Code of Ethics”, or your own title.")
    )
    edition = forms.CharField(
        label=_("Which version"), max_length=60, required=False, help_text=_("As its authors name it, with its date.")
    )
    link = forms.URLField(
        label=_("Where it can be read"),
        max_length=300,
        required=False,
        assume_scheme="https",
        help_text=_("The address of the code itself, if somebody else has written it."),
    )
    text = forms.CharField(
        label=_("Its text, if it is your own"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_("Lines that begin with a hyphen become a list; an empty line parts paragraphs."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, held: EthicsCode | None, **kwargs: Any) -> None:
        before = {name: getattr(held, name) for name in ("name", "edition", "link", "text")} if held else {}
        super().__init__(*args, initial=before | {"seen": held.number if held else 0}, **kwargs)
        label = access.label("readiness.code")
        self.readers = dict.fromkeys(("name", "edition", "text"), label)

    def clean(self) -> dict[str, Any]:
        """Either somebody else's code by its link, or a text."""
        said = super().clean() or self.cleaned_data
        if not {"link", "text"} & self.errors.keys() and not (said.get("link") or said.get("text")):
            self.add_error("link", _("Give a link to the code, or write its text below."))
        return said


class RuleForm(Form):
    """What is asked of mentors and of mentees, and whether pairs wait for it."""

    mentors = forms.MultipleChoiceField(
        label=_("Of mentors"), choices=Asked.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    mentees = forms.MultipleChoiceField(
        label=_("Of mentees"), choices=Asked.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    holds_pairs = forms.BooleanField(
        label=_("A new pair begins only once both are ready"),
        required=False,
        help_text=_("Without this, what is left is shown to everybody concerned, and holds nobody up."),
    )

    def __init__(self, *args: Any, asking: Asking, **kwargs: Any) -> None:
        before = {"mentors": asking.mentors, "mentees": asking.mentees, "holds_pairs": asking.holds_pairs}
        super().__init__(*args, initial=before, **kwargs)


class ReadinessFilter(FilterForm):
    """The controls above the list of who waits for what."""

    q = forms.CharField(label=_("Name"), max_length=100)
    part = forms.ChoiceField(
        label=_("Part"),
        choices=[("", _("All")), *((part.value, part.label) for part in (Part.MENTOR, Part.MENTEE))],
    )
    state = forms.ChoiceField(label=_("How it stands"), choices=STATES)
    lacks = forms.ChoiceField(label=_("Lacks"), choices=[("", _("All")), *Asked.choices])
