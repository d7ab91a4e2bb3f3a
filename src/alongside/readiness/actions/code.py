"""Stating a code of ethics, and accepting it."""

from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock
from alongside.foundation.events import event
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Organisation
from alongside.readiness import queries, rules
from alongside.readiness.models import CodeAcceptance, EthicsCode


class Written(NamedTuple):
    """What a version of the code says."""

    name: str
    edition: str = ""
    link: str = ""
    text: str = ""


def state_code(said: Written, *, seen: int, by: Actor) -> EthicsCode:
    """Put a version of the code into force; whoever accepts it is asked again. `seen` is the number in force so far.

    Raises NotPossible where it says the same as the one in force, or somebody has stated another since.
    """
    with transaction.atomic():
        _locked(by)
        held = queries.in_force(by.organisation)
        number = held.number if held else 0
        if reason := rules.why_not_state(seen, number):
            raise NotPossible(reason)
        if rules.same_code((held.name, held.edition, held.link, held.text) if held else None, said):
            raise NotPossible(_("It says the same as the version in force. Change something first."))
        now = clock.now()
        made = EthicsCode(
            organisation=by.organisation, number=number + 1, by=by.membership, stated_at=now, **said._asdict()
        )
        with event("code.stated", by=by, about=made, version=made.number):
            EthicsCode.objects.filter(organisation=by.organisation, replaced_at__isnull=True).update(replaced_at=now)
            made.save()
    return made


def accept_code(ref: str, *, by: Actor) -> EthicsCode:
    """Accept the version of the code with this ref; once is enough. Raises NotPossible where it is not in force."""
    with transaction.atomic():
        _locked(by)
        held = queries.in_force(by.organisation)
        if held is None or held.ref != ref:
            raise NotPossible(_("While you were reading, a new version came into force. Please read that one."))
        if not CodeAcceptance.objects.filter(code=held, membership=by.membership).exists():
            with event("code.accepted", by=by, about=by.membership, version=held.number):
                CodeAcceptance.objects.create(code=held, membership=by.membership, at=clock.now())
    return held


def _locked(by: Actor) -> None:
    # Who states a version and who accepts one wait for each other: nobody accepts what is just being replaced.
    Organisation.objects.select_for_update(no_key=True).get(pk=by.organisation.pk)
