"""What an agreement says, what its evidence is, and who may sign when: pure functions on plain values."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from difflib import SequenceMatcher
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from alongside.contracts.terms import LayerName, VersionState
from alongside.foundation.privacy import Names
from alongside.guidance import blocks
from alongside.guidance.rules import one_line, placeholders

if TYPE_CHECKING:
    from alongside.guidance import Blank, ClauseSet

OWN_WORDS = "own_words"
NOT_COVERED = "not_covered"
# The two answers that no clause set asks for: which clause each is added to.
ADDED_TO = {"scope": NOT_COVERED, "commitments": OWN_WORDS}
FORMAT = 1


class ClauseText(NamedTuple):
    """One clause as it is frozen."""

    key: str
    title: str
    text: str


def as_said(blank: Blank, answer: str) -> str:
    """An answer as the sentence says it: a date in words of the language in force, anything else as it was written."""
    return date_format(date.fromisoformat(answer), "j F Y") if blank.kind == "date" and answer else answer


def is_shared(clause_set: ClauseSet, key: str) -> bool:
    """Does an answer stand in the shared layer too?"""
    return any(key in placeholders(clause.text_shared) for clause in clause_set.clauses)


def compose(
    clause_set: ClauseSet, names: Mapping[str, str], answers: Mapping[str, str]
) -> dict[LayerName, list[ClauseText]]:
    """The clauses of each layer. Raises guidance's Unfilled while an answer is missing."""
    said = {blank.key: as_said(blank, answers.get(blank.key, blank.default)) for blank in clause_set.blanks}
    rendered = clause_set.render(names=names, answers=said)
    return {
        LayerName.PRIVATE: [
            ClauseText(held.key, held.title, held.private.strip() + _added(held.key, answers))
            for held in rendered
            if held.private
        ],
        LayerName.SHARED: [ClauseText(held.key, held.title, held.shared.strip()) for held in rendered if held.shared],
    }


def _added(key: str, answers: Mapping[str, str]) -> str:
    words = answers.get(ADDED_TO.get(key, ""), "").strip()
    if not words:
        return ""
    lead = _now("We leave out as well:") if key == "scope" else _now("In our own words:")
    return f"\n\n{lead}\n\n{words}"


def canonical(said: Mapping[str, Any]) -> str:
    """One text for one content: JSON with sorted keys and no spaces."""
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def document(*, layer: str, head: Mapping[str, Any], readers: str, clauses: Sequence[ClauseText], salt: str) -> str:
    """The canonical document of a layer. The salt keeps its hash from telling anything once its key is destroyed."""
    said = {**head, "format": FORMAT, "layer": layer, "readers": readers, "salt": salt}
    return canonical({**said, "clauses": [clause._asdict() for clause in clauses]})


def sha256(said: str | bytes) -> str:
    """The hash by which a document, or what was answered, is known."""
    return hashlib.sha256(said.encode() if isinstance(said, str) else said).hexdigest()


def chained(previous: str, *, facts: Mapping[str, Any], hashes: Mapping[str, str]) -> str:
    """A version's link in the chain: over the version before it, its own facts and the hashes of its layers."""
    return sha256(f"{previous}\n{canonical({**facts, 'layers': dict(hashes)})}")


def why_not_sign(state: str, *, signed_already: bool, was_shown: bool) -> str | Promise | None:
    """Why this version cannot be signed by this person now, or None."""
    if signed_already:
        return _("You have signed this version already.")
    if state in (VersionState.WITHDRAWN, VersionState.REPLACED):
        return _("This is an old version. Read the newest one, then sign that.")
    if state == VersionState.SIGNED:
        return _("Both of you have signed this version already.")
    if state != VersionState.PROPOSED:
        return _("This version is still being written. It can be signed once it has been shown to both of you.")
    if not was_shown:
        return _("Read both parts of this version first: they stand above the button.")
    return None


def fault_of_dates(start: date | None, end: date | None) -> str | Promise | None:
    """Why an agreement cannot run between these days, or None."""
    if start and end and end <= start:
        return _("Choose a last day after the first one (%(start)s).") % {"start": date_format(start, "j F Y")}
    return None


