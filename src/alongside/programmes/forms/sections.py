"""One form for each section of a design. Nothing is required: what is missing is said on the way, not refused."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from alongside.foundation import access, clock
from alongside.foundation.ui.forms import Form
from alongside.programmes import advice, queries, rules
from alongside.programmes.actions import Written
from alongside.programmes.forms import lines as of
from alongside.programmes.forms.people import PersonField
from alongside.programmes.queries import Dossier
from alongside.programmes.rules.days import Day
from alongside.programmes.terms import Duty, LawfulBasis, OpenTo, ProgrammeState, Section


def text(label: Any, hint: Any = "", *, most: int = 1000) -> forms.CharField:
    """A field of several lines."""
    return forms.CharField(label=label, help_text=hint, max_length=most, widget=forms.Textarea, required=False)


def words(label: Any, hint: Any = "", *, most: int = 300) -> forms.CharField:
    """A field of one line."""
    return forms.CharField(label=label, help_text=hint, max_length=most, required=False)


def several(label: Any, hint: Any = "") -> forms.MultipleChoiceField:
    """Tick boxes; the choices come when the form is made."""
    return forms.MultipleChoiceField(label=label, help_text=hint, widget=forms.CheckboxSelectMultiple, required=False)


def one_of(label: Any, hint: Any = "") -> forms.ChoiceField:
    """Radio buttons; the choices come when the form is made."""
    return forms.ChoiceField(label=label, help_text=hint, widget=forms.RadioSelect, required=False)


def number(label: Any, least: int, most: int, hint: Any = "") -> forms.IntegerField:
    """A whole number in bounds, which the error names."""
    wrong = lazy("Choose a number from %(least)s to %(most)s.") % {"least": least, "most": most}
    errors = {"min_value": wrong, "max_value": wrong}
    return forms.IntegerField(
        label=label, help_text=hint, min_value=least, max_value=most, required=False, error_messages=errors
    )


def offer(field: forms.Field, options: Iterable[advice.Option]) -> None:
    """Give a field its choices, each with its sentence."""
    held = list(options)
    field.choices = [(option.key, option.words) for option in held]  # type: ignore[attr-defined]
    field.choice_hints = {option.key: option.hint for option in held}  # type: ignore[attr-defined]


class SectionForm(Form):
    """The base: begins with what is saved, or with what somebody had begun to write."""

    section: Section
    shown_to_all: frozenset[str] = frozenset()  # what everybody in the programme reads
    shown_outside: frozenset[str] = frozenset()  # what whoever may apply reads too
    own: tuple[str, ...] = ()  # fields of the design, kept as they are written
    lines: of.Lines | None = None
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, dossier: Dossier, data: Mapping[str, Any] | None = None) -> None:
        self.dossier, self.programme, self.design = dossier, dossier.programme, dossier.design
        self.is_new = self.section not in dossier.saved
        revision = 0 if self.is_new else dossier.saved[self.section].revision
        super().__init__(data, initial=self._saved() | {"seen": revision})
        self.prepare()
        for name, field in self.fields.items():
            if isinstance(field, forms.CharField) and not field.widget.is_hidden:
                row = "programmes.read" if name in self.shown_to_all else "programmes.read_design"
                row = "programmes.open" if name in self.shown_outside else row
                field.readers = access.label(row)  # type: ignore[attr-defined]
            said = name in rules.design.FIXED_AT_LAUNCH and getattr(self.design, name)
            field.disabled = field.disabled or (bool(said) and self.programme.state != ProgrammeState.DRAFT)

    @property
    def own_words(self) -> dict[str, str]:
        """Which of what guidance offers is the organisation's own edition, in words, by kind."""
        return advice.own_words(self.dossier.ours, self.programme.organisation.name)

    def _saved(self) -> dict[str, Any]:
        held = {name: getattr(self.design, name) for name in self.own}
        return held | {name: value for name, value in self.first().items() if not held.get(name)}

    def first(self) -> dict[str, Any]:
        """What stands in fields that hold nothing yet: proposals, and what is kept elsewhere."""
        return {}

    def prepare(self) -> None:
        """Choices, hints and lines, once the fields are there."""

    def open_lines(self, kind: type[of.Lines], initial: list[dict[str, Any]]) -> of.Lines:
        """The lines of the section."""
        self.lines = kind(self.data if self.is_bound else None, prefix="line", initial=initial)
        return self.lines

    @property
    def both(self) -> list[Any]:
        """The form and its lines: what an error summary looks at."""
        return [self, *([self.lines] if self.lines is not None else [])]

    def is_valid(self) -> bool:
        """Is everything sound, in the lines too? Each is checked, so that each says what is wrong."""
        sound = super().is_valid()
        return (self.lines is None or self.lines.is_valid()) and sound

    @property
    def has_errors(self) -> bool:
        """For the page's title."""
        return self.is_bound and not self.is_valid()

    def written(self) -> Written:
        """What the action takes."""
        facts = {name: self.cleaned_data[name] for name in self.own if not self.fields[name].disabled}
        return Written(facts, self.lines.lines() if self.lines is not None else None)


