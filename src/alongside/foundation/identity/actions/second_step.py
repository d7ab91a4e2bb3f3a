"""Whom an organisation asks for a second step, and helping whoever is locked out."""

from collections.abc import Sequence

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock
from alongside.foundation.events import Who, event
from alongside.foundation.identity import queries, rules
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.models import Account, Membership, Organisation, SecondStepReset
from alongside.foundation.identity.terms import MembershipState, SecondStep


def ask_for_second_step(organisation: Organisation, *, said: str, roles: Sequence[str], by: Who) -> None:
    """From the next page on, whoever is asked and took none is led to it first. `roles` count where it is some."""
    kept = sorted(roles) if said == SecondStep.ROLES else []
    with event("second_step.asked", by=by, about=organisation, said=said, roles=",".join(kept)):
        organisation.second_step, organisation.second_step_roles = said, kept
        organisation.save(update_fields=["second_step", "second_step_roles"])


def reset_second_step(membership: Membership, *, by: Who) -> bool:
    """An administrator asks that somebody sign in without their second step once more; True when it is done.

    An account may belong to several organisations: each that asks for a second step has to say so within a day, so
    that none can open what another locks. Then app and recovery codes are gone, and every session ends. Raises
    NotPossible for oneself, and for somebody who has not joined.
    """
    if by.ref == membership.ref:
        raise NotPossible(_("Somebody else has to do this for you: ask another administrator."))
    with event("second_step.reset", by=by, about=membership) as happened:
        held = Membership.objects.get(pk=membership.pk)
        if held.state != MembershipState.ACTIVE or held.account_id is None:
            raise NotPossible(_("They have not joined, so they have no second step."))
        account = Account.objects.select_for_update().get(pk=held.account_id)  # two administrators at once
        SecondStepReset.objects.update_or_create(membership=held, defaults={"made_at": clock.now()})
        happened.codes["done"] = done = not _still_to_agree(account)
        if done:
            _end_second_step(account)
    return done


def _still_to_agree(account: Account) -> set[int]:
    since = clock.now() - rules.RESET_COUNTS_FOR
    agreed = SecondStepReset.objects.filter(membership__account=account, made_at__gt=since)
    return {held.pk for held in queries.asking_for_second_step(account)} - set(
        agreed.values_list("membership", flat=True)
    )


def reset_by_operator(account: Account, *, by: Who) -> None:
    """The same at the word of whoever runs the installation, where no administrator is left to ask."""
    with event("account.second_step_ended", by=by, about=account):
        _end_second_step(Account.objects.select_for_update().get(pk=account.pk))


def _end_second_step(account: Account) -> None:
    Authenticator.objects.filter(user=account).delete()
    SecondStepReset.objects.filter(membership__account=account).delete()
    for session in UserSession.objects.filter(user=account):
        session.end()
