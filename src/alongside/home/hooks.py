"""Home stands first in the masthead."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.foundation import hooks
from alongside.foundation.identity.actors import Actor


@hooks.navigation.register
def navigation(actor: Actor) -> Iterable[hooks.NavigationItem]:
    """Everybody's first page."""
    yield hooks.NavigationItem(0, _("Home"), reverse("home:first_page"))
