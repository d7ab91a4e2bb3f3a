"""Pages to read: models, conversations, who does what, the first meeting, the agreement, goals, reviews, and more."""

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from alongside import guidance
from alongside.foundation import access
from alongside.guidance import library
from alongside.guidance.schema import Barriers, Forms, GoalTools, Purposes, Retention, ReviewMethods, Styles
from alongside.guidance.terms import Side

# The agreement is shown for two people, so that it reads as it will for any two.
EXAMPLE_NAMES = {
    "mentee": "Ben", "mentor": "Amara", "coordinator": "Carys",
    "programme": "Rising leaders", "organisation": "Northgate Health",
}  # fmt: skip
EXAMPLE_ANSWERS = {"start": "14 September 2026", "end": "18 June 2027"}


def language_of(request: HttpRequest) -> str:
    """The language that the page is read in."""
    return getattr(request, "LANGUAGE_CODE", guidance.ENGLISH)


@access.requires(access.MEMBER, methods="GET")
def index(request: HttpRequest) -> HttpResponse:
    """What there is to read."""
    return render(request, "guidance/index.html", {"models": guidance.lifecycles(language_of(request))})


@access.requires(access.MEMBER, methods="GET")
def model(request: HttpRequest, key: str) -> HttpResponse:
    """One lifecycle model, phase by phase."""
    language = language_of(request)
    try:
        shown = guidance.model(key, language=language)
    except guidance.NotFound:
        raise Http404 from None
    tools = {tool.key: tool for tool in guidance.goal_tools(language=language)}
    phases = [
        {"phase": phase, "duties": _by_role(phase.duties), "tools": [tools[key] for key in phase.tools]}
        for phase in shown.phases
    ]
    return render(request, "guidance/model.html", {"model": shown, "phases": phases})


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
    stages = [(stage, _by_role(stage.duties)) for stage in guidance.stages(language_of(request))]
    return render(request, "guidance/roles.html", {"stages": stages})


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
    shown = library.named(GoalTools, "default", language=language_of(request))
    return render(request, "guidance/goals.html", {"document": shown})


@access.requires(access.MEMBER, methods="GET")
def barriers(request: HttpRequest) -> HttpResponse:
    """What gets in the way, and what helps."""
    shown = library.named(Barriers, "default", language=language_of(request))
    sides = [(side, [held for held in shown.barriers if held.side is side]) for side in Side]
    return render(request, "guidance/barriers.html", {"document": shown, "sides": sides})


@access.requires(access.MEMBER, methods="GET")
def purposes(request: HttpRequest) -> HttpResponse:
    """What a programme can be for."""
    shown = library.named(Purposes, "default", language=language_of(request))
    return render(request, "guidance/purposes.html", {"document": shown})


@access.requires(access.MEMBER, methods="GET")
def records(request: HttpRequest) -> HttpResponse:
    """How long each kind of record is kept."""
    shown = library.named(Retention, "default", language=language_of(request))
    return render(request, "guidance/records.html", {"document": shown})


@access.requires(access.MEMBER, methods="GET")
def reviews(request: HttpRequest) -> HttpResponse:
    """Ways to see how it goes."""
    shown = library.named(ReviewMethods, "default", language=language_of(request))
    return render(request, "guidance/reviews.html", {"document": shown})


@access.requires(access.MEMBER, methods="GET")
def competences(request: HttpRequest) -> HttpResponse:
    """What a mentor knows, can do and is like."""
    shown = guidance.competences(language=language_of(request))
    return render(request, "guidance/competences.html", {"framework": shown})


@access.requires(access.MEMBER, methods="GET")
def styles(request: HttpRequest) -> HttpResponse:
    """Style and form of a programme."""
    language = language_of(request)
    held = [library.named(shape, "default", language=language) for shape in (Styles, Forms)]
    return render(request, "guidance/styles.html", {"styles": held[0], "forms": held[1]})
