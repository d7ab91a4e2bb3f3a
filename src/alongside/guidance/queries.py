"""Guidance as an organisation has it: its own editions where it has some, otherwise what is shipped."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeVar, cast

import structlog
from django.db.models import OuterRef, QuerySet, Subquery

from alongside.foundation import hooks
from alongside.foundation.identity.actors import Actor
from alongside.guidance import ENGLISH, Invalid, NotFound, adapting, library
from alongside.guidance.models import EditionDraft, OwnEdition
from alongside.guidance.rules import OWN, is_own
from alongside.guidance.schema import (
    Barrier,
    Barriers,
    CompetenceFramework,
    Document,
    Duties,
    Fit,
    GoalTool,
    GoalTools,
    LifecycleModel,
    Purpose,
    Purposes,
    ReviewMethod,
    ReviewMethods,
    StageDuties,
)
from alongside.guidance.terms import Side

D = TypeVar("D", bound=Document)
_log = structlog.get_logger("alongside.guidance")


def visible_to(actor: Actor) -> QuerySet[OwnEdition]:
    """Every own edition of one's organisation: whoever belongs to it may read all of them."""
    return OwnEdition.objects.filter(organisation=actor.organisation)


def drafts_visible_to(actor: Actor) -> QuerySet[EditionDraft]:
    """What the actor has begun to write and not saved."""
    return EditionDraft.objects.filter(author=actor.membership)


def history(actor: Actor, kind: str, key: str) -> QuerySet[OwnEdition]:
    """The own editions of one document, the newest first."""
    return visible_to(actor).filter(kind=kind, key=key).select_related("written_by")


def draft_of(actor: Actor, kind: str, key: str) -> EditionDraft | None:
    """What the actor has begun to write of one document."""
    name = ("guidance_draft", actor.ref, kind, key)
    return hooks.once(name, lambda: drafts_visible_to(actor).filter(kind=kind, key=key).first())


def newest_shipped(kind: str, key: str) -> int:
    """The newest edition that is shipped; 0 where there is no such document."""
    return max(library.shipped().get((kind, key), {}), default=0)


@dataclass(frozen=True)
class Held:
    """A document as somebody reads it: which edition, and how it stands to the others.

    `own` is the edition of the organisation that `document` is, None for a shipped one. `counts` says whether it is
    the one that counts, `ours` is the own edition that counts, if there is one.
    """

    document: Document
    own: OwnEdition | None
    ours: OwnEdition | None
    shipped: int

    @property
    def fit(self) -> Fit:
        """The document, where it is a table of what fits."""
        return cast("Fit", self.document)

    @property
    def counts(self) -> bool:
        """Is this what the organisation goes by?"""
        return self.own == self.ours and (self.own is not None or self.document.edition == self.shipped)

    @property
    def is_overtaken(self) -> bool:
        """Has a newer edition been shipped since the own one that counts was written?"""
        return self.ours is not None and self.ours.shipped < self.shipped


