"""The list of programmes, one programme, its people, and closing it."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.foundation import access, clock, hooks
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.terms import MembershipState
from alongside.foundation.ui.components.tables import Column
from alongside.programmes import actions, advice, forms, queries
from alongside.programmes.models import Participation, Programme
from alongside.programmes.policy import Standing
from alongside.programmes.terms import Part, ProgrammeState

A_PAGE, MOST_AT_ONCE = 50, 500


@access.requires(access.MEMBER, methods="GET")
def programmes(request: HttpRequest) -> HttpResponse:
    """The programmes that somebody coordinates or takes part in."""
    seen = list(queries.with_counts(queries.visible_to(request.actor)))
    counted = {programme.pk: programme for programme in seen}
    own = [counted[programme.pk] for programme in queries.desk(request.actor)]
    mine = {programme.pk for programme in own}
    context = {
        "own": own,
        "others": [programme for programme in seen if programme.pk not in mine and not programme.archived_at],
        "archived": any(programme.archived_at for programme in seen),
        "may_create": access.may(request.actor, "programmes.create"),
    }
    return render(request, "programmes/programmes.html", context)


@access.requires("programmes.create")
def create(request: HttpRequest) -> HttpResponse:
    """A new programme, in preparation."""
    form = forms.NewProgramme(
        request.POST if request.method == "POST" else None, organisation=request.actor.organisation.pk
    )
    if request.method == "POST" and form.is_valid():
        facts = form.facts()
        edition = advice.newest_edition(request.actor.organisation.pk, facts["model_key"])
        made = actions.create(by=request.actor, model_edition=edition, **facts)
        messages.success(request, _("“%(name)s” is begun.") % {"name": made.name})
        return redirect("programmes:programme", made.slug)
    return render(request, "programmes/create.html", {"form": form})


@access.requires("programmes.read", methods="GET")
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """One programme: what it is for, how far its people have come, and what later packages show of it."""
    with hooks.assembling():
        found = access.fetch(queries.visible_to(request.actor), slug=slug)
        coordinators = queries.coordinators(found)
        coordinates = request.actor.membership in coordinators
        standing = Standing(coordinates, not coordinates)
        model, own = advice.model_by(found)
        context = {
            "programme": found,
            "coordinates": coordinates,
            "model": model,
            "model_from": advice.edition_words(model, own, found.organisation.name) if own else "",
            "coordinators": coordinators,
            "reason": queries.on_page(found)[0].model_reason,
            "panels": hooks.panels.shown("programme", request.actor, (found, standing)),
        }
        if coordinates:
            context |= {"first": _first_step(request.actor, found)} | _funnel(found)
        return render(request, "programmes/programme.html", context)


def _first_step(actor: Actor, found: Programme) -> hooks.NextStep | None:
    here = reverse("programmes:programme", args=[found.slug])
    steps = hooks.next_steps.of(actor, "programme")
    return next((step for step in steps if step.yours and step.link.startswith(here)), None)


def _funnel(found: Programme) -> dict[str, Any]:
    if found.state == ProgrammeState.DRAFT:
        return {}
    figures, counted_at = queries.funnel(found)
    shown = [
        {"count": count, "words": step.words, "url": reverse("programmes:funnel", args=[found.slug, step.key])}
        for step, count in figures
    ]
    return {"funnel": shown, "as_of": _as_of(counted_at) if counted_at else ""}


def _as_of(counted_at: datetime) -> str:
    there = localtime(counted_at)
    said = {"time": date_format(there, "H:i"), "day": date_format(there, "l j F")}
    if there.date() == localtime(clock.now()).date():
        return _("As of %(time)s. Each list opens as it is now.") % said
    return _("As of %(day)s, %(time)s. Each list opens as it is now.") % said


@access.requires("programmes.figures", methods="GET")
def funnel(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The people behind one number of the funnel."""
    found = access.fetch(queries.coordinated_by(request.actor), slug=slug)
    step = next((step for step in hooks.funnel_steps if step.key == key), None)
    if step is None:
        raise Http404
    people = step.people(found).select_related("membership").order_by("membership__name", "membership_id")
    page = Paginator(people, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "programmes/funnel.html", {"programme": found, "step": step, "page": page})


