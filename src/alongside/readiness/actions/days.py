"""Days on which people meet for a part of the training: set, moved, called off, and who was there."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock
from alongside.foundation.events import event
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership
from alongside.readiness import rules
from alongside.readiness.actions.training import completed
from alongside.readiness.models import Completion, Module, TrainingAttendance, TrainingDay
from alongside.readiness.queries.days import attendances_visible_to, taken


class Set(NamedTuple):
    """When a training day begins, how long it takes, where it is, and for how many (None: everybody)."""

    starts_at: datetime
    minutes: int
    place: str
    seats: int | None = None


def set_day(module: Module, wanted: Set, *, by: Actor) -> TrainingDay:
    """A new day for a part that people meet for. Raises NotPossible where it is none, or was taken out."""
    made = TrainingDay(module=module, **wanted._asdict())
    with event("training_day.set", by=by, about=made):
        held = Module.objects.select_for_update().get(pk=module.pk)
        if held.retired_at or not held.is_met:
            raise NotPossible(_("Nobody meets for this part any more. Change the part first."))
        made.save()
    return made


def move_day(day: TrainingDay, wanted: Set, *, by: Actor) -> TrainingDay:
    """Another time, place or number of seats; whoever comes hears of a time or place. Raises NotPossible."""
    with transaction.atomic():
        held = _locked(day)
        if held.cancelled_at:
            raise NotPossible(_("This day was called off. Set a new one."))
        if wanted.seats is not None and wanted.seats < taken(held):
            raise NotPossible(_("More people are coming than that. Choose a higher number, or leave it empty."))
        is_moved = (held.starts_at, held.place) != (wanted.starts_at, wanted.place)
        with event("training_day.moved" if is_moved else "training_day.changed", by=by, about=held):
            for name, value in wanted._asdict().items():
                setattr(held, name, value)
            held.save()
    return held


def call_off(day: TrainingDay, *, by: Actor) -> None:
    """Call a day off; whoever meant to come hears of it. Once is enough. Raises NotPossible after it took place."""
    with transaction.atomic():
        held = _locked(day)
        if held.cancelled_at:
            return
        if TrainingAttendance.objects.filter(day=held, came=True).exists():
            raise NotPossible(_("People were there already, as it is written down. It stays as it is."))
        with event("training_day.called_off", by=by, about=held):
            held.cancelled_at = clock.now()
            held.save(update_fields=["cancelled_at"])


def come(day: TrainingDay, *, by: Actor) -> None:
    """Say that one comes. Once is enough. Raises NotPossible where the day is over, called off or full."""
    with transaction.atomic():
        held = _locked(day)
        if TrainingAttendance.objects.filter(day=held, membership=by.membership).exists():
            return
        has_begun = held.starts_at <= clock.now()
        if why_not := rules.why_not_come(has_begun, held.cancelled_at is not None, held.seats, taken(held)):
            raise NotPossible(why_not)
        with event("training_day.joined", by=by, about=by.membership, day=held.ref):
            TrainingAttendance.objects.create(day=held, membership=by.membership, at=clock.now())


def expect(day: TrainingDay, person: Membership, *, by: Actor) -> None:
    """Put somebody on the list of a day, whether there is a seat or not: they came, or will. Once is enough."""
    with transaction.atomic():
        held = _locked(day)
        if held.cancelled_at:
            raise NotPossible(_("This day was called off. Set a new one."))
        if not TrainingAttendance.objects.filter(day=held, membership=person).exists():
            with event("training_day.joined", by=by, about=person, day=held.ref):
                TrainingAttendance.objects.create(day=held, membership=person, at=clock.now())


def stay_away(day: TrainingDay, *, by: Actor) -> None:
    """Say that one does not come after all; the seat is free again. Nothing happens once the day was recorded."""
    with transaction.atomic():
        held = TrainingAttendance.objects.filter(day=_locked(day), membership=by.membership, came=None)
        if held.exists():
            with event("training_day.left", by=by, about=by.membership, day=day.ref):
                held.delete()


def record(day: TrainingDay, came: Iterable[Membership], *, by: Actor) -> int:
    """Write down who was there: they have done the part. Of whom one no longer says so, it is taken back.

    Only of those whom one may read on the list: others are their own coordinators' to write down.

    How many were there. Raises NotPossible before the day, or where it was called off.
    """
    there = {person.pk: person for person in came}
    with transaction.atomic():
        held = _locked(day)
        if held.cancelled_at or held.starts_at > clock.now():
            raise NotPossible(_("Who was there can be written down once the day has begun."))
        with event("training_day.recorded", by=by, about=held, there=len(there)):
            absent = attendances_visible_to(by).filter(day=held).exclude(membership__in=there)
            Completion.objects.filter(day=held, membership__in=absent.values("membership")).delete()
            absent.update(came=False)
        done = set(Completion.objects.filter(day=held).values_list("membership", flat=True))
        for person in (one for key, one in there.items() if key not in done):
            _was_there(held, person, by)
    return len(there)


def _was_there(day: TrainingDay, person: Membership, by: Actor) -> None:
    on = day.starts_at.astimezone(ZoneInfo(by.organisation.timezone)).date()
    with event("training.completed", by=by, about=person, module=day.module.ref):
        TrainingAttendance.objects.update_or_create(day=day, membership=person, defaults={"came": True})
        completed(day.module, person, on, day)


def _locked(day: TrainingDay) -> TrainingDay:
    return TrainingDay.objects.select_for_update(of=("self",)).select_related("module").get(pk=day.pk)
