"""What a design takes from guidance: the one door to it.

Styles, forms, ways to review and how models fit a situation stand here only until guidance holds them as documents:
then these functions read them, and nothing that calls them changes. Keys are kept in designs, so they stay.
"""

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alongside import guidance
from alongside.programmes.rules import fitting
from alongside.programmes.rules.handbook import Guide
from alongside.programmes.terms import LawfulBasis, Shape, Style


class Option(NamedTuple):
    """Something to choose: the key that is kept, its name, and a sentence about it."""

    key: str
    words: str | Promise
    hint: str | Promise = ""


def _language() -> str:
    return get_language() or guidance.ENGLISH


def models() -> tuple[guidance.LifecycleModel, ...]:
    """The lifecycle models to choose from."""
    return guidance.models(_language())


def model(key: str, edition: int) -> guidance.LifecycleModel:
    """The model of a programme, as it was pinned."""
    return guidance.model(key, edition, _language())


def newest_edition(key: str) -> int:
    """The edition of a model that a programme takes now."""
    return guidance.model(key).edition


def purposes() -> tuple[guidance.Purpose, ...]:
    """What a programme can be for, with what each side may hope for."""
    return guidance.purposes(_language())


def barriers(side: str) -> dict[str, guidance.Barrier]:
    """What is known to stand in the way of one side, by key."""
    return {barrier.key: barrier for barrier in guidance.barriers(guidance.Side(side), _language())}


def barrier_names() -> dict[str, str]:
    """The name of each known barrier, by key."""
    return {barrier.key: barrier.name for barrier in guidance.barriers(language=_language())}


def goal_tools() -> list[Option]:
    """Ways to find a goal."""
    return [Option(tool.key, tool.name, tool.words) for tool in guidance.goal_tools(language=_language())]


def periods() -> tuple[str, list[guidance.RetentionClass]]:
    """How long records are kept: the address of the document that says so, and its classes that pairs touch."""
    shown = ("private_note", "shared_record", "application", "readiness", "account")
    classes = guidance.retention_classes(_language())
    return "retention/default@1", [classes[key] for key in shown if key in classes]


_STYLES = {
    Style.DEVELOPMENTAL: _("Both learn. Mentors help people think, and keep advice and influence small."),
    Style.SPONSORSHIP: _("Mentors advise and open doors. Conflicts of interest and fairness need watching."),
    Style.BLENDED: _("Mostly helping people think, now and then opening a door; each pair says which."),
}
_SHAPES = {
    Shape.ONE_TO_ONE: _("One mentor and one mentee; the mentor has gone some of the way before."),
    Shape.REVERSE: _("The mentor is the younger or the less senior of the two, and knows what the other one does not."),
}
_BASES = {
    LawfulBasis.LEGITIMATE_INTERESTS: _(
        "The organisation has a good reason, needs these data for it, and has weighed it against what it means for "
        "people. Usual for employers and many charities."
    ),
    LawfulBasis.PUBLIC_TASK: _("The programme belongs to a task that the law gives you. Usual for public bodies."),
    LawfulBasis.CONTRACT: _("People have a contract that includes mentoring, such as a membership."),
    LawfulBasis.CONSENT: _(
        "People are free to say no and to take it back at any time. Rarely true between employer and staff."
    ),
}
_REVIEWS = (
    Option("fit-check", _("After the first meeting"), _("One question to each of the two: does it fit?")),
    Option("session-feedback", _("After a session"), _("A few short questions to mentee and mentor.")),
    Option("goal-scaling", _("How far each goal has come"), _("Five levels, written down before the work begins.")),
    Option("milestone", _("At a milestone"), _("Goals, agreement and working together, looked at by the two.")),
    Option("three-way", _("With the line manager"), _("The agreed part with three, the rest with two.")),
    Option("relationship-scale", _("Questions about working together"), _("The same ones at the beginning and later.")),
    Option("closing-review", _("At the end"), _("Each looks back, and says what to pass on.")),
)


def styles() -> list[Option]:
    """How mentors can help."""
    return [Option(style.value, style.label, _STYLES[style]) for style in Style]


def shapes() -> list[Option]:
    """The forms that are built."""
    return [Option(shape.value, shape.label, _SHAPES[shape]) for shape in Shape]


def bases() -> list[Option]:
    """On what the use of data can rest."""
    return [Option(basis.value, basis.label, _BASES[basis]) for basis in LawfulBasis]


def review_methods() -> list[Option]:
    """Ways to see how it goes."""
    return list(_REVIEWS)


_SITUATIONS = {
    "time-boxed": _("The programme is formal and has a beginning and an end"),
    "long-support": _("Support goes on for years, or from far above"),
    "new-mentors": _("Most mentors are new to it"),
    "reporting": _("You have to show and report what was done"),
    "learning": _("It stands in a setting of study or adult learning"),
    "self-directed": _("Mentees shall lead"),
    "network": _("People need doors opened and contacts made more than anything else"),
}
_MODELS = ("clutterbuck", "kram", "zachary", "starr")
_FITS: fitting.Fits = {
    key: dict(zip(_MODELS, fits, strict=True))
    for key, fits in {
        "time-boxed": (3, 1, 3, 3),
        "long-support": (1, 3, 1, 1),
        "new-mentors": (2, 0, 3, 3),
        "reporting": (3, 1, 3, 2),
        "learning": (2, 2, 3, 1),
        "self-directed": (3, 2, 3, 2),
        "network": (2, 3, 1, 2),
    }.items()
}


def situations() -> list[Option]:
    """What is asked about the situation; each is answered from 0 to 3."""
    return [Option(key, words) for key, words in _SITUATIONS.items()]


def recommend(answers: Mapping[str, object]) -> fitting.Fit:
    """How far each model fits these answers. It never chooses."""
    return fitting.fit(answers, _FITS)


def guide() -> Guide:
    """Everything that a handbook takes from guidance."""
    language = _language()
    return Guide(
        stages=guidance.stages(language),
        competences=guidance.competences(language=language),
        barriers=guidance.barriers(language=language),
        contact=guidance.first_contact(language),
        clauses=guidance.clauses(language=language),
        conversations=guidance.conversations(language),
        tools=guidance.goal_tools(language=language),
        reviews=guidance.review_methods(language),
        retention=guidance.retention_classes(language),
    )
