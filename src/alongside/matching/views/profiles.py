"""Two people side by side, with what they have in common marked."""

from typing import Any

from django.utils.translation import gettext as _

from alongside.matching import fit, reasons
from alongside.matching.models import Proposal, Taker
from alongside.people.terms import WayToMeet
from alongside.programmes.models import Participation

_ONE = ("job_title", "department", "team", "site", "grade", "headline", "career_aim")


def side_by_side(found: Proposal, mentee: Taker | None, mentor: Taker | None) -> list[dict[str, Any]]:
    """The two as parts of a page: name, places, and lines of (label, entries); an entry says whether both have it."""
    said = [held.said if held else {} for held in (mentee, mentor)]
    people = [(found.mentee, mentee, said[0], said[1]), (found.mentor, mentor, said[1], said[0])]
    return [_side(one, held, mine, theirs) for one, held, mine, theirs in people]


def _side(one: Participation, held: Taker | None, mine: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any]:
    wants = one.part == "mentee"
    side, other = ("wanted", "offered") if wants else ("offered", "wanted")
    lines = [_line(_("Wants to develop") if wants else _("Offers"), mine.get(side, []), set(theirs.get(other, [])))]
    lines += [_line(_label(name), _listed(mine, name), set(_listed(theirs, name))) for name in _ONE]
    lines.append(_line(_("Languages"), mine.get("languages", []), set(theirs.get("languages", []))))
    hours = [reasons.when(hour) for hour in mine.get("hours", [])]
    lines.append(_line(_("Usual times"), hours, {reasons.when(hour) for hour in theirs.get("hours", [])}))
    lines.append(_line(_("Ways to meet"), _ways(mine), set(_ways(theirs))))
    lines.append(_line(_("Interests"), list(fit.interests(mine).values()), _as_written(mine, theirs)))
    return {
        "membership": one.membership, "part": one.get_part_display(), "kept": held is not None and bool(held.said),
        "lines": [line for line in lines if line["entries"]],
    }  # fmt: skip


def _ways(said: dict[str, Any]) -> list[str]:
    return [str(way.label) for way in WayToMeet if way in said.get("ways_to_meet", ())]


def _as_written(mine: dict[str, Any], theirs: dict[str, Any]) -> set[str]:
    """Interests of one that the other has too, as the one writes them."""
    held = fit.interests(theirs)
    return {word for folded, word in fit.interests(mine).items() if folded in held}


def _label(name: str) -> str:
    return {
        "job_title": _("Job title"), "department": _("Department"), "team": _("Team"), "site": _("Site"),
        "grade": _("Grade"), "headline": _("In their words"), "career_aim": _("Wants to get to"),
    }[name]  # fmt: skip


def _listed(said: dict[str, Any], name: str) -> list[str]:
    return [said[name]] if said.get(name) else []


def _line(label: str, entries: list[str], theirs: set[str]) -> dict[str, Any]:
    held = sorted(((entry in theirs, entry) for entry in entries), key=lambda one: not one[0])
    return {"label": label, "entries": [{"words": words, "common": common} for common, words in held]}
