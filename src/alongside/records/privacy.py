"""What records hold of people: that a hold stands, that somebody was erased."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from alongside.foundation import privacy
from alongside.records.actions.holding import forget_reasons
from alongside.records.models import Erasure, Hold, RetentionRun

privacy.declare(
    Hold,
    purpose=_("That somebody’s records may not go, why, and who said so"),
    basis="legal obligation",
    subject="membership",
    keep="complaint",
    since="lifted_at",
    personal=["membership", "kind", "reason", "set_by", "lifted_by"],
    plain=["id", "ref", "set_at", "lifted_at"],
    withheld={"kind": "safeguarding"},
)
privacy.declare(
    Erasure,
    purpose=_("That somebody was erased, when, and how many rows went"),
    basis="legal obligation",
    subject="membership",
    keep="audit",
    since="finished_at",
    stays=_("Shows that the erasure was asked for and done; names nobody"),
    personal=["membership", "by_ref"],
    plain=["id", "whole", "begun_at", "finished_at", "gone", "named"],
)
privacy.declare(
    RetentionRun,
    purpose=_("When retention ran, and how many rows went"),
    basis="legal obligation",
    subject="",
    keep="audit",
    personal=["by_ref"],
    plain=["id", "ref", "begun_at", "finished_at", "gone"],
)


@privacy.at_erasure
def forget_reasons_of_holds(person: privacy.Person) -> privacy.Counts:
    """Why a hold was set is unreadable in backups too once the hold goes."""
    return {"vault.key": forget_reasons(Hold.objects.filter(membership=person.membership))}


@privacy.before_removal("records.hold")
def forget_reasons_of_old_holds(holds: QuerySet[Hold]) -> None:
    """The same when their day has come."""
    forget_reasons(holds)
