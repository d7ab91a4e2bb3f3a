"""Finding a programme, applying, seeing how it stands, taking back, leaving, coming back: what people do themselves."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.foundation import access, clock, hooks, reads
from alongside.foundation.identity.actions import NotPossible
from alongside.people.queries.room import room as room_of
from alongside.programmes import actions, forms, queries
from alongside.programmes.models import CalendarEntry, Design, Joining, Participation
from alongside.programmes.queries import joining as found
from alongside.programmes.terms import JoiningState, Part, Step
from alongside.programmes.views import standing

A_PAGE = 20
PARTS = (Part.MENTEE.value, Part.MENTOR.value)


@access.requires(access.MEMBER, methods="GET")
def open_programmes(request: HttpRequest) -> HttpResponse:
    """Programmes to which people can apply, and one's own applications."""
    page = Paginator(found.open_now(request.actor), A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "own": standing.lines(found.at_home(request.actor).own, request.actor)}
    return render(request, "programmes/open.html", context)


@access.requires("programmes.open")
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """What a programme is and asks, and how one's own applications stand. A POST begins one."""
    programme = access.fetch(found.approachable(request.actor), slug=slug)
    if request.method == "POST":
        part = _part(request.POST.get("part", ""))
        try:
            actions.begin(programme, part, by=request.actor)
        except NotPossible as reason:
            messages.info(request, str(reason))
            return redirect("programmes:join", slug)
        return redirect("programmes:apply", slug, part)
    with hooks.assembling():
        context = standing.of_programme(request.actor, programme)
        context["panels"] = hooks.panels.shown("join", request.actor, programme)
        return render(request, "programmes/join.html", context)


def _part(said: str) -> str:
    if said not in PARTS:
        raise Http404
    return said


def _own(request: HttpRequest, slug: str, part: str) -> Joining:
    """One's own application for a part; absent, it is nobody's."""
    held = found.own(request.actor).select_related("programme__organisation", "membership")
    return access.fetch(held, programme__slug=slug, part=_part(part))


@access.requires("programmes.apply")
def apply(request: HttpRequest, slug: str, part: str) -> HttpResponse:
    """The questions: sent, or kept for later. What was sent can be changed until somebody has read it."""
    joining = _own(request, slug, part)
    is_sent = joining.state == JoiningState.APPLIED
    if joining.state != JoiningState.BEGUN and (not is_sent or reads.was_read(joining)):
        messages.info(request, _("It can no longer be changed. This is how it stands."))
        return redirect("programmes:join", slug)
    on_page = queries.on_page(joining.programme)
    form = _form(request, joining, on_page[0])
    if request.method == "POST":
        return _hand_in(request, joining, form, on_page)
    return _apply_page(request, joining, form, on_page)


OnPage = tuple[Design, list[CalendarEntry]]


def _form(request: HttpRequest, joining: Joining, design: Design) -> forms.Application:
    questions = found.questions_for(joining.programme, joining.part)
    said = actions.Said(found.said(joining), joining.fits)
    data = request.POST if request.method == "POST" else None
    return forms.Application(data, questions, said, eligibility=design.eligibility)


def _apply_page(request: HttpRequest, joining: Joining, form: forms.Application, on_page: OnPage) -> HttpResponse:
    design, entries = on_page
    context = {
        "programme": joining.programme,
        "joining": joining,
        "form": form,
        "is_sent": joining.state == JoiningState.APPLIED,
        "last_day": found.last_day(entries),
        "notice": design.notice,
    }
    return render(request, "programmes/apply.html", context)


