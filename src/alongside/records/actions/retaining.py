"""Letting records go whose day has come, some at a time, each time wholly or not at all."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from alongside import guidance
from alongside.foundation import clock, sets, vault
from alongside.foundation.events import Who, event
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity.actors import System
from alongside.foundation.privacy import Declaration, declarations
from alongside.foundation.privacy.paths import end_of, leaning_first, path_to
from alongside.foundation.privacy.people import removal_told
from alongside.records import exports, queries, rules
from alongside.records.actions.erasing import erase, go_on, overwrite
from alongside.records.models import Erasure, RetentionRun
from alongside.relationships.models import Party, Relationship

_BATCH = 100
_PAIR, _PROGRAMME = "relationships.relationship", "programmes.programme"
_OF_A_PAIR = ("shared_record", "private_note")
# Their own packages clear these away every hour, with what hangs on them: files, arguments, the state of an import.
_CLEARED_HOURLY = ("roster_upload", "mail", "operations")
_NOT_BY_TABLE = ("account", *_CLEARED_HOURLY)
Due = tuple[Declaration, QuerySet[Any]]


def apply_retention(*, by: Who, dry_run: bool = False) -> dict[str, int]:
    """Delete what the retention classes say, and take out the names of whoever left long ago; how many rows, by table.

    Holds keep everything of whoever they are on. A run that was killed is gone on with by the next. With `dry_run`
    nothing is written.
    """
    now = clock.now()
    if dry_run:
        return _counted(now)
    run = RetentionRun.objects.filter(finished_at__isnull=True).order_by("pk").first()
    run = run or RetentionRun.objects.create(by_ref=by.ref, begun_at=now)
    go_on()
    while batch := list(_pairs_due(now).order_by("pk")[:_BATCH]):
        _let_pairs_go(run, batch)
    for held, rows in _due(now):  # after the pairs, which stood on some of them
        _let_rows_go(run, held, rows)
    _let_names_go(now)
    _count(run, {"exports": exports.forget_old()})
    _finish(run, by)
    overwrite()
    return dict(run.gone)


def _finish(run: RetentionRun, by: Who) -> None:
    with event("retention.run", by=by, about=run, notify=False) as happened:
        run.finished_at = clock.now()
        # Counted once, here: an erasure that was killed is ended by whoever comes first, this run or the worker.
        names = Erasure.objects.filter(whole=False, finished_at__gte=run.begun_at).count()
        run.gone |= {"identity.membership": names} if names else {}
        run.save(update_fields=["finished_at", "gone"])
        happened.codes.update({table: rows for table, rows in sorted(run.gone.items()) if rows})


def _count(run: RetentionRun, gone: Mapping[str, int]) -> None:
    with transaction.atomic():
        held = RetentionRun.objects.select_for_update().get(pk=run.pk)
        for table, rows in gone.items():
            if rows:
                held.gone[table] = held.gone.get(table, 0) + rows
        held.save(update_fields=["gone"])
    run.gone = held.gone


def _before(keep: str, now: datetime) -> datetime | None:
    """The moment before which a class's clock must have started; None where it has no fixed time."""
    known = guidance.retention_classes()[keep]
    return rules.months_before(now, known.months) if known.months is not None and not known.held else None


def _due(now: datetime) -> Iterator[Due]:
    """The rows of each table whose day has come, table by table, but what goes with a pair or with a name."""
    for held in leaning_first(declarations()):
        before = _before(held.keep, now)
        if before is None or not held.paths or held.lasts or held.frozen or held.keep in _NOT_BY_TABLE:
            continue
        if _pair_path(held) and held.keep == "shared_record":
            continue  # a pair's shared records go together
        if (rows := _past(held, before)) is not None:
            yield held, _without_holds(held, rows)


def _pair_path(held: Declaration) -> str | None:
    return path_to(held.model, _PAIR) if held.keep in _OF_A_PAIR else None


