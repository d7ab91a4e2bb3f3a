"""What the two agree to do: adding an action, ticking it."""

from django.db import transaction

from alongside.foundation import clock
from alongside.foundation.events import event
from alongside.foundation.identity.actors import Actor
from alongside.meetings.actions.base import NewAction, keep_action, writable, written
from alongside.meetings.models import ActionItem, Session


def add_action(session: Session, wanted: NewAction, *, by: Actor) -> ActionItem:
    """Agree an action in a session that is written down."""
    with transaction.atomic():
        fresh = written(session)
        with event("action_item.added", by=by, about=fresh):
            return keep_action(fresh, wanted, by)


def finish_action(item: ActionItem, *, by: Actor) -> None:
    """Tick an action as done; doing so twice changes nothing."""
    _tick(item, "action_item.done", to=True, by=by)


def reopen_action(item: ActionItem, *, by: Actor) -> None:
    """Take an action up again that was ticked."""
    _tick(item, "action_item.reopened", to=False, by=by)


def _tick(item: ActionItem, name: str, *, to: bool, by: Actor) -> None:
    with transaction.atomic():
        writable(item.session.relationship)
        fresh = ActionItem.objects.select_for_update().get(pk=item.pk)
        if (fresh.done_at is not None) == to:
            return
        with event(name, by=by, about=fresh):
            fresh.done_at = clock.now() if to else None
            fresh.save(update_fields=["done_at"])
