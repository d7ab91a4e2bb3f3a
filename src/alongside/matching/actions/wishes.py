"""Whom somebody would like to be paired with, in their order."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock
from alongside.foundation.events import event
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor
from alongside.matching import rules
from alongside.matching.models import Wish
from alongside.matching.queries import wishes
from alongside.programmes.models import Participation


def say_wishes(held: Participation, about: Sequence[Participation], *, by: Actor) -> None:
    """Keep whom somebody would like, the first one first, instead of what was kept. Nobody is told.

    Raises NotPossible for more than five, and for people who cannot be wished for.
    """
    if held.membership_id != by.membership.pk or not held.in_force:
        raise NotPossible(_("Only the person themselves says this."))
    if len(about) > rules.MOST_WISHES:
        words = _("You can name %(most)s people. Take somebody off your list first.")
        raise NotPossible(words % {"most": rules.MOST_WISHES})
    able = set(wishes.able(held).filter(pk__in=[one.pk for one in about]).values_list("pk", flat=True))
    if len({one.pk for one in about}) < len(about) or {one.pk for one in about} - able:
        raise NotPossible(_("One of these people cannot be named any more. Look at your list again."))
    with transaction.atomic(), event("matching.wished", by=by, about=held, count=len(about)):
        Participation.objects.select_for_update().get(pk=held.pk)
        Wish.objects.filter(by=held).delete()
        rows = [Wish(by=held, about=one, rank=rank, at=clock.now()) for rank, one in enumerate(about, start=1)]
        Wish.objects.bulk_create(rows)
