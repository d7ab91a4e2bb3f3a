"""Setting and lifting holds."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock, vault
from alongside.foundation.events import event
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership
from alongside.foundation.identity.terms import OrganisationRoleName
from alongside.records.models import Erasure, Hold
from alongside.records.terms import HoldKind


def set_hold(membership: Membership, kind: HoldKind, reason: str, *, by: Actor) -> Hold:
    """Keep somebody's records from erasure and retention. The same kind a second time keeps the first one.

    Raises NotPossible for whoever is no privacy officer of the organisation, without a reason, and once an erasure
    was begun.
    """
    _refuse_others(membership, by)
    if not reason.strip():
        raise NotPossible(_("Say why: whoever lifts the hold must be able to judge."))
    with transaction.atomic():
        Membership.objects.select_for_update().get(pk=membership.pk)  # an erasure that begins waits here
        if Erasure.objects.filter(membership=membership).exists():
            raise NotPossible(_("Their erasure has begun already."))
        held = Hold.objects.filter(membership=membership, kind=kind, lifted_at__isnull=True).first()
        if held:
            return held
        with event("hold.set", by=by, about=membership, kind=kind.value) as happened:
            made = Hold(membership=membership, kind=kind, set_by=by.membership, set_at=happened.at)
            made.reason = vault.seal(reason.strip(), owner=made.key_owner, place=vault.place(made, "reason"))
            made.save()
            happened.codes["hold"] = made.ref
    return made


def lift_hold(membership: Membership, kind: HoldKind, *, by: Actor) -> None:
    """Let somebody's records go again when their day comes. Raises NotPossible where no such hold stands."""
    _refuse_others(membership, by)
    with event("hold.lifted", by=by, about=membership, kind=kind.value) as happened:
        held = Hold.objects.filter(membership=membership, kind=kind, lifted_at__isnull=True)
        if not held.update(lifted_at=clock.now(), lifted_by=by.membership):
            raise NotPossible(_("No such hold stands."))
        happened.codes["hold"] = Hold.objects.filter(membership=membership, kind=kind).latest("lifted_at").ref


def forget_reasons(holds: QuerySet[Hold]) -> int:
    """Destroy the keys of why holds were set, which go with them; how many."""
    found = list(holds)
    for hold in found:
        vault.destroy(hold.key_owner)
    return len(found)


def _refuse_others(membership: Membership, by: Actor) -> None:
    is_theirs = by.organisation == membership.organisation and by.has(OrganisationRoleName.PRIVACY_OFFICER)
    if not is_theirs:
        raise NotPossible(_("Only a privacy officer of the organisation sets and lifts holds."))
