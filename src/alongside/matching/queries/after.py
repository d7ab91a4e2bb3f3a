"""Reads of what comes after a round is published: who was not placed, who asks again, who waits again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from alongside.foundation import access
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership
from alongside.matching.fit import Kept
from alongside.matching.models import Left, LookAgain, Offer, Published, Round, Run
from alongside.matching.policy import OfMatching
from alongside.matching.queries import inputs
from alongside.matching.queries.inputs import Cohort
from alongside.matching.queries.rounds import near, visible_to
from alongside.matching.rules import Policy
from alongside.matching.terms import AnyRule, OfferState, RoundState, RunState
from alongside.people.terms import Side
from alongside.programmes.models import Participation, Programme
from alongside.programmes.queries import coordinators
from alongside.programmes.terms import ProgrammeState
from alongside.relationships.models import Party, Relationship
from alongside.relationships.queries import Pair, by_hand, managers_of
from alongside.relationships.terms import Ending


def waits(held: Participation) -> bool:
    """Does a mentee wait for a mentor now: in no pair, and choosing from nobody?"""
    return bool(waiting_now(held.programme).filter(pk=held.pk).exists())


def waiting_now(programme: Programme) -> QuerySet[Participation]:
    """The mentees of a programme who wait, by name."""
    choosing = Offer.objects.filter(mentee=OuterRef("pk"), state=OfferState.OPEN)
    return by_hand.mentees_waiting(programme).exclude(Exists(choosing))


# --- who was not placed


def own_left(actor: Actor) -> QuerySet[Left]:
    """Where the newest published round of a programme that runs did not place the actor."""
    rounds = Round.objects.filter(programme=OuterRef("run__round__programme"), state=RoundState.PUBLISHED)
    ran = Run.objects.filter(round=OuterRef("run__round"), state=RunState.DONE).order_by("-number")
    found = Left.objects.filter(
        mentee__membership=actor.membership,
        mentee__until__isnull=True,
        mentee__programme__state=ProgrammeState.RUNNING,
        run__round=Subquery(rounds.order_by("-published_at", "-id").values("pk")[:1]),
        run=Subquery(ran.values("pk")[:1]),
    )
    return found.select_related("run__round", "mentee__programme__organisation", "mentee__membership")


def left_in(actor: Actor, slug: str) -> Left:
    """The same of one programme, through the door."""
    return access.fetch(own_left(actor), mentee__programme__slug=slug)


def asked(left: Left) -> LookAgain | None:
    """Whether somebody has asked that a person looks again, and what was answered."""
    found = LookAgain.objects.filter(round=left.run.round_id, mentee=left.mentee_id)
    return found.select_related("answered_by").first()


# --- for coordinators


def looks(actor: Actor) -> QuerySet[LookAgain]:
    """Who asked that a person looks again, in programmes that the actor coordinates: nobody near to them."""
    found = LookAgain.objects.filter(round__in=visible_to(actor)).exclude(mentee__in=near(actor))
    return found.select_related("mentee__membership", "round__programme__organisation", "answered_by")


def who_looks(look: LookAgain) -> list[Membership]:
    """The coordinators who may answer: nobody whom it is about, and nobody who manages them."""
    managers = managers_of(look.mentee.membership)
    apart = {look.mentee.membership_id, *managers}
    return [member for member in coordinators(look.round.programme) if member.pk not in apart]


def open_looks(actor: Actor, programme: Programme) -> QuerySet[LookAgain]:
    """Of these who takes part and has no answer yet, in one programme; the oldest first."""
    found = looks(actor).filter(round__programme=programme, answered_at__isnull=True, mentee__until__isnull=True)
    return found.order_by("asked_at", "id")


def asked_in(programmes: Collection[int]) -> QuerySet[Any, Any]:
    """How many ask that a person looks again, by programme: rows of `programme_key` and `count`."""
    held = LookAgain.objects.filter(
        round__programme__in=programmes, answered_at__isnull=True, mentee__until__isnull=True
    )
    counted = held.order_by().values("round__programme").annotate(count=Count("pk"))
    return counted.annotate(programme_key=F("round__programme"))


def left_of(look: LookAgain) -> Left | None:
    """Why whoever asks was not placed."""
    return Left.objects.filter(run__round=look.round_id, mentee=look.mentee_id).order_by("-run__number").first()


A_FEW = 10


def fitting(look: LookAgain) -> list[by_hand.Candidate]:
    """The mentors with a free place who offer most of what whoever asks wants, a few."""
    mentors = by_hand.fitting_first(by_hand.mentors_with_room(look.round.programme), look.mentee)[:A_FEW]
    wanted = by_hand.skills([look.mentee], Side.WANTED).get(look.mentee.membership_id, ())
    named, full = by_hand.skills(mentors, Side.OFFERED), by_hand.without_room(mentors)
    managers = managers_of(look.mentee.membership)
    return [by_hand.candidate(held, named, set(wanted), managers, full) for held in mentors]


def kept_apart(look: LookAgain, policy: Policy) -> dict[str, list[AnyRule]]:
    """Which rules of a policy keep whoever asks from mentors with a free place: by the mentor's ref, where any does."""
    programme = look.round.programme
    found = inputs.cohort(programme, policy)
    who = [one for one in found.mentees if one.participation == look.mentee]
    named, scale = Kept(inputs.apart(programme, Cohort(who, found.mentors), policy)), found.scale(policy)
    apart = {other.ref: scale.forbidden_by(one.one, other.one, named) for one in who for other in found.mentors}
    return {ref: rules for ref, rules in apart.items() if rules}


@dataclass(frozen=True)
class WaitsAgain:
    """A mentee who waits although somebody was proposed or offered to them."""

    mentee: Participation
    since: datetime | None


def wait_again(actor: Actor, programme: Programme) -> list[WaitsAgain]:
    """Who waits again in a programme, by name, with the day on which the last proposal came to its end."""
    over = (Ending.DECLINED, Ending.WITHDRAWN, Ending.NO_FAULT)
    ended = Party.objects.filter(participation=OuterRef("pk"), relationship__ending__in=over)
    offered = Offer.objects.filter(mentee=OuterRef("pk"), state__in=(OfferState.NONE, OfferState.OVER))
    found = waiting_now(programme).filter(Q(Exists(ended)) | Q(Exists(offered))).exclude(pk__in=near(actor))
    found = found.annotate(
        last=ended.order_by("-until").values("until")[:1],
        over=offered.order_by("-answered_at").values("answered_at")[:1],
    )
    return [WaitsAgain(held, max(filter(None, (held.last, held.over)), default=None)) for held in found]


# --- reasons


def published_of(relationship: Relationship) -> Published | None:
    """What a round kept of a pair that it proposed."""
    return Published.objects.filter(relationship=relationship).first()


def standing_of(pair: Pair) -> OfMatching:
    """How an actor stands to a pair that came of a matching."""
    return OfMatching(coordinates=pair.standing.coordinates, part=pair.standing.part)
