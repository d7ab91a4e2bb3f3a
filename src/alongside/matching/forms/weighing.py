"""The form of a programme's rules and weights, and the one above the list of people to look at."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from alongside.foundation.ui.forms import FilterForm, Form, prepare
from alongside.matching import rules
from alongside.matching.models import MatchingPolicy
from alongside.matching.rules import MOST_LINE, MOST_STEPS, Policy
from alongside.matching.terms import (
    FULL,
    AnyCriterion,
    CriterionName,
    Looked,
    Noted,
    OwnCriterion,
    OwnLooked,
    OwnRule,
    Ready,
    RuleName,
    Way,
)
from alongside.programmes.terms import Part

MOST_CHOICES, MOST_KEEP, MOST_NUMBER = 10, 50, 999

_WAYS = {
    Way.COORDINATOR: lazy(
        "Alongside finds the best pairs under your rules. You look through them and publish; then each mentor and each "
        "mentee says yes or no."
    ),
    Way.CHOICE: lazy(
        "You publish, and each mentee sees the few who fit them best and chooses one. The place is held while they "
        "think; then the mentor says yes or no."
    ),
    Way.RANKING: lazy(
        "Before you match, both say whom they would like, in their order. It counts for as much as you say below. You "
        "look through the pairs and publish; then both say yes or no."
    ),
}
_READY = {
    Ready.NOBODY: lazy("Everybody is matched who waits or has a place."),
    Ready.MENTORS: lazy("A mentor who has something left to do is not matched; a mentee is."),
    Ready.BOTH: lazy("Whoever has something left to do is not matched."),
}
_HINTS = {
    CriterionName.SKILLS: lazy("The share of them that the mentor offers; a rare one counts more than a usual one."),
    CriterionName.SENIORITY: lazy("Most for as many grades as you say below; half where a grade is not known."),
    CriterionName.SITE: lazy("All or nothing; half where one of the two has named none."),
    CriterionName.DEPARTMENT: lazy(
        "All for two departments, nothing for one; half where one of the two has named none."
    ),
    CriterionName.HOURS: lazy("The share of the mentee’s times at which the mentor can meet too."),
    CriterionName.LANGUAGES: lazy("The share of the mentee’s languages that the mentor speaks."),
    CriterionName.INTERESTS: lazy("The share of the mentee’s interests that the mentor has too."),
    CriterionName.AIM: lazy(
        "The share of the words of it that stand in the mentor’s job, department, headline or skills."
    ),
    CriterionName.WISHES: lazy("Half for each side’s wish. It counts only where both say whom they would like."),
    CriterionName.TENURE: lazy("All of it from three years on. It goes with age a little: give it weight with care."),
    CriterionName.SHARE: lazy("All for a mentor without a mentee, half for one with one."),
}


_RULES = {
    RuleName.TEAM: (
        lazy("they are not in the same team"), lazy("Teams of one department, as the people list names them."),
    ),
    RuleName.BEFORE: (
        lazy("they were not paired with each other before"), lazy("In any programme, and in either part."),
    ),
    RuleName.LANGUAGE: (
        lazy("they speak a language in common"), lazy("Who has named no language meets it with everybody."),
    ),
    RuleName.HOURS: (
        lazy("they can usually meet at the same time"), lazy("Who has said no times meets it with everybody."),
    ),
    RuleName.MEET: (
        lazy("they have a way to meet in common"),
        lazy("In person, by video or by phone. Who has named none meets it with everybody."),
    ),
    RuleName.SITE: (lazy("they work at the same site"), lazy("Who has no site meets it with everybody.")),
    RuleName.AHEAD: (
        lazy("the mentor is more senior, by as many grades as you say below"),
        lazy("Whose grade is not known meets it with everybody."),
    ),
}  # fmt: skip


def _number(label: Any, least: int, most: int, hint: Any = "", *, required: bool = True) -> forms.IntegerField:
    wrong = lazy("Choose a number from %(least)s to %(most)s.") % {"least": least, "most": most}
    errors = {"min_value": wrong, "max_value": wrong, "required": wrong}
    return forms.IntegerField(
        label=label, help_text=hint, min_value=least, max_value=most, required=required, error_messages=errors
    )


def _one_of(label: Any, choices: Any, hints: Mapping[Any, Any]) -> forms.ChoiceField:
    field = forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect)
    field.choice_hints = {choice.value: words for choice, words in hints.items()}  # type: ignore[attr-defined]
    return field


def _rules(hints: Mapping[RuleName, Any]) -> list[tuple[str, Any]]:
    return [(name.value, words) for name, (words, _hint) in hints.items()]


class PolicyForm(Form):
    """Begins with the policy that holds; `grades` are those found in the programme, the usual ones first.

    `own` are the organisation's own fields: what each is called, by its ref.
    """

    way = _one_of(lazy("How a pair comes about"), Way.choices, _WAYS)
    line = _number(
        lazy("Levels of the line of management above the mentee"),
        1,
        MOST_LINE,
        lazy("1 is the line manager, who is never the mentor. With 2 their manager is not either, and so on."),
    )
    rules = forms.MultipleChoiceField(
        label=lazy("Two people are paired only if"),
        choices=_rules(_RULES),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    least = _number(
        lazy("More senior by at least"),
        0,
        MOST_STEPS,
        lazy("Grades. Only where you tick that the mentor is more senior."),
    )
    most = _number(lazy("More senior by at most"), 0, MOST_STEPS)
    ready = _one_of(lazy("Before they are matched, what the programme asks is done by"), Ready.choices, _READY)
    ideal = _number(
        lazy("So many grades above the mentee fit best"),
        1,
        MOST_STEPS,
        lazy("All that “More senior by a step or two” weighs; less for each grade off."),
    )
    choices = _number(
        lazy("How many mentors a mentee chooses from"), 2, MOST_CHOICES, lazy("Only where mentees choose.")
    )
    keep = _number(
        lazy("How much more a pair counts that was found before"),
        0,
        MOST_KEEP,
        lazy(
            "Of a hundred, when you work the pairs out again and want few of them to change. With 0 each run begins "
            "anew."
        ),
    )
    mentee = forms.CharField(label=lazy("Mentee"), max_length=200, required=False)
    mentor = forms.CharField(label=lazy("Mentor"), max_length=200, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self,
        held: MatchingPolicy,
        grades: Sequence[str],
        data: Mapping[str, Any] | None = None,
        *,
        own: Mapping[str, str] | None = None,
    ) -> None:
        self.saved = Policy.from_kept(held.kept)
        self.own = {looked.field: looked.about for looked in self.saved.own_fields} | dict(own or {})
        on = [name.value for name in self.saved.rules if name in _RULES or isinstance(name, OwnRule)]
        super().__init__(data, initial={**self.saved.kept(), "rules": on, "way": held.way, "seen": held.revision})
        self._offer_rules()
        for name in CriterionName:
            hint, weight = _HINTS[name], self.saved.weights.get(name, 0)
            self._add(f"weight_{name}", _number(name.label, 0, FULL, hint, required=False), weight)
        for own_name in self.own_names:
            weight = self.saved.weights.get(own_name, 0)
            self._add(f"weight_{own_name}", _number(own_name.label, 0, FULL, required=False), weight)
        known = list(dict.fromkeys((*self.saved.grades, *grades)))
        order = list(self.saved.grades) or rules.in_order(known)
        self.grades = {_key(grade): grade for grade in sorted(known, key=lambda one: _place(one, order))}
        for key, grade in self.grades.items():
            place = order.index(grade) + 1 if grade in order else None
            self._add(key, _number(grade, 0, MOST_NUMBER, required=False), place)

    def _offer_rules(self) -> None:
        """The rules to tick: those of every organisation, then one for each field of its own."""
        field: Any = self.fields["rules"]
        hint = _("Who it says nothing of meets it with everybody.")
        words = _("“%(field)s” says the same of both")
        own = [(name.value, words % {"field": name.about}) for name in self._own_rules]
        field.choices = [*_rules(_RULES), *own]
        field.choice_hints = {name.value: held for name, (_words, held) in _RULES.items()}
        field.choice_hints |= {name: hint for name, _words in own}

    @property
    def _own_rules(self) -> list[OwnRule]:
        return [OwnRule(ref, about) for ref, about in self.own.items()]

    def _add(self, name: str, field: forms.IntegerField, first: int | None) -> None:
        prepare(field)
        self.fields[name], self.initial[name] = field, first

    @property
    def weights(self) -> list[Any]:
        """The fields of the weights."""
        return [self[f"weight_{name}"] for name in CriterionName]

    @property
    def own_names(self) -> list[OwnCriterion]:
        """The criteria by fields of the organisation's own: for each one the same, and not the same."""
        return [OwnCriterion(ref, about, same=same) for ref, about in self.own.items() for same in (True, False)]

    @property
    def own_weights(self) -> list[Any]:
        """The fields of their weights."""
        return [self[f"weight_{name}"] for name in self.own_names]

    @property
    def weighs_own(self) -> bool:
        """Has one of them a weight, or something to mend?"""
        return any(field.value() not in (None, "", 0, "0") or field.errors for field in self.own_weights)

    @property
    def grade_fields(self) -> list[Any]:
        """The fields of the grades, in the order that holds."""
        return [self[key] for key in self.grades]

    @property
    def has_grade_errors(self) -> bool:
        """Is there something to mend in the order of the grades?"""
        return any(key in self.errors for key in self.grades)

    @property
    def unplaced(self) -> list[str]:
        """The grades that stand in no order."""
        return [grade for key, grade in self.grades.items() if self[key].value() in (None, "")]

    def clean(self) -> dict[str, Any]:
        """Weights that add up, steps that can be, and no two grades with one number."""
        said = super().clean() or self.cleaned_data
        fault = rules.fault_of_steps(said.get("least", 0), said.get("most", 0), said.get("ideal", 0))
        if fault and RuleName.AHEAD in said.get("rules", ()) and {"least", "most", "ideal"} <= said.keys():
            self.add_error("most" if said["least"] > said["most"] else "ideal", fault)
        sound = not any(f"weight_{name}" in self.errors for name in self._names)
        weights = self._weights()
        if sound and (fault := rules.fault_of_weights(weights) or rules.fault_of_own(weights, self.own)):
            self.add_error(None, str(fault))
        self._refuse_twins()
        return said

    def _refuse_twins(self) -> None:
        met: dict[int, str] = {}
        for key, grade in self.grades.items():
            number = self.cleaned_data.get(key)
            if number in met:
                words = _("“%(grade)s” has this number too. Give each grade its own.") % {"grade": met[number]}
                self.add_error(key, words)
            elif number is not None:
                met[number] = grade

    @property
    def _names(self) -> list[AnyCriterion]:
        return [*CriterionName, *self.own_names]

    def _weights(self) -> dict[str, int]:
        said = {name: self.cleaned_data.get(f"weight_{name}", None) for name in self._names}
        return {name.value: weight for name, weight in said.items() if weight}

    def _order(self) -> tuple[str, ...]:
        """The grades as they were put in order; nothing where that is what their numbers say anyway.

        A grade that came into the programme since the page was shown has no field there, and decides nothing.
        """
        asked = {key: grade for key, grade in self.grades.items() if key in self.data}
        said = {grade: self.cleaned_data.get(key) for key, grade in asked.items()}
        order = sorted((grade for grade in said if said[grade] is not None), key=lambda grade: (said[grade], grade))
        return () if order == rules.in_order(asked.values()) else tuple(order)

    @property
    def typed(self) -> Policy:
        """What the form says, as far as it is sound; the rest is as it was saved."""
        if not self.is_bound:
            return self.saved
        self.is_valid()
        kept = {name: value for name, value in self.cleaned_data.items() if name in self.saved.kept()}
        on = self.cleaned_data.get("rules")
        switches = {} if on is None else {name.value: name.value in on for name in _RULES}
        weights = self._weights()
        must = self.saved.must if on is None else tuple(sorted(name.field for name in self._own_rules if name in on))
        asked = {*must, *(name.field for name in self.own_names if name in weights)}
        own = {ref: about for ref, about in self.own.items() if ref in asked}
        return replace(self.saved, **kept, **switches, weights=weights, grades=self._order(), must=must, own=own)

    @property
    def typed_way(self) -> Way:
        """Who chooses, as the form says it."""
        return Way(self.cleaned_data["way"])

    def suggest(self, names: Mapping[str, Sequence[str]]) -> None:
        """Let browsers suggest names while somebody types, from lists on the page."""
        for part, held in names.items():
            if held:
                self.fields[part].widget.attrs["list"] = f"names_{part}"

    def show(self, two: Mapping[str, str]) -> None:
        """Name the two people on whom it is tried, where no name was typed that is still to be mended."""
        self.initial |= two
        if self.is_bound:
            self.replace(**{part: name for part, name in two.items() if part not in self.errors})

    def replace(self, **said: str) -> None:
        """Let the form be shown again with something else in these fields."""
        self.data = self.data.copy()
        for name, words in said.items():
            self.data[name] = words


def _key(grade: str) -> str:
    """The name of a grade's field: the same whatever else the roster says meanwhile."""
    return f"grade_{hashlib.sha256(grade.encode()).hexdigest()[:12]}"


def _place(grade: str, order: Sequence[str]) -> tuple[int, str]:
    return (order.index(grade) if grade in order else len(order), grade)


class LookFilter(FilterForm):
    """Narrows the list of people to look at before a programme is matched."""

    q = forms.CharField(label=lazy("Search by name"), max_length=100)
    part = forms.ChoiceField(
        label=lazy("Part"),
        choices=[("", lazy("All")), *((part.value, part.label) for part in (Part.MENTEE, Part.MENTOR))],
    )
    noted = forms.ChoiceField(label=lazy("What to know"), choices=[("", lazy("All")), *Noted.choices])
    silent = forms.ChoiceField(label=lazy("Says nothing of"), choices=[("", lazy("All")), *Looked.choices])

    def __init__(self, data: Any, own: Iterable[OwnLooked] = ()) -> None:
        super().__init__(data)
        silent: Any = self.fields["silent"]
        silent.choices = [*silent.choices, *((looked.value, looked.label) for looked in own)]
