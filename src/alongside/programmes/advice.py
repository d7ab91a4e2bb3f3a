"""What a design takes from guidance: the one door to it. Keys and addresses are kept in designs, so they stay."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alongside import guidance
from alongside.guidance.rules import MARKS
from alongside.programmes.rules.handbook import Guide
from alongside.programmes.terms import LawfulBasis


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
    from alongside.guidance import library  # noqa: PLC0415 -- brings pydantic along
    from alongside.guidance.schema import Retention  # noqa: PLC0415 -- as above

    held = library.named(Retention, "default", language=_language())
    classes = {one.key: one for one in held.classes}
    return held.address, [classes[key] for key in shown if key in classes]


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


def bases() -> list[Option]:
    """On what the use of data can rest."""
    return [Option(basis.value, basis.label, _BASES[basis]) for basis in LawfulBasis]


def styles() -> list[Option]:
    """How much a mentor steers; what to watch stands beside it."""
    return [Option(way.key, way.name, f"{way.words} {way.caution}") for way in guidance.programme_styles(_language())]


def shapes() -> list[Option]:
    """Who mentors whom: the forms that are built."""
    return [Option(way.key, way.name, way.words) for way in guidance.programme_forms(_language())]


def review_methods() -> list[Option]:
    """Ways to see how it goes."""
    return [Option(method.key, method.name, method.words) for method in guidance.review_methods(_language())]


def fit_table(address: str = "") -> guidance.Fit:
    """Which model fits which situation: the newest edition, or the one by which a choice was made."""
    held = guidance.at(address, _language()) if address else None
    return held if isinstance(held, guidance.Fit) else guidance.fit("lifecycle", language=_language())


def sound(table: guidance.Fit, answers: Mapping[str, object]) -> dict[str, int]:
    """The answers that can be reckoned with: known situations, whole numbers from 0 to 3."""
    known = {held.key for held in table.situations}
    return {key: said for key, said in answers.items() if key in known and type(said) is int and said in MARKS}


def recommend(table: guidance.Fit, answers: Mapping[str, object]) -> guidance.Recommendation:
    """How far each model fits these answers, with every contribution. It never chooses."""
    return guidance.recommend(table, sound(table, answers))


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
