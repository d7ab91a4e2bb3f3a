"""Making the people of a roster findable, after they are in: in short transactions, and again where it was stopped."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alongside.foundation import search, sets
from alongside.foundation.identity.terms import MembershipState
from alongside.people.actions.people import words
from alongside.people.actions.rosters import Progress
from alongside.people.models import Profile, ProfileSkill, RosterImport, RosterRow
from alongside.people.queries import SEARCH_KIND
from alongside.people.terms import Outcome, Side

_BATCH = 5000


def index_roster(roster: RosterImport, *, progress: Progress | None = None) -> None:
    """Let everybody who came or changed with a roster be found by their words. Begins where it was stopped."""
    new = RosterRow.objects.filter(roster_import=roster, outcome__in=(Outcome.CREATED, Outcome.CHANGED))
    total, done = new.count(), 0
    with sets.room():
        sets.give_way()
        while count := _index_some(roster):
            done += count
            sets.give_way()
            if progress:
                progress(min(done, total), total, str(_("Making people findable")))


@transaction.atomic
def _index_some(roster: RosterImport) -> int:
    held = RosterImport.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=roster.pk)
    # In the order of refs, which new people share with their rows: then every word's part of the index grows at its
    # end, and a batch writes few pages.
    rows = RosterRow.objects.filter(roster_import=held, ref__gt=held.indexed_to).order_by("ref")
    rows = rows.filter(outcome__in=(Outcome.CREATED, Outcome.CHANGED), membership__isnull=False)
    some = list(rows.values_list("ref", "membership_id")[:_BATCH])
    if some:
        search.index_many(held.organisation, SEARCH_KIND, texts_of([membership for _row, membership in some]))
        RosterImport.objects.filter(pk=held.pk).update(indexed_to=some[-1][0])
    return len(some)


def texts_of(members: list[int]) -> Iterable[tuple[str, str]]:
    """By which words each of these people is found, with their refs."""
    profiles = Profile.objects.filter(membership__in=members).exclude(membership__state=MembershipState.ERASED)
    offered: dict[int, list[str]] = {}
    skills = ProfileSkill.objects.filter(profile__membership__in=members, side=Side.OFFERED)
    for profile, name in skills.values_list("profile_id", "skill__name"):
        offered.setdefault(profile, []).append(name)
    for profile in profiles.select_related("membership"):
        said = [*words(profile.membership, profile), *offered.get(profile.pk, ())]
        yield profile.membership.ref, " ".join(said)
