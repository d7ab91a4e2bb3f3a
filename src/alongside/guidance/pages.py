"""Where a document is read, and what it is called."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alongside import guidance
from alongside.guidance.adapting import ADAPTABLE, Adaptable

_NAMES = {
    "barriers": _("What gets in the way, and what helps"),
    "purposes": _("What a programme can be for"),
    "goal-tools": _("Ways to find a goal"),
    "review-methods": _("Ways to see how it goes"),
    "duties": _("Who does what, and when"),
}
_READ = {
    "barriers": "guidance:barriers",
    "purposes": "guidance:purposes",
    "goal-tools": "guidance:goals",
    "review-methods": "guidance:reviews",
    "duties": "guidance:roles",
    "competences": "guidance:competences",
}
_PARTS = {
    "fit": (_("Situations"), _("Add a situation"), _("Situation")),
    "barriers": (_("Barriers"), _("Add a barrier"), _("Barrier")),
    "purposes": (_("Purposes"), _("Add a purpose"), _("Purpose")),
    "goal-tools": (_("Ways to find a goal"), _("Add a way"), _("Way")),
    "review-methods": (_("Ways to see how it goes"), _("Add a way"), _("Way")),
    "competences": (_("Competences"), _("Add a competence"), _("Competence")),
    "duties": (_("Stages"), "", _("Stage")),
    "lifecycle": (_("Phases"), "", _("Phase")),
}


@dataclass(frozen=True)
class Page:
    """What is said about a document that can be adapted: its name, where it is read, what its parts are called."""

    kind: str
    key: str
    name: str | Promise
    read: str
    parts: str | Promise
    add: str | Promise
    part: str | Promise

    @property
    def shape(self) -> Adaptable:
        """What of it can be changed."""
        return ADAPTABLE[self.kind]


def page_of(document: Any) -> Page:
    """The page of a document, or of its plain values."""
    content = document if isinstance(document, dict) else {name: getattr(document, name, "") for name in _ASKED}
    kind, key = content["kind"], content["key"]
    name = _NAMES.get(kind) or content.get("title") or content.get("name") or key
    return Page(kind, key, name, read_at(kind, key), *_PARTS[kind])


_ASKED = ("kind", "key", "title", "name")


def read_at(kind: str, key: str) -> str:
    """The address where everybody reads a document."""
    if kind in _READ:
        return reverse(_READ[kind])
    return reverse("guidance:choose" if kind == "fit" else "guidance:model", args=[key])


_PLACES = {
    "conversations": (_("Ways to structure a conversation"), "guidance:conversations"),
    "goals": (_("Ways to find a goal"), "guidance:goals"),
    "reviews": (_("Ways to see how it goes"), "guidance:reviews"),
    "barriers": (_("What gets in the way, and what helps"), "guidance:barriers"),
    "roles": (_("Who does what, and when"), "guidance:roles"),
    "agreement": (_("The agreement that pairs start from"), "guidance:agreement"),
    "records": (_("How long records are kept"), "guidance:records"),
    "first-meeting": (_("The first meeting"), "guidance:first_meeting"),
    "styles": (_("Styles of mentoring"), "guidance:styles"),
}


class Place(NamedTuple):
    """Where something is learnt: a part of a shipped course, or a page of guidance. `key` as a competence names it."""

    key: str
    words: str
    url: str


def places(keys: Iterable[str]) -> list[Place]:
    """The places of these keys, in the reader's language; what is not there is left out."""
    language = get_language() or guidance.ENGLISH
    return [place for key in keys if (place := _page(key) or _part_of_a_course(key, language))]


def every_place() -> list[Place]:
    """Every place that a competence can name: parts of courses for mentors and mentees, then pages."""
    courses = [(key, guidance.course(key)) for key in guidance.COURSES if key != "line-manager"]
    parts = [f"{key}/{part.key}" for key, course in courses for part in course.modules]
    return places([*parts, *_PLACES])


def _page(key: str) -> Place | None:
    words, address = _PLACES.get(key, ("", ""))
    return Place(key, str(words), reverse(address)) if address else None


def _part_of_a_course(key: str, language: str) -> Place | None:
    course, _slash, part = key.partition("/")
    held = guidance.course(course, language=language).module(part) if course in guidance.COURSES else None
    return Place(key, held.name, f"{reverse('guidance:course', args=[course])}#{part}") if held else None
