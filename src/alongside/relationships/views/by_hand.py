"""What the page of pairing by hand shows: two lists, the choice, and an address for every choice."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.urls import reverse

from alongside.people.terms import Side
from alongside.programmes.models import Participation, Programme
from alongside.programmes.terms import Part, ProgrammeState
from alongside.relationships import forms, queries
from alongside.relationships.queries import by_hand as lists

A_LIST = 25
Said = dict[str, str]


def desk_by_hand(programme: Programme, said: Said) -> dict[str, Any]:
    """The context of the page for what was searched, chosen and turned to."""
    mentee = _chosen(lists.mentees_without_mentor(programme), said.get("mentee"))
    mentor = _chosen(lists.mentors_with_room(programme), said.get("mentor"))
    said = _kept(said, mentee, mentor)
    with_room = lists.mentors_with_room(programme, said.get("mentor_q", ""))
    mentees = _page(lists.mentees_waiting(programme, said.get("mentee_q", "")), said.get("mentee_page"))
    mentors = _page(lists.fitting_first(with_room, mentee) if mentee else with_room, said.get("mentor_page"))
    wanted = lists.skills([*mentees, *([mentee] if mentee else [])], Side.WANTED)
    offered = lists.skills([*mentors, *([mentor] if mentor else [])], Side.OFFERED)
    wishes = set(wanted.get(mentee.membership_id, ())) if mentee else set()
    managers = queries.managers_of(mentee.membership) if mentee else set()
    full = lists.without_room([*mentors, *([mentor] if mentor else [])])
    parted = lists.parted_from(mentee) if mentee else set()

    def as_mentor(held: Participation) -> lists.Candidate:
        return lists.candidate(held, offered, wishes, managers, full, parted)

    return {
        "programme": programme,
        "running": programme.state == ProgrammeState.RUNNING,
        "lists": [
            _list(programme, said, Part.MENTEE, mentees, [lists.candidate(held, wanted) for held in mentees]),
            _list(programme, said, Part.MENTOR, mentors, [as_mentor(held) for held in mentors]),
        ],
        "mentee": lists.candidate(mentee, wanted) if mentee else None,
        "mentor": as_mentor(mentor) if mentor else None,
        "said": said,
        "clear_url": address(programme, _without(said, Part.MENTEE, Part.MENTOR)),
    }


def _chosen(able: QuerySet[Participation], ref: str | None) -> Participation | None:
    return able.filter(ref=ref).first() if ref else None


def _kept(said: Said, mentee: Participation | None, mentor: Participation | None) -> Said:
    chosen = {Part.MENTEE.value: mentee, Part.MENTOR.value: mentor}
    return {name: value for name, value in said.items() if name not in chosen or chosen[name]}


def _page(found: Any, number: str | None) -> Page:
    return Paginator(found, A_LIST).get_page(number)


def _list(programme: Programme, said: Said, side: Part, page: Page, rows: list[lists.Candidate]) -> dict[str, Any]:
    kept = _without(said, side, f"{side}_q", f"{side}_page")
    return {
        "side": side.value,
        "page": page,
        "page_name": f"{side}_page",
        "rows": [(row, _choice(programme, said, side, row)) for row in rows],
        "chosen": said.get(side, ""),
        "field": forms.HandFilter(said)[f"{side}_q"],
        "kept": list(kept.items()),
        "narrowed": f"{side}_q" in said,
        "all_url": address(programme, _without(said, f"{side}_q", f"{side}_page")) + f"#{side}s",
    }


def _choice(programme: Programme, said: Said, side: Part, row: lists.Candidate) -> str:
    """Where choosing a row leads. A new mentee sorts the mentors anew, so their list begins at its first page."""
    if side == Part.MENTEE:
        return address(programme, _without(said, "mentor_page") | {side.value: row.ref}) + "#mentors"
    return address(programme, said | {side.value: row.ref}) + "#mentors"


def _without(said: Said, *names: str) -> Said:
    return {name: value for name, value in said.items() if name not in names}


def address(programme: Programme, said: Said) -> str:
    """The page with these choices."""
    page = reverse("relationships:by_hand", args=[programme.slug])
    return f"{page}?{urlencode(said)}" if said else page
