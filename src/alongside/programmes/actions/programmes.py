"""Every change of a programme and of who takes part."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock, sets
from alongside.foundation.events import Who, event
from alongside.foundation.events.refs import new_ref
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership, Organisation
from alongside.foundation.notifications import actions as outbox
from alongside.people.models import Profile
from alongside.people.terms import RosterRole
from alongside.programmes import advice, rules
from alongside.programmes.actions import moving
from alongside.programmes.models import Participation, Programme
from alongside.programmes.queries import dossier
from alongside.programmes.queries.asking import parts_asked
from alongside.programmes.terms import Part, ProgrammeState, Step

_PAGES = ("new", "archived", "open", "without-coordinator")  # addresses that are no programme's


class Place(NamedTuple):
    """Somebody to be added: who, as what, with how many places (mentors only)."""

    membership: Membership
    part: str
    capacity: int = 1


def create(
    *,
    name: str,
    purpose: str,
    starts_on: date,
    ends_on: date,
    model_key: str,
    model_edition: int,
    by: Actor,
    ref: str = "",
) -> Programme:
    """A new programme in preparation, coordinated by whoever starts it. Raises NotPossible for impossible dates.

    `ref` names the form that was sent: the same one sent again gives the programme that it made.
    """
    refuse(rules.fault_of_dates(starts_on, ends_on))
    ref = ref or new_ref()
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=by.organisation.pk)  # a double click waits here
        earlier = Programme.objects.filter(ref=ref, organisation=by.organisation).first()
        if earlier is not None:
            return earlier
        programme = Programme(
            ref=ref,
            organisation=by.organisation,
            slug=_free_slug(name),
            name=name,
            purpose=purpose,
            starts_on=starts_on,
            ends_on=ends_on,
            model_key=model_key,
            model_edition=model_edition,
            created_at=clock.now(),
        )
        with event("programme.created", by=by, about=programme):
            programme.save(force_insert=True)
            add_participants(programme, [Place(by.membership, Part.COORDINATOR)], by=by)
    return programme


def refuse(reason: Any) -> None:
    """Raise NotPossible with the sentence that a rule gave, if it gave one."""
    if reason:
        raise NotPossible(reason)


def _free_slug(name: str) -> str:
    base = slugify(name)[:70] or new_ref()
    taken = {
        *_PAGES,
        *Programme.objects.filter(slug__startswith=base).values_list("slug", flat=True),
    }
    return base if base not in taken else next(f"{base}-{n}" for n in range(2, 10_000) if f"{base}-{n}" not in taken)


def change(programme: Programme, *, by: Who, **changes: Any) -> None:
    """Change name, purpose, dates or (while in preparation) the model."""
    _refuse_closed(programme)
    if "model_key" in changes and programme.state != ProgrammeState.DRAFT:
        raise NotPossible(_("The model stays as it was at launch: pairs are already on its path."))
    refuse(
        rules.fault_of_dates(changes.get("starts_on", programme.starts_on), changes.get("ends_on", programme.ends_on))
    )
    with event("programme.changed", by=by, about=programme, fields=",".join(sorted(changes))):
        for field, value in changes.items():
            setattr(programme, field, value)
        programme.save(update_fields=list(changes))


def _refuse_closed(programme: Programme) -> None:
    refuse(rules.fault_of_state(programme.state))


def add_participants(
    programme: Programme, places: Iterable[Place], *, by: Who, since: datetime | None = None, follow: bool = True
) -> int:
    """Add people, each once for each part; those who are in already stay as they are. Returns how many are new.

    With `since` their parts bear that moment: an import knows by it what it made. An application for the part is
    settled by it, unless (`follow=False`) its acceptance is what adds them.
    """
    since = since or clock.now()
    _refuse_closed(programme)
    wanted = list(places)
    with event("participants.added", by=by, about=programme) as happened:
        Programme.objects.select_for_update().get(pk=programme.pk)
        held = set(
            Participation.objects.filter(programme=programme, until__isnull=True).values_list("membership_id", "part")
        )
        fresh: dict[tuple[int, str], Participation] = {}
        for membership, part, capacity in wanted:
            if membership.organisation_id != programme.organisation_id:
                raise NotPossible(_("Only people of the same organisation can take part."))
            if (membership.pk, part) not in held:
                fresh[membership.pk, part] = _participation(programme, membership, part, capacity, since)
        Participation.objects.bulk_create(fresh.values(), batch_size=1000)
        if follow:
            moving.follow_added(programme, fresh, by=by)
        happened.codes["count"] = len(fresh)
    return len(fresh)


def _participation(
    programme: Programme, membership: Membership, part: str, capacity: int, since: datetime
) -> Participation:
    places = min(max(capacity, 0), rules.MOST_PLACES) if part == Part.MENTOR else 1
    return Participation(programme=programme, membership=membership, part=part, capacity=places, since=since)


def take_back_participants(programme: Programme, parts: QuerySet[Participation], *, by: Who) -> int:
    """An import that made these parts is taken back: they never were. Nothing may refer to them. How many."""
    with event("participants.taken_back", by=by, about=programme) as happened:
        Programme.objects.select_for_update().get(pk=programme.pk)
        happened.codes["count"] = count = sets.delete_from(parts)
    return count


def roster_places(profiles: Iterable[Profile]) -> list[Place]:
    """The places that a roster names for these people: what it says of each, mentors with their capacity."""
    places = []
    for profile in profiles:
        capacity = 1 if profile.roster_capacity is None else profile.roster_capacity
        if profile.roster_role in (RosterRole.MENTOR, RosterRole.BOTH):
            places.append(Place(profile.membership, Part.MENTOR, capacity))
        if profile.roster_role in (RosterRole.MENTEE, RosterRole.BOTH):
            places.append(Place(profile.membership, Part.MENTEE))
    return places


def change_capacity(participation: Participation, capacity: int, *, by: Who) -> None:
    """Change how many mentees a mentor has room for; pairs that exist stay."""
    if participation.part != Part.MENTOR or not 0 <= capacity <= rules.MOST_PLACES:
        raise NotPossible(_("Choose between 0 and %(most)s places.") % {"most": rules.MOST_PLACES})
    with event("participation.changed", by=by, about=participation, capacity=capacity):
        participation.capacity = capacity
        if by.ref == participation.membership.ref:
            participation.room_said_at = clock.now()
        participation.save(update_fields=["capacity", "room_said_at"])


def end_participation(
    participation: Participation, *, by: Who, at: datetime | None = None, step: Step | None = Step.END
) -> None:
    """End somebody's part, as of now or of `at`. Raises NotPossible for a programme's last coordinator.

    `step` is how its history names that; None where the caller makes the move itself.
    """
    with event("participation.ended", by=by, about=participation):
        Programme.objects.select_for_update().get(pk=participation.programme_id)
        others = Participation.objects.filter(
            programme=participation.programme_id, part=Part.COORDINATOR, until__isnull=True
        ).exclude(pk=participation.pk)
        if participation.part == Part.COORDINATOR and not others.exists():
            raise NotPossible(_("A programme needs a coordinator. Name another one first."))
        participation.until = at or clock.now()
        participation.save(update_fields=["until"])
        if step:
            moving.follow(participation, step, by=by)


def resume_participation(participation: Participation, *, by: Who) -> bool:
    """Somebody's part ended by mistake: it goes on. False where they play it again already, or the programme closed."""
    with transaction.atomic():
        programme = Programme.objects.select_for_update().get(pk=participation.programme_id)
        again = Participation.objects.filter(
            programme=programme, membership=participation.membership_id, part=participation.part, until__isnull=True
        )
        if programme.state == ProgrammeState.CLOSED or again.exists():
            return False
        with event("participation.resumed", by=by, about=participation):
            participation.until = None
            participation.save(update_fields=["until"])
            moving.follow(participation, Step.RESUME, by=by)
    return True


