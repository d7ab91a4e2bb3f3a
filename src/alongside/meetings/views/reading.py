"""A pair's list of sessions, and one session."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from alongside.foundation import access, clock
from alongside.meetings import forms, queries, rules
from alongside.meetings.models import Session
from alongside.meetings.views.base import found, page_of
from alongside.relationships import queries as relationships
from alongside.relationships.queries import Pair


def session_page(request: HttpRequest, pair: Pair, held: Session, **wrong: Any) -> HttpResponse:
    """One session’s page; `wrong` puts refused forms in place of fresh ones."""
    opened = queries.opened(request.actor, pair, held)
    zone, minutes = request.actor.account.timezone, held.held_minutes or held.planned_minutes
    theirs = pair.zones[pair.partner.pk]
    context = {
        "opened": opened,
        "session": held,
        "ends_at": rules.ends_at(held.starts_at, minutes, zone),
        "begun": held.starts_at <= clock.now(),
        "zones": rules.zone_words(held.starts_at, minutes, zone, theirs, pair.partner.short_name),
        "agenda_form": forms.AgendaForm(pair=pair, initial={"agenda": opened.agenda, "seen": opened.revision}),
        "action_form": forms.OneAction(actor=request.actor, pair=pair),
        "shared": access.label("meetings.read_shared", partner=pair.partner.short_name),
        "own": access.label("meetings.read_note"),
        "dates": access.label("meetings.read_dates", partner=pair.partner.short_name),
    }
    return page_of(request, "session", pair, **context | wrong)


@access.requires("meetings.read_dates", methods="GET")
def sessions(request: HttpRequest, ref: str) -> HttpResponse:
    """Every session of a pair; a coordinator sees dates, attendance and length."""
    pair = relationships.pair(request.actor, ref)
    page = Paginator(queries.of_pair(request.actor, pair), 50).get_page(request.GET.get("page"))
    lines = queries.lines(pair, page.object_list, clock.today(request.actor.account.timezone))
    return page_of(request, "sessions", pair, lines=lines, page=page, now=clock.now())


@access.requires("meetings.read_shared", methods="GET")
def session(request: HttpRequest, ref: str, session_ref: str) -> HttpResponse:
    """One session with all that the reader may read of it."""
    return session_page(request, *found(request, ref, session_ref))
