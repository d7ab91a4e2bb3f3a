"""What coordinators do with applications: look through them, decide, keep the waiting list, carry it over."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext, ngettext_lazy

from alongside.foundation import access, clock, hooks, reads
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.ui.components.tables import Column
from alongside.programmes import actions, forms, queries, rules
from alongside.programmes.models import Joining, Programme
from alongside.programmes.queries import joining as found
from alongside.programmes.rules.gaps import some
from alongside.programmes.terms import JoiningState, Mover, Part, ProgrammeState, Step
from alongside.programmes.views import standing

A_PAGE, AT_ONCE = 50, 200
DECISIONS = {"accept": Step.ACCEPT, "wait": Step.WAIT, "turn-down": Step.TURN_DOWN, "news": Step.NEWS}


def _programme(request: HttpRequest, slug: str) -> Programme:
    return access.fetch(queries.coordinated_by(request.actor), slug=slug)


def _of(request: HttpRequest, programme: Programme) -> Any:
    return found.sent_to(request.actor).filter(programme=programme).select_related("membership")


@access.requires("programmes.application", methods="GET")
def applications(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody who has applied, the first one first; filters, fifty a page, ticks to decide about several."""
    programme = _programme(request, slug)
    form = forms.ApplicationsFilter(request.GET)
    chosen = form.chosen()
    page = Paginator(found.search(_of(request, programme), chosen), A_PAGE).get_page(request.GET.get("page"))
    labels = {"part": _("As"), "state": _("How it stands"), "fits": _("Fits, they say"), "on": _("Applied on")}
    columns = [_("Name"), *labels.values(), Column(_("Choose"), hidden=True)]
    context = {"programme": programme, "form": form, "page": page, "labels": labels, "columns": columns}
    context |= {"narrowed": bool(chosen), "today": clock.today(request.actor.organisation.timezone)}
    return render(request, "programmes/applications.html", context | _room_left(programme))


def _room_left(programme: Programme) -> dict[str, Any]:
    """How many places there are, and how many are taken, for each part."""
    design = queries.design_of(programme)
    return {"room_left": standing.room_left(design, queries.counts(programme)), "open_to": design.open_to}


