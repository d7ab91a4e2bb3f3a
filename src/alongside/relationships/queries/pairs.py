"""Reads of pairs: whom an actor may see, and a pair as its page needs it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, prefetch_related_objects
from django.db.models.functions import Coalesce
from django.http import Http404

from alongside.foundation import access, hooks
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership
from alongside.foundation.identity.rules import called
from alongside.guidance.terms import Stage
from alongside.people.models import Link
from alongside.people.terms import LinkKind
from alongside.programmes import advice
from alongside.programmes.models import Participation, Programme
from alongside.programmes.queries import coordinated_by, coordinates_only
from alongside.programmes.terms import ProgrammeState
from alongside.relationships.models import Party, Relationship
from alongside.relationships.policy import Standing
from alongside.relationships.terms import PairPart, State

if TYPE_CHECKING:
    from alongside.guidance import LifecycleModel


@dataclass(frozen=True)
class Pair:
    """A pair as one actor sees it."""

    relationship: Relationship
    mentor_party: Party
    mentee_party: Party
    standing: Standing

    @property
    def ref(self) -> str:
        """The pair's ref."""
        return self.relationship.ref

    @property
    def programme(self) -> Programme:
        """The programme it belongs to."""
        return self.relationship.programme

    @property
    def mentor(self) -> Membership:
        """The mentor."""
        return self.mentor_party.participation.membership

    @property
    def mentee(self) -> Membership:
        """The mentee."""
        return self.mentee_party.participation.membership

    @property
    def has_first_day(self) -> bool:
        """Is it known since when they are together? Of some who met before Alongside it is not."""
        carried = self.relationship.carried
        return carried is None or carried.started_on is not None

    @property
    def my_party(self) -> Party | None:
        """The actor's own part; None for a coordinator."""
        return {PairPart.MENTOR: self.mentor_party, PairPart.MENTEE: self.mentee_party}.get(self.standing.part)

    @property
    def partner(self) -> Membership | None:
        """The other one; None for a coordinator."""
        return {PairPart.MENTOR: self.mentee, PairPart.MENTEE: self.mentor}.get(self.standing.part)

    @property
    def zones(self) -> dict[int, str]:
        """The zone of each of the two, by membership: their account's, or their organisation's before they have one."""
        return {self.mentor.pk: self.mentor_party.zone, self.mentee.pk: self.mentee_party.zone}

    @property
    def may_write(self) -> bool:
        """May the actor still write in it?"""
        return bool(self.standing.part) and self.relationship.is_open and not self.relationship.is_on_hold

    @cached_property
    def model(self) -> LifecycleModel:
        """The programme's lifecycle model, in the edition that it pinned."""
        return advice.model(self.programme)

    @property
    def points(self) -> list[str]:
        """The points of the path, in the model's own words."""
        return [point.words for point in self.model.path()]

    @property
    def point_index(self) -> int:
        """Which of the points the pair has reached."""
        return self.model.point_for(Stage(self.relationship.stage))

    @property
    def point(self) -> str:
        """The point that the pair has reached, in the model's own words."""
        return self.model.path()[self.point_index].words


def managed_by(membership: Membership) -> QuerySet[Link]:
    """The links from somebody to the people whom they manage now."""
    return Link.objects.filter(kind=LinkKind.MANAGES, source=membership, until__isnull=True)


def managers_of(membership: Membership) -> set[int]:
    """Who manages somebody now, by membership."""
    held = Link.objects.filter(kind=LinkKind.MANAGES, target=membership, until__isnull=True)
    return set(held.values_list("source_id", flat=True))


class OnHold(Http404):
    """One's own pair, and contact is on hold: nothing of it is shown or changed but that it is so. `pair` is it."""

    def __init__(self, pair: Pair) -> None:
        self.pair = pair
        super().__init__("on hold")


def _mine(actor: Actor) -> Q:
    # On hold reading stops too: whatever a later package shows or changes of a pair begins here.
    return _known(actor) & Q(held_at__isnull=True)


def _known(actor: Actor) -> Q:
    # A lost part stops reading too; an ended pair's records stay readable. In so many keys, so that both databases
    # begin at the few that are the actor's.
    held = Party.objects.filter(participation__membership=actor.membership, participation__until__isnull=True)
    return Q(pk__in=held.values("relationship")) & ~Q(programme__state=ProgrammeState.DRAFT)


def _near(actor: Actor) -> QuerySet[Party]:
    # The actor's own parties, and those of people whom the actor manages.
    return Party.objects.filter(_is_near(actor))


def _is_near(actor: Actor) -> Q:
    managed = managed_by(actor.membership).values("target")
    return Q(participation__membership=actor.membership) | Q(participation__membership__in=managed)


