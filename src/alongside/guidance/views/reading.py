"""Pages to read: models, conversations, who does what, the first meeting, the agreement, goals, reviews, and more."""

import re
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from alongside import guidance
from alongside.foundation import access
from alongside.guidance import adapting, library, queries
from alongside.guidance.schema import Forms, Retention, Styles
from alongside.guidance.terms import Side

EDITION = "of_edition"  # no situation can have this key
_NUMBER = re.compile(r"^[1-9]\d{0,4}$", re.ASCII)
# The agreement is shown for two people, so that it reads as it will for any two.
EXAMPLE_NAMES = {
    "mentee": "Ben", "mentor": "Amara", "coordinator": "Carys",
    "programme": "Rising leaders", "organisation": "Northgate Health",
}  # fmt: skip
EXAMPLE_ANSWERS = {"start": "14 September 2026", "end": "18 June 2027"}


def language_of(request: HttpRequest) -> str:
    """The language that the page is read in."""
    return getattr(request, "LANGUAGE_CODE", guidance.ENGLISH)


def ours_of(request: HttpRequest) -> queries.Ours:
    """Guidance as the reader's organisation has it."""
    return queries.ours(request.actor.organisation.pk, language_of(request))


def standing(request: HttpRequest, kind: str, key: str) -> dict[str, Any]:
    """A document with what the page says of its edition: what counts, or the one that the address asks for."""
    asked = request.GET.get(EDITION, "")
    if asked and not _NUMBER.match(asked):
        raise Http404
    ours = ours_of(request)
    try:
        held = ours.held(kind, key, int(asked) if asked else None)
    except guidance.NotFound:
        raise Http404 from None
    return {
        "ours": ours,
        "held": held,
        "document": held.document,
        "may_write": adapting.is_adaptable(kind, key) and access.may(request.actor, "guidance.write"),
    }


@access.requires(access.MEMBER, methods="GET")
def index(request: HttpRequest) -> HttpResponse:
    """What there is to read."""
    context = {
        "models": ours_of(request).lifecycles(),
        "courses": guidance.courses(language=language_of(request)),
        "may_write": access.may(request.actor, "guidance.write"),
    }
    return render(request, "guidance/index.html", context)


@access.requires(access.MEMBER, methods="GET")
def model(request: HttpRequest, key: str) -> HttpResponse:
    """One lifecycle model, phase by phase."""
    context = standing(request, "lifecycle", key)
    tools = {tool.key: tool for tool in context["ours"].goal_tools()}
    shown = context["ours"].with_duties(context["document"])
    phases = [
        {
            "phase": phase,
            "duties": _by_role(phase.duties),
            "tools": [tools[key] for key in phase.tools if key in tools],
        }
        for phase in shown.phases
    ]
    return render(request, "guidance/model.html", context | {"model": shown, "phases": phases})


def _by_role(duties) -> list[tuple[guidance.Role, tuple[str, ...]]]:
    return [(role, duties[role]) for role in guidance.Role if duties.get(role)]


@access.requires(access.MEMBER, methods="GET")
def conversations(request: HttpRequest) -> HttpResponse:
    """Every conversation model."""
    return render(request, "guidance/conversations.html", {"models": guidance.conversations(language_of(request))})


@access.requires(access.MEMBER, methods="GET")
def conversation(request: HttpRequest, key: str) -> HttpResponse:
    """One conversation model, step by step."""
    try:
        shown = guidance.conversation(key, language=language_of(request))
    except guidance.NotFound:
        raise Http404 from None
    parts = [(part, list(steps)) for part, steps in groupby(shown.steps, key=lambda step: step.within)]
    return render(request, "guidance/conversation.html", {"model": shown, "parts": parts})


@access.requires(access.MEMBER, methods="GET")
def roles(request: HttpRequest) -> HttpResponse:
    """Who does what at each stage."""
    context = standing(request, "duties", "default")
    stages = [(stage, _by_role(stage.duties)) for stage in context["document"].stages]
    return render(request, "guidance/roles.html", context | {"stages": stages})


@access.requires(access.MEMBER, methods="GET")
def first_meeting(request: HttpRequest) -> HttpResponse:
    """How two people who do not know each other begin."""
    return render(request, "guidance/first_meeting.html", {"kit": guidance.first_contact(language_of(request))})


@access.requires(access.MEMBER, methods="GET")
def agreement(request: HttpRequest) -> HttpResponse:
    """The agreement that pairs start from, filled in for two people as an example."""
    language = language_of(request)
    names = {**EXAMPLE_NAMES, "records": guidance.records_words(language=language)}
    shown = guidance.clauses(language=language)
    context = {"set": shown, "clauses": shown.render(names, EXAMPLE_ANSWERS), "names": EXAMPLE_NAMES}
    return render(request, "guidance/agreement.html", context)


@access.requires(access.MEMBER, methods="GET")
def goals(request: HttpRequest) -> HttpResponse:
    """Ways to find a goal."""
    context = standing(request, "goal-tools", "default")
    shown = [held for held in context["document"].tools if not held.hidden]
    return render(request, "guidance/goals.html", context | {"tools": shown})


@access.requires(access.MEMBER, methods="GET")
def barriers(request: HttpRequest) -> HttpResponse:
    """What gets in the way, and what helps."""
    context = standing(request, "barriers", "default")
    shown = [held for held in context["document"].barriers if not held.hidden]
    sides = [(side, [held for held in shown if held.side is side]) for side in Side]
    return render(request, "guidance/barriers.html", context | {"sides": sides})


@access.requires(access.MEMBER, methods="GET")
def purposes(request: HttpRequest) -> HttpResponse:
    """What a programme can be for."""
    context = standing(request, "purposes", "default")
    shown = [held for held in context["document"].purposes if not held.hidden]
    return render(request, "guidance/purposes.html", context | {"purposes": shown})


@access.requires(access.MEMBER, methods="GET")
def records(request: HttpRequest) -> HttpResponse:
    """How long each kind of record is kept."""
    shown = library.named(Retention, "default", language=language_of(request))
    return render(request, "guidance/records.html", {"document": shown})


@access.requires(access.MEMBER, methods="GET")
def reviews(request: HttpRequest) -> HttpResponse:
    """Ways to see how it goes."""
    context = standing(request, "review-methods", "default")
    shown = [held for held in context["document"].methods if not held.hidden]
    return render(request, "guidance/reviews.html", context | {"methods": shown})


@access.requires(access.MEMBER, methods="GET")
def competences(request: HttpRequest) -> HttpResponse:
    """What a mentor knows, can do and is like."""
    context = standing(request, "competences", "default")
    return render(request, "guidance/competences.html", context | {"groups": context["document"].in_groups()})


@access.requires(access.MEMBER, methods="GET")
def course(request: HttpRequest, key: str) -> HttpResponse:
    """A course to read, whole: also for those of whom nothing is asked."""
    if key not in guidance.COURSES:
        raise Http404
    return render(request, "guidance/course.html", {"course": guidance.course(key, language=language_of(request))})


@access.requires(access.MEMBER, methods="GET")
def styles(request: HttpRequest) -> HttpResponse:
    """Style and form of a programme."""
    language = language_of(request)
    held = [library.named(shape, "default", language=language) for shape in (Styles, Forms)]
    return render(request, "guidance/styles.html", {"styles": held[0], "forms": held[1]})
