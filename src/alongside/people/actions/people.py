"""One person at a time, and invitations."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock, notifications
from alongside.foundation.events import Who, event
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership, Organisation
from alongside.foundation.notifications.registry import Words
from alongside.people.actions.finding import index
from alongside.people.actions.skills import ensure_skills
from alongside.people.models import Link, Profile, ProfileSkill
from alongside.people.queries import managers
from alongside.people.roster.headers import fold
from alongside.people.terms import LinkKind, Side
from alongside.people.words import left_out


def ensure_profiles(memberships: Iterable[Membership]) -> None:
    """Give an empty profile to whoever has none."""
    Profile.objects.bulk_create(
        [Profile(membership=member, organisation_id=member.organisation_id) for member in memberships],
        ignore_conflicts=True,
        batch_size=1000,
    )


def add_person(*, organisation: Organisation, by: Who, name: str, **facts: Any) -> Membership:
    """Add somebody by hand: known_as, work_address, employee_number, and anything that a profile holds.

    Raises NotPossible where the address or the number is somebody's already.
    """
    own = {key: str(facts.pop(key, "")).strip() for key in ("known_as", "work_address", "employee_number")}
    own["work_address"] = own["work_address"].lower()
    with transaction.atomic():
        _refuse_double(organisation, own["work_address"], own["employee_number"])
        membership = identity.add_membership(organisation=organisation, name=name, by=by, **own)
        ensure_profiles([membership])
        if facts:
            Profile.objects.filter(membership=membership).update(**facts, changed_at=clock.now())
        index(membership)
    return membership


def _refuse_double(organisation: Organisation, address: str, number: str) -> None:
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    people = Membership.objects.filter(organisation=organisation)
    if address and people.filter(work_address__iexact=address).exists():
        raise NotPossible(_("Somebody with this e-mail address is listed already."))
    if number and people.filter(employee_number=number).exists():
        raise NotPossible(_("Somebody with this employee number is listed already."))


def change_profile(
    membership: Membership,
    *,
    by: Who,
    known_as: str | None = None,
    offered: list[str] | None = None,
    wanted: list[str] | None = None,
    **facts: Any,
) -> None:
    """Change what a profile says; of skills, the whole list for a side. What is not named stays as it is."""
    fields = sorted(name for name in (*facts, "known_as", "offered", "wanted") if facts.get(name, True) is not None)
    with event("profile.changed", by=by, about=membership, fields=",".join(fields)):
        skills = ensure_skills(membership.organisation_id, [*(offered or ()), *(wanted or ())])
        ensure_profiles([membership])
        if known_as is not None:
            membership.known_as = known_as
            membership.save(update_fields=["known_as"])
        Profile.objects.filter(membership=membership).update(**facts, changed_at=clock.now())
        profile = Profile.objects.get(membership=membership)
        for side, names in ((Side.OFFERED, offered), (Side.WANTED, wanted)):
            if names is not None:
                _set_skills(profile, side, {skills[folded].pk for name in names if (folded := fold(name))})
        index(membership)


def _set_skills(profile: Profile, side: str, skills: set[int]) -> None:
    held = ProfileSkill.objects.filter(profile=profile, side=side)
    held.exclude(skill__in=skills).delete()
    ProfileSkill.objects.bulk_create(
        [ProfileSkill(profile=profile, skill_id=skill, side=side) for skill in sorted(skills)], ignore_conflicts=True
    )


def set_manager(membership: Membership, manager: Membership | None, *, by: Who) -> None:
    """Say who manages somebody now, or that nobody does. Raises NotPossible for oneself or somebody from elsewhere."""
    if manager and manager.pk == membership.pk:
        raise NotPossible(_("Nobody is their own line manager."))
    if manager and manager.organisation_id != membership.organisation_id:
        raise NotPossible(_("A line manager belongs to the same organisation."))
    if set(managers(membership)) == ({manager} if manager else set()):
        return
    with event("manager.changed", by=by, about=membership, manager=manager.ref if manager else ""):
        Membership.objects.select_for_update().get(pk=membership.pk)
        Link.objects.filter(kind=LinkKind.MANAGES, target=membership, until__isnull=True).update(until=clock.now())
        if manager:
            Link.objects.create(source=manager, target=membership, since=clock.now())


@dataclass(frozen=True)
class Invited:
    """Who was invited, and who was not because they had been not long ago, with when they can be again."""

    people: list[Membership]
    left_out: list[tuple[Membership, datetime]]


def invite(memberships: Iterable[Membership], *, by: Who, also: Sequence[Words] = ()) -> Invited:
    """Mail each of them a link by which they join; earlier links stop working.

    `also` are lines of a later package that stand in the mail too.

    Raises NotPossible where one of them has no address, has joined or has left, and where nobody is left to invite.
    """
    chosen = sorted(memberships, key=lambda held: held.pk)  # two at once lock them in the same order
    if not chosen:
        raise NotPossible(_("Tick the people to invite first."))
    done = Invited([], [])
    with event("people.invited", by=by, about=chosen[0].organisation, notify=False) as happened:
        for membership in chosen:
            try:
                token = identity.invite(membership, by=by)
            except identity.TooSoon as reason:
                done.left_out.append((membership, reason.again))
                continue
            _mail_link(membership, token, by=by, also=also)
            done.people.append(membership)
        if not done.people:
            raise NotPossible(left_out([(held.name, again) for held, again in done.left_out]))
        happened.codes |= {"count": len(done.people), "left_out": len(done.left_out)}
    return done


def _mail_link(membership: Membership, token: str, *, by: Who, also: Sequence[Words]) -> None:
    names = {"name": membership.short_name, "organisation": membership.organisation.name}
    who = by.membership.name if isinstance(by, Actor) else membership.organisation.name
    expires = clock.now() + timedelta(days=identity.INVITATION_DAYS)
    notice = settings.SITE_URL + reverse("people:join_notice", args=[token])
    notifications.tell(
        "membership.invitation",
        to=[membership],
        letter="membership.invitation",
        places={**names, "who": who, "more": also, "notice": notice},
        page=f"/join/{token}/",
        organisation=membership.organisation,
        expires=expires,
        secret=True,
        about=membership.ref,
    )