def _from_outside(actor: Actor) -> Q:
    return Q(programme__in=coordinated_by(actor)) & ~Q(pk__in=_near(actor).values("relationship"))


def visible_to(actor: Actor) -> QuerySet[Relationship]:
    """The pairs that an actor may know of: own ones, and those of programmes that they coordinate from outside.

    Own ones that are on hold are left out. A programme in preparation tells nobody anything: its pairs, brought in
    before the launch, are its coordinator's.
    """
    return _which(actor, _mine(actor) | _from_outside(actor))


def _which(actor: Actor, which: Q) -> QuerySet[Relationship]:
    return Relationship.objects.filter(which, programme__organisation=actor.organisation)


def own(actor: Actor) -> QuerySet[Relationship]:
    """Of `visible_to` the pairs that the actor belongs to; none of them is seen from outside."""
    return _which(actor, _mine(actor))


def own_on_hold(actor: Actor) -> QuerySet[Relationship]:
    """The pairs that the actor belongs to and that are on hold: only that they are is shown of them."""
    return _which(actor, _known(actor)).filter(held_at__isnull=False)


def coordinated(actor: Actor, programme: Programme) -> QuerySet[Relationship]:
    """Of `visible_to` a programme's pairs, as its coordinator sees them from outside; none of them is their own."""
    return seen_from_outside(actor).filter(programme=programme)


def seen_from_outside(actor: Actor) -> QuerySet[Relationship]:
    """Of `visible_to` the pairs of every programme that the actor coordinates; none of them is their own."""
    return _which(actor, _from_outside(actor))


def apart(actor: Actor, programme: Programme) -> QuerySet[Membership]:
    """Who is in a pair of a programme that its coordinator does not see from outside: their own, or near to them."""
    near = Party.objects.filter(_is_near(actor), relationship__programme=programme).values("relationship")
    parties = Party.objects.filter(relationship__in=near)
    return Membership.objects.filter(pk__in=parties.values("participation__membership"))


def whole(relationships: QuerySet[Relationship]) -> QuerySet[Relationship]:
    """With everything that `pairs` needs, in two queries."""
    related = relationships.select_related("programme__organisation", "carried_over")
    return related.prefetch_related(_parties())


def _parties() -> Prefetch:
    person = "participation__membership"
    zone = Coalesce(f"{person}__account__timezone", f"{person}__organisation__timezone")
    return Prefetch("parties", Party.objects.select_related(person).annotate(zone=zone).order_by("id"))


def pairs(actor: Actor, relationships: QuerySet[Relationship]) -> list[Pair]:
    """Relationships out of `visible_to(actor)` as the actor sees them."""
    return [_as_seen(actor, held) for held in whole(relationships)]


def pair(actor: Actor, ref: str) -> Pair:
    """One pair through the door. Raises Http404 for what is absent or not the actor's to see."""
    return _as_seen(actor, _through(visible_to(actor), actor, ref))


def shown_pair(actor: Actor, ref: str) -> Pair:
    """The same for a page that assembles: out of one's own pairs, which it needs anyhow, where it is there."""
    return next((held for held in _own_pairs(actor) if held.ref == ref), None) or pair(actor, ref)


def own_pair(actor: Actor, ref: str) -> Pair:
    """One of the actor's own pairs through the door."""
    return _as_seen(actor, _through(own(actor), actor, ref))


def known_pair(actor: Actor, ref: str) -> Pair:
    """One of the actor's own pairs, whether it is on hold or not: for ending it."""
    return _as_seen(actor, access.fetch(whole(_which(actor, _known(actor))), ref=ref))


def _through(found: QuerySet[Relationship], actor: Actor, ref: str) -> Relationship:
    """Through the door; whoever comes to their own pair while it is on hold is told so."""
    if (held := access.find(whole(found), ref=ref)) is not None:
        return held
    if (held := access.find(whole(own_on_hold(actor)), ref=ref)) is not None:
        raise OnHold(_as_seen(actor, held))
    return access.fetch(found, ref=ref)


def pair_of(relationship: Relationship) -> Pair:
    """A pair as nobody in particular sees it: for the system's own work. One that is whole already asks nothing."""
    prefetch_related_objects([relationship], _parties())
    return _pair(relationship, Standing())


def _as_seen(actor: Actor, relationship: Relationship) -> Pair:
    mine = [
        party.part
        for party in relationship.parties.all()
        if party.participation.membership_id == actor.membership.pk and party.participation.until is None
    ]
    # Whatever visible_to shows and is not one's own is shown to a coordinator from outside.
    return _pair(relationship, Standing(part=mine[0]) if mine else Standing(coordinates=True))


