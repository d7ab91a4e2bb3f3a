"""Reads of people, of what is theirs, and of holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity.models import Membership, Organisation
from alongside.foundation.identity.terms import MembershipState
from alongside.foundation.privacy import Declaration, Names, Person, declarations
from alongside.foundation.privacy.paths import rows_about, rows_of
from alongside.foundation.vault.models import DestroyedKey
from alongside.programmes.models import Participation
from alongside.records import rules
from alongside.records.models import Erasure, Hold

_SHORTEST = 3
PRIVATE = "private_note"
"""The class of what is written for oneself: of what others wrote so about somebody, nothing stays."""


class NobodyThere(LookupError):
    """Nobody in the organisation has this address or ref."""


def find(organisation: Organisation, said: str) -> Membership:
    """Whoever has this address in an organisation, to work or to sign in with, or this ref.

    Raises NobodyThere; also where two people have it, one as work address and one to sign in with.
    """
    members = Membership.objects.filter(organisation=organisation).select_related("account", "organisation")
    found = list(members.filter(Q(work_address__iexact=said) | Q(account__email__iexact=said) | Q(ref=said))[:2])
    if len(found) == 1:
        return found[0]
    raise NobodyThere(said)


def person_of(membership: Membership) -> Person:
    """Somebody with all that they are found by."""
    account = membership.account
    others = Membership.objects.filter(account=account).exclude(pk=membership.pk) if account else None
    addresses = {membership.work_address, (account.email or "") if account else ""} - {""}
    words = [] if membership.state == MembershipState.ERASED else membership.name.split()
    short = [
        " ".join(words),
        membership.known_as if words else "",
        *words[:1],
        *(word for word in words[-1:] if len(word) >= _SHORTEST),
    ]
    is_known = len(words) > 1 and not _namesakes(membership).exists()
    with translation.override(membership.organisation.language):
        names = Names([*addresses, membership.name if is_known else ""], short, _("[name removed]"))
    return Person(
        membership=membership,
        account=account,
        organisation=membership.organisation,
        is_last=others is not None and not others.exists(),
        addresses=tuple(sorted(addresses)),
        names=names,
    )


def _namesakes(membership: Membership) -> QuerySet[Membership]:
    """Others of the same name: what is written about them in passing must not lose it."""
    same = Membership.objects.filter(organisation=membership.organisation_id, name__iexact=membership.name)
    return same.exclude(pk=membership.pk).exclude(state=MembershipState.ERASED)


def holds_in_force() -> QuerySet[Hold]:
    """Every hold that stands."""
    return Hold.objects.filter(lifted_at__isnull=True).select_related("membership", "set_by")


def why_not(membership: Membership) -> str | None:
    """Why nothing of somebody may go: the holds on them, in a sentence each; None where there is none."""
    held = holds_in_force().filter(membership=membership)
    said = [rules.held_back(hold.kind, hold.set_at, hold.set_by.name) for hold in held]
    return " ".join(said) or None


@dataclass(frozen=True)
class Kept:
    """What stays of somebody in one table, and why."""

    table: str
    rows: int
    reason: str


def kept(membership: Membership) -> list[Kept]:
    """What stays of somebody who was erased, lawfully; by table."""
    person = person_of(membership)
    found = [Kept("identity.membership", 1, _("A ref without a name, on which the records of others stand"))]
    for held in declarations():
        if held.stays and (count := rows_of(held, person).count()):
            found.append(Kept(held.label, count, str(held.stays)))
    for erasure in Erasure.objects.filter(membership=membership):
        found += [Kept(table, rows, _named(table)) for table, rows in sorted(erasure.named.items())]
    if keys := DestroyedKey.objects.filter(owner=membership.key_owner).count():
        found.append(Kept("vault.destroyedkey", keys, _("So that a restored backup stays unreadable")))
    return found


def _named(table: str) -> str:
    reason = next(held.stays for held in declarations() if held.label == table)
    return _("Names them still. %(reason)s") % {"reason": reason}


def going(membership: Membership) -> dict[str, int]:
    """How many declared rows of somebody an erasure would delete or empty, by table."""
    person = person_of(membership)
    found = {held.label: _going(held, person) for held in declarations() if not held.is_a_person}
    return {table: rows for table, rows in found.items() if rows}


def _going(held: Declaration, person: Person) -> int:
    mine = rows_of(held, person).count() if held.emptied or not held.stays else 0
    return mine + (rows_about(held, person).count() if held.keep == PRIVATE else 0)


def unfinished() -> QuerySet[Erasure]:
    """Erasures that were begun and not ended."""
    return Erasure.objects.filter(finished_at__isnull=True).select_related(
        "membership__organisation", "membership__account"
    )


def taking_part_since(moment: Any) -> QuerySet[Any]:
    """The memberships, by primary key, of those who take part in a programme, or have left one since a moment."""
    return Participation.objects.filter(Q(until__isnull=True) | Q(until__gte=moment)).values("membership")


def left_before(moment: Any, at_a_time: int) -> Iterable[Membership]:
    """People who left their organisation before a moment and still have a name, without those under a hold."""
    gone = AuditEntry.objects.filter(name="membership.left", at__lt=moment, about_kind="identity.membership")
    since = AuditEntry.objects.filter(name="membership.left", at__gte=moment, about_kind="identity.membership")
    found = Membership.objects.filter(state=MembershipState.LEFT, ref__in=gone.values("about_ref"))
    found = found.exclude(ref__in=since.values("about_ref")).exclude(pk__in=holds_in_force().values("membership"))
    return found.select_related("organisation", "account").order_by("pk")[:at_a_time]
