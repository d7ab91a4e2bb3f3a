"""Where the masthead leads, and what a privacy notice says of how long records are kept."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.foundation.hooks import NavigationItem, navigation
from alongside.organisations.notice import add_how_long


@navigation.register
def guidance(actor: Any) -> Iterable[NavigationItem]:
    """Every member may read it; it stands last."""
    return [NavigationItem(weight=90, words=_("Guidance"), link=reverse("guidance:index"))]


def how_long(language: str) -> list[str]:
    """Each kind of record with its time."""
    from alongside.guidance import retention_classes  # noqa: PLC0415 -- brings the library along

    return [f"{held.name}: {held.words}" for held in retention_classes(language).values()]


add_how_long(how_long)
