"""Reads of concerns: who handles which, and a case or a report as its page shows it."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet

from alongside.foundation import vault
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership, Organisation, OrganisationRole
from alongside.foundation.identity.queries import holders
from alongside.foundation.identity.terms import MembershipState
from alongside.meetings.models import Attendance, Session
from alongside.meetings.terms import SessionState
from alongside.programmes.models import Participation
from alongside.programmes.terms import Part, ProgrammeState
from alongside.relationships import queries as pairs
from alongside.relationships.models import Party, Relationship
from alongside.safeguarding.models import (
    Case,
    CaseHold,
    Concern,
    ConcernDraft,
    Entry,
    Involvement,
    LimitsRead,
    Message,
    Signpost,
)
from alongside.safeguarding.policy import ALTERNATE, GUARDIANS, LEAD
from alongside.safeguarding.terms import (
    LIMITS_EDITION,
    MOST_MEETINGS,
    CaseState,
    Closing,
    Decision,
    EntryKind,
    Involved,
    SignpostKind,
)

Sealed = Concern | Message | Entry
REPORT = ("happened", "when_where", "people", "opinion")


# --- who handles what


def guardians(organisation: Organisation) -> QuerySet[Membership]:
    """Who handles concerns in an organisation: those who can sign in."""
    return holders(organisation, *GUARDIANS).filter(state=MembershipState.ACTIVE).order_by("id")


def answered_between(organisation: Organisation, first: date, before: date) -> tuple[int, int]:
    """How many concerns were raised on days from `first` to before `before`, and how many acknowledged in time."""
    zone = ZoneInfo(organisation.timezone)
    since, until = (datetime.combine(day, time(), zone) for day in (first, before))
    here = Case.objects.filter(organisation=organisation, raised_at__gte=since, raised_at__lt=until)
    counted = here.aggregate(all=Count("pk"), in_time=Count("pk", filter=Q(acknowledged_at__lte=F("due_at"))))
    return counted["all"], counted["in_time"]


def visible_to(actor: Actor) -> QuerySet[Case]:
    """The cases that an actor handles: the lead all, but those that they are involved in.

    The alternate those of which no lead is free, and those that were not acknowledged in time.
    """
    here = Case.objects.filter(organisation=actor.organisation)
    mine = Involvement.objects.filter(membership=actor.membership)
    apart = here.exclude(pk__in=mine.values("case"))
    if actor.has(LEAD):
        return apart
    if actor.has(ALTERNATE):
        return apart.filter(Q(escalated_at__isnull=False) | ~Exists(_free(LEAD)))
    return Case.objects.none()


def _free(role: str) -> QuerySet[OrganisationRole]:
    """The roles of those who are in no way involved in the outer case."""
    held = OrganisationRole.objects.filter(
        role=role,
        until__isnull=True,
        membership__organisation=OuterRef("organisation"),
        membership__state=MembershipState.ACTIVE,
    )
    involved = Involvement.objects.filter(case=OuterRef(OuterRef("pk")), membership=OuterRef("membership"))
    return held.filter(~Exists(involved))


def handlers(case: Case) -> list[Membership]:
    """Who handles a case now, as `visible_to` says."""
    involved = Involvement.objects.filter(case=case).values("membership")
    here = case.organisation
    leads = list(_able(here, LEAD).exclude(pk__in=involved))
    if leads and case.escalated_at is None:
        return leads
    alternates = _able(here, ALTERNATE).exclude(pk__in=involved).exclude(pk__in=[held.pk for held in leads])
    return [*leads, *alternates]


def _able(organisation: Organisation, role: str) -> QuerySet[Membership]:
    return holders(organisation, role).filter(state=MembershipState.ACTIVE).order_by("id")


def near(concerned: Collection[int], raiser: int) -> set[int]:
    """Who is too near to a concern to handle it: partners of those in it, and who manages one whom it is about."""
    theirs = Party.objects.filter(participation__membership__in=[*concerned, raiser]).values("relationship")
    partners = Party.objects.filter(relationship__in=theirs).values_list("participation__membership", flat=True)
    managers = (pairs.managers_of(held) for held in Membership.objects.filter(pk__in=list(concerned)))
    return {*partners, *(manager for some in managers for manager in some)} - {raiser}


# --- the list, and what waits


def waiting(actor: Actor) -> QuerySet[Case]:
    """Of the cases that an actor handles those that nobody has acknowledged, the oldest first."""
    return visible_to(actor).filter(state=CaseState.RAISED).order_by("raised_at", "id")


def unanswered(now: datetime) -> QuerySet[Case]:
    """Every case that was not acknowledged in time and of which the alternate was not told."""
    late = Case.objects.filter(state=CaseState.RAISED, due_at__lte=now, escalated_at__isnull=True)
    return late.select_related("organisation").order_by("due_at", "id")


# --- what a raiser sees


def own(actor: Actor) -> QuerySet[Concern]:
    """What an actor has raised."""
    return Concern.objects.filter(raiser=actor.membership).select_related("case__organisation")


def draft_of(actor: Actor) -> ConcernDraft | None:
    """What an actor has begun to write, if anything is kept."""
    return ConcernDraft.objects.filter(author=actor.membership).first()


def begun(draft: ConcernDraft | None) -> dict[str, Any]:
    """The fields of a draft, as they were typed; none where nothing is kept."""
    words = vault.unseal_one(draft.words, vault.place(draft, "words")) if draft else None
    return dict(json.loads(words)) if words else {}


def people_around(actor: Actor) -> list[Membership]:
    """Whom a raiser can name by a tick: partners, coordinators, those who handle concerns; themselves at the end."""
    known = Party.objects.exclude(relationship__programme__state=ProgrammeState.DRAFT)
    mine = known.filter(participation__membership=actor.membership).values("relationship")
    partners = Party.objects.filter(relationship__in=mine).values("participation__membership")
    wanted = (
        Q(pk__in=partners)
        | Q(pk__in=coordinators_of(actor).order_by().values("pk"))
        | Q(pk__in=guardians(actor.organisation).order_by().values("pk"))
    )
    here = Membership.objects.filter(wanted, organisation=actor.organisation)
    others = here.exclude(state=MembershipState.ERASED).exclude(pk=actor.membership.pk)
    return [*others.order_by("name", "id"), actor.membership]


def coordinators_of(actor: Actor) -> QuerySet[Membership]:
    """Who coordinates the programmes that an actor takes part in, but themselves; none before its launch."""
    mine = Participation.objects.filter(membership=actor.membership, until__isnull=True)
    taking = mine.exclude(programme__state=ProgrammeState.DRAFT).values("programme")
    lead = Participation.objects.filter(programme__in=taking, part=Part.COORDINATOR, until__isnull=True)
    found = Membership.objects.filter(pk__in=lead.values("membership"), state=MembershipState.ACTIVE)
    return found.exclude(pk=actor.membership.pk).order_by("name", "id")


def limits_read_at(actor: Actor) -> datetime | None:
    """When an actor read what stays between two people, in the words of today; None where they have not."""
    held = LimitsRead.objects.filter(membership=actor.membership, edition=LIMITS_EDITION)
    return held.values_list("at", flat=True).first()


def seen_to(actor: Actor) -> tuple[bool, bool]:
    """Has an actor read what stays between two people, and has their organisation named whom to call? One query."""
    mine = LimitsRead.objects.filter(membership=OuterRef("pk"), edition=LIMITS_EDITION)
    named = Signpost.objects.filter(organisation=OuterRef("organisation"))
    found = Membership.objects.filter(pk=actor.membership.pk).annotate(read=Exists(mine), named=Exists(named))
    return found.values_list("read", "named").get()


def signposts(organisation: Organisation) -> list[Signpost]:
    """Whom an organisation names to turn to, whoever is wanted in danger first."""
    order = list(SignpostKind)
    held = Signpost.objects.filter(organisation=organisation)
    return sorted(held, key=lambda one: order.index(SignpostKind(one.kind)))


@dataclass(frozen=True)
class Report:
    """A concern with its words; each is empty where nothing was written or its key is gone."""

    concern: Concern
    happened: str
    when_where: str
    people: str
    opinion: str


def report(concern: Concern) -> Report:
    """A concern with its words."""
    return Report(concern, *(words for [words] in _texts([concern], *REPORT)))


@dataclass(frozen=True)
class Said:
    """A message or an entry with its words; `detail` is what its code stands for: a decision, a name, two names."""

    row: Any
    words: str
    detail: str = ""


def messages(case: Case) -> list[Said]:
    """What was written to the raiser, and what they added, oldest first."""
    return _said(list(Message.objects.filter(case=case).select_related("by")))


def _said(rows: Sequence[Any]) -> list[Said]:
    return [Said(row, words) for row, words in zip(rows, *_texts(rows, "words"), strict=True)] if rows else []


def _texts(rows: Sequence[Sealed], *columns: str) -> list[list[str]]:
    """The words of some columns, column by column: one query for all."""
    wanted = [(bytes(getattr(row, name)), vault.place(row, name)) for name in columns for row in rows]
    opened = iter(vault.unseal([held for held in wanted if held[0]]))
    words = [(next(opened) or "") if value else "" for value, _place in wanted]
    return [words[start : start + len(rows)] for start in range(0, len(words), len(rows))]


# --- a case as whoever handles it sees it


@dataclass(frozen=True)
class PairAhead:
    """A pair of somebody concerned: whether this case holds it, and whether it is on hold at all."""

    pair: pairs.Pair
    held_here: bool
    meetings: Sequence["Met"] = ()


@dataclass(frozen=True)
class Met:
    """A meeting of two people in an open case: when, how long, and who was not there. Never what was said."""

    session: Session
    absent: Sequence[str]


@dataclass(frozen=True)
class Opened:
    """A case with everything in it."""

    case: Case
    report: Report
    concerned: Sequence[Membership]
    messages: Sequence[Said]
    entries: Sequence[Said]
    pairs: Sequence[PairAhead]


def opened(case: Case) -> Opened:
    """A case out of `visible_to`, with everything in it."""
    concern = Concern.objects.select_related("raiser").get(case=case)
    about = concerned(case)
    ahead = _pairs_ahead(case, about)
    names = {held.ref: held.name for held in about} | {
        one.pair.ref: f"{one.pair.mentee.name}, {one.pair.mentor.name}" for one in ahead
    }
    said = _said(list(Entry.objects.filter(case=case).select_related("by")))
    entries = [Said(one.row, one.words, _detail(one.row, names)) for one in said]
    return Opened(case, report(concern), about, messages(case), entries, ahead)


def _detail(entry: Entry, names: dict[str, str]) -> str:
    worded: dict[str, Any] = {EntryKind.TRIAGED: Decision, EntryKind.CLOSED: Closing}
    if entry.code and entry.kind in worded:
        return str(worded[entry.kind](entry.code).label)
    return names.get(entry.code, "")


def concerned(case: Case) -> list[Membership]:
    """Whom a case is about."""
    held = Involvement.objects.filter(case=case, how=Involved.CONCERNED).select_related("membership")
    return [one.membership for one in held.order_by("id")]


def _pairs_ahead(case: Case, about: Iterable[Membership]) -> list[PairAhead]:
    found = pairs.whole(pairs.holds.pairs_of([held.pk for held in about]))
    here = set(open_holds(case).values_list("relationship_ref", flat=True))
    met = _meetings(found) if case.closed_at is None else {}
    return [PairAhead(pairs.pair_of(held), held.ref in here, met.get(held.pk, [])[:MOST_MEETINGS]) for held in found]


def _meetings(found: Iterable[Relationship]) -> dict[int, list[Met]]:
    """The meetings of some pairs, the latest first: two queries."""
    states = (SessionState.PLANNED, SessionState.HELD, SessionState.MISSED)
    held = Session.objects.filter(relationship__in=[one.pk for one in found], state__in=states)
    away = Attendance.objects.filter(attended=False).select_related("party__participation__membership")
    by_pair: dict[int, list[Met]] = {}
    for session in held.order_by("-starts_at", "-pk").prefetch_related(Prefetch("attendances", away)):
        absent = [one.party.participation.membership.name for one in session.attendances.all()]
        by_pair.setdefault(session.relationship_id, []).append(Met(session, absent))
    return by_pair


def open_holds(case: Case) -> QuerySet[CaseHold]:
    """The holds that stand because of a case."""
    return CaseHold.objects.filter(case=case, ended_at__isnull=True)


def others_hold(case: Case, relationship: Relationship) -> bool:
    """Does another case hold this pair too?"""
    held = CaseHold.objects.filter(relationship_ref=relationship.ref, ended_at__isnull=True)
    return held.exclude(case=case).exists()


def find_member(organisation: Organisation, said: str) -> list[Membership]:
    """Whoever has this whole name or address in an organisation."""
    exactly = Q(name__iexact=said) | Q(work_address__iexact=said) | Q(account__email__iexact=said)
    found = Membership.objects.filter(exactly, organisation=organisation).exclude(state=MembershipState.ERASED)
    return list(found.order_by("id")[:2])
