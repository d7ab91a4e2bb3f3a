"""What good practice consists of: ways to review, what a mentor knows and does, styles and forms of a programme."""

from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from alongside.guidance.schema.shape import Document, Key, Line, LineOrNone, Part, Sentence, Text, keys_once
from alongside.guidance.terms import Role


class ReviewMethod(Part):
    """A way to see how it goes. `instrument` is the key of its questions, where some are shipped.

    A `hidden` one is offered no more; whoever has chosen it keeps its name.
    """

    key: Key
    name: Line
    author: LineOrNone = ""
    year: int | None = Field(default=None, ge=1900, le=2100)
    words: Sentence
    how: Sentence
    when: Sentence
    who: Annotated[tuple[Role, ...], Field(min_length=1)]
    read_by: Sentence
    suits: Sentence
    caution: Sentence
    instrument: Key | None = None
    hidden: bool = False


class ReviewMethods(Document):
    """Ways to monitor and review."""

    KIND = "review-methods"

    introduction: Text
    methods: Annotated[tuple[ReviewMethod, ...], Field(min_length=2), AfterValidator(keys_once)]


class Competence(Part):
    """Something that a mentor knows, can do, or is like; `shows` says how one would notice."""

    key: Key
    name: Line
    words: Sentence
    shows: Sentence


class CompetenceGroup(Part):
    """Competences of one sort."""

    key: Key
    name: Line
    words: Sentence
    competences: Annotated[tuple[Competence, ...], Field(min_length=1)]


class CompetenceFramework(Document):
    """What a mentor brings along or learns. `levels` says what 0, 1, 2, … mean when somebody rates themselves."""

    KIND = "competences"

    name: Line
    introduction: Text
    levels: Annotated[tuple[Line, ...], Field(min_length=2, max_length=11)]
    groups: Annotated[tuple[CompetenceGroup, ...], Field(min_length=1), AfterValidator(keys_once)]

    @property
    def competences(self) -> tuple[Competence, ...]:
        """All of them, in the order of their groups."""
        return tuple(held for group in self.groups for held in group.competences)

    @model_validator(mode="after")
    def _no_key_stands_in_two_groups(self) -> "CompetenceFramework":
        keys_once(self.competences)
        return self


class Way(Part):
    """One way to do it, whom it suits, and where to take care."""

    key: Key
    name: Line
    words: Sentence
    suits: Sentence
    caution: Sentence


class Ways(Document):
    """Several ways, of which one is chosen."""

    introduction: Text
    ways: Annotated[tuple[Way, ...], Field(min_length=2), AfterValidator(keys_once)]


class Styles(Ways):
    """How much a mentor steers."""

    KIND = "styles"


class Forms(Ways):
    """Who mentors whom."""

    KIND = "forms"
