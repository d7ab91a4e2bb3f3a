"""Pages of programmes: the list, one programme, its people, launching and closing."""

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
from alongside.foundation.ui.components.tables import Column
from alongside.people.models import Profile
from alongside.programmes import actions, forms, queries, rules
from alongside.programmes.models import Participation, Programme
from alongside.programmes.policy import Standing
from alongside.programmes.terms import Part, ProgrammeState

A_PAGE = 50


@access.requires(access.MEMBER, methods="GET")
def programmes(request: HttpRequest) -> HttpResponse:
    """The programmes that somebody coordinates or takes part in."""
    found = queries.with_counts(queries.visible_to(request.actor))
    may_create = access.may(request.actor, "programmes.create")
    return render(request, "programmes/programmes.html", {"programmes": found, "may_create": may_create})


@access.requires("programmes.create")
def create(request: HttpRequest) -> HttpResponse:
    """A new programme, in preparation."""
    form = forms.ProgrammeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        edition = guidance.model(facts["model_key"]).edition
        made = actions.create(by=request.actor, model_edition=edition, **facts)
        messages.success(request, _("“%(name)s” is begun. Add people next.") % {"name": made.name})
        return redirect("programmes:programme", made.slug)
    return render(request, "programmes/create.html", {"form": form})


@access.requires("programmes.read", methods="GET")
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """One programme: what it is for, how far its people have come, and what later packages show of it."""
    found = access.fetch(queries.visible_to(request.actor), slug=slug)
    coordinates = queries.coordinated_by(request.actor).filter(pk=found.pk).exists()
    standing = Standing(coordinates, not coordinates)
    context = {
        "programme": found,
        "coordinates": coordinates,
        "model": guidance.model(found.model_key, found.model_edition),
        "coordinators": queries.coordinators(found),
        "panels": hooks.panels.shown("programme", request.actor, (found, standing)),
    }
    if coordinates:
        counts = queries.counts(found)
        context |= {
            "counts": counts,
            "funnel": _funnel(found),
            "missing": rules.why_not_launch(counts["mentor"], counts["mentee"]),
        }
    return render(request, "programmes/programme.html", context)


def _funnel(found: Programme) -> list[dict[str, Any]]:
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
    """Change a programme."""
    found = access.fetch(queries.coordinated_by(request.actor), slug=slug)
    fixed = found.state != ProgrammeState.DRAFT
    initial = {name: getattr(found, name) for name in ("name", "purpose", "starts_on", "ends_on", "model_key")}
    form = forms.ProgrammeForm(request.POST or None, initial=initial, fixed_model=fixed)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        if not fixed:
            facts["model_edition"] = guidance.model(facts["model_key"]).edition
        return _try(request, found, _("Saved."), actions.change, found, **facts)
    return render(request, "programmes/change.html", {"form": form, "programme": found})


def _try(request: HttpRequest, found: Programme, words: str, action: Any, *args: Any, **facts: Any) -> HttpResponse:
    try:
        action(*args, by=request.actor, **facts)
        messages.success(request, words)
    except NotPossible as reason:
        messages.error(request, str(reason))
    return redirect("programmes:programme", found.slug)


@access.requires("programmes.change", methods="GET")
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Who takes part: search, filter, fifty a page."""
    found = access.fetch(queries.coordinated_by(request.actor), slug=slug)
    form = forms.PeopleFilter(request.GET)
    page = Paginator(queries.search_participants(found, form.chosen()), A_PAGE).get_page(request.GET.get("page"))
    labels = {"part": _("Part"), "places": _("Places"), "state": _("Joined")}
    columns = [
        _("Name"), labels["part"], Column(labels["places"], num=True), labels["state"], Column(_("Actions"), hidden=True)
    ]  # fmt: skip
    context = {"programme": found, "form": form, "page": page, "labels": labels, "columns": columns}
    return render(request, "programmes/people.html", context)


@access.requires("programmes.change")
def add_people(request: HttpRequest, slug: str) -> HttpResponse:
    """Add people from the organisation's list: everybody whom the roster names, or the chosen ones."""
    found = access.fetch(queries.coordinated_by(request.actor), slug=slug)
    if request.method == "POST":
        return _add(request, found)
    form = forms.RosterFilter(request.GET)
    page = Paginator(queries.addable(found, form.chosen()), A_PAGE).get_page(request.GET.get("page"))
    named = queries.addable(found, {}).exclude(roster_role="").count()
    return render(
        request, "programmes/add_people.html", {"programme": found, "form": form, "page": page, "named": named}
    )


def _add(request: HttpRequest, found: Programme) -> HttpResponse:
    able = queries.addable(found, {})
    if request.POST.get("all"):
        places = actions.roster_places(able.exclude(roster_role=""))
    else:
        places = _chosen(request, able)
    try:
        count = actions.add_participants(found, places, by=request.actor)
        words = ngettext(
            "%(count)s place in the programme is filled.", "%(count)s places in the programme are filled.", count
        )
        messages.success(request, words % {"count": count})
    except NotPossible as reason:
        messages.error(request, str(reason))
    return redirect("programmes:people", found.slug)


def _chosen(request: HttpRequest, able: Any) -> list[actions.Place]:
    places = []
    profiles: dict[str, Profile] = {}
    wanted = {part: set(request.POST.getlist(part)) for part in (Part.MENTOR, Part.MENTEE, Part.COORDINATOR)}
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
    form = forms.Places(request.POST or None, initial={"capacity": taker.capacity})
    if request.method == "POST" and form.is_valid():
        actions.change_capacity(taker, form.cleaned_data["capacity"], by=request.actor)
        return redirect("programmes:people", slug)
    return render(request, "programmes/places.html", {"programme": found, "taker": taker, "form": form})


@access.requires("programmes.change")
def remove(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """End somebody's part, after asking."""
    found, taker = _participation(request, slug, ref)
    if request.method == "POST":
        try:
            actions.end_participation(taker, by=request.actor)
            messages.success(request, _("%(name)s no longer takes part.") % {"name": taker.membership.name})
        except NotPossible as reason:
            messages.error(request, str(reason))
        return redirect("programmes:people", slug)
    return render(request, "programmes/remove.html", {"programme": found, "taker": taker})


def _participation(request: HttpRequest, slug: str, ref: str) -> tuple[Programme, Participation]:
    found = access.fetch(queries.coordinated_by(request.actor), slug=slug)
    return found, access.fetch(queries.participants(found), ref=ref)


@access.requires("programmes.change")
def launch(request: HttpRequest, slug: str) -> HttpResponse:
    """From now on people can be paired and are told; after asking."""
    found = access.fetch(queries.coordinated_by(request.actor), slug=slug)
    if request.method == "POST":
        return _try(request, found, _("It is launched. Now pair people."), actions.launch, found)
    counts = queries.counts(found)
    missing = rules.why_not_launch(counts["mentor"], counts["mentee"])
    return render(request, "programmes/launch.html", {"programme": found, "counts": counts, "missing": missing})


@access.requires("programmes.change")
def close(request: HttpRequest, slug: str) -> HttpResponse:
    """End a programme, after asking."""
    found = access.fetch(queries.coordinated_by(request.actor), slug=slug)
    if request.method == "POST":
        return _try(request, found, _("The programme is closed."), actions.close, found)
    return render(request, "programmes/close.html", {"programme": found})
