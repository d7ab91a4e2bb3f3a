"""From a board to what is published: what is still to look at, the words, the lock, publishing, taking back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.foundation import access
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.jobs.terms import OPEN as OPEN_JOBS
from alongside.matching import actions, queries
from alongside.matching.forms import board as forms
from alongside.matching.models import MatchingPolicy, Proposal, Round, Run
from alongside.matching.queries import boards
from alongside.matching.terms import RoundState, Way
from alongside.matching.views import opening, steps
from alongside.programmes.terms import ProgrammeState

_STEPS = {"reviewed": RoundState.REVIEWED, "locked": RoundState.LOCKED, "draft": RoundState.DRAFT}


@access.requires("matching.read", methods="GET")
def check(request: HttpRequest, slug: str) -> HttpResponse:
    """What would be published, who would be told, and the step that is next."""
    programme = opening.programme_of(request, slug)
    round_ = boards.latest(request.actor, programme)
    run = queries.shown_run(round_) if round_ else None
    if round_ is None or run is None or round_.state == RoundState.PUBLISHED:
        return redirect("matching:board", slug)
    publishing, policy = boards.job_of(round_.job_ref), queries.policy_of(programme)
    context = {
        "programme": programme, "round": round_, "run": run, "stages": _stages(round_),
        "words": forms.Words(initial={"seen": round_.revision, "words": round_.words}),
        "publishing": publishing if publishing and publishing.state in OPEN_JOBS else None,
        "not_published": publishing.error if publishing and round_.state == RoundState.LOCKED else "",
        "proven": steps.is_proven(run), **_told(run, policy.way),
        **_left_to_do(request, round_, run, policy),
    }  # fmt: skip
    return render(request, "matching/check.html", context)


def _stages(round_: Round) -> list[dict[str, str]]:
    """How far the round has come, as a list to read."""
    order = [RoundState.DRAFT, RoundState.REVIEWED, RoundState.LOCKED]
    words = [_("Pairs worked out"), _("Looked through"), _("Locked")]
    now = order.index(RoundState(round_.state))
    found = [{"state": "done" if place <= now else "empty", "words": said} for place, said in enumerate(words)]
    return [*found, {"state": "empty", "words": _("Published")}]


def _told(run: Run, way: str) -> dict[str, Any]:
    """Who gets a mail when a run is published: one each for a part. Mentors only later where one chooses."""
    pairs, choose = Proposal.objects.filter(run=run), way == Way.CHOICE
    mentees, mentors = pairs.count(), 0 if choose else pairs.order_by().values("mentor").distinct().count()
    left = run.left.count()
    people, not_invited = queries.told(run, mentors=not choose)
    return {
        "pairs": mentees, "mentors": mentors, "left": left, "mails": mentees + mentors + left, "choose": choose,
        "people": people, "not_invited": not_invited,
    }  # fmt: skip


def _left_to_do(request: HttpRequest, round_: Round, run: Run, policy: MatchingPolicy) -> dict[str, Any]:
    people, pairs = boards.left_to_look(request.actor, round_, run)
    near = queries.unseen_by_others(request.actor, run)
    since = boards.since(round_, run, policy)
    return {
        "to_look": steps.to_look(people, pairs) if people or pairs else "",
        "look_url": steps.where_to_look(round_, pairs),
        "near": near,
        "since": since,
        "behind": since.is_in_the_way,
        "not_running": round_.programme.state != ProgrammeState.RUNNING,
    }


def _seen(request: HttpRequest) -> int:
    form = forms.Seen(request.POST)
    return form.cleaned_data["seen"] if form.is_valid() else -1


def _seen_with_words(request: HttpRequest, round_: Round) -> int:
    """The revision to act on, once the words that stand beside the button are kept: a step loses none of them."""
    form = forms.Words(request.POST)
    if "words" not in request.POST:
        return _seen(request)
    if not form.is_valid():
        raise NotPossible(next(str(errors[0]) for errors in form.errors.values()))
    if form.cleaned_data["words"].strip() == round_.words:
        return _seen(request)
    return actions.write(round_, form.cleaned_data["words"], by=request.actor, seen=_seen(request)).revision


@access.requires("matching.change", methods="POST")
def write(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep the words that go out."""
    programme = opening.programme_of(request, slug)
    round_, form = opening.round_of(request, programme), forms.Words(request.POST)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, str(errors[0]))
        return redirect("matching:check", slug)
    try:
        actions.write(round_, form.cleaned_data["words"], by=request.actor, seen=form.cleaned_data["seen"])
        messages.success(request, _("Your words are kept. They go out with the pairs."))
    except NotPossible as reason:
        messages.error(request, str(reason))
    return redirect("matching:check", slug)


@access.requires("matching.change", methods="POST")
def move(request: HttpRequest, slug: str, step: str) -> HttpResponse:
    """A step on or back: looked through, locked, unlocked."""
    programme = opening.programme_of(request, slug)
    round_, to = opening.round_of(request, programme), _STEPS.get(step)
    try:
        if to is None:
            raise NotPossible(_("That step is not open from here. Look at the matching again."))
        actions.move(round_, to, by=request.actor, seen=_seen_with_words(request, round_))
    except NotPossible as reason:
        messages.error(request, str(reason))
    return redirect("matching:check", slug)


@access.requires("matching.change", methods="POST")
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand a locked round over to be published."""
    programme = opening.programme_of(request, slug)
    round_ = opening.round_of(request, programme)
    try:
        actions.hand_over(round_, by=request.actor, seen=_seen_with_words(request, round_))
    except NotPossible as reason:
        messages.error(request, str(reason))
        return redirect("matching:check", slug)
    return redirect("matching:board", slug)


@access.requires("matching.change")
def discard(request: HttpRequest, slug: str) -> HttpResponse:
    """Throw a round away that was not published, after asking."""
    programme = opening.programme_of(request, slug)
    round_ = opening.round_of(request, programme)
    if request.method == "POST":
        try:
            actions.stop(round_, by=request.actor)
            actions.move(round_, RoundState.DISCARDED, by=request.actor, seen=_seen(request))
            messages.success(request, _("This matching is discarded. Nobody heard of it."))
        except NotPossible as reason:
            messages.error(request, str(reason))
        return redirect("matching:board", slug)
    form = forms.Seen(initial={"seen": round_.revision})
    return render(request, "matching/discard.html", {"programme": programme, "round": round_, "form": form})


@access.requires("matching.change")
def take_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Take what was published back while nobody has answered, after asking."""
    programme = opening.programme_of(request, slug)
    round_ = boards.latest(request.actor, programme)
    if round_ is None or round_.state != RoundState.PUBLISHED:
        return redirect("matching:board", slug)
    if request.method == "POST":
        try:
            actions.take_back(round_, by=request.actor)
            messages.success(request, _("Taken back. Whoever was told hears that it does not hold."))
        except NotPossible as reason:
            messages.error(request, str(reason))
        return redirect("matching:board", slug)
    run = queries.shown_run(round_)
    context = {"programme": programme, "round": round_, **(_told(run, queries.policy_of(programme).way) if run else {})}
    return render(request, "matching/take_back.html", context)
