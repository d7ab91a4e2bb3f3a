"""Recording what came of vetting somebody."""

from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock
from alongside.foundation.events import event
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership
from alongside.readiness.models import Vetting


class Found(NamedTuple):
    """What came of it."""

    kind: str
    outcome: str
    decided_on: date
    number: str = ""
    recheck_on: date | None = None


def record_vetting(membership: Membership, found: Found, *, seen: str, by: Actor) -> Vetting:
    """Keep what came of vetting somebody; what was known before stays below it. `seen` is the ref of that, or empty.

    Raises NotPossible for oneself, and where somebody has recorded something since.
    """
    if membership.pk == by.membership.pk:
        raise NotPossible(_("Nobody records their own vetting. Ask another coordinator."))
    with event("vetting.recorded", by=by, about=membership, outcome=found.outcome):
        Membership.objects.select_for_update(no_key=True).get(pk=membership.pk)
        before = Vetting.objects.filter(membership=membership, replaced_at__isnull=True).first()
        if (before.ref if before else "") != seen:
            raise NotPossible(_("Somebody has recorded something a moment ago. Look at it first."))
        now = clock.now()
        Vetting.objects.filter(membership=membership, replaced_at__isnull=True).update(replaced_at=now)
        made = Vetting(membership=membership, by=by.membership, recorded_at=now, **found._asdict())
        made.save()
    return made
