"""A round as it is in the database now, with nobody else changing it meanwhile."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.foundation.identity.actions import NotPossible
from alongside.matching.models import Round
from alongside.matching.terms import OPEN, RoundState

_CHANGED = _("%(name)s has changed this matching meanwhile. Look at it again.")
_CHANGED_BY_SOMEBODY = _("Somebody else has changed this matching meanwhile. Look at it again.")


def locked(round_: Round, *states: RoundState, seen: int | None = None) -> Round:
    """The round, locked, in one of these states (any open one without). Raises NotPossible where it is not.

    `seen` is the revision that whoever acts has looked at: where it is another by now, they are to look again.
    """
    fresh = Round.objects.select_for_update().select_related("programme__organisation").get(pk=round_.pk)
    if seen is not None and fresh.revision != seen:
        raise NotPossible(_CHANGED % {"name": fresh.changed_by.name} if fresh.changed_by else _CHANGED_BY_SOMEBODY)
    if fresh.state in (states or OPEN):
        return fresh
    raise NotPossible(_why_not(fresh))


def _why_not(fresh: Round) -> str | Promise:
    if fresh.state == RoundState.PUBLISHED and fresh.published_by:
        words = _("%(name)s has published this matching already. Everybody has been told.")
        return words % {"name": fresh.published_by.name}
    return {
        RoundState.PUBLISHED: _("This matching is published already. Everybody has been told."),
        RoundState.UNDONE: _("This matching was published and taken back. Begin a new one."),
        RoundState.DISCARDED: _("This matching was discarded. Begin a new one."),
        RoundState.LOCKED: _("This matching is locked, ready to be published. Unlock it first."),
    }.get(RoundState(fresh.state), _("That step is not open from here. Look at the matching again."))
