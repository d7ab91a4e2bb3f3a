"""How one conversation, or several, can go: step by step."""

from typing import Annotated

from alongside.guidance.schema.checks import Between, Count
from alongside.guidance.schema.shape import Document, Key, Line, LineOrNone, Part, Sentence, Text, keys_once


class Step(Part):
    """One step, with questions that the mentor can ask. `within` names the larger part that some models have."""

    key: Key
    name: Line
    within: LineOrNone = ""
    words: Sentence
    prompts: Annotated[tuple[Sentence, ...], Count(1, 4)]


class ConversationModel(Document):
    """How a conversation goes, in our words. A model whose author or year we are not sure of names none."""

    KIND = "conversation"

    name: Line
    author: LineOrNone = ""
    year: Annotated[int, Between(1900, 2100)] | None = None
    summary: Text
    suits: Text
    caution: Text
    steps: Annotated[tuple[Step, ...], Count(2), keys_once]
