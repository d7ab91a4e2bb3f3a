"""The rules and weights of a programme's matching, and what they do to two people."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.foundation import access
from alongside.foundation.identity.actions import NotPossible
from alongside.matching import actions, policies, queries, reasons, rules
from alongside.matching.forms.weighing import PolicyForm
from alongside.matching.models import MatchingPolicy
from alongside.matching.queries.inputs import Someone
from alongside.matching.queries.samples import Candidates, Sample, called, grades_in, own_fields_in, to_call
from alongside.matching.terms import CriterionName
from alongside.matching.views import opening
from alongside.programmes.models import Programme
from alongside.programmes.terms import Part, ProgrammeState

SUGGESTED = 100
"""Up to how many names of each side are suggested while somebody types."""


@access.requires("matching.change")
def policy(request: HttpRequest, slug: str) -> HttpResponse:
    """Who chooses, what must be, what counts and how much; with what it does to two people. Saved together."""
    programme = opening.programme_of(request, slug)
    held = queries.policy_of(programme)
    if programme.state == ProgrammeState.CLOSED:
        items = policies.items(queries.said_by(held), held.way)
        return render(request, "matching/rules_closed.html", {"programme": programme, "items": items})
    form = _form(programme, held, request.POST if request.method == "POST" else None)
    if request.method == "POST" and not request.POST.get("then"):
        return _save(request, programme, held, form)
    return _page(request, programme, held, form)


def _form(programme: Programme, held: MatchingPolicy, data: QueryDict | None) -> PolicyForm:
    return PolicyForm(held, grades_in(programme), data, own=own_fields_in(programme))


def _page(
    request: HttpRequest, programme: Programme, held: MatchingPolicy, form: PolicyForm, **context: Any
) -> HttpResponse:
    trying = _Trying(request, programme, form, then=request.POST.get("then", ""))
    for part, fault in trying.faults.items():
        form.add_error(part.value, fault)
    names = trying.names()
    form.suggest(names)
    form.show(trying.two())
    context |= {"programme": programme, "held": held, "form": form, **trying.shown(), "names": names}
    return render(request, "matching/rules.html", context)


@access.requires("matching.change", methods="POST")
def effect(request: HttpRequest, slug: str) -> HttpResponse:
    """What is typed does to two people, and what the weights add up to: a fragment. Nothing is saved."""
    programme = opening.programme_of(request, slug)
    form = _form(programme, queries.policy_of(programme), request.POST)
    shown = _Trying(request, programme, form, then="show").shown()
    return render(request, "matching/_effect.html", {**shown, "form": form, "live": True})


class _Trying:
    """Two people under what a form says."""

    def __init__(self, request: HttpRequest, programme: Programme, form: PolicyForm, *, then: str) -> None:
        self.form = form
        self.people = Candidates(request.actor, programme, form.typed)
        self.faults: dict[Part, str] = {}
        mentee, mentor = (self._called(part, then) for part in (Part.MENTEE, Part.MENTOR))
        if then == "others":
            mentee, mentor = self._next(mentee), None
        self.sample = None if self.faults else self.people.sample(mentee, mentor)

    def _called(self, part: Part, then: str) -> Someone | None:
        """Whom a field names; what is wrong with a name matters to nobody who saves."""
        words = self.form.data.get(part.value, "") if self.form.is_bound else ""
        found, fault = called(self.people.of(part), words) if words.strip() else (None, "")
        if fault and then:
            self.faults[part] = str(fault)
        return found

    def _next(self, mentee: Someone | None) -> Someone | None:
        """The mentee after this one, by name; after the last, the first."""
        people = self.people.mentees
        if not people or mentee is None:
            return people[0] if people else None
        return people[(people.index(mentee) + 1) % len(people)]

    def two(self) -> dict[str, str]:
        """By which words the two are found again."""
        if self.sample is None:
            return {}
        held = {Part.MENTEE: self.sample.mentee, Part.MENTOR: self.sample.mentor}
        return {part.value: to_call(one, self.people.of(part)) for part, one in held.items()}

    def names(self) -> dict[str, list[str]]:
        """Names that are suggested, where they are few enough."""
        sides = {part.value: self.people.of(part) for part in (Part.MENTEE, Part.MENTOR)}
        return {
            part: [to_call(one, people) for one in people] if len(people) <= SUGGESTED else []
            for part, people in sides.items()
        }

    def _way(self) -> str:
        """Who chooses, as the form says it or as it was saved."""
        said = self.form.cleaned_data.get("way") if self.form.is_bound else None
        return str(said or self.form.initial["way"])

    def shown(self) -> dict[str, Any]:
        """What the effect's template shows."""
        typed = self.form.typed
        context: dict[str, Any] = {
            "sample": self.sample,
            "faults": list(self.faults.values()),
            "total": sum(typed.weights.values()),
            "off": rules.fault_of_weights(typed.weights),
            "hears_wishes": rules.hears_wishes(typed.weights, self._way()),
            "is_empty": not (self.people.mentees and self.people.mentors),
        }
        return context | (self._parts(self.sample) if self.sample else {})

    def _parts(self, sample: Sample) -> dict[str, Any]:
        names = [one.participation.membership.short_name for one in (sample.mentee, sample.mentor)]
        two = reasons.Two(sample.mentee.one, sample.mentor.one, *names)
        parts = [vars(share) for share in reasons.shares(self.people.scale, sample.points, two)]
        for part in parts:
            if part["name"] == CriterionName.WISHES:
                part["note"] = _("Left out here: whom somebody asked for is theirs alone to know.")
        return {
            "parts": parts,
            "score": sum(part["got"] for part in parts),
            "apart": [name.label for name in sample.apart],
        }


def _save(request: HttpRequest, programme: Programme, held: MatchingPolicy, form: PolicyForm) -> HttpResponse:
    if not form.is_valid():
        return _page(request, programme, held, form)
    way, seen = form.typed_way, form.cleaned_data["seen"]
    try:
        actions.save_policy(programme, form.typed, way=way, seen=seen, by=request.actor)
    except actions.ChangedMeanwhile as reason:
        return _overtaken(request, programme, form, reason)
    except NotPossible as reason:
        form.add_error(None, str(reason))
        return _page(request, programme, held, form)
    under_way = queries.open_round(request.actor, programme)
    saved = _("The rules are saved.")
    messages.success(request, f"{saved} {_('Work the pairs out again, so that they count.')}" if under_way else saved)
    return redirect("matching:rules", programme.slug)


def _overtaken(
    request: HttpRequest, programme: Programme, form: PolicyForm, reason: actions.ChangedMeanwhile
) -> HttpResponse:
    """What was typed stays in the form, what stands now is beside it; saving again replaces what stands."""
    now = policies.items(queries.said_by(reason.saved), reason.saved.way)
    mine = policies.items(form.typed, form.typed_way)
    theirs = [one for one, own in zip(now, mine, strict=True) if str(one["words"]) != str(own["words"])]
    form.add_error(None, str(reason))
    form.replace(seen=str(reason.saved.revision))
    return _page(request, programme, reason.saved, form, theirs=theirs, editor=reason.saved.changed_by)
