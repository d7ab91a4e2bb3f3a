"""The list of programmes, one programme, its people, and closing it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside import guidance
from alongside.foundation import access, hooks
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.terms import MembershipState
from alongside.foundation.ui.components.tables import Column
from alongside.people.models import Profile
from alongside.programmes import actions, forms, queries
from alongside.programmes.models import Participation, Programme
from alongside.programmes.policy import Standing
from alongside.programmes.terms import Part, ProgrammeState

A_PAGE = 50


@access.requires(access.MEMBER, methods="GET")
def programmes(request: HttpRequest) -> HttpResponse:
    """The programmes that somebody coordinates or takes part in."""
    own = queries.desk(request.actor)
    mine = {programme.pk for programme in own}
    seen = list(queries.visible_to(request.actor))
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
    form = forms.NewProgramme(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        facts = form.facts()
        edition = guidance.model(facts["model_key"]).edition
        made = actions.create(by=request.actor, model_edition=edition, **facts)
        messages.success(request, _("“%(name)s” is begun. Add people next.") % {"name": made.name})
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
        context = {
            "programme": found,
            "coordinates": coordinates,
            "model": guidance.model(found.model_key, found.model_edition),
            "coordinators": coordinators,
            "reason": queries.on_page(found)[0].model_reason,
            "panels": hooks.panels.shown("programme", request.actor, (found, standing)),
        }
        if coordinates:
            context |= {"first": _first_step(request.actor, found), "funnel": _funnel(found)}
        return render(request, "programmes/programme.html", context)


def _first_step(actor: Actor, found: Programme) -> hooks.NextStep | None:
    here = reverse("programmes:programme", args=[found.slug])
    return next((step for step in hooks.next_steps.of(actor) if step.yours and step.link.startswith(here)), None)


def _funnel(found: Programme) -> list[dict[str, Any]]:
    if found.state == ProgrammeState.DRAFT:
        return []
    return [
        {
            "count": step.people(found).count(),
            "words": step.words,
            "url": reverse("programmes:funnel", args=[found.slug, step.key]),
        }
        for step in hooks.funnel_steps.in_order()
    ]


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
    page = Paginator(queries.search_participants(found, chosen), A_PAGE).get_page(request.GET.get("page"))
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
    context |= {"narrowed": bool(chosen), "to_invite": _to_invite(page) if may_invite else []}
    return render(request, "programmes/people.html", context)


def _to_invite(page: Any) -> list[str]:
    found = [taker.membership.ref for taker in page if taker.membership.work_address]
    return list(dict.fromkeys(found))


@access.requires("programmes.change")
def add_people(request: HttpRequest, slug: str) -> HttpResponse:
    """Add people from the organisation's list: everybody whom the roster names, or the chosen ones."""
    found = access.fetch(queries.coordinated_by(request.actor), slug=slug)
    if found.state == ProgrammeState.CLOSED:
        messages.info(request, _("This programme is closed. Nobody can be added."))
        return redirect("programmes:people", found.slug)
    if request.method == "POST":
        return _add(request, found)
    form = forms.RosterFilter(request.GET)
    chosen = form.chosen()
    page = Paginator(queries.addable(found, chosen), A_PAGE).get_page(request.GET.get("page"))
    rows = [(profile, _ticks(profile)) for profile in page]
    context = {"programme": found, "form": form, "page": page, "rows": rows, "narrowed": bool(chosen)}
    named = queries.addable(found, {}).exclude(roster_role="").count()
    return render(request, "programmes/add_people.html", context | {"named": named})


def _ticks(profile: Any) -> list[dict[str, Any]]:
    """The parts that somebody does not play yet."""
    free = {
        Part.MENTOR: not profile.is_mentor,
        Part.MENTEE: not profile.is_mentee,
        Part.COORDINATOR: not profile.is_coordinator,
    }
    ref = profile.membership.ref
    return [{"name": part.value, "value": ref, "words": part.label} for part, is_free in free.items() if is_free]


def _add(request: HttpRequest, found: Programme) -> HttpResponse:
    able = queries.addable(found, {})
    everybody = bool(request.POST.get("all"))
    places = actions.roster_places(able.exclude(roster_role="")) if everybody else _chosen(request, able)
    if not places:
        messages.info(request, _("Nobody new was chosen. Tick one box or more."))
        return redirect("programmes:add_people", found.slug)
    try:
        count = actions.add_participants(found, places, by=request.actor)
        words = ngettext("%(count)s is added.", "%(count)s are added.", count)
        messages.success(request, words % {"count": count})
    except NotPossible as reason:
        messages.error(request, str(reason))
    return redirect("programmes:people", found.slug)


def _chosen(request: HttpRequest, able: Any) -> list[actions.Place]:
    places = []
    profiles: dict[str, Profile] = {}
    wanted = {part: {ref for ref in request.POST.getlist(part) if ref.isalpha()} for part in Part}
    for profile in able.filter(membership__ref__in=set().union(*wanted.values())):
        profiles[profile.membership.ref] = profile
    for part, refs in wanted.items():
        for ref in sorted(refs & profiles.keys()):
            capacity = profiles[ref].roster_capacity
            places.append(actions.Place(profiles[ref].membership, part, 1 if capacity is None else capacity))
    return places


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
