"""What is said of something that cannot be paired, and the checks that more than one module needs."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from pairing.problems import Couple


class NotAProblem(ValueError):
    """What was given cannot be paired. The message says where it is wrong and what would help.

    `about` is the argument at fault; `mentee`, `mentor` and `criterion` say where, each empty where it does not matter.
    """

    def __init__(self, message: str, *, about: str, mentee: str = "", mentor: str = "", criterion: str = "") -> None:
        super().__init__(message)
        self.about, self.mentee, self.mentor, self.criterion = about, mentee, mentor, criterion


def number(called: str, given: Any, most: int, *, least: int = 0, about: str = "", **where: str) -> int:
    """A whole number within its limits."""
    whole = isinstance(given, int | np.integer) and not isinstance(given, bool)
    if not whole or not least <= given <= most:
        raise NotAProblem(
            f"{called} is {given!r}. Give a whole number from {least:,} to {most:,}.", about=about or called, **where
        )
    return int(given)


def couples(
    called: str,
    given: Iterable[Couple],
    rows: tuple[str, ...],
    columns: tuple[str, ...],
    *,
    about: str = "",
    criterion: str = "",
) -> frozenset[Couple]:
    """Pairs of people who are all in the cohort."""
    found = list(given)
    about = about or called
    for couple in found:
        if not isinstance(couple, tuple) or len(couple) != 2:
            raise NotAProblem(
                f"{called} holds {couple!r}. Give pairs of a mentee's id and a mentor's.",
                about=about,
                criterion=criterion,
            )
    known_rows, known_columns = set(rows), set(columns)
    for mentee, mentor in found:
        if mentee not in known_rows or mentor not in known_columns:
            name = mentor if mentee in known_rows else mentee
            raise NotAProblem(
                f"{called} names {mentee!r} and {mentor!r}, and {name!r} is not in this cohort. Leave that pair out.",
                about=about,
                mentee=mentee,
                mentor=mentor,
                criterion=criterion,
            )
    return frozenset(found)
