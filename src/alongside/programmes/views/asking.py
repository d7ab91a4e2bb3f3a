"""Asking people of the organisation to take part, who was asked and what they said, and the page of their answer."""

import re
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from alongside.foundation import access
from alongside.foundation.events.refs import LENGTH
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership
from alongside.foundation.identity.terms import MembershipState
from alongside.people.queries.room import room as room_of
from alongside.programmes import actions, forms, queries, rules
from alongside.programmes.models import Joining, Programme
from alongside.programmes.queries import asking as found
from alongside.programmes.queries import joining as joinings
from alongside.programmes.rules.gaps import some
from alongside.programmes.terms import JoiningState, Part, ProgrammeState, Reply
from alongside.programmes.views import standing

A_PAGE, AT_ONCE = 50, 200
NOBODY = _lazy("Nobody new was chosen. Tick one box or more.")
REF = re.compile(rf"[a-z]{{{LENGTH}}}")


def _programme(request: HttpRequest, slug: str) -> Programme:
    return access.fetch(queries.coordinated_by(request.actor), slug=slug)


def ticked(said: QueryDict) -> dict[Part, set[str]]:
    """Who was ticked for which part, by ref."""
    return {part: {ref for ref in said.getlist(part) if REF.fullmatch(ref)} for part in Part}


@access.requires("programmes.change")
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask the ticked people: first who they are and what they read, then the mails."""
    programme = _programme(request, slug)
    if programme.state == ProgrammeState.CLOSED:
        messages.info(request, _("This programme is closed. Nobody can be asked."))
        return redirect("programmes:people", slug)
    return offer(request, programme, request.POST if request.method == "POST" else request.GET)


def offer(
    request: HttpRequest, programme: Programme, said: QueryDict, *, others: int = 0, absent: int = 0
) -> HttpResponse:
    """Who would be asked, who cannot be and why, and the words to them; with `send` in `said` they are asked.

    `others` are too many to be asked at once; the `absent` cannot sign in yet.
    """
    candidates, left = _candidates(programme, said)
    if not candidates and not left:
        messages.info(request, NOBODY)
        return redirect("programmes:add_people", programme.slug)
    sends = "send" in said and request.method == "POST"
    form = forms.Asking(said if sends else None, programme)
    wishes = [one.wish for one in candidates if one.wish.again or not one.said_no]
    if sends and form.is_valid() and wishes:
        words = form.cleaned_data["words"]
        return _done(request, programme, actions.ask_all(programme, wishes, by=request.actor, words=words))
    design, entries = queries.on_page(programme)
    context = {
        "programme": programme,
        "form": form,
        "fresh": [one for one in candidates if not one.said_no],
        "once_more": [one for one in candidates if one.said_no],
        "left": left,
        "others": others,
        "absent": absent,
        "remark": NOBODY if sends and not wishes else "",
        "last_day": joinings.last_day(entries),
        "room_left": standing.room_left(design, queries.counts(programme)),
    }
    return render(request, "programmes/ask.html", context)


@dataclass(frozen=True)
class Candidate:
    """Somebody whom the form would ask for a part."""

    wish: actions.Wish
    said_no: bool  # once already: only by a tick of its own

    @property
    def key(self) -> str:
        """How that tick names them."""
        return f"{self.wish.part}:{self.wish.membership.ref}"

    @property
    def part_words(self) -> str:
        """The part as it is called."""
        return str(Part(self.wish.part).label)


def of_roster(programme: Programme, actor: Actor) -> tuple[QueryDict, int]:
    """The ticks of those whom the roster names and who can be asked, as many as are asked at once; how many others."""
    able = found.named_by_roster(programme).filter(membership__state=MembershipState.ACTIVE)
    able = able.exclude(membership=actor.membership)
    said = QueryDict(mutable=True)
    for place in actions.roster_places(able[:AT_ONCE])[:AT_ONCE]:
        said.appendlist(place.part, place.membership.ref)
    return said, able.count() - len({ref for part in Part for ref in said.getlist(part)})


def _candidates(programme: Programme, said: QueryDict) -> tuple[list[Candidate], list[tuple[str, str]]]:
    """Whoever can be asked as it seems now, and the others by name with the reason."""
    ticks = queries.chosen(programme, ticked(said)).people
    pairs = [(profile.membership, part) for profile, parts in ticks for part in parts]
    members = [member for member, _part in pairs]
    said_no, again = found.declined_before(programme, members), set(said.getlist("again"))
    mixed_up = found.not_apart(programme, members)
    able, left = list[Candidate](), list[tuple[str, str]]()
    for member, part in pairs:
        if reason := _why_left(member, part, len(able)) or mixed_up.get(member.pk):
            left.append((member.name, str(reason)))
        else:
            wish = actions.Wish(member, part.value, again=f"{part.value}:{member.ref}" in again)
            able.append(Candidate(wish, (member.pk, part.value) in said_no))
    return able, left


def _why_left(member: Membership, part: Part, before: int) -> str:
    if part == Part.COORDINATOR:
        return _("coordinators are added, not asked")
    if member.state != MembershipState.ACTIVE:
        return _("cannot sign in yet: invite them to the organisation first")
    return _("%(most)s are asked at once; ask them next") % {"most": AT_ONCE} if before >= AT_ONCE else ""


def _done(request: HttpRequest, programme: Programme, outcome: actions.Asked) -> HttpResponse:
    count = outcome.done
    if programme.state == ProgrammeState.DRAFT:
        words = ngettext("One person is asked at the launch.", "%(count)s people are asked at the launch.", count)
    else:
        words = ngettext("One person is asked.", "%(count)s people are asked.", count)
    if count:
        messages.success(request, words % {"count": count})
    for member, reason in outcome.refused:
        messages.info(request, f"{member.name}: {reason}")
    return redirect("programmes:asked", programme.slug)


@access.requires("programmes.application", methods="GET")
def asked(request: HttpRequest, slug: str) -> HttpResponse:
    """Who was asked, the last one first: by whom, when, and what they said."""
    programme = _programme(request, slug)
    form = forms.AskedFilter(request.GET)
    chosen = form.chosen()
    held = found.search_asked(found.asked_by(request.actor).filter(programme=programme), chosen)
    page = Paginator(held, A_PAGE).get_page(request.GET.get("page"))
    labels = {"part": _("As"), "on": _("Asked on"), "reply": _("Answer")}
    context = {"programme": programme, "form": form, "page": page, "labels": labels, "narrowed": bool(chosen)}
    return render(request, "programmes/asked.html", context | {"columns": [_("Name"), *labels.values()]})


@access.requires("programmes.decide")
def question(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """One person who was asked: with which words, and what came of it. A POST takes the question back."""
    programme = _programme(request, slug)
    held = found.asked_by(request.actor).filter(programme=programme).select_related("membership", "programme")
    joining = access.fetch(held, ref=ref)
    if request.method == "POST":
        try:
            actions.recall(joining, by=request.actor)
            messages.success(request, _("%(name)s is no longer asked.") % {"name": joining.membership.name})
        except NotPossible as reason:
            messages.info(request, str(reason))
        return redirect("programmes:asked", slug)
    no_more = rules.joining.fault_of_asking_again(found.noes(joining), again=True)
    over = joining.reply in (Reply.NO, Reply.TAKEN_BACK, Reply.LAPSED)
    context = {
        "programme": programme,
        "joining": joining,
        "history": found.history(joining),
        "may_ask": over and not no_more and programme.state != ProgrammeState.CLOSED,
        "no_more": no_more if joining.reply == Reply.NO else "",
        "is_draft": programme.state == ProgrammeState.DRAFT,
    }
    return render(request, "programmes/question.html", context)


@access.requires("programmes.apply")
def answer(request: HttpRequest, slug: str, part: str) -> HttpResponse:
    """What the programme is, what the part asks, what happens with one's data; then yes, or “not this time”."""
    if part not in (Part.MENTEE, Part.MENTOR):
        raise Http404
    held = joinings.own(request.actor).select_related("programme__organisation", "membership")
    joining = access.fetch(held, programme__slug=slug, part=part)
    if joining.state != JoiningState.INVITED:
        return redirect("programmes:join", slug)
    book = queries.handbook(joining.programme)
    says_yes = request.method == "POST" and request.POST.get("answer") != "no"
    form = forms.Yes(request.POST if says_yes else None, part, eligibility=book.dossier.design.eligibility)
    if request.method == "POST" and (not says_yes or form.is_valid()) and _answered(request, joining, form):
        return redirect("programmes:join", slug)
    return render(request, "programmes/answer.html", _to_answer(request, joining, form, book))


