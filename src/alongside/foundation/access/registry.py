"""Rows: one permission each, with everybody who has it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from alongside.foundation.identity.actors import Actor

PUBLIC, SIGNED_IN, MEMBER = "public", "signed_in", "member"
Test = Callable[["Actor", Any], bool]


class Column(models.TextChoices):
    """The columns of "Who may read what"."""

    MENTEE = "mentee", _("Mentee")
    MENTOR = "mentor", _("Mentor")
    COORDINATOR = "coordinator", _("Coordinator of the programme")
    STAKEHOLDER = "stakeholder", _("Line manager or sponsor of the pair")
    SUPERVISOR = "supervisor", _("Supervisor of the mentor")
    SAFEGUARDING = "safeguarding", _("Safeguarding lead")
    PRIVACY = "privacy", _("Privacy officer")
    ADMINISTRATOR = "administrator", _("Administrator")


@dataclass(frozen=True)
class Reader:
    """Somebody who has a permission: the predicate that decides, and its words.

    `cell` stands on "Who may read what" ("own", "count only"; a tick where it is empty). `label` names the reader
    beside a field, seen by whoever writes ("you", "{partner}", "the coordinator"); empty where it adds nobody.
    """

    column: Column
    test: Test
    cell: str | Promise = ""
    label: str | Promise = ""


@dataclass(frozen=True)
class Row:
    """One permission. `listed` rows stand on "Who may read what"; a `page` row needs no object to decide."""

    permission: str
    words: str | Promise
    who: tuple[Reader, ...]
    listed: bool = True
    page: bool = False
    note: str | Promise = ""


_rows: dict[str, Row] = {}


def declare(new: Row) -> Row:
    """Add a permission. Raises ValueError when its name is taken by another row."""
    if _rows.setdefault(new.permission, new) is not new:
        raise ValueError(f"{new.permission} is declared twice")
    return new


def row(permission: str) -> Row:
    """The row of a permission. Raises LookupError where there is none."""
    return _rows[permission]


def rows() -> list[Row]:
    """Every row, in the order of declaration."""
    return list(_rows.values())


def everyone(actor: Actor, subject: Any) -> bool:
    """Everybody with a membership in force."""
    return True


def any_role(*roles: str) -> Test:
    """Whoever has one of these roles across the organisation."""

    def has_role(actor: Actor, subject: Any) -> bool:
        return actor.has(*roles)

    return has_role
