"""Declarations, kept by model."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

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
    also: tuple[str, ...] = ()  # paths to others whom the row is about just as much
    about: str = ""  # the path to the people whom its author writes about
    since: str = ""  # the path to the moment from which its class counts; "" as the class says
    stays: str | Promise = ""  # why the row stays when its person is erased; "": it goes
    emptied: Mapping[str, Any] = field(default_factory=dict)  # what becomes of its columns when it stays
    lasts: bool = False  # the organisation's own work: no day of retention takes it away
    frozen: bool = False  # a command verifies it: its own package alone may take a name out of it
    withheld: Mapping[str, Any] = field(default_factory=dict)  # rows that are in nobody's export, as a lookup
    untold: bool = False  # whom its author writes about is not even told that there is something

    @property
    def label(self) -> str:
        """The table as app.model."""
        return self.model._meta.label_lower

    @property
    def paths(self) -> tuple[str, ...]:
        """Every path to people whom a row is about."""
        return tuple(filter(None, (self.subject, *self.also)))

    @property
    def is_a_person(self) -> bool:
        """Is a row somebody themselves: an account, a membership?"""
        return self.subject == "self"


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
    also: Sequence[str] = (),
    about: str = "",
    since: str = "",
    stays: str | Promise = "",
    emptied: Mapping[str, Any] | None = None,
    lasts: bool = False,
    frozen: bool = False,
    withheld: Mapping[str, Any] | None = None,
    untold: bool = False,
) -> Declaration:
    """Declare every concrete field of `model` once.

    Raises ValueError for an unknown basis, an unknown field, or one that is declared twice.
    """
    if basis not in BASES:
        raise ValueError(f"{basis} is no lawful basis known here: {', '.join(BASES)}")
    named = [*personal, *plain, *special]
    fields = {held.name for held in model._meta.concrete_fields}
    if unknown := sorted({*named, *(emptied or ())} - fields):
        raise ValueError(f"{model.__name__} has no field {', '.join(unknown)}")
    if len(named) != len(set(named)):
        raise ValueError(f"{model.__name__} declares a field twice")
    declaration = Declaration(
        model, purpose, basis, subject, keep, tuple(personal), tuple(plain), tuple(special), tuple(also), about, since,
        stays, dict(emptied or {}), lasts, frozen, dict(withheld or {}), untold,
    )  # fmt: skip
    _declared[model] = declaration
    return declaration


def declarations() -> list[Declaration]:
    """Every declaration, in the order of the models' names."""
    return [_declared[model] for model in sorted(_declared, key=lambda model: model._meta.label_lower)]


def declaration_of(model: type[Model]) -> Declaration | None:
    """The declaration of one model, or None."""
    return _declared.get(model)
