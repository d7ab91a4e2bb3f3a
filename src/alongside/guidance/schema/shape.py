"""What every document has, and the kinds of words in it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer, StringConstraints

K = TypeVar("K")
V = TypeVar("V")

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=40)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120, pattern=r"^[^\r\n]*$")]
Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=3000)]
Passage = Annotated[str, StringConstraints(strip_whitespace=True, max_length=6000)]
Table = Annotated[Mapping[K, V], AfterValidator(lambda held: MappingProxyType(dict(held))), PlainSerializer(dict)]


class Part(BaseModel):
    """A piece of a document. Frozen; an unknown field is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


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
    keys = [part.key for part in parts]
    if len(keys) != len(set(keys)):
        raise ValueError("a key stands twice")
    return parts
