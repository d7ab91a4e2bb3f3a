"""Reminding whoever has not answered a proposal: twice by itself, then only when a coordinator says so."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock, notifications
from alongside.foundation.events import event
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import SYSTEM, Actor
from alongside.foundation.notifications import Link
from alongside.foundation.notifications.letters import Value
from alongside.relationships import queries
from alongside.relationships.addresses import NO_WORDS, YES_WORDS, no_address, yes_address
from alongside.relationships.models import Party
from alongside.relationships.queries import silent
from alongside.relationships.terms import State

KIND = "relationship.reminder"
WEEK = 7


def remind() -> int:
    """Mail each of them what is due, once however often this runs; how many mails were written."""
    return sum(
        _tell(due.party, due.partner, f"{KIND}:{due.party.pk}:{due.number}") for due in silent.to_remind(clock.now())
    )


def bring_to_the_list() -> int:
    """Put what has had no answer for a fortnight on the coordinators' list, each once; how many."""
    found = list(silent.newly_silent())
    for relationship in found:
        with event("relationship.silent", by=SYSTEM, about=relationship):
            relationship.silent_at = clock.now()
            relationship.save(update_fields=["silent_at"])
    return len(found)


def remind_by_hand(pair: queries.Pair, *, by: Actor) -> int:
    """Remind those of a proposed pair who have not answered, once a week; how many were written to.

    Raises NotPossible where there is nothing to answer any more, or where they were reminded within the week.
    """
    with transaction.atomic():
        waiting = silent.waiting_parties(pair.relationship)
        if pair.relationship.state != State.PROPOSED or not waiting:
            raise NotPossible(_("There is nothing to answer here any more."))
        week = clock.today(pair.programme.organisation.timezone).toordinal() // WEEK
        with event("relationship.reminded", by=by, about=pair.relationship):
            both = {pair.mentor_party.part: pair.mentor_party, pair.mentee_party.part: pair.mentee_party}
            told = 0
            for party in waiting:
                party.relationship = pair.relationship
                (partner,) = (held for part, held in both.items() if part != party.part)
                told += _tell(party, partner, f"{KIND}:{party.pk}:by-hand:{week}")
            if not told:
                raise NotPossible(
                    _("They were reminded this week already. Speak with them, or take the proposal back.")
                )
    return told


@transaction.atomic
def _tell(party: Party, partner: Party, name: str) -> int:
    relationship, receiver = party.relationship, party.participation.membership
    places: dict[str, Value] = {
        "partner": partner.participation.membership.name,
        "programme": relationship.programme.name,
    }
    ways = {
        "yes": (YES_WORDS, yes_address(receiver, relationship.ref)),
        "no": (NO_WORDS, no_address(receiver, relationship.ref)),
    }
    links = {name: Link(words, address) if address else "" for name, (words, address) in ways.items()}
    written = notifications.tell(
        KIND,
        to=[receiver],
        letter=KIND,
        places={**places, **links},
        page=reverse("relationships:pair", args=[relationship.ref]),
        organisation=relationship.programme.organisation,
        within=relationship,
        dedupe=name,
    )
    return len(written)
