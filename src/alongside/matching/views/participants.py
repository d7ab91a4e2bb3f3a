"""What mentees and mentors do themselves: choosing, asking again, saying whom they would like."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.foundation import access, clock
from alongside.foundation.identity.actions import NotPossible
from alongside.matching import actions, rules, shared
from alongside.matching.forms.participants import ChangeWish, WishFilter
from alongside.matching.letters import why_left
from alongside.matching.models import Offer
from alongside.matching.queries import after, offers, wishes
from alongside.people.queries import directory
from alongside.programmes.models import Participation
from alongside.programmes.queries import coordinators
from alongside.relationships.queries import waiting

A_PAGE = 20


@access.requires("matching.own")
def not_placed(request: HttpRequest, slug: str) -> HttpResponse:
    """For whoever was not placed: why, what happens next and when, and asking that a person looks again."""
    left = after.left_in(request.actor, slug)
    if request.method == "POST":
        try:
            actions.ask_to_look(left, by=request.actor)
            messages.success(request, _("You have asked. A coordinator looks at it and writes to you."))
        except NotPossible as reason:
            messages.info(request, str(reason))
        return redirect("matching:not_placed", slug)
    looking = [member.name for member in coordinators(left.mentee.programme)]
    wait = next((one for one in waiting.of(request.actor) if one.participation.pk == left.mentee_id), None)
    context = {
        "programme": left.mentee.programme,
        "why": why_left(left.lack),
        "asked": after.asked(left),
        "waits": after.waits(left.mentee),
        "wait": wait,
        "names": ", ".join(looking),
        "looks": len(looking),
    }
    return render(request, "matching/not_placed.html", context)


@access.requires("matching.own")
def choose(request: HttpRequest, slug: str) -> HttpResponse:
    """A few mentors side by side, with why each would fit. A POST chooses one."""
    if offers.is_over(request.actor, slug):
        return _over(request)
    offer = offers.own_offer(request.actor, slug)
    if request.method == "POST":
        return _choose(request, offer, slug)
    return render(request, "matching/choose.html", _to_choose(request, offer))


def _to_choose(request: HttpRequest, offer: Offer) -> dict[str, Any]:
    rows = offers.mentors_of(offer)
    cards = directory.seen(request.actor, [row.mentor.membership for row in rows])
    now, me = offers.places(offer, rows), request.actor.membership.short_name
    return {
        "offer": offer,
        "programme": offer.mentee.programme,
        "is_kept": offer.until > clock.now(),
        "rows": [
            {
                "held": row,
                "card": card,
                "why": shared.told(row.shared, shared.Two(me, row.mentor.membership.short_name, "mentee")),
                "able": row.mentor_id in now.able,
                "kept_until": now.kept[row.mentor_id] if now.are_kept(row) else None,
            }
            for row, card in zip(rows, cards, strict=True)
        ],
    }


def _choose(request: HttpRequest, offer: Offer, slug: str) -> HttpResponse:
    chosen = next((row for row in offers.mentors_of(offer) if row.ref == request.POST.get("mentor")), None)
    if chosen is None:
        messages.info(request, _("Choose one of those who stand here."))
        return redirect("matching:choose", slug)
    try:
        pair = actions.choose(offer, chosen, by=request.actor)
    except NotPossible as reason:
        messages.info(request, str(reason))
        if offers.own(request.actor).filter(pk=offer.pk).exists():
            return redirect("matching:choose", slug)
        return _nobody(request) if isinstance(reason, actions.Gone) else redirect("relationships:own")
    words = _("You have chosen %(name)s. Now %(name)s says yes or no, and you get a mail.")
    messages.success(request, words % {"name": chosen.mentor.membership.short_name})
    return redirect("relationships:pair", pair.ref)


def _over(request: HttpRequest) -> HttpResponse:
    """Whoever goes back, or follows the link in the mail once more, learns where it went on."""
    messages.info(request, _("There is nothing left to choose: you have answered, or somebody was found for you."))
    return redirect("relationships:own")


def _nobody(request: HttpRequest) -> HttpResponse:
    messages.info(request, _("Nobody else who fits has a place at the moment. The coordinator looks for you."))
    return redirect("relationships:own")


@access.requires("matching.own")
def choose_nobody(request: HttpRequest, slug: str) -> HttpResponse:
    """None of these, after asking; no reason is needed."""
    if offers.is_over(request.actor, slug):
        return _over(request)
    offer = offers.own_offer(request.actor, slug)
    if request.method == "POST":
        try:
            actions.choose_nobody(offer, by=request.actor)
            messages.success(request, _("The coordinator looks for somebody else for you."))
        except NotPossible as reason:
            messages.info(request, str(reason))
        return redirect("relationships:own")
    return render(request, "matching/choose_nobody.html", {"programme": offer.mentee.programme})


@access.requires("matching.own")
def wish(request: HttpRequest, slug: str, part: str) -> HttpResponse:
    """Whom somebody would like: their list in order, and everybody whom they can put on it."""
    held = wishes.own_part(request.actor, slug, part)
    named = wishes.own(held)
    if request.method == "POST":
        return _change(request, held, named)
    form = WishFilter(request.GET)
    found = wishes.found_among(request.actor, held, form.chosen().get("q", ""))
    page = Paginator(found.exclude(pk__in=[one.pk for one in named]), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "held": held,
        "programme": held.programme,
        "named": _with_cards(request, named),
        "found": _with_cards(request, page.object_list),
        "page": page,
        "form": form,
        "most": rules.MOST_WISHES,
        "are_heard": wishes.are_heard(held),
        "is_full": len(named) >= rules.MOST_WISHES,
    }
    return render(request, "matching/wish.html", context)


def _with_cards(request: HttpRequest, held: Sequence[Participation]) -> list[tuple[Participation, Any]]:
    parts = list(held)
    return list(zip(parts, directory.seen(request.actor, [one.membership for one in parts]), strict=True))


def _change(request: HttpRequest, held: Participation, named: list[Participation]) -> HttpResponse:
    form = ChangeWish(request.POST)
    person = wishes.able(held).filter(ref=form.cleaned_data["person"]).first() if form.is_valid() else None
    if person is None:
        messages.info(request, _("Choose somebody who stands here."))
    else:
        try:
            actions.say_wishes(held, rules.moved(named, person, form.cleaned_data["how"]), by=request.actor)
        except NotPossible as reason:
            messages.info(request, str(reason))
    return redirect("matching:wish", held.programme.slug, held.part)
