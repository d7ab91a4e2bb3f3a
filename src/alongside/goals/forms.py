"""Forms of goals: writing one, marking one."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alongside.foundation import access, clock
from alongside.foundation.events.refs import LENGTH, new_ref
from alongside.foundation.ui.forms import Form
from alongside.goals import rules
from alongside.goals.actions import Wanted
from alongside.goals.queries import SeenGoal
from alongside.goals.terms import HIGHEST, LOWEST
from alongside.relationships.queries import Pair

_SCALE = [
    (LOWEST, _("0, nothing of it yet")),
    *((number, str(number)) for number in range(LOWEST + 1, HIGHEST)),
    (HIGHEST, _("10, all of it")),
]


def _scale(label: Any, **kwargs: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, choices=[("", _("Choose a number")), *_SCALE], coerce=int, **kwargs)


def _text(label: Any, *, required: bool = False, most: int = 1000, hint: Any = "") -> forms.CharField:
    return forms.CharField(label=label, required=required, max_length=most, help_text=hint, widget=forms.Textarea())


def _label(pair: Pair, shared: bool | None) -> access.Label:
    """Who can read a goal that is shared or private, or (None) for which that is still to be chosen."""
    row = {True: "goals.read_shared", False: "goals.read_private", None: "goals.read"}[shared]
    return access.label(row, partner=pair.partner.short_name if pair.partner else "")


class GoalForm(Form):
    """A goal in the mentee's words. Only the words and the two numbers are asked for; the rest may stay empty."""

    words = _text(_("What do you want?"), required=True, most=400, hint=_("In your own words; one goal at a time."))
    why = _text(_("Why does it matter to you?"))
    start = _scale(_("Where do you start?"), help_text=_("On your own scale, today."))
    start_words = _text(_("What is it like there?"))
    hope = _scale(_("Where do you hope to be?"), help_text=_("It need not be 10."))
    signs = _text(_("How will you know that you are there?"), hint=_("What you, or others, would see or hear."))
    target_on = forms.DateField(label=_("By when?"), required=False)

    def __init__(self, *args: Any, pair: Pair, seen: SeenGoal | None = None, zone: str = "UTC", **kwargs: Any) -> None:
        super().__init__(*args, initial=self._before(seen), **kwargs)
        self.seen, self.zone = seen, zone
        label = _label(pair, seen.goal.shared if seen else None)
        self.readers = dict.fromkeys(("words", "why", "start_words", "signs"), label)
        if seen and seen.marks:
            for name in ("start", "start_words"):
                self.fields[name].disabled = True

    @staticmethod
    def _before(seen: SeenGoal | None) -> dict[str, Any]:
        if seen is None:
            return {}
        numbers = {name: getattr(seen.goal, name) for name in ("start", "hope", "target_on")}
        return numbers | {name: getattr(seen, name) or "" for name in ("words", "why", "signs", "start_words")}

    def clean(self) -> dict[str, Any]:
        """A hope above the start, and a day that is still to come."""
        cleaned: dict[str, Any] = super().clean() or {}
        start, hope = cleaned.get("start"), cleaned.get("hope")
        if isinstance(start, int) and isinstance(hope, int) and (fault := rules.fault_of_scale(start, hope)):
            self.add_error("hope", ValidationError(fault))
        before = self.seen.goal.target_on if self.seen else None
        if fault := rules.fault_of_target(cleaned.get("target_on"), before, clock.today(self.zone)):
            self.add_error("target_on", ValidationError(fault))
        return cleaned

    def wanted(self) -> Wanted:
        """What was written, as the action takes it."""
        return Wanted(**{name: self.cleaned_data[name] for name in Wanted._fields})


class NewGoalForm(GoalForm):
    """A new goal: also whether the mentor may read it, and the form's own name, so that it counts once."""

    shared = forms.BooleanField(label="", required=False)
    ref = forms.RegexField(rf"^[a-z]{{{LENGTH}}}$", widget=forms.HiddenInput(), initial=new_ref)

    def __init__(self, *args: Any, pair: Pair, **kwargs: Any) -> None:
        super().__init__(*args, pair=pair, **kwargs)
        partner = pair.partner.short_name if pair.partner else ""
        self.fields["shared"].label = _("Share this goal with %(name)s") % {"name": partner}
        self.fields["shared"].help_text = _("Without this, only you can read it. You can change your mind at any time.")


class MarkForm(Form):
    """How far a goal has come today."""

    value = _scale(_("Where are you now?"))
    words = _text(_("What has changed?"))

    def __init__(self, *args: Any, pair: Pair, shared: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.readers = {"words": _label(pair, shared)}
