"""A programme's pairs, pairing by hand, and withdrawing a proposal."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.foundation import access, hooks
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.ui.components.tables import Column
from alongside.programmes.models import Participation, Programme
from alongside.programmes.queries import coordinated_by
from alongside.programmes.terms import Part
from alongside.relationships import actions, forms, queries
from alongside.relationships.queries import by_hand as lists
from alongside.relationships.views.by_hand import address, desk_by_hand


@access.requires("relationships.withdraw")
def withdraw(request: HttpRequest, ref: str) -> HttpResponse:
    """Take a proposal back, after asking."""
    seen = queries.pair(request.actor, ref)
    if not seen.standing.coordinates or not seen.relationship.is_open:
        return redirect("relationships:pair", ref)
    if request.method == "POST":
        try:
            actions.withdraw(seen, by=request.actor)
            messages.success(request, _("The proposal is withdrawn, and both places are free again."))
        except NotPossible as reason:
            messages.info(request, str(reason))
        return redirect("relationships:of_programme", seen.programme.slug)
    return render(request, "relationships/withdraw.html", {"pair": seen})


@access.requires("programmes.change", methods="GET")
@hooks.assembling()  # pairs of one programme share its model
def of_programme(request: HttpRequest, slug: str) -> HttpResponse:
    """A programme's pairs: search, filter, fifty a page."""
    programme = access.fetch(coordinated_by(request.actor), slug=slug)
    form = forms.PairFilter(request.GET)
    chosen = form.chosen()
    found = lists.search_pairs(queries.coordinated(request.actor, programme), chosen, programme)
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    seen = queries.pairs(request.actor, page.object_list)
    labels = {"state": _("Where they are"), "since": _("Since")}
    columns = [_("Pair"), labels["state"], labels["since"], Column(_("Actions"), hidden=True)]
    context = {"programme": programme, "form": form, "page": page, "pairs": seen, "labels": labels, "columns": columns}
    return render(request, "relationships/of_programme.html", context | {"narrowed": bool(chosen)})


@access.requires("programmes.change")
def by_hand(request: HttpRequest, slug: str) -> HttpResponse:
    """Two lists side by side: choose a mentee, then a mentor, then propose."""
    programme = access.fetch(coordinated_by(request.actor), slug=slug)
    if request.method == "POST":
        return _propose(request, programme)
    said = forms.HandFilter(request.GET).chosen()
    return render(request, "relationships/by_hand.html", desk_by_hand(programme, said))


def _propose(request: HttpRequest, programme: Programme) -> HttpResponse:
    said = forms.HandFilter(request.POST).chosen()
    mentor = _taker(programme, Part.MENTOR, said)
    mentee = _taker(programme, Part.MENTEE, said)
    if mentor is None or mentee is None:
        messages.info(request, _("Choose a mentee and a mentor first."))
        return redirect(address(programme, said))
    names = {"mentee": mentee.membership.name, "mentor": mentor.membership.name}
    if queries.are_paired(mentor, mentee):
        messages.info(request, _("%(mentee)s and %(mentor)s are proposed to each other already.") % names)
        return redirect("relationships:by_hand", programme.slug)
    try:
        actions.propose(mentor, mentee, by=request.actor)
    except NotPossible as reason:
        messages.error(request, str(reason))
        return redirect(address(programme, said))
    messages.success(request, _("%(mentee)s and %(mentor)s are proposed to each other. Both are asked.") % names)
    return redirect("relationships:by_hand", programme.slug)


def _taker(programme: Programme, part: str, said: dict[str, str]) -> Participation | None:
    held = Participation.objects.filter(programme=programme, part=part, until__isnull=True)
    return held.select_related("membership", "programme").filter(ref=said.get(part, "")).first()
