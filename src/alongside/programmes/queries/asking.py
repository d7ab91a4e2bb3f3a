"""Reads of who was asked to take part: for coordinators who, when, what came of it; for others their own."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery

from alongside.foundation import clock
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership
from alongside.foundation.identity.terms import MembershipState
from alongside.people.models import Profile
from alongside.programmes import rules
from alongside.programmes.models import CalendarEntry, Joining, JoiningMove, Participation, Programme
from alongside.programmes.queries.design import dossier
from alongside.programmes.queries.joining import Moved, own
from alongside.programmes.queries.programmes import addable, coordinated_by
from alongside.programmes.queries.roles import person, would_be_near
from alongside.programmes.rules import separation
from alongside.programmes.rules.gaps import Sentence
from alongside.programmes.terms import CalendarKind, JoiningState, Part, ProgrammeState, Reply, Step

STEPS = (Step.INVITE, *rules.joining.REPLIES)


def asked_by(actor: Actor) -> QuerySet[Joining]:
    """Whoever was asked to take part in the programmes that the actor coordinates; never themselves.

    Coordinators read `reply` of these, and not the state: what somebody has begun to write since is their own.
    """
    held = Joining.objects.filter(programme__in=coordinated_by(actor).order_by().values("pk"))
    return held.filter(invited_at__isnull=False).exclude(membership=actor.membership)


def asked_visible_to(actor: Actor) -> QuerySet[Joining]:
    """One's own, and those of the programmes that one coordinates."""
    mine = own(actor).filter(invited_at__isnull=False).order_by().values("pk")
    return Joining.objects.filter(Q(pk__in=mine) | Q(pk__in=asked_by(actor).order_by().values("pk")))


def search_asked(found: QuerySet[Joining], chosen: dict[str, str]) -> QuerySet[Joining]:
    """Who was asked, the last one first, each with who asked (`asker`); `q`, `part` and `reply` narrow."""
    for word in chosen.get("q", "").split():
        found = found.filter(Q(membership__name__icontains=word) | Q(membership__known_as__icontains=word))
    narrowing = {name: chosen[name] for name in ("part", "reply") if chosen.get(name)}
    asker = JoiningMove.objects.filter(joining=OuterRef("pk"), step=Step.INVITE).order_by("-id").values("by__name")
    found = found.filter(**narrowing).annotate(asker=Subquery(asker[:1]))
    return found.select_related("membership").order_by("-invited_at", "id")


def noes(joining: Joining) -> int:
    """How often somebody has said no to this part."""
    return JoiningMove.objects.filter(joining=joining, step=Step.DECLINE).count()


def history(joining: Joining) -> list[Moved]:
    """What a coordinator reads of it: the questions and what came of each."""
    moves = JoiningMove.objects.filter(joining=joining).select_related("by")
    of_asking = [move for move in moves if move.step == Step.INVITE or move.from_state == JoiningState.INVITED]
    return [Moved(move.get_step_display(), move.at, move.by.name if move.by else "", move.words) for move in of_asking]


def last_question(joining: Joining) -> JoiningMove | None:
    """The newest question: who asked, and with which words."""
    return JoiningMove.objects.filter(joining=joining, step=Step.INVITE).select_related("by").order_by("-id").first()


def other_parts(programme: Programme, part: str, by: Actor) -> list[str]:
    """The other part, where the actor plays it or has asked for it by themselves."""
    playing = Participation.objects.filter(programme=programme, membership=by.membership, until__isnull=True)
    wanted = Joining.objects.filter(programme=programme, membership=by.membership, state__in=rules.joining.WANTED)
    parts = {*playing.values_list("part", flat=True), *wanted.values_list("part", flat=True)}
    return sorted(parts - {part, Part.COORDINATOR})


def known(programme: Programme, members: Collection[int]) -> dict[int, list[Joining]]:
    """Those of some people (memberships) who were asked before, for a list that offers them: one query."""
    held = Joining.objects.filter(programme=programme, membership__in=members, invited_at__isnull=False)
    found: dict[int, list[Joining]] = {}
    for joining in held.exclude(reply__in=[Reply.YES, Reply.ADDED]).order_by("part"):
        found.setdefault(joining.membership_id, []).append(joining)
    return found


def parts_asked(programme: Programme) -> set[str]:
    """The parts for which somebody is asked who has not answered."""
    held = Joining.objects.filter(programme=programme, state=JoiningState.INVITED)
    return set(held.order_by().values_list("part", flat=True).distinct())


def at_launch(programme: Programme) -> tuple[set[str], int]:
    """The parts for which somebody is asked, and how many the launch asks by mail to take part or stay: one query."""
    held = Joining.objects.filter(programme=programme, state__in=[JoiningState.INVITED, JoiningState.ASKED])
    counted = held.order_by().values_list("part", "state").annotate(count=Count("pk"))
    rows = list(counted)
    return {part for part, state, _count in rows if state == JoiningState.INVITED}, sum(row[2] for row in rows)


def unanswered() -> list[Joining]:
    """Questions that are still open in running programmes whose enrolment is over, by the day of their organisation."""
    ends = CalendarEntry.objects.filter(programme=OuterRef("programme"), kind=CalendarKind.ENROL).order_by()
    last: Any = ends.values("programme").annotate(last=Max("day")).values("last")
    held = Joining.objects.filter(
        Exists(ends), state=JoiningState.INVITED, programme__state=ProgrammeState.RUNNING
    ).annotate(last_day=Subquery(last))
    held = held.select_related("programme__organisation").order_by("programme_id", "pk")
    return [one for one in held if one.last_day < clock.today(one.programme.organisation.timezone)]


def not_apart(programme: Programme, members: Collection[Membership]) -> Mapping[int, Sentence]:
    """Who of some people could not say yes as roles stand, with the rule's own sentence, by membership.

    Whoever takes part already is left out: another part of theirs changes nothing. Six queries, however many they are.
    """
    inside = Participation.objects.filter(programme=programme, membership__in=members, until__isnull=True)
    playing = set(inside.exclude(part=Part.COORDINATOR).values_list("membership_id", flat=True))
    takers = [held for held in members if held.pk not in playing]
    roles = would_be_near(dossier(programme).roles, takers)
    said = {held.pk: separation.fault_of_taking_part(roles, person(held)) for held in takers}
    return {key: words for key, words in said.items() if words is not None}


def named_by_roster(programme: Programme) -> QuerySet[Profile]:
    """Whom the roster names, who do not take part as it says and were never asked, by name."""
    asked = Joining.objects.filter(programme=programme, membership=OuterRef("membership"), invited_at__isnull=False)
    return addable(programme, {}).exclude(roster_role="").exclude(Exists(asked))


def cannot_sign_in(programme: Programme) -> int:
    """How many of those whom the roster names cannot be asked before they have joined the organisation."""
    return named_by_roster(programme).exclude(membership__state=MembershipState.ACTIVE).count()


def declined_before(programme: Programme, members: Collection[Membership]) -> set[tuple[int, str]]:
    """Who of some people has said no, for which part: they are asked again by clear decision only."""
    said_no = JoiningMove.objects.filter(
        joining__programme=programme, joining__membership__in=members, step=Step.DECLINE
    )
    return set(said_no.order_by().values_list("joining__membership_id", "joining__part").distinct())
