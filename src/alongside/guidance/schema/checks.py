"""How a document is checked against its shape: whatever does not fit is told by the field, with what to do about it.

A shape says what it wants as a type, such as `Annotated[tuple[Key, ...], Count(1)]`. What reads it is made when it is
first needed. A library for this would take a tenth of the memory that the web may have.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache, partial
from types import MappingProxyType, NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from alongside.guidance.terms import _

Way = tuple[str, ...]
Wrong = tuple[Way, str, Mapping[str, Any]]
Reader = Callable[[Any], Any]
_TYPES = {
    str: _("Write words here."),
    int: _("Give a whole number."),
    bool: _("Say true or false."),
    Mapping: _("Give a table of fields."),
}


class Several(ValueError):
    """One thing is wrong, or more: for each the way to it, a sentence, and what fills the sentence's gaps."""

    def __init__(self, found: Iterable[Wrong]) -> None:
        self.found = tuple(found)
        super().__init__(
            "; ".join(f"{'/'.join(way)}: {said % gaps if gaps else said}" for way, said, gaps in self.found)
        )


def wrong(said: str, **values: Any) -> Several:
    """One thing that is wrong, right here."""
    return Several([((), said, values)])


@dataclass(frozen=True)
class Words:
    """How many characters, and the pattern that they follow with what to say of it. Space around them is taken off."""

    least: int = 0
    most: int = 6000
    pattern: str = ""
    said: str = ""
    exact: bool = False  # nothing is taken off: a key with a space before it is another key

    def __call__(self, given: str) -> str:
        """The words. Raises Several."""
        words = given if self.exact else given.strip()
        if len(words) < self.least:
            raise wrong(_("This is empty. Write something."))
        if len(words) > self.most:
            raise wrong(_("Keep this to %(max_length)s characters."), max_length=self.most)
        if self.pattern and not re.fullmatch(self.pattern, words):
            raise wrong(self.said)
        return words


@dataclass(frozen=True)
class Count:
    """How many there are in a list."""

    least: int = 0
    most: int = 1000

    def __call__(self, given: tuple[Any, ...]) -> tuple[Any, ...]:
        """The list. Raises Several."""
        if len(given) < self.least:
            said = _("Give %(min_length)s or more; there are %(actual_length)s.")
            raise wrong(said, min_length=self.least, actual_length=len(given))
        if len(given) > self.most:
            said = _("Give no more than %(max_length)s; there are %(actual_length)s.")
            raise wrong(said, max_length=self.most, actual_length=len(given))
        return given


@dataclass(frozen=True)
class Between:
    """How small and how large a number is."""

    least: int
    most: int = 1_000_000_000

    def __call__(self, given: int) -> int:
        """The number. Raises Several."""
        if given < self.least:
            raise wrong(_("Give a number that is %(ge)s or more."), ge=self.least)
        if given > self.most:
            raise wrong(_("Give a number that is %(le)s or less."), le=self.most)
        return given


@cache
def reader(kind: Any) -> Reader:
    """What reads a value of this kind: it gives the value in its shape, and raises Several for what is none."""
    origin, of = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _narrowed(reader(of[0]), of[1:])
    if origin is tuple:
        return _list(reader(of[0]))
    if origin is Mapping:
        return _table(reader(of[0]), reader(of[1]))
    if origin in (Union, UnionType):
        return _or_none(*(reader(one) for one in of if one is not NoneType))
    if origin is Literal or issubclass(kind, Enum):
        return _one_of(of or tuple(kind))
    return getattr(kind, "read", None) or _plain(kind)


def together(reads: Iterable[tuple[str, Callable[[], Any]]]) -> list[Any]:
    """What each of these reads gives. Raises Several with all that is wrong in any of them, each behind its name."""
    values: list[Any] = []
    found: list[Wrong] = []
    for step, read in reads:
        try:
            values.append(read())
        except ValueError as error:
            found += [((str(step), *way), said, gaps) for way, said, gaps in told(error)]
    if found:
        raise Several(found)
    return values


def told(error: ValueError) -> tuple[Wrong, ...]:
    """All that is wrong, whatever was raised."""
    return error.found if isinstance(error, Several) else (((), str(error), {}),)


def plain(value: Any) -> Any:
    """A value of a shape as JSON has it."""
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if isinstance(value, Mapping):
        return {plain(key): plain(held) for key, held in value.items()}
    if isinstance(value, Enum):
        return value.value
    return value.plain() if hasattr(value, "plain") else value


def _is(kind: type, given: Any) -> Any:
    if not isinstance(given, kind) or (kind is int and isinstance(given, bool)):
        raise wrong(_TYPES[kind])
    return given


def _plain(kind: type) -> Reader:
    return lambda given: _is(kind, given)


def _narrowed(read: Reader, narrow: Iterable[Reader]) -> Reader:
    def narrowed(given: Any) -> Any:
        value = read(given)
        for one in narrow:
            value = one(value)
        return value

    return narrowed


def _list(read: Reader) -> Reader:
    def listed(given: Any) -> tuple[Any, ...]:
        if not isinstance(given, list | tuple):
            raise wrong(_("Give a list."))
        return tuple(together((_step(number, one), partial(read, one)) for number, one in enumerate(given, start=1)))

    return listed


def _step(number: int, one: Any) -> str:
    """Which of a list it is: its key, or its number where it has none."""
    key = one.get("key") if isinstance(one, Mapping) else None
    return key if isinstance(key, str) and key else str(number)


def _table(read_key: Reader, read: Reader) -> Reader:
    def table(given: Any) -> Mapping[Any, Any]:
        _is(Mapping, given)
        keys = together((str(key), partial(read_key, key)) for key in given)
        values = together((str(key), partial(read, held)) for key, held in given.items())
        return MappingProxyType(dict(zip(keys, values, strict=True)))

    return table


def _or_none(read: Reader) -> Reader:
    return lambda given: None if given is None else read(given)


def _one_of(known: tuple[Any, ...]) -> Reader:
    names = [repr(getattr(one, "value", one)) for one in known]
    expected = " or ".join(filter(None, [", ".join(names[:-1]), names[-1]]))

    def one_of(given: Any) -> Any:
        for one in known:
            if given == one:
                return one
        raise wrong(_("Choose one of these: %(expected)s."), expected=expected)

    return one_of
