"""Taking an import back: what it made goes and what it changed is as before, in one transaction over whole sets.

Whoever somebody has acted on since is named, and spared only where a person says so. Rows lent their refs to the people
and links that they made, so that nothing else is ever taken for theirs.
"""

from itertools import islice
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock, hooks, jobs, sets
from alongside.foundation.events import Who, event
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.models import Membership, Organisation
from alongside.people.actions import own_fields
from alongside.people.actions.finding import forget_people, index_people
from alongside.people.actions.rosters import Progress
from alongside.people.actions.staged import differs, rows_with_differences, was, where_it_differs
from alongside.people.engine import MANAGER, OF_THE_MEMBERSHIP, OF_THE_PROFILE
from alongside.people.models import Link, Profile, ProfileSkill, RosterImport, RosterLeaver, RosterRow, Skill
from alongside.people.queries import leavers as leaving
from alongside.people.queries import undoing as reads
from alongside.people.queries.staged import OldLink, Was
from alongside.people.terms import ImportState, Outcome, Side, SkillState

_BATCH = 5000
_NAMES = 5
_CHANGED_SINCE = _(
    "Somebody has acted on these people a moment ago, or an address that one of them had before belongs to somebody "
    "else by now. Look at it again."
)
_EMPTIED = ("start_date", "roster_capacity")


def undo_import(roster: RosterImport, *, by: Who, sparing: bool = False) -> None:
    """Take an import back, wholly or not at all; with `sparing`, all of it but those on whom somebody has acted since.

    Raises NotPossible where somebody has acted and is not to be spared (naming them), after 30 days, and once it is
    taken back.
    """
    sets.give_way()
    try:
        with sets.room(), event("roster.undone", by=by, about=roster) as happened:
            Organisation.objects.select_for_update().get(pk=roster.organisation_id)
            held = RosterImport.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=roster.pk)
            _refuse_impossible(held)
            acted = reads.acted_on(held)
            if acted and not sparing:
                raise NotPossible(_named(acted))
            figures = _Undoing(held, acted, by).run()
            happened.codes.update(figures)
            counts = {**held.counts, "undone": figures}
            RosterImport.objects.filter(pk=held.pk).update(
                state=ImportState.UNDONE, undone_at=clock.now(), fault="", counts=counts
            )
            jobs.enqueue("people.index_undone", organisation=by.organisation_ref, by=by.ref, roster=roster.ref)
    except IntegrityError as error:
        raise NotPossible(_CHANGED_SINCE) from error
    roster.refresh_from_db()


def _refuse_impossible(held: RosterImport) -> None:
    if held.state not in (ImportState.DONE, ImportState.UNDOING):
        raise NotPossible(_("This import is not taken in, or has been taken back already."))
    if clock.now() >= reads.undone_until(held) or not reads.people_rows(held).exists():
        raise NotPossible(_("An import can be taken back for 30 days; its rows are deleted then."))
    if leaving.is_letting_go(held):
        raise NotPossible(_("People are leaving at this moment. Wait until that is done."))


def _named(acted: reads.Acted) -> Any:
    names = [member.name for member, _reasons in acted.named()[:_NAMES]]
    more = len(acted.reasons) - len(names)
    words = _("Somebody has acted since on: {names}.")
    if more:
        words = _("Somebody has acted since on: {names} and {more} more.")
    return format_lazy(words, names=", ".join(names), more=more)


