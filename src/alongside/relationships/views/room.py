"""Asked of a mentor who has just said yes: is there room for more?"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.foundation import access, clock
from alongside.foundation.identity.actions import NotPossible
from alongside.relationships import actions, forms, queries
from alongside.relationships.terms import Answer, PairPart


@access.requires("relationships.answer")
def room(request: HttpRequest, ref: str) -> HttpResponse:
    """How many mentees a mentor takes from now on, here and altogether. Nothing has to be said."""
    seen = queries.own_pair(request.actor, ref)
    if seen.standing.part != PairPart.MENTOR or seen.mentor_party.answer != Answer.ACCEPTED:
        return redirect("relationships:pair", ref)
    held = seen.mentor_party.participation
    taken = len(queries.taken_places(held))
    today = clock.today(request.actor.organisation.timezone)
    form = forms.RoomLeft(request.POST if request.method == "POST" else None, taken=taken, held=held, today=today)
    if request.method == "POST" and form.is_valid():
        try:
            actions.say_room_left(seen, by=request.actor, **form.said())
            messages.success(request, _("Kept. It counts for whoever is proposed to you from now on."))
            return redirect("relationships:pair", ref)
        except NotPossible as reason:
            messages.error(request, str(reason))
    return render(request, "relationships/room.html", {"pair": seen, "form": form, "taken": taken})
