"""What a programme is on paper, loaded as it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from alongside.foundation import hooks
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership
from alongside.foundation.identity.terms import GONE
from alongside.programmes import advice
from alongside.programmes.models import (
    ApplicationQuestion,
    CalendarEntry,
    Design,
    ExpectedBarrier,
    NamedPerson,
    Objective,
    Programme,
    SavedSection,
    SectionDraft,
)
from alongside.programmes.queries.programmes import coordinated_by
from alongside.programmes.queries.roles import contact_of, roles_of
from alongside.programmes.rules import design as rules
from alongside.programmes.rules.days import Day
from alongside.programmes.rules.separation import Roles
from alongside.programmes.terms import Duty

if TYPE_CHECKING:
    from alongside.guidance.queries import Ours

SIDES = ("mentee", "mentor", "organisation")


def designs_visible_to(actor: Actor) -> QuerySet[Design]:
    """The designs of the programmes that the actor coordinates."""
    return Design.objects.filter(programme__in=coordinated_by(actor))


def drafts_visible_to(actor: Actor) -> QuerySet[SectionDraft]:
    """What the actor has begun to write and not saved, in programmes that they coordinate still."""
    return SectionDraft.objects.filter(author=actor.membership, programme__in=coordinated_by(actor))


def design_of(programme: Programme) -> Design:
    """The design of a programme; an empty one, not yet kept, where nothing has been saved."""
    return Design.objects.filter(programme=programme).first() or Design(programme=programme)


def on_page(programme: Programme) -> tuple[Design, list[CalendarEntry]]:
    """What everybody in a programme reads of its design; loaded once for a page that assembles."""
    return hooks.once(
        ("design", programme.pk),
        lambda: (design_of(programme), list(CalendarEntry.objects.filter(programme=programme))),
    )


def draft_of(actor: Actor, programme: Programme, section: str) -> SectionDraft | None:
    """What the actor has begun to write in a section and not saved."""
    return drafts_visible_to(actor).filter(programme=programme, section=section).first()


def revision_of(programme: Programme, section: str) -> int:
    """How often a section has been saved."""
    held = SavedSection.objects.filter(programme=programme, section=section).values_list("revision", flat=True)
    return held.first() or 0


def last_notice(programme: Programme) -> tuple[str, str]:
    """Where the organisation's latest programme says that its privacy notice is read, and which version."""
    others = Design.objects.filter(programme__organisation=programme.organisation).exclude(notice="")
    held = others.exclude(programme=programme).order_by("-programme_id").values_list("notice", "notice_version")
    return held.first() or ("", "")


def benefits(design: Design) -> dict[str, str]:
    """What each side gains, in the design's words."""
    return {side: getattr(design, f"benefit_{side}") for side in SIDES}


@dataclass
class Dossier:
    """A programme with everything of its design, each part loaded when it is first asked for."""

    programme: Programme

    @cached_property
    def design(self) -> Design:
        """The design; an empty one where nothing has been saved."""
        return design_of(self.programme)

    @cached_property
    def ours(self) -> Ours:
        """Guidance as the organisation has it."""
        return advice.ours(self.programme.organisation_id)

    @cached_property
    def objectives(self) -> list[Objective]:
        """What the programme wants to reach."""
        return list(Objective.objects.filter(programme=self.programme))

    @cached_property
    def questions(self) -> list[ApplicationQuestion]:
        """What whoever applies is asked."""
        return list(ApplicationQuestion.objects.filter(programme=self.programme))

    @cached_property
    def barriers(self) -> list[ExpectedBarrier]:
        """What may stand in the way. Each has its words as `named`, also where they are guidance's."""
        names, found = advice.barriers(self.ours), list(ExpectedBarrier.objects.filter(programme=self.programme))
        for barrier in found:
            barrier.named = barrier.words or _name(names, barrier.key)  # type: ignore[attr-defined]
        return found

    @cached_property
    def entries(self) -> list[CalendarEntry]:
        """The days that are set."""
        return list(CalendarEntry.objects.filter(programme=self.programme))

    @cached_property
    def named(self) -> dict[str, Membership]:
        """Who is named for a duty, and still there."""
        held = NamedPerson.objects.filter(programme=self.programme).exclude(membership__state__in=GONE)
        held = held.select_related("membership")
        return {row.duty: row.membership for row in held}

    @cached_property
    def saved(self) -> dict[str, SavedSection]:
        """When each section was last saved, and by whom."""
        held = SavedSection.objects.filter(programme=self.programme).select_related("saved_by")
        return {row.section: row for row in held}

    @cached_property
    def contact(self) -> str:
        """Whom people ask about their data."""
        return contact_of(self.programme, self.design)

    @cached_property
    def roles(self) -> Roles:
        """Who is what, for the separation of roles."""
        return roles_of(self.programme, self.contact, self.named)

    @cached_property
    def covered(self) -> bool:
        """Is somebody named who covers, and do they coordinate still? A name alone lets nobody in."""
        cover = self.named.get(Duty.COVER)
        return cover is not None and any(one.key == cover.pk for one in self.roles.coordinators)

    @cached_property
    def paper(self) -> rules.Paper:
        """The design as plain facts, for the rules."""
        return rules.Paper(
            starts_on=self.programme.starts_on,
            ends_on=self.programme.ends_on,
            aims=tuple(rules.Aim(one.words, one.measure, one.target) for one in self.objectives),
            benefits=benefits(self.design),
            roles=self.roles,
            covered=self.covered,
            barriers=tuple(_hindrance(barrier) for barrier in self.barriers),
            tools=len(self.design.goal_tools),
            reviews=len(self.design.review_methods),
            days=tuple(Day(entry.kind, entry.day, entry.words) for entry in self.entries),
            contact=self.contact,
            assessed=bool(self.design.assessed_on or self.design.assessment),
            saved=frozenset(self.saved),
            **{name: getattr(self.design, name) for name in _SAME},
        )

    @cached_property
    def progress(self) -> list[rules.Progress]:
        """How far each section is."""
        return rules.progress(self.paper)


def _name(known: Mapping[str, Any], key: str) -> str:
    return known[key].name if key in known else key


_SAME = (
    "audience", "eligibility", "style", "shape", "cadence_weeks", "session_minutes", "term_months", "model_reason",
    "basis", "notice", "retention",
)  # fmt: skip


def _hindrance(barrier: Any) -> rules.Hindrance:
    return rules.Hindrance(barrier.side, barrier.named, barrier.remedy, barrier.owner)


def dossier(programme: Programme) -> Dossier:
    """Everything of a programme's design, to be asked for."""
    return Dossier(programme)
