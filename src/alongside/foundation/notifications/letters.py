"""What each mail says: our own words, with named places, and a small safe markup. Pure functions on plain values.

Nothing that an organisation writes is ever compiled or run: its text is cut into words and known places, and values are
put in afterwards, so that no value is read as markup either.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

Words = str | Promise
LINK = "link"
LONGEST_SUBJECT, LONGEST_TEXT, LONGEST_BUTTON = 150, 4000, 60
_BRACES = re.compile(r"\{([^{}\n]{0,80})\}")
_STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")


@dataclass(frozen=True)
class Link:
    """An address that stands in a block place, with its words: such as one that is answered without signing in."""

    words: Words
    address: str


Value = str | Promise | Sequence[str | Promise] | Link


@dataclass(frozen=True)
class Place:
    """Something that Alongside puts into a mail. A `block` stands on a line of its own and falls away where empty."""

    name: str
    words: Words
    sample: Value
    needed: bool = False
    block: bool = False

    @property
    def written(self) -> str:
        """As it stands in a text."""
        return f"{{{self.name}}}"


@dataclass(frozen=True)
class Wording:
    """Subject, text and the words of the button, with places in braces."""

    subject: str
    text: str
    button: str = ""


@dataclass(frozen=True)
class Letter:
    """One mail that Alongside sends: when, to whom, and what it says in our words."""

    key: str
    kind: str
    when: Words
    whom: Words
    subject: Words
    lines: Sequence[Words]
    button: Words = ""
    places: tuple[Place, ...] = ()
    of_programme: bool = True
    named: bool = False

    @property
    def ours(self) -> Wording:
        """Our words, in the language in force; the button last, where they do not say where."""
        lines = [str(line) for line in self.lines]
        if self.button and LINK_PLACE.written not in lines:
            lines.append(LINK_PLACE.written)
        return Wording(str(self.subject), "\n\n".join(lines), str(self.button))

    @property
    def all_places(self) -> tuple[Place, ...]:
        """Every place that can stand in it, the link last."""
        return (*self.places, *([LINK_PLACE] if self.button else []))

    @property
    def samples(self) -> dict[str, Value]:
        """A value for each place, for previews."""
        return {place.name: place.sample for place in self.places}


LINK_PLACE = Place(LINK, _("the button that leads to the page"), "", needed=True, block=True)


class Run(NamedTuple):
    """Some words in a line."""

    text: str
    strong: bool = False


@dataclass(frozen=True)
class Block:
    """A paragraph, a list or the button, with the words of each line."""

    kind: str
    lines: list[list[Run]] = field(default_factory=list)
    address: str = ""

    @property
    def plain(self) -> str:
        """The same as plain text."""
        if self.address:
            return f"{self.lines[0][0].text}:\n{self.address}"
        said = ["".join(run.text for run in line) for line in self.lines]
        return "\n".join(f"- {line}" for line in said) if self.kind == "list" else "\n".join(said)


class Composed(NamedTuple):
    """A mail with its places filled, before it gets its frame."""

    subject: str
    blocks: list[Block]
    button: str


def digest(wording: Wording) -> str:
    """By what it is known whether somebody has read just these words."""
    said = json.dumps([wording.subject, wording.text, wording.button], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


# --- what is wrong with somebody's own words


def faults(letter: Letter, wording: Wording) -> dict[str, list[str]]:
    """What has to be changed before these words can be used, by field; empty when they can."""
    found: dict[str, list[str]] = {"subject": [], "text": [], "button": []}
    known = {place.name: place for place in letter.all_places}
    inline = {name: place for name, place in known.items() if not place.block}
    found["subject"] += _unknown(wording.subject, inline, known) or _stray(wording.subject)
    found["text"] += _unknown(wording.text, known, known) or _stray(wording.text)
    found["button"] += [_now("Put no places into the button’s words.")] if set("{}") & set(wording.button) else []
    if letter.button and not wording.button.strip():
        found["button"].append(_now("Say what the button does, for example “Open your page”."))
    if not found["text"]:
        found["text"] += _missing(letter, wording) + _misplaced(letter, wording.text)
    return {name: said for name, said in found.items() if said}


def _names(text: str) -> list[str]:
    return [_name(held) for held in _BRACES.findall(text)]


def _name(written: str) -> str:
    return " ".join(written.split()).lower()


def _unknown(text: str, here: Mapping[str, Place], known: Mapping[str, Place]) -> list[str]:
    wrong = list(dict.fromkeys(name for name in _names(text) if name not in here))
    can = ", ".join(f"{{{name}}}" for name in here) or _now("none")
    said = []
    for name in wrong:
        words = _now("%(place)s can stand in the text only. Here you can use: %(known)s.")
        if name not in known:
            words = _now("There is no place called %(place)s in this mail. You can use: %(known)s.")
        said.append(words % {"place": f"{{{name}}}", "known": can})
    return said


def _stray(text: str) -> list[str]:
    if set("{}") & set(_BRACES.sub("", text)):
        return [_now("A brace stands alone. Braces only go around the name of a place: {name}.")]
    return []


def _missing(letter: Letter, wording: Wording) -> list[str]:
    held = {*_names(wording.subject), *_names(wording.text)}
    words = _now("%(place)s is missing: %(what)s. Put it back, the mail is of no use without it.")
    return [
        words % {"place": f"{{{place.name}}}", "what": place.words}
        for place in letter.all_places
        if place.needed and place.name not in held
    ]


def _misplaced(letter: Letter, text: str) -> list[str]:
    said = []
    for place in letter.all_places:
        if place.block:
            with_it = [line for line in text.splitlines() if place.name in _names(line)]
            alone = [line for line in with_it if _BRACES.fullmatch(line.strip())]
            if len(with_it) != len(alone):
                words = _now("Give %(place)s a line of its own.")
                said.append(words % {"place": f"{{{place.name}}}"})
            elif len(alone) > 1:
                said.append(_now("Use %(place)s only once.") % {"place": f"{{{place.name}}}"})
    return said


# --- from words and values to a mail


def compose(letter: Letter, wording: Wording, values: Mapping[str, Value]) -> Composed:
    """The mail with its places filled. Values are words only: nothing in them is read as markup."""
    subject = _filled(wording.subject, values)
    blocks = [block for part in _parts(wording.text) for block in _blocks(letter, part, values)]
    return Composed(subject, blocks, wording.button)


def paragraphs(lines: Iterable[Words]) -> list[Block]:
    """Lines of our own, each a paragraph."""
    return [Block("para", [[Run(str(line))]]) for line in lines]


def _inline(value: Value) -> str:
    if isinstance(value, Link):
        return str(value.words)
    return str(value) if isinstance(value, str | Promise) else " ".join(str(one) for one in value)


def _parts(text: str) -> Iterator[list[str]]:
    """Lines that belong together: paragraphs, lists, and what stands alone in braces."""
    held: list[str] = []
    for line in (line.strip() for line in text.splitlines()):
        alone = bool(_BRACES.fullmatch(line))
        if held and (not line or alone or _is_item(line) != _is_item(held[-1])):
            yield held
            held = []
        if alone:
            yield [line]
        elif line:
            held.append(line)
    if held:
        yield held


def _is_item(line: str) -> bool:
    return line.startswith(("- ", "– "))


def _blocks(letter: Letter, lines: list[str], values: Mapping[str, Value]) -> Iterator[Block]:
    alone = _BRACES.fullmatch(lines[0])
    name = _name(alone[1]) if alone else ""
    if name == LINK and letter.button:
        yield Block("link")
    elif name in {place.name for place in letter.places if place.block}:
        value = values.get(name, "")
        if isinstance(value, Link):
            yield Block("answer", [[Run(str(value.words))]], value.address)
            return
        said = [value] if isinstance(value, str | Promise) else list(value)
        yield from paragraphs(one for one in said if str(one))
    elif _is_item(lines[0]):
        yield Block("list", [_runs(line[2:].strip(), values) for line in lines])
    else:
        yield Block("para", [_runs(line, values) for line in lines])


def _runs(line: str, values: Mapping[str, Value]) -> list[Run]:
    """A line cut at `**`, with its places filled only afterwards."""
    runs, at = [], 0
    for found in _STRONG.finditer(line):
        runs += [Run(line[at : found.start()]), Run(found[1], strong=True)]
        at = found.end()
    runs.append(Run(line[at:]))
    filled = [Run(_filled(run.text, values), run.strong) for run in runs]
    return [run for run in filled if run.text]


def _filled(text: str, values: Mapping[str, Value]) -> str:
    return _BRACES.sub(lambda gap: _inline(values.get(_name(gap[1]), "")), text)
