"""Forms of the way into a programme: the application, decisions about it, and the list of applications."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from alongside.foundation import access, clock
from alongside.foundation.identity.actors import Actor
from alongside.foundation.ui.forms import FilterForm, Form
from alongside.programmes import rules
from alongside.programmes.actions import Said, Verdict
from alongside.programmes.actions.applying import LONGEST_ANSWER
from alongside.programmes.models import ApplicationQuestion, Programme
from alongside.programmes.terms import JoiningState, Part, Step

FITS = [("yes", lazy("Yes")), ("no", lazy("I am not sure"))]
AS_FITS = {"yes": True, "no": False}
SHOWN = (
    JoiningState.APPLIED, JoiningState.WAITING, JoiningState.ASKED, JoiningState.TAKING_PART,
    JoiningState.TURNED_DOWN, JoiningState.WITHDRAWN, JoiningState.LEFT, JoiningState.ENDED, JoiningState.LAPSED,
    JoiningState.CARRIED,
)  # fmt: skip


class Application(Form):
    """What an application asks: whether it fits, and the programme's own questions for the part."""

    def __init__(
        self, data: Mapping[str, Any] | None, questions: Iterable[ApplicationQuestion], said: Said, *, eligibility: str
    ) -> None:
        self.questions = list(questions)
        fits = {True: "yes", False: "no"}.get(said.fits) if said.fits is not None else None
        answers = {_name(question): said.answers.get(question.ref, "") for question in self.questions}
        super().__init__(data, initial={"fits": fits, **answers})
        if eligibility:
            self.fields["fits"] = forms.ChoiceField(
                label=_("Does this describe you?"),
                help_text=eligibility,
                choices=FITS,
                widget=forms.RadioSelect,
                error_messages={"required": _("Say whether this describes you. You can apply either way.")},
            )
        for question in self.questions:
            self.fields[_name(question)] = self._answer(question)

    def _answer(self, question: ApplicationQuestion) -> forms.CharField:
        wanted = {"required": _("Answer “%(question)s”.") % {"question": question.words}}
        field = forms.CharField(
            label=question.words,
            required=question.needed,
            widget=forms.Textarea,
            max_length=LONGEST_ANSWER,
            error_messages=wanted,
        )
        field.readers = access.label("programmes.answers")  # type: ignore[attr-defined]
        return field

    def said(self) -> Said:
        """What is written, as far as it can be kept."""
        cleaned = getattr(self, "cleaned_data", {})
        answers = {question.ref: cleaned.get(_name(question), "") for question in self.questions}
        return Said(answers, AS_FITS.get(cleaned.get("fits", "")))


def _name(question: ApplicationQuestion) -> str:
    return f"answer_{question.ref}"


class Room(Form):
    """How many mentees a mentor has room for in one programme."""

    capacity = forms.IntegerField(label=lazy("Mentees in this programme"), min_value=0, max_value=rules.MOST_PLACES)


class ApplicationsFilter(FilterForm):
    """The controls above the applications of a programme."""

    q = forms.CharField(label=lazy("Name"), max_length=100)
    part = forms.ChoiceField(
        label=lazy("As"), choices=[("", lazy("All")), (Part.MENTEE, lazy("Mentee")), (Part.MENTOR, lazy("Mentor"))]
    )
    state = forms.ChoiceField(
        label=lazy("How it stands"), choices=[("", lazy("All")), *((state.value, state.label) for state in SHOWN)]
    )
    fits = forms.ChoiceField(label=lazy("Fits, they say"), choices=[("", lazy("All")), *FITS])
    since = forms.DateField(label=lazy("Applied since"), widget=forms.DateInput)


class Decision(Form):
    """The words that go to whoever it is about, and the day of the next news."""

    words = forms.CharField(
        label=lazy("Your words to them"),
        help_text=lazy("They come by mail, and stand on their page. Nothing else is written to them but the decision."),
        widget=forms.Textarea,
        max_length=2000,
        required=False,
    )
    news_by = forms.DateField(
        label=lazy("They hear again by"),
        help_text=lazy("They read this day. Once it has passed, it is your next step."),
        widget=forms.DateInput,
    )

    def __init__(self, data: Mapping[str, Any] | None, step: Step, programme: Programme, by: Actor) -> None:
        self.step, self.today = step, clock.today(by.organisation.timezone)
        proposed = {
            "words": proposed_words(step, programme),
            "news_by": self.today + rules.joining.WAITING_NEWS,
        }
        super().__init__(data, initial=proposed)
        self.fields["words"].required = step == Step.TURN_DOWN
        self.fields["words"].readers = access.label("programmes.application")  # type: ignore[attr-defined]
        if step not in (Step.WAIT, Step.NEWS):
            del self.fields["news_by"]

    def clean_news_by(self) -> Any:
        """A day to come, within a year."""
        day = self.cleaned_data["news_by"]
        if fault := rules.joining.fault_of_news(day, self.today):
            raise forms.ValidationError(str(fault))
        return day

    def verdict(self) -> Verdict:
        """What the action takes."""
        return Verdict(self.step, self.cleaned_data["words"], self.cleaned_data.get("news_by"))


def proposed_words(step: Step, programme: Programme) -> str:
    """Kind words to begin with; the coordinator changes them as they like."""
    said = {
        Step.ACCEPT: _("We are glad to have you in “%(name)s”."),
        Step.WAIT: _(
            "Thank you for applying to “%(name)s”. There is no place at the moment; we should like to keep you on our "
            "list."
        ),
        Step.NEWS: _("You are still on our list for “%(name)s”. No place has become free so far."),
        Step.TURN_DOWN: _(
            "Thank you for applying to “%(name)s”. More people have applied than there are places, and we cannot offer "
            "you one this time. We know that this is not what you hoped for."
        ),
    }
    return said[step] % {"name": programme.name}


__all__ = ["Application", "ApplicationsFilter", "Decision", "Room"]