class Why(SectionForm):
    """What it is for, what each side gains, and what it wants to reach."""

    section = Section.WHY
    shown_outside = frozenset({"purpose"})
    own = ("purposes", "benefit_mentee", "benefit_mentor", "benefit_organisation")
    purpose = forms.CharField(
        label=lazy("What it is for"),
        help_text=lazy("Two or three sentences. Mentors and mentees read them first."),
        widget=forms.Textarea,
        max_length=2000,
    )
    purposes = several(lazy("Which of these is it nearest to?"), lazy("They give examples below, once saved."))
    benefit_mentee = text(lazy("What mentees gain"))
    benefit_mentor = text(lazy("What mentors gain"))
    benefit_organisation = text(lazy("What the organisation gains"))

    def first(self) -> dict[str, Any]:
        return {"purpose": self.programme.purpose}

    def prepare(self) -> None:
        known = [one for one in advice.purposes(self.dossier.ours, hidden=True) if self._is_offered(one)]
        offer(self.fields["purposes"], (advice.Option(one.key, one.name, one.words) for one in known))
        chosen = [one for one in known if one.key in self.design.purposes]
        for side in ("mentee", "mentor", "organisation"):
            examples = " ".join(getattr(one, side) for one in chosen)
            hint = _("For example: %(examples)s") % {"examples": examples} if examples else ""
            self.fields[f"benefit_{side}"].help_text = hint
        held = self.dossier.objectives
        begin = of.first(held, "words", "measure", "target", blank=1 if held else 2)
        self.open_lines(of.Objectives, begin)

    def _is_offered(self, one: Any) -> bool:
        return not one.hidden or one.key in self.design.purposes

    def written(self) -> Written:
        said = super().written()
        return Written({**said.facts, "purpose": self.cleaned_data["purpose"]}, said.lines)


