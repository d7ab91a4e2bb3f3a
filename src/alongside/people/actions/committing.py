"""Taking a checked roster in: one transaction of a few statements, however many people there are."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import IntegrityError
from django.db.models import Case, Exists, F, Max, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import JSONObject, NullIf
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock, hooks, jobs, sets
from alongside.foundation.events import Who, event
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.models import Membership, Organisation
from alongside.people.actions import own_fields
from alongside.people.actions.people import ensure_skills
from alongside.people.actions.rosters import Progress, forget_file
from alongside.people.actions.staged import (
    SaidSkills,
    as_it_is,
    differs,
    rows_with_differences,
    said,
    where_it_differs,
)
from alongside.people.engine import MANAGER, OF_THE_MEMBERSHIP, OF_THE_PROFILE, with_address, with_number
from alongside.people.models import Link, OwnChoice, OwnField, Profile, ProfileSkill, RosterImport, RosterRow, Skill
from alongside.people.queries.staged import AsDocument, Said
from alongside.people.roster.headers import fold
from alongside.people.terms import ImportState, LinkKind, Outcome, Side

_CHANGED_SINCE = _("The people of the organisation have changed since the check. Check the roster again.")


def commit_roster(roster: RosterImport, *, by: Who, progress: Progress | None = None) -> None:
    """Take every new and changed person in, wholly or not at all, and let later packages have their part.

    They can be found by their words as soon as `index_roster` has run, which is queued here.
    Raises NotPossible when it is taken in or discarded already, or when people changed since the check.
    """
    sets.give_way()
    try:
        with sets.room(), event("roster.taken_in", by=by, about=roster) as happened:
            Organisation.objects.select_for_update().get(pk=roster.organisation_id)
            ready = RosterImport.objects.filter(pk=roster.pk, state__in=(ImportState.READY, ImportState.COMMITTING))
            if not ready.update(state=ImportState.DONE, committed_at=_moment(roster), fault=""):
                raise NotPossible(_("This roster is taken in or discarded already."))
            _take_in(roster, by, progress)
            roster.refresh_from_db()
            for import_step in hooks.import_steps:
                import_step.apply(roster, by)
            names = ("created", "changed", "unchanged", "refused", "questions")
            happened.codes.update({name: roster.counts.get(name, 0) for name in names})
            forget_file(roster)
            jobs.enqueue("people.index_roster", organisation=by.organisation_ref, by=by.ref, roster=roster.ref)
    except IntegrityError as error:  # an address or a number is somebody's by now
        raise NotPossible(_CHANGED_SINCE) from error


def _moment(roster: RosterImport) -> datetime:
    """Now, or just after the organisation's last taking in: what bears this moment was made by this one."""
    held = RosterImport.objects.filter(organisation=roster.organisation_id, committed_at__isnull=False)
    last = held.aggregate(last=Max("committed_at"))["last"]
    return clock.now() if last is None else max(clock.now(), last + timedelta(microseconds=1))


def _take_in(roster: RosterImport, by: Who, progress: Progress | None) -> None:
    roster.refresh_from_db(fields=["committed_at"])
    taking, before = _Taking(roster), _last_numbers()
    steps = (taking.create, taking.change, taking.add_skills, partial(own_fields.take_in, roster, by=by), taking.link)
    for number, step in enumerate(steps, 1):
        step()
        if progress:
            progress(number, len(steps), str(_("Taking people in")))
    made = {name: [before[name], last] for name, last in _last_numbers().items()}
    RosterImport.objects.filter(pk=roster.pk).update(made=made)


