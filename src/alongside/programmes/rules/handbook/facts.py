"""What a handbook is generated from: a programme’s settings as plain facts, and what guidance says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from alongside import guidance
from alongside.programmes.rules.design import Aim, Hindrance
from alongside.programmes.rules.handbook.blocks import Block, paragraph
from alongside.programmes.rules.way import Step, way


@dataclass(frozen=True)
class Guide:
    """The documents of guidance, in the language of whoever reads."""

    stages: tuple[guidance.StageDuties, ...]
    competences: guidance.CompetenceFramework
    barriers: tuple[guidance.Barrier, ...]
    contact: guidance.FirstContact
    clauses: guidance.ClauseSet
    conversations: tuple[guidance.ConversationModel, ...]
    tools: tuple[guidance.GoalTool, ...]
    reviews: tuple[guidance.ReviewMethod, ...]
    retention: Mapping[str, guidance.RetentionClass]
    own: Mapping[str, str]  # which documents are the organisation's own edition, in words, by kind


@dataclass(frozen=True)
class Facts:
    """A programme as its handbook needs to know it. From `objectives` on: what coordinators alone may read."""

    organisation: str
    name: str
    purpose: str
    starts_on: date
    ends_on: date
    audience: str
    rhythm: tuple[tuple[str, str], ...]
    days: tuple[tuple[date, str], ...]
    model: guidance.LifecycleModel
    model_reason: str
    notice: str
    notice_version: str
    contact: str
    coordinators: tuple[tuple[str, str], ...]  # name and work address
    guide: Guide
    model_from: str = ""  # the organisation's own edition, in words
    objectives: tuple[Aim, ...] = ()
    benefits: tuple[tuple[str, str], ...] = ()
    eligibility: str = ""
    purposes: tuple[str, ...] = ()
    style: str = ""
    shape: str = ""
    barriers: tuple[Hindrance, ...] = ()
    recommended: tuple[str, ...] = ()
    table: str = ""  # the edition of the table by which they were, in words
    tools: tuple[str, ...] = ()
    reviews: tuple[str, ...] = ()
    named: tuple[tuple[str, str], ...] = ()
    basis: str = ""
    basis_reason: str = ""
    agreed: bool = False
    assurance: tuple[tuple[str, str], ...] = ()  # what shows that the organisation works safely, and how it stands


def steps(facts: Facts) -> Iterator[Step]:
    """The way from beginning to end: the model’s phases, and the stages that it leaves out."""
    return way(facts.model, facts.guide.stages)


def in_own_words(facts: Facts, kind: str) -> list[Block]:
    """That this is said in the organisation’s own words, where it is."""
    words = facts.guide.own.get(kind)
    return [paragraph(_("In its own words: %(edition)s.") % {"edition": words})] if words else []
