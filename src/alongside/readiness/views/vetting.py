"""Vetting: recorded by coordinators, looked over by the safeguarding lead."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.foundation import access, clock, reads
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.ui.components.tables import Column
from alongside.programmes.queries import coordinated_by, participants
from alongside.programmes.terms import Part
from alongside.readiness import actions
from alongside.readiness.actions.vetting import Found
from alongside.readiness.forms import VettingFilter, VettingForm
from alongside.readiness.queries import vetting as queries

A_PAGE = 50


@access.requires("readiness.record_vetting")
def person(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """What came of vetting one mentor or mentee, and recording it anew."""
    programme = access.fetch(coordinated_by(request.actor), slug=slug)
    taker = access.fetch(participants(programme, Part.MENTOR, Part.MENTEE), ref=ref)
    if taker.membership_id == request.actor.membership.pk:
        raise Http404
    known, today = queries.of(request.actor, taker.membership), clock.today(programme.organisation.timezone)
    if known:
        reads.note(request.actor, subject=taker.membership, record=known[0])
    before = {"seen": known[0].ref if known else "", "kind": known[0].kind if known else ""}
    form = VettingForm(request.POST if request.method == "POST" else None, today=today, initial=before)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        seen = said.pop("seen")
        try:
            actions.vetting.record_vetting(taker.membership, Found(**said), seen=seen, by=request.actor)
        except NotPossible as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("Recorded."))
            return redirect("readiness:vetting", slug, ref)
    context = {"programme": programme, "taker": taker, "known": known, "form": form, "today": today}
    return render(request, "readiness/vetting.html", context)


@access.requires("readiness.vetting_list", methods="GET")
def everybody(request: HttpRequest) -> HttpResponse:
    """Everybody's vetting in the organisation, what is due again first."""
    form, today = VettingFilter(request.GET), clock.today(request.actor.organisation.timezone)
    found = queries.search(request.actor, form.chosen(), today)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    columns = [Column(words) for words in (_("Name"), _("Kind"), _("Outcome"), _("Date"), _("Due again"))]
    context = {"form": form, "page": page, "columns": columns, "today": today, "narrowed": bool(form.chosen())}
    return render(request, "readiness/vetting_list.html", context)