def _past(held: Declaration, before: datetime) -> QuerySet[Any] | None:
    rows = held.model._default_manager.all()
    if held.since:
        is_day = end_of(held.model, held.since).get_internal_type() == "DateField"
        return rows.filter(**{f"{held.since}__lt": before.date() if is_day else before})
    if path := _pair_path(held):
        return rows.filter(**{f"{path}__ended_at__lt": before})
    if path := path_to(held.model, _PROGRAMME):
        closed = AuditEntry.objects.filter(name="programme.closed", about_kind=_PROGRAMME, at__lt=before)
        return rows.filter(**{f"{path}__ref__in": closed.values("about_ref")})
    return None


def _without_holds(held: Declaration, rows: QuerySet[Any]) -> QuerySet[Any]:
    on_hold = queries.holds_in_force()
    for path in filter(None, (*held.paths, held.about)):
        last = end_of(held.model, path)
        if not last.is_relation:
            rows = rows.exclude(**{f"{path}__in": on_hold.values("membership__ref")})
        elif last.related_model._meta.label_lower == "identity.membership":
            held_rows = held.model._default_manager.filter(**{f"{path}__in": on_hold.values("membership")})
            rows = rows.exclude(pk__in=held_rows.values("pk"))
        else:
            rows = rows.exclude(**{f"{path}__in": on_hold.values("membership__account")})
    return rows


def _let_rows_go(run: RetentionRun, held: Declaration, rows: QuerySet[Any]) -> None:
    rows = _stood_on_by_none(held, rows)
    while keys := list(rows.order_by("pk").values_list("pk", flat=True)[:_BATCH]):
        with transaction.atomic():
            going = rows.filter(pk__in=keys)
            for tell in removal_told(held.label):
                tell(going)
            _count(run, {held.label: sets.delete_from(going)})


def _stood_on_by_none(held: Declaration, rows: QuerySet[Any], going: Mapping[Any, QuerySet[Any]] | None = None) -> Any:
    """Without what other records still stand on: that stays. `going`: rows of other tables that go before, if any."""
    for model, name in sets.referring(held.model):
        standing = model._default_manager.filter(**{name: OuterRef("pk")})
        if going and model in going:
            standing = standing.exclude(pk__in=going[model].values("pk"))
        rows = rows.exclude(Exists(standing))
    return rows


def _pairs_due(now: datetime) -> QuerySet[Relationship]:
    before = _before("shared_record", now)
    on_hold = Party.objects.filter(participation__membership__in=queries.holds_in_force().values("membership"))
    return Relationship.objects.filter(ended_at__lt=before).exclude(pk__in=on_hold.values("relationship"))


def _of_pairs() -> Iterator[tuple[Declaration, str]]:
    for held in leaning_first(declarations()):
        if path := _pair_path(held):
            yield held, path


def _let_pairs_go(run: RetentionRun, batch: list[Relationship]) -> None:
    """The keys of what the two wrote together, then every record of some pairs, in one transaction."""
    for pair in batch:
        vault.destroy(pair.key_owner)
    keys = [pair.pk for pair in batch]
    with transaction.atomic():
        for model, name in sets.referring(Relationship):
            if model._meta.get_field(name).null:
                model._default_manager.filter(**{f"{name}__in": keys}).update(**{name: None})
        for held, path in _of_pairs():
            rows = held.model._default_manager.filter(**{f"{path}__in": keys})
            for tell in removal_told(held.label):
                tell(rows)
            _count(run, {held.label: sets.delete_from(rows)})


def _let_names_go(now: datetime) -> None:
    before = _before("account", now)
    while people := list(queries.left_before(before, _BATCH)):
        for membership in people:
            erase(membership, by=System(membership.organisation), whole=False)


def _counted(now: datetime) -> dict[str, int]:
    going = {
        held.model: held.model._default_manager.filter(**{f"{path}__in": _pairs_due(now).values("pk")})
        for held, path in _of_pairs()
    }
    for held, rows in _due(now):
        rows = _stood_on_by_none(held, rows, going)
        going[held.model] = going[held.model] | rows if held.model in going else rows
    gone = {rows.model._meta.label_lower: rows.count() for rows in going.values()}
    gone["identity.membership"] = len(list(queries.left_before(_before("account", now), 10**9)))
    return {table: rows for table, rows in sorted(gone.items()) if rows}
