"""Forms of the training's own questions and days."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.foundation import access, clock
from alongside.foundation.events.refs import new_ref
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership
from alongside.foundation.ui.forms import Form
from alongside.readiness import rules
from alongside.readiness.actions.days import Set
from alongside.readiness.models import TrainingDay
from alongside.readiness.queries import days

ANSWERS = (1, 2, 3, 4)


class QuestionForm(Form):
    """A question, two to four answers to choose from, what is said about each, and which of them is right."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    words = forms.CharField(label=_("The question"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    right = forms.ChoiceField(
        label=_("Which answer is right?"),
        choices=[(str(number), _("Answer %(number)d") % {"number": number}) for number in ANSWERS],
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any, *, seen: int, held: rules.Question | None = None) -> None:
        before: dict[str, Any] = {"seen": seen}
        if held:
            before["words"] = held.words
            for number, choice in zip(ANSWERS, held.choices, strict=False):
                before |= {f"answer_{number}": choice.words, f"feedback_{number}": choice.feedback}
                before |= {"right": str(number)} if choice.right else {}
        super().__init__(data, initial=before)
        self.held = held
        written = [name for name in self.fields if name not in ("seen", "right")]
        self.readers = dict.fromkeys(written, access.label("readiness.module"))

    def clean(self) -> dict[str, Any]:
        """Answers from the first on, each with what is said about it; the right one is among them."""
        said = super().clean() or self.cleaned_data
        given = [number for number in ANSWERS if said.get(f"answer_{number}")]
        for number in given:
            if not said.get(f"feedback_{number}") and f"feedback_{number}" not in self.errors:
                self.add_error(f"feedback_{number}", _("Write what somebody reads who has chosen this answer."))
        if said.get("right") and int(said["right"]) not in given:
            self.add_error("right", _("Choose an answer that you have written."))
        return said

    def question(self) -> rules.Question:
        """What was written, as a question; one that is changed keeps its key."""
        said = self.cleaned_data
        choices = [
            rules.Choice(
                str(number), said[f"answer_{number}"], said[f"feedback_{number}"], said["right"] == str(number)
            )
            for number in ANSWERS
            if said[f"answer_{number}"]
        ]
        return rules.Question(self.held.key if self.held else new_ref(), said["words"], tuple(choices))


def _answer(number: int) -> dict[str, forms.Field]:
    is_needed = number <= ANSWERS[1]
    label = _("Answer %(number)d") % {"number": number}
    said = _("What is said to whoever chooses answer %(number)d") % {"number": number}
    return {
        f"answer_{number}": forms.CharField(label=label, max_length=200, required=is_needed),
        f"feedback_{number}": forms.CharField(
            label=said, max_length=300, required=is_needed, widget=forms.Textarea(attrs={"rows": 2})
        ),
    }


for _number in ANSWERS:
    QuestionForm.base_fields |= _answer(_number)
QuestionForm.base_fields["right"] = QuestionForm.base_fields.pop("right")  # at the end, after the answers


class DayForm(Form):
    """When and where people meet for a part of the training."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput)
    at = forms.TimeField(label=_("Time"), widget=forms.TimeInput)
    minutes = forms.IntegerField(label=_("How many minutes it takes"), min_value=10, max_value=600, initial=120)
    place = forms.CharField(
        label=_("Where"), max_length=200, help_text=_("A room with its building, or the address of a call.")
    )
    seats = forms.IntegerField(
        label=_("How many can come"), min_value=1, max_value=2000, required=False,
        help_text=_("Leave it empty if there is room for everybody."),
    )  # fmt: skip

    def __init__(self, data: Any, *, zone: str, held: TrainingDay | None = None) -> None:
        before: dict[str, Any] = {}
        if held:
            wall = held.starts_at.astimezone(ZoneInfo(zone))
            before = {"day": wall.date(), "at": wall.time().replace(second=0, microsecond=0)}
            before |= {name: getattr(held, name) for name in ("minutes", "place", "seats")}
        super().__init__(data, initial=before)
        self.zone = zone
        self.readers = {"place": access.label("readiness.module")}

    def clean(self) -> dict[str, Any]:
        """A time that exists, and is to come."""
        said = super().clean() or self.cleaned_data
        if (day := said.get("day")) and (at := said.get("at")):
            said["starts_at"] = rules.instant(day, at, self.zone)
            if said["starts_at"] is None:
                self.add_error("at", _("The clocks go forward then, and this time does not exist. Choose another."))
            elif said["starts_at"] <= clock.now():
                self.add_error("day", _("Choose a time that is still to come."))
        return said

    def wanted(self) -> Set:
        """What was chosen."""
        said = self.cleaned_data
        return Set(said["starts_at"], said["minutes"], said["place"], said["seats"])


class SomebodyForm(Form):
    """One person, by address or full name."""

    who = forms.CharField(
        label=_("Somebody who is not on the list"), max_length=254, help_text=_("Their e-mail address or full name.")
    )

    def __init__(self, data: Any, *, actor: Actor) -> None:
        super().__init__(data)
        self.actor = actor

    def clean_who(self) -> Membership:
        """The one who is meant."""
        found: Sequence[Membership] = days.named(self.actor, self.cleaned_data["who"])
        if not found:
            raise forms.ValidationError(
                _("Nobody in your programmes has this address or name. Look at how it is spelled.")
            )
        if len(found) > 1:
            raise forms.ValidationError(_("Several people have this name. Use the e-mail address."))
        return found[0]
