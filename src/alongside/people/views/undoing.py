"""Taking an import back: what it does, whom it spares, and one button."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from alongside.foundation import access
from alongside.foundation.identity.actions import NotPossible
from alongside.people import actions
from alongside.people.queries import undoing as reads
from alongside.people.views.rosters import roster_of


@access.requires("people.manage")
def undo(request: HttpRequest, ref: str) -> HttpResponse:
    """Say what is taken back and who stays, because somebody has acted on them since; then take it back."""
    held = roster_of(request, ref)
    if request.method == "POST":
        sparing = request.POST.get("sparing") == "yes"
        try:
            return redirect(
                "jobs:job", actions.hand_over(held, "people.undo_import", by=request.actor, sparing=sparing)
            )
        except NotPossible as reason:
            messages.error(request, str(reason))
            return redirect("people:roster", ref)
    if not reads.can_be_undone(held):
        return redirect("people:roster", ref)
    acted = reads.acted_on(held)
    figures = reads.figures(held, acted)
    context = {
        "roster": held,
        "figures": figures,
        "nothing": not (figures["created"] or figures["changed"] or figures["returned"]) and bool(acted),
        "acted": acted.named(),
        "more": max(len(acted.reasons) - reads.NAMED, 0),
        "until": reads.undone_until(held),
    }
    return render(request, "people/undo.html", context)
