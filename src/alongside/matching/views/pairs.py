"""One pair, one mentee, one question: looking closely, locking, swapping, and what that would cost the others."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.foundation import access
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.jobs.terms import OPEN as OPEN_JOBS
from alongside.foundation.ui.components.tables import Column
from alongside.matching import actions, costs, fit, lacks, queries, reasons
from alongside.matching.forms import board as forms
from alongside.matching.models import Left, Proposal, Question, Round, Run, Taker
from alongside.matching.queries import boards
from alongside.matching.terms import CriterionName, MarkKind, RoundState
from alongside.matching.views import learned, opening, profiles, rows
from alongside.programmes.models import Participation
from alongside.programmes.terms import Part

A_PAGE = 25


@access.requires("matching.read", methods="GET")
def pair(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """A pair: the two side by side, the reasons whole, and who would fit next."""
    programme = opening.programme_of(request, slug)
    round_, run = opening.run_of(request, programme)
    found = access.fetch(queries.proposals(request.actor, run), ref=ref)
    (row,) = rows.rows(request.actor, round_, run, [found], boards.marked(request.actor, round_))
    context = {
        "programme": programme, "round": round_, "row": row, "may_change": round_.state == RoundState.DRAFT,
        "profiles": profiles.side_by_side(found, row.mentee_said, row.mentor_said),
        "next": _next(request, found), "learned": learned.of_pair(request, run, row),
    }  # fmt: skip
    return render(request, "matching/pair.html", context)


def _next(request: HttpRequest, found: Proposal) -> list[dict[str, Any]]:
    """The next mentors who would fit the mentee, with their scores."""
    known = boards.people(request.actor, [one["mentor"] for one in found.others])
    return [
        {"mentor": known[one["mentor"]], "fit": fit.of_hundred(one["score"])}
        for one in found.others
        if one["mentor"] in known
    ]


@access.requires("matching.change", methods="POST")
def looked(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """Say that one has looked at a pair, or at somebody who is not placed."""
    programme = opening.programme_of(request, slug)
    round_, run = opening.run_of(request, programme)
    found = queries.proposals(request.actor, run).filter(ref=ref).first()
    if found:
        actions.look(round_, found.mentee, found.mentor, by=request.actor)
        if request.POST.get("on") and (following := _to_look_at(request, round_, run)):
            return redirect("matching:pair", slug, following.ref)
        return _back(request, slug, f"#p-{ref}")
    left = access.fetch(queries.left(request.actor, run), ref=ref)
    actions.look(round_, left.mentee, by=request.actor)
    return _back(request, slug, f"#l-{ref}")


def _to_look_at(request: HttpRequest, round_: Round, run: Run) -> Proposal | None:
    """The next pair that is worth a look and was not looked at, the weakest first."""
    found = queries.proposals(request.actor, run)
    return boards.search(found, round_, {"state": boards.LOOK}, "fit").first()


def _back(request: HttpRequest, slug: str, anchor: str = "") -> HttpResponse:
    """The board as it was filtered and turned to."""
    at = request.POST.get("at", "")
    board = reverse("matching:board", args=[slug])
    return redirect(f"{board}?{at}{anchor}" if at else f"{board}{anchor}")


@access.requires("matching.change", methods="POST")
def mark(request: HttpRequest, slug: str) -> HttpResponse:
    """Lock two people, keep them apart, or take that back; with `again` the pairs are worked out at once."""
    programme = opening.programme_of(request, slug)
    form = forms.MarkTwo(request.POST)
    if not form.is_valid():
        messages.error(request, _("That was not understood. Look at the board again, and choose there."))
        return redirect("matching:board", slug)
    said = form.cleaned_data
    mentee = opening.one_of(request, said["mentee"], Part.MENTEE, programme)
    mentor = opening.one_of(request, said["mentor"], Part.MENTOR, programme)
    round_, kind = opening.round_of(request, programme), MarkKind(said["kind"]) if said["kind"] else None
    try:
        actions.mark(round_, mentee, mentor, kind, by=request.actor, seen=said["seen"])
        if said["again"]:
            actions.begin_run(round_, by=request.actor, keep=True)
    except NotPossible as reason:
        messages.error(request, str(reason))
    return _back(request, slug, "#pairs")


# --- another mentor


@access.requires("matching.read", methods="GET")
def mentee(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """Every mentor for one mentee, those who fit best first, with what rules forbid."""
    programme = opening.programme_of(request, slug)
    round_, run = opening.run_of(request, programme)
    who = opening.one_of(request, ref, Part.MENTEE, programme)
    said = Taker.objects.select_related("participation").filter(run=run, participation=who).first()
    form = forms.MentorFilter(request.GET)
    found = boards.candidates(request.actor, run, said) if said else []
    has = queries.proposals(request.actor, run).filter(mentee=who).first()
    left = queries.left(request.actor, run).filter(mentee=who).first()
    words = form.chosen().get("q", "").casefold().split()
    found = [one for one in found if all(word in one.participation.membership.name.casefold() for word in words)]
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    labels = {"why": _("Why they fit"), "fit": _("Fit"), "places": _("Places")}
    context = {
        "programme": programme, "round": round_, "mentee": who, "has": has, "form": form, "page": page,
        "narrowed": bool(words), "labels": labels, "may_change": round_.state == RoundState.DRAFT,
        "columns": [_("Mentor"), labels["why"], Column(_("Fit of 100"), num=True), labels["places"],
                    Column(_("Actions"), hidden=True)],
        "candidates": _candidates(run, said, who, page, has) if said else [],
        "leaves_out_wishes": any(name == CriterionName.WISHES for name, _weight in queries.said_by_run(run).criteria),
        "has_fit": fit.of_hundred(has.score) if has else 0,
        "left": _left(request, round_, run, left) if left else None,
        "learned": learned.labels(learned.said_by(request, [who]).get(who.pk, [])),
    }  # fmt: skip
    return render(request, "matching/mentee.html", context)


def _left(request: HttpRequest, round_: Round, run: Run, left: Left) -> rows.LeftRow:
    known = boards.people(request.actor, [change["mentor"] for change in left.changes])
    return rows.left_rows(round_, run, [left], {ref: one.membership.name for ref, one in known.items()})[0]


def _candidates(run: Run, said: Taker, who: Participation, found: Any, has: Proposal | None) -> list[dict[str, Any]]:
    scale = boards.plain_scale(run)
    return [_candidate(scale, said, who, one, has) for one in found]


def _candidate(
    scale: fit.Scale, said: Taker, who: Participation, one: boards.Candidate, has: Proposal | None
) -> dict[str, Any]:
    two = reasons.Two(fit.One(who.ref, said.said), one.one, who.membership.short_name,
                      one.participation.membership.short_name)  # fmt: skip
    shares = reasons.shares(scale, one.points, two)
    return {
        "mentor": one.participation,
        "note": rows.work(one.one),
        "brief": reasons.briefly(shares),
        "parts": [{"words": share.words, "got": share.got, "of": share.of} for share in shares],
        "fit": fit.of_hundred(one.score),
        "forbidden": lacks.quoted(one.forbidden_by, scale.policy.own),
        "places": _("%(taken)s of %(places)s taken") % {"taken": one.taken, "places": one.places},
        "is_theirs": bool(has and has.mentor_id == one.participation.pk),
    }


# --- why not these two


@access.requires("matching.change", methods="POST")
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask why two people are not paired, and what insisting would cost."""
    programme = opening.programme_of(request, slug)
    form = forms.AskTwo(request.POST)
    if not form.is_valid():
        messages.error(request, _("That was not understood. Choose a mentee, then a mentor."))
        return redirect("matching:board", slug)
    who = opening.one_of(request, form.cleaned_data["mentee"], Part.MENTEE, programme)
    mentor = opening.one_of(request, form.cleaned_data["mentor"], Part.MENTOR, programme)
    _round, run = opening.run_of(request, programme)
    if Taker.objects.filter(run=run, participation__in=[who, mentor]).count() < 2:
        messages.info(request, _("One of the two was not there when these pairs were worked out. Do that again first."))
        return redirect("matching:board", slug)
    return redirect("matching:question", slug, actions.ask(run, who, mentor, by=request.actor).ref)


