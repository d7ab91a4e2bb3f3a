"""What other packages ask the library for, by name. `alongside.guidance` gives all of it."""

from collections.abc import Mapping

from alongside.guidance import library, rules
from alongside.guidance.library import ENGLISH
from alongside.guidance.rules import Recommendation
from alongside.guidance.schema import (
    Barrier,
    Barriers,
    ClauseSet,
    CompetenceFramework,
    ConversationModel,
    Course,
    Duties,
    FirstContact,
    Fit,
    Forms,
    GoalTool,
    GoalTools,
    Instrument,
    KnownDuties,
    LifecycleModel,
    Purpose,
    Purposes,
    Retention,
    RetentionClass,
    ReviewMethod,
    ReviewMethods,
    StageDuties,
    Styles,
    Way,
)
from alongside.guidance.terms import Fact, Role, Side, Stage

PAIR_RECORDS = ("private_note", "shared_record")
COURSES = ("core", "mentee", "line-manager")


def lifecycles(language: str = ENGLISH) -> tuple[LifecycleModel, ...]:
    """The newest edition of every lifecycle model."""
    return tuple(model(key, language=language) for key in library.keys("lifecycle"))


def model(key: str, edition: int | None = None, language: str = ENGLISH) -> LifecycleModel:
    """One lifecycle model, its newest edition or the one asked for. Raises NotFound."""
    return library.named(LifecycleModel, key, edition, language)


def conversations(language: str = ENGLISH) -> tuple[ConversationModel, ...]:
    """The newest edition of every conversation model, in the order in which the table of fits names them."""
    held = [option.key for option in fit("conversation", language=language).options]
    keys = sorted(library.keys("conversation"), key=lambda key: (held.index(key) if key in held else len(held), key))
    return tuple(conversation(key, language=language) for key in keys)


def conversation(key: str, edition: int | None = None, language: str = ENGLISH) -> ConversationModel:
    """One conversation model, its newest edition or the one asked for. Raises NotFound."""
    return library.named(ConversationModel, key, edition, language)


def fit(key: str, edition: int | None = None, language: str = ENGLISH) -> Fit:
    """Which model fits which situation: "lifecycle", "conversation". Raises NotFound."""
    return library.named(Fit, key, edition, language)


def recommend(table: Fit, answers: Mapping[str, int]) -> Recommendation:
    """What fits, by answers from 0 to 3 for each situation. A shipped table or an organisation's own.

    Nothing answered, nothing recommended. Raises NotAnAnswer.
    """
    return rules.recommend(table.fits, answers)


def duties(stage: Stage, role: Role, language: str = ENGLISH) -> tuple[str, ...]:
    """What `role` does at `stage`, whatever the model."""
    return library.named(Duties, "default", language=language).at(stage).duties[role]


def known(duty: str) -> frozenset[Fact]:
    """The facts that show a duty, in the words of its document, to be done; none where only a person can say so."""
    return library.named(KnownDuties, "default").by_duty.get(duty, frozenset())


def stages(language: str = ENGLISH) -> tuple[StageDuties, ...]:
    """Every canonical stage with what it is about and its duties by role."""
    return library.named(Duties, "default", language=language).stages


def clauses(key: str = "default", edition: int | None = None, language: str = ENGLISH) -> ClauseSet:
    """A set of clauses for an agreement. Raises NotFound."""
    return library.named(ClauseSet, key, edition, language)


def retention_classes(language: str = ENGLISH) -> Mapping[str, RetentionClass]:
    """How long each kind of record is kept, by key."""
    return {held.key: held for held in library.named(Retention, "default", language=language).classes}


def records_words(*keys: str, language: str = ENGLISH) -> str:
    """The passage of an agreement that says how long records of these classes are kept, one line each.

    Without keys: those that a pair has. Raises KeyError for an unknown class.
    """
    classes = retention_classes(language)
    return "\n".join(f"- {classes[key].name}: {classes[key].words}" for key in keys or PAIR_RECORDS)


def instrument(key: str, edition: int | None = None, language: str = ENGLISH) -> Instrument:
    """A set of questions: "closing-review", "first-meeting-fit". Raises NotFound."""
    return library.named(Instrument, key, edition, language)


def purposes(language: str = ENGLISH) -> tuple[Purpose, ...]:
    """What a programme can be for."""
    return library.named(Purposes, "default", language=language).purposes


def barriers(side: Side | None = None, language: str = ENGLISH) -> tuple[Barrier, ...]:
    """What gets in the way and what helps; of everybody, or of one side."""
    held = library.named(Barriers, "default", language=language).barriers
    return tuple(barrier for barrier in held if side is None or barrier.side is side)


def goal_tools(*, built: bool | None = None, language: str = ENGLISH) -> tuple[GoalTool, ...]:
    """Ways to find a goal; `built=True` gives those that Alongside has a form for."""
    held = library.named(GoalTools, "default", language=language).tools
    return tuple(tool for tool in held if built is None or tool.built is built)


def first_contact(language: str = ENGLISH) -> FirstContact:
    """What helps two people at their first meeting."""
    return library.named(FirstContact, "default", language=language)


def review_methods(language: str = ENGLISH) -> tuple[ReviewMethod, ...]:
    """Ways to monitor and review."""
    return library.named(ReviewMethods, "default", language=language).methods


def competences(key: str = "default", edition: int | None = None, language: str = ENGLISH) -> CompetenceFramework:
    """What a mentor knows, can do and is like, in groups, with the levels to rate it by. Raises NotFound."""
    return library.named(CompetenceFramework, key, edition, language)


def courses(language: str = ENGLISH) -> tuple[Course, ...]:
    """Every course: for mentors, then the briefings for mentees and line managers."""
    return tuple(course(key, language=language) for key in COURSES)


def course(key: str, language: str = ENGLISH) -> Course:
    """The newest edition of a course: "core", "mentee", "line-manager". Raises NotFound."""
    return library.named(Course, key, language=language)


def programme_styles(language: str = ENGLISH) -> tuple[Way, ...]:
    """How much a mentor steers: developmental, sponsorship, blended."""
    return library.named(Styles, "default", language=language).ways


def programme_forms(language: str = ENGLISH) -> tuple[Way, ...]:
    """Who mentors whom: one to one, reverse."""
    return library.named(Forms, "default", language=language).ways
