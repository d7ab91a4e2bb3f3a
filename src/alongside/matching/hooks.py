"""What matching offers to do next, shows on other pages, and does when something below it changes."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from alongside.foundation import access, events, hooks
from alongside.foundation.identity.actors import Actor
from alongside.guidance.terms import Stage
from alongside.matching import actions, queries, shared
from alongside.matching.models import LookAgain
from alongside.matching.queries import after, offers, wishes
from alongside.people.models import OwnField
from alongside.programmes.models import Programme
from alongside.programmes.policy import Standing
from alongside.programmes.queries import desk, waits
from alongside.programmes.terms import ProgrammeState
from alongside.relationships.queries import Pair, waiting


@hooks.next_steps.leading_to("programme")
def waiting_mentees(actor: Actor) -> Iterable[hooks.NextStep]:
    """For coordinators, finding mentors for those who wait. Counted by relationships."""
    counts = waits(actor, "without_mentor")
    for programme in desk(actor):
        if count := counts.get(programme.pk, 0):
            words = ngettext(
                "Find a mentor for one mentee in “%(name)s”", "Find mentors for %(count)s mentees in “%(name)s”", count
            )
            link = reverse("matching:board", args=[programme.slug])
            why = _("Alongside finds the best pairs under your rules; nothing begins before both have said yes.")
            yield hooks.NextStep(48, words % {"count": count, "name": programme.name}, link, _("Match them"), why)


def _programme_panel(actor: Actor, subject: tuple[Programme, Standing]) -> dict[str, Any] | None:
    """For coordinators: the rules, what is to know before, and the board with how far it is."""
    programme, standing = subject
    if not standing.coordinates or programme.state == ProgrammeState.CLOSED:
        return None
    under_way = queries.open_round(actor, programme)
    return {"programme": programme, "under_way": under_way, "running": programme.state == ProgrammeState.RUNNING}


hooks.panels.register(hooks.Panel("programme", 21, "matching/_programme_panel.html", _programme_panel))


# --- on a pair's page and on a proposal


_EARLY = (Stage.PREPARE, Stage.CONNECT, Stage.CONTRACT)


def _reasons_panel(actor: Actor, pair: Pair) -> dict[str, Any] | None:
    """Why these two: for the two until they have agreed how they work, and for the coordinators outside."""
    if pair.standing.part and pair.relationship.stage not in _EARLY:
        return None  # later the page belongs to what they do together
    held = after.published_of(pair.relationship)
    if held is None or not access.may(actor, "matching.reasons", after.standing_of(pair)):
        return None
    two = shared.Two(pair.mentee.short_name, pair.mentor.short_name, pair.standing.part)
    told = shared.told(held.shared, two)
    label = access.label("matching.reasons", partner=pair.partner.short_name) if pair.partner else None
    return {"reasons": told, "label": label} if told else None


for _page in ("pair", "proposal"):
    hooks.panels.register(hooks.Panel(_page, 5, "matching/_reasons_panel.html", _reasons_panel))


# --- on the first page


def _not_placed_panel(actor: Actor, subject: Actor) -> dict[str, Any] | None:
    """For whoever waits and was not placed in the last round: why, and the way to ask a person."""
    if not waiting.of(actor):
        return None
    found = list(after.own_left(actor))
    return {"left": found} if found else None


hooks.panels.register(hooks.Panel("home", 6, "matching/_not_placed_panel.html", _not_placed_panel))


_WHY_WISH = _("Up to five people, in your order. It counts when pairs are worked out; nobody else reads your list.")
_WHY_WISH_UNHEARD = _(
    "Up to five people, in your order. As the rules are now it does not count; nobody else reads your list."
)


@hooks.next_steps.leading_to("programme")
def choose_or_wish(actor: Actor) -> Iterable[hooks.NextStep]:
    """For mentees who choose out of a few, and for whoever has not said whom they would like where both sides do."""
    for held in wishes.asked_of(actor):
        name, slug = {"name": held.programme.name}, held.programme.slug
        if getattr(held, "chooses", False):
            link = reverse("matching:choose", args=[slug])
            why = _("Look at a few who would fit you. Whoever you choose says yes or no; nothing begins before that.")
            yield hooks.NextStep(9, _("Choose your mentor in “%(name)s”") % name, link, _("Look and choose"), why)
        if getattr(held, "wishes", False):
            link = reverse("matching:wish", args=[slug, held.part])
            why = _WHY_WISH if wishes.are_heard(held) else _WHY_WISH_UNHEARD
            words = _("Say whom you would like in “%(name)s”") % name
            yield hooks.NextStep(34, words, link, _("Look who takes part"), why)


@hooks.next_steps.leading_to("programme")
def looks_to_answer(actor: Actor) -> Iterable[hooks.NextStep]:
    """For coordinators: somebody asked that a person looks again."""
    counts = waits(actor, "look_again")
    for programme in desk(actor):
        if count := counts.get(programme.pk):
            words = ngettext(
                "Somebody in “%(name)s” asks a person to look again",
                "%(count)s people in “%(name)s” ask a person to look again",
                count,
            )
            link = reverse("matching:after", args=[programme.slug])
            why = _("They were not placed. You look at it and write to them; it takes ten minutes.")
            said = words % {"count": count, "name": programme.name}
            yield hooks.NextStep(41, said, link, _("Look and answer"), why)


def _programmes_of(looks: Sequence[LookAgain]) -> Iterable[int]:
    return [look.round.programme_id for look in looks]


hooks.desk_counts.register(
    hooks.DeskCount(
        "look_again",
        after.asked_in,
        dict.fromkeys(("matching.look_again_asked", "matching.look_again_answered"), _programmes_of),
    )
)


# --- when something below changes


@events.on("relationship.proposed")
def whoever_is_paired_chooses_no_more(happened: events.Event) -> None:
    """A mentee who is put into a pair meanwhile has nothing left to choose."""
    actions.end_offers(mentee__in=offers.mentees_in(happened.about_ref))


@events.on("participation.ended")
def whoever_is_gone_chooses_no_more(happened: events.Event) -> None:
    """Whoever takes part no more chooses nobody."""
    actions.end_offers(mentee__ref=happened.about_ref)


@events.on("own_field.renamed")
def policies_call_a_field_as_it_is_called(happened: events.Event) -> None:
    """A field of the organisation's own has another name by now."""
    field = OwnField.objects.filter(ref=happened.about_ref).first()
    if field is not None:
        actions.rename_own_field(field.ref, field.name)


@events.on("programme.closed")
def nobody_chooses_in_a_closed_programme(happened: events.Event) -> None:
    """Nothing new begins in a closed programme."""
    actions.end_offers(mentee__programme__ref=happened.about_ref)


waiting.add_busy(offers.all_choosing)