def launch(programme: Programme, *, by: Who) -> None:
    """From now on people can be paired and are told. What was kept of mails before is deleted, and never sent.

    Raises NotPossible while people are missing, or while the separation of roles or privacy is open.
    """
    parts = Participation.objects.filter(programme=programme, until__isnull=True).values_list("part", flat=True)
    held = list(parts)
    on_paper = dossier(programme)
    can_come = {*rules.joining.open_parts(on_paper.design.open_to), *parts_asked(programme)}
    missing = rules.why_not_launch(held.count(Part.MENTOR), held.count(Part.MENTEE), can_come)
    missing += [gap.words for gap in rules.design.gaps(on_paper.paper) if gap.refuses]
    refuse(missing[0] if missing else None)
    with event("programme.launched", by=by, about=programme) as happened:
        moved = Programme.objects.filter(pk=programme.pk, state=ProgrammeState.DRAFT).update(
            state=ProgrammeState.RUNNING,
            launched_at=clock.now(),
            model_edition=advice.newest_edition(programme.organisation_id, programme.model_key),
        )
        if not moved:
            raise NotPossible(_("This programme has been launched already."))
        # What they say may be over by now: nobody is mailed late by surprise. Pages show what waits for whom.
        happened.codes["mails_dropped"] = outbox.drop_rehearsed(programme.ref)
        programme.refresh_from_db()


def close(programme: Programme, *, by: Who) -> None:
    """End a programme: nothing new begins in it, and its records stay until their retention date."""
    with event("programme.closed", by=by, about=programme):
        moved = Programme.objects.filter(pk=programme.pk, state=ProgrammeState.RUNNING).update(
            state=ProgrammeState.CLOSED
        )
        if not moved:
            raise NotPossible(_("Only a running programme can be closed."))
        moving.end_with_round(programme, by=by)
        programme.refresh_from_db()
