"""Changing the rules and weights of a programme's matching."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock
from alongside.foundation.events import Who, event
from alongside.foundation.identity.actions import NotPossible
from alongside.matching import rules
from alongside.matching.models import MatchingPolicy
from alongside.matching.rules import Policy
from alongside.matching.terms import Way
from alongside.programmes.models import Programme
from alongside.programmes.terms import ProgrammeState


def save_policy(programme: Programme, policy: Policy, *, way: Way, seen: int, by: Who) -> MatchingPolicy:
    """Keep a programme's policy. `seen` is the revision that its writer has read.

    Raises NotPossible where the weights do not add up, in a closed programme, and when somebody else saved meanwhile.
    """
    if fault := rules.fault_of_weights(policy.weights) or rules.fault_of_steps(policy.least, policy.most, policy.ideal):
        raise NotPossible(fault)
    with transaction.atomic():
        held = Programme.objects.select_for_update().get(pk=programme.pk)
        if held.state == ProgrammeState.CLOSED:
            raise NotPossible(_("This programme is closed. Nobody is matched in it any more."))
        kept = MatchingPolicy.objects.filter(programme=held).first() or MatchingPolicy(programme=held, revision=0)
        if kept.revision != seen:
            raise NotPossible(_("Somebody else has changed the rules meanwhile. Look at them again, then save yours."))
        with event("matching.policy_changed", by=by, about=held, way=way.value, revision=kept.revision + 1):
            kept.way, kept.kept, kept.revision = way, policy.kept(), kept.revision + 1
            kept.changed_by, kept.changed_at = getattr(by, "membership", None), clock.now()
            kept.save()
    return kept
