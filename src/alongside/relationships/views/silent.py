"""Proposals without an answer: the coordinator's list, and reminding."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.foundation import access, hooks
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.ui.components.tables import Column
from alongside.programmes.queries import coordinated_by
from alongside.relationships import actions, queries, rules


@access.requires("programmes.change", methods="GET")
@hooks.assembling()  # pairs of one programme share its model
def unanswered(request: HttpRequest, slug: str) -> HttpResponse:
    """Who has not answered for a fortnight: remind them once more, or take the proposal back."""
    programme = access.fetch(coordinated_by(request.actor), slug=slug)
    found = queries.silent.silent_in(request.actor, programme)
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    labels = {"who": _("Still to answer"), "since": _("Proposed on")}
    context = {
        "programme": programme,
        "page": page,
        "pairs": queries.pairs(request.actor, page.object_list),
        "labels": labels,
        "columns": [_("Pair"), *labels.values(), Column(_("Actions"), hidden=True)],
        "days": rules.SILENT_AFTER.days,
    }
    return render(request, "relationships/unanswered.html", context)


@access.requires("relationships.withdraw", methods="POST")
def remind(request: HttpRequest, ref: str) -> HttpResponse:
    """Remind whoever of a proposed pair has not answered."""
    seen = queries.pair(request.actor, ref)
    if not seen.standing.coordinates:
        return redirect("relationships:pair", ref)
    try:
        count = actions.remind_by_hand(seen, by=request.actor)
        words = ngettext("One mail is on its way.", "%(count)s mails are on their way.", count)
        messages.success(request, words % {"count": count})
    except NotPossible as reason:
        messages.info(request, str(reason))
    return redirect("relationships:unanswered", seen.programme.slug)
