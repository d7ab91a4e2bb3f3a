"""Reads of what the undoing of an import would take back, and of whom it spares because somebody has acted since."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock, events, hooks, sets
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity.models import Membership
from alongside.foundation.identity.terms import MembershipState
from alongside.people.models import Link, Profile, RosterImport, RosterLeaver, RosterRow
from alongside.people.queries.leavers import have_left
from alongside.people.terms import ImportState, Outcome

KEPT_DAYS = 30
NAMED = 50
_ABOUT = "identity.membership"
_RECORDED = _("Something has been recorded about them since.")
_OURS = (Profile, Link, RosterRow)


@dataclass
class Acted:
    """Of whom somebody has made something since an import, by membership, each with the reasons."""

    reasons: dict[int, list[str | Promise]] = field(default_factory=dict)

    def add(self, memberships: Iterable[int], reason: str | Promise) -> None:
        """These people have been acted on, for this reason."""
        for pk in memberships:
            held = self.reasons.setdefault(pk, [])
            if reason not in held:
                held.append(reason)

    def __bool__(self) -> bool:
        return bool(self.reasons)

    def named(self) -> list[tuple[Membership, list[str | Promise]]]:
        """The first of them by name, each with the reasons."""
        found: list[Membership] = []
        pks = list(self.reasons)
        for start in range(0, len(pks), 1000):
            some = Membership.objects.filter(pk__in=pks[start : start + 1000]).order_by("name", "pk")
            found = sorted([*found, *some[:NAMED]], key=lambda member: (member.name, member.pk))[:NAMED]
        return [(member, self.reasons[member.pk]) for member in found]


def undone_until(roster: RosterImport) -> datetime:
    """Until when an import can be undone: as long as its rows are kept."""
    return roster.created_at + timedelta(days=KEPT_DAYS)


def can_be_undone(roster: RosterImport) -> bool:
    """Is it taken in, and are its rows still there?"""
    return roster.state == ImportState.DONE and clock.now() < undone_until(roster) and people_rows(roster).exists()


def people_rows(roster: RosterImport, *outcomes: str) -> QuerySet[RosterRow]:
    """The rows of a committed import that are people."""
    wanted = outcomes or (Outcome.CREATED, Outcome.CHANGED, Outcome.UNCHANGED)
    rows = RosterRow.objects.filter(roster_import=roster, membership__isnull=False, data__isnull=False)
    return rows.filter(outcome__in=wanted).order_by()


def acted_on(roster: RosterImport) -> Acted:
    """Whom the undoing of an import spares."""
    acted = Acted()
    for reason, rows in _by_facts(roster):
        acted.add(rows.values_list("membership", flat=True).distinct(), reason)
    for name, pk in _by_events(roster):
        acted.add([pk], events.declared().get(name, _RECORDED))
    created = people_rows(roster, Outcome.CREATED).values("membership")
    made = _made_by_steps(roster)
    for model, name in sets.referring(Membership):
        if model in _OURS:
            continue
        found = model._default_manager.filter(**{f"{name}__in": created})
        found = found.exclude(pk__in=made[model].values("pk")) if model in made else found
        found = found.exclude(roster_import=roster) if model is RosterLeaver else found
        acted.add(found.order_by().values_list(name, flat=True).distinct(), _RECORDED)
    for step in hooks.import_steps:
        if step.acted:
            acted.add(step.acted(roster), _("What the import made them part of has gone on since."))
    _back, stay = leavers_to_return(roster)
    acted.add([leaver.membership_id for leaver in stay], _("They left, and something has happened to them since."))
    return acted


def figures(roster: RosterImport, acted: Acted) -> dict[str, int]:
    """How many people would go, be as before, come back and stay."""
    numbers = {"created": 0, "changed": 0}
    pks = list(acted.reasons)
    for outcome in (Outcome.CREATED, Outcome.CHANGED):
        rows = people_rows(roster, outcome)
        stay = sum(rows.filter(membership__in=pks[at : at + 1000]).count() for at in range(0, len(pks), 1000))
        numbers[outcome.value] = rows.count() - stay
    return numbers | {"returned": len(leavers_to_return(roster)[0]), "spared": len(pks)}


def _made_by_steps(roster: RosterImport) -> dict[type, QuerySet]:  # type: ignore[type-arg]
    made = [step.made(roster) for step in hooks.import_steps if step.made]
    return {rows.model: rows for rows in made}


def _by_facts(roster: RosterImport) -> Iterator[tuple[Promise, QuerySet[RosterRow]]]:
    """Rows whose people have come further, are in a later roster, or manage somebody by another's word."""
    created, changed = people_rows(roster, Outcome.CREATED), people_rows(roster, Outcome.CREATED, Outcome.CHANGED)
    yield _("They have been invited, or have come further."), created.exclude(membership__state=MembershipState.LISTED)
    later = RosterRow.objects.filter(
        membership=OuterRef("membership"),
        roster_import__state__in=(ImportState.DONE, ImportState.UNDOING),
        roster_import__committed_at__gt=roster.committed_at,
    )
    yield _("A later roster names them too."), changed.filter(Exists(later))
    ours = RosterRow.objects.filter(roster_import=roster, ref=OuterRef("ref"))
    links = Link.objects.filter(Q(source=OuterRef("membership")) | Q(target=OuterRef("membership")))
    yield (
        _("Their line manager, or whom they manage, has changed since."),
        created.filter(Exists(links.exclude(Exists(ours)))),
    )


def _by_events(roster: RosterImport) -> Iterator[tuple[str, int]]:
    """What has happened to people of an import since, as the audit log tells: event and membership."""
    taken_in = AuditEntry.objects.filter(
        name="roster.taken_in", about_kind="people.rosterimport", about_ref=roster.ref
    ).order_by("-position")
    since = taken_in.values_list("position", flat=True).first() or 0
    rows = people_rows(roster, Outcome.CREATED, Outcome.CHANGED)
    happened = AuditEntry.objects.filter(about_kind=_ABOUT, position__gt=since)
    happened = happened.filter(about_ref__in=rows.values("membership__ref")).order_by("position")
    refs: dict[str, str] = dict(happened.values_list("about_ref", "name"))
    for start in range(0, len(refs), 1000):
        some = list(refs)[start : start + 1000]
        for ref, pk in Membership.objects.filter(ref__in=some).values_list("ref", "pk"):
            yield refs[ref], pk


def leavers_to_return(roster: RosterImport) -> tuple[list[RosterLeaver], list[RosterLeaver]]:
    """Who left because of an import and comes back, and whom something has happened to since they left."""
    left = list(have_left(roster).filter(membership__state=MembershipState.LEFT))
    own = AuditEntry.objects.filter(about_kind=_ABOUT, about_ref=OuterRef("membership__ref"))
    leaving = Subquery(own.filter(name="membership.left").order_by("-position").values("position")[:1])
    touched = have_left(roster).annotate(leaving=leaving).filter(Exists(own.filter(position__gt=OuterRef("leaving"))))
    stays = set(touched.values_list("pk", flat=True))
    return [one for one in left if one.pk not in stays], [one for one in left if one.pk in stays]