@access.requires("matching.read", methods="GET")
def question(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """Why two people are not paired: rules, a block, or what it would cost the others; until then, how far it is."""
    programme = opening.programme_of(request, slug)
    round_, run = opening.run_of(request, programme)
    held = access.fetch(queries.questions(request.actor, round_), ref=ref)
    job = boards.job_of(held.job_ref)
    waits = held.answer is None and job is not None and job.state in OPEN_JOBS
    context = {"programme": programme, "round": round_, "question": held, "job": job, "waits": waits}
    is_old = held.run_id != run.pk
    context |= {"is_old": is_old, "may_change": round_.state == RoundState.DRAFT and not is_old}
    context["answer"] = _answer(request, held)
    page = "matching/_question.html" if request.htmx else "matching/question.html"
    response = render(request, page, context)
    if request.htmx and not waits:
        response["HX-Refresh"] = "true"
    return response


def _answer(request: HttpRequest, held: Question) -> costs.Answer | None:
    if held.answer is None:
        return None
    cost = held.answer.get("cost") or {}
    refs = {ref for two in (*cost.get("lost", ()), *cost.get("gained", ())) for ref in two[:2]}
    names = {ref: one.membership.name for ref, one in boards.people(request.actor, refs).items()}
    worst = held.run.figures.get("worst") or 0
    two = held.mentee, held.mentor
    who = costs.Who(two[0].ref, two[1].ref, two[0].membership.name, two[1].membership.name)
    return costs.answer(held.answer, who, names, worst=worst, about=queries.said_by_run(held.run).own)
