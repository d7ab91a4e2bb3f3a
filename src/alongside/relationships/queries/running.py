"""Reads of pairs that met before Alongside: files on their way in, who is still to be told, what can be taken out."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, F, Model, OuterRef, Q, QuerySet

from alongside.foundation import clock
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership
from alongside.foundation.identity.terms import GONE
from alongside.foundation.sets import handfuls
from alongside.programmes.models import Participation, Programme
from alongside.programmes.queries import coordinated_by
from alongside.relationships.models import CarriedOver, Move, PairsImport, PairsRow, Party, Relationship
from alongside.relationships.queries.pairs import coordinated, managed_by
from alongside.relationships.terms import KEPT_DAYS, RowOutcome, State

_OPEN = (State.ACCEPTED, State.ACTIVE)


# --- files on their way in


def imports_visible_to(actor: Actor) -> QuerySet[PairsImport]:
    """The files of running pairs of the programmes that the actor coordinates."""
    return PairsImport.objects.filter(programme__in=coordinated_by(actor)).select_related("by")


def old_imports() -> QuerySet[PairsImport]:
    """Files that were handed in 30 days ago and whose rows are still kept."""
    before = clock.now() - timedelta(days=KEPT_DAYS)
    found = PairsImport.objects.filter(created_at__lt=before, rows__isnull=False).distinct()
    return found.select_related("programme__organisation")


def rows_of(actor: Actor, held: PairsImport, outcome: str = "") -> QuerySet[PairsRow]:
    """The checked rows of a file in its order, of one outcome if asked.

    Whoever handed it in knows them all. Another coordinator sees no row about a pair that they would belong to, or
    whose people they manage: within a pair the narrowest part counts.
    """
    rows = PairsRow.objects.filter(pairs_import=held).order_by("spreadsheet_row")
    rows = rows.filter(outcome=outcome) if outcome else rows
    if held.by_id == actor.membership.pk:
        return rows
    near = {actor.membership.pk, *managed_by(actor.membership).values_list("target", flat=True)}
    # In so many words, because NULL is not among any: a row whose people are unknown stays.
    return rows.filter(Q(mentor=None) | ~Q(mentor__in=near), Q(mentee=None) | ~Q(mentee__in=near))


def remarked(rows: QuerySet[PairsRow]) -> QuerySet[PairsRow]:
    """The rows that are pairs, with something said about them."""
    return rows.filter(outcome__in=(RowOutcome.CREATED, RowOutcome.UNCHANGED)).exclude(remarks=[])


# --- who is to be told


@dataclass
class Receiver:
    """Somebody who is still to be told of pairs that were brought in, and in them the partners by one's own part."""

    membership: Membership
    parties: list[Party] = field(default_factory=list)
    partners: dict[str, list[str]] = field(default_factory=dict)

    @property
    def has_joined(self) -> bool:
        """Do they have an account?"""
        return self.membership.account_id is not None

    @property
    def is_gone(self) -> bool:
        """Are they suspended, or have they left?"""
        return self.membership.state in GONE

    @property
    def can_be_told(self) -> bool:
        """Can a mail reach them?"""
        return not self.is_gone and (self.has_joined or bool(self.membership.work_address))

    @property
    def page(self) -> str:
        """The ref of the one pair, or nothing where there are several."""
        return self.parties[0].relationship.ref if len(self.parties) == 1 else ""


_REACHED = ~Q(participation__membership__state__in=GONE) & (
    Q(participation__membership__account__isnull=False) | ~Q(participation__membership__work_address="")
)
"""Who can be told by mail."""


def _untold() -> QuerySet[Party]:
    return Party.objects.filter(
        relationship__carried_over__isnull=False,
        relationship__state__in=_OPEN,
        relationship__held_at__isnull=True,
        until__isnull=True,
        told_at__isnull=True,
    )


def untold(programme: Programme) -> QuerySet[Party]:
    """The parts in running pairs that were brought in, of people who have not been told."""
    return _untold().filter(relationship__programme=programme)


def reached(parties: QuerySet[Party]) -> QuerySet[Party]:
    """Of these, the parts of people who can be told by mail."""
    return parties.filter(_REACHED)


def unreached(parties: QuerySet[Party]) -> QuerySet[Party]:
    """Of these, the parts of people without an address, or who are suspended or gone."""
    return parties.exclude(_REACHED)


def receivers_of(parties: QuerySet[Party]) -> QuerySet[Membership]:
    """Whose parts these are, by name, each once."""
    found = Membership.objects.filter(pk__in=parties.values("participation__membership"))
    return found.order_by("name", "id")


def next_receivers(programme: Programme, most: int) -> list[Membership]:
    """The next people to tell who can be told by mail.

    They are locked, so that nobody is told twice, and so are their pairs, so that none is taken out meanwhile.
    """
    found = list(receivers_of(reached(untold(programme))).values_list("pk", flat=True)[:most])
    locked = Membership.objects.select_for_update(of=("self",)).filter(pk__in=found).order_by("pk")
    people = list(locked.select_related("account", "organisation"))
    pairs = untold(programme).filter(participation__membership__in=found).values("relationship")
    list(Relationship.objects.select_for_update().filter(pk__in=pairs).order_by("pk").values_list("pk"))
    return people


