"""Criteria 1.1 to 1.4: why, who does what, what a mentor brings, what gets in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.guidance import Role, Side
from alongside.programmes.rules.handbook.blocks import Block, heading, inside, listed, paragraph, read, table, told
from alongside.programmes.rules.handbook.facts import Facts, in_own_words, steps

if TYPE_CHECKING:
    from alongside.guidance import Barrier

_SIDES = (Side.PAIR, Side.MENTOR, Side.MENTEE, Side.ORGANISATION)


def rationale(facts: Facts) -> list[Block]:
    """1.1: what mentoring is for here."""
    run = {"first": date_format(facts.starts_on, "j F Y"), "last": date_format(facts.ends_on, "j F Y")}
    found = [*_paragraphs(facts.purpose)]
    if facts.audience:
        found.append(told(_("For whom"), facts.audience))
    found.append(told(_("When"), _("from %(first)s to %(last)s") % run))
    found.append(
        paragraph(
            _(
                "Mentoring is a conversation over time in which somebody is helped to think, to learn and to find "
                "their own way. It is not coaching for a task, not counselling, not training, and not line management."
            )
        )
    )
    return found + inside(_aims(facts))


def _paragraphs(words: str) -> list[Block]:
    return [paragraph(line) for line in words.splitlines() if line.strip()]


def _aims(facts: Facts) -> list[Block]:
    found = []
    if facts.purposes:
        found.append(told(_("Nearest to"), ", ".join(facts.purposes)))
    if facts.eligibility:
        found.append(told(_("Who can take part"), facts.eligibility))
    gains = [(who, words) for who, words in facts.benefits if words]
    if gains:
        found.append(table(_("What each gains"), (_("Who"), _("What they gain")), gains))
    if facts.objectives:
        columns = (_("Objective"), _("How it is measured"), _("What would be enough"))
        found.append(table(_("What the programme wants to reach"), columns, facts.objectives))
    return found


def roles(facts: Facts) -> list[Block]:
    """1.2: what is expected of each, from the beginning to the end."""
    intro = _("The stages are those of %(model)s. What nobody is named for here, the two agree between them.")
    found = [paragraph(intro % {"model": facts.model.name}), *in_own_words(facts, "duties")]
    for step in steps(facts):
        found += [heading(step.name), paragraph(step.summary)]
        rows = [(_(role.words), list(step.duties[role])) for role in Role if step.duties.get(role)]
        caption = _("Who does what: %(stage)s") % {"stage": step.name}
        found.append(table(caption, (_("Who"), _("What they do")), rows))
    if facts.named:
        found += inside([table(_("Who is named"), (_("For what"), _("Who")), facts.named)])
    return found


def mentors(facts: Facts) -> list[Block]:
    """1.3: knowledge, skills, behaviours."""
    framework = facts.guide.competences
    found = [*read(framework.introduction), *in_own_words(facts, "competences")]
    for group, competences in framework.in_groups():
        found.append(heading(group.name))
        rows = [(held.name, held.words, held.shows) for held in competences]
        found.append(table(group.words, (_("What"), _("A mentor who has it"), _("How one would notice")), rows))
    found.append(paragraph(_("To look at oneself, each is rated by one of these:")))
    return [*found, listed(framework.levels)]


def barriers(facts: Facts) -> list[Block]:
    """1.4: what commonly stands in the way, and what helps; what this programme expects, for coordinators."""
    found = [
        paragraph(
            _(
                "These get in the way often enough to be expected. Hardly any is anybody’s fault, and for each there "
                "is something that helps."
            )
        )
    ]
    found += in_own_words(facts, "barriers")
    for side in _SIDES:
        held = [barrier for barrier in facts.guide.barriers if barrier.side is side]
        found.append(heading(_(side.words)))
        columns = (_("What gets in the way"), _("How it shows"), _("What helps"), _("Who could see to it"))
        caption = _("What gets in the way: %(who)s") % {"who": _(side.words)}
        found.append(table(caption, columns, map(_barrier, held)))
    return found + inside(_expected(facts))


def _barrier(barrier: Barrier) -> tuple[str, str, str, str]:
    owner = _(barrier.owner.words) if barrier.owner else ""
    return barrier.name, barrier.shows, barrier.remedy, owner


def _expected(facts: Facts) -> list[Block]:
    if not facts.barriers:
        return []
    sides = {side.value: _(side.words) for side in Side}
    owners = {role.value: _(role.words) for role in Role}
    rows = [
        (one.words, sides.get(one.side, one.side), one.remedy, owners.get(one.owner, one.owner))
        for one in facts.barriers
    ]
    columns = (_("What this programme expects"), _("With whom it lies"), _("What helps"), _("Who sees to it"))
    return [heading(_("What this programme expects")), table(_("Barriers expected"), columns, rows)]
