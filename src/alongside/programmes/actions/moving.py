"""Moves on the way into a programme: every change of a joining's state goes through here, by the table of moves."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from alongside.foundation import clock
from alongside.foundation.events import Who, event
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.models import Membership
from alongside.programmes import rules
from alongside.programmes.models import Joining, JoiningMove, Participation, Programme
from alongside.programmes.rules.joining import Move
from alongside.programmes.terms import JoiningState, Mover, Part, Reply, Step


@contextmanager
def step(joining: Joining, what: Step, *, by: Who, words: str = "", notify: bool = True) -> Iterator[Joining]:
    """Make a move, wholly or not at all; the block sets what goes with it on the fresh row that it is given.

    The programme's row is locked first, as by whoever adds or ends a part. Raises NotPossible for a move that the
    table does not have out of the state in which the row is by then, and for whoever may not make it.
    """
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=joining.programme_id)
        fresh = Joining.objects.select_related("programme__organisation", "membership").get(pk=joining.pk)
        row = _row(fresh, what, by)
        with event(row.event, by=by, about=fresh, notify=notify, part=fresh.part, state=str(row.to)):
            yield fresh
            _write(fresh, row, by, words)
    joining.refresh_from_db()


def _row(joining: Joining, what: Step, by: Who) -> Move:
    row = rules.joining.move(joining.state, what)
    if row is None:
        raise NotPossible(rules.joining.why_not(joining.state, what) or "")
    is_own = by.ref == joining.membership.ref
    coordinates = row.who == Mover.COORDINATOR and _coordinates(joining.programme_id, by)
    if reason := rules.joining.fault_of_mover(row.who, is_own=is_own, coordinates=coordinates):
        raise NotPossible(reason)
    return row


def _coordinates(programme: int, by: Who) -> bool:
    held = Participation.objects.filter(programme=programme, part=Part.COORDINATOR, until__isnull=True)
    return held.filter(membership__ref=by.ref).exists()


def _write(joining: Joining, row: Move, by: Who, words: str = "") -> None:
    came, joining.state, joining.since = joining.state, row.to, clock.now()
    if row.to == JoiningState.INVITED:
        joining.reply, joining.invited_at, joining.replied_at = Reply.WAITING, joining.since, None
    elif came == JoiningState.INVITED:
        joining.reply, joining.replied_at = rules.joining.REPLIES[row.step], joining.since
    joining.save()
    JoiningMove.objects.create(
        joining=joining,
        step=row.step,
        from_state=came,
        to_state=row.to,
        by=_member(by),
        at=joining.since,
        words=words,
    )


def _member(by: Who) -> Membership | None:
    return getattr(by, "membership", None)


def road(programme: Programme, membership: Membership, part: str) -> Joining:
    """The one row of a person and part, made where there is none."""
    made, _is_new = Joining.objects.get_or_create(programme=programme, membership=membership, part=part)
    return made


def road_of(participation: Participation) -> Joining:
    """The row of a part that somebody plays: whoever was added without one gets it now."""
    made, is_new = Joining.objects.get_or_create(
        programme_id=participation.programme_id,
        membership_id=participation.membership_id,
        part=participation.part,
        defaults={
            "state": JoiningState.TAKING_PART,
            "since": participation.since,
            "participation": participation,
        },
    )
    if is_new:
        JoiningMove.objects.create(
            joining=made,
            step=Step.ADD,
            from_state=JoiningState.NEW,
            to_state=JoiningState.TAKING_PART,
            at=participation.since,
        )
    return made


def follow(participation: Participation, what: Step, *, by: Who) -> None:
    """Note that a part ended or went on: within the event of whoever ended it."""
    if participation.part == Part.COORDINATOR:
        return
    joining = road_of(participation)
    if row := rules.joining.move(joining.state, what):
        joining.participation = participation
        _write(joining, row, by)


def follow_added(programme: Programme, fresh: dict[tuple[int, str], Participation], *, by: Who) -> None:
    """Whoever had applied and was now added by hand or by a roster takes part: what waited is settled."""
    held = Joining.objects.filter(programme=programme).exclude(state=JoiningState.TAKING_PART) if fresh else ()
    for joining in held:
        part = fresh.get((joining.membership_id, joining.part))
        row = rules.joining.move(joining.state, Step.ADD)
        if part and row:
            joining.participation = part
            _write(joining, row, by)


def end_with_round(programme: Programme, *, by: Who) -> None:
    """A programme is closed: whoever takes part has taken part to the end, and nobody waits on."""
    for joining in Joining.objects.filter(programme=programme).order_by("pk"):
        if row := rules.joining.move(joining.state, Step.COMPLETE):
            _write(joining, row, by)
        else:
            _lapse(joining, by, told=joining.state in rules.joining.OPEN)


def end_with_membership(membership: Membership, *, by: Who) -> None:
    """Somebody has left the organisation: what they had applied for ends, and nobody is told."""
    for joining in Joining.objects.filter(membership=membership).order_by("pk"):
        _lapse(joining, by, told=False)


def _lapse(joining: Joining, by: Who, *, told: bool) -> None:
    if row := rules.joining.move(joining.state, Step.LAPSE):
        with event(row.event, by=by, about=joining, notify=told, part=joining.part, state=str(row.to)):
            _write(joining, row, by)
