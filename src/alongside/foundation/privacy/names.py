"""A person's names and addresses: finding them in text, and taking them out."""

import html
import json
import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property
from typing import Any

_SHORTEST = 2


class Names:
    """How somebody is called. `full` (name, addresses) is known anywhere; `short` only in what they share with others.

    A short name is known as it is written and in capitals: "will" is more often a verb than Will.
    """

    def __init__(self, full: Iterable[str], short: Iterable[str], instead: str) -> None:
        self.full = _cleaned(full)
        self.short = [name for name in _cleaned(short) if name not in self.full]
        self.instead = instead

    @cached_property
    def _full(self) -> re.Pattern[str] | None:
        return _pattern(_written(self.full), re.IGNORECASE)

    @cached_property
    def _short(self) -> re.Pattern[str] | None:
        return _pattern(_written([*self.short, *(name.upper() for name in self.short)]), re.NOFLAG)

    def variants(self, *, closely: bool = False) -> list[str]:
        """The names as they may stand in a column: for a filter that finds more, not less."""
        names = [*self.full, *(self.short if closely else ())]
        forms = {form for name in names for form in (name, name.lower(), name.upper(), name.title())}
        written = set(_written(forms))
        return sorted(written | {json.dumps(form)[1:-1] for form in written})

    def without(self, text: str, *, closely: bool = False) -> str:
        """`text` with each of them replaced; `closely` with the short ones too."""
        for pattern in (self._full, self._short if closely else None):
            text = pattern.sub(self.instead, text) if pattern else text
        return text

    def without_in(self, value: Any, *, closely: bool = False) -> Any:
        """The same in a document of JSON, keys included."""
        if isinstance(value, str):
            return self.without(value, closely=closely)
        if isinstance(value, list):
            return [self.without_in(held, closely=closely) for held in value]
        if isinstance(value, dict):
            said = {self.without(key, closely=closely): held for key, held in value.items()}
            return {key: self.without_in(held, closely=closely) for key, held in said.items()}
        return value

    def stand_in(self, value: Any) -> bool:
        """Does a full name stand in a text or a document?"""
        return self.without_in(value) != value


def _cleaned(names: Iterable[str]) -> list[str]:
    found = {unicodedata.normalize("NFC", name.strip()) for name in names}
    return sorted((name for name in found if len(name) >= _SHORTEST), key=lambda name: (-len(name), name))


def _written(names: Iterable[str]) -> list[str]:
    """Each of them composed and decomposed, in plain text and in HTML."""
    forms = {unicodedata.normalize(form, name) for name in names for form in ("NFC", "NFD")}
    return sorted(forms | {html.escape(form) for form in forms}, key=lambda name: (-len(name), name))


def _pattern(names: list[str], flags: re.RegexFlag) -> re.Pattern[str] | None:
    if not names:
        return None
    one_of = "|".join(r"\s+".join(map(re.escape, name.split())) for name in names)
    return re.compile(rf"(?<!\w)(?:{one_of})(?!\w)", flags)
