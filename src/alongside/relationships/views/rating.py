"""How a mentee sees their mentor's competences: asked by the mentor, answered or declined by the mentee."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.foundation import access
from alongside.foundation.identity.actions import NotPossible
from alongside.readiness.forms import RatingForm, rating_draft, rating_form
from alongside.readiness.queries import competences
from alongside.readiness.terms import RaterKind
from alongside.relationships.actions import rating as actions
from alongside.relationships.queries import Pair, own_pair
from alongside.relationships.terms import PairPart


def _of_mentee(request: HttpRequest, ref: str) -> Pair:
    pair = own_pair(request.actor, ref)
    if pair.standing.part != PairPart.MENTEE:
        raise Http404
    return pair


@access.requires("relationships.ask_rating", methods="POST")
def ask(request: HttpRequest, ref: str) -> HttpResponse:
    """Ask the mentee; they read it on their first page."""
    pair = own_pair(request.actor, ref)
    try:
        actions.ask(pair, by=request.actor)
        words = _("%(name)s finds your question on their first page. They need not answer.")
        messages.success(request, words % {"name": pair.mentee.short_name})
    except NotPossible as reason:
        messages.info(request, str(reason))
    return redirect("readiness:competences")


@access.requires("relationships.rate")
def rate(request: HttpRequest, ref: str) -> HttpResponse:
    """Say how one sees one's mentor, keep it for later, or say that one would rather not."""
    pair = _of_mentee(request, ref)
    asked = competences.asked_for(request.actor, pair.ref) if pair.may_write else None
    draft = competences.draft_of(request.actor, pair.mentor) if asked else None
    label = access.label("readiness.mentee_rating", partner=pair.mentor.short_name)
    data = request.POST if request.method == "POST" else None
    form = rating_form(request.actor, data, competences.begun(draft), kind=RaterKind.MENTEE, label=label)
    if request.method == "POST" and (answer := _sent(request, pair, form)):
        return answer
    context = {"pair": pair, "asked": asked, "form": form, "given": competences.given_in(request.actor, pair.ref)}
    context["kept_at"] = draft.kept_at if draft and request.method == "GET" else None
    return render(request, "relationships/rate.html", context)


def _sent(request: HttpRequest, pair: Pair, form: RatingForm) -> HttpResponse | None:
    then, name = request.POST.get("then"), {"name": pair.mentor.short_name}
    try:
        if then == "decline":
            actions.decline(pair, by=request.actor)
            words = _("%(name)s is told that you would rather not, this time. Nobody asks why.") % name
        elif then == "keep":
            actions.keep_draft(pair, rating_draft(request.POST), by=request.actor)
            words = _("Kept, for you alone. Nothing was sent.")
        elif form.is_valid():
            actions.rate_mentor(pair, form.sent(), by=request.actor)
            words = _("Sent. %(name)s and you can read it.") % name
        else:
            return None
    except NotPossible as reason:
        form.add_error(None, str(reason))
        return None
    messages.success(request, words)
    return redirect("relationships:pair", pair.ref)


@access.requires("relationships.rate", methods="POST")
def keep(request: HttpRequest, ref: str) -> HttpResponse:
    """Keep what is being filled in, a moment after each change: a fragment that says when."""
    pair = _of_mentee(request, ref)
    try:
        kept_at = actions.keep_draft(pair, rating_draft(request.POST), by=request.actor)
    except NotPossible as reason:
        return render(request, "readiness/_kept.html", {"reason": reason})
    return render(request, "readiness/_kept.html", {"kept_at": kept_at})
