"""What can be answered by a link in a mail, without signing in: asking that a person looks again."""

from datetime import timedelta

from django.utils.translation import gettext as _

from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership
from alongside.foundation.identity.queries import actor_of
from alongside.foundation.notifications import Asked, answer_address, declare_answer
from alongside.matching import actions
from alongside.matching.models import Left
from alongside.matching.queries import after

_AGAIN = "matching.look_again"


def again_address(receiver: Membership, left_ref: str) -> str:
    """Where somebody asks that a person looks again; empty for whoever has not joined."""
    return answer_address(_AGAIN, receiver.ref, left_ref) if receiver.account_id else ""


def _again(membership_ref: str, left_ref: str) -> Asked | None:
    membership = Membership.objects.select_related("account", "organisation").filter(ref=membership_ref).first()
    actor = actor_of(membership) if membership else None
    left = after.own_left(actor).filter(ref=left_ref).first() if actor else None
    if actor is None or left is None:
        return Asked(heading=_("Looking again"), words=[], ended=_("There is nothing to ask here any more."))
    said = {"name": actor.membership.name, "programme": left.mentee.programme.name}
    ended = ""
    if not after.waits(left.mentee):
        ended = _("Somebody has been proposed to you since. Look at your page.")
    elif after.asked(left):
        ended = _("You have asked already. A coordinator looks at it and writes to you.")
    return Asked(
        heading=_("Looking again"),
        words=[
            _("%(name)s, you ask that a coordinator of “%(programme)s” looks again at yours.") % said,
            _("They read what you wanted and who has room, and write to you what came of it. You need give no reason."),
        ],
        button=_("Ask a person to look again"),
        do=lambda: _do(left, actor),
        thanks=_("You have asked. A coordinator looks at it and writes to you."),
        ended=ended,
    )


def _do(left: Left, actor: Actor) -> None:
    actions.ask_to_look(left, by=actor, by_mail=True)


declare_answer(_AGAIN, _again, lasts=timedelta(days=30))