def as_receivers(parties: QuerySet[Party], people: Iterable[Membership]) -> list[Receiver]:
    """What each of these people is to be told of these parts: two queries, however many they are."""
    found = {held.pk: Receiver(held) for held in people}
    parties = parties.filter(participation__membership__in=found)
    mine = list(parties.select_related("relationship", "participation").order_by("relationship_id"))
    others = Party.objects.filter(relationship__in=[party.relationship_id for party in mine])
    named = others.select_related("participation__membership").order_by("relationship_id")
    partners: dict[int, dict[str, str]] = {}
    for one in named:
        partners.setdefault(one.relationship_id, {})[one.part] = one.participation.membership.name
    for party in mine:
        receiver = found[party.participation.membership_id]
        receiver.parties.append(party)
        two = partners[party.relationship_id]
        receiver.partners.setdefault(party.part, []).extend(name for part, name in two.items() if part != party.part)
    return list(found.values())


@dataclass(frozen=True)
class ToTell:
    """How many are still to be told, and how."""

    pairs: int
    mails: int
    invitations: int
    unreached: int  # without an address, suspended or gone

    @property
    def people(self) -> int:
        """How many get a mail."""
        return self.mails + self.invitations


def to_tell(programme: Programme) -> ToTell:
    """The numbers above the list."""
    parties = untold(programme)
    member = "participation__membership"
    counts = parties.aggregate(
        pairs=Count("relationship", filter=_REACHED, distinct=True),
        mails=Count(member, filter=_REACHED & Q(**{f"{member}__account__isnull": False}), distinct=True),
        invitations=Count(member, filter=_REACHED & Q(**{f"{member}__account__isnull": True}), distinct=True),
        unreached=Count(member, filter=~_REACHED, distinct=True),
    )
    return ToTell(**counts)


def told_by_page(actor: Actor, programme: Programme) -> QuerySet[Party]:
    """Of those who are to be told, whom a coordinator may see on a list: who is in pairs seen from outside."""
    return untold(programme).filter(relationship__in=coordinated(actor, programme))


def untold_in(programmes: Collection[int]) -> QuerySet[Any, Any]:
    """In how many pairs somebody can still be told, by programme: rows of `programme_key` and `count`."""
    parties = _untold().filter(_REACHED, relationship__programme__in=programmes).order_by()
    counted = parties.values("relationship__programme").annotate(count=Count("relationship", distinct=True))
    return counted.annotate(programme_key=F("relationship__programme"))


# --- what can be taken out again


TOLD, ACTED = "told", "acted"
_OWN_RECORDS = (Party, Move, CarriedOver, PairsRow)


def staying(pairs: Iterable[int]) -> dict[int, str]:
    """Which of these brought-in pairs cannot be taken out any more, and why: somebody was told, or has acted."""
    keys = list(pairs)
    acted = {pair for some in handfuls(keys, 1000) for pair in _acted(some)}
    told = Party.objects.filter(told_at__isnull=False)
    return {
        **dict.fromkeys(acted, ACTED),
        **{pair: TOLD for some in handfuls(keys, 1000) for pair in _of(told, some)},
    }


def pairs_of(held: PairsImport) -> QuerySet[CarriedOver, int]:
    """The pairs that came with a file and have not been taken out, by key."""
    return CarriedOver.objects.filter(pairs_import=held).values_list("relationship", flat=True)


def has_rows(held: PairsImport) -> bool:
    """Are the rows of a file still kept? So long its pairs can be taken out again."""
    return PairsRow.objects.filter(pairs_import=held).exists()


def able_to_go(held: PairsImport) -> list[int]:
    """The pairs of a file that can be taken out again."""
    pairs = list(pairs_of(held)) if has_rows(held) else []
    stay = staying(pairs)
    return [pair for pair in pairs if pair not in stay]


def _of(parties: QuerySet[Party], pairs: list[int]) -> Iterable[int]:
    return parties.filter(relationship__in=pairs).values_list("relationship", flat=True)


def _acted(pairs: list[int]) -> set[int]:
    """Pairs that moved on, that somebody ended, or that any other record stands on, of whatever package."""
    moved = Move.objects.filter(relationship__in=pairs).order_by().values("relationship")
    found = set(moved.annotate(count=Count("pk")).filter(count__gt=1).values_list("relationship", flat=True))
    ended = Relationship.objects.filter(pk__in=pairs, state=State.ENDED).exclude(stage="after")
    found.update(ended.values_list("pk", flat=True))
    found |= stands_on(Relationship, pairs, apart_from=_OWN_RECORDS)
    parties = dict(Party.objects.filter(relationship__in=pairs).values_list("pk", "relationship"))
    return found | {parties[party] for party in stands_on(Party, list(parties))}


def stands_on(model: type[Model], keys: list[int], apart_from: tuple[type[Model], ...] = ()) -> set[int]:
    """Which of these rows another row points to. Later packages are not imported for it: their keys are known."""
    found: list[QuerySet[Any, Any]] = []
    for relation in model._meta.get_fields(include_hidden=True):
        other = relation.related_model
        if not relation.auto_created or relation.concrete or other in apart_from:
            continue
        name = relation.field.name  # type: ignore[union-attr]  # relations that point here have the field that does
        rows = other._base_manager.filter(**{f"{name}__in": keys})  # type: ignore[union-attr]
        found.append(rows.order_by().values_list(name, flat=True))
    return set(found[0].union(*found[1:])) if found else set()  # one question, however many packages point here


def without_pair(refs: Iterable[str]) -> QuerySet[Participation]:
    """Of these participations, those in no pair of any kind."""
    return Participation.objects.filter(ref__in=list(refs)).exclude(
        Exists(Party.objects.filter(participation=OuterRef("pk")))
    )
