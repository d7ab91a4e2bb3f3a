"""What pairs ask for, offer to do next, and show on other pages."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from alongside.foundation import events, hooks, notifications
from alongside.foundation.events import Who
from alongside.foundation.identity.actors import SYSTEM, Actor
from alongside.foundation.identity.models import Membership
from alongside.guidance.terms import Evidence, Fact, Stage
from alongside.people.models import RosterImport
from alongside.people.queries import needs
from alongside.people.queries.ties import Tie, add
from alongside.programmes.models import Participation, Programme
from alongside.programmes.policy import Standing as ProgrammeStanding
from alongside.programmes.queries import changes, desk, programmes_of, waits
from alongside.programmes.queries.mails import add_apart
from alongside.programmes.terms import Part, ProgrammeState
from alongside.readiness.queries.competences import add_readable
from alongside.relationships import actions, queries
from alongside.relationships.models import Party, Relationship
from alongside.relationships.queries import rating, ties, waiting
from alongside.relationships.queries.pairs import apart
from alongside.relationships.terms import MANAGED, Answer, Ending, PairPart, State


@hooks.gates.register
def gate(relationship: Relationship, to: str) -> Iterable[hooks.Need]:
    """Getting to know each other needs a yes from both."""
    if to == Stage.CONNECT:
        parties = Party.objects.filter(relationship=relationship).select_related("participation__membership")
        for party in parties.order_by("part"):
            words = _("%(name)s has said yes") % {"name": party.participation.membership.name}
            yield hooks.Need(words, party.answer == Answer.ACCEPTED, code=Evidence.ACCEPTED_BOTH)


@hooks.gates.register
def both_are_ready(relationship: Relationship, to: str) -> Iterable[hooks.Need]:
    """Where the programme says so, a pair begins once both have done what it asks; who lacks what stays their own.

    Two who met before Alongside have begun already.
    """
    if to == Stage.CONNECT and not relationship.carried and queries.waits_for_readiness(relationship):
        words, link = _("Each of you has done what the programme asks beforehand"), reverse("readiness:own")
        yield hooks.Need(words, queries.both_ready(relationship), link, Evidence.READY_BOTH)


@events.on("code.accepted")
@events.on("training.completed")
@events.on("conflict.stated")
@events.on("conflict.decided")
@events.on("vetting.recorded")
@events.on("competences.rated")
def begin_where_one_is_ready(happened: events.Event) -> None:
    """Somebody has done what was asked: their pairs that waited for it begin."""
    held = Party.objects.filter(participation__membership__ref=happened.about_ref, until__isnull=True)
    actions.begin_waiting(held.values("relationship"), by=happened.by)


@events.on("module.changed")
@events.on("module.retired")
def begin_where_training_asks_less(happened: events.Event) -> None:
    """A part of an organisation's training is asked no more: pairs that waited for it alone begin."""
    actions.begin_waiting(queries.of_training(happened.about_ref).values("pk"), by=happened.by)


@events.on("readiness.ruled")
def begin_where_less_is_asked(happened: events.Event) -> None:
    """A programme asks something else: pairs that lack nothing any more begin."""
    held = Relationship.objects.filter(programme__ref=happened.about_ref)
    actions.begin_waiting(held.values("pk"), by=happened.by)


hooks.duty_facts.register(hooks.DutyFact(Fact.ACCEPTED, queries.expected.accepted))


@hooks.next_steps.leading_to("pair")
def answers(actor: Actor) -> Iterable[hooks.NextStep]:
    """Answering proposed pairs."""
    for pair in queries.open_pairs(actor):
        if pair.relationship.state != State.PROPOSED or pair.my_party is None or pair.partner is None:
            continue
        link = reverse("relationships:pair", args=[pair.ref])
        name = {"name": pair.partner.name, "programme": pair.programme.name}
        if pair.my_party.answer == Answer.WAITING:
            words = _("Say whether %(name)s is right for you") % name
            yield hooks.NextStep(10, words, link, _("See who it is"), _("For %(programme)s.") % name)
        else:
            words = _("%(name)s says whether you two fit") % name
            yield hooks.NextStep(10, words, link, _("Open"), yours=False)


