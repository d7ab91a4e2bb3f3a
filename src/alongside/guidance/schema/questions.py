"""Sets of questions."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from alongside.guidance.schema.shape import Document, Key, Line, Name, Part, Sentence, Text, keys_once
from alongside.guidance.terms import Role


class Choice(Part):
    """One answer that can be chosen."""

    key: Name
    words: Line


class Item(Part):
    """One question. A scale runs from 1 to 5 and says what its ends mean."""

    key: Key
    asked: Annotated[tuple[Literal[Role.MENTEE, Role.MENTOR], ...], Field(min_length=1)]
    kind: Literal["scale", "open", "choice"]
    text: Sentence
    low: str = ""
    high: str = ""
    choices: tuple[Choice, ...] = ()
    optional: bool = False

    @model_validator(mode="after")
    def _has_what_its_kind_needs(self) -> "Item":
        if (self.kind == "scale") != bool(self.low and self.high) or (self.kind == "choice") != bool(self.choices):
            raise ValueError(f"item {self.key} does not have what its kind needs")
        return self


class Instrument(Document):
    """A short set of questions in our own words."""

    KIND = "instrument"

    title: Line
    introduction: Text
    items: Annotated[tuple[Item, ...], Field(min_length=1), AfterValidator(keys_once)]

    def items_for(self, role: Role) -> tuple[Item, ...]:
        """What `role` is asked, in order."""
        return tuple(item for item in self.items if role in item.asked)
