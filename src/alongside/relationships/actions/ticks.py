"""Saying that a duty of one's own is done, where nothing else shows it, and taking that back."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock
from alongside.foundation.events import event
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor
from alongside.programmes.models import Participation
from alongside.relationships.actions.holds import locked
from alongside.relationships.models import OwnTick, Relationship, Tick
from alongside.relationships.queries import Pair, expected

_GONE = _("That is not expected of you at the moment. This page says what is.")


def tick(pair: Pair, key: str, *, done: bool, by: Actor) -> None:
    """Tick a duty of one's own in a pair, or take the tick back. Saying it twice changes nothing.

    Raises NotPossible where the duty is not expected now, or is not ticked by hand, and OnHold.
    """
    with transaction.atomic():
        fresh = locked(pair.relationship)
        if pair.my_party is None or not fresh.is_open:
            raise NotPossible(_GONE)
        pair.relationship.stage, pair.relationship.state = fresh.stage, fresh.state
        line = expected.ticked_by(expected.of_pair(by, pair, own=True), key)
        mine = {"relationship": fresh, "participation": pair.my_party.participation}
        _keep(line, Tick, mine, about=fresh, done=done, by=by)


def tick_in_programme(participation: Participation, key: str, *, done: bool, by: Actor) -> None:
    """The same for what is expected in a programme outside of any pair. Raises NotPossible."""
    with transaction.atomic():
        fresh = Participation.objects.select_for_update().get(pk=participation.pk)
        parts = [part for part in expected.own(by) if part.pair is None and part.participation.pk == fresh.pk]
        line = expected.ticked_by(parts[0].expected, key) if parts else None
        _keep(line, OwnTick, {"participation": fresh}, about=fresh, done=done, by=by)


def _keep(
    line: expected.Line | None,
    kind: type[Tick | OwnTick],
    mine: dict[str, Any],
    *,
    about: Relationship | Participation,
    done: bool,
    by: Actor,
) -> None:
    """Keep the tick at a duty, or delete it, unless it is so already."""
    if line is None:
        raise NotPossible(_GONE)
    what = {**mine, "step": line.step, "duty": line.words}
    held = kind._default_manager.filter(**what)
    if held.exists() == done:
        return
    if done:
        with event("duty.ticked", by=by, about=about, notify=False, step=line.step):
            kind._default_manager.create(**what, at=clock.now())
    else:
        with event("duty.unticked", by=by, about=about, notify=False, step=line.step):
            held.delete()