@hooks.next_steps.leading_to("pair")
def asked_for_a_rating(actor: Actor) -> Iterable[hooks.NextStep]:
    """For mentees whom their mentor asked how they see them."""
    for pair in rating.waiting(actor):
        link = reverse("relationships:rate", args=[pair.ref])
        words = _("Say how you see %(name)s as a mentor") % {"name": pair.mentor.short_name}
        why = _("%(name)s asks you, and only the two of you read it. You can also say that you would rather not.")
        yield hooks.NextStep(46, words, link, _("Look at it"), why % {"name": pair.mentor.short_name})


def _rating_panel(actor: Actor, subject: Actor) -> dict[str, Any] | None:
    """On a mentor's page of competences: whom they can ask how they see them, and what came of it."""
    asked = rating.to_ask(actor)
    return {"asked": asked} if asked else None


@hooks.next_steps.leading_to("profile")
def finish_profile(actor: Actor) -> Iterable[hooks.NextStep]:
    """For whoever waits for a partner: the pages of their profile that they have not looked at."""
    missing, of = waiting.unfinished(actor)
    if missing:
        words = _("Fill in your profile") if len(missing) == of else _("Finish your profile")
        why = _(
            "%(done)s of %(of)s pages are there. It takes less than five minutes, and decides who is proposed to you."
        )
        link = reverse("people:own_part", args=[missing[0].part])
        said = why % {"done": of - len(missing), "of": of}
        yield hooks.NextStep(35, words, link, _("Go on") if len(missing) < of else _("Begin"), said)


def _waits(actor: Actor, what: str) -> list[tuple[Programme, int]]:
    counts = waits(actor, what)
    return [(held, counts[held.pk]) for held in desk(actor) if held.pk in counts]


@hooks.next_steps.leading_to("join")
def say_room(actor: Actor) -> Iterable[hooks.NextStep]:
    """For mentors who wait and have not said themselves how many mentees they have room for."""
    for held in waiting.of(actor):
        part = held.participation
        if part.part == Part.MENTOR and part.room_said_at is None:
            words = _("Say how many mentees you have room for in “%(name)s”") % {"name": part.programme.name}
            why = ngettext("One is expected of you so far.", "%(count)s are expected of you so far.", part.capacity) % {
                "count": part.capacity
            }
            link = reverse("programmes:own_room", args=[part.programme.slug])
            yield hooks.NextStep(33, words, link, _("Say how many"), why)


@hooks.next_steps.leading_to("programme")
def untold_pairs(actor: Actor) -> Iterable[hooks.NextStep]:
    """For coordinators, telling pairs that were brought in."""
    for programme, count in _waits(actor, "untold"):
        words = ngettext(
            "One pair is in “%(name)s”. Tell them?", "%(count)s pairs are in “%(name)s”. Tell them?", count
        )
        link = reverse("relationships:tell", args=[programme.slug])
        why = _("You see what each of them is told before anything goes.")
        yield hooks.NextStep(44, words % {"count": count, "name": programme.name}, link, _("Look and tell"), why)


@hooks.next_steps.leading_to("programme")
def silent_proposals(actor: Actor) -> Iterable[hooks.NextStep]:
    """For coordinators, proposals that have had no answer for a fortnight."""
    for programme, count in _waits(actor, "silent"):
        words = ngettext(
            "One proposal in “%(name)s” has no answer yet",
            "%(count)s proposals in “%(name)s” have no answer yet",
            count,
        )
        link = reverse("relationships:unanswered", args=[programme.slug])
        why = _("For a fortnight or longer. Speak with them, remind them, or take it back.")
        yield hooks.NextStep(45, words % {"count": count, "name": programme.name}, link, _("Look at them"), why)


