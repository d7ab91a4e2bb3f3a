"""The questions behind a recommendation."""

from collections.abc import Mapping
from typing import Any

from django import forms

from alongside.foundation.ui.forms import Form
from alongside.guidance import Fit

ASKED = "is_asked"  # no situation can have this key


class AnswersForm(Form):
    """One question for each situation of a table. None must be answered; what is left open does not count."""

    is_asked = forms.CharField(widget=forms.HiddenInput, initial="1", required=False, max_length=1)

    def __init__(self, table: Fit, data: Mapping[str, Any]) -> None:
        self.base_fields = self.base_fields | {held.key: _question(held) for held in table.situations}
        super().__init__(data if any(name in data for name in self.base_fields) else None)

    def answers(self) -> dict[str, int]:
        """What was answered, by situation."""
        return {name: held for name, held in self.cleaned_data.items() if name != ASKED and held is not None}


def _question(situation: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=situation.question,
        choices=list(enumerate(situation.levels)),
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