def _answered(request: HttpRequest, joining: Joining, form: forms.Yes) -> bool:
    """Was the answer taken? If not, the form says why."""
    try:
        if request.POST.get("answer") == "no":
            actions.decline(joining, by=request.actor)
            messages.success(request, _("“Not this time” it is. Nobody asks why."))
        else:
            actions.agree(joining, by=request.actor, **form.said())
            messages.success(request, _("You take part. Thank you."))
    except NotPossible as reason:
        if not form.is_bound:
            messages.info(request, str(reason))
            return True
        form.add_error(None, str(reason))
        return False
    return True


def _to_answer(request: HttpRequest, joining: Joining, form: forms.Yes, book: queries.Handbook) -> dict[str, Any]:
    programme, entries = joining.programme, book.dossier.entries
    asks = found.last_question(joining)
    return {
        "programme": programme,
        "joining": joining,
        "form": form,
        "asker": asks.by.name if asks and asks.by else "",
        "words": asks.words if asks else "",
        "duties": book.duties(joining.part),
        "panel": standing.on_paper(programme, book.dossier.design, entries),
        "last_day": joinings.last_day(entries),
        "looks": some([name for name, _address in book.facts.coordinators]),
        "room": room_of(request.actor.membership) if joining.part == Part.MENTOR else None,
        "has_draft": joinings.has_draft(joining),
    }
