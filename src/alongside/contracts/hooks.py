"""What agreements ask for, offer to do next, and show on the pair's page."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from alongside.contracts import queries
from alongside.contracts.models import Version
from alongside.contracts.queries import Agreement
from alongside.foundation import hooks
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Organisation
from alongside.guidance.terms import Evidence, Fact, Stage
from alongside.programmes.terms import ProgrammeState
from alongside.relationships.models import Relationship
from alongside.relationships.queries import Pair
from alongside.relationships.terms import CARRIED_OVER, State

_WEIGHT, _WEIGHT_ANEW = 20, 80


@hooks.gates.register
def gate(relationship: Relationship, to: str) -> Iterable[hooks.Need]:
    """Agreeing how to work begins with opening the agreement and is done when both have signed, here or elsewhere."""
    if to not in (Stage.CONTRACT, Stage.DIRECT):
        return
    if day := queries.agreed_elsewhere(relationship):
        words = _("An agreement signed elsewhere on %(day)s") % {"day": date_format(day, "j F Y")}
        yield hooks.Need(words, met=True, code=CARRIED_OVER)
        return
    link = reverse("contracts:agreement", args=[relationship.ref])
    if to == Stage.CONTRACT:
        yield hooks.Need(
            _("One of you has opened the agreement"), queries.is_opened(relationship), link, "agreement_opened"
        )
    if to == Stage.DIRECT:
        signed = bool(queries.agreed_at(relationship))
        yield hooks.Need(_("Both of you have signed the agreement"), signed, link, Evidence.AGREEMENT_SIGNED)


@hooks.assurance.register
def assurance(organisation: Organisation) -> Iterable[hooks.Assured]:
    """How many of the pairs that have begun have agreed how they work."""
    begun = Relationship.objects.filter(programme__organisation=organisation, accepted_at__isnull=False)
    begun = begun.filter(programme__state=ProgrammeState.RUNNING).exclude(state=State.ENDED)
    agreed, all_of_them = queries.how_many_agreed(begun)
    words = _("Pairs that have begun, and both have signed")
    yield hooks.Assured(20, _("Agreements"), words, count=agreed, of=all_of_them)


@hooks.next_steps.leading_to("pair")
def next_steps(actor: Actor) -> Iterable[hooks.NextStep]:
    """Writing, reading and signing."""
    for held in queries.open_agreements(actor):
        if step := _step(held):
            yield step


def _step(held: Agreement) -> hooks.NextStep | None:
    partner = held.pair.partner
    if partner is None:
        return None
    name, ref = {"name": partner.short_name}, held.pair.ref
    if held.proposed:
        return _signing(held, held.proposed, name, reverse("contracts:agreement", args=[ref]))
    if held.draft:
        words = _("Finish your agreement with %(name)s")
        if held.in_force:
            words = _("Finish the change to your agreement with %(name)s")
        why = _("Both of you can write in it. Then you look at both parts, and each of you signs.")
        return hooks.NextStep(_WEIGHT, words % name, reverse("contracts:edit", args=[ref]), _("Go on writing"), why)
    if held.in_force:
        return None
    if queries.agreed_elsewhere(held.pair.relationship):
        why = _("The one that you signed elsewhere holds. Here both of you would find it beside your sessions.")
        words, link = _("Write your agreement with %(name)s here too"), reverse("contracts:agreement", args=[ref])
        return hooks.NextStep(_WEIGHT_ANEW, words % name, link, _("Look at it"), why)
    why = _("How often you meet, what stays between you, and how either of you can stop. Most of it is there already.")
    words = _("Write your agreement with %(name)s") % name
    return hooks.NextStep(_WEIGHT, words, reverse("contracts:agreement", args=[ref]), _("Look at it"), why)


def _signing(held: Agreement, proposed: Version, name: dict[str, str], link: str) -> hooks.NextStep | None:
    signed = queries.signed_parts(proposed)
    if held.pair.standing.part in signed:
        return hooks.NextStep(_WEIGHT, _("%(name)s reads and signs the agreement") % name, link, _("Open"), yours=False)
    why = _("%(name)s has signed already.") % name if signed else _("About ten minutes. You can ask for a change.")
    return hooks.NextStep(_WEIGHT, _("Read and sign the agreement with %(name)s") % name, link, _("Read and sign"), why)


def _panel(actor: Actor, pair: Pair) -> dict[str, Any] | None:
    if pair.relationship.state == State.PROPOSED or pair.relationship.accepted_at is None:
        return None
    held = queries.shown_agreement(actor, pair)
    if not held.contract and not pair.relationship.is_open:
        return None
    shown = held.newest_shown
    return {
        "held": held,
        "shown": shown,
        "people": _people(pair, queries.signed_parts(shown)) if shown else [],
        "elsewhere": queries.agreed_elsewhere(pair.relationship),
    }


def _people(pair: Pair, signed: set[str]) -> list[dict[str, Any]]:
    parties = (("mentee", pair.mentee), ("mentor", pair.mentor))
    return [
        {"name": person.short_name, "signed": part in signed, "mine": part == pair.standing.part}
        for part, person in parties
    ]


hooks.panels.register(hooks.Panel("pair", _WEIGHT, "contracts/_pair_panel.html", _panel))
hooks.duty_facts.register(hooks.DutyFact(Fact.PROPOSED, queries.proposed_by))
hooks.duty_facts.register(hooks.DutyFact(Fact.SIGNED, queries.signed_by))
