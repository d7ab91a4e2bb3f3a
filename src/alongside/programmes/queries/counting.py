"""Reads of the numbers that are kept: how far a programme's people have come, and what waits for its coordinators."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import CharField, Count, Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat

from alongside.foundation import hooks
from alongside.foundation.identity.terms import MembershipState
from alongside.foundation.jobs import queries as jobs
from alongside.programmes.models import FunnelCount, Participation, Programme
from alongside.programmes.terms import Part

COUNT = "programmes.count"


def key_of_count(ref: str, begun: int) -> str:
    """The key of the job that counts a programme once more, after so many counts were begun."""
    return f"{COUNT}:{ref}:{begun}"


def counts_due() -> Exists:
    """Of a programme: has something happened since it was counted last? Then a job waits to count it."""
    begun = Cast(OuterRef("counts_begun"), CharField())
    key = Concat(Value(f"{COUNT}:"), OuterRef("ref"), Value(":"), begun, output_field=CharField())
    return Exists(jobs.with_key(key))


class Funnel(NamedTuple):
    """How many had come as far as each step at `counted_at`; None: as they are now."""

    figures: Sequence[tuple[hooks.FunnelStep, int]]
    counted_at: datetime | None


def funnel(programme: Programme) -> Funnel:
    """The figures as they were counted last; while one of them never was, all of them are counted now."""
    steps = hooks.funnel_steps.in_order()
    kept = {row.step: row for row in FunnelCount.objects.filter(programme=programme)}
    if any(step.key not in kept for step in steps):
        return Funnel([(step, step.people(programme).count()) for step in steps], None)
    figures = [(step, kept[step.key].count) for step in steps]
    return Funnel(figures, min((row.counted_at for row in kept.values()), default=None))


Counts = Mapping[str, Mapping[int, int]]
"""By the key of a hooks.DeskCount, by programme (primary key); without zeros."""


def desk_counts(programmes: Iterable[Any]) -> Counts:
    """What waits for the coordinators of programmes out of `desk`: as it was counted last, or counted now.

    Only what nothing has changed since it was kept is read; so everybody sees what they have just done themselves.
    """
    found: dict[str, dict[int, int]] = {one.key: {} for one in hooks.desk_counts}
    changed = []
    for held in programmes:
        if held.counts_due or held.counts_kept != held.counts_begun or found.keys() - held.desk_counts.keys():
            changed.append(held.pk)
            continue
        for key, numbers in found.items():
            if held.desk_counts[key]:
                numbers[held.pk] = held.desk_counts[key]
    for key, programme, count in count_desks(changed):
        found[key][programme] = count
    return found


def count_desks(programmes: Collection[int]) -> Iterable[tuple[str, int, int]]:
    """The same counted in one query: key, programme, count; without zeros."""
    if not programmes or not list(hooks.desk_counts):
        return ()
    counted = [
        one.rows(programmes).annotate(what=Value(one.key)).values_list("what", "programme_key", "count")
        for one in hooks.desk_counts
    ]
    return counted[0].union(*counted[1:], all=True)


def uninvited(programmes: Collection[int]) -> QuerySet[Any, Any]:
    """How many mentors and mentees have not been invited yet and can be, by programme."""
    held = Participation.objects.filter(programme__in=programmes, until__isnull=True)
    listed = held.filter(membership__state=MembershipState.LISTED).exclude(part=Part.COORDINATOR)
    reached = listed.exclude(membership__work_address="").order_by()  # nobody can invite the others by mail
    counted = reached.values("programme").annotate(count=Count("membership", distinct=True))
    return counted.annotate(programme_key=F("programme"))