class _Taking:
    def __init__(self, roster: RosterImport) -> None:
        self.roster, self.organisation = roster, roster.organisation
        self.created = rows_with_differences(roster, Outcome.CREATED).order_by("spreadsheet_row")
        self.changed = rows_with_differences(roster, Outcome.CHANGED).order_by("spreadsheet_row")

    def create(self) -> None:
        """New people and their profiles. A row lends its person its ref."""
        facts = {name: said(Membership, name) for name in OF_THE_MEMBERSHIP}
        identity.add_memberships(self.organisation, self.created, ref=F("ref"), **facts)
        person = Membership.objects.filter(ref=OuterRef("ref"))
        self.created.order_by().update(membership=Subquery(person.values("pk")))
        self._add_profiles(self.created, "membership", **{name: said(Profile, name) for name in OF_THE_PROFILE})

    def _add_profiles(self, rows: QuerySet[Any], membership: str, **facts: Any) -> None:
        empty = {field.name: field.get_default() for field in Profile._meta.fields if not field.primary_key}
        fixed = {"organisation": self.organisation.pk, "membership": F(membership), "changed_at": clock.now()}
        sets.insert_from(Profile, rows, **(empty | facts | fixed))

    def change(self) -> None:
        """People who are here already: only what the check found to differ, and what they were is kept."""
        members = Membership.objects.filter(pk__in=self.changed.order_by().values("membership")).order_by()
        self._add_profiles(members.exclude(Exists(Profile.objects.filter(membership=OuterRef("pk")))), "pk")
        self._keep_what_was()
        renamed = self.changed.filter(differs(*OF_THE_MEMBERSHIP))
        sets.update_from(Membership, renamed, key="membership", **where_it_differs(Membership, *OF_THE_MEMBERSHIP))
        profile = Profile.objects.filter(membership=OuterRef("membership")).values("pk")
        sets.update_from(
            Profile,
            self.changed.annotate(profile=Subquery(profile)),
            key="profile",
            changed_at=clock.now(),
            **where_it_differs(Profile, *OF_THE_PROFILE),
        )

    def _keep_what_was(self) -> None:
        profile = Profile.objects.filter(membership=OuterRef("membership")).order_by()
        link = Link.objects.filter(kind=LinkKind.MANAGES, target=OuterRef("membership"), until__isnull=True)
        before = JSONObject(
            membership=as_it_is(OF_THE_MEMBERSHIP, Membership, "membership__"),
            profile=AsDocument(Subquery(profile.values(held=as_it_is(OF_THE_PROFILE, Profile)))),
            link=Subquery(link.order_by().values("pk")),
        )
        sets.update_from(RosterRow, self.changed, key="pk", before=before)

    def add_skills(self) -> None:
        """What people offer and want, in the organisation's vocabulary; nothing is taken away."""
        for name, side in (("skills_offered", Side.OFFERED), ("skills_wanted", Side.WANTED)):
            listed = SaidSkills(self.roster, name)
            words = listed.words()
            skills = ensure_skills(self.organisation.pk, words)
            listed.add(side, {word: skills[fold(word)].pk for word in words})

    def link(self) -> None:
        """Line managers, now that everybody is here."""
        address = with_address(self.organisation).filter(folded=OuterRef("manager_address")).values("pk")
        number = with_number(self.organisation).filter(employee_number=OuterRef("manager_number")).values("pk")
        found = Case(When(manager_address="", then=Subquery(number)), default=Subquery(address))
        manager = NullIf(found, F("membership"))
        for rows in (self.created, self.changed.filter(differs(MANAGER))):
            said = {name: Said(name) for name in ("manager_address", "manager_number")}
            named = rows.annotate(**said).exclude(manager_address="", manager_number="").annotate(manager=manager)
            if rows is not self.created:
                self._end_links(named.filter(manager__isnull=False).order_by().values("membership"))
            fixed = {"kind": LinkKind.MANAGES, "since": self.roster.committed_at, "until": None}
            facts = {"ref": F("ref"), "source": F("manager"), "target": F("membership")}
            sets.insert_from(Link, named, needed="source", **facts, **fixed)

    def _end_links(self, members: QuerySet[Any]) -> None:
        old = Link.objects.filter(kind=LinkKind.MANAGES, target__in=members, until__isnull=True)
        old.update(until=self.roster.committed_at)


def _last_numbers() -> dict[str, int]:
    models = {"skills": Skill, "profile_skills": ProfileSkill, "own_fields": OwnField, "own_choices": OwnChoice}
    return {name: model.objects.aggregate(last=Max("pk"))["last"] or 0 for name, model in models.items()}
