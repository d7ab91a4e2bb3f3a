"""Taking a checked roster in: one transaction, set by set."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock, hooks, search
from alongside.foundation.events import Who, event
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.models import Membership, Organisation
from alongside.people.actions.people import ensure_profiles, ensure_skills, words
from alongside.people.actions.rosters import Progress, forget_file
from alongside.people.engine import MANAGER, OF_THE_ORGANISATION, OF_THE_PERSON, Present, missing_skills, present
from alongside.people.models import Link, Profile, ProfileSkill, RosterImport, RosterRow
from alongside.people.queries import SEARCH_KIND
from alongside.people.roster.headers import fold
from alongside.people.roster.person import PersonRow
from alongside.people.terms import ImportState, LinkKind, Outcome, Side

BATCH = 1000
_OF_THE_MEMBERSHIP = ("name", "known_as", "work_address", "employee_number")
_CHANGED_SINCE = _("The people of the organisation have changed since the check. Check the roster again.")


def commit_roster(roster: RosterImport, *, by: Who, progress: Progress | None = None) -> None:
    """Take every new and changed person in, wholly or not at all, and let later packages have their part.

    Raises NotPossible when it is taken in or discarded already, or when people changed since the check.
    """
    with event("roster.taken_in", by=by, about=roster) as happened:
        Organisation.objects.select_for_update().get(pk=roster.organisation_id)
        ready = RosterImport.objects.filter(pk=roster.pk, state__in=(ImportState.READY, ImportState.COMMITTING))
        if not ready.update(state=ImportState.DONE, committed_at=clock.now(), fault=""):
            raise NotPossible(_("This roster is taken in or discarded already."))
        taking = _Taking(roster, by)
        for number, step in enumerate((taking.create, taking.change, taking.link, taking.index), 1):
            step()
            if progress:
                progress(number, 4, str(_("Taking people in")))
        roster.refresh_from_db()
        for import_step in hooks.import_steps:
            import_step.apply(roster, by)
        names = ("created", "changed", "unchanged", "refused", "questions")
        happened.codes.update({name: roster.counts.get(name, 0) for name in names})
        forget_file(roster)


class _Taking:
    def __init__(self, roster: RosterImport, by: Who) -> None:
        self.roster, self.by, self.organisation = roster, by, roster.organisation

    def _rows(self, *outcomes: str) -> Iterator[list[RosterRow]]:
        rows = RosterRow.objects.filter(roster_import=self.roster, outcome__in=outcomes).order_by("spreadsheet_row")
        rest = rows.select_related("membership").iterator(BATCH)
        while batch := list(islice(rest, BATCH)):
            yield batch

    def create(self) -> None:
        """New people with their profiles and skills."""
        for rows in self._rows(Outcome.CREATED):
            people = [PersonRow(**row.data) for row in rows]
            self._refuse_doubles(people)
            members = [
                Membership(
                    organisation=self.organisation,
                    created_at=clock.now(),
                    **{name: getattr(person, name) for name in _OF_THE_MEMBERSHIP},
                )
                for person in people
            ]
            members = identity.add_memberships(self.organisation, members, by=self.by)
            self._keep(rows, members)
            profiles = [self._profile(person, member) for person, member in zip(people, members, strict=True)]
            Profile.objects.bulk_create(profiles)
            self._add_skills((profile, person, set()) for profile, person in zip(profiles, people, strict=True))

    def _refuse_doubles(self, people: list[PersonRow]) -> None:
        addresses = [person.work_address for person in people if person.work_address]
        numbers = [person.employee_number for person in people if person.employee_number]
        here = Membership.objects.filter(organisation=self.organisation).annotate(folded=Lower("work_address"))
        if here.filter(Q(folded__in=addresses) | Q(employee_number__in=numbers)).exists():
            raise NotPossible(_CHANGED_SINCE)

    def _keep(self, rows: list[RosterRow], members: list[Membership]) -> None:
        for row, member in zip(rows, members, strict=True):
            row.membership = member
        RosterRow.objects.bulk_update(rows, ["membership"])

    def _profile(self, person: PersonRow, member: Membership) -> Profile:
        return Profile(
            organisation=self.organisation,
            membership=member,
            roster_role=person.role,
            roster_capacity=person.capacity,
            changed_at=clock.now(),
            **{name: getattr(person, name) for name in (*OF_THE_ORGANISATION, *OF_THE_PERSON)},
        )

    def _add_skills(self, those: Any) -> None:
        missing = [
            (profile, side, name)
            for profile, person, held in those
            for _field, side, names in missing_skills(person, held)
            for name in names
        ]
        skills = ensure_skills(self.organisation.pk, (name for _profile, _side, name in missing))
        rows = [ProfileSkill(profile=profile, skill=skills[fold(name)], side=side) for profile, side, name in missing]
        ProfileSkill.objects.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)

    def change(self) -> None:
        """People who are here already: only what the check found to differ."""
        for rows in self._rows(Outcome.CHANGED):
            ensure_profiles([row.membership for row in rows if row.membership])
            here = {held.membership.pk: held for held in _everybody([row.membership_id for row in rows])}
            if len(here) != len({row.membership_id for row in rows}):
                raise NotPossible(_CHANGED_SINCE)
            added = []
            for row in rows:
                held, person = here[row.membership_id], PersonRow(**row.data)
                self._set(held, person, row.changes)
                if "skills_offered" in row.changes or "skills_wanted" in row.changes:
                    added.append((held.profile, person, held.skills))
            Membership.objects.bulk_update([held.membership for held in here.values()], _OF_THE_MEMBERSHIP)
            Profile.objects.bulk_update(
                [held.profile for held in here.values() if held.profile],
                [*OF_THE_ORGANISATION, *OF_THE_PERSON, "roster_role", "roster_capacity", "changed_at"],
            )
            self._add_skills(added)

    def _set(self, held: Present, person: PersonRow, changes: list[str]) -> None:
        profile = held.profile
        for name in changes:
            if name in _OF_THE_MEMBERSHIP:
                setattr(held.membership, name, getattr(person, name))
            elif profile and name in (*OF_THE_ORGANISATION, *OF_THE_PERSON):
                setattr(profile, name, getattr(person, name))
            elif profile and name.startswith("roster_"):
                setattr(profile, name, getattr(person, name.removeprefix("roster_")))
        if profile:
            profile.changed_at = clock.now()

    def link(self) -> None:
        """Line managers, now that everybody is here."""
        for rows in self._rows(Outcome.CREATED, Outcome.CHANGED):
            named = [
                (row, row.data["manager_address"], row.data["manager_number"])
                for row in rows
                if (row.data["manager_address"] or row.data["manager_number"])
                and (row.outcome == Outcome.CREATED or MANAGER in row.changes)
            ]
            managers = self._managers(named)
            new = [
                Link(source_id=manager, target_id=row.membership_id, since=clock.now())
                for row, address, number in named
                if (manager := managers.get(address or f"#{number}")) and manager != row.membership_id
            ]
            old = Link.objects.filter(
                kind=LinkKind.MANAGES, target__in=[link.target_id for link in new], until__isnull=True
            )
            old.update(until=clock.now())
            Link.objects.bulk_create(new)

    def _managers(self, named: list[tuple[RosterRow, str, str]]) -> dict[str, int]:
        addresses = {address for _row, address, _number in named if address}
        numbers = {number for _row, address, number in named if not address}
        people = Membership.objects.filter(organisation=self.organisation).annotate(folded=Lower("work_address"))
        found = people.filter(Q(folded__in=addresses) | Q(employee_number__in=numbers))
        managers: dict[str, int] = {}
        for pk, address, number in found.values_list("pk", "folded", "employee_number"):
            managers |= {address: pk, f"#{number}": pk}
        return managers

    def index(self) -> None:
        """Everybody who came or changed is found by their words."""
        for outcome in (Outcome.CREATED, Outcome.CHANGED):
            for rows in self._rows(outcome):
                search.index_many(
                    self.organisation,
                    SEARCH_KIND,
                    self._texts([row.membership_id for row in rows]),
                    fresh=outcome == Outcome.CREATED,
                )

    def _texts(self, members: list[int]) -> list[tuple[str, str]]:
        profiles = list(Profile.objects.filter(membership__in=members).select_related("membership"))
        skills: dict[int, list[str]] = {}
        offered = ProfileSkill.objects.filter(profile__in=profiles, side=Side.OFFERED)
        for profile, name in offered.values_list("profile_id", "skill__name"):
            skills.setdefault(profile, []).append(name)
        return [
            (profile.membership.ref, " ".join([*words(profile.membership, profile), *skills.get(profile.pk, ())]))
            for profile in profiles
        ]


def _everybody(pks: list[int]) -> list[Present]:
    found = present(Membership.objects.filter(pk__in=pks))
    unique = {held.membership.pk: held for held in (*found.by_address.values(), *found.by_number.values())}
    return list(unique.values())
