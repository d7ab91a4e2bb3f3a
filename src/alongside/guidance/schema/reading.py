"""What is read, and chosen from in forms."""

from typing import Annotated

from pydantic import AfterValidator, Field

from alongside.guidance.schema.shape import Document, Key, Line, Part, Sentence, SentenceOrNone, Text, keys_once
from alongside.guidance.terms import BUILT_TOOLS, Role, Side


class Purpose(Part):
    """What a programme can be for, and what each side may hope for. A `hidden` one is offered no more."""

    key: Key
    name: Line
    words: Sentence
    mentee: Sentence
    mentor: Sentence
    organisation: Sentence
    hidden: bool = False


class Purposes(Document):
    """The purposes to choose from."""

    KIND = "purposes"

    introduction: Text
    purposes: Annotated[tuple[Purpose, ...], AfterValidator(keys_once)]


class Barrier(Part):
    """Something that gets in the way, and what helps. `owner` could see to it; the first edition names nobody.

    A `hidden` one is offered no more; whoever has chosen it keeps its name.
    """

    key: Key
    side: Side
    name: Line
    shows: Sentence
    remedy: Sentence
    owner: Role | None = None
    hidden: bool = False


class Barriers(Document):
    """What is known to get in the way."""

    KIND = "barriers"

    introduction: Text
    barriers: Annotated[tuple[Barrier, ...], AfterValidator(keys_once)]


class GoalTool(Part):
    """A way to find out what one wants. The first edition does not say what it asks and gives.

    A `hidden` one is offered no more; whoever has chosen it keeps its name.
    """

    key: Key
    name: Line
    words: Sentence
    asks: SentenceOrNone = ""
    how: Sentence
    gives: SentenceOrNone = ""
    needs: Sentence
    hidden: bool = False

    @property
    def built(self) -> bool:
        """Is there a form for it in Alongside?"""
        return self.key in BUILT_TOOLS


class GoalTools(Document):
    """The goal tools."""

    KIND = "goal-tools"

    introduction: Text
    tools: Annotated[tuple[GoalTool, ...], AfterValidator(keys_once)]


class AgendaItem(Part):
    """A part of the first meeting."""

    key: Key
    minutes: int = Field(ge=1, le=120)
    name: Line
    words: Sentence


class FirstContact(Document):
    """What helps two people who do not know each other yet."""

    KIND = "first-contact"

    introduction: Text
    before: tuple[Sentence, ...]
    prompts: tuple[Sentence, ...]
    agenda: Annotated[tuple[AgendaItem, ...], AfterValidator(keys_once)]
    after: tuple[Sentence, ...]

    @property
    def minutes(self) -> int:
        """How long the agenda takes."""
        return sum(item.minutes for item in self.agenda)
