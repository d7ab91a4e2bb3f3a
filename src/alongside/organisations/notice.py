"""The privacy notice in our own words, with gaps that the organisation fills: pure functions on plain values."""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from alongside.organisations.terms import NoticePart

HowLong = Callable[[str], Iterable[str]]
_how_long: list[HowLong] = []


class Section(NamedTuple):
    """One part of a notice."""

    key: str
    text: str

    @property
    def heading(self) -> str:
        """What the part is called."""
        return str(NoticePart(self.key).label)

    @property
    def blocks(self) -> "list[Block]":
        """Its text, to be drawn."""
        return blocks(self.text)


class Block(NamedTuple):
    """A paragraph, or the entries of a list."""

    is_list: bool
    lines: list[str]


class Facts(NamedTuple):
    """What fills the gaps."""

    organisation: str
    contact: str
    table: str  # the address of "Who may read what"
    language: str


def add_how_long(lines: HowLong) -> None:
    """Let a later package say how long each kind of record is kept: `lines(language)`."""
    if lines not in _how_long:
        _how_long.append(lines)


def default(facts: Facts) -> list[Section]:
    """A whole notice in the language in force: what a new organisation begins with."""
    gaps = {"organisation": facts.organisation, "contact": facts.contact, "table": facts.table}
    texts = {part: words() % gaps for part, words in _TEXTS.items()}
    kept = [line for lines in _how_long for line in lines(facts.language)]
    texts[NoticePart.HOW_LONG] += "\n\n" + "\n".join(f"- {line}" for line in kept) if kept else ""
    return [Section(part.value, texts[part]) for part in NoticePart]


def _who() -> str:
    return _(
        "%(organisation)s runs this mentoring programme and decides why and how your data is used in it.\n\n"
        "For questions about your data, write to %(contact)s."
    )


def _what() -> str:
    return _(
        "- who you are at work: name, work e-mail, employee number, job title, department, site, line manager\n"
        "- what you say of yourself in your profile, as much or as little as you like\n"
        "- whom you are paired with, when you meet and how long\n"
        "- what you and your partner write: the agreement, goals, summaries, reviews, notes\n"
        "- what helps you to take part, if you choose to say it: this may touch on health or belief, and is kept "
        "encrypted\n"
        "- that you signed in, and a log of what was done, in codes, without anything that people wrote"
    )


def _source() -> str:
    return _(
        "- from the staff list of %(organisation)s, or from a coordinator: name, work e-mail, employee number, job "
        "title, grade, department, team, site, start date, line manager, and whether you were named as a mentor or a "
        "mentee; before you have joined also languages, working days and skills, if the list has them\n"
        "- from you: everything else in your profile, and everything that you write\n"
        "- from your mentor or mentee: what the two of you record together\n"
        "- from the use of this site: when you signed in, and what was done\n\n"
        "Health, disability, religion and the like are never taken from a staff list: only you can say them here."
    )


def _why() -> str:
    return _(
        "- To run the mentoring programme: find a partner who fits, reach you, keep what the two of you agree and do. "
        "%(organisation)s has a legitimate interest in developing people (Article 6(1)(f) of the GDPR). You can "
        "object.\n"
        "- What helps you to take part, and why you pause or end: only with your consent, by writing it here "
        "(Articles 6(1)(a) and 9(2)(a)). You take it back by deleting it; nothing else changes for you.\n"
        "- To keep the site safe and show who did what: a legitimate interest (Article 6(1)(f)).\n"
        "- To protect somebody from serious harm, and to answer requests and complaints: what the law requires "
        "(Article 6(1)(c)).\n\n"
        "Taking part is voluntary. Without name and e-mail address nobody can take part; all else is yours to give."
    )


def _readers() -> str:
    return _(
        "Nobody reads anything unless this table says so. It is made from the rules that the software itself obeys: "
        "%(table)s\n\n"
        "What you write for yourself is read by you alone. What two people write is read by the two. Coordinators "
        "see who meets whom and when, not what is said.\n\n"
        "Whoever keeps the server running for %(organisation)s works for it and may use nothing for themselves. "
        "Nothing is sold or given to anybody else, and nothing leaves for another country unless it is said here."
    )


def _how_long_words() -> str:
    return _("Each kind of record has its time. When it is over, the record is deleted.")


def _machines() -> str:
    return _(
        "None decides about you. Who is proposed to whom is decided by a person, and a pair begins only when both have "
        "said yes."
    )


def _rights() -> str:
    return _(
        "- see what is held about you, and have a copy\n"
        "- have it put right, or add what you think of it\n"
        "- have it deleted, or its use stopped while something is looked into\n"
        "- object to its use, and take back any consent\n"
        "- take what you gave with you, in a form that other programs can read\n\n"
        "Write to %(contact)s. You get an answer within a month, and it costs nothing."
    )


def _complaints() -> str:
    return _(
        "Write to %(contact)s. Within 30 days you are told that your complaint has arrived, and what comes of it "
        "without undue delay.\n\n"
        "You can also turn to your data protection authority at any time, without asking anybody: in the United "
        "Kingdom the Information Commissioner’s Office (https://ico.org.uk/make-a-complaint/), in the European Union "
        "the one where you live or work."
    )


_TEXTS: dict[NoticePart, Callable[[], str]] = {
    NoticePart.WHO: _who,
    NoticePart.WHAT: _what,
    NoticePart.SOURCE: _source,
    NoticePart.WHY: _why,
    NoticePart.READERS: _readers,
    NoticePart.HOW_LONG: _how_long_words,
    NoticePart.MACHINES: _machines,
    NoticePart.RIGHTS: _rights,
    NoticePart.COMPLAINTS: _complaints,
}


def blocks(text: str) -> list[Block]:
    """Paragraphs, and lists of the lines that begin with a hyphen."""
    found: list[Block] = []
    for line in text.splitlines():
        words = line.strip()
        if not words:
            found.append(Block(False, []))
            continue
        in_list = words.startswith(("- ", "– "))
        if not found or found[-1].is_list != in_list or (not in_list and not found[-1].lines):
            found.append(Block(in_list, []))
        found[-1].lines.append(words[2:].strip() if in_list else words)
    return [block for block in found if block.lines]


def sections_of(kept: Sequence[Sequence[str]]) -> list[Section]:
    """The parts of a notice as the database keeps them; a part that this edition of ours has not is left out."""
    return [Section(key, text) for key, text in kept if key in NoticePart.values]


def digest(sections: Iterable[Section]) -> str:
    """The SHA-256 by which a version is known: what was shown is what is kept."""
    said = json.dumps([list(section) for section in sections], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


def changed(before: Iterable[Section], after: Iterable[Section]) -> list[str]:
    """Which parts differ."""
    old = dict(before)
    return [section.key for section in after if old.get(section.key, "") != section.text]
