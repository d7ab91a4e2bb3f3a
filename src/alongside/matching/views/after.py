"""What comes to the coordinators after a matching is published: who asks again, who waits again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.foundation import access
from alongside.foundation.identity.actions import NotPossible
from alongside.matching import actions, lacks, queries
from alongside.matching.forms.participants import AnswerLook
from alongside.matching.models import LookAgain
from alongside.matching.queries import after as reads
from alongside.matching.queries import offers
from alongside.matching.views import learned, opening
from alongside.programmes.models import Programme
from alongside.relationships import queries as pairs
from alongside.relationships.queries import by_hand


@access.requires("matching.read", methods="GET")
def after(request: HttpRequest, slug: str) -> HttpResponse:
    """Who asked that a person looks again, who waits again, and who has not answered for long."""
    programme = opening.programme_of(request, slug)
    context = {
        "programme": programme,
        "is_nightly": queries.policy_of(programme).nightly,
        "looks": reads.open_looks(request.actor, programme),
        "again": _again(request, programme),
        "slow": offers.slow(request.actor, programme),
        "silent": pairs.silent.silent_in(request.actor, programme).count(),
    }
    return render(request, "matching/after.html", context)


def _again(request: HttpRequest, programme: Programme) -> list[tuple[reads.WaitsAgain, str]]:
    """Who waits again, with what they let the coordinators use to find somebody who fits better."""
    found = reads.wait_again(request.actor, programme)
    said = learned.said_by(request, [one.mentee for one in found])
    return [(one, ", ".join(f"“{words}”" for words in learned.labels(said.get(one.mentee.pk, [])))) for one in found]


@access.requires("matching.change", methods="POST")
def nightly(request: HttpRequest, slug: str) -> HttpResponse:
    """Look for pairs every night, or no more."""
    programme = opening.programme_of(request, slug)
    try:
        actions.say_nightly(programme, request.POST.get("nightly") == "yes", by=request.actor)
        messages.success(request, _("Kept."))
    except NotPossible as reason:
        messages.info(request, str(reason))
    return redirect("matching:after", slug)


@access.requires("matching.change", methods="POST")
def find_again(request: HttpRequest, slug: str) -> HttpResponse:
    """Look for somebody else for whoever waits, among the places that are free; pairs that exist stay."""
    programme = opening.programme_of(request, slug)
    try:
        actions.find_for_waiting(programme, by=request.actor)
        return redirect("matching:board", slug)
    except NotPossible as reason:
        messages.info(request, str(reason))
        return redirect("matching:after", slug)


@access.requires("matching.change", methods="POST")
def take_offer_back(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """Take back what somebody has not chosen from for long: they wait again."""
    programme = opening.programme_of(request, slug)
    offer = access.fetch(offers.slow(request.actor, programme), ref=ref)
    try:
        actions.take_offer_back(offer, by=request.actor)
        words = _("%(name)s waits again, and can be looked at with the others.")
        messages.success(request, words % {"name": offer.mentee.membership.name})
    except NotPossible as reason:
        messages.info(request, str(reason))
    return redirect("matching:after", slug)


def _fitting(asked: LookAgain) -> list[tuple[by_hand.Candidate, str]]:
    """The mentors with room, each with the rules that keep the two apart; those whom none does first."""
    policy = queries.said_by(queries.policy_of(asked.round.programme))
    apart = reads.kept_apart(asked, policy)
    found = sorted(reads.fitting(asked), key=lambda one: one.ref in apart)
    return [(one, lacks.quoted(apart.get(one.ref, ()), policy.own)) for one in found]


@access.requires("matching.look_again")
def look(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """Somebody asks that a person looks again: what they want, who has room, and the answer to them."""
    asked = access.fetch(reads.looks(request.actor).filter(round__programme__slug=slug), ref=ref)
    form = AnswerLook(request.POST if request.method == "POST" else None, name=asked.mentee.membership.short_name)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_look(asked, form.cleaned_data["words"], by=request.actor)
            messages.success(request, _("%(name)s is told by mail.") % {"name": asked.mentee.membership.short_name})
        except NotPossible as reason:
            messages.info(request, str(reason))
        return redirect("matching:after", slug)
    context = {
        "programme": asked.round.programme,
        "asked": asked,
        "left": reads.left_of(asked),
        "fitting": _fitting(asked),
        "form": form,
    }
    return render(request, "matching/look.html", context)
