"""Where notifications joins in: every event that tells people, links that no longer work, a backup that comes back."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from alongside.foundation import events, hooks, vault
from alongside.foundation.events import add_teller
from alongside.foundation.identity.actors import Actor
from alongside.foundation.notifications import actions, queries
from alongside.foundation.notifications.teller import tell_of

add_teller(tell_of)
vault.restoring(actions.hold_after_restore)


@events.on("membership.invited")
@events.on("membership.joined")
@events.on("membership.suspended")
@events.on("membership.left")
@events.on("account.address_asked")
@events.on("account.address_stopped")
@events.on("account.address_changed")
def forget_links(happened: events.Event) -> None:
    """A newer link, a used one, or one that is not meant any more: what stood in earlier mails is blanked."""
    actions.forget(happened.about_ref)


@hooks.next_steps.leading_to("kept")
def next_steps(actor: Actor) -> Iterable[hooks.NextStep]:
    """What is kept for somebody without e-mail. Whoever has an address is not asked about."""
    if actor.account.email:
        return
    count = queries.kept_for(actor.membership).count()
    if count:
        words = ngettext("Read %(count)s message", "Read %(count)s messages", count) % {"count": count}
        why = _("Others get it by e-mail; for you it is kept here.")
        yield hooks.NextStep(5, words, reverse("notifications:kept"), _("Read it"), why)