class Ours:
    """Guidance as one organisation has it, in the language of whoever reads. At most one query for what counts."""

    def __init__(self, organisation: int, language: str = ENGLISH) -> None:
        self.organisation, self.language = organisation, language

    @cached_property
    def _newest(self) -> Mapping[tuple[str, str], OwnEdition]:
        return hooks.once(("own_guidance", self.organisation), lambda: _newest_of(self.organisation))

    def edition(self, kind: str, key: str) -> OwnEdition | None:
        """The own edition that counts; None where the shipped one does."""
        found = self._newest.get((kind, key))
        return found if found and found.content is not None else None

    def held(self, kind: str, key: str, edition: int | None = None) -> Held:
        """A document with its standing: what counts, or the edition asked for. Raises NotFound."""
        ours = self.edition(kind, key)
        own = ours if edition is None else None
        if edition is not None and is_own(edition):
            own = ours if ours and ours.edition == edition else self._older(kind, key, edition)
        document = _read(own) if own else None
        if document is None:  # a shipped one, or one that this version of Alongside cannot read
            own = None
            shipped = None if edition is None or is_own(edition) else edition
            document = library.find(kind, key, shipped, self.language)
        return Held(document, own, ours, newest_shipped(kind, key))

    def _older(self, kind: str, key: str, edition: int) -> OwnEdition:
        name = ("own_guidance", self.organisation, kind, key, edition)
        found = hooks.once(name, lambda: _edition(self.organisation, kind, key, edition - OWN))
        if found is None:
            raise NotFound(f"{kind}/{key}@{edition}")
        return found

    def find(self, shape: type[D], key: str = "default", edition: int | None = None) -> D:
        """As `held`, the document alone. Raises NotFound."""
        return cast("D", self.held(shape.KIND, key, edition).document)

    def at(self, address: str) -> Held:
        """The document at kind/key@edition, shipped or the organisation's own. Raises NotFound."""
        kind, key, edition = library.parts_of(address)
        return self.held(kind, key, edition)

    def fit(self, key: str) -> Fit:
        """Which model fits which situation."""
        return self.find(Fit, key)

    def lifecycles(self) -> tuple[LifecycleModel, ...]:
        """Every lifecycle model."""
        return tuple(self.find(LifecycleModel, key) for key in library.keys("lifecycle"))

    def model(self, key: str, edition: int | None = None) -> LifecycleModel:
        """One lifecycle model: what counts, or the edition that was pinned. Raises NotFound."""
        return self.find(LifecycleModel, key, edition)

    def with_duties(self, model: LifecycleModel) -> LifecycleModel:
        """The model with the organisation's general duties wherever it takes the general ones."""
        if self.edition("duties", "default") is None:
            return model
        canonical = [phase.canonical for phase in model.phases]
        shipped = cast("Duties", library.at(model.duties_from, self.language))
        general = [library.general_duties(canonical, base) for base in (shipped, self.find(Duties))]
        phases = []
        for phase, before, after in zip(model.phases, *general, strict=True):
            duties = {role: after[role] if said == before[role] else said for role, said in phase.duties.items()}
            phases.append(phase.model_copy(update={"duties": MappingProxyType(duties)}))
        return model.model_copy(update={"phases": tuple(phases)})

    def purposes(self, *, hidden: bool = False) -> tuple[Purpose, ...]:
        """What a programme can be for; with `hidden` also what is offered no more."""
        return tuple(one for one in self.find(Purposes).purposes if hidden or not one.hidden)

    def barriers(self, side: Side | None = None, *, hidden: bool = False) -> tuple[Barrier, ...]:
        """What gets in the way and what helps; with `hidden` also what is offered no more."""
        found = (one for one in self.find(Barriers).barriers if hidden or not one.hidden)
        return tuple(one for one in found if side is None or one.side is side)

    def goal_tools(self, *, hidden: bool = False) -> tuple[GoalTool, ...]:
        """Ways to find a goal; with `hidden` also what is offered no more."""
        return tuple(one for one in self.find(GoalTools).tools if hidden or not one.hidden)

    def review_methods(self, *, hidden: bool = False) -> tuple[ReviewMethod, ...]:
        """Ways to monitor and review; with `hidden` also what is offered no more."""
        return tuple(one for one in self.find(ReviewMethods).methods if hidden or not one.hidden)

    def competences(self, edition: int | None = None) -> CompetenceFramework:
        """What a mentor knows, can do and is like: what counts, or the edition asked for. Raises NotFound."""
        return self.find(CompetenceFramework, edition=edition)

    def stages(self) -> tuple[StageDuties, ...]:
        """Every canonical stage with its duties by role."""
        return self.find(Duties).stages


def ours(organisation: int, language: str = ENGLISH) -> Ours:
    """Guidance as an organisation (by its primary key) has it."""
    return Ours(organisation, language)


def pinned(organisation: int, key: str, edition: int) -> tuple[LifecycleModel, OwnEdition | None]:
    """A lifecycle model as a programme has pinned it, and the own edition that it is. A shipped one needs no query.

    Raises NotFound.
    """
    if not is_own(edition):
        return library.named(LifecycleModel, key, edition), None
    name = ("own_guidance", organisation, "lifecycle", key, edition)
    own = hooks.once(name, lambda: _edition(organisation, "lifecycle", key, edition - OWN))
    document = _read(own) if own else None
    if document is None:
        return library.named(LifecycleModel, key), None
    return cast("LifecycleModel", document), own


def begun(actor: Actor, kind: str, key: str) -> dict[str, Any]:
    """What the actor writes on: their draft, else what counts, as plain values. Raises NotFound."""
    base, draft = in_force(actor, kind, key), draft_of(actor, kind, key)
    return adapting.laid_over(base, draft.changes) if draft else base


def in_force(actor: Actor, kind: str, key: str) -> dict[str, Any]:
    """What the organisation goes by, as plain values. Raises NotFound."""
    if not adapting.is_adaptable(kind, key):
        raise NotFound(f"{kind}/{key}")
    held = Ours(actor.organisation.pk, actor.organisation.language).held(kind, key)
    return held.document.model_dump(mode="json")


def _newest_of(organisation: int) -> dict[tuple[str, str], OwnEdition]:
    same = OwnEdition.objects.filter(organisation=organisation, kind=OuterRef("kind"), key=OuterRef("key"))
    last = same.order_by("-number").values("number")[:1]
    found = OwnEdition.objects.filter(organisation=organisation, number=Subquery(last))
    return {(one.kind, one.key): one for one in found.select_related("written_by")}


def _edition(organisation: int, kind: str, key: str, number: int) -> OwnEdition | None:
    found = OwnEdition.objects.filter(organisation=organisation, kind=kind, key=key, number=number)
    return found.filter(content__isnull=False).select_related("written_by").first()


def _read(own: OwnEdition) -> Document | None:
    """The document of an edition; None where this version of Alongside cannot read it."""
    try:
        return library.load(own.content or {})
    except Invalid as problem:
        _log.error("guidance.unreadable", address=own.address, problems=[str(one) for one in problem.problems])
        return None
