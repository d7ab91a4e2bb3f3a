"""What can be answered by a link in a mail, without signing in: saying yes to whoever is proposed, or declining."""

from datetime import timedelta

from django.utils.translation import gettext as _

from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership
from alongside.foundation.identity.queries import actor_of
from alongside.foundation.notifications import Asked, declare_answer
from alongside.relationships import actions, queries
from alongside.relationships.addresses import NO, YES
from alongside.relationships.terms import Answer, State


def _say_yes(membership_ref: str, relationship_ref: str) -> Asked | None:
    actor, pair = _found(membership_ref, relationship_ref)
    if actor is None or pair is None:
        return _nothing()
    said = _said(actor, pair)
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


def _say_no(membership_ref: str, relationship_ref: str) -> Asked | None:
    actor, pair = _found(membership_ref, relationship_ref)
    if actor is None or pair is None:
        return _nothing()
    said = _said(actor, pair)
    return Asked(
        heading=_("Your answer"),
        words=[
            _("%(name)s, you decline mentoring with %(partner)s in “%(programme)s”.") % said,
            _("%(partner)s is told that it does not come about, and not that it was you.") % said,
            _("You need give no reason. To give one, sign in and decline on your page."),
        ],
        button=_("Decline"),
        do=lambda: actions.decline(pair, by=actor, by_mail=True),
        thanks=_("You have declined. The coordinator looks for somebody else for both of you."),
        ended=_why_not(pair) % said,
    )


def _found(membership_ref: str, relationship_ref: str) -> tuple[Actor | None, queries.Pair | None]:
    membership = Membership.objects.select_related("account", "organisation").filter(ref=membership_ref).first()
    actor = actor_of(membership) if membership else None
    found = queries.pairs(actor, queries.own(actor).filter(ref=relationship_ref)) if actor else []
    return actor, next(iter(found), None)


def _nothing() -> Asked:
    """Somebody is suspended or gone, or out of the programme: nobody is named."""
    return Asked(heading=_("Your answer"), words=[], ended=_("There is nothing to answer here any more."))


def _said(actor: Actor, pair: queries.Pair) -> dict[str, str]:
    partner = pair.partner.name if pair.partner else ""
    return {"name": actor.membership.name, "partner": partner, "programme": pair.programme.name}


def _why_not(pair: queries.Pair) -> str:
    mine = pair.my_party
    if mine and mine.answer == Answer.ACCEPTED:
        return _("You said yes to %(partner)s already. There is nothing else to do here.")
    if mine and mine.answer == Answer.DECLINED:
        return _("You have declined already. There is nothing else to do here.")
    is_open = pair.relationship.state == State.PROPOSED and mine and mine.answer == Answer.WAITING
    return "" if is_open else _("There is nothing to answer here any more.")


for _name, _find in ((YES, _say_yes), (NO, _say_no)):
    declare_answer(_name, _find, lasts=timedelta(days=30))
