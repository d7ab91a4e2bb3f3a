"""Forms of the organisation's words for skills."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alongside.foundation.ui.forms import FilterForm, Form
from alongside.people.models import Skill
from alongside.people.queries import skills
from alongside.people.terms import SkillState

_STATES = (SkillState.PROPOSED, SkillState.ACCEPTED, SkillState.RETIRED)


class VocabularyFilter(FilterForm):
    """The controls above the vocabulary."""

    q = forms.CharField(label=_("Word"), max_length=80)
    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("Proposed and accepted")), *[(one.value, one.label) for one in _STATES]]
    )


class WordForm(Form):
    """One word."""

    name = forms.CharField(label=_("Word"), max_length=80)

    def __init__(self, *args: Any, label: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if label:
            self.fields["name"].label = label


class MergeForm(Form):
    """Which skill a word is to lead to: typed, with the accepted ones suggested."""

    into = forms.CharField(
        label=_("The skill it is another word for"),
        max_length=80,
        widget=forms.TextInput(attrs={"list": "skills", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, skill: Skill, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.skill = skill

    def clean_into(self) -> Skill:
        """A word of the vocabulary, or one that leads to it."""
        found = skills.find(self.skill.organisation, self.cleaned_data["into"])
        if found is None:
            raise ValidationError(_("The vocabulary has no such word. Choose one that is suggested, or add it first."))
        return found
