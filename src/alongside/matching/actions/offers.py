"""Where mentees choose: what each is offered, choosing one, and what happens when the place is gone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock, notifications
from alongside.foundation.events import event
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor
from alongside.foundation.notifications.rendering import in_the_words_of
from alongside.matching import rules, shared
from alongside.matching.models import Offer, OfferedMentor, Proposal, Published, Round, Run
from alongside.matching.queries import inputs, offers
from alongside.matching.queries.telling import said_in, shown_to_fellows
from alongside.matching.rules import Policy
from alongside.matching.shared import kept_words
from alongside.matching.terms import OfferState
from alongside.programmes.models import Programme
from alongside.relationships import actions as relationships
from alongside.relationships import queries as pairs
from alongside.relationships.models import Relationship
from alongside.relationships.queries import by_hand

REMINDER = "matching.choose_reminder"
_AT_ONCE = 500


class Gone(NotPossible):
    """Whoever was chosen has no place any more: the next best is offered instead."""


def offer_all(round_: Round, run: Run, found: Sequence[Proposal]) -> list[Offer]:
    """Offer each mentee of a run a few to choose from: their own pair, whose place is kept, and who else has room.

    Raises NotPossible, with names, where somebody waits no more or has no place any more.
    """
    making = _Making(run)
    making.keep_places(found)
    now = clock.now()
    made = [Offer(round=round_, mentee=proposal.mentee, made_at=now, until=now + rules.KEPT_FOR) for proposal in found]
    Offer.objects.bulk_create(made, batch_size=_AT_ONCE)
    both = zip(made, found, strict=True)
    rows = [row for offer, proposal in both for row in making.rows(offer, proposal)]
    OfferedMentor.objects.bulk_create(rows, batch_size=_AT_ONCE)
    return made


class _Making:
    """Offers out of a run: who has room now, and what each two may read of what they share."""

    def __init__(self, run: Run) -> None:
        programme, self.policy = run.round.programme, Policy.from_kept(run.policy)
        with_room = list(by_hand.mentors_with_room(programme))
        self.free = inputs.free_places(with_room)
        self.by_ref = {held.ref: held for held in with_room}
        self.waiting = set(by_hand.mentees_waiting(programme).values_list("pk", flat=True))
        self.said, self.shown = said_in(run), shown_to_fellows(held.membership for held in with_room)

    def keep_places(self, found: Sequence[Proposal]) -> None:
        """Take the place of each pair out of what is free. Raises NotPossible with names."""
        for proposal in found:
            self.free[proposal.mentor_id] = self.free.get(proposal.mentor_id, 0) - 1
            if self.free[proposal.mentor_id] < 0 or proposal.mentee_id not in self.waiting:
                names = {"mentee": proposal.mentee.membership.name, "mentor": proposal.mentor.membership.name}
                words = _(
                    "%(mentee)s and %(mentor)s cannot be paired any more: one of them has no place now. "
                    "Unlock, and work it out again."
                )
                raise NotPossible(words % names)

    def rows(self, offer: Offer, proposal: Proposal) -> Iterator[OfferedMentor]:
        """The mentors of an offer: the pair's own one, then whoever else fits and has a place that is not kept."""
        own = {"mentor": proposal.mentor.ref, "score": proposal.score, "points": proposal.points}
        free = self.others(proposal, but={proposal.mentor.ref})
        # Where places are short, the next best is shown too, whose place is kept for somebody else for now.
        found = free or [one for one in proposal.others if one["mentor"] in self.by_ref][: rules.LEAST_CHOICES - 1]
        for place, one in enumerate([own, *found][: self.policy.choices]):
            yield self.row(offer, one, place, kept=not place)

    def others(self, proposal: Proposal, but: Iterable[str]) -> list[Mapping[str, Any]]:
        """Who else would fit a mentee, the best first, and has a place that is not kept for anybody."""
        left_out = set(but)
        able = [one for one in proposal.others if one["mentor"] in self.by_ref and one["mentor"] not in left_out]
        return [one for one in able if self.free[self.by_ref[one["mentor"]].pk] > 0]

    def row(self, offer: Offer, one: Mapping[str, Any], place: int, *, kept: bool = False) -> OfferedMentor:
        """One mentor of an offer, with what the two share, as far as the mentor shows it to members."""
        mentor, points = self.by_ref[one["mentor"]], one.get("points", {})
        theirs = shared.as_shown(self.said.get(mentor.pk, {}), self.shown.get(mentor.membership_id, set()))
        return OfferedMentor(
            offer=offer,
            mentor=mentor,
            place=place,
            kept=kept,
            score=one["score"],
            points=points,
            shared=shared.both(points, self.said.get(offer.mentee_id, {}), theirs, self.policy.grades),
        )