class Whom(SectionForm):
    """For whom it is, who can take part, and what whoever applies is asked."""

    section = Section.WHOM
    shown_outside = frozenset({"audience", "eligibility"})
    own = ("audience", "eligibility", "open_to", "one_in_both", "mentee_places", "mentor_places")
    audience = text(lazy("For whom it is"), lazy("For example: newly promoted band 6 and 7 staff, in any department."))
    eligibility = text(
        lazy("Who can take part"),
        lazy("What somebody must bring, and how you decide when more apply than there are places."),
    )
    open_to = forms.ChoiceField(
        label=lazy("Who can apply by themselves"),
        help_text=lazy("From the launch to the end of enrolment, everybody in the organisation finds the programme."),
        choices=OpenTo.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    one_in_both = forms.BooleanField(label=lazy("One person may be mentor and mentee in it"), required=False)
    mentee_places = number(
        lazy("Places for mentees"),
        0,
        rules.joining.MOST_PLACES,
        lazy(
            "Empty: as many as apply. Whoever is too many goes on the waiting list; you can still add people yourself."
        ),
    )
    mentor_places = number(lazy("Places for mentors"), 0, rules.joining.MOST_PLACES)

    def prepare(self) -> None:
        held = self.dossier.questions
        self.open_lines(of.Questions, of.first(held, "words", "asked", "needed", blank=1 if held else 2))


class How(SectionForm):
    """Style, form and rhythm."""

    section = Section.HOW
    shown_to_all = frozenset()
    own = ("style", "shape", "cadence_weeks", "session_minutes", "term_months")
    style = one_of(lazy("Style"))
    shape = one_of(lazy("Form"))
    cadence_weeks = number(lazy("Weeks from one session to the next"), 1, 26)
    session_minutes = number(lazy("Minutes of a session"), 10, 480)
    term_months = number(lazy("Months that a pair goes on"), 1, 60)

    def first(self) -> dict[str, Any]:
        if not self.is_new:
            return {}
        months = round((self.programme.ends_on - self.programme.starts_on).days / 30.44)
        return {
            "cadence_weeks": rules.days.USUAL_CADENCE,
            "session_minutes": 60,
            "term_months": max(1, min(months, 60)),
        }

    def prepare(self) -> None:
        offer(self.fields["style"], advice.styles())
        offer(self.fields["shape"], advice.shapes())


class Who(SectionForm):
    """Who covers, who sponsors, whom people ask about their data."""

    section = Section.WHO
    shown_to_all = frozenset({"privacy_contact"})
    own = ("privacy_contact",)
    cover = PersonField(
        label=lazy("Who covers for the coordinator"),
        help_text=lazy(
            "Work e-mail, employee number or whole name, as on the people list. They coordinate the programme as well "
            "from then on."
        ),
    )
    sponsor = PersonField(
        label=lazy("Sponsor"),
        help_text=lazy("Who can find time and money, and gets the report. They see nothing of any pair."),
    )
    privacy_contact = forms.EmailField(label=lazy("Privacy contact of this programme"), max_length=254, required=False)

    def first(self) -> dict[str, Any]:
        return {duty: queries.known_by(self.dossier.named.get(duty)) for duty in Duty.values}

    def prepare(self) -> None:
        organisation = self.programme.organisation
        for duty in Duty.values:
            self.fields[duty].organisation = organisation  # type: ignore[attr-defined]
        if organisation.privacy_contact:
            hint = _("Leave it empty for the organisation’s: %(address)s")
            self.fields["privacy_contact"].help_text = hint % {"address": organisation.privacy_contact}
        else:
            self.fields["privacy_contact"].help_text = _("Where people write about their data.")

    def written(self) -> Written:
        return Written(super().written().facts, named={duty: self.cleaned_data[duty] for duty in Duty.values})


class Tools(SectionForm):
    """Which ways to find a goal and to review people are offered."""

    section = Section.TOOLS
    own = ("goal_tools", "review_methods")
    goal_tools = several(lazy("Ways to find a goal"), lazy("Three or more. Each mentee picks one of them, or none."))
    review_methods = several(lazy("Ways to review"), lazy("Two or more."))

    def prepare(self) -> None:
        ours, design = self.dossier.ours, self.design
        offer(self.fields["goal_tools"], advice.goal_tools(ours, design.goal_tools))
        offer(self.fields["review_methods"], advice.review_methods(ours, design.review_methods))


class Calendar(SectionForm):
    """First and last day, and the days between."""

    section = Section.CALENDAR
    starts_on = forms.DateField(label=lazy("First day"), widget=forms.DateInput)
    ends_on = forms.DateField(label=lazy("Last day"), widget=forms.DateInput)

    def __init__(self, dossier: Dossier, data: Mapping[str, Any] | None = None, *, propose: bool = False) -> None:
        self.propose = propose
        super().__init__(dossier, data)

    def first(self) -> dict[str, Any]:
        return {"starts_on": self.programme.starts_on, "ends_on": self.programme.ends_on}

    def prepare(self) -> None:
        held = of.first(self.dossier.entries, "kind", "day", "words", blank=0)
        if self.propose:
            held += [vars(day) | {"ref": ""} for day in self.proposed()]
        self.open_lines(of.Entries, [*held, *of.first((), blank=1 if held else 3)])

    def proposed(self) -> list[Day]:
        """The usual days, without kinds that are set already."""
        programme, kinds = self.programme, {entry.kind for entry in self.dossier.entries}
        today = clock.today(programme.organisation.timezone)
        usual = rules.days.usual(programme.starts_on, programme.ends_on, today, self.design.cadence_weeks)
        return [day for day in usual if day.kind not in kinds]

    def clean(self) -> dict[str, Any]:
        """The last day comes after the first, and every day lies where it can."""
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and (fault := rules.fault_of_dates(first, last)):
            self.add_error("ends_on", fault)
        elif first and last and self.lines is not None and self.lines.is_valid():
            self._check_days(first, last)
        return cleaned

    def _check_days(self, first: Any, last: Any) -> None:
        lines = self.lines.forms if self.lines is not None else []
        said = [(line, held) for line in lines if (held := line.line())]
        days = [Day(held["kind"], held["day"]) for _line, held in said]
        for line, held in said:
            fault = rules.days.fault_of_day(held["kind"], held["day"], first, last)
            if fault := fault or rules.days.fault_of_order(held["kind"], held["day"], days):
                line.add_error("day", fault)

    def written(self) -> Written:
        said = super().written()
        return Written({name: self.cleaned_data[name] for name in ("starts_on", "ends_on")}, said.lines)


class Privacy(SectionForm):
    """Lawful basis, notice, how long records are kept, and the impact assessment."""

    section = Section.PRIVACY
    shown_to_all = frozenset({"notice", "notice_version"})
    own = ("basis", "basis_reason", "notice", "notice_version", "assessed_on", "assessment")
    basis = one_of(lazy("Lawful basis"))
    basis_reason = text(lazy("Why it fits"), lazy("What was weighed, or where that is written down."))
    notice = words(
        lazy("Where people read your privacy notice"),
        lazy("A web address, or a place that everybody finds, such as the staff handbook, chapter 7."),
    )
    notice_version = words(lazy("Which version"), lazy("Its date or number."), most=60)
    agreed = forms.BooleanField(
        label=lazy("These times are agreed with whoever is responsible for data protection"), required=False
    )
    assessed_on = forms.DateField(label=lazy("Day of the impact assessment"), widget=forms.DateInput, required=False)
    assessment = words(
        lazy("Where the assessment is, or why there is none"),
        lazy("Matching people and keeping records about them usually deserves one."),
    )

    def first(self) -> dict[str, Any]:
        notice, version = queries.last_notice(self.programme) if self.is_new else ("", "")
        held: dict[str, Any] = {"agreed": bool(self.design.retention), "notice": notice, "notice_version": version}
        return held | ({"basis": LawfulBasis.LEGITIMATE_INTERESTS.value} if self.is_new else {})

    def prepare(self) -> None:
        offer(self.fields["basis"], advice.bases())
        if self.is_new:
            self.fields["basis"].help_text = _(
                "The first is a proposal. Your privacy officer knows which one is yours."
            )
        self.address, self.periods = advice.periods()

    def written(self) -> Written:
        said = super().written()
        kept = self.design.retention or self.address
        return Written({**said.facts, "retention": kept if self.cleaned_data["agreed"] else ""})


def drafted(words_: Mapping[str, Any]) -> QueryDict:
    """What somebody had begun to write, as a form takes it."""
    data = QueryDict(mutable=True)
    for name, values in words_.items():
        data.setlist(name, [str(value) for value in values] if isinstance(values, list) else [str(values)])
    return data


def draft_words(data: QueryDict) -> dict[str, list[str]]:
    """What is worth keeping of a form that is being written. PostgreSQL keeps no NUL, in no text."""
    held = {name: values for name, values in data.lists() if name not in ("csrfmiddlewaretoken", "then")}
    return {name.replace("\0", ""): [value.replace("\0", "") for value in values] for name, values in held.items()}


def seen_of(data: QueryDict) -> int | None:
    """The revision that a form was made from, where it says so."""
    said = data.get("seen", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 9 else None
