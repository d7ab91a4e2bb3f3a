"""How many mentees somebody takes altogether, and pauses: what a later package asks before it proposes a pair."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.foundation import clock
from alongside.foundation.identity.models import Membership
from alongside.people import rules
from alongside.people.models import Profile


@dataclass(frozen=True)
class Room:
    """What a mentor has said of how many mentees they take, whatever the programmes."""

    name: str
    most: int | None = None
    paused: bool = False
    ends_on: date | None = None

    @property
    def pause_words(self) -> str:
        """Why nobody new is taken for now, in words; nothing where there is no pause."""
        if self.paused and self.ends_on:
            day = date_format(self.ends_on, "j F Y")
            return _("%(name)s takes nobody new until %(day)s.") % {"name": self.name, "day": day}
        return _("%(name)s takes nobody new at the moment.") % {"name": self.name} if self.paused else ""

    @property
    def own_words(self) -> str:
        """The same to whoever it is about."""
        if self.paused and self.ends_on:
            return _("You take nobody new until %(day)s.") % {"day": date_format(self.ends_on, "j F Y")}
        return _("You take nobody new at the moment.") if self.paused else ""

    def why_not(self, mentees: int) -> str:
        """Why somebody who has so many mentees takes no other one now; nothing where they do."""
        if self.most is not None and mentees >= self.most and not self.paused:
            words = _("%(name)s takes no more: the most they want altogether, over all programmes, is %(most)s.")
            return words % {"name": self.name, "most": self.most}
        return self.pause_words


def rooms(memberships: Iterable[Membership]) -> dict[int, Room]:
    """What each of some people has said, by membership: one query."""
    held = {member.pk: member for member in memberships}
    found = {pk: Room(member.name) for pk, member in held.items()}
    said = Profile.objects.filter(membership__in=held).select_related("pause", "organisation")
    for profile in said.only("membership", "most_mentees", "organisation__timezone", "pause"):
        found[profile.membership_id] = _room(held[profile.membership_id].name, profile)
    return found


def room(membership: Membership) -> Room:
    """What one person has said."""
    return rooms([membership])[membership.pk]


def said_in(profile: Profile) -> Room:
    """What the owner of a profile that was loaded with its pause has said."""
    return _room(profile.membership.name, profile)


def _room(name: str, profile: Profile) -> Room:
    pause = getattr(profile, "pause", None)
    paused = bool(pause) and rules.is_paused(pause.starts_on, pause.ends_on, clock.today(profile.organisation.timezone))
    return Room(name, profile.most_mentees, paused, pause.ends_on if pause else None)