@access.requires("programmes.answers", methods="GET")
def application(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """One application with its answers and its history. Whoever it is about sees that it was read."""
    programme = _programme(request, slug)
    joining = access.fetch(_of(request, programme), ref=ref)
    answers = found.answered(request.actor, joining)
    if joining.state in rules.joining.OPEN or answers:
        reads.note(request.actor, subject=joining.membership, record=joining)
    context = {
        "programme": programme,
        "joining": joining,
        "answers": answers,
        "history": found.history(joining),
        "steps": rules.joining.steps(joining.state, Mover.COORDINATOR),
        "overdue": rules.joining.is_overdue(
            joining.state, joining.news_by, clock.today(request.actor.organisation.timezone)
        ),
    }
    context["panels"] = hooks.panels.shown("application", request.actor, joining)
    return render(request, "programmes/application.html", context | _room_left(programme))


@access.requires("programmes.decide")
def decide(request: HttpRequest, slug: str) -> HttpResponse:
    """Decide about one or several: what they are told is read and changed before it goes."""
    programme = _programme(request, slug)
    said = request.POST if request.method == "POST" else request.GET
    step = DECISIONS.get(said.get("to", ""))
    if step is None:
        raise Http404
    chosen, left = _chosen(request, programme, said.getlist("application"), step)
    if not chosen:
        messages.info(request, _("Nobody was chosen for whom this is possible. Tick one or more."))
        return redirect("programmes:applications", slug)
    form = forms.Decision(request.POST if request.method == "POST" else None, step, programme, request.actor)
    if request.method == "POST" and form.is_valid():
        return _decided(request, programme, chosen, form)
    context = {"programme": programme, "chosen": chosen, "left": left, "form": form, "to": said["to"], "step": step}
    context |= {"revision": said.get("seen") or (chosen[0].revision if len(chosen) == 1 else "")}
    return render(request, "programmes/decide.html", context | _room_left(programme))


def _chosen(
    request: HttpRequest, programme: Programme, refs: list[str], step: Step
) -> tuple[list[Joining], list[Joining]]:
    """Of the ticked ones, those out of whose state the step leads, in the order in which they came; and the others."""
    clean = [ref for ref in refs[:AT_ONCE] if "\0" not in ref]
    held = list(_of(request, programme).filter(ref__in=clean).order_by("applied_at", "id"))
    able = [joining for joining in held if rules.joining.move(joining.state, step)]
    return able, [joining for joining in held if joining not in able]


def _decided(request: HttpRequest, programme: Programme, chosen: list[Joining], form: forms.Decision) -> HttpResponse:
    seen = request.POST.get("seen", "")
    if len(chosen) == 1 and seen.isdecimal() and len(seen) < 9:
        try:
            actions.decide(chosen[0], form.verdict(), by=request.actor, seen=int(seen))
            messages.success(request, _DONE[form.step] % {"name": chosen[0].membership.name})
        except NotPossible as reason:
            messages.info(request, str(reason))
        return redirect("programmes:application", programme.slug, chosen[0].ref)
    outcome = actions.decide_all(chosen, form.verdict(), by=request.actor)
    if outcome.done:
        messages.success(request, _DONE_ALL[form.step] % {"count": outcome.done})
    for joining, reason in outcome.refused:
        messages.info(request, f"{joining.membership.name}: {reason}")
    return redirect("programmes:applications", programme.slug)


_DONE = {
    Step.ACCEPT: _lazy("%(name)s takes part, and is told."),
    Step.WAIT: _lazy("%(name)s is on the waiting list, and is told."),
    Step.NEWS: _lazy("%(name)s is told how it stands."),
    Step.TURN_DOWN: _lazy("%(name)s is told."),
}
_DONE_ALL = {
    Step.ACCEPT: ngettext_lazy("One takes part, and is told.", "%(count)s take part, and are told.", "count"),
    Step.WAIT: ngettext_lazy(
        "One is on the waiting list, and is told.", "%(count)s are on the waiting list, and are told.", "count"
    ),
    Step.NEWS: ngettext_lazy("One is told how it stands.", "%(count)s are told how it stands.", "count"),
    Step.TURN_DOWN: ngettext_lazy("One is told.", "%(count)s are told.", "count"),
}


@access.requires("programmes.decide", methods="POST")
def again(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """Take a decision back: a refusal at any time, an acceptance within a day."""
    programme = _programme(request, slug)
    joining = access.fetch(_of(request, programme), ref=ref)
    action = actions.undo if joining.state == JoiningState.TAKING_PART else actions.look_again
    try:
        action(joining, by=request.actor)
        name = {"name": joining.membership.name}
        messages.success(request, _("It is open again, and %(name)s is told that you look at it once more.") % name)
    except NotPossible as reason:
        messages.info(request, str(reason))
    return redirect("programmes:application", slug, ref)


@access.requires("programmes.application", methods="GET")
def waiting(request: HttpRequest, slug: str) -> HttpResponse:
    """The waiting list in its order, one part at a time; the ways to change it and to tell everybody on it."""
    programme = _programme(request, slug)
    part = request.GET.get("part") if request.GET.get("part") in Part else ""
    counts = {one: found.waiting_list(programme, one).count() for one in (Part.MENTEE, Part.MENTOR)}
    part = part or (Part.MENTOR if counts[Part.MENTOR] and not counts[Part.MENTEE] else Part.MENTEE)
    paginator = Paginator(found.waiting_list(programme, part), A_PAGE)
    paginator.count = counts[Part(part)]  # counted already
    page = paginator.get_page(request.GET.get("page"))
    today = clock.today(request.actor.organisation.timezone)
    rows = [(row, rules.joining.is_overdue(row.state, row.news_by, today)) for row in page.object_list]
    context = {
        "programme": programme,
        "page": page,
        "rows": rows,
        "part": part,
        "counts": [(one.value, words, counts[one]) for one, words in _parts()],
        "me": request.actor.membership.pk,
        "after": found.rounds_after(request.actor, programme),
        "labels": {"place": _("Place"), "since": _("Applied on"), "news": _("Hears again by")},
    }
    return render(request, "programmes/waiting.html", context | _room_left(programme))


def _parts() -> tuple[tuple[Part, str], ...]:
    return ((Part.MENTEE, _("Mentees")), (Part.MENTOR, _("Mentors")))


@access.requires("programmes.decide", methods="POST")
def reorder(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """Move somebody on the list up or down by one."""
    programme = _programme(request, slug)
    joining = access.fetch(_of(request, programme), ref=ref)
    try:
        actions.reorder(joining, up=request.POST.get("way") != "down", by=request.actor)
    except NotPossible as reason:
        messages.info(request, str(reason))
    response = redirect("programmes:waiting", slug)
    response["Location"] += f"?part={joining.part}"
    return response


@access.requires("programmes.decide")
def carry_over(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask everybody on the list whether they want to stay on it for the next round."""
    programme = _programme(request, slug)
    after = found.rounds_after(request.actor, programme)
    people = list(found.carriable(programme).exclude(membership=request.actor.membership))
    if request.method == "POST":
        to = next((one for one in after if one.slug == request.POST.get("round")), None)
        if to is None:
            raise Http404
        return _carried(request, programme, to)
    context = {
        "programme": programme,
        "after": after,
        "people": people,
        "names": some([one.membership.name for one in people]),
    }
    return render(request, "programmes/carry_over.html", context)


def _carried(request: HttpRequest, programme: Programme, to: Programme) -> HttpResponse:
    try:
        count = actions.carry_over(programme, to, by=request.actor)
    except NotPossible as reason:
        messages.info(request, str(reason))
        return redirect("programmes:waiting", programme.slug)
    if to.state == ProgrammeState.DRAFT:
        words = ngettext("One person is asked at its launch.", "%(count)s people are asked at its launch.", count)
    else:
        words = ngettext("One person is asked.", "%(count)s people are asked.", count)
    messages.success(request, words % {"count": count})
    return redirect("programmes:waiting", to.slug)
