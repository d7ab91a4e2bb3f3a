"""Taking a name out of what stays: closely out of what somebody shared with others, and wherever else it stands."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from alongside.foundation import vault
from alongside.foundation.identity.actors import SYSTEM
from alongside.foundation.privacy import Declaration, Names, Person, declarations
from alongside.foundation.privacy.paths import of_organisation, rows_about, rows_of, text_columns
from alongside.foundation.vault.actions import unseal_or_note
from alongside.foundation.vault.owners import owners_of

SHARED, MAIL = "shared_record", "mail"
_BATCH = 200
Change = Callable[[], int]


def steps(person: Person, *, closely: bool) -> Iterator[tuple[str, Change]]:
    """Each change with its table: some rows at a time, so that nobody waits long. Each gives how many rows it changed.

    `closely`: also what is sealed and shared with others, where short names count too.
    """
    for held in declarations():
        if held.is_a_person or held.frozen:
            continue
        if closely and held.keep == SHARED and not held.lasts and held.paths:
            yield from _in_batches(held, _shared(held, person), person.names, closely=True)
        # A mail calls people by their first names. What was sent is history, where a wrong hit costs nothing.
        is_mail = held.keep == MAIL
        if (found := _naming(held.model, person, closely=is_mail)) is not None:
            yield from _in_batches(held, found, person.names, closely=is_mail)


def naming_for_good(person: Person) -> dict[str, int]:
    """The rows in the clear that name somebody and may not be changed, by table."""
    found: dict[str, int] = {}
    for held in declarations():
        rows = _naming(held.model, person, closely=False) if held.frozen else None
        if rows is not None and (count := rows.count()):
            found[held.label] = count
    return found


def _shared(held: Declaration, person: Person) -> QuerySet[Any]:
    rows = rows_about(held, person)
    mine = rows_of(held, person) if held.stays else rows.none()
    return held.model._default_manager.filter(Q(pk__in=mine.values("pk")) | Q(pk__in=rows.values("pk")))


def _naming(model: type[models.Model], person: Person, *, closely: bool) -> QuerySet[Any] | None:
    """The rows of an organisation in which a name may stand in the clear; None where there can be none."""
    rows, columns = of_organisation(model, person.organisation), text_columns(model)
    if rows is None or not columns:
        return None
    for number, column in enumerate(columns):
        rows = rows.alias(**{f"text_{number}": Cast(column.name, TextField())})
    stands = Q(pk__in=[])
    for number in range(len(columns)):
        for name in person.names.variants(closely=closely):
            stands |= Q(**{f"text_{number}__icontains": name})
    return rows.filter(stands)


def _in_batches(held: Declaration, rows: QuerySet[Any], names: Names, *, closely: bool) -> Iterator[tuple[str, Change]]:
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), _BATCH):
        batch = keys[start : start + _BATCH]
        yield held.label, lambda batch=batch: _clean(held.model, batch, names, closely=closely)  # type: ignore[misc]


def _clean(model: type[models.Model], keys: list[Any], names: Names, *, closely: bool) -> int:
    rows = list(model._default_manager.filter(pk__in=keys).select_for_update())
    changes = _in_the_clear(model, rows, names, closely=closely)
    if closely and _sealed_columns(model):
        for pk, said in _sealed(model, rows, names).items():
            changes.setdefault(pk, {}).update(said)
    return sum(_keep(model, pk, said) for pk, said in changes.items())


def _keep(model: type[models.Model], pk: Any, said: dict[str, Any]) -> int:
    try:
        with transaction.atomic():
            return model._default_manager.filter(pk=pk).update(**said)
    except IntegrityError:  # the table allows no second row that says this: a word of its own, not somebody's name
        return 0


def _in_the_clear(
    model: type[models.Model], rows: list[Any], names: Names, *, closely: bool
) -> dict[Any, dict[str, Any]]:
    changes: dict[Any, dict[str, Any]] = {}
    for column in text_columns(model):
        for row in rows:
            before = getattr(row, column.name)
            after = names.without_in(before, closely=closely)
            if after != before:
                changes.setdefault(row.pk, {})[column.name] = _fitting(column, after)
    return changes


def _fitting(column: models.Field[Any, Any], text: Any) -> Any:
    if isinstance(column, models.EmailField):
        return ""  # what is left of an address is none
    return text[: column.max_length] if isinstance(text, str) and column.max_length else text


def _sealed_columns(model: type[models.Model]) -> list[str]:
    """The columns of sealed text."""
    return [field.name for field in model._meta.concrete_fields if isinstance(field, vault.SealedField)]


def _sealed(model: type[models.Model], rows: list[Any], names: Names) -> dict[Any, dict[str, Any]]:
    columns = _sealed_columns(model)
    wanted = [(row, column, bytes(getattr(row, column))) for row in rows for column in columns]
    wanted = [held for held in wanted if held[2]]
    owners = owners_of([value for _row, _column, value in wanted])
    texts = unseal_or_note([(value, vault.place(row, column)) for row, column, value in wanted], by=SYSTEM)
    changes: dict[Any, dict[str, Any]] = {}
    for (row, column, value), text in zip(wanted, texts, strict=True):
        cleaned = names.without(text, closely=True) if text else text
        if cleaned and cleaned != text:
            sealed = vault.seal(cleaned, owner=owners[value], place=vault.place(row, column))
            changes.setdefault(row.pk, {})[column] = sealed
    return changes