@access.requires("programmes.change")
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """Change name, purpose and dates."""
    found = access.fetch(queries.coordinated_by(request.actor), slug=slug)
    initial = {name: getattr(found, name) for name in ("name", "purpose", "starts_on", "ends_on")}
    if found.state == ProgrammeState.CLOSED:
        messages.info(request, _("This programme is closed. It stays as it is."))
        return redirect("programmes:programme", found.slug)
    form = forms.ProgrammeForm(request.POST if request.method == "POST" else None, initial=initial, with_model=False)
    if request.method == "POST" and form.is_valid():
        return attempt(request, found, _("Saved."), actions.change, found, **form.cleaned_data)
    return render(request, "programmes/change.html", {"form": form, "programme": found})


def attempt(request: HttpRequest, found: Programme, words: str, action: Any, *args: Any, **facts: Any) -> HttpResponse:
    """Act, say so or say why not, and go to the programme's page."""
    try:
        action(*args, by=request.actor, **facts)
        messages.success(request, words)
    except NotPossible as reason:
        messages.info(request, str(reason))
    return redirect("programmes:programme", found.slug)


@access.requires("programmes.change", methods="GET")
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Who takes part: search, filter, fifty a page."""
    found = access.fetch(queries.coordinated_by(request.actor), slug=slug)
    form = forms.PeopleFilter(request.GET)
    chosen = form.chosen()
    takers = queries.search_participants(found, chosen)
    page = Paginator(takers, A_PAGE).get_page(request.GET.get("page"))
    labels = {"part": _("Part"), "places": _("Places"), "state": _("Invitation")}
    columns = [
        _("Name"),
        labels["part"],
        Column(labels["places"], num=True),
        labels["state"],
        Column(_("Actions"), hidden=True),
    ]
    may_invite = chosen.get("state") == MembershipState.LISTED and access.may(request.actor, "people.manage")
    context = {"programme": found, "form": form, "page": page, "labels": labels, "columns": columns}
    context |= {"narrowed": bool(chosen), "to_invite": _to_invite(takers) if may_invite else []}
    return render(request, "programmes/people.html", context)


def _to_invite(takers: QuerySet[Participation]) -> list[str]:
    """Everybody who is listed and can be mailed, on whichever page, each once; of very many the first."""
    found = takers.exclude(membership__work_address="").values_list("membership__ref", flat=True)
    return list(dict.fromkeys(found))[:MOST_AT_ONCE]


@access.requires("programmes.change")
def places(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """How many mentees a mentor has room for."""
    found, taker = _participation(request, slug, ref)
    if taker.part != Part.MENTOR or not taker.in_force:
        raise Http404
    form = forms.Places(request.POST if request.method == "POST" else None, initial={"capacity": taker.capacity})
    if request.method == "POST" and form.is_valid():
        actions.change_capacity(taker, form.cleaned_data["capacity"], by=request.actor)
        words = ngettext("%(name)s has %(count)s place now.", "%(name)s has %(count)s places now.", taker.capacity)
        messages.success(request, words % {"name": taker.membership.name, "count": taker.capacity})
        return redirect("programmes:people", slug)
    return render(request, "programmes/places.html", {"programme": found, "taker": taker, "form": form})


@access.requires("programmes.change")
def remove(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """End somebody's part, after asking."""
    found, taker = _participation(request, slug, ref)
    gone = _("%(name)s no longer takes part.") % {"name": taker.membership.name}
    if not taker.in_force:
        messages.info(request, gone)
        return redirect("programmes:people", slug)
    if request.method == "POST":
        try:
            actions.end_participation(taker, by=request.actor)
            messages.success(request, gone)
        except NotPossible as reason:
            messages.error(request, str(reason))
        still = queries.coordinated_by(request.actor).filter(pk=found.pk).exists()
        return redirect("programmes:people", slug) if still else redirect("programmes:programmes")
    return render(request, "programmes/remove.html", {"programme": found, "taker": taker})


def _participation(request: HttpRequest, slug: str, ref: str) -> tuple[Programme, Participation]:
    found = access.fetch(queries.coordinated_by(request.actor), slug=slug)
    held = Participation.objects.filter(programme=found).select_related("membership")
    return found, access.fetch(held, ref=ref)


@access.requires("programmes.change")
def close(request: HttpRequest, slug: str) -> HttpResponse:
    """End a programme, after asking."""
    found = access.fetch(queries.coordinated_by(request.actor), slug=slug)
    if request.method == "POST":
        return attempt(request, found, _("The programme is closed."), actions.close, found)
    if found.state != ProgrammeState.RUNNING:
        return redirect("programmes:programme", found.slug)
    return render(request, "programmes/close.html", {"programme": found})
