"""What every document has, and the kinds of words in it."""

from collections.abc import Iterator, Mapping
from functools import cache, partial
from typing import Annotated, Any, Self, dataclass_transform, get_type_hints

from alongside.guidance.schema.checks import Between, Reader, Several, Words, plain, reader, together, wrong
from alongside.guidance.terms import _

KEY, NAME, LINE = r"[a-z][a-z0-9]*(-[a-z0-9]+)*", r"[a-z][a-z0-9_]*", r"[^\r\n]*"
_KEY = _("Use small letters, digits and hyphens, beginning with a letter.")
_NAME = _("Use small letters, digits and underscores, beginning with a letter.")
_LINE = _("Keep this on one line.")
Key = Annotated[str, Words(1, 40, KEY, _KEY, exact=True)]
Name = Annotated[str, Words(1, 40, NAME, _NAME, exact=True)]
Line = Annotated[str, Words(1, 120, LINE, _LINE)]
Sentence = Annotated[str, Words(1, 400)]
# Where nothing may be said. A document that is written out says so itself, and has to be read again.
LineOrNone = Annotated[str, Words(0, 120, LINE, _LINE)]
SentenceOrNone = Annotated[str, Words(0, 400)]
Text = Annotated[str, Words(1, 3000)]
Passage = Annotated[str, Words(0, 6000)]


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Part:
    """A piece of a document: fields that nobody can change. One with a default may be left out."""

    def __init__(self, **values: Any) -> None:
        names = _readers(type(self))
        if odd := (values.keys() - names) | {name for name in names if name not in values and not hasattr(self, name)}:
            raise TypeError(f"{type(self).__name__} does not take, or lacks: {', '.join(sorted(odd))}")
        vars(self).update(values)

    @classmethod
    def read(cls, given: Any) -> Self:
        """One out of plain values; an unknown field is refused. Raises Several, or ValueError for the whole of it."""
        if not isinstance(given, Mapping):
            raise wrong(_("Give a table of fields."))
        given = cls.as_written(given)
        names = [name for name in _readers(cls) if name in given or not hasattr(cls, name)]
        names += [name for name in given if name not in names]
        read = cls(**dict(zip(names, together((name, partial(cls._read, name, given)) for name in names), strict=True)))
        read.check()
        return read

    @classmethod
    def _read(cls, name: str, given: Mapping[str, Any]) -> Any:
        if name not in given:
            raise wrong(_("This is missing. Add it."))
        if name not in _readers(cls):
            raise wrong(_("This is not known here. Leave it out, or look at how it is spelled."))
        return _readers(cls)[name](given[name])

    @classmethod
    def as_written(cls, given: Mapping[str, Any]) -> Mapping[str, Any]:
        """The values as the shape has them today, where an older edition was written otherwise."""
        return given

    def check(self) -> None:
        """Raises ValueError, or Several, where fields that are each in order do not go together."""

    def but(self, **changes: Any) -> Self:
        """The same with other values."""
        return type(self)(**{**dict(self._values()), **changes})

    def plain(self) -> dict[str, Any]:
        """Its fields as JSON has them."""
        return {name: plain(value) for name, value in self._values()}

    def _values(self) -> Iterator[tuple[str, Any]]:
        return ((name, getattr(self, name)) for name in _readers(type(self)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Part) and type(self) is type(other) and dict(self._values()) == dict(other._values())

    def __hash__(self) -> int:
        return hash(tuple(value for _name, value in self._values()))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} cannot be changed")


@cache
def _readers(shape: type[Part]) -> Mapping[str, Reader]:
    """What reads each field of a shape."""
    return {name: reader(kind) for name, kind in get_type_hints(shape, include_extras=True).items()}


class Document(Part):
    """Something with an address of its own."""

    KIND = ""

    kind: Key
    key: Key
    edition: Annotated[int, Between(1)]

    @property
    def address(self) -> str:
        """Where it is found: kind/key@edition."""
        return f"{self.kind}/{self.key}@{self.edition}"


def keys_once(parts: tuple[Any, ...]) -> tuple[Any, ...]:
    """`parts`, if no two have the same key."""
    keys = [part.key for part in parts]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        said = _("The key %(key)s stands twice. Give one of them another.")
        raise Several(((), said, {"key": key}) for key in twice)
    return parts
