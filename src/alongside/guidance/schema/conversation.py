"""How one conversation, or several, can go: step by step."""

from typing import Annotated

from pydantic import AfterValidator, Field

from alongside.guidance.schema.shape import Document, Key, Line, LineOrNone, Part, Sentence, Text, keys_once


class Step(Part):
    """One step, with questions that the mentor can ask. `within` names the larger part that some models have."""

    key: Key
    name: Line
    within: LineOrNone = ""
    words: Sentence
    prompts: Annotated[tuple[Sentence, ...], Field(min_length=1, max_length=4)]


class ConversationModel(Document):
    """How a conversation goes, in our words. A model whose author or year we are not sure of names none."""

    KIND = "conversation"

    name: Line
    author: LineOrNone = ""
    year: int | None = Field(default=None, ge=1900, le=2100)
    summary: Text
    suits: Text
    caution: Text
    steps: Annotated[tuple[Step, ...], Field(min_length=2), AfterValidator(keys_once)]
