"""What coordinators do about applications: accept, keep on a list, turn down, look again, carry over."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.db.models import F, Max
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock, notifications, sets
from alongside.foundation.events import event
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.terms import GONE
from alongside.programmes import rules
from alongside.programmes.actions import moving
from alongside.programmes.actions.programmes import refuse, take_back_participants
from alongside.programmes.actions.taking_in import take_in
from alongside.programmes.models import Joining, Participation, Programme
from alongside.programmes.queries import joining as found
from alongside.programmes.terms import JoiningState, ProgrammeState, Step


class Verdict(NamedTuple):
    """What a coordinator decides: which step, the words to whoever it is about, and when they hear again."""

    step: Step
    words: str = ""
    news_by: date | None = None


class Outcome(NamedTuple):
    """For how many it was done, and for whom it was not, each with the reason."""

    done: int
    refused: list[tuple[Joining, str | Promise]]


def decide(joining: Joining, verdict: Verdict, *, by: Actor, seen: int | None = None) -> None:
    """Accept, put on the list, give news or turn down. `seen` is the revision that was read.

    Raises NotPossible for a move that is not open, and for an application that has changed since it was read.
    """
    with moving.step(joining, verdict.step, by=by, words=verdict.words.strip()) as fresh:
        if seen is not None and fresh.revision != seen:
            raise NotPossible(_("This application has changed since you opened it. Read it again."))
        _DECISIONS[verdict.step](fresh, verdict, by)


def decide_all(joinings: Iterable[Joining], verdict: Verdict, *, by: Actor) -> Outcome:
    """The same for several, each by itself: what is possible for some is done though it is not for others."""
    done, refused = 0, list[tuple[Joining, str | Promise]]()
    for joining in joinings:
        try:
            decide(joining, verdict, by=by)
            done += 1
        except NotPossible as reason:
            refused.append((joining, str(reason)))
    return Outcome(done, refused)


def _accept(joining: Joining, verdict: Verdict, by: Actor) -> None:
    take_in(joining, by=by)


def _wait(joining: Joining, verdict: Verdict, by: Actor) -> None:
    _news(joining, verdict, by)
    held = found.waiting_list(joining.programme, joining.part)
    came = joining.applied_at or clock.now()
    later = next((row for row in held if row.applied_at and came < row.applied_at), None)
    if later is None:
        joining.place = (held.aggregate(last=Max("place"))["last"] or 0) + 1
    else:  # first come, first on the list
        joining.place = later.place
        held.filter(place__gte=later.place).update(place=F("place") + 1)


def _news(joining: Joining, verdict: Verdict, by: Actor) -> None:
    refuse(rules.joining.fault_of_news(verdict.news_by, clock.today(by.organisation.timezone)))
    joining.news_by = verdict.news_by


def _turn_down(joining: Joining, verdict: Verdict, by: Actor) -> None:
    joining.place = joining.news_by = None


_DECISIONS: dict[Step, Callable[[Joining, Verdict, Actor], None]] = {
    Step.ACCEPT: _accept,
    Step.WAIT: _wait,
    Step.NEWS: _news,
    Step.TURN_DOWN: _turn_down,
}


def look_again(joining: Joining, *, by: Actor) -> None:
    """Take a refusal back: the application waits again, and whoever it is about is told."""
    with moving.step(joining, Step.LOOK_AGAIN, by=by) as fresh:
        fresh.news_by = _a_fortnight_on(by)


def undo(joining: Joining, *, by: Actor) -> None:
    """Take an acceptance back, within a day and before anything has come of it."""
    with moving.step(joining, Step.UNDO, by=by) as fresh:
        if clock.now() - fresh.since > rules.joining.UNDO_WITHIN:
            raise NotPossible(_("That was more than a day ago. Take them out on the page of the programme’s people."))
        part = fresh.participation
        if fresh.applied_at is None:
            raise NotPossible(_("They said yes when they were asked. Take them out on the page of the people."))
        if part is None or _stands_on(part):
            raise NotPossible(_("Something has come of it already. Take them out on the page of the people."))
        fresh.participation, fresh.news_by = None, _a_fortnight_on(by)
        Joining.objects.filter(pk=fresh.pk).update(
            participation=None, state=JoiningState.APPLIED, news_by=fresh.news_by
        )
        take_back_participants(fresh.programme, Participation.objects.filter(pk=part.pk), by=by)


def _a_fortnight_on(by: Actor) -> date:
    return clock.today(by.organisation.timezone) + rules.joining.NEWS_WITHIN


def _stands_on(part: Participation) -> bool:
    return any(
        model._default_manager.filter(**{name: part.pk}).exists()
        for model, name in sets.referring(Participation)
        if model is not Joining
    )


def reorder(joining: Joining, *, up: bool, by: Actor) -> None:
    """Move somebody on the waiting list by one. At either end nothing changes."""
    with event("application.reordered", by=by, about=joining, up=up):
        Programme.objects.select_for_update().get(pk=joining.programme_id)
        rows = list(found.waiting_list(joining.programme, joining.part))
        here = next((at for at, row in enumerate(rows) if row.pk == joining.pk), None)
        if here is None:
            raise NotPossible(_("This application is not on the waiting list any more."))
        there = here - 1 if up else here + 1
        if 0 <= there < len(rows):
            rows[here], rows[there] = rows[there], rows[here]
            for place, row in enumerate(rows, start=1):
                row.place = place
            Joining.objects.bulk_update(rows, ["place"], batch_size=500)


def carry_over(programme: Programme, to: Programme, *, by: Actor) -> int:
    """Ask everybody on the waiting list whether they want to stay on it for the next round. Returns how many.

    They keep their order. In a programme in preparation they are asked at its launch: nothing leaves before.
    """
    if to.follows_id != programme.pk:
        raise NotPossible(_("“%(name)s” was not begun from this programme.") % {"name": to.name})
    refuse(rules.fault_of_state(to.state))
    asked = []
    with event("waiting_list.carried", by=by, about=programme, to=to.ref) as happened:
        for held in (programme, to) if programme.pk < to.pk else (to, programme):
            Programme.objects.select_for_update().get(pk=held.pk)
        for joining in found.carriable(programme).exclude(membership=by.membership):
            if made := _ask(joining, to, by):
                asked.append(made)
        happened.codes["count"] = len(asked)
        if to.state == ProgrammeState.RUNNING:
            tell_asked(to)
    return len(asked)


def _ask(joining: Joining, to: Programme, by: Actor) -> Joining | None:
    with moving.step(joining, Step.CARRY, by=by, notify=False):
        pass
    made = moving.road(to, joining.membership, joining.part)
    if rules.joining.move(made.state, Step.ASK) is None or joining.membership.state in GONE:
        return None  # has applied there already, or takes part
    with moving.step(made, Step.ASK, by=by, notify=False) as fresh:
        last = found.waiting_list(to, joining.part).aggregate(last=Max("place"))["last"]
        fresh.place, fresh.carried_from, fresh.applied_at = (last or 0) + 1, joining, joining.applied_at
    return made


def tell_asked(programme: Programme) -> None:
    """Ask whoever was carried over by mail, each once, however often this is called."""
    held = Joining.objects.filter(programme=programme, state=JoiningState.ASKED).select_related(
        "membership__account", "membership__organisation"
    )
    with transaction.atomic():
        for joining in held.order_by("pk"):
            notifications.tell(
                "application.asked",
                to=[joining.membership],
                letter="application.asked",
                places={"programme": programme.name},
                page=reverse("programmes:join", args=[programme.slug]),
                organisation=programme.organisation,
                within=programme,
                dedupe=f"application.asked:{joining.ref}",
            )


__all__ = ["Outcome", "Verdict", "carry_over", "decide", "decide_all", "look_again", "reorder", "tell_asked", "undo"]
