"""Which model fits which situation: a table of judgements, each with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from alongside.guidance import rules
from alongside.guidance.schema.shape import Document, Key, Line, Part, Sentence, Several, Table, Text, keys_once
from alongside.guidance.terms import Side, _


def _zero_to_three(given: Any) -> int:
    if type(given) is not int or given not in rules.MARKS:
        raise ValueError(_("Give a whole number from 0 to 3."))
    return given


Mark = Annotated[int, BeforeValidator(_zero_to_three)]
Levels = Annotated[tuple[Line, ...], Field(min_length=len(rules.MARKS), max_length=len(rules.MARKS))]
_SOME = Field(min_length=2, max_length=30)


class Cell(Part):
    """How well one model fits one situation, from 0 (not at all) to 3 (well), and why."""

    fit: Mark
    why: Sentence


class Option(Part):
    """One model of the table, by the key of its document."""

    key: Key
    name: Line


class Situation(Part):
    """Something that may be so, asked as a question. `levels` says what the answers 0 to 3 mean."""

    key: Key
    name: Line
    question: Sentence
    levels: Levels
    cells: Table[Key, Cell]


@dataclass(frozen=True)
class Reason:
    """Why a model fits, or does not: one answer, its judgement, and what it adds to the score."""

    situation: Situation
    cell: Cell
    adds: rules.Contribution


class Fit(Document):
    """How well each of some models fits each of some situations. `of` is the kind of the models, `asks` who answers."""

    KIND = "fit"

    title: Line
    introduction: Text
    of: Literal["lifecycle", "conversation"]
    asks: Side
    options: Annotated[tuple[Option, ...], _SOME, AfterValidator(keys_once)]
    situations: Annotated[tuple[Situation, ...], _SOME, AfterValidator(keys_once)]

    @model_validator(mode="after")
    def _every_situation_has_a_cell_for_every_option(self) -> "Fit":
        options = [option.key for option in self.options]
        lacking = _("There is no judgement for %(option)s. Give it a fit from 0 to 3, and say why.")
        stray = _("%(option)s is not among the options. Add it there, or leave it out here.")
        found = [
            (("situations", situation.key, "cells"), said, {"option": option})
            for situation in self.situations
            for option in sorted({*options} ^ {*situation.cells})
            for said in [lacking if option in options else stray]
        ]
        if found:
            raise Several(found)
        return self

    @property
    def fits(self) -> Mapping[str, Mapping[str, int]]:
        """The numbers alone: by situation, then by option."""
        return {
            held.key: {option.key: held.cells[option.key].fit for option in self.options} for held in self.situations
        }

    def name(self, option: str) -> str:
        """What a model is called. Raises KeyError."""
        return {held.key: held.name for held in self.options}[option]

    def reasons(self, score: rules.Score) -> tuple[Reason, ...]:
        """What makes up a score, in the words of the table; what adds most comes first."""
        held = {situation.key: situation for situation in self.situations}
        made_of = sorted(score.contributions, key=lambda adds: -adds.points)
        return tuple(
            Reason(situation=held[adds.situation], cell=held[adds.situation].cells[score.option], adds=adds)
            for adds in made_of
        )
