"""Reads of who is not in a roster that holds everybody."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from alongside.foundation import hooks
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership, OrganisationRole
from alongside.foundation.identity.queries import only_administrator
from alongside.foundation.identity.terms import OrganisationRoleName
from alongside.foundation.jobs.models import Job
from alongside.foundation.jobs.terms import OPEN as OPEN_JOBS
from alongside.people.models import RosterImport, RosterLeaver, RosterRow
from alongside.people.queries.people import GONE
from alongside.people.queries.rosters import imports_visible_to
from alongside.people.terms import ImportState

Reason = str | Promise


def may_hold_everybody(roster: RosterImport) -> bool:
    """Can a roster say who is not here any more? One for a programme never can."""
    return not roster.programme


def missing_from(roster: RosterImport) -> QuerySet[Membership]:
    """Whoever was here before a roster, and is in none of its rows that are people, nor in a later roster's."""
    rows = RosterRow.objects.filter(membership=OuterRef("pk")).order_by()
    later = rows.filter(roster_import__state=ImportState.DONE, roster_import__created_at__gt=roster.created_at)
    here = Membership.objects.filter(organisation=roster.organisation_id, created_at__lt=roster.created_at)
    here = here.exclude(state__in=GONE).exclude(Exists(rows.filter(roster_import=roster)))
    return here.exclude(Exists(later)).order_by()


def leavers(roster: RosterImport) -> QuerySet[RosterLeaver]:
    """Who is proposed, has been chosen or has left, by name."""
    held = RosterLeaver.objects.filter(roster_import=roster).select_related("membership")
    return held.order_by("membership__name", "membership_id")


def is_letting_go(roster: RosterImport) -> bool:
    """Is the work under way that lets the chosen ones leave? Asked once for a page that assembles."""
    if roster.state != ImportState.DONE or not roster.job_ref:
        return False
    under_way = Job.objects.filter(ref=roster.job_ref, state__in=OPEN_JOBS)
    return hooks.once(("letting_go", roster.ref), under_way.exists)


def undecided(roster: RosterImport) -> QuerySet[RosterLeaver]:
    """Of whom nobody has said that they leave; whoever was chosen in vain, because the work was stopped, is again."""
    found = leavers(roster).filter(left_at__isnull=True).exclude(membership__state__in=GONE)
    return found.filter(chosen=False) if is_letting_go(roster) else found


def with_office(memberships: Collection[Membership]) -> dict[int, list[str]]:
    """The roles across the organisation that some people have: one query."""
    held: dict[int, list[str]] = {}
    roles = OrganisationRole.objects.filter(membership__in=memberships, until__isnull=True).order_by("role")
    for pk, role in roles.values_list("membership_id", "role"):
        held.setdefault(pk, []).append(str(OrganisationRoleName(role).label))
    return held


def why_not_leave(actor: Actor, memberships: Collection[Membership]) -> dict[int, Reason]:
    """Who of these people cannot leave by this actor's hand, and why: one query."""
    reasons: dict[int, Reason] = {}
    last = only_administrator(actor.organisation)
    for member in memberships:
        if member.pk == last:
            words = _("{name} is the only administrator. Name another one first.")
            reasons[member.pk] = format_lazy(words, name=member.name)
        if member.pk == actor.membership.pk:
            reasons[member.pk] = _("This is you. Somebody else has to let you leave.")
    return reasons


def all_undecided(roster: RosterImport, actor: Actor) -> QuerySet[RosterLeaver]:
    """Whom “everybody” means: not oneself, nobody with a role across the organisation, nobody of a row to mend."""
    held = OrganisationRole.objects.filter(membership=OuterRef("membership"), until__isnull=True)
    found = undecided(roster).filter(perhaps_row__isnull=True).exclude(membership=actor.membership)
    return found.exclude(Exists(held))


def chosen_to_leave(roster: RosterImport) -> list[RosterLeaver]:
    """Who has been chosen and has not left yet, in the order of their lines."""
    return list(leavers(roster).filter(chosen=True, left_at__isnull=True))


def have_left(roster: RosterImport) -> QuerySet[RosterLeaver]:
    """Who has left because of a roster, by name."""
    return leavers(roster).filter(left_at__isnull=False)


def waiting_rosters(actor: Actor) -> QuerySet[RosterImport]:
    """The actor's own rosters that wait for them: to be gone on with, or with people to decide about."""
    left = RosterLeaver.objects.filter(roster_import=OuterRef("pk"), left_at__isnull=True, chosen=False)
    open_ones = Q(state__in=(ImportState.COLUMNS, ImportState.READY))
    to_decide = Q(state=ImportState.DONE, holds_everybody=True) & Exists(left)
    return imports_visible_to(actor).filter(open_ones | to_decide, by=actor.membership)
