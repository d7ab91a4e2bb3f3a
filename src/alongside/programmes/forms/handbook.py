"""Writing a section of the handbook."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as lazy

from alongside.foundation import access
from alongside.foundation.ui.forms import Form
from alongside.programmes.models import HandbookEdition
from alongside.programmes.terms import Placing


class HandbookWords(Form):
    """Own words for a section, and where they stand."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    words = forms.CharField(
        label=lazy("Your own words"),
        help_text=lazy(
            "An empty line begins a paragraph, a hyphen at the beginning of a line an entry of a list; **two stars** "
            "make words strong. Leave it empty to show the section as it is generated."
        ),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 12}),
        required=False,
    )
    placing = forms.ChoiceField(
        label=lazy("Where they stand"),
        choices=Placing.choices,
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any = None, *, edition: HandbookEdition | None = None) -> None:
        held = {
            "seen": edition.number if edition else 0,
            "words": edition.words if edition else "",
            "placing": edition.placing if edition else Placing.FIRST,
        }
        super().__init__(data, initial=held)
        self.fields["words"].readers = access.label("programmes.read")  # type: ignore[attr-defined]
