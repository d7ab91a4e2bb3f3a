"""Where the masthead leads."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.foundation.hooks import NavigationItem, navigation


@navigation.register
def guidance(actor: Any) -> Iterable[NavigationItem]:
    """Every member may read it; it stands last."""
    return [NavigationItem(weight=90, words=_("Guidance"), link=reverse("guidance:index"))]
