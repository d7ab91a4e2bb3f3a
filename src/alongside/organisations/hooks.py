"""Where administrators are led."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.foundation import access, hooks
from alongside.foundation.identity.actors import Actor


@hooks.navigation.register
def navigation(actor: Actor) -> Iterable[hooks.NavigationItem]:
    """The organisation's settings, for administrators."""
    if access.may(actor, "organisations.settings"):
        yield hooks.NavigationItem(80, _("Organisation"), reverse("organisations:settings"))