@hooks.next_steps.leading_to("programme")
def managing_mentors(actor: Actor) -> Iterable[hooks.NextStep]:
    """For coordinators, pairs whose mentor has become the mentee's line manager."""
    for programme, count in _waits(actor, "managing"):
        words = ngettext(
            "In one pair of “%(name)s” the mentor is the mentee’s line manager now",
            "In %(count)s pairs of “%(name)s” the mentor is the mentee’s line manager now",
            count,
        )
        link = reverse("relationships:of_programme", args=[programme.slug]) + f"?state={MANAGED}"
        why = _("Nobody can be mentor and line manager of the same person. Speak with both, and find somebody new.")
        yield hooks.NextStep(43, words % {"count": count, "name": programme.name}, link, _("See who"), why)


@hooks.navigation.register
def navigation(actor: Actor) -> Iterable[hooks.NavigationItem]:
    """Each of one's own pairs while there are few; a list when there are more. On every page: one query."""
    partners = queries.partner_names(actor)
    if len(partners) > 2:
        yield hooks.NavigationItem(20, _("Your pairs"), reverse("relationships:own"))
        return
    for ref, name in partners:
        words = _("You and %(name)s") % {"name": name}
        yield hooks.NavigationItem(20, words, reverse("relationships:pair", args=[ref]))


def _home_panel(actor: Actor, subject: Actor) -> dict[str, Any] | None:
    """Each open pair with its path and what comes next in it; then the newest of those that ended."""
    steps = hooks.next_steps.of(actor)
    first = steps[0] if steps and steps[0].yours else None
    shown = [
        (pair, [step for step in steps if step is not first and step.link.startswith(_page(pair))])
        for pair in queries.open_pairs(actor)
        if pair.relationship.state != State.PROPOSED
    ]
    ended, held = queries.ended_pairs(actor), queries.held_pairs(actor)
    if not shown and not ended and not held:
        return None
    return {
        "pairs": shown,
        "held": held,
        "ended": ended,
        "links": [step.link for _pair, held in shown for step in held],
    }


def _page(pair: queries.Pair) -> str:
    return reverse("relationships:pair", args=[pair.ref])


def _waiting_panel(actor: Actor, subject: Actor) -> dict[str, Any] | None:
    """What happens next, for mentors and mentees who are in no pair: since when, who looks, when they hear again."""
    found = waiting.of(actor)
    if not found:
        return None
    missing, of = waiting.unfinished(actor)
    return {"waits": found, "profile_done": of - len(missing), "profile_of": of}


def _programme_panel(actor: Actor, subject: tuple[Programme, ProgrammeStanding]) -> dict[str, Any] | None:
    programme, standing = subject
    if not standing.coordinates:
        return None
    pairs = queries.coordinated(actor, programme)
    return {
        "programme": programme,
        "pairs": queries.pairs(actor, pairs.order_by("-proposed_at", "-id")[:6]),
        "count": pairs.count(),
        "running": programme.state == ProgrammeState.RUNNING,
        "draft": programme.state == ProgrammeState.DRAFT,
        "closed": programme.state == ProgrammeState.CLOSED,
    }


def _needs_panel(actor: Actor, pair: queries.Pair) -> dict[str, Any] | None:
    """What the other one shares of what helps them."""
    if pair.partner is None or not pair.may_write:
        return None
    said = needs.read(actor, pair.partner)
    return {"said": said, "member": pair.partner} if said else None


def _leave_panel(actor: Actor, taker: Participation) -> dict[str, Any] | None:
    """Which pairs end when somebody leaves a programme in this part."""
    found = [
        held
        for held in queries.open_pairs(actor)
        if held.my_party is not None and held.my_party.participation_id == taker.pk
    ]
    return {"pairs": found} if found else None


