"""What every document has, and the kinds of words in it."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer, StringConstraints

from alongside.guidance.terms import _

K = TypeVar("K")
V = TypeVar("V")

KEY, NAME, LINE = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", r"^[a-z][a-z0-9_]*$", r"^[^\r\n]*$"
Key = Annotated[str, StringConstraints(pattern=KEY, max_length=40)]
Name = Annotated[str, StringConstraints(pattern=NAME, max_length=40)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120, pattern=LINE)]
Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)]
# Where nothing may be said. A document that is dumped says so itself, and has to be read again.
LineOrNone = Annotated[str, StringConstraints(strip_whitespace=True, max_length=120, pattern=LINE)]
SentenceOrNone = Annotated[str, StringConstraints(strip_whitespace=True, max_length=400)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=3000)]
Passage = Annotated[str, StringConstraints(strip_whitespace=True, max_length=6000)]
Table = Annotated[Mapping[K, V], AfterValidator(lambda held: MappingProxyType(dict(held))), PlainSerializer(dict)]


class Several(ValueError):
    """More than one thing is wrong: for each the way to it, a sentence, and what fills the sentence's gaps."""

    def __init__(self, found: Iterable[tuple[tuple[str, ...], str, Mapping[str, Any]]]) -> None:
        self.found = tuple(found)
        super().__init__("; ".join(f"{'/'.join(way)}: {said % values}" for way, said, values in self.found))


class Part(BaseModel):
    """A piece of a document. Frozen; an unknown field is refused. What checks it is made when it is first needed."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, defer_build=True)


class Document(Part):
    """Something with an address of its own."""

    KIND: ClassVar[str]

    kind: Key
    key: Key
    edition: int = Field(ge=1)

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
