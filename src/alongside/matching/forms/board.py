"""Forms of the board: what the list is narrowed to, how it is worked out again, and the words that go out."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from alongside.foundation.ui.forms import FilterForm, Form
from alongside.matching.queries import boards
from alongside.matching.terms import MarkKind

KEEP, FIXED, ANEW = "keep", "fixed", "anew"


class PairsFilter(FilterForm):
    """The controls above the pairs of a run."""

    q = forms.CharField(label=_("Name"), max_length=100, widget=forms.TextInput({"type": "search", "size": "18"}))
    state = forms.ChoiceField(label=_("State"))
    site = forms.ChoiceField(label=_("Site"))

    def __init__(self, *args: Any, look: int = 0, held: int = 0, sites: list[str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [  # type: ignore[attr-defined]
            ("", _now("All")),
            (boards.LOOK, _now("Still to look at (%(count)s)") % {"count": look}),
            (boards.SEEN, _now("Looked at")),
            (boards.HELD, _now("Locked (%(count)s)") % {"count": held}),
        ]
        if sites:
            self.fields["site"].choices = [("", _now("Everywhere")), *((site, site) for site in sites)]  # type: ignore[attr-defined]
        else:
            del self.fields["site"]


class MentorFilter(FilterForm):
    """The search above the mentors for one mentee."""

    q = forms.CharField(label=_("Find a mentor"), max_length=100, widget=forms.TextInput({"type": "search"}))


class Again(Form):
    """How the pairs are worked out once more."""

    how = forms.ChoiceField(
        label=_("What becomes of the pairs as they are"),
        choices=[
            (KEEP, _("Keep them where nothing better comes of it")),
            (FIXED, _("Keep every pair, and look only for those who are not placed")),
            (ANEW, _("Begin anew")),
        ],
        initial=KEEP,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, bonus: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["how"].choice_hints = {  # type: ignore[attr-defined]
            KEEP: _now("A pair that stays counts %(count)s points of a hundred more.") % {"count": bonus},
            FIXED: _now("The quickest where somebody has come since. It can place fewer people than beginning anew."),
            ANEW: _now("Only your locks stay."),
        }


class MarkTwo(Form):
    """A mentee, a mentor, and what is said of them; empty takes it back."""

    mentee = forms.SlugField(max_length=12)
    mentor = forms.SlugField(max_length=12)
    kind = forms.ChoiceField(choices=[("", ""), *MarkKind.choices], required=False)
    seen = forms.IntegerField(min_value=0)
    again = forms.BooleanField(required=False)


class AskTwo(Form):
    """A mentee and a mentor, of whom one asks why they are not paired."""

    mentee = forms.SlugField(max_length=12)
    mentor = forms.SlugField(max_length=12)


class Seen(Form):
    """The revision of a round that somebody has looked at."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class Words(Seen):
    """What a coordinator says to everybody who is told."""

    readers = {"words": (4, _("Every mentee and mentor who is told can read this"))}
    words = forms.CharField(
        label=_("Your words to everybody"),
        help_text=_("Each person also reads whom they are proposed, why, and how to say no without a reason."),
        widget=forms.Textarea({"rows": 4}),
        max_length=2000,
        required=False,
    )
