"""Reads of what somebody says of themselves, and how much of it is there."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef

from alongside.foundation import clock, hooks, vault
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership
from alongside.people import rules
from alongside.people.models import Needs, Pause, PauseWords, Profile, ProfileSkill, WeeklyTime
from alongside.people.queries import ties
from alongside.people.terms import ProfilePart, RosterRole, Side


@dataclass(frozen=True)
class PartDone:
    """One page of a profile, and whether something is there or was looked at."""

    part: ProfilePart
    done: bool


def parts(actor: Actor) -> list[PartDone]:
    """The pages of somebody's own profile: one query, asked once for a page that assembles."""
    return hooks.once(("profile_parts", actor.ref), lambda: profile_and_parts(actor)[1])


def profile_and_parts(actor: Actor) -> tuple[Profile, list[PartDone]]:
    """One's own profile, an empty one where nothing is kept yet, and its pages: one query."""
    held = ProfileSkill.objects.filter(profile=OuterRef("pk"))
    found = Profile.objects.filter(membership=actor.membership).annotate(
        offers=Exists(held.filter(side=Side.OFFERED)),
        wants=Exists(held.filter(side=Side.WANTED)),
        has_times=Exists(WeeklyTime.objects.filter(profile=OuterRef("pk"))),
        has_needs=Exists(Needs.objects.filter(membership=OuterRef("membership"))),
        mentors=Exists(ties.of(actor, ties.Tie.MENTOR)),
    )
    profile = found.first()
    if profile is None:
        none = Profile(membership=actor.membership, organisation=actor.organisation)
        return none, [PartDone(part, False) for part in ProfilePart if part != ProfilePart.ROOM]
    profile.membership = actor.membership
    return profile, _parts(profile)


def _parts(profile: Any) -> list[PartDone]:
    there = {
        ProfilePart.ABOUT: profile.headline or profile.languages or profile.interests or profile.career_aim,
        ProfilePart.OFFER: profile.offers,
        ProfilePart.WANT: profile.wants,
        ProfilePart.TIMES: profile.has_times or profile.ways_to_meet,
        ProfilePart.ROOM: profile.most_mentees is not None,
        ProfilePart.NEEDS: profile.has_needs,
    }
    # Does somebody mentor, or did a roster say that they want to?
    mentor = profile.mentors or profile.roster_role in (RosterRole.MENTOR, RosterRole.BOTH)
    return [
        PartDone(part, bool(there.get(part)) or part in profile.saved_parts)
        for part in ProfilePart
        if part != ProfilePart.ROOM or mentor
    ]


def weekly_times(memberships: list[Membership]) -> dict[int, list[rules.Weekly]]:
    """When each of some people can usually meet, by membership: one query."""
    held = WeeklyTime.objects.filter(profile__membership__in=memberships).order_by("day")
    found: dict[int, list[rules.Weekly]] = {member.pk: [] for member in memberships}
    for member, day, part, zone in held.values_list("profile__membership_id", "day", "part", "zone"):
        found[member].append(rules.Weekly(day, part, zone))
    return found


def common_times(one: Membership, other: Membership, zone: str) -> list[tuple[datetime, datetime]] | None:
    """When both can in the coming week, by the clocks of `zone`; None where one of them has not said."""
    held = weekly_times([one, other])
    if not held[one.pk] or not held[other.pk]:
        return None
    clocks = ZoneInfo(zone)
    spans = rules.common(held[one.pk], held[other.pk], next_monday(clock.today(zone)))
    return [(span.start.astimezone(clocks), span.end.astimezone(clocks)) for span in spans]


def next_monday(today: date) -> date:
    """The Monday of the week that begins next."""
    return today + timedelta(days=7 - today.weekday())


def pause_of(membership: Membership) -> Pause | None:
    """Somebody's pause, begun or still ahead."""
    return Pause.objects.filter(profile__membership=membership).first()


def pause_words(actor: Actor) -> str:
    """Why the actor pauses, in their own words: nobody else's are read here."""
    held = PauseWords.objects.filter(pause__profile__membership=actor.membership).first()
    return (vault.unseal_one(held.words, vault.place(held, "words")) or "") if held else ""