def choose(offer: Offer, chosen: OfferedMentor, *, by: Actor) -> Relationship:
    """Choose one of an offer: the pair is proposed to the mentor, and the mentee has said yes with it.

    Raises Gone where the place was taken a moment ago; then the next best stands in the offer.
    """
    try:
        with transaction.atomic():
            return _choose(offer, chosen, by=by)
    except Gone:
        put_next(offer, chosen, by=by)
        raise


def _choose(offer: Offer, chosen: OfferedMentor, *, by: Actor) -> Relationship:
    fresh = _locked(offer)
    with event("matching.chosen", by=by, about=fresh):
        now = offers.places(fresh, [chosen])
        if now.are_kept(chosen):
            words = _(
                "The place of %(name)s is kept for somebody else for now. Choose another one, or come back later."
            )
            raise NotPossible(words % {"name": chosen.mentor.membership.name})
        if chosen.mentor_id not in now.able:
            raise _gone(chosen)
        try:
            made = relationships.propose(chosen.mentor, fresh.mentee, by=by)
        except NotPossible as reason:
            raise _gone(chosen) from reason
        relationships.accept(pairs.own_pair(by, made.ref), by=by)
        _end(fresh, OfferState.CHOSEN)
        Published.objects.create(
            round_id=fresh.round_id,
            relationship=made,
            score=chosen.score,
            points=chosen.points,
            shared=chosen.shared,
        )
    return made


def _locked(offer: Offer) -> Offer:
    # The programme's row is locked first, as by whoever proposes: of many who choose at once, one after the other.
    Programme.objects.select_for_update().get(pk=offer.mentee.programme_id)
    related = Offer.objects.select_related("mentee__membership", "mentee__programme", "round")
    fresh = related.select_for_update(of=("self",)).get(pk=offer.pk)
    if fresh.state != OfferState.OPEN:
        raise NotPossible(_("You have answered this already."))
    return fresh


def _gone(chosen: OfferedMentor) -> Gone:
    words = _("%(name)s has no place any more: somebody else was a moment faster. Nothing is lost; look who else fits.")
    return Gone(words % {"name": chosen.mentor.membership.name})


def put_next(offer: Offer, gone: OfferedMentor, *, by: Actor) -> None:
    """Put the next best in the place of somebody who has none any more. Where nobody is left, the offer is over."""
    with transaction.atomic():
        fresh = _locked(offer)
        with event("matching.offered_anew", by=by, about=fresh, notify=False):
            OfferedMentor.objects.filter(pk=gone.pk).update(gone=True, kept=False)
            _add_next(fresh)
            if not fresh.mentors.filter(gone=False).exists():
                _end(fresh, OfferState.OVER)


def _add_next(offer: Offer) -> None:
    ran = Proposal.objects.filter(run__round=offer.round_id, mentee=offer.mentee).order_by("-run__number")
    if (found := ran.select_related("run__round__programme").first()) is None:
        return
    making, held = _Making(found.run), list(offer.mentors.select_related("mentor"))
    for one in making.others(found, but={row.mentor.ref for row in held})[:1]:
        making.row(offer, one, max(row.place for row in held) + 1).save()


def choose_nobody(offer: Offer, *, by: Actor) -> None:
    """None of these: the mentee waits again, and the coordinator looks for somebody else. No reason is needed."""
    with transaction.atomic():
        fresh = _locked(offer)
        with event("matching.chose_nobody", by=by, about=fresh):
            _end(fresh, OfferState.NONE)


def _end(offer: Offer, state: OfferState) -> None:
    offer.state, offer.answered_at = state, clock.now()
    offer.save(update_fields=["state", "answered_at"])


def end_offers(**which: Any) -> None:
    """What there was to choose from is over, for some mentees; what was answered stays."""
    Offer.objects.filter(state=OfferState.OPEN, **which).update(state=OfferState.OVER, answered_at=clock.now())


def take_offer_back(offer: Offer, *, by: Actor) -> None:
    """A coordinator takes back what somebody has not chosen from for long: the mentee waits again."""
    with transaction.atomic():
        fresh = _locked(offer)
        with event("matching.offer_taken_back", by=by, about=fresh):
            _end(fresh, OfferState.OVER)


def remind_choosing() -> int:
    """Mail whoever has not chosen what is due, once however often this runs; how many mails were written."""
    return sum(_remind(offer, number) for offer, number in offers.to_remind(clock.now()))


@transaction.atomic
def _remind(offer: Offer, number: int) -> int:
    programme = offer.mentee.programme
    first = next((row for row in offer.mentors.all() if row.kept), None)
    with in_the_words_of(offer.mentee.membership.account, programme.organisation):
        kept = kept_words(first.mentor.membership.name if first else "", offer.until, clock.now())
    written = notifications.tell(
        REMINDER,
        to=[offer.mentee.membership],
        letter=REMINDER,
        places={"programme": programme.name, "kept": kept},
        page=reverse("matching:choose", args=[programme.slug]),
        organisation=programme.organisation,
        within=programme,
        dedupe=f"{REMINDER}:{offer.ref}:{number}",
    )
    return len(written)
