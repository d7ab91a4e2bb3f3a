"""Declarations, kept by model."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Model
from django.utils.functional import Promise

BASES = ("legitimate interests", "legal obligation", "consent", "contract", "none")
_declared: dict[type[Model], "Declaration"] = {}


@dataclass(frozen=True)
class Declaration:
    """What one table holds of people."""

    model: type[Model]
    purpose: str | Promise
    basis: str
    subject: str  # the path to the membership or account that the row is about; "" where it is about nobody
    keep: str  # a key of guidance's retention classes
    personal: tuple[str, ...]
    plain: tuple[str, ...]
    special: tuple[str, ...] = ()  # special categories of personal data: given by the person alone


def declare(
    model: type[Model],
    *,
    purpose: str | Promise,
    basis: str,
    subject: str,
    keep: str,
    personal: Sequence[str] = (),
    plain: Sequence[str] = (),
    special: Sequence[str] = (),
) -> Declaration:
    """Declare every concrete field of `model` once.

    Raises ValueError for an unknown basis, an unknown field, or one that is declared twice.
    """
    if basis not in BASES:
        raise ValueError(f"{basis} is no lawful basis known here: {', '.join(BASES)}")
    named = [*personal, *plain, *special]
    fields = {field.name for field in model._meta.concrete_fields}
    if unknown := sorted(set(named) - fields):
        raise ValueError(f"{model.__name__} has no field {', '.join(unknown)}")
    if len(named) != len(set(named)):
        raise ValueError(f"{model.__name__} declares a field twice")
    declaration = Declaration(model, purpose, basis, subject, keep, tuple(personal), tuple(plain), tuple(special))
    _declared[model] = declaration
    return declaration


def declarations() -> list[Declaration]:
    """Every declaration, in the order of the models' names."""
    return [_declared[model] for model in sorted(_declared, key=lambda model: model._meta.label_lower)]


def declaration_of(model: type[Model]) -> Declaration | None:
    """The declaration of one model, or None."""
    return _declared.get(model)
