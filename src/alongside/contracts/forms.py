"""Writing a draft, and signing."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms as fields
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from alongside.contracts import rules
from alongside.foundation.access import Label
from alongside.foundation.ui import forms
from alongside.guidance import Blank, ClauseSet
from alongside.guidance.rules import one_line

LONGEST_ANSWER, LONGEST_WORDS, MOST_SESSIONS = 240, 2000, 200


class Draft(forms.Form):
    """The blanks of a clause set, in the order of its clauses; each says who will read it.

    With `whole=False` gaps are allowed: a draft may be saved half written.
    """

    revision = fields.IntegerField(min_value=1, widget=fields.HiddenInput)

    def __init__(self, clauses: ClauseSet, private: Label, shared: Label, *args: Any, whole: bool, **kwargs: Any):
        self.clauses = clauses
        self.base_fields = {**self.base_fields, **_asked(clauses, whole)}
        self.readers = {
            key: shared if rules.is_shared(clauses, key) else private for key in self.base_fields if key != "revision"
        }
        super().__init__(*args, **kwargs)

    @property
    def groups(self) -> list[tuple[str, list[BoundField]]]:
        """The fields under the titles of their clauses."""
        found = []
        for clause in self.clauses.clauses:
            keys = [blank.key for blank in clause.blanks] + [rules.ADDED_TO.get(clause.key, "")]
            if held := [self[key] for key in keys if key in self.fields]:
                found.append((clause.title, held))
        return found

    def clean(self) -> dict[str, Any]:
        """An answer needs something that can stand in a sentence; the last day comes after the first."""
        said = super().clean() or self.cleaned_data
        for blank in self.clauses.blanks:
            answer = said.get(blank.key)
            if isinstance(answer, str) and answer and not one_line(answer):
                self.add_error(blank.key, _("Write a word or two."))
        if fault := rules.fault_of_dates(said.get("start"), said.get("end")):
            self.add_error("end", fault)
        return said

    @property
    def answers(self) -> dict[str, str]:
        """What was filled in, as it is kept."""
        return {key: _kept(value) for key, value in self.cleaned_data.items() if key != "revision"}

    def show_other(self, name: str, answers: Mapping[str, str], revision: int) -> None:
        """After the other one saved: keep these words, put theirs beside them, and let the next saving go through."""
        mine = self.answers
        self.data = self.data.copy()
        self.data["revision"] = str(revision)
        words = _(
            "%(name)s saved something else while you were writing. Your words are still here, and where the two "
            "differ, theirs stand beside them. Save again to keep yours, or write both together."
        )
        self.add_error(None, words % {"name": name})
        for key, theirs in answers.items():
            if key in self.fields and mine.get(key, "") != theirs:
                self.add_error(key, _("%(name)s wrote: %(words)s") % {"name": name, "words": theirs or "–"})


def _kept(value: Any) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value).strip()


def _asked(clauses: ClauseSet, whole: bool) -> dict[str, fields.Field]:
    asked = {blank.key: _field(blank, whole) for blank in clauses.blanks}
    for key, label, hint in (
        (rules.NOT_COVERED, _("What else you leave out"), _("Something that you would rather not talk about here.")),
        (rules.OWN_WORDS, _("What you expect of each other, in your own words"), ""),
    ):
        widget = fields.Textarea(attrs={"rows": 4})
        asked[key] = fields.CharField(
            label=label, help_text=hint, max_length=LONGEST_WORDS, widget=widget, required=False
        )
    return asked


def _field(blank: Blank, whole: bool) -> fields.Field:
    if blank.kind == "date":
        return fields.DateField(label=blank.label, required=whole, widget=fields.DateInput)
    if blank.kind == "number":
        return fields.IntegerField(label=blank.label, required=whole, min_value=1, max_value=MOST_SESSIONS)
    return fields.CharField(label=blank.label, required=whole, max_length=LONGEST_ANSWER)


class Sign(forms.Form):
    """The box that is ticked before signing, and the proof of what stood on the page."""

    shown = fields.CharField(widget=fields.HiddenInput, required=False, max_length=2000)
    read = fields.BooleanField()

    def __init__(self, intent: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["read"].label = intent
