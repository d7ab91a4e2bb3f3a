"""What people say of themselves, page by page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from alongside.foundation import clock, vault
from alongside.foundation.events import event
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor
from alongside.people import rules
from alongside.people.actions.people import change_profile, ensure_profiles
from alongside.people.models import Needs, NeedsPart, Pause, PauseWords, Profile, WeeklyTime
from alongside.people.terms import NeedsKind, ProfilePart, Showing, WayToMeet


def say(part: ProfilePart, *, by: Actor, **facts: Any) -> None:
    """Keep one page of one's own profile: whatever `change_profile` takes. Empty is an answer too."""
    with transaction.atomic():
        change_profile(by.membership, by=by, **facts)
        _mark(by, part)


def _mark(by: Actor, part: ProfilePart) -> Profile:
    ensure_profiles([by.membership])
    profile = Profile.objects.select_for_update().get(membership=by.membership)
    if part not in profile.saved_parts:
        profile.saved_parts = [*profile.saved_parts, str(part)]
        profile.save(update_fields=["saved_parts"])
    return profile


def say_who(*, by: Actor, timezone: str, **facts: Any) -> None:
    """The first page: who somebody is, and the zone of their account, which their other organisations see too."""
    with transaction.atomic():
        if timezone != by.account.timezone:
            identity.change_settings(by.account, timezone=timezone, language=by.account.language, by=by)
        say(ProfilePart.ABOUT, by=by, **facts)


def say_times(
    times: Iterable[tuple[int, str]],
    *,
    by: Actor,
    working_days: str | None = None,
    ways: Iterable[str] | None = None,
) -> None:
    """When somebody can usually meet, by the clocks of the zone that they are in now, a remark on it, and how.

    Of the remark and the ways, what is not given stays as it is.
    """
    chosen = None if ways is None else set(ways)
    also = {
        "working_days": working_days,
        "ways_to_meet": None if chosen is None else [way.value for way in WayToMeet if way in chosen],
    }
    with transaction.atomic():
        say(ProfilePart.TIMES, by=by, **{name: value for name, value in also.items() if value is not None})
        profile = Profile.objects.select_for_update().get(membership=by.membership)
        WeeklyTime.objects.filter(profile=profile).delete()
        WeeklyTime.objects.bulk_create(
            WeeklyTime(profile=profile, day=day, part=part, zone=by.account.timezone)
            for day, part in sorted(set(times))
        )


def show(shown: Iterable[str], *, by: Actor) -> None:
    """What the members of one's programmes see, in the directory and when they search."""
    chosen = set(shown)
    say(ProfilePart.DIRECTORY, by=by, **{f"show_{what}": what in chosen for what in Showing})


@dataclass(frozen=True)
class PauseWanted:
    """From when until when somebody wants to take nobody new, and why, for themselves."""

    starts_on: date
    ends_on: date | None = None
    words: str = ""


def say_room(*, by: Actor, most: int | None, pause: PauseWanted | None) -> None:
    """How many mentees somebody takes altogether, and their pause. Raises NotPossible for days that cannot be.

    Pairs that are there stay. Without `pause` none is left.
    """
    today = clock.today(by.organisation.timezone)
    if pause and (reason := rules.fault_of_pause(pause.starts_on, pause.ends_on, today)):
        raise NotPossible(reason)
    with event("pause.changed", by=by, about=by.membership, paused=bool(pause)):
        profile = _mark(by, ProfilePart.ROOM)
        profile.most_mentees = most
        profile.save(update_fields=["most_mentees"])
        Pause.objects.filter(profile=profile).delete()
        if pause:
            held = Pause.objects.create(profile=profile, starts_on=pause.starts_on, ends_on=pause.ends_on)
            _keep_why(held, pause.words, by)


def _keep_why(pause: Pause, words: str, by: Actor) -> None:
    if words:
        kept = PauseWords(pause=pause)
        kept.words = vault.seal(words, owner=by.membership.key_owner, place=vault.place(kept, "words"))
        kept.save()


@dataclass(frozen=True)
class NeedsSaid:
    """One kind of needs: what is ticked, and own words."""

    chosen: tuple[str, ...] = ()
    words: str = ""


def say_needs(said: Mapping[NeedsKind, NeedsSaid], *, by: Actor, shared: str) -> None:
    """One's own preferences and needs, and whom one lets read them. Nobody is told what they are."""
    with event("needs.changed", by=by, about=by.membership, shared=shared):
        _mark(by, ProfilePart.NEEDS)
        needs, _made = Needs.objects.update_or_create(
            membership=by.membership, defaults={"shared": shared, "changed_at": clock.now()}
        )
        held = {part.kind: part for part in NeedsPart.objects.filter(needs=needs)}
        for kind, one in said.items():
            part, owner = held.get(kind) or NeedsPart(needs=needs, kind=kind), by.membership.key_owner
            chosen = "\n".join(one.chosen)
            part.chosen = vault.seal(chosen, owner=owner, place=vault.place(part, "chosen"))
            part.words = vault.seal(one.words, owner=owner, place=vault.place(part, "words"))
            part.save()
