"""The handbook of a programme: what it is generated from, its editions, and what everybody reads of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from alongside.foundation import hooks
from alongside.foundation.identity.actors import Actor
from alongside.programmes import advice
from alongside.programmes.models import HandbookEdition, Programme
from alongside.programmes.queries.design import Dossier, benefits, dossier
from alongside.programmes.queries.programmes import coordinated_by, coordinators
from alongside.programmes.rules import handbook as rules
from alongside.programmes.rules.gaps import Gap
from alongside.programmes.rules.handbook.blocks import Block
from alongside.programmes.rules.said import days, rhythm
from alongside.programmes.terms import Chapter, Duty, Part


def editions_visible_to(actor: Actor) -> QuerySet[HandbookEdition]:
    """Every edition, older ones too, in programmes that the actor coordinates."""
    return HandbookEdition.objects.filter(programme__in=coordinated_by(actor))


def editions(programme: Programme, chapter: str) -> QuerySet[HandbookEdition]:
    """The editions of one section, the newest first."""
    return HandbookEdition.objects.filter(programme=programme, chapter=chapter).select_related("written_by")


def newest(programme: Programme, chapter: str) -> HandbookEdition | None:
    """The edition of a section that is shown; None where nobody has written one."""
    return editions(programme, chapter).first()


def _newest_of_all(programme: Programme) -> dict[str, HandbookEdition]:
    held = HandbookEdition.objects.filter(programme=programme)
    last = held.order_by().values("chapter").annotate(last=Max("number"))
    wanted = {row["chapter"]: row["last"] for row in last}
    found = held.filter(number__in=set(wanted.values())).select_related("written_by")
    return {edition.chapter: edition for edition in found if edition.number == wanted[edition.chapter]}


@dataclass(frozen=True)
class Written:
    """One section as it is shown: its blocks, the edition with own words, and what its design lacks."""

    chapter: Chapter
    blocks: tuple[Block, ...]
    edition: HandbookEdition | None
    gaps: Sequence[Gap] = ()

    @property
    def parted(self) -> tuple[list[Block], list[Block]]:
        """What everybody reads, and what coordinators alone read."""
        return rules.parted(self.blocks)


@dataclass
class Handbook:
    """A programme’s handbook as somebody reads it; `inside` for coordinators, who read more."""

    programme: Programme
    inside: bool

    @cached_property
    def dossier(self) -> Dossier:
        """The design."""
        return dossier(self.programme)

    @cached_property
    def facts(self) -> rules.Facts:
        """What it is generated from."""
        return facts(self.dossier, inside=self.inside)

    @cached_property
    def chapters(self) -> list[Written]:
        """Its twelve sections."""
        held = _newest_of_all(self.programme)
        return [self._written(chapter, held.get(chapter)) for chapter in Chapter]

    def _written(self, chapter: Chapter, edition: HandbookEdition | None) -> Written:
        words, placing = (edition.words, edition.placing) if edition else ("", "")
        blocks = rules.compose(chapter, self.facts, words, placing)
        if not self.inside:
            return Written(chapter, rules.for_all(blocks), edition)
        lacks = [] if words else rules.missing(chapter, self.dossier.paper)
        return Written(chapter, blocks, edition, lacks)

    @property
    def unfilled(self) -> list[Written]:
        """The sections that lack something, for coordinators."""
        return [written for written in self.chapters if written.gaps]

    def sheet(self, role: str) -> tuple[Block, ...]:
        """The sheet of a role, by its key in `rules.handbook.SHEETS`."""
        return rules.sheet(self.facts, rules.SHEETS[role])

    def duties(self, role: str) -> tuple[Block, ...]:
        """What is asked of a role, by the same key."""
        return rules.duties(self.facts, rules.SHEETS[role])


def handbook(programme: Programme, *, inside: bool = False) -> Handbook:
    """The handbook as everybody in the programme reads it, or with what only coordinators read."""
    return Handbook(programme, inside)


def facts(held: Dossier, *, inside: bool) -> rules.Facts:
    """A programme’s settings as plain facts, in the language of whoever reads.

    Without `inside` what only coordinators read is not even loaded.
    """
    programme, design = held.programme, held.design
    organisation = programme.organisation.name
    model, own = advice.model_by(programme, held.ours)
    return rules.Facts(
        organisation=organisation,
        name=programme.name,
        purpose=programme.purpose,
        starts_on=programme.starts_on,
        ends_on=programme.ends_on,
        audience=design.audience,
        rhythm=tuple((term, words) for term, words in rhythm(design) if words),
        days=tuple(days(programme, held.entries)),
        model=held.ours.with_duties(model),
        model_from=advice.edition_words(model, own, organisation) if own else "",
        model_reason=design.model_reason,
        notice=design.notice,
        notice_version=design.notice_version,
        contact=held.contact,
        coordinators=tuple((person.name, person.work_address) for person in coordinators(programme)),
        guide=advice.guide(held.ours, organisation),
        **(_inside(held) if inside else {}),
    )


def _inside(held: Dossier) -> dict[str, Any]:
    """What coordinators alone may read of a design."""
    design, paper = held.design, held.paper
    sides = zip(
        (Part.MENTEE.label, Part.MENTOR.label, held.programme.organisation.name), benefits(design).values(), strict=True
    )
    return {
        "objectives": paper.aims,
        "benefits": tuple((str(who), words) for who, words in sides),
        "eligibility": design.eligibility,
        "purposes": _names(design.purposes, ((one.key, one.name) for one in advice.purposes(held.ours, hidden=True))),
        "style": str(design.get_style_display()) if design.style else "",
        "shape": str(design.get_shape_display()) if design.shape else "",
        "barriers": paper.barriers,
        "recommended": _names(design.recommended, ((one.key, one.name) for one in advice.models(held.ours))),
        "table": _table(held) if design.recommended else "",
        "tools": _chosen(design.goal_tools, advice.goal_tools(held.ours, design.goal_tools)),
        "reviews": _chosen(design.review_methods, advice.review_methods(held.ours, design.review_methods)),
        "named": _named(held),
        "basis": str(design.get_basis_display()) if design.basis else "",
        "basis_reason": design.basis_reason,
        "agreed": bool(design.retention),
        "assurance": tuple(_assured(one) for one in hooks.assurance.of(held.programme.organisation)),
    }


def _assured(one: hooks.Assured) -> tuple[str, str]:
    if one.of is not None:
        return str(one.words), _("%(count)d of %(of)d") % {"count": one.count, "of": one.of}
    return str(one.words), str(one.said or one.count)


def _table(held: Dossier) -> str:
    """The edition of the table by which the model was recommended."""
    table = advice.fit_table(held.ours, held.design.fit_table)
    return advice.edition_words(table.document, table.own, held.programme.organisation.name)


def _names(keys: Sequence[str], known: Iterable[tuple[str, object]]) -> tuple[str, ...]:
    names = dict(known)
    return tuple(str(names[key]) for key in keys if key in names)


def _chosen(keys: Sequence[str], options: Iterable[advice.Option]) -> tuple[str, ...]:
    return _names(keys, ((one.key, one.words) for one in options))


def _named(held: Dossier) -> tuple[tuple[str, str], ...]:
    return tuple((str(Duty(duty).label), held.named[duty].name) for duty in Duty.values if duty in held.named)
