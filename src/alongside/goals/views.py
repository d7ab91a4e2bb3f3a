"""Pages of goals: a pair's goals, one goal, writing and changing it, marking how far it has come."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.foundation import access
from alongside.foundation.identity.actions import NotPossible
from alongside.goals import actions, forms, queries
from alongside.relationships.queries import own_pair
from alongside.relationships.terms import PairPart


@access.requires("goals.list", methods="GET")
def goals(request: HttpRequest, ref: str) -> HttpResponse:
    """All goals of a pair that the actor may read."""
    pair = own_pair(request.actor, ref)
    found = queries.of_pair(request.actor, pair)
    context = {"pair": pair, "goals": found, "mine": pair.standing.part == PairPart.MENTEE}
    return render(request, "goals/goals.html", context | queries.as_table(found))


@access.requires("goals.write")
def new(request: HttpRequest, ref: str) -> HttpResponse:
    """Writing a goal."""
    pair = own_pair(request.actor, ref)
    form = forms.NewGoalForm(request.POST or None, pair=pair, zone=request.actor.account.timezone)
    if request.method == "POST" and form.is_valid():
        shared, key = form.cleaned_data["shared"], form.cleaned_data["ref"]
        try:
            made = actions.add(pair, form.wanted(), by=request.actor, shared=shared, ref=key)
        except NotPossible as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("Your goal is saved."))
            return redirect("goals:goal", ref, made.ref)
    return render(request, "goals/new.html", {"pair": pair, "form": form})


def _fetch(request: HttpRequest, ref: str, goal_ref: str, only_own: bool = True) -> tuple[Any, Any]:
    pair = own_pair(request.actor, ref)
    goals = queries.own(request.actor) if only_own else queries.visible_to(request.actor)
    return pair, access.fetch(goals, relationship=pair.relationship, ref=goal_ref)


def _page(request: HttpRequest, pair: Any, goal: Any, form: Any = None) -> HttpResponse:
    [seen] = queries.seen([goal])
    mine = goal.owner_id == request.actor.membership.pk
    if mine and form is None:
        form = forms.MarkForm(pair=pair, shared=goal.shared)
    context = {"pair": pair, "seen": seen, "mine": mine, "form": form, "said": seen.said} | seen.way()
    return render(request, "goals/goal.html", context)


@access.requires("goals.read", methods="GET")
def goal(request: HttpRequest, ref: str, goal_ref: str) -> HttpResponse:
    """One goal: its words, its way so far, and what its owner can do with it."""
    return _page(request, *_fetch(request, ref, goal_ref, only_own=False))


@access.requires("goals.write")
def change(request: HttpRequest, ref: str, goal_ref: str) -> HttpResponse:
    """Changing a goal."""
    pair, goal = _fetch(request, ref, goal_ref)
    [seen] = queries.seen([goal])
    form = forms.GoalForm(request.POST or None, pair=pair, seen=seen, zone=request.actor.account.timezone)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(goal, form.wanted(), by=request.actor)
        except NotPossible as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("Your goal is saved."))
            return redirect("goals:goal", ref, goal_ref)
    return render(request, "goals/change.html", {"pair": pair, "seen": seen, "form": form})


@access.requires("goals.write")
def mark(request: HttpRequest, ref: str, goal_ref: str) -> HttpResponse:
    """Marking how far a goal has come; its form stands on the goal's page."""
    pair, goal = _fetch(request, ref, goal_ref)
    form = forms.MarkForm(request.POST or None, pair=pair, shared=goal.shared)
    if not form.is_valid():
        return _page(request, pair, goal, form)
    done = _("Today’s mark is saved.")
    return _do(request, ref, goal_ref, done, lambda goal: actions.mark(goal, by=request.actor, **form.cleaned_data))


def _do(request: HttpRequest, ref: str, goal_ref: str, done: str, act: Callable[[Any], Any]) -> HttpResponse:
    _pair, goal = _fetch(request, ref, goal_ref)
    try:
        act(goal)
        messages.success(request, done)
    except NotPossible as reason:
        messages.error(request, str(reason))
    return redirect("goals:goal", ref, goal_ref)


@access.requires("goals.write", methods="POST")
def share(request: HttpRequest, ref: str, goal_ref: str) -> HttpResponse:
    """Letting the mentor read a goal."""
    done = _("Your mentor can read this goal now.")
    return _do(request, ref, goal_ref, done, lambda goal: actions.share(goal, by=request.actor))


@access.requires("goals.write", methods="POST")
def unshare(request: HttpRequest, ref: str, goal_ref: str) -> HttpResponse:
    """Keeping a goal to oneself again."""
    done = _("Only you can read this goal now.")
    return _do(request, ref, goal_ref, done, lambda goal: actions.unshare(goal, by=request.actor))


@access.requires("goals.write", methods="POST")
def reach(request: HttpRequest, ref: str, goal_ref: str) -> HttpResponse:
    """Saying that a goal is reached."""
    done = _("This goal is reached.")
    return _do(request, ref, goal_ref, done, lambda goal: actions.reach(goal, by=request.actor))


@access.requires("goals.write", methods="POST")
def let_go(request: HttpRequest, ref: str, goal_ref: str) -> HttpResponse:
    """Letting go of a goal."""
    done = _("You have let go of this goal. Its words stay.")
    return _do(request, ref, goal_ref, done, lambda goal: actions.let_go(goal, by=request.actor))


@access.requires("goals.write", methods="POST")
def reopen(request: HttpRequest, ref: str, goal_ref: str) -> HttpResponse:
    """Taking a goal up again."""
    done = _("You are working on this goal again.")
    return _do(request, ref, goal_ref, done, lambda goal: actions.reopen(goal, by=request.actor))
