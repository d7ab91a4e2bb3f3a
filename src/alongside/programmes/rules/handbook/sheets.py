"""A sheet for one role: what is expected at each stage, the days, whom to ask. Everybody in a programme reads it."""

from django.utils.translation import gettext as _

from alongside.guidance import Role
from alongside.programmes.rules.handbook.blocks import Block, Span, Spans, heading, paragraph, table
from alongside.programmes.rules.handbook.facts import Facts, steps
from alongside.programmes.rules.handbook.process import calendar

SHEETS = {"mentor": Role.MENTOR, "mentee": Role.MENTEE, "manager": Role.LINE_MANAGER, "coordinator": Role.COORDINATOR}


def sheet(facts: Facts, role: Role) -> tuple[Block, ...]:
    """The sheet of a role."""
    found = [paragraph(_first(role)), *_at_each_stage(facts, role)]
    if facts.rhythm:
        found += [heading(_("Rhythm")), table(_("Rhythm"), (_("What"), _("Proposed")), facts.rhythm)]
    if facts.days:
        found += [heading(_("Calendar")), calendar(facts)]
    found.append(heading(_("Whom to ask")))
    found.append(Block("list", items=tuple(_person(*held) for held in facts.coordinators)))
    if facts.contact:
        found.append(paragraph(_("About your data: %(address)s") % {"address": facts.contact}))
    return tuple(found)


def duties(facts: Facts, role: Role) -> tuple[Block, ...]:
    """What is asked of a role, for whoever thinks about taking it on: without anybody’s name."""
    return (paragraph(_first(role)), *_at_each_stage(facts, role)[1:])


def _person(name: str, address: str) -> Spans:
    return (Span(f"{name}, "), Span(address, link=f"mailto:{address}")) if address else (Span(name),)


def _first(role: Role) -> str:
    said = {
        Role.MENTOR: _("You help somebody think and find their own way. The deciding is theirs."),
        Role.MENTEE: _("The time is yours: you say what it is about, and what you do is your decision."),
        Role.LINE_MANAGER: _("You make it possible. What the two say to each other stays with them."),
        Role.COORDINATOR: _("You look after the programme and everybody in it. What the two say stays with them."),
    }
    return said[role]


def _at_each_stage(facts: Facts, role: Role) -> list[Block]:
    rows = [(step.name, list(step.duties[role])) for step in steps(facts) if step.duties.get(role)]
    caption = _("What is expected at each stage")
    return [heading(caption), table(caption, (_("Stage"), _("What you do")), rows)]