def _pair(relationship: Relationship, standing: Standing) -> Pair:
    by_part = {party.part: party for party in relationship.parties.all()}
    return Pair(relationship, by_part[PairPart.MENTOR], by_part[PairPart.MENTEE], standing)


ENDED_SHOWN = 5  # of one's own pairs, on pages that show several


def _own_pairs(actor: Actor) -> list[Pair]:
    """One's own pairs that go on, oldest first, and the newest that have ended: together, for pages that show both."""
    return [held for held in _known_pairs(actor) if not held.relationship.is_on_hold]


def held_pairs(actor: Actor) -> list[Pair]:
    """The actor's own pairs that are on hold, oldest first."""
    return [held for held in _known_pairs(actor) if held.relationship.is_on_hold]


def _known_pairs(actor: Actor) -> list[Pair]:
    return hooks.once(("known_pairs", actor.ref), lambda: _load_known_pairs(actor))


def _load_known_pairs(actor: Actor) -> list[Pair]:
    if coordinates_only(actor):
        return []  # the query is long
    ended = own(actor).filter(state=State.ENDED).order_by("-ended_at", "-id").values("pk")[:ENDED_SHOWN]
    shown = ~Q(state=State.ENDED) | Q(pk__in=ended) | Q(held_at__isnull=False)
    return pairs(actor, _which(actor, _known(actor)).filter(shown).order_by("proposed_at", "id"))


def open_pairs(actor: Actor) -> list[Pair]:
    """The actor's own pairs that have not ended, oldest first; loaded once for a page that assembles."""
    return hooks.once(("open_pairs", actor.ref), lambda: _open_pairs(actor))


def _open_pairs(actor: Actor) -> list[Pair]:
    return [held for held in _own_pairs(actor) if held.relationship.state != State.ENDED]


def ended_pairs(actor: Actor) -> list[Pair]:
    """The newest of the actor's own pairs that have ended."""
    found = [held for held in _own_pairs(actor) if held.relationship.ended_at]
    return sorted(found, key=lambda held: (held.relationship.ended_at, held.relationship.pk), reverse=True)


def partner_names(actor: Actor) -> list[tuple[str, str]]:
    """Ref and the partner's short name of each of one's own pairs that have not ended, oldest first: one query."""
    if (found := hooks.loaded(("open_pairs", actor.ref))) is not None:
        return [(pair.ref, pair.partner.short_name) for pair in found]
    mine = Party.objects.filter(
        participation__membership=actor.membership, participation__until__isnull=True, until__isnull=True
    )
    over = Q(relationship__state=State.ENDED) | Q(relationship__programme__state=ProgrammeState.DRAFT)
    partners = (
        Party.objects.filter(relationship__in=mine.values("relationship"), relationship__held_at__isnull=True)
        .exclude(Q(participation__membership=actor.membership) | over)
        .order_by("relationship__proposed_at", "relationship_id")
    )
    person = "participation__membership__"  # no more than is shown: this is asked on every page
    names = partners.values_list("relationship__ref", f"{person}known_as", f"{person}name")
    return [(ref, called(known_as, name)) for ref, known_as, name in names]


def are_paired(mentor: Participation, mentee: Participation) -> bool:
    """Are these two proposed to each other, or together, now?"""
    held = Party.objects.filter(participation=mentee, until__isnull=True).values("relationship")
    return Party.objects.filter(participation=mentor, until__isnull=True, relationship__in=held).exists()


def mentees_of(memberships: Iterable[int]) -> dict[int, int]:
    """How many mentees each of some people has or is proposed, over all programmes; without those who have none."""
    held = Party.objects.filter(
        participation__membership__in=list(memberships), part=PairPart.MENTOR, until__isnull=True
    )
    counted = held.order_by().values("participation__membership").annotate(count=Count("pk"))
    return dict(counted.values_list("participation__membership", "count"))


def taken_places(participation: Participation) -> set[int]:
    """The numbers of a participant's taken places."""
    held = Party.objects.filter(participation=participation, until__isnull=True)
    return set(held.values_list("place_no", flat=True))


def paired_participations(programme: Programme, states: tuple[str, ...], ending: str = "") -> QuerySet[Participation]:
    """The participants with a pair in one of these states that both accepted; `ending` narrows ended ones."""
    held = Party.objects.filter(
        participation=OuterRef("pk"), relationship__state__in=states, relationship__accepted_at__isnull=False
    )
    held = held.filter(relationship__ending=ending) if ending else held
    return Participation.objects.filter(Exists(held), programme=programme)
