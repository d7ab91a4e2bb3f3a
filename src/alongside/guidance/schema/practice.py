"""What good practice consists of: ways to review, what a mentor knows and does, styles and forms of a programme."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, Field, model_validator

from alongside.guidance.schema.shape import Document, Key, Line, LineOrNone, Part, Sentence, Several, Text, keys_once
from alongside.guidance.terms import READ_AT, Role, _


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


def _is_a_place(said: str) -> str:
    course, slash, part = said.partition("/")
    if said not in READ_AT and not (course and slash and part):
        words = _("%(place)s is no place to learn. Name a part of a course as course/part, or one of: %(known)s.")
        raise Several([((), words, {"place": said, "known": ", ".join(READ_AT)})])
    return said


Place = Annotated[str, Field(max_length=90), AfterValidator(_is_a_place)]


class Competence(Part):
    """Something that a mentor knows, can do, or is like; `shows` says how one would notice.

    `learn` names where it is learnt: parts of courses, as core/what-mentoring-is, and pages of guidance (`READ_AT`).
    A `hidden` one is asked no more; whoever has rated it keeps that.
    """

    key: Key
    group: Key
    name: Line
    words: Sentence
    shows: Sentence
    learn: Annotated[tuple[Place, ...], Field(max_length=12)] = ()
    hidden: bool = False


class CompetenceGroup(Part):
    """A sort of competences."""

    key: Key
    name: Line
    words: Sentence


class CompetenceFramework(Document):
    """What a mentor brings along or learns. `levels` says what 0, 1, 2, … mean when somebody rates themselves.

    `seen` says the same of somebody else; empty: as `levels`.
    """

    KIND = "competences"

    name: Line
    introduction: Text
    levels: Annotated[tuple[Line, ...], Field(min_length=2, max_length=11)]
    seen: Annotated[tuple[Line, ...], Field(max_length=11)] = ()
    groups: Annotated[tuple[CompetenceGroup, ...], Field(min_length=1), AfterValidator(keys_once)]
    competences: Annotated[tuple[Competence, ...], Field(min_length=1), AfterValidator(keys_once)]

    @property
    def levels_of_others(self) -> tuple[str, ...]:
        """What the levels mean when somebody rates a mentor."""
        return self.seen or self.levels

    def in_groups(self, *, hidden: bool = False) -> tuple[tuple[CompetenceGroup, tuple[Competence, ...]], ...]:
        """Each group that has any with its competences; with `hidden` also those that are asked no more."""
        shown = [one for one in self.competences if hidden or not one.hidden]
        held = ((group, tuple(one for one in shown if one.group == group.key)) for group in self.groups)
        return tuple((group, found) for group, found in held if found)

    @model_validator(mode="before")
    @classmethod
    def _as_the_first_edition_was_written(cls, said: Any) -> Any:
        # There each group held its competences itself.
        groups = said.get("groups") if isinstance(said, Mapping) else None
        if not isinstance(groups, list) or not all(isinstance(held, Mapping) for held in groups):
            return said
        within = [
            (held.get("key"), held["competences"]) for held in groups if isinstance(held.get("competences"), list)
        ]
        if "competences" in said or not within:
            return said
        flat = [{**one, "group": key} for key, held in within for one in held if isinstance(one, Mapping)]
        bare = [{name: value for name, value in held.items() if name != "competences"} for held in groups]
        return {**said, "groups": bare, "competences": flat}

    @model_validator(mode="after")
    def _each_stands_in_a_group(self) -> "CompetenceFramework":
        if self.seen and len(self.seen) != len(self.levels):
            raise Several([(("seen",), _("Give as many as there are levels, or none."), {})])
        known = {group.key for group in self.groups}
        if stray := [one for one in self.competences if one.group not in known]:
            words = _("There is no group %(group)s. Choose one of these: %(known)s.")
            said = {"known": ", ".join(sorted(known))}
            raise Several((("competences", one.key, "group"), words, {"group": one.group, **said}) for one in stray)
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
