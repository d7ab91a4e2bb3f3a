"""Lines of a section: several of a kind, each with the ref of the one it was. An empty line is none."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from alongside import guidance
from alongside.foundation import access
from alongside.foundation.events.refs import LENGTH
from alongside.foundation.ui.forms import Form
from alongside.programmes.rules.design import MOST_LINES
from alongside.programmes.terms import Asked, CalendarKind

READERS_AT = "line-readers"  # said once for all lines of a section
_REF = re.compile(rf"^[a-z]{{{LENGTH}}}$")


class LineForm(Form):
    """One line. `subject` is the field without which the others say nothing."""

    subject = "words"
    beside: tuple[str, ...] = ()
    wanting: Any = _("Say what it is, or empty the whole line.")
    read_by = "programmes.read_design"
    ref = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False
            if isinstance(field, forms.CharField) and not field.widget.is_hidden:
                field.readers_at = READERS_AT  # type: ignore[attr-defined]

    def clean_ref(self) -> str:
        """A ref, or nothing: what is none belongs to no line."""
        said: str = self.cleaned_data["ref"]
        return said if _REF.match(said) else ""

    def clean(self) -> dict[str, Any]:
        """What is written beside an empty subject would be lost: say so."""
        cleaned: dict[str, Any] = super().clean() or {}
        if self.is_half(cleaned) and not self.has_error(self.subject):
            self.add_error(self.subject, self.wanting)
        return cleaned

    def is_half(self, cleaned: Mapping[str, Any]) -> bool:
        """Is something written, and not of what?"""
        return not cleaned.get(self.subject) and any(cleaned.get(name) for name in self.beside)

    def line(self) -> dict[str, Any] | None:
        """The line as the action takes it, or None where it is empty."""
        return dict(self.cleaned_data) if self.cleaned_data.get(self.subject) else None


class ObjectiveLine(LineForm):
    """An objective, its measure and its target."""

    beside = ("measure", "target")
    wanting = _("Write the objective as well, or empty the whole line.")
    words = forms.CharField(label=_("Objective"), max_length=300)
    measure = forms.CharField(
        label=_("How it is measured"), max_length=300, help_text=_("For example: how many are still here after a year.")
    )
    target = forms.CharField(
        label=_("What would be enough"), max_length=200, help_text=_("For example: nine of ten by August 2027.")
    )


class QuestionLine(LineForm):
    """A question of the application."""

    read_by = "programmes.open"
    beside = ("needed",)
    wanting = _("Write the question as well, or take the tick away.")
    words = forms.CharField(label=_("Question"), max_length=300)
    asked = forms.ChoiceField(label=_("Asked of"), choices=Asked.choices, initial=Asked.BOTH)
    needed = forms.BooleanField(label=_("An answer is needed"))

    def clean_asked(self) -> str:
        """Everybody, where nothing is said."""
        return str(self.cleaned_data["asked"] or Asked.BOTH)


class EntryLine(LineForm):
    """A day in the calendar."""

    subject = "day"
    read_by = "programmes.read"
    beside = ("words",)
    wanting = _("Choose the day as well, or empty the whole line.")
    kind = forms.ChoiceField(label=_("What"), choices=CalendarKind.choices, initial=CalendarKind.OTHER)
    day = forms.DateField(label=_("Day"), widget=forms.DateInput)
    words = forms.CharField(label=_("In words"), max_length=200, widget=forms.TextInput(attrs={"size": "36"}))

    def clean_kind(self) -> str:
        """Something else, where nothing is said."""
        return str(self.cleaned_data["kind"] or CalendarKind.OTHER)


OWNERS = [("", _("Choose who")), *((role.value, role.words) for role in guidance.Role)]


class BarrierLine(LineForm):
    """An expected barrier: a known one by its key, or one in own words."""

    beside = ("remedy",)
    wanting = _("Write the barrier as well, or empty the whole line.")
    side = forms.ChoiceField(choices=[(side.value, side.words) for side in guidance.Side], widget=forms.HiddenInput)
    key = forms.SlugField(widget=forms.HiddenInput, max_length=40)
    words = forms.CharField(label=_("Barrier, in your own words"), max_length=200)
    remedy = forms.CharField(label=_("What helps"), max_length=600, widget=forms.Textarea)
    owner = forms.ChoiceField(label=_("Who sees to it"), choices=OWNERS)
    name = ""  # of a known barrier

    @property
    def is_open(self) -> bool:
        """Is there something to see to: an error, a barrier without remedy or owner?"""
        named = self.name or self["words"].value()
        return bool(self.errors) or bool(named and not (self["remedy"].value() and self["owner"].value()))

    def is_half(self, cleaned: Mapping[str, Any]) -> bool:
        """A known barrier says by its key what it is."""
        return not cleaned.get("key") and super().is_half(cleaned)

    def line(self) -> dict[str, Any] | None:
        """The line; a known barrier holds no words of its own."""
        said = dict(self.cleaned_data)
        if not said.get("side") or not (said.get("key") or said.get("words")):
            return None
        return said | ({"words": ""} if said.get("key") else {})


class Lines(BaseFormSet):
    """The lines of a section, in their order."""

    readers_at = READERS_AT

    @property
    def readers(self) -> access.Label:
        """Who can read all of them."""
        return access.label(self.form.read_by)

    def lines(self) -> list[dict[str, Any]]:
        """What is written; empty lines left out."""
        return [line for form in self.forms if (line := form.line()) is not None]


def _of(form: type[LineForm]) -> type[Lines]:
    made: type[Lines] = formset_factory(
        form, formset=Lines, extra=0, max_num=MOST_LINES, absolute_max=MOST_LINES + 10, validate_max=True
    )
    return made


Objectives, Questions, Entries, Barriers = map(_of, (ObjectiveLine, QuestionLine, EntryLine, BarrierLine))


def first(rows: Iterable[Any], *names: str, blank: int = 1, **new: Any) -> list[dict[str, Any]]:
    """What a formset begins with: the rows there are, then `blank` empty lines (each with `new`)."""
    held = [{name: getattr(row, name) for name in ("ref", *names)} for row in rows]
    return held + [dict(new)] * max(0, min(blank, MOST_LINES - len(held)))
