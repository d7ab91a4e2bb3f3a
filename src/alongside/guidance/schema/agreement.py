"""The clauses of an agreement, and how long records are kept."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from alongside.guidance import rules
from alongside.guidance.schema.shape import Document, Key, Line, Name, Part, Passage, Sentence, Text, keys_once
from alongside.guidance.terms import Layer


class Blank(Part):
    """Something that the two fill in. An empty default must be answered."""

    key: Name
    label: Line
    kind: Literal["text", "number", "date"]
    default: str = ""


class Clause(Part):
    """One clause, in the words for the private part, the shared part, or both."""

    key: Key
    title: Line
    layer: Layer
    text_private: Passage = ""
    text_shared: Passage = ""
    blanks: tuple[Blank, ...] = ()

    @model_validator(mode="after")
    def _texts_agree_with_the_layer(self) -> "Clause":
        has = (bool(self.text_private), bool(self.text_shared))
        if has != (self.layer in (Layer.PRIVATE, Layer.BOTH), self.layer in (Layer.SHARED, Layer.BOTH)):
            raise ValueError(f"clause {self.key}: its texts do not agree with its layer")
        return self


class RenderedClause(Part):
    """A clause with its gaps filled; a layer that it is not part of is empty."""

    key: str
    title: str
    layer: Layer
    private: str = ""
    shared: str = ""


class ClauseSet(Document):
    """The clauses of an agreement. `names` the caller knows; `passages` too, and they may run over several lines."""

    KIND = "clauses"

    title: Line
    introduction: Text
    names: tuple[Name, ...]
    passages: tuple[Name, ...] = ()
    clauses: Annotated[tuple[Clause, ...], Field(min_length=1), AfterValidator(keys_once)]

    @property
    def blanks(self) -> tuple[Blank, ...]:
        """Every blank, in the order of the clauses."""
        return tuple(blank for clause in self.clauses for blank in clause.blanks)

    @model_validator(mode="after")
    def _every_placeholder_is_declared_and_used(self) -> "ClauseSet":
        declared = [*self.names, *self.passages, *(blank.key for blank in self.blanks)]
        if len(declared) != len(set(declared)):
            raise ValueError("a placeholder is declared twice")
        used = {
            name for clause in self.clauses for name in rules.placeholders(clause.text_private + clause.text_shared)
        }
        if odd := sorted(used ^ set(declared)):
            raise ValueError(f"used but not declared, or declared but not used: {', '.join(odd)}")
        return self

    def render(self, names: Mapping[str, str], answers: Mapping[str, str]) -> list[RenderedClause]:
        """Every clause with its gaps filled. A blank with a default may be left out of `answers`.

        `names` holds the names and passages that the set asks for. Raises rules.Unfilled, which tells what is
        unknown and what is missing.
        """
        filled = {blank.key: blank.default for blank in self.blanks} | dict(answers)
        rules.check_filled({*self.names, *self.passages}, names)
        rules.check_filled({blank.key for blank in self.blanks}, filled)
        values = {name: rules.one_line(value) for name, value in {**names, **filled}.items()}
        values |= {name: names[name].strip() for name in self.passages}
        return [
            RenderedClause(
                key=clause.key,
                title=clause.title,
                layer=clause.layer,
                private=rules.fill(clause.text_private, values),
                shared=rules.fill(clause.text_shared, values),
            )
            for clause in self.clauses
        ]


class RetentionClass(Part):
    """How long one kind of record is kept. `months` is None where no fixed time applies."""

    key: Name
    name: Line
    covers: Sentence
    starts: Name
    months: int | None = Field(default=None, ge=0)
    words: Sentence
    held: bool = False  # never removed without the word of a person


class Retention(Document):
    """The retention classes; every number is a proposal that an organisation may change."""

    KIND = "retention"

    basis: Text
    classes: Annotated[tuple[RetentionClass, ...], AfterValidator(keys_once)]
