"""What can be answered by a link in a mail, without signing in: saying yes to whoever is proposed."""

from datetime import timedelta

from django.utils.translation import gettext as _

from alongside.foundation.identity.models import Membership
from alongside.foundation.identity.queries import actor_of
from alongside.foundation.notifications import Asked, answer_address, declare_answer
from alongside.relationships import actions, queries
from alongside.relationships.terms import Answer, State

_YES = "relationship.accept"


def yes_address(receiver: Membership, relationship_ref: str) -> str:
    """Where somebody says yes to one proposal; empty for whoever has not joined."""
    return answer_address(_YES, receiver.ref, relationship_ref) if receiver.account_id else ""


def _say_yes(membership_ref: str, relationship_ref: str) -> Asked | None:
    membership = Membership.objects.select_related("account", "organisation").filter(ref=membership_ref).first()
    actor = actor_of(membership) if membership else None
    found = queries.pairs(actor, queries.own(actor).filter(ref=relationship_ref)) if actor else []
    if actor is None or not found:  # suspended or gone, or out of the programme
        return Asked(heading=_("Your answer"), words=[], ended=_("There is nothing to answer here any more."))
    [pair] = found
    said = {"name": actor.membership.name, "partner": _partner(pair), "programme": pair.programme.name}
    return Asked(
        heading=_("Your answer"),
        words=[
            _("%(name)s, you say yes to mentoring with %(partner)s in “%(programme)s”.") % said,
            _("It begins when both of you have said yes. Either of you can end it later without a reason."),
        ],
        button=_("Say yes"),
        do=lambda: actions.accept(pair, by=actor, by_mail=True),
        thanks=_("You have said yes to %(partner)s. It begins when both of you have.") % said,
        ended=_why_not(pair) % said,
    )


def _partner(pair: queries.Pair) -> str:
    return pair.partner.name if pair.partner else ""


def _why_not(pair: queries.Pair) -> str:
    mine = pair.my_party
    if mine and mine.answer == Answer.ACCEPTED:
        return _("You said yes to %(partner)s already. There is nothing else to do here.")
    is_open = pair.relationship.state == State.PROPOSED and mine and mine.answer == Answer.WAITING
    return "" if is_open else _("There is nothing to answer here any more.")


declare_answer(_YES, _say_yes, lasts=timedelta(days=30))
