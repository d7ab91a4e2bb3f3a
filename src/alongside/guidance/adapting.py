"""What of a document an organisation may put in its own words, and how: part by part, on plain values."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from alongside.guidance import library
from alongside.guidance.problems import Problem
from alongside.guidance.terms import _

LEAST_SITUATIONS = 2
_LONGEST_KEY = 40


@dataclass(frozen=True)
class Adaptable:
    """A kind that can be adapted: the name of its list of parts, and the words that are free to change.

    `adds`: parts may be added. `removes`: they may be taken out. `hides`: they may be hidden, and stay.
    """

    parts: str
    words: tuple[str, ...]
    head: tuple[str, ...] = ()
    adds: bool = False
    removes: bool = False
    hides: bool = False


ADAPTABLE: Mapping[str, Adaptable] = MappingProxyType(
    {
        "fit": Adaptable(
            "situations", ("name", "question", "levels", "cells"), ("title", "introduction"), adds=True, removes=True
        ),
        "barriers": Adaptable(
            "barriers", ("name", "shows", "remedy", "owner", "hidden"), ("introduction",), adds=True, hides=True
        ),
        "purposes": Adaptable(
            "purposes",
            ("name", "words", "mentee", "mentor", "organisation", "hidden"),
            ("introduction",),
            adds=True,
            hides=True,
        ),
        "goal-tools": Adaptable(
            "tools",
            ("name", "words", "asks", "how", "gives", "needs", "hidden"),
            ("introduction",),
            adds=True,
            hides=True,
        ),
        "review-methods": Adaptable(
            "methods",
            ("name", "words", "how", "when", "who", "read_by", "suits", "caution", "hidden"),
            ("introduction",),
            adds=True,
            hides=True,
        ),
        "competences": Adaptable(
            "competences",
            ("name", "words", "shows", "learn", "hidden"),
            ("name", "introduction"),
            adds=True,
            hides=True,
        ),
        "duties": Adaptable("stages", ("summary", "duties")),
        "lifecycle": Adaptable("phases", ("name", "summary")),
    }
)


def adaptable() -> Iterator[tuple[str, str]]:
    """Kind and key of every document that can be adapted."""
    for kind in ADAPTABLE:  # the table of lifecycle models stands first: a programme chooses by it
        yield from sorted(((kind, key) for key in library.keys(kind)), key=lambda one: one != ("fit", "lifecycle"))


def is_adaptable(kind: str, key: str) -> bool:
    """May an organisation have its own edition of this document?"""
    return (kind, key) in set(adaptable())


def parts_of(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The parts of a document, in their order."""
    return list(content[ADAPTABLE[content["kind"]].parts])


def part_of(content: Mapping[str, Any], key: str) -> dict[str, Any] | None:
    """One part, by its key."""
    return next((part for part in parts_of(content) if part["key"] == key), None)


def with_part(content: Mapping[str, Any], part: Mapping[str, Any]) -> dict[str, Any]:
    """The document with a part replaced, or added at the end."""
    held = [dict(part) if one["key"] == part["key"] else one for one in parts_of(content)]
    if part["key"] not in {one["key"] for one in held}:
        held.append(dict(part))
    return {**deepcopy(dict(content)), ADAPTABLE[content["kind"]].parts: held}


def without_part(content: Mapping[str, Any], key: str) -> dict[str, Any]:
    """The document without a part."""
    held = [one for one in parts_of(content) if one["key"] != key]
    return {**deepcopy(dict(content)), ADAPTABLE[content["kind"]].parts: held}


def why_not_remove(content: Mapping[str, Any]) -> str | None:
    """Why no part can be taken out, if none can."""
    if len(parts_of(content)) <= LEAST_SITUATIONS:
        return _("Two situations have to stay: with one there would be nothing to weigh.")
    return None


def new_key(name: str, taken: Collection[str]) -> str:
    """A key for a new part, out of its name; a number behind it where that is taken."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[: _LONGEST_KEY - 6].strip("-")
    if not re.match(r"[a-z]", base):
        base = f"own-{base}".strip("-")
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return base if base not in taken else next(key for key in numbered if key not in taken)


def numbered(content: Mapping[str, Any], edition: int) -> dict[str, Any]:
    """The same words as another edition."""
    return {**content, "edition": edition}


def same(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Do two documents say the same, whatever their edition?"""
    return numbered(before, 0) == numbered(after, 0)


def overlay(base: Mapping[str, Any], content: Mapping[str, Any]) -> dict[str, Any]:
    """What `content` says differently from `base`, so that it can be laid over a newer base; {} where nothing does."""
    shape = ADAPTABLE[base["kind"]]
    held = {part["key"] for part in parts_of(content)}
    found = {
        "head": {name: content[name] for name in shape.head if content[name] != base[name]},
        "parts": [part for part in parts_of(content) if part != part_of(base, part["key"])],
        "gone": [part["key"] for part in parts_of(base) if part["key"] not in held],
    }
    return {name: changed for name, changed in found.items() if changed}


def laid_over(base: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """`base` with changes laid over it: what nobody changed is as it stands there now."""
    content = {**deepcopy(dict(base)), **changes.get("head", {})}
    for part in changes.get("parts", ()):
        content = with_part(content, part)
    for key in changes.get("gone", ()):
        content = without_part(content, key)
    return content


def fault(base: Mapping[str, Any], own: Mapping[str, Any]) -> Problem | None:
    """What of `own` nobody may change: everything that rules hang on, such as stages and evidence.

    `base` is the document that it was made from.
    """
    shape = ADAPTABLE[base["kind"]]
    said = _("Only words can be changed here; what rules hang on has to stay as it is.")
    if _fixed(base, shape) != _fixed(own, shape):
        return Problem("", said)
    kept = {part["key"]: _fixed_part(part, shape) for part in parts_of(own)}
    for part in parts_of(base):
        if part["key"] not in kept and not shape.removes:
            return Problem(part["key"], _("This has to stay: leave it in, or hide it."))
        if part["key"] in kept and kept[part["key"]] != _fixed_part(part, shape):
            return Problem(part["key"], said)
    if not shape.adds and len(parts_of(own)) != len(parts_of(base)):
        return Problem(shape.parts, _("Nothing can be added here."))
    return None


def _fixed(content: Mapping[str, Any], shape: Adaptable) -> dict[str, Any]:
    free = {"edition", shape.parts, *shape.head}
    return {name: value for name, value in content.items() if name not in free}


def _fixed_part(part: Mapping[str, Any], shape: Adaptable) -> dict[str, Any]:
    return {name: value for name, value in part.items() if name not in shape.words}
