"""Forms of readiness: the code of ethics, training, what a programme asks, and the list of who waits for what."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.foundation import access
from alongside.foundation.events.refs import new_ref
from alongside.foundation.ui.forms import FilterForm, Form, prepare
from alongside.programmes.terms import Part
from alongside.readiness.models import EthicsCode, Module
from alongside.readiness.queries import Asking
from alongside.readiness.queries.training import Seen
from alongside.readiness.terms import Asked, ConflictKind, Decision, Need, Outcome

_QUESTION, _OF_MODULE = "question-", ("title", "summary", "minutes", "text", "link", "is_met")
_FILE = ("file", "without_file")
STATES = [("", _("All")), ("ready", _("Ready")), ("waiting", _("Something is left"))]


class CodeForm(Form):
    """A version of the code: one of a professional body by name and link, or the organisation's own text."""

    name = forms.CharField(
        label=_("What it is called"), max_length=100, help_text=_("Such as “Global Code of Ethics”, or your own title.")
    )
    edition = forms.CharField(
        label=_("Which version"), max_length=60, required=False, help_text=_("As its authors name it, with its date.")
    )
    link = forms.URLField(
        label=_("Where it can be read"),
        max_length=300,
        required=False,
        assume_scheme="https",
        help_text=_("The address of the code itself, if somebody else has written it."),
    )
    text = forms.CharField(
        label=_("Its text, if it is your own"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_("Lines that begin with a hyphen become a list; an empty line parts paragraphs."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, held: EthicsCode | None, **kwargs: Any) -> None:
        before = {name: getattr(held, name) for name in ("name", "edition", "link", "text")} if held else {}
        super().__init__(*args, initial=before | {"seen": held.number if held else 0}, **kwargs)
        label = access.label("readiness.code")
        self.readers = dict.fromkeys(("name", "edition", "text"), label)

    def clean(self) -> dict[str, Any]:
        """Either somebody else's code by its link, or a text."""
        said = super().clean() or self.cleaned_data
        if not {"link", "text"} & self.errors.keys() and not (said.get("link") or said.get("text")):
            self.add_error("link", _("Give a link to the code, or write its text below."))
        return said


class RuleForm(Form):
    """What is asked of mentors and of mentees, and whether pairs wait for it."""

    mentors = forms.MultipleChoiceField(
        label=_("Of mentors"), choices=Asked.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    mentees = forms.MultipleChoiceField(
        label=_("Of mentees"), choices=Asked.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    holds_pairs = forms.BooleanField(
        label=_("A new pair begins only once both are ready"),
        required=False,
        help_text=_("Without this, what is left is shown to everybody concerned, and holds nobody up."),
    )

    def __init__(self, *args: Any, asking: Asking, **kwargs: Any) -> None:
        before = {"mentors": asking.mentors, "mentees": asking.mentees, "holds_pairs": asking.holds_pairs}
        super().__init__(*args, initial=before, **kwargs)


class DoForm(Form):
    """The questions at the end of a part. What is wrong is said beside the question; only that it is done is kept."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, data: Any, *, seen: Seen) -> None:
        super().__init__(data, initial={"seen": seen.module.revision})
        self.part, self.why_not = seen, ""
        for question in seen.questions:
            field = forms.ChoiceField(
                label=question.words,
                choices=[(choice.key, choice.words) for choice in question.choices],
                widget=forms.RadioSelect,
            )
            prepare(field)
            self.fields[_QUESTION + question.key] = field

    def answers(self) -> dict[str, str]:
        """What was chosen, by question."""
        return {question.key: self.cleaned_data[_QUESTION + question.key] for question in self.part.questions}

    def mark(self, wrong: list[str]) -> None:
        """Say beside each of these questions what there is to say of the answer that was chosen."""
        given = self.answers()
        for question in self.part.questions:
            if question.key in wrong:
                chosen = next(choice for choice in question.choices if choice.key == given[question.key])
                self.add_error(_QUESTION + question.key, chosen.feedback)

    def questions(self) -> list[Any]:
        """The fields of the questions, in their order."""
        return [self[_QUESTION + question.key] for question in self.part.questions]


class ModuleForm(Form):
    """A part of the training. Of a shipped one only whom it is asked of, and how long it holds."""

    title = forms.CharField(label=_("Title"), max_length=100)
    summary = forms.CharField(
        label=_("What it is about"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    minutes = forms.IntegerField(label=_("How many minutes it takes"), min_value=1, max_value=480)
    text = forms.CharField(
        label=_("Text"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("Lines that begin with a hyphen become a list; an empty line parts paragraphs."),
    )
    link = forms.URLField(
        label=_("Or a link"),
        max_length=300,
        required=False,
        assume_scheme="https",
        help_text=_("To a page, film or file elsewhere that everybody who is asked can open."),
    )
    file = forms.FileField(
        label=_("Or a file"), required=False, help_text=_("A PDF, which everybody in the organisation can download.")
    )
    without_file = forms.BooleanField(label=_("Take the file away that is there now"), required=False)
    is_met = forms.BooleanField(
        label=_("People meet for it"),
        required=False,
        help_text=_("It is done by being there. You set the days on its page, and write down who came."),
    )
    mentors = forms.ChoiceField(label=_("For mentors"), choices=Need.choices, widget=forms.RadioSelect)
    mentees = forms.ChoiceField(label=_("For mentees"), choices=Need.choices, widget=forms.RadioSelect)
    valid_months = forms.IntegerField(
        label=_("How many months it holds"),
        required=False,
        min_value=1,
        max_value=120,
        help_text=_("After that it is to be done again. Leave it empty if once is enough."),
    )
    again = forms.BooleanField(
        label=_("Whoever has done it does it again"),
        required=False,
        help_text=_("For a change that matters. Without this, what people have done goes on to count."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1, required=False)

    def __init__(self, data: Any, given: Any = None, *, held: Module | None = None) -> None:
        before: dict[str, Any] = {"mentors": Need.REQUIRED, "mentees": Need.NONE, "minutes": 15}
        if held:
            before = {name: getattr(held, name) for name in (*_OF_MODULE, "mentors", "mentees", "valid_months")}
            before["seen"] = held.revision
        super().__init__(data, given, initial=before)
        self.held = held
        for name in (*_OF_MODULE, *_FILE) if held and held.source else ():
            del self.fields[name]
        if held is None or held.file is None:
            self.fields.pop("without_file", None)
        if held is None:
            del self.fields["again"]
        else:
            self.fields["seen"].required = True
        self.readers = dict.fromkeys(("title", "summary", "text"), access.label("readiness.module"))

    def clean(self) -> dict[str, Any]:
        """A text, a link, a file, or a day on which people meet; a shipped part has its own."""
        said = super().clean() or self.cleaned_data
        is_own = "text" in self.fields and not {"link", "text", "file"} & self.errors.keys()
        keeps = self.held is not None and self.held.file is not None and not said.get("without_file")
        if is_own and not (keeps or any(said.get(name) for name in ("link", "text", "file", "is_met"))):
            self.add_error("text", _("Write a text, or give a link or a file below."))
        return said


class ConflictForm(Form):
    """A conflict of interest, in one's own words. `ref` names the form: it counts once, however often it is sent."""

    ref = forms.SlugField(widget=forms.HiddenInput, min_length=12, max_length=12, initial=new_ref)

    kind = forms.ChoiceField(label=_("What is it about?"), choices=ConflictKind.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("With whom, and what should be known?"),
        max_length=2000,
        widget=forms.Textarea,
        help_text=_("As much as is needed to decide, and no more. Two sentences are often enough."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.readers = {"words": access.label("readiness.conflict")}


class DecisionForm(Form):
    """What a coordinator decides about a declared conflict."""

    decision = forms.ChoiceField(label=_("What do you decide?"), choices=Decision.choices, widget=forms.RadioSelect)
    answer = forms.CharField(
        label=_("Your words to them"),
        max_length=2000,
        required=False,
        widget=forms.Textarea,
        help_text=_("Such as what is agreed so that it can go on. They read it on their page."),
    )

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = access.label("readiness.conflict")
        self.readers = {
            "answer": (label.figures, _("%(name)s and the programme’s coordinators can read this") % {"name": name})
        }

    def clean(self) -> dict[str, Any]:
        """“With what is written here” needs something written."""
        said = super().clean() or self.cleaned_data
        if said.get("decision") == Decision.CARE and not said.get("answer"):
            self.add_error("answer", _("Write what is agreed, so that it can go on."))
        return said


class VettingForm(Form):
    """What came of vetting somebody. `seen` is what was known before."""

    kind = forms.CharField(
        label=_("What kind of vetting"), max_length=60, help_text=_("As your organisation calls it, with its level.")
    )
    outcome = forms.ChoiceField(label=_("What came of it"), choices=Outcome.choices, widget=forms.RadioSelect)
    decided_on = forms.DateField(label=_("On which day"), widget=forms.DateInput)
    number = forms.CharField(
        label=_("Its number"),
        max_length=60,
        required=False,
        help_text=_("By which it is found again. Do not write down what a certificate says, and keep no copy here."),
    )
    recheck_on = forms.DateField(label=_("When it is due again"), required=False, widget=forms.DateInput)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=12, required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        words = _("They, the coordinators of their programmes and the safeguarding lead can read this")
        self.readers = dict.fromkeys(("kind", "number"), (3, words))

    def clean(self) -> dict[str, Any]:
        """A day that has been, and a later one for the next time."""
        said = super().clean() or self.cleaned_data
        day, again = said.get("decided_on"), said.get("recheck_on")
        if day and day > self.today:
            self.add_error("decided_on", _("Choose a day that is not in the future."))
        if day and again and again <= day:
            self.add_error("recheck_on", _("Choose a day after the one on which it was done."))
        return said


class VettingFilter(FilterForm):
    """The controls above the safeguarding lead's list."""

    q = forms.CharField(label=_("Name"), max_length=100)
    state = forms.ChoiceField(
        label=_("How it stands"), choices=[("", _("All")), ("due", _("Due again")), *Outcome.choices]
    )


class ReadinessFilter(FilterForm):
    """The controls above the list of who waits for what."""

    q = forms.CharField(label=_("Name"), max_length=100)
    part = forms.ChoiceField(
        label=_("Part"),
        choices=[("", _("All")), *((part.value, part.label) for part in (Part.MENTOR, Part.MENTEE))],
    )
    state = forms.ChoiceField(label=_("How it stands"), choices=STATES)
    lacks = forms.ChoiceField(label=_("Lacks"), choices=[("", _("All")), *Asked.choices])
