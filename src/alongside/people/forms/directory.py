"""The controls above the directory."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.foundation.ui.forms import FilterForm


class DirectoryFilter(FilterForm):
    """A search by whatever people show, and one of the organisation's words for skills."""

    q = forms.CharField(label=_("Search"), max_length=100)
    skill = forms.ChoiceField(label=_("Can offer"))

    def __init__(self, data: Any, *, words: list[str]) -> None:
        super().__init__(data)
        self.fields["skill"].choices = [("", _("Any")), *[(word, word) for word in words]]
        if not words:
            del self.fields["skill"]
