"""From declarations to rows: whose they are, to which organisation they belong, and in which order they can go."""

from collections import deque
from collections.abc import Iterable, Iterator
from functools import cache
from graphlib import TopologicalSorter
from typing import Any

from django.db import models
from django.db.models import Model, Q, QuerySet

from alongside.foundation.privacy.people import Person
from alongside.foundation.privacy.registry import Declaration

_MEMBERSHIP, _ACCOUNT, _ORGANISATION = "identity.membership", "identity.account", "identity.organisation"
_NOBODY = Q(pk__in=[])
_SHORT = 24  # columns that are shorter hold codes


def rows_of(declaration: Declaration, person: Person) -> QuerySet[Any]:
    """The rows that are about a person in their organisation."""
    return _rows(declaration.model, declaration.paths, person)


def rows_about(declaration: Declaration, person: Person) -> QuerySet[Any]:
    """The rows in which somebody else writes about a person."""
    if not declaration.about:
        return _all(declaration.model).none()
    found = _rows(declaration.model, (declaration.about,), person)
    return found.exclude(pk__in=_rows(declaration.model, declaration.paths, person).values("pk"))


def _all(model: type[Model]) -> QuerySet[Any]:
    return model._default_manager.all()


def _rows(model: type[Model], paths: Iterable[str], person: Person) -> QuerySet[Any]:
    theirs = _NOBODY
    for path in paths:
        theirs |= _is(model, path, person)
    # Within a subquery, so that a row that is reached twice counts once and can be changed.
    return _all(model).filter(pk__in=_all(model).filter(theirs).values("pk"))


def _is(model: type[Model], path: str, person: Person) -> Q:
    if path == "self":
        held = person.membership if model._meta.label_lower == _MEMBERSHIP else person.account
        return Q(pk=held.pk) if held else _NOBODY
    last = end_of(model, path)
    if isinstance(last, models.EmailField):
        return _addressed(path, person) & _within(model, person)
    if not last.is_relation:
        return Q(**{path: person.membership.ref})
    if _label(last.related_model) == _MEMBERSHIP:
        return Q(**{path: person.membership.pk})
    return Q(**{path: person.account.pk}) & _within(model, person) if person.account else _NOBODY


def _addressed(path: str, person: Person) -> Q:
    found = _NOBODY
    for address in person.addresses:
        found |= Q(**{f"{path}__iexact": address})
    return found


def _within(model: type[Model], person: Person) -> Q:
    """What is kept by account belongs to every organisation of it; only some tables say which one they mean."""
    if person.is_last or person.account is None:
        return Q()
    names = {field.name for field in model._meta.concrete_fields}
    return Q(organisation_ref=person.organisation.ref) if "organisation_ref" in names else _NOBODY


def _label(model: Any) -> str:
    return str(model._meta.label_lower)


def end_of(model: type[Model], path: str) -> Any:
    """The last field of a path such as "session__relationship"."""
    field: Any = None
    for step in path.split("__"):
        field = model._meta.get_field(step)
        model = field.related_model or model
    return field


@cache
def path_to(model: type[Model], label: str) -> str | None:
    """The shortest path of foreign keys from a model to "app.model": "pk" for itself, None where there is none."""
    if _label(model) == label:
        return "pk"
    waiting: deque[tuple[str, Any]] = deque([("", model)])
    seen = {model}
    while waiting:
        path, at = waiting.popleft()
        for field in at._meta.concrete_fields:
            target = field.related_model
            if not field.is_relation or target in seen:
                continue
            way = f"{path}__{field.name}" if path else field.name
            if _label(target) == label:
                return way
            seen.add(target)
            waiting.append((way, target))
    return None


def of_organisation(model: type[Model], organisation: Any) -> QuerySet[Any] | None:
    """The rows that belong to one organisation; None where the table does not say whose they are."""
    names = {field.name for field in model._meta.concrete_fields}
    if "organisation_ref" in names:
        return _all(model).filter(organisation_ref=organisation.ref)
    path = path_to(model, _ORGANISATION)
    return _all(model).filter(**{path: organisation.pk}) if path else None


def text_columns(model: type[Model]) -> list[models.Field[Any, Any]]:
    """The columns in which words can stand in the clear."""
    return [field for field in model._meta.concrete_fields if _holds_text(field)]


def _holds_text(field: Any) -> bool:
    if field.choices or field.unique or field.is_relation:
        return False
    if isinstance(field, models.CharField):
        return (field.max_length or 0) >= _SHORT
    return isinstance(field, models.TextField | models.JSONField)


def leaning_first(declared: Iterable[Declaration]) -> Iterator[Declaration]:
    """Declarations in an order in which rows can go: whoever refers to others before them."""
    by_model = {held.model: held for held in declared}
    order: TopologicalSorter[type[Model]] = TopologicalSorter({model: set() for model in by_model})
    for model in by_model:
        for field in model._meta.concrete_fields:
            target: Any = field.related_model
            if target in by_model and target is not model:
                order.add(target, model)
    for model in order.static_order():
        yield by_model[model]
