"""Competences: where a mentor stands over time, rating oneself, and one rating as it was given."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alongside import guidance
from alongside.foundation import access, hooks
from alongside.foundation.identity.actions import NotPossible
from alongside.readiness import actions
from alongside.readiness.forms import RatingForm, rating_draft, rating_form
from alongside.readiness.models import Rating
from alongside.readiness.queries import competences as queries
from alongside.readiness.terms import RaterKind


def _language() -> str:
    return get_language() or guidance.ENGLISH


@access.requires("readiness.own", methods="GET")
def competences(request: HttpRequest) -> HttpResponse:
    """Where I stand, how that changed, how mentees see it, and what to learn next."""
    with hooks.assembling():
        actor, held = request.actor, queries.framework(request.actor, _language())
        ratings = queries.ratings(actor)
        groups = queries.stories(held, ratings)
        told = [story for _group, found in groups for story in found]
        context = {
            "groups": [(group, [_drawn(story, held) for story in found]) for group, found in groups],
            "framework": held,
            "scale": [str(number) for number in range(len(held.levels))],
            "ratings": [_named(rating) for rating in reversed(ratings)],
            "suggestions": queries.suggestions(actor, _language(), told),
            "is_mentor": queries.is_mentor(actor),
            "draft": queries.draft_of(actor, actor.membership),
            "panels": hooks.panels.shown("competences", actor, actor),
        }
        return render(request, "readiness/competences.html", context)


def _drawn(story: queries.Story, held: guidance.CompetenceFramework) -> dict[str, Any]:
    """One competence: the points of its picture, the rows of its table, and how it stands, in words."""
    is_own = [one.rating.kind == RaterKind.SELF for one in story.points]
    days = [date_format(localtime(one.rating.at), "j M") for one in story.points]
    own = [one.level if mine else None for one, mine in zip(story.points, is_own, strict=True)]
    rows = [
        (date_format(localtime(one.rating.at), "j F Y"), _who(one.rating), _level(one, held)) for one in story.points
    ]
    newest = [*([story.own] if story.own else []), *story.others]
    return {
        "name": story.competence.name,
        "points": list(zip(days, own, strict=True)),
        "beside": [None if mine else one.level for one, mine in zip(story.points, is_own, strict=True)],
        "rows": rows,
        "columns": [_("Day"), _("Who says so"), _("Level")],
        "now": [f"{_who(one.rating)}: {_level(one, held)}" for one in newest],
    }


def _who(rating: Rating) -> str:
    return _("You") if rating.kind == RaterKind.SELF else rating.rater.short_name


def _level(one: queries.Point, held: guidance.CompetenceFramework) -> str:
    return f"{one.level}, {queries.level_words(held, one.rating.kind)[one.level]}"


def _named(rating: Rating) -> dict[str, Any]:
    by_other = _("By %(name)s") % {"name": rating.rater.short_name}
    return {"rating": rating, "by": _("By you") if rating.kind == RaterKind.SELF else by_other}


@access.requires("readiness.own")
def rate(request: HttpRequest) -> HttpResponse:
    """Rating oneself: all on one page, kept as it is when something is still missing."""
    actor = request.actor
    if not queries.is_mentor(actor):
        raise Http404
    if request.method == "POST" and request.POST.get("then") == "drop":
        actions.competences.drop_draft(actor.membership, by=actor)
        return redirect("readiness:competences")
    draft = queries.draft_of(actor, actor.membership)
    label, data = access.label("readiness.self_rating"), request.POST if request.method == "POST" else None
    form = rating_form(actor, data, queries.begun(draft), kind=RaterKind.SELF, label=label)
    if request.method == "POST" and (answer := _sent(request, form)):
        return answer
    context = {"form": form, "kept_at": draft.kept_at if draft and request.method == "GET" else None}
    return render(request, "readiness/rate.html", context)


def _sent(request: HttpRequest, form: RatingForm) -> HttpResponse | None:
    actor = request.actor
    try:
        if request.POST.get("then") == "keep":
            actions.competences.keep_draft(actor.membership, rating_draft(request.POST), by=actor)
            messages.success(request, _("Kept, for you alone. Go on whenever you like."))
            return redirect("readiness:competences")
        if form.is_valid():
            actions.competences.rate_oneself(form.sent(), by=actor)
            messages.success(request, _("Saved with the day. Below you see where you stand."))
            return redirect("readiness:competences")
    except NotPossible as reason:
        form.add_error(None, str(reason))
    return None


@access.requires("readiness.own", methods="POST")
def keep_rating(request: HttpRequest) -> HttpResponse:
    """Keep what is being filled in, a moment after each change: a fragment that says when."""
    if not queries.is_mentor(request.actor):
        raise Http404
    try:
        words = rating_draft(request.POST)
        draft = actions.competences.keep_draft(request.actor.membership, words, by=request.actor)
    except NotPossible as reason:
        return render(request, "readiness/_kept.html", {"reason": reason})
    return render(request, "readiness/_kept.html", {"kept_at": draft.kept_at})


@access.requires("readiness.own", methods="GET")
def rating(request: HttpRequest, ref: str) -> HttpResponse:
    """One rating, as it was given: for the mentor and for whoever gave it."""
    found = queries.visible_to(request.actor).select_related("mentor", "rater").prefetch_related("marks")
    held = access.fetch(found, ref=ref)
    try:
        framework = queries.framework(request.actor, _language(), held.framework)
    except guidance.NotFound:
        framework = queries.framework(request.actor, _language())
    context = {
        "rating": held,
        "groups": queries.lines(held, framework),
        "mine": held.rater_id == request.actor.membership.pk,
    }
    context["columns"] = [_("Competence"), _("Level, and what shows it")]
    return render(request, "readiness/rating.html", context)
