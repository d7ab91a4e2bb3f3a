"""What a design takes from guidance, as the programme's organisation has it: the one door to it.

Keys and addresses are kept in designs, so they stay. A programme in preparation goes by what counts now; a launched one
by what it pinned.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple, cast

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from alongside import guidance
from alongside.guidance.rules import MARKS
from alongside.programmes.models import Programme
from alongside.programmes.rules.handbook import Guide
from alongside.programmes.rules.way import Step
from alongside.programmes.rules.way import way as way_of
from alongside.programmes.terms import LawfulBasis, ProgrammeState

if TYPE_CHECKING:
    from alongside.guidance import queries as kept


class Option(NamedTuple):
    """Something to choose: the key that is kept, its name, and a sentence about it."""

    key: str
    words: str | Promise
    hint: str | Promise = ""


def _language() -> str:
    return get_language() or guidance.ENGLISH


def ours(organisation: int) -> kept.Ours:
    """Guidance as an organisation (by its primary key) has it now; what it asks the database is asked once."""
    from alongside.guidance import queries as kept  # noqa: PLC0415 -- brings pydantic along

    return kept.ours(organisation, _language())


def models(held: kept.Ours) -> tuple[guidance.LifecycleModel, ...]:
    """The lifecycle models to choose from."""
    return held.lifecycles()


def model(programme: Programme) -> guidance.LifecycleModel:
    """The model of a programme: the newest edition in preparation, the one that was pinned from the launch on."""
    return model_by(programme)[0]


def model_by(
    programme: Programme, held: kept.Ours | None = None
) -> tuple[guidance.LifecycleModel, kept.OwnEdition | None]:
    """As `model`, and the organisation's own edition that it is, if it is one."""
    from alongside.guidance import queries as kept  # noqa: PLC0415 -- loaded late, as above

    if programme.state != ProgrammeState.DRAFT:
        return kept.pinned(programme.organisation_id, programme.model_key, programme.model_edition)
    found = (held or ours(programme.organisation_id)).held("lifecycle", programme.model_key)
    return cast("guidance.LifecycleModel", found.document), found.own


def way(programme: Programme) -> tuple[Step, ...]:
    """The way of a programme’s pairs by its model, with everybody’s duties as the organisation has them."""
    held = ours(programme.organisation_id)
    return tuple(way_of(held.with_duties(model_by(programme, held)[0]), held.stages()))


def newest_edition(organisation: int, key: str) -> int:
    """The edition of a model that a programme takes now."""
    return ours(organisation).model(key).edition


def purposes(held: kept.Ours, *, hidden: bool = False) -> tuple[guidance.Purpose, ...]:
    """What a programme can be for, with what each side may hope for."""
    return held.purposes(hidden=hidden)


def barriers(held: kept.Ours) -> dict[str, guidance.Barrier]:
    """What is known to stand in the way, by key; also what is offered no more, for those who have chosen it."""
    return {barrier.key: barrier for barrier in held.barriers(hidden=True)}


def goal_tools(held: kept.Ours, chosen: Collection[str]) -> list[Option]:
    """Ways to find a goal: those that are offered, and whatever was `chosen` before it was left out."""
    return _offered(held.goal_tools(hidden=True), chosen)


def _offered(ways: Iterable[guidance.GoalTool | guidance.ReviewMethod], chosen: Collection[str]) -> list[Option]:
    return [Option(one.key, one.name, one.words) for one in ways if not one.hidden or one.key in chosen]


def periods() -> tuple[str, list[guidance.RetentionClass]]:
    """How long records are kept: the address of the document that says so, and its classes that pairs touch."""
    shown = ("private_note", "shared_record", "application", "readiness", "account")
    from alongside.guidance import library  # noqa: PLC0415 -- loaded late, as above
    from alongside.guidance.schema import Retention  # noqa: PLC0415 -- loaded late, as above

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


def review_methods(held: kept.Ours, chosen: Collection[str]) -> list[Option]:
    """Ways to see how it goes: those that are offered, and whatever was `chosen` before it was left out."""
    return _offered(held.review_methods(hidden=True), chosen)


def fit_table(held: kept.Ours, address: str = "") -> kept.Held:
    """Which model fits which situation: what counts now, or the edition by which a choice was made."""
    try:
        found = held.at(address) if address else None
    except guidance.NotFound:
        found = None
    return found if found and isinstance(found.document, guidance.Fit) else held.held("fit", "lifecycle")


def edition_words(document: guidance.Document, own: kept.OwnEdition | None, organisation: str) -> str:
    """Which edition a document is, in words."""
    if own is None:
        return gettext("edition %(number)s, as it comes with Alongside") % {"number": document.edition}
    said = {"organisation": organisation, "day": date_format(localtime(own.written_at), "j F Y")}
    return gettext("%(organisation)s’s edition of %(day)s") % said


_READ_TODAY = ("barriers", "purposes", "goal-tools", "review-methods", "competences", "duties")


def own_words(held: kept.Ours, organisation: str) -> dict[str, str]:
    """Which own editions count of what is read as it counts today, in words, by kind: `goal_tools` and so on."""
    found = {kind: held.held(kind, "default") for kind in _READ_TODAY}
    return {
        kind.replace("-", "_"): edition_words(one.document, one.own, organisation)
        for kind, one in found.items()
        if one.own
    }


def sound(table: guidance.Fit, answers: Mapping[str, object]) -> dict[str, int]:
    """The answers that can be reckoned with: known situations, whole numbers from 0 to 3."""
    known = {held.key for held in table.situations}
    return {key: said for key, said in answers.items() if key in known and type(said) is int and said in MARKS}


def recommend(table: guidance.Fit, answers: Mapping[str, object]) -> guidance.Recommendation:
    """How far each model fits these answers, with every contribution. It never chooses."""
    return guidance.recommend(table, sound(table, answers))


def guide(held: kept.Ours, organisation: str) -> Guide:
    """Everything that a handbook takes from guidance."""
    language = _language()
    return Guide(
        stages=held.stages(),
        competences=held.competences(),
        barriers=held.barriers(),
        contact=guidance.first_contact(language),
        clauses=guidance.clauses(language=language),
        conversations=guidance.conversations(language),
        tools=held.goal_tools(),
        reviews=held.review_methods(),
        retention=guidance.retention_classes(language),
        own=own_words(held, organisation),
    )
