"""Where a document is read, and what it is called."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

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
}
_PARTS = {
    "fit": (_("Situations"), _("Add a situation"), _("Situation")),
    "barriers": (_("Barriers"), _("Add a barrier"), _("Barrier")),
    "purposes": (_("Purposes"), _("Add a purpose"), _("Purpose")),
    "goal-tools": (_("Ways to find a goal"), _("Add a way"), _("Way")),
    "review-methods": (_("Ways to see how it goes"), _("Add a way"), _("Way")),
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
