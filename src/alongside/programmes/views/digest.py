"""What a section says, as terms and words: for the page of the whole design, and beside what somebody else saved."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside import guidance
from alongside.programmes import advice
from alongside.programmes.forms.barriers import SIDES
from alongside.programmes.queries import Dossier
from alongside.programmes.rules.said import days, rhythm
from alongside.programmes.terms import Duty, Section

Items = list[dict[str, Any]]


def _item(term: str, words: Any) -> dict[str, Any]:
    return {"term": term, "words": str(words or "")}


def _lines(*words: str) -> str:
    return "\n".join(line for line in words if line)


def _why(dossier: Dossier) -> Items:
    design, kinds = dossier.design, {one.key: one.name for one in advice.purposes(dossier.ours, hidden=True)}
    found = [
        _item(_("What it is for"), dossier.programme.purpose),
        _item(_("Nearest to"), ", ".join(kinds[key] for key in design.purposes if key in kinds)),
        _item(_("What mentees gain"), design.benefit_mentee),
        _item(_("What mentors gain"), design.benefit_mentor),
        _item(_("What the organisation gains"), design.benefit_organisation),
    ]
    for number, one in enumerate(dossier.objectives, 1):
        measure = _("Measure: %(words)s") % {"words": one.measure} if one.measure else ""
        target = _("Enough: %(words)s") % {"words": one.target} if one.target else ""
        found.append(_item(_("Objective %(number)s") % {"number": number}, _lines(one.words, measure, target)))
    return found


def _whom(dossier: Dossier) -> Items:
    found = [
        _item(_("For whom it is"), dossier.design.audience),
        _item(_("Who can take part"), dossier.design.eligibility),
        _item(_("Who can apply by themselves"), dossier.design.get_open_to_display()),
        _item(_("Both parts at once"), _("Yes") if dossier.design.one_in_both else ""),
        *_places(dossier),
    ]
    for number, one in enumerate(dossier.questions, 1):
        needed = _("an answer is needed") if one.needed else ""
        asked = ", ".join(part for part in (one.get_asked_display(), needed) if part)
        found.append(_item(_("Question %(number)s") % {"number": number}, _lines(one.words, asked)))
    return found


def _places(dossier: Dossier) -> Items:
    held = (
        (_("Places for mentees"), dossier.design.mentee_places),
        (_("Places for mentors"), dossier.design.mentor_places),
    )
    return [_item(term, str(count)) for term, count in held if count is not None]


def rhythm_items(design: Any) -> Items:
    """How often, how long, for how long: also what nobody has said yet."""
    return [_item(term, words) for term, words in rhythm(design)]


def _how(dossier: Dossier) -> Items:
    design = dossier.design
    return [
        _item(_("Style"), design.get_style_display() if design.style else ""),
        _item(_("Form"), design.get_shape_display() if design.shape else ""),
        *rhythm_items(design),
    ]


def _model(dossier: Dossier) -> Items:
    names = {one.key: one.name for one in advice.models(dossier.ours)}
    programme, pointed = dossier.programme, dossier.design.recommended
    return [
        _item(_("The model"), names.get(programme.model_key, programme.model_key)),
        _item(_("Why this one"), dossier.design.model_reason),
        _item(_("What the answers point to"), ", ".join(names.get(key, key) for key in pointed)),
    ]


def _who(dossier: Dossier) -> Items:
    roles, named = dossier.roles, dossier.named
    return [
        _item(_("Coordinators"), ", ".join(person.name for person in roles.coordinators)),
        *(_item(Duty(duty).label, named[duty].name if duty in named else "") for duty in Duty.values),
        _item(_("Safeguarding lead"), ", ".join(person.name for person in roles.leads)),
        _item(_("Safeguarding alternate"), ", ".join(person.name for person in roles.alternates)),
        _item(_("Privacy contact"), dossier.contact),
    ]


def _barriers(dossier: Dossier) -> Items:
    owners = {role.value: _(role.words) for role in guidance.Role}
    found = []
    for side, words in SIDES.items():
        for one in (held for held in dossier.barriers if held.side == side):
            owner = _("Seen to by: %(who)s") % {"who": owners[one.owner]} if one.owner in owners else ""
            found.append(_item(str(words), _lines(one.named, one.remedy, owner)))  # type: ignore[attr-defined]
    return found


def _tools(dossier: Dossier) -> Items:
    design, ours = dossier.design, dossier.ours
    tools = {option.key: str(option.words) for option in advice.goal_tools(ours, design.goal_tools)}
    ways = {option.key: str(option.words) for option in advice.review_methods(ours, design.review_methods)}
    return [
        _item(_("Ways to find a goal"), _lines(*(tools[key] for key in design.goal_tools if key in tools))),
        _item(_("Ways to review"), _lines(*(ways[key] for key in design.review_methods if key in ways))),
    ]


def _calendar(dossier: Dossier) -> Items:
    found = days(dossier.programme, dossier.entries)
    return [_item(date_format(day, "j F Y"), words) for day, words in found]


def _privacy(dossier: Dossier) -> Items:
    design = dossier.design
    version = _("Version: %(words)s") % {"words": design.notice_version} if design.notice_version else ""
    assessed = date_format(design.assessed_on, "j F Y") if design.assessed_on else ""
    return [
        _item(_("Lawful basis"), _lines(design.get_basis_display() if design.basis else "", design.basis_reason)),
        _item(_("Privacy notice"), _lines(design.notice, version)),
        _item(_("How long records are kept"), _("Agreed") if design.retention else ""),
        _item(_("Impact assessment"), _lines(assessed, design.assessment)),
    ]


_SAID = {
    Section.WHY: _why,
    Section.WHOM: _whom,
    Section.HOW: _how,
    Section.MODEL: _model,
    Section.WHO: _who,
    Section.BARRIERS: _barriers,
    Section.TOOLS: _tools,
    Section.CALENDAR: _calendar,
    Section.PRIVACY: _privacy,
}


def items(section: str, dossier: Dossier) -> Items:
    """What stands in a section now."""
    return _SAID[Section(section)](dossier)
