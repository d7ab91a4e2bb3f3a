"""Pages of reviews: the closing review, and what happens afterwards."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.foundation import access
from alongside.foundation.identity.actions import NotPossible
from alongside.relationships.queries import Pair, own_pair
from alongside.reviews import actions, forms, queries, rules


@access.requires("reviews.answer")
def closing(request: HttpRequest, ref: str) -> HttpResponse:
    """Looking back: each answers alone, and both read what is shared once both have sent theirs."""
    pair = own_pair(request.actor, ref)
    held = queries.closing(request.actor, pair)
    draft = "draft" in request.POST
    form = forms.ClosingForm(request.POST or None, pair=pair, closing=held, draft=draft)
    if request.method == "POST" and form.is_valid():
        return _answer(request, pair, form, draft)
    why_not = rules.why_not_answer(pair.relationship.stage, pair.relationship.is_open, held.completed_at is not None)
    context = {"pair": pair, "closing": held, "form": form, "why_not": why_not, "items": form.items}
    return render(request, "reviews/closing.html", context)


def _answer(request: HttpRequest, pair: Pair, form: forms.ClosingForm, draft: bool) -> HttpResponse:
    try:
        if draft:
            actions.save_draft(pair, form.said(), by=request.actor)
            messages.success(request, _("Your draft is kept. Nobody else can read it."))
        else:
            return _sent(request, pair, actions.send(pair, form.said(), by=request.actor))
    except NotPossible as reason:
        messages.error(request, str(reason))
    return redirect("reviews:closing", pair.ref)


def _sent(request: HttpRequest, pair: Pair, answer: Any) -> HttpResponse:
    name = {"name": pair.partner.short_name if pair.partner else ""}
    if answer.review.completed_at:
        messages.success(request, _("Your review is sent. Both are in: you and %(name)s have come to the end.") % name)
        return redirect("reviews:afterwards", pair.ref)
    words = _("Your review is sent. You can change it until %(name)s has sent theirs.")
    messages.success(request, words % name)
    return redirect("reviews:closing", pair.ref)


@access.requires("reviews.afterwards", methods="GET")
def afterwards(request: HttpRequest, ref: str) -> HttpResponse:
    """What the two are to each other from now on, and what happens to their records."""
    pair = own_pair(request.actor, ref)
    day = queries.ended_on(pair)
    if day is None:
        return redirect("relationships:pair", ref)
    context = {
        "pair": pair,
        "ended_on": day,
        "closing": queries.closing(request.actor, pair),
        "kept": queries.kept_until(day),
        "readers": queries.readers(pair.standing.part),
        "labels": {"you": _("You"), "they": pair.partner.short_name, "coordinator": _("Coordinator")},
    }
    context["columns"] = [_("Record"), *context["labels"].values()]
    return render(request, "reviews/afterwards.html", context)