def default_answers(clause_set: ClauseSet, *, today: date, starts_on: date, ends_on: date) -> dict[str, str]:
    """What a new draft begins with: the set's own defaults, and dates from the programme."""
    answers = {blank.key: blank.default for blank in clause_set.blanks}
    dates = {"start": max(today, starts_on), "end": ends_on}
    for blank in clause_set.blanks:
        if blank.kind == "date" and not blank.default and blank.key in dates:
            answers[blank.key] = dates[blank.key].isoformat()
    return answers


def called(name: str, fallback: str) -> str:
    """A name as it goes into a sentence; `fallback` where it has nothing that could stand there."""
    return one_line(name) or fallback


def short_names(mentor: tuple[str, str], mentee: tuple[str, str]) -> tuple[str, str]:
    """What the clauses call the two, from (short, whole) names: short, unless both would be called the same."""
    alike = mentor[0].casefold() == mentee[0].casefold()
    return (mentor[1], mentee[1]) if alike else (mentor[0], mentee[0])


Kind = Literal["same", "ins", "del"]
_LONE = 3  # a word and the spaces around it


class Piece(NamedTuple):
    """Some words, and whether they stayed, came in or went; `instead` of others that went just before."""

    kind: Kind
    words: str
    instead: bool = False


class Line(NamedTuple):
    """One paragraph, or one entry of a list, in pieces."""

    in_list: bool
    pieces: tuple[Piece, ...]


class Passage(NamedTuple):
    """Paragraphs or list entries that belong together, for a page to draw."""

    is_list: bool
    lines: tuple[tuple[Piece, ...], ...]


def passages(text: str, before: str | None = None) -> tuple[Passage, ...]:
    """A clause in paragraphs and lists; with the text `before`, what came in and what went is marked."""
    new = _flat(text)
    lines = [_whole(line, "same") for line in new] if before is None else list(_compare(_flat(before), new))
    grouped = groupby(lines, key=lambda line: line.in_list)
    return tuple(Passage(in_list, tuple(line.pieces for line in held)) for in_list, held in grouped)


def _flat(text: str) -> list[tuple[bool, str]]:
    return [(block.is_list, line) for block in blocks(text) for line in block.lines]


def _whole(line: tuple[bool, str], kind: Kind) -> Line:
    return Line(line[0], (Piece(kind, line[1]),))


def _compare(old: Sequence[tuple[bool, str]], new: Sequence[tuple[bool, str]]) -> Iterator[Line]:
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (_whole(line, "same") for line in new[c:d])
        else:
            yield from _replaced(old[a:b], new[c:d])


def _replaced(old: Iterable[tuple[bool, str]], new: Iterable[tuple[bool, str]]) -> Iterator[Line]:
    for before, after in zip_longest(old, new):
        if before and after and before[0] == after[0]:
            yield Line(after[0], tuple(_words(before[1], after[1])))
            continue
        if before:
            yield _whole(before, "del")
        if after:
            yield _whole(after, "ins")


def _words(old: str, new: str) -> Iterator[Piece]:
    """The words of two lines against each other; lines that share little are given whole, which reads better."""
    before, after = re.findall(r"\s+|\S+", old), re.findall(r"\s+|\S+", new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < 0.5:
        yield from (Piece("del", old), Piece("ins", new, instead=True))
        return
    for same, a, b, c, d in _runs(matcher):
        if same:
            yield Piece("same", "".join(after[c:d]))
            continue
        gone, come = "".join(before[a:b]), "".join(after[c:d])
        if gone:
            yield Piece("del", gone)
        if come:
            yield Piece("ins", come, instead=bool(gone))


_Run = tuple[bool, int, int, int, int]


def _runs(matcher: SequenceMatcher[str]) -> list[_Run]:
    """What stayed and what changed in turn. A lone word that stayed between two changes goes with them."""
    runs: list[_Run] = []
    codes = matcher.get_opcodes()
    for index, (tag, a, b, c, d) in enumerate(codes):
        lone = tag == "equal" and b - a <= _LONE and 0 < index < len(codes) - 1
        same = tag == "equal" and not lone
        if runs and runs[-1][0] == same:
            runs[-1] = (same, runs[-1][1], b, runs[-1][3], d)
        else:
            runs.append((same, a, b, c, d))
    return runs


def nameless(document: str, names: Names) -> str:
    """A frozen document with somebody's name taken out of its words, and without its salt; else as it is."""
    held = json.loads(document)
    cleaned = names.without_in(held, closely=True)
    return document if cleaned == held else canonical({**cleaned, "salt": ""})
