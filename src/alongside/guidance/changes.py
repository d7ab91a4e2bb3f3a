"""What two documents of a kind say differently, part by part, on plain values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.guidance import pages
from alongside.guidance.adapting import ADAPTABLE, part_of, parts_of
from alongside.guidance.terms import Role, Side, Stage

_WORDS = {
    "title": _("Title"), "introduction": _("Introduction"), "name": _("Name"), "question": _("Question"),
    "levels": _("What the answers 0 to 3 mean"),
    "cells": _("How each model fits"), "fit": _("How well it fits"), "why": _("Why"),
    "side": _("With whom it lies"),
    "shows": _("How it shows"), "remedy": _("What helps"), "owner": _("Who could see to it"),
    "hidden": _("Left out of our guidance"), "words": _("What it is"), "mentee": _("What a mentee may hope for"),
    "mentor": _("What a mentor may hope for"), "organisation": _("What the organisation may hope for"),
    "asks": _("What it asks for"), "how": _("How it goes"), "gives": _("What it gives"),
    "needs": _("How it suits people"), "when": _("When"), "who": _("Who takes part"), "read_by": _("Who reads it"),
    "suits": _("What it suits"), "caution": _("Where to take care"),
    "group": _("Where it belongs"), "learn": _("Where it is learnt"),
    "summary": _("What it is about"), "duties": _("What they do"),
}  # fmt: skip
HEAD = _("Title and introduction")


@dataclass(frozen=True)
class Said:
    """One thing that is said differently. `of` is the model or role that it is said of; `words` what kind it is."""

    words: str | Promise
    of: str
    before: str
    after: str


@dataclass(frozen=True)
class Difference:
    """A part that came, went or changed. The head of a document has no key."""

    key: str
    name: str | Promise
    what: Literal["added", "removed", "changed"]
    said: tuple[Said, ...] = ()


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Everything that `after` says differently, in its order; what went comes last."""
    shape = ADAPTABLE[after["kind"]]
    head = tuple(_told({name: before[name] for name in shape.head}, {name: after[name] for name in shape.head}, {}))
    found = [Difference("", HEAD, "changed", head)] if head else []
    names = _names(before) | _names(after)
    for part in parts_of(after):
        held = part_of(before, part["key"])
        said = tuple(_told(_free(held or {}, part), _free(part, held or {}), names))
        if held is None or said:
            found.append(Difference(part["key"], name_of(part), "changed" if held else "added", said))
    for part in parts_of(before):
        if part_of(after, part["key"]) is None:
            found.append(Difference(part["key"], name_of(part), "removed"))
    return tuple(found)


def name_of(part: Mapping[str, Any]) -> str:
    """What a part is called; a stage by the words of its code."""
    return str(part.get("name") or gettext(Stage(part["key"]).words))


def _free(part: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    return {name: part.get(name) for name in {**part, **other} if name in _WORDS}


def _names(content: Mapping[str, Any]) -> dict[str, str]:
    models = {option["key"]: option["name"] for option in content.get("options", ())}
    return models | {role.value: gettext(role.words) for role in Role}


def _told(before: Mapping[str, Any], after: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[Said]:
    order = {name: place for place, name in enumerate(_WORDS)}
    for name in sorted({**before, **after}, key=lambda name: order[name]):
        old, new = before.get(name), after.get(name)
        if isinstance(old or new, Mapping):
            yield from _of_each(name, old or {}, new or {}, names)
        elif (was := _words(name, old)) != (now := _words(name, new)):
            yield Said(_WORDS[name], "", was, now)


def _of_each(name: str, old: Mapping[str, Any], new: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[Said]:
    """What is said of each model (its fit and why) or of each role (its duties)."""
    for key in {**old, **new}:
        one, other = old.get(key), new.get(key)
        if isinstance(one or other, Mapping):
            for inner in ("fit", "why"):
                was, now = (one or {}).get(inner), (other or {}).get(inner)
                if was != now:
                    yield Said(_WORDS[inner], names.get(key, key), _words(inner, was), _words(inner, now))
        elif one != other:
            yield Said(_WORDS[name], names.get(key, key), _words(name, one), _words(name, other))


def _words(name: str, value: Any) -> str:
    if value is None or value is False:
        return gettext("No") if name == "hidden" else ""
    if value is True:
        return gettext("Yes")
    if name == "who":
        return ", ".join(gettext(role.words) for role in Role if role in value)
    if name == "learn":
        return "\n".join(place.words for place in pages.places(value))
    if isinstance(value, list | tuple):
        return "\n".join(map(str, value))
    if name == "owner":
        return gettext(Role(value).words)
    return gettext(Side(value).words) if name == "side" else str(value)
