"""Kinds of mail, and which events tell whom."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise

from alongside.foundation.events import Event, declared
from alongside.foundation.notifications.letters import Letter, Place, Value
from alongside.foundation.notifications.terms import Urgency

if TYPE_CHECKING:
    from django.db.models import Model

    from alongside.foundation.identity.models import Membership

Words = str | Promise
Action = tuple[Words, str]
"""The words of the one button, and the path that it leads to."""


class UndeclaredKind(LookupError):
    """A mail of a kind that nothing declares."""


class UndeclaredLetter(LookupError):
    """A mail whose words nothing declares."""


@dataclass(frozen=True)
class Scope:
    """What a mail belongs to within its organisation. While it `rehearses`, nothing of it is sent."""

    ref: str
    rehearses: bool


@dataclass(frozen=True)
class Kind:
    """One kind of mail, as the page of preferences shows it."""

    name: str
    words: Words
    required: bool
    open_to_administrators: bool = False
    urgency: Urgency = Urgency.CAN_WAIT


@dataclass(frozen=True)
class Telling:
    """Whom one event tells, and with which words. What is a function is called with the event and the receiver."""

    event: str
    to: "Callable[[Event], Iterable[Membership]]"
    doer_too: bool
    letter: "str | Callable[[Event, Membership], str]" = ""
    places: "Callable[[Event, Membership], Mapping[str, Value]] | None" = None
    page: "Callable[[Event, Membership], str] | None" = None
    subject: "Words | Callable[[Event, Membership], Words]" = ""
    lines: "Sequence[Words] | Callable[[Event, Membership], Sequence[Words]]" = ()
    action: "Action | Callable[[Event, Membership], Action | None] | None" = None
    between: "Callable[[Event, Membership], str] | None" = None


BetweenOf = Callable[[str, "Model"], str]
ScopeOf = Callable[["Model"], Scope | None]
_kinds: dict[str, Kind] = {}
_tellings: dict[str, list[Telling]] = {}
_letters: dict[str, Letter] = {}
_scopes: list[ScopeOf] = []
_betweens: list[BetweenOf] = []


def declare_kind(
    name: str,
    words: Words,
    *,
    required: bool = False,
    open_to_administrators: bool = False,
    urgency: Urgency = Urgency.CAN_WAIT,
) -> None:
    """Name a kind of mail, in words for the page of preferences. Nobody can turn a required kind off.

    `urgency` says how long it may wait. AT_ONCE heeds neither quiet hours nor the most a day: for what somebody sits
    and waits for, and for safety. SOON is not gathered by choice: for what changes somebody's day. Everything else is.

    Of a mail that was not sent, administrators learn the kind only where it is open to them: that somebody was told
    of an ending or of a concern is itself something they may not know.
    """
    _kinds[name] = Kind(name, words, required, open_to_administrators, urgency)


def declare_letter(
    key: str,
    *,
    when: Words,
    whom: Words,
    subject: Words,
    lines: Sequence[Words],
    button: Words = "",
    places: Iterable[Place] = (),
    kind: str = "",
    of_programme: bool = True,
    named: bool = False,
) -> None:
    """Say what one mail says, with named places: an organisation can put its own words in place of these.

    `key` is the kind's name, or begins with it where a kind has several (`relationship.ended.completed`). `when` and
    `whom` are read on the list of all mails. A mail that is not `of_programme` always goes: before a launch too. Where
    it is not `named`, the log never says who got it: whoever is told was not the one who did it, and that tells more
    than coordinators may know.
    """
    _letters[key] = Letter(
        key, kind or key, when, whom, subject, tuple(lines), button, tuple(places), of_programme, named
    )


def letters() -> list[Letter]:
    """Every mail that has words to change, in the order of declaration."""
    return list(_letters.values())


def letter(key: str) -> Letter:
    """One of them. Raises UndeclaredLetter."""
    if key not in _letters:
        raise UndeclaredLetter(key)
    return _letters[key]


def letters_of(kind: str) -> list[Letter]:
    """The mails of one kind."""
    return [held for held in _letters.values() if held.kind == kind]


def add_scope(find: ScopeOf) -> None:
    """Let a later package say to what of an organisation a thing belongs, and whether that is being rehearsed."""
    if find not in _scopes:
        _scopes.append(find)


def scope_of(kind: str, about: "Model | None") -> Scope | None:
    """To what a mail about something belongs; None for a kind that always goes."""
    if about is None or not is_of_programme(kind):
        return None
    return next((found for find in _scopes if (found := find(about))), None)


def add_between(find: BetweenOf) -> None:
    """Let a later package say between which two people a mail of a kind goes, by the ref of what joins them."""
    if find not in _betweens:
        _betweens.append(find)


def between(kind: str, about: "Model | None") -> str:
    """What joins the two between whom a mail about something goes; empty where it goes between nobody."""
    return next((ref for find in _betweens if (ref := find(kind, about))), "") if about is not None else ""


def is_of_programme(kind: str) -> bool:
    """Does a kind wait for the launch? One whose words nothing declares does, to be on the safe side."""
    held = letters_of(kind)
    return held[0].of_programme if held else True


def named_kinds() -> set[str]:
    """The kinds of which the log may say who got them."""
    return {held.kind for held in _letters.values()} - {held.kind for held in _letters.values() if not held.named}


def notify(
    event: str,
    *,
    to: "Callable[[Event], Iterable[Membership]]",
    letter: "str | Callable[[Event, Membership], str]" = "",
    places: "Callable[[Event, Membership], Mapping[str, Value]] | None" = None,
    page: "Callable[[Event, Membership], str] | None" = None,
    subject: "Words | Callable[[Event, Membership], Words]" = "",
    lines: "Sequence[Words] | Callable[[Event, Membership], Sequence[Words]]" = (),
    action: "Action | Callable[[Event, Membership], Action | None] | None" = None,
    required: bool = False,
    doer_too: bool = False,
    words: Words = "",
    urgency: Urgency = Urgency.CAN_WAIT,
    between: "Callable[[Event, Membership], str] | None" = None,
) -> None:
    """Tell people by mail whenever an event happens with notify=True, in its transaction.

    `letter` names the words (`declare_letter`), `places` fills them, `page` is the path of the button. Whoever did it
    is left out unless `doer_too`. `words` name the kind on the page of preferences; the event's own wording is taken
    where they are empty. `subject`, `lines` and `action` are for a mail whose words nobody may change. `between` gives
    the ref of what joins the two between whom a mail goes, where the event is about more than that.
    """
    telling = Telling(event, to, doer_too, letter, places, page, subject, lines, action, between)
    held = _tellings.setdefault(event, [])
    if telling not in held:
        held.append(telling)
    if event not in _kinds or words or required:
        declare_kind(event, words or declared().get(event, event), required=required, urgency=urgency)


def tellings(event: str) -> Sequence[Telling]:
    """Whom an event tells."""
    return tuple(_tellings.get(event, ()))


def kind(name: str) -> Kind:
    """A kind of mail. Raises UndeclaredKind for a name that is neither declared nor an event."""
    if name in _kinds:
        return _kinds[name]
    if name in declared():
        return Kind(name, declared()[name], required=False)
    raise UndeclaredKind(name)


def urgency_of(name: str) -> Urgency:
    """How long a kind may wait; what nothing declares any more can."""
    return _kinds[name].urgency if name in _kinds else Urgency.CAN_WAIT


def kinds_at_once() -> set[str]:
    """The kinds that count towards no limit."""
    return {held.name for held in _kinds.values() if held.urgency == Urgency.AT_ONCE}


def words_of(name: str) -> Words:
    """What a kind is called; its bare name where nothing declares it any more."""
    try:
        return kind(name).words
    except UndeclaredKind:
        return name


def about(name: str) -> Words:
    """What a kind is about, for others than whoever gets it: when it goes, where that is always the same."""
    held = letters_of(name)
    return held[0].when if len(held) == 1 else words_of(name)


def open_kinds() -> dict[str, Words]:
    """The kinds that administrators may know of, by name, in words."""
    return {held.name: held.words for held in _kinds.values() if held.open_to_administrators}


def kinds() -> list[Kind]:
    """Every declared kind, the required ones first, in the order of declaration."""
    return sorted(_kinds.values(), key=lambda held: not held.required)
