"""Where notifications joins in: every event that tells people, links that no longer work, a backup that comes back."""

from alongside.foundation import events, vault
from alongside.foundation.events import add_teller
from alongside.foundation.notifications import actions
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
