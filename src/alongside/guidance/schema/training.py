"""Short courses to be read, with a few questions at the end of each part."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from alongside.guidance.schema.shape import Document, Key, Line, Part, Sentence, Text, keys_once
from alongside.guidance.terms import Role


class Answer(Part):
    """One answer to a question, and what is to be said about it. One of them is right."""

    key: Key
    words: Sentence
    feedback: Sentence
    right: bool = False


class Question(Part):
    """A question with answers to choose from."""

    key: Key
    words: Sentence
    choices: Annotated[tuple[Answer, ...], Field(min_length=2, max_length=6), AfterValidator(keys_once)]

    @model_validator(mode="after")
    def _one_answer_is_right(self) -> "Question":
        if sum(choice.right for choice in self.choices) != 1:
            raise ValueError(f"question {self.key} has not one right answer")
        return self


class Passage(Part):
    """A piece of text with its heading."""

    key: Key
    name: Line
    words: Text


class TrainingModule(Part):
    """One part of a course, done in one go: some text, then questions. `minutes` is how long it takes."""

    key: Key
    name: Line
    minutes: int = Field(ge=1, le=120)
    summary: Sentence
    sections: Annotated[tuple[Passage, ...], Field(min_length=1), AfterValidator(keys_once)]
    questions: Annotated[tuple[Question, ...], AfterValidator(keys_once)] = ()


class Course(Document):
    """What one role reads before it begins."""

    KIND = "training"

    name: Line
    introduction: Text
    asked: Literal[Role.MENTOR, Role.MENTEE, Role.LINE_MANAGER]
    modules: Annotated[tuple[TrainingModule, ...], Field(min_length=1), AfterValidator(keys_once)]

    def module(self, key: str) -> TrainingModule | None:
        """One part, by its key."""
        return next((held for held in self.modules if held.key == key), None)
