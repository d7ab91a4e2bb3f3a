"""Reads of complaints: who handles which, to whom somebody can write, and one of them with its words."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from alongside.foundation import clock, vault
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership, Organisation
from alongside.foundation.identity.queries import holders
from alongside.foundation.identity.terms import MembershipState, OrganisationRoleName
from alongside.programmes.models import Participation
from alongside.programmes.terms import Part, ProgrammeState
from alongside.records import rules
from alongside.records.models import AnswerDraft, Complaint, ComplaintAbout, ComplaintDraft, ComplaintMessage
from alongside.records.policy import OFFICER, PANEL
from alongside.records.terms import ComplaintKind, ComplaintState, Desk
from alongside.relationships.models import Party

TEXTS = ("happened", "wanted")
_ROLE_OF = {Desk.PANEL: PANEL, Desk.PRIVACY: OFFICER}


# --- who handles what


def visible_to(actor: Actor) -> QuerySet[Complaint]:
    """The complaints that an actor handles: never their own, one about them, or one that was taken back."""
    here = Complaint.objects.filter(_desks_of(actor), organisation=actor.organisation)
    about_me = ComplaintAbout.objects.filter(membership=actor.membership)
    apart = here.exclude(writer=actor.membership).exclude(pk__in=about_me.values("complaint"))
    return apart.exclude(state=ComplaintState.TAKEN_BACK)


def _desks_of(actor: Actor) -> Q:
    lead = _coordinating().filter(membership=actor.membership).values("programme__ref")
    mine = Q(desk=Desk.COORDINATOR, coordinator=actor.membership, programme_ref__in=lead)
    for desk, role in _ROLE_OF.items():
        if actor.has(role):
            mine |= Q(desk=desk)
    return mine


def _coordinating() -> QuerySet[Participation]:
    return Participation.objects.filter(part=Part.COORDINATOR, until__isnull=True)


def handlers(complaint: Complaint) -> list[Membership]:
    """Who handles a complaint now, as `visible_to` says."""
    return [] if complaint.state == ComplaintState.TAKEN_BACK else at_desk(complaint)


def at_desk(complaint: Complaint) -> list[Membership]:
    """The same whether or not it was taken back: whoever would have read it."""
    away = {complaint.writer_id, *concerned(complaint).values_list("membership", flat=True)}
    if complaint.desk == Desk.COORDINATOR:
        lead = _coordinating().filter(membership=complaint.coordinator_id, programme__ref=complaint.programme_ref)
        found = Membership.objects.filter(pk__in=lead.values("membership"))
    else:
        found = holders(complaint.organisation, _ROLE_OF[Desk(complaint.desk)])
    able = found.filter(state=MembershipState.ACTIVE).exclude(pk__in=away)
    return list(able.select_related("account", "organisation").order_by("id"))


def concerned(complaint: Complaint) -> QuerySet[ComplaintAbout]:
    """Whom a complaint is about."""
    return ComplaintAbout.objects.filter(complaint=complaint).select_related("membership").order_by("id")


# --- to whom somebody can write


@dataclass(frozen=True)
class Readers:
    """One choice of whom to write to, with everybody who then reads it."""

    key: str
    desk: Desk
    people: Sequence[Membership]
    programme_ref: str = ""
    programmes: Sequence[str] = ()  # of a coordinator: the names of what they coordinate and the writer takes part in

    @property
    def names(self) -> str:
        """Their names, for a sentence."""
        return ", ".join(held.name for held in self.people)

    @property
    def words(self) -> str:
        """Who they are, by name."""
        if self.desk == Desk.COORDINATOR:
            listed = get_text_list(list(self.programmes), _("and"))
            return _("%(names)s, who coordinates %(programmes)s") % {"names": self.names, "programmes": listed}
        if self.desk == Desk.PANEL:
            return _("The complaints panel: %(names)s") % {"names": self.names}
        return _("The privacy officers: %(names)s") % {"names": self.names}


def choices(writer: Membership, kind: str, about: Collection[int]) -> list[Readers]:
    """To whom a complaint about some people (memberships) can be sent: none of them, and never its writer."""
    away = {*about, writer.pk}
    if kind == ComplaintKind.DATA:
        return _of_role(writer.organisation, Desk.PRIVACY, away)
    lead = _coordinating().filter(programme__in=_taking_part(writer), membership__state=MembershipState.ACTIVE)
    rows = lead.exclude(membership__in=away).select_related("membership", "programme")
    found: dict[int, list[Participation]] = {}
    for row in rows.order_by("membership__name", "membership_id", "programme__name", "id"):
        found.setdefault(row.membership_id, []).append(row)
    each = [_coordinator(held) for held in found.values()]
    return [*each, *_of_role(writer.organisation, Desk.PANEL, away)]


def _taking_part(member: Membership) -> QuerySet[Any]:
    """The programmes in which somebody takes part and knows so: before a launch nobody learns that they will."""
    mine = Participation.objects.filter(membership=member, until__isnull=True)
    return mine.exclude(programme__state=ProgrammeState.DRAFT).values("programme")


def _coordinator(parts: Sequence[Participation]) -> Readers:
    """One coordinator, once for all programmes that they share with a writer."""
    first, names = parts[0], [held.programme.name for held in parts]
    return Readers(first.ref, Desk.COORDINATOR, [first.membership], first.programme.ref, names)


def panel_of(organisation: Organisation) -> QuerySet[Membership]:
    """Who is on the complaints panel and has joined."""
    return holders(organisation, PANEL).filter(state=MembershipState.ACTIVE)


def _of_role(organisation: Organisation, desk: Desk, away: Collection[int]) -> list[Readers]:
    able = holders(organisation, _ROLE_OF[desk]).filter(state=MembershipState.ACTIVE).exclude(pk__in=away)
    people = list(able.order_by("name", "id"))
    return [Readers(desk.value, desk, people)] if people else []


def is_at(complaint: Complaint, readers: Readers) -> bool:
    """Is a complaint with these readers already?"""
    same = complaint.desk == readers.desk and complaint.programme_ref == readers.programme_ref
    return same and complaint.coordinator_id in (None, readers.people[0].pk)


def why_nobody(writer: Membership, kind: str) -> rules.Sentence:
    """Why nobody is left who could read it, and whom to turn to."""
    return rules.why_nobody(kind, bool(choices(writer, kind, [])), writer.organisation.privacy_contact)


def people_around(actor: Actor) -> list[Membership]:
    """Whom a writer can name by a tick: partners, their coordinators, and whoever could come to read it."""
    mine = Party.objects.filter(participation__membership=actor.membership)
    known = mine.exclude(relationship__programme__state=ProgrammeState.DRAFT).values("relationship")
    wanted = (
        Q(pk__in=Party.objects.filter(relationship__in=known).values("participation__membership"))
        | Q(pk__in=_coordinating().filter(programme__in=_taking_part(actor.membership)).values("membership"))
        | Q(pk__in=holders(actor.organisation, PANEL, OFFICER).values("pk"))
    )
    here = Membership.objects.filter(wanted, organisation=actor.organisation).exclude(pk=actor.membership.pk)
    return list(here.exclude(state=MembershipState.ERASED).order_by("name", "id"))


# --- the list, and what waits


def waiting(actor: Actor) -> QuerySet[Complaint]:
    """Of what an actor handles that which nobody has acknowledged: what is due first, then the oldest."""
    return visible_to(actor).filter(state=ComplaintState.RECEIVED).order_by("due_on", "received_at", "id")


def to_read(actor: Actor) -> QuerySet[Complaint]:
    """What waits for an actor to read: `waiting`, and news about what they have sent."""
    news = Q(writer=actor.membership, has_news=True)
    if actor.has(PANEL, OFFICER, OrganisationRoleName.COORDINATOR):  # nobody else handles any
        news |= Q(pk__in=waiting(actor).order_by().values("pk"))
    found = Complaint.objects.filter(news).select_related("organisation")
    return found.order_by("due_on", "received_at", "id")


def is_late(complaint: Complaint) -> bool:
    """Should it have been acknowledged by now, as the day stands in its organisation?"""
    waits = complaint.state == ComplaintState.RECEIVED and complaint.due_on is not None
    return waits and complaint.due_on < clock.today(complaint.organisation.timezone)  # type: ignore[operator]


def late_and_untold() -> list[Complaint]:
    """Every complaint that should have been acknowledged and of which nobody was told so."""
    found = Complaint.objects.filter(
        state=ComplaintState.RECEIVED, due_on__isnull=False, overdue_told_at__isnull=True
    ).select_related("organisation")
    return [held for held in found.order_by("due_on", "id") if is_late(held)]


def is_unread(complaint: Complaint) -> bool:
    """Is it open, and nobody left who handles it?"""
    return complaint.state not in rules.ENDED and not at_desk(complaint)


def unread_and_untold() -> list[Complaint]:
    """Every open complaint that nobody is left to read, and whose writer was not told."""
    found = Complaint.objects.filter(ended_at__isnull=True, unread_told_at__isnull=True)
    return [held for held in found.select_related("organisation").order_by("id") if is_unread(held)]


# --- what a writer sees


def own(actor: Actor) -> QuerySet[Complaint]:
    """What an actor has sent."""
    return Complaint.objects.filter(writer=actor.membership).select_related("organisation", "writer__organisation")


def draft_of(actor: Actor, kind: str) -> ComplaintDraft | None:
    """What an actor has begun to write of one kind, if anything is kept."""
    return ComplaintDraft.objects.filter(author=actor.membership, kind=kind).first()


def drafts_kept_at(actor: Actor) -> dict[str, datetime]:
    """When an actor last wrote at what they have begun, by kind."""
    return dict(ComplaintDraft.objects.filter(author=actor.membership).values_list("kind", "kept_at"))


def answer_draft_of(actor: Actor, complaint: Complaint) -> AnswerDraft | None:
    """The answer that an actor has begun to write to a complaint, if any is kept."""
    return AnswerDraft.objects.filter(author=actor.membership, complaint=complaint).first()


def begun(draft: ComplaintDraft | AnswerDraft | None) -> dict[str, Any]:
    """The fields of a draft, as they were typed; none where nothing is kept."""
    words = vault.unseal_one(draft.words, vault.place(draft, "words")) if draft else None
    return dict(json.loads(words)) if words else {}


# --- one complaint with its words


@dataclass(frozen=True)
class Spoken:
    """A message with its words; empty where its key is gone."""

    row: ComplaintMessage
    words: str


@dataclass(frozen=True)
class Opened:
    """A complaint with everything in it."""

    complaint: Complaint
    happened: str
    wanted: str
    about: Sequence[ComplaintAbout]
    messages: Sequence[Spoken]
    handlers: Sequence[Membership]

    @property
    def last_word(self) -> str:
        """The ref of the newest message: whoever answers has read as far as here."""
        return self.messages[-1].row.ref if self.messages else ""


def opened(complaint: Complaint) -> Opened:
    """A complaint with everything in it."""
    rows = list(ComplaintMessage.objects.filter(complaint=complaint).select_related("by"))
    sealed: list[tuple[bytes, bytes | str]] = [
        *((bytes(getattr(complaint, name)), vault.place(complaint, name)) for name in TEXTS),
        *((bytes(row.words), vault.place(row, "words")) for row in rows),
    ]
    happened, wanted, *said = _texts(sealed)
    messages = [Spoken(row, words) for row, words in zip(rows, said, strict=True)]
    return Opened(complaint, happened, wanted, list(concerned(complaint)), messages, handlers(complaint))


def _texts(sealed: Iterable[tuple[Any, Any]]) -> list[str]:
    held = list(sealed)
    found = iter(vault.unseal([pair for pair in held if pair[0]]))
    return [(next(found) or "") if value else "" for value, _place in held]


def last_word(complaint: Complaint) -> str:
    """The ref of the newest message about a complaint; empty where there is none."""
    return ComplaintMessage.objects.filter(complaint=complaint).values_list("ref", flat=True).last() or ""
