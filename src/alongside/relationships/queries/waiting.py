"""Reads of who waits for a partner: since when, who looks, and when they hear again."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery

from alongside.foundation import clock, hooks
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.terms import MembershipState
from alongside.people.queries import own
from alongside.people.queries.room import room
from alongside.programmes.models import Participation
from alongside.programmes.queries import coordinates_only, parts_of
from alongside.programmes.terms import Part, ProgrammeState
from alongside.relationships import rules
from alongside.relationships.models import Party
from alongside.relationships.queries.by_hand import waiting
from alongside.relationships.queries.pairs import open_pairs
from alongside.relationships.terms import Ending


@dataclass(frozen=True)
class Waiting:
    """Somebody's part in which they have no partner."""

    participation: Participation
    since: date
    news_by: date | None  # by which day they hear how it stands; mentees of running programmes
    looks: tuple[str, ...]  # the coordinators, by name
    pause: str  # why nobody is proposed to a mentor now, in their own doing


def of(actor: Actor) -> list[Waiting]:
    """The parts in which the actor waits; nothing while they are in any pair. Asked once for a page that assembles."""
    return hooks.once(("waiting", actor.ref), lambda: _of(actor))


Busy = Callable[[], QuerySet[Any, int]]
_busy: list[Busy] = []


def add_busy(find: Busy) -> None:
    """Let a later package name those who wait for nobody although they are in no pair: keys of participations."""
    if find not in _busy:
        _busy.append(find)


def _not_busy(parts: list[Participation]) -> list[Participation]:
    held = Participation.objects.filter(pk__in=[part.pk for part in parts])
    busy = {key for find in _busy for key in held.filter(pk__in=find()).values_list("pk", flat=True)} if parts else ()
    return [part for part in parts if part.pk not in busy]


def _of(actor: Actor) -> list[Waiting]:
    if open_pairs(actor):
        return []
    parts, parties = _unpaired(actor)
    parts = _not_busy(parts)
    if not parts:
        return []
    looks, pause = _coordinators(parts), _pause(actor, parts)
    zone = actor.account.timezone
    return [
        _waiting(held, [until for until, _ending in parties.get(held.pk, [])], zone, looks, pause) for held in parts
    ]


_Past = dict[int, list[tuple[datetime | None, str]]]


def unpaired(actor: Actor) -> list[Participation]:
    """The actor's parts as mentor or mentee in which they are in no pair, whatever they are in elsewhere."""
    return _unpaired(actor)[0]


def _unpaired(actor: Actor) -> tuple[list[Participation], _Past]:
    """These parts, and how the actor's earlier pairs ended."""
    parts = [] if coordinates_only(actor) else parts_of(actor)
    parties = _past(parts)
    # A pair that is still open here was brought into a programme in preparation: it is shown from the launch on.
    # A mentee who has completed waits for nobody.
    return [held for held in parts if not _is_settled(held, parties.get(held.pk, []))], parties


def _past(parts: list[Participation]) -> _Past:
    held = Party.objects.filter(participation__in=parts).values_list("participation", "until", "relationship__ending")
    found: _Past = {}
    for participation, until, ending in held if parts else ():
        found.setdefault(participation, []).append((until, ending))
    return found


def _is_settled(held: Participation, parties: list[tuple[datetime | None, str]]) -> bool:
    is_open = any(until is None for until, _ending in parties)
    completed = any(ending == Ending.COMPLETED for _until, ending in parties)
    return is_open or (held.part == Part.MENTEE and completed)


def _coordinators(parts: list[Participation]) -> dict[int, list[str]]:
    held = Participation.objects.filter(
        programme__in=[part.programme_id for part in parts], part=Part.COORDINATOR, until__isnull=True
    )
    found: dict[int, list[str]] = {}
    for programme, name in held.order_by("id").values_list("programme", "membership__name"):
        found.setdefault(programme, []).append(name)
    return found


def _pause(actor: Actor, parts: list[Participation]) -> str:
    mentors = any(held.part == Part.MENTOR for held in parts)
    return room(actor.membership).own_words if mentors else ""


def _waiting(
    held: Participation, ended: list[datetime | None], zone: str, looks: dict[int, list[str]], pause: str
) -> Waiting:
    begun = (held.since, held.programme.launched_at, *ended)
    since = max(moment for moment in begun if moment).astimezone(ZoneInfo(zone)).date()
    runs = held.programme.state == ProgrammeState.RUNNING and held.part == Part.MENTEE
    news_by = rules.next_news(since, clock.today(zone)) if runs else None
    return Waiting(
        held, since, news_by, tuple(looks.get(held.programme_id, ())), pause if held.part == Part.MENTOR else ""
    )


def unfinished(actor: Actor) -> tuple[list[own.PartDone], int]:
    """The pages of the profile of somebody who waits that nobody has looked at, and how many there are."""
    parts = own.parts(actor) if of(actor) else []
    return [held for held in parts if not held.done], len(parts)


def to_tell(now: datetime) -> Iterable[tuple[Participation, int]]:
    """Mentees of running programmes who wait and have not heard for a fortnight, each with the number of the news."""
    ended = Party.objects.filter(participation=OuterRef("pk")).order_by().values("participation")
    found: QuerySet[Participation] = (
        waiting()
        .filter(programme__state=ProgrammeState.RUNNING, membership__state=MembershipState.ACTIVE)
        .filter(Q(since__lte=now - rules.NEWS_EVERY), Q(programme__launched_at__lte=now - rules.NEWS_EVERY))
        .annotate(ended=Subquery(ended.annotate(last=Max("until")).values("last")))
        .select_related("programme__organisation", "membership__organisation", "membership__account")
    )
    for find in _busy:
        found = found.exclude(pk__in=find())
    for held in found.order_by("pk"):
        zone = ZoneInfo(held.membership.account.timezone)
        begun = (held.since, held.programme.launched_at, held.ended)
        since = max(moment for moment in begun if moment).astimezone(zone).date()
        days, today = rules.NEWS_EVERY.days, now.astimezone(zone).date()
        number = rules.news_so_far(since, today)
        # Days later somebody may have been away from the list for a moment; what is weeks late is no news.
        if number and (today - since).days % days < days // 2:
            yield held, number