hooks.panels.register(hooks.Panel("competences", 10, "relationships/_rating_panel.html", _rating_panel))
hooks.panels.register(hooks.Panel("leave", 10, "relationships/_leave_panel.html", _leave_panel))
hooks.panels.register(hooks.Panel("pair", 45, "people/_needs_panel.html", _needs_panel))
hooks.panels.register(hooks.Panel("home", 5, "relationships/_waiting_panel.html", _waiting_panel))
hooks.panels.register(hooks.Panel("home", 10, "relationships/_home_panel.html", _home_panel))
hooks.panels.register(hooks.Panel("programme", 22, "relationships/_programme_panel.html", _programme_panel))


def _matched(programme: Programme) -> QuerySet[Participation]:
    return queries.paired_participations(programme, (State.ACCEPTED, State.ACTIVE, State.ENDED))


def _completed(programme: Programme) -> QuerySet[Participation]:
    return queries.paired_participations(programme, (State.ENDED,), ending=Ending.COMPLETED)


def _of_pairs(pairs: Sequence[Relationship]) -> Iterable[int]:
    return [pair.programme_id for pair in pairs]


_BROUGHT_IN = ("pair.carried_over", "pair.taken_out", "relationship.resumed")
for _step in (
    hooks.FunnelStep(
        "matched", 40, _("matched"), _matched, dict.fromkeys(("relationship.accepted", *_BROUGHT_IN), _of_pairs)
    ),
    hooks.FunnelStep(
        "completed", 90, _("completed"), _completed, dict.fromkeys(("relationship.ended", *_BROUGHT_IN), _of_pairs)
    ),
):
    hooks.funnel_steps.register(_step)


_PAIRS: Mapping[str, Any] = dict.fromkeys(
    ("relationship.proposed", "relationship.ended", "relationship.resumed", "pair.carried_over", "pair.taken_out"),
    _of_pairs,
)
_HOLDS: Mapping[str, Any] = dict.fromkeys(("relationship.held", "relationship.released"), _of_pairs)
_REACHED: Mapping[str, Any] = {**changes.HOW_THEY_STAND, **changes.WHAT_ROSTERS_SAY, **_PAIRS}


def _themselves(programmes: Sequence[Programme]) -> Iterable[int]:
    return [programme.pk for programme in programmes]


for _count in (
    hooks.DeskCount("untold", queries.running.untold_in, {**_REACHED, **_HOLDS, "pairs.told": _themselves}),
    hooks.DeskCount(
        "silent",
        queries.silent.silent_counts,
        {**_PAIRS, **_HOLDS, **dict.fromkeys(("relationship.silent", "relationship.accepted"), _of_pairs)},
    ),
    hooks.DeskCount("without_mentor", queries.by_hand.waiting_in, {**changes.HOW_THEY_STAND, **_PAIRS}),
    hooks.DeskCount(
        "managing",
        queries.leaving.managing_in,
        {"programme.launched": _themselves, "manager.changed": programmes_of, **changes.WHAT_ROSTERS_SAY, **_PAIRS},
    ),
):
    hooks.desk_counts.register(_count)


@events.on("programme.closed")
def withdraw_proposals(happened: events.Event) -> None:
    """Nothing new begins in a closed programme: proposals that wait for an answer are taken back."""
    waiting = Relationship.objects.filter(programme__ref=happened.about_ref, state=State.PROPOSED)
    for relationship in waiting.order_by("id"):
        actions.withdraw_whole(relationship, by=SYSTEM, only_proposed=True)


@events.on("participation.ended")
def end_their_pairs(happened: events.Event) -> None:
    """Whoever no longer takes part is in no pair of the programme either; who leaves by choice has no fault."""
    parties = Party.objects.filter(participation__ref=happened.about_ref, until__isnull=True)
    for party in parties.select_related("relationship", "participation__membership"):
        at, leaves = party.participation.until, party.participation.membership.ref == happened.by.ref
        actions.withdraw_whole(party.relationship, by=happened.by if leaves else SYSTEM, at=at, no_fault=leaves)


