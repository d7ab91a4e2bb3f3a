"""Publishing a round: every pair is proposed to its two at once, or none is; and taking that back."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock, hooks, jobs
from alongside.foundation.events import Who, event
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor
from alongside.matching import queries, shared
from alongside.matching.actions.boards import refuse_unready
from alongside.matching.actions.locking import locked
from alongside.matching.actions.offers import offer_all
from alongside.matching.models import Offer, Proposal, Published, Round, Run
from alongside.matching.queries.telling import said_in
from alongside.matching.rules import Policy
from alongside.matching.terms import OfferState, RoundState, Way
from alongside.programmes.terms import ProgrammeState
from alongside.relationships import actions as relationships
from alongside.relationships.models import Relationship

PUBLISH = "matching.publish"
_AT_ONCE = 500


def hand_over(round_: Round, *, by: Actor, seen: int) -> str:
    """Queue the publishing of a locked round; the ref of that work. Raises NotPossible with what is missing.

    Of two who press at once one publishes, and the other is told who does.
    """
    with transaction.atomic():
        fresh = locked(round_, RoundState.LOCKED, seen=seen)
        if queries.is_under_way(fresh.job_ref):
            words = _("%(name)s is publishing this matching at this moment. Look again in a minute.")
            raise NotPossible(words % {"name": queries.who_works(fresh.job_ref) or _("Somebody")})
        refuse_unpublishable(fresh, by=by)
        with event("matching.handed_over", by=by, about=fresh):
            job = jobs.enqueue(PUBLISH, organisation=by.organisation_ref, by=by.ref, matching=fresh.ref)
            fresh.job_ref = job.ref
            fresh.save(update_fields=["job_ref"])
    return job.ref


def refuse_unpublishable(round_: Round, *, by: Actor) -> None:
    """Raises NotPossible where a round cannot be published, or not by this coordinator alone."""
    if round_.programme.state != ProgrammeState.RUNNING:
        raise NotPossible(_("Launch the programme first: people are told of their pair at once."))
    if unseen := queries.unseen_by_others(by, refuse_unready(round_)):
        words = _(
            "%(count)s of these are about you or people whom you manage. Another coordinator looks at them first."
        )
        raise NotPossible(words % {"count": unseen})


def publish(round_: Round, *, by: Actor) -> Round:
    """Propose every pair of a locked round to its two, and tell each person once. All of it, or nothing of it.

    Where mentees choose, each of them is offered a few instead. Raises NotPossible, with names, where a pair cannot be
    any more.
    """
    with transaction.atomic():
        fresh = locked(round_, RoundState.LOCKED)
        refuse_unpublishable(fresh, by=by)
        run = refuse_unready(fresh)
        with event("matching.published", by=by, about=fresh, run=run.ref):
            fresh.state, fresh.published_at, fresh.published_by = RoundState.PUBLISHED, clock.now(), by.membership
            fresh.revision += 1
            fresh.save(update_fields=["state", "published_at", "published_by", "revision"])
            found = Proposal.objects.filter(run=run).select_related("mentee__membership", "mentor__membership")
            if queries.policy_of(fresh.programme).way == Way.CHOICE:
                offer_all(fresh, run, list(found.order_by("id")))
            else:
                _propose_all(fresh, run, list(found.order_by("id")), by=by)
            _tell(fresh, by=by)
    return fresh


def _propose_all(round_: Round, run: Run, found: Sequence[Proposal], *, by: Actor) -> None:
    try:
        couples = [(proposal.mentor, proposal.mentee) for proposal in found]
        made = relationships.propose_all(couples, by=by)
    except relationships.NotThese as refused:
        names = {"mentee": refused.mentee.membership.name, "mentor": refused.mentor.membership.name}
        words = _("%(mentee)s and %(mentor)s cannot be paired any more: %(reason)s Unlock, and work it out again.")
        raise NotPossible(words % {**names, "reason": refused.reason}) from refused
    said, grades = said_in(run), Policy.from_kept(run.policy).grades
    kept = [
        Published(
            round=round_,
            relationship=pair,
            score=proposal.score,
            points=proposal.points,
            shared=shared.both(
                proposal.points, said.get(proposal.mentee_id, {}), said.get(proposal.mentor_id, {}), grades
            ),
        )
        for pair, proposal in zip(made, found, strict=True)
    ]
    Published.objects.bulk_create(kept, batch_size=_AT_ONCE)


def _tell(round_: Round, *, by: Who) -> None:
    """One mail for each part: somebody who is mentor and mentee gets one as each. Notices say in which words.

    What they say is read once for everybody: nothing changes meanwhile.
    """
    with hooks.assembling():
        with event("matching.mentees_told", by=by, about=round_):
            pass
        with event("matching.mentors_told", by=by, about=round_):
            pass
        with event("matching.offered", by=by, about=round_):
            pass
        with event("matching.left_told", by=by, about=round_):
            pass


def take_back(round_: Round, *, by: Actor) -> Round:
    """Take a published round back while nobody has answered: every proposal goes, and each person is told once.

    Raises NotPossible as soon as somebody has.
    """
    with transaction.atomic():
        fresh = locked(round_, RoundState.PUBLISHED)
        published = Relationship.objects.filter(pk__in=fresh.published.values("relationship"))
        if queries.boards.is_answered(fresh):
            raise NotPossible(_("Somebody has answered already. Withdraw single pairs on their pages instead."))
        with event("matching.taken_back", by=by, about=fresh):
            fresh.state, fresh.revision = RoundState.UNDONE, fresh.revision + 1
            fresh.save(update_fields=["state", "revision"])
            for relationship in published.order_by("id"):
                relationships.withdraw_whole(relationship, by=by, only_proposed=True, notify=False)
            Offer.objects.filter(round=fresh).update(state=OfferState.OVER, answered_at=clock.now())
            with hooks.assembling(), event("matching.back_told", by=by, about=fresh):
                pass  # one mail to each, as when it was published
    return fresh