class _Undoing:
    def __init__(self, roster: RosterImport, acted: reads.Acted, by: Who) -> None:
        self.roster, self.acted, self.by = roster, acted, by
        self.created = self._back(Outcome.CREATED)
        self.changed = self._back(Outcome.CHANGED)

    def _back(self, outcome: Outcome) -> QuerySet[RosterRow]:
        rows = rows_with_differences(self.roster, outcome).filter(taken_back=True, membership__isnull=False)
        return rows.order_by()

    def run(self) -> dict[str, int]:
        """Every step, in an order in which nothing refers to what has gone; how many were taken back."""
        self._mark()
        figures = {"created": self.created.count(), "changed": self.changed.count(), "spared": len(self.acted.reasons)}
        figures["returned"] = self._return_leavers()
        everybody = reads.people_rows(self.roster).filter(taken_back=True).values("membership")
        for step in hooks.import_steps:
            if step.undo:
                step.undo(self.roster, everybody, self.by)
        self._unlink()
        self._forget_skills()
        own_fields.take_back(self.roster, self.created, self.changed, by=self.by)
        self._change_back()
        self._open_other_rosters()
        self._remove_people()
        self._forget_words()
        return figures

    def _mark(self) -> None:
        reads.people_rows(self.roster).update(taken_back=True)
        spared = iter(self.acted.reasons)
        while some := list(islice(spared, 1000)):
            reads.people_rows(self.roster).filter(membership__in=some).update(taken_back=False)

    def _return_leavers(self) -> int:
        back, _stay = reads.leavers_to_return(self.roster)
        left = {leaver.membership_id: leaver.left_at for leaver in back if leaver.left_at}
        for leaver in back:
            identity.take_back_leaving(leaver.membership, leaver.state_before, by=self.by)
        for effects in hooks.leaver_effects:
            effects.take_back(left, self.by)
        RosterLeaver.objects.filter(roster_import=self.roster, left_at__isnull=True).delete()
        RosterLeaver.objects.filter(pk__in=[leaver.pk for leaver in back]).delete()
        return len(back)

    def _unlink(self) -> None:
        """Line managers that the import made go, those that it ended manage on."""
        moved = self.changed.filter(differs(MANAGER))
        for gone in (
            {"ref__in": self.created.values("ref")},
            {"ref__in": moved.values("ref")},
            {"source__in": self.created.values("membership")},
        ):
            sets.delete_from(Link.objects.filter(**gone))
        before = moved.annotate(link=OldLink()).filter(link__isnull=False)
        Link.objects.filter(pk__in=before.values("link")).update(until=None)

    def _forget_skills(self) -> None:
        """Skills that the import added to people who go or are as before, and words that nobody uses any more."""
        first, last = self.roster.made.get("profile_skills", (0, 0))
        made = ProfileSkill.objects.filter(pk__gt=first, pk__lte=last)
        for rows, sides in ((self.created, Side.values), *((self._with_skills(side), [side]) for side in Side)):
            people = Profile.objects.filter(membership__in=rows.values("membership"))
            sets.delete_from(made.filter(profile__in=people.values("pk"), side__in=sides))

    def _with_skills(self, side: str) -> QuerySet[RosterRow]:
        return self.changed.filter(differs("skills_offered" if side == Side.OFFERED else "skills_wanted"))

    def _change_back(self) -> None:
        renamed = self.changed.filter(differs(*OF_THE_MEMBERSHIP))
        old = where_it_differs(Membership, *OF_THE_MEMBERSHIP, value=was)
        sets.update_from(Membership, renamed, key="membership", **old)
        profile = Profile.objects.filter(membership=OuterRef("membership")).values("pk")
        rows = self.changed.annotate(profile=Subquery(profile))
        old = where_it_differs(Profile, *OF_THE_PROFILE, value=was)
        sets.update_from(Profile, rows, key="profile", changed_at=clock.now(), **old)
        for name in _EMPTIED:
            emptied = rows.filter(differs(name)).annotate(was=Was("profile", name)).filter(was__isnull=True)
            Profile.objects.filter(pk__in=emptied.values("profile")).update(**{name: None})

    def _open_other_rosters(self) -> None:
        """Rosters that were checked against these people have to be checked again."""
        others = RosterImport.objects.filter(organisation=self.roster.organisation_id, state=ImportState.READY)
        fault = _("The people of the organisation have changed since the check. Check the roster again.")
        others.update(state=ImportState.COLUMNS, fault=str(fault))
        gone = self.created.values("membership")
        RosterRow.objects.exclude(roster_import=self.roster).filter(membership__in=gone).update(membership=None)
        RosterLeaver.objects.exclude(roster_import=self.roster).filter(membership__in=gone).delete()

    def _remove_people(self) -> None:
        members = Membership.objects.filter(ref__in=self.created.values("ref"))
        profiles = Profile.objects.filter(membership__in=members.values("pk"))
        for model, name in sets.referring(Profile):  # such as the word that they had before two were merged
            sets.delete_from(model._default_manager.filter(**{f"{name}__in": profiles.values("pk")}))
        sets.delete_from(profiles)
        self.created.update(membership=None)
        back = RosterRow.objects.filter(roster_import=self.roster, outcome=Outcome.CREATED, taken_back=True)
        sets.delete_from(Membership.objects.filter(ref__in=back.values("ref")))

    def _forget_words(self) -> None:
        """New words of the organisation's vocabulary, where nobody has them and nobody has accepted them."""
        first, last = self.roster.made.get("skills", (0, 0))
        new = Skill.objects.filter(organisation=self.roster.organisation_id, pk__gt=first, pk__lte=last)
        new = new.filter(state=SkillState.PROPOSED)
        for model, name in sets.referring(Skill):
            new = new.exclude(Exists(model._default_manager.filter(**{name: OuterRef("pk")})))
        sets.delete_from(new)


def index_undone(roster: RosterImport, *, progress: Progress | None = None) -> None:
    """Nobody is found any more by words that are gone with an import. May be begun again from the start."""
    rows = RosterRow.objects.filter(roster_import=roster, taken_back=True).order_by("ref")
    rows = rows.filter(outcome__in=(Outcome.CREATED, Outcome.CHANGED))
    total, done, last = rows.count(), 0, ""
    with sets.room():
        while some := list(rows.filter(ref__gt=last).values_list("ref", "membership_id")[:_BATCH]):
            with transaction.atomic():
                forget_people(roster.organisation, [ref for ref, membership in some if membership is None])
                index_people(roster.organisation, [pk for _ref, pk in some if pk is not None])
            last, done = some[-1][0], done + len(some)
            sets.give_way()
            if progress:
                progress(done, total, str(_("Making people findable")))