def _part_of(actor: Actor, memberships: Collection[Membership]) -> hooks.Effects:
    """Open pairs, for whoever may know of them: with whom, and that they end."""
    members = {held.pk for held in memberships}
    found: dict[int, list[hooks.Effect]] = {}
    for pair in queries.leaving.open_pairs_of(actor, memberships):
        names = {"mentor": pair.mentor.name, "mentee": pair.mentee.name}
        for leaver, words in (
            (pair.mentor, _("Mentors %(mentee)s: the pair ends, and both are told")),
            (pair.mentee, _("Is mentored by %(mentor)s: the pair ends, and both are told")),
        ):
            if leaver.pk in members:
                effect = hooks.Effect(words % names, _page(pair), _("Look at the pair"))
                found.setdefault(leaver.pk, []).append(effect)
    return found


def _came_of(actor: Actor, left: Mapping[int, datetime]) -> hooks.Effects:
    """Who was left without a partner, and the way to somebody new."""
    ended = queries.leaving.pairs_ended_at(actor, left)
    busy = queries.leaving.busy_participations(ended)
    found: dict[int, list[hooks.Effect]] = {}
    for pair in ended:
        for leaver, stayed in ((pair.mentor_party, pair.mentee_party), (pair.mentee_party, pair.mentor_party)):
            member = leaver.participation.membership_id
            if left.get(member) == pair.relationship.ended_at:
                found.setdefault(member, []).append(_who_is_left(pair, stayed, busy, left))
    return found


def _who_is_left(pair: queries.Pair, stayed: Party, busy: set[int], left: Mapping[int, datetime]) -> hooks.Effect:
    held = stayed.participation
    names = {"name": held.membership.name, "programme": pair.programme.name}
    if held.membership_id in left or not held.in_force:
        return hooks.Effect(_("Was paired with %(name)s in “%(programme)s”") % names)
    if held.pk in busy and stayed.part == PairPart.MENTEE:
        return hooks.Effect(_("%(name)s in “%(programme)s” has somebody new") % names)
    if pair.programme.state != ProgrammeState.RUNNING:
        return hooks.Effect(_("%(name)s in “%(programme)s” has been told") % names)
    if stayed.part == PairPart.MENTEE:
        words, button = _("%(name)s has no mentor any more in “%(programme)s”"), _("Find a new mentor")
    else:
        words, button = _("%(name)s has a free place again in “%(programme)s”"), _("Find a new mentee")
    link = reverse("relationships:by_hand", args=[pair.programme.slug]) + f"?{stayed.part}={held.ref}"
    return hooks.Effect(words % names, link, button)


def _take_back(left: Mapping[int, datetime], by: Who) -> None:
    for relationship in queries.leaving.relationships_ended_at(left):
        actions.resume(relationship, by=by)


hooks.leaver_effects.register(hooks.LeaverEffects("relationships", _part_of, _came_of, _take_back))


@hooks.manager_conflicts.register
def manager_conflicts(actor: Actor, roster: RosterImport) -> Iterable[hooks.Effect]:
    """Pairs of which the mentor becomes the mentee's line manager."""
    for pair in queries.leaving.pairs_with_new_manager(actor, roster):
        names = {"mentor": pair.mentor.name, "mentee": pair.mentee.name, "programme": pair.programme.name}
        words = _(
            "The file names %(mentor)s as line manager of %(mentee)s, whom they mentor in “%(programme)s”. "
            "Nobody can be both: check the file, or find %(mentee)s somebody new."
        )
        yield hooks.Effect(words % names, _page(pair), _("Look at the pair"))


add(Tie.PARTNER, ties.partners)
add(Tie.MATCHED, ties.matched)
add(Tie.COORDINATED, ties.coordinated)
add(Tie.MENTOR, ties.mentors_somewhere)
add_apart(apart)
notifications.add_between(queries.holds.between)
add_readable(rating.readable)
