"""Conflicts of interest: declaring one's own, and deciding about those of others."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.foundation import access, reads
from alongside.foundation.identity.actions import NotPossible
from alongside.programmes.models import Participation, Programme
from alongside.programmes.queries import coordinated_by
from alongside.readiness import actions
from alongside.readiness.forms import ConflictForm, DecisionForm
from alongside.readiness.queries import conflicts as queries
from alongside.readiness.queries.people import own_programmes

A_PAGE, MOST_FOUND = 20, 50


@access.requires("readiness.own")
def own_conflicts(request: HttpRequest, slug: str) -> HttpResponse:
    """What I have declared and what was decided; declaring one more, or saying that there is nothing more."""
    programme = access.fetch(own_programmes(request.actor), slug=slug)
    declares = request.method == "POST" and "nothing" not in request.POST
    form = ConflictForm(request.POST if declares else None)
    if request.method == "POST" and (not declares or form.is_valid()):
        try:
            _declare(request, programme, form if declares else None)
        except NotPossible as reason:
            messages.error(request, str(reason))
            return redirect("readiness:own")
        return redirect("readiness:own_conflicts", slug)
    context = {"programme": programme, "form": form, "declared": queries.own(request.actor, programme)}
    context["takes_part"] = Participation.objects.filter(
        programme=programme, membership=request.actor.membership, until__isnull=True
    ).exists()
    context["statement"] = queries.statement_of(request.actor, programme)
    return render(request, "readiness/own_conflicts.html", context)


def _declare(request: HttpRequest, programme: Programme, form: ConflictForm | None) -> None:
    if form is None:
        actions.conflicts.state_no_more(programme, by=request.actor)
        messages.success(request, _("Noted with the day. You are asked again in a year."))
        return
    said = form.cleaned_data
    actions.conflicts.declare_conflict(programme, **said, by=request.actor)
    messages.success(request, _("Declared. The coordinators of the programme decide, and you hear from them."))


@access.requires("readiness.decide", methods="GET")
def conflicts(request: HttpRequest, slug: str) -> HttpResponse:
    """What others declared, undecided first; and mentors who manage a mentee by the people list."""
    programme = access.fetch(coordinated_by(request.actor), slug=slug)
    page = Paginator(queries.to_decide(request.actor, programme), A_PAGE).get_page(request.GET.get("page"))
    context = {"left_to_others": queries.left_to_others(request.actor, programme)}
    context |= {"programme": programme, "page": page, "managing": queries.managing(programme, MOST_FOUND)}
    return render(request, "readiness/conflicts.html", context)


@access.requires("readiness.decide")
def conflict(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """One declared conflict, and the decision."""
    programme = access.fetch(coordinated_by(request.actor), slug=slug)
    held = access.fetch(queries.to_decide(request.actor, programme), ref=ref)
    reads.note(request.actor, subject=held.membership, record=held)
    form = DecisionForm(request.POST if request.method == "POST" else None, name=held.membership.short_name)
    if request.method == "POST" and form.is_valid():
        try:
            actions.conflicts.decide(held, **form.cleaned_data, by=request.actor)
        except NotPossible as reason:
            messages.error(request, str(reason))
            return redirect("readiness:conflict", slug, ref)
        messages.success(request, _("Decided. They are told, and read your words on their page."))
        return redirect("readiness:conflicts", slug)
    (seen,) = queries.unsealed([held])
    return render(request, "readiness/conflict.html", {"programme": programme, "seen": seen, "form": form})