def _hand_in(request: HttpRequest, joining: Joining, form: forms.Application, on_page: OnPage) -> HttpResponse:
    sound, later = form.is_valid(), request.POST.get("then") == "later"
    try:
        if joining.state == JoiningState.BEGUN and (later or not sound):
            actions.keep(joining, form.said(), by=request.actor)
        if later and not _broken(form):
            messages.success(request, _("It is kept. Nobody else sees it until you send it."))
            return redirect("programmes:join", joining.programme.slug)
        if not sound:
            return _apply_page(request, joining, form, on_page)
        was_sent = joining.state == JoiningState.APPLIED
        actions.send(joining, form.said(), by=request.actor)
        messages.success(request, _("It is changed.") if was_sent else _("Your application has arrived."))
    except NotPossible as reason:
        form.add_error(None, str(reason))
        return _apply_page(request, joining, form, on_page)
    return redirect("programmes:join", joining.programme.slug)


def _broken(form: forms.Application) -> bool:
    """Is something written that cannot be kept? What is only missing can wait."""
    return any(error.code != "required" for errors in form.errors.as_data().values() for error in errors)


@access.requires("programmes.apply", methods="POST")
def keep(request: HttpRequest, slug: str, part: str) -> HttpResponse:
    """Keep what is being typed, a moment after each pause: a fragment that says when."""
    joining = _own(request, slug, part)
    form = _form(request, joining, queries.on_page(joining.programme)[0])
    form.is_valid()
    try:
        actions.keep(joining, form.said(), by=request.actor)
    except NotPossible as reason:
        return render(request, "programmes/_kept.html", {"reason": str(reason)})
    return render(request, "programmes/_kept.html", {"kept_at": clock.now()})


OWN_MOVES: dict[str, tuple[Step, Callable[..., None]]] = {
    "take-back": (Step.TAKE_BACK, actions.take_back),
    "stay": (Step.STAY, actions.stay),
    "come-back": (Step.COME_BACK, actions.come_back),
}


@access.requires("programmes.apply")
def own_move(request: HttpRequest, slug: str, part: str, move: str) -> HttpResponse:
    """Take back, stay on the list, come back: what happens, then the question."""
    if move not in OWN_MOVES:
        raise Http404
    step, action = OWN_MOVES[move]
    joining = _own(request, slug, part)
    if request.method == "POST":
        try:
            action(joining, by=request.actor)
            messages.success(request, standing.DONE[step])
        except NotPossible as reason:
            messages.info(request, str(reason))
        return redirect("programmes:join", slug)
    if not standing.may(joining, step):
        return redirect("programmes:join", slug)
    context = {"programme": joining.programme, "joining": joining} | standing.question(joining, step)
    return render(request, "programmes/own_move.html", context)


def _own_part(request: HttpRequest, slug: str, part: str) -> Participation:
    held = Participation.objects.filter(membership=request.actor.membership, until__isnull=True)
    held = held.select_related("programme__organisation", "membership")
    return access.fetch(held, programme__slug=slug, part=_part(part))


@access.requires("programmes.apply")
def leave(request: HttpRequest, slug: str, part: str) -> HttpResponse:
    """Leave a programme without a reason, after reading what becomes of one's pairs."""
    taker = _own_part(request, slug, part)
    if request.method == "POST":
        try:
            actions.leave(taker, by=request.actor)
            messages.success(request, _("You have left. You can ask to come back at any time."))
        except NotPossible as reason:
            messages.info(request, str(reason))
        return redirect("programmes:join", slug)
    panels = hooks.panels.shown("leave", request.actor, taker)
    return render(request, "programmes/leave.html", {"programme": taker.programme, "taker": taker, "panels": panels})


@access.requires("programmes.apply")
def room(request: HttpRequest, slug: str) -> HttpResponse:
    """A mentor says how many mentees they have room for in this programme."""
    taker = _own_part(request, slug, Part.MENTOR)
    form = forms.Room(request.POST if request.method == "POST" else None, initial={"capacity": taker.capacity})
    if request.method == "POST" and form.is_valid():
        try:
            actions.say_room(taker, form.cleaned_data["capacity"], by=request.actor)
        except NotPossible as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("Saved. You can change it whenever your time changes."))
            return redirect("programmes:join", slug)
    context = {"programme": taker.programme, "form": form, "room": room_of(request.actor.membership)}
    return render(request, "programmes/own_room.html", context)
