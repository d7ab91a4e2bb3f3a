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


class ChangedMeanwhile(NotPossible):
    """Somebody else saved the policy while this one was being written; nothing was overwritten."""

    def __init__(self, saved: MatchingPolicy) -> None:
        self.saved = saved
        name = saved.changed_by.name if saved.changed_by else _("Somebody else")
        words = _("%(name)s has changed the rules while you were writing. Look at both, then save yours again.")
        super().__init__(words % {"name": name})


def save_policy(programme: Programme, policy: Policy, *, way: Way, seen: int, by: Who) -> MatchingPolicy:
    """Keep a programme's policy. `seen` is the revision that its writer has read.

    Raises ChangedMeanwhile when there is a newer one; NotPossible where the weights do not add up, and in a closed
    programme.
    """
    if fault := rules.fault_of(policy):
        raise NotPossible(fault)
    with transaction.atomic():
        held = Programme.objects.select_for_update().get(pk=programme.pk)
        if held.state == ProgrammeState.CLOSED:
            raise NotPossible(_("This programme is closed. Nobody is matched in it any more."))
        found = MatchingPolicy.objects.select_related("changed_by").filter(programme=held).first()
        kept = found or MatchingPolicy(programme=held, revision=0)
        if kept.revision != seen:
            raise ChangedMeanwhile(kept)
        with event("matching.policy_changed", by=by, about=held, way=way.value, revision=kept.revision + 1):
            kept.way, kept.kept, kept.revision = way, policy.kept(), kept.revision + 1
            kept.changed_by, kept.changed_at = getattr(by, "membership", None), clock.now()
            kept.save()
    return kept


def rename_own_field(field: str, name: str) -> None:
    """Let the policies that weigh a field of the organisation's own call it as it is called now; runs stay as they are.

    Nothing else of them changes, so nobody has to look at them again.
    """
    for held in MatchingPolicy.objects.select_for_update(of=("self",)).filter(kept__own__has_key=field):
        MatchingPolicy.objects.filter(pk=held.pk).update(kept={**held.kept, "own": {**held.kept["own"], field: name}})
