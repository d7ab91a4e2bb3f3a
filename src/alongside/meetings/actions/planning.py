"""Planning, moving, cancelling, preparing a session."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock
from alongside.foundation.events import event
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor
from alongside.meetings import queries, rules
from alongside.meetings.actions.base import (
    ChangedMeanwhile,
    Plan,
    keep_preparation,
    locked,
    ready_for,
    refuse,
    save,
    writable,
)
from alongside.meetings.models import Preparation, Session
from alongside.meetings.terms import SessionState
from alongside.relationships.models import Relationship
from alongside.relationships.queries import Pair


def plan(pair: Pair, wanted: Plan, *, by: Actor, notify: bool = True) -> Session:
    """Plan a session. Raises NotPossible when it cannot be then, or one is planned for that very time."""
    with transaction.atomic():
        relationship = writable(pair.relationship)
        refuse(rules.fault_of_plan(wanted.starts_at, clock.now()))
        session = _planned(relationship, wanted, by)
        with event("session.planned", by=by, about=session, notify=notify):
            _save_planned(session)
            keep_preparation(session, wanted.place, wanted.agenda, by)
    return session


def change(session: Session, wanted: Plan, *, by: Actor) -> Session:
    """Move a planned session, or change how long and where it is; what it should be about goes along.

    A new time makes a new session, and the old one stays behind as moved. Raises NotPossible.
    """
    with transaction.atomic():
        fresh = ready_for(session, SessionState.MOVED)
        refuse(rules.fault_of_length(wanted.minutes))
        preparation = Preparation.objects.filter(session=fresh).first()
        agenda = queries.text_of(preparation, "agenda")
        if wanted.starts_at == fresh.starts_at:
            return _change_here(fresh, wanted, agenda, by)
        refuse(rules.fault_of_plan(wanted.starts_at, clock.now()))
        new = _planned(fresh.relationship, wanted, by)
        with event("session.moved", by=by, about=new, moved_from=fresh.ref):
            _save_planned(new)
            fresh.state, fresh.moved_to = SessionState.MOVED, new
            fresh.save(update_fields=["state", "moved_to"])
            keep_preparation(new, wanted.place, agenda, by)
    return new


def _change_here(session: Session, wanted: Plan, agenda: str, by: Actor) -> Session:
    with event("session.changed", by=by, about=session):
        session.planned_minutes, session.mode = wanted.minutes, wanted.mode
        session.save(update_fields=["planned_minutes", "mode"])
        keep_preparation(session, wanted.place, agenda, by)
    return session


def cancel(session: Session, *, by: Actor) -> None:
    """Cancel a planned session. It can be planned again. Raises NotPossible when it is no longer planned."""
    with transaction.atomic():
        fresh = ready_for(session, SessionState.CANCELLED)
        with event("session.cancelled", by=by, about=fresh):
            fresh.state = SessionState.CANCELLED
            fresh.save(update_fields=["state"])


def prepare(session: Session, *, agenda: str, seen: int, by: Actor) -> None:
    """Write what a planned session should be about. `seen` is the revision that the writer began from.

    Raises ChangedMeanwhile when the other one has written since.
    """
    with transaction.atomic():
        fresh = locked(session)
        if fresh.state != SessionState.PLANNED:
            raise NotPossible(_("This session is no longer ahead. Write what you talked about into its summary."))
        held = Preparation.objects.filter(session=fresh).first()
        if (held.revision if held else 0) != seen:
            raise ChangedMeanwhile(_("This was changed while you were writing. Put the two together and save again."))
        with event("session.prepared", by=by, about=fresh):
            keep_preparation(fresh, queries.text_of(held, "place"), agenda, by)


def _planned(relationship: Relationship, wanted: Plan, by: Actor) -> Session:
    refuse(rules.fault_of_length(wanted.minutes))
    return Session(
        relationship=relationship,
        starts_at=wanted.starts_at,
        planned_minutes=wanted.minutes,
        mode=wanted.mode,
        planned_by=by.membership,
    )


def _save_planned(session: Session) -> None:
    # Pressed twice, or both planned it in the same moment: the constraint lets one of them through.
    save(session, _("A session is planned for that time already."))
