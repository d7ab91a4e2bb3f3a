"""Counting how far the people of a programme have come, and what waits for its coordinators."""

from collections.abc import Collection
from functools import partial

from django.db import transaction
from django.db.models import F

from alongside.foundation import clock, hooks, jobs
from alongside.programmes.models import FunnelCount, Programme
from alongside.programmes.queries import count_desks, key_of_count
from alongside.programmes.queries.counting import COUNT
from alongside.programmes.terms import ProgrammeState


def ask_for_counts(programmes: Collection[int]) -> None:
    """Have a worker count these programmes (primary keys) anew, as soon as this transaction is kept."""
    if programmes:
        transaction.on_commit(partial(_ask_for_counts, programmes), robust=True)


def _ask_for_counts(programmes: Collection[int]) -> None:
    # Many changes make one job, whose key is the number of counts begun. A job begins by raising that number, and only
    # then looks: whoever reads it here, after their own commit, is either seen by the waiting job or makes another.
    launched = Programme.objects.filter(pk__in=programmes).exclude(state=ProgrammeState.DRAFT)
    for ref, begun in launched.values_list("ref", "counts_begun"):
        jobs.enqueue(COUNT, key=key_of_count(ref, begun), programme=ref)


def count_funnel(programme: Programme) -> None:
    """Count every step of a programme's funnel and what waits for its coordinators, and keep the numbers.

    The funnel's are kept with the moment at which the counting began, the others with the number of this count: see
    `queries.desk_counts`.
    """
    number = _begin(programme)
    began = clock.now()
    counted = [
        FunnelCount(programme=programme, step=step.key, count=step.people(programme).count(), counted_at=began)
        for step in hooks.funnel_steps
    ]
    desk = {one.key: 0 for one in hooks.desk_counts} | {key: count for key, _pk, count in count_desks([programme.pk])}
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=programme.pk)
        if FunnelCount.objects.filter(programme=programme, counted_at__gt=began).exists():
            return  # somebody else began later and was quicker
        FunnelCount.objects.bulk_create(
            counted, update_conflicts=True, unique_fields=["programme", "step"], update_fields=["count", "counted_at"]
        )
        Programme.objects.filter(pk=programme.pk).update(counts_kept=number, desk_counts=desk)


def _begin(programme: Programme) -> int:
    held = Programme.objects.filter(pk=programme.pk)
    with transaction.atomic(durable=True):  # kept before anything is counted: see _ask_for_counts
        held.update(counts_begun=F("counts_begun") + 1)
        return held.values_list("counts_begun", flat=True).get()
