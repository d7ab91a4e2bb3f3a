"""Asking somebody of the organisation to take part: asking, their answer, taking the question back."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock, notifications
from alongside.foundation.events import Who
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import SYSTEM, Actor
from alongside.foundation.identity.models import Membership
from alongside.foundation.identity.terms import MembershipState
from alongside.programmes import queries, rules
from alongside.programmes.actions import moving
from alongside.programmes.actions.applying import say_room
from alongside.programmes.actions.programmes import refuse
from alongside.programmes.actions.taking_in import take_in
from alongside.programmes.models import Answer, Joining, Participation, Programme
from alongside.programmes.queries import asking as asked
from alongside.programmes.queries import joining as found
from alongside.programmes.terms import JoiningState, Part, ProgrammeState, Step

_MIXED_UP = _(
    "In this part you would have two roles that this programme keeps apart. The question stays open; its coordinators "
    "can tell you more."
)


class Wish(NamedTuple):
    """Whom to ask, for which part; `again`: once more, though they have said no."""

    membership: Membership
    part: str
    again: bool = False


class Asked(NamedTuple):
    """How many were asked, and who was not, each with the reason."""

    done: int
    refused: list[tuple[Membership, str]]


def ask(programme: Programme, wish: Wish, *, by: Actor, words: str = "") -> Joining:
    """Ask somebody to take part, by mail; in a programme in preparation at its launch.

    Raises NotPossible for whoever has not joined the organisation, takes part, has applied, is asked already or has
    said no (twice, or once without `again`), where roles would no longer be apart with a yes, and once enrolment is
    over.
    """
    with transaction.atomic():
        fresh = Programme.objects.select_for_update().select_related("organisation").get(pk=programme.pk)
        _refuse(fresh, wish, by)
        joining = moving.road(fresh, wish.membership, wish.part)
        refuse(rules.joining.fault_of_asking_again(asked.noes(joining), again=wish.again))
        with moving.step(joining, Step.INVITE, by=by, words=words.strip()) as held:
            # what was written before is no application any more: nobody but its author reads it
            held.applied_at = held.place = held.news_by = held.participation = None
        tell_invited(fresh, [joining])
    return joining


def _refuse(programme: Programme, wish: Wish, by: Actor) -> None:
    member, name = wish.membership, {"name": wish.membership.name}
    if member.organisation_id != programme.organisation_id:
        raise NotPossible(_("Only people of the same organisation can take part."))
    if wish.part not in (Part.MENTOR, Part.MENTEE):
        raise NotPossible(_("Coordinators are added; nobody asks them."))
    if member.state != MembershipState.ACTIVE:
        raise NotPossible(_("%(name)s cannot sign in: invite them to the organisation first.") % name)
    playing = set(
        Participation.objects.filter(programme=programme, membership=member, until__isnull=True).values_list(
            "part", flat=True
        )
    )
    refuse(_("%(name)s takes part already.") % name if wish.part in playing else None)
    design, entries = queries.on_page(programme)
    today = clock.today(by.organisation.timezone)
    refuse(rules.joining.fault_of_asking(programme.state, found.last_day(entries), programme.ends_on, today))
    wanted = Joining.objects.filter(programme=programme, membership=member, state__in=rules.joining.WANTED)
    others = playing | set(wanted.values_list("part", flat=True))
    refuse(asked.not_apart(programme, [member]).get(member.pk))
    refuse(rules.joining.EITHER_OR if not design.one_in_both and others - {wish.part, Part.COORDINATOR.value} else None)


def ask_all(programme: Programme, wishes: Iterable[Wish], *, by: Actor, words: str = "") -> Asked:
    """The same for several, each by itself: who can be asked is asked though others cannot."""
    done, refused = 0, list[tuple[Membership, str]]()
    for wish in wishes:
        try:
            ask(programme, wish, by=by, words=words)
            done += 1
        except NotPossible as reason:
            refused.append((wish.membership, str(reason)))
    return Asked(done, refused)


def agree(joining: Joining, *, by: Actor, room: int | None = None, fits: bool | None = None) -> None:
    """Say yes: from now on they take part. `room` is how many mentees a mentor takes in this programme.

    Raises NotPossible for a question that is no longer open, without a free place, outside enrolment, and where the
    roles of the programme would no longer be apart.
    """
    with moving.step(joining, Step.AGREE, by=by) as fresh:
        design, entries = queries.on_page(fresh.programme)
        today = clock.today(by.organisation.timezone)
        refuse(
            rules.joining.fault_of_enrolment(
                fresh.programme.state, found.last_day(entries), fresh.programme.ends_on, today
            )
            or rules.joining.fault_of_second(
                fresh.part, asked.other_parts(fresh.programme, fresh.part, by), one_in_both=design.one_in_both
            )
        )
        made = take_in(fresh, by=by, mixed_up=_MIXED_UP)
        if fresh.part == Part.MENTOR and room is not None:
            say_room(made, room, by=by)
        fresh.fits = fits
        if found.has_draft(fresh):  # nobody else has read it, and it is of no use now
            Answer.objects.filter(joining=fresh).delete()
    _tell_of_answer(joining)


def decline(joining: Joining, *, by: Actor) -> None:
    """Say no, without a reason."""
    with moving.step(joining, Step.DECLINE, by=by):
        pass
    _tell_of_answer(joining)


def recall(joining: Joining, *, by: Actor) -> None:
    """Take the question back. Whoever was asked is told, unless the launch was to ask them first."""
    told = joining.programme.state != ProgrammeState.DRAFT
    with moving.step(joining, Step.RECALL, by=by, notify=told):
        pass


def lapse_unanswered(*, by: Who = SYSTEM, progress: Callable[[int, int], None]) -> int:
    """Questions that were not answered by the end of enrolment end by themselves. Returns how many."""
    over, count = asked.unanswered(), 0
    for done, joining in enumerate(over):
        progress(done, len(over))
        with suppress(NotPossible):  # answered, or taken back, at this very moment
            with moving.step(joining, Step.LAPSE, by=by):
                pass
            count += 1
    return count


def tell_invited(programme: Programme, joinings: Sequence[Joining] | None = None) -> None:
    """Ask by mail whoever has not answered, each once for each time that they were asked; while the programme is in
    preparation the mails are kept, and its launch calls this anew."""
    if joinings is None:
        held = Joining.objects.filter(programme=programme, state=JoiningState.INVITED)
        joinings = list(held.select_related("membership").order_by("pk"))
    last = found.last_day(queries.on_page(programme)[1])
    with transaction.atomic():
        for joining in joinings:
            move = asked.last_question(joining)
            notifications.tell(
                "invitation.sent",
                to=[found.receiver(joining)],
                letter=f"invitation.sent.{joining.part}",
                places={
                    "programme": programme.name,
                    "words": move.words if move else "",
                    "by_when": lazy(_by_when, str)(last),
                },
                page=reverse("programmes:answer", args=[programme.slug, joining.part]),
                organisation=programme.organisation,
                within=programme,
                dedupe=f"invitation.sent:{joining.ref}:{move.pk if move else 0}",
            )


def _by_when(last: date | None) -> str:
    """Called in the language of whoever reads it."""
    return _now("Answer by %(day)s, please: enrolment ends then.") % {"day": date_format(last, "l j F")} if last else ""


def _tell_of_answer(joining: Joining) -> None:
    """One mail a day to the coordinators, however many answer."""
    programme = joining.programme
    today = clock.today(programme.organisation.timezone)
    notifications.tell(
        "invitation.answered",
        to=[person for person in queries.coordinators(programme) if person.pk != joining.membership_id],
        letter="invitation.answered",
        places={"programme": programme.name},
        page=reverse("programmes:asked", args=[programme.slug]),
        organisation=programme.organisation,
        within=programme,
        dedupe=f"invitation.answered:{programme.ref}:{today.isoformat()}",
    )


__all__ = ["Asked", "Wish", "agree", "ask", "ask_all", "decline", "lapse_unanswered", "recall", "tell_invited"]
