"""Reads of agreements: a pair's own, what the actor may know of it, and a version as its page shows it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from alongside import guidance
from alongside.contracts import rules
from alongside.contracts.models import Contract, LayerText, Signature, Version
from alongside.contracts.policy import Layer
from alongside.contracts.terms import LayerName, VersionState
from alongside.foundation import hooks, vault
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership
from alongside.programmes.queries import coordinators
from alongside.relationships import queries as relationships
from alongside.relationships.models import Relationship
from alongside.relationships.queries import Pair
from alongside.relationships.terms import PairPart, State

if TYPE_CHECKING:
    from alongside.guidance import ClauseSet

SALT = "_salt"  # among the sealed answers; no clause has a blank of this name
AGREED = (VersionState.SIGNED, VersionState.REPLACED)


def visible_to(actor: Actor) -> QuerySet[Contract]:
    """The agreements that the actor may know of."""
    return Contract.objects.filter(relationship__in=relationships.visible_to(actor))


def texts_visible_to(actor: Actor) -> QuerySet[LayerText]:
    """The frozen layers that the actor may read: own pairs', and for a coordinator shared ones that both signed."""
    own = Q(version__contract__relationship__in=relationships.own(actor))
    seen = Q(version__contract__relationship__in=relationships.visible_to(actor))
    agreed_shared = Q(layer=LayerName.SHARED, version__state__in=AGREED)
    return LayerText.objects.filter(own | seen & agreed_shared)


@dataclass(frozen=True)
class Agreement:
    """A pair's agreement with all its versions, oldest first."""

    pair: Pair
    contract: Contract | None
    versions: tuple[Version, ...] = ()

    def _in(self, *states: str) -> Version | None:
        return next((version for version in reversed(self.versions) if version.state in states), None)

    @cached_property
    def draft(self) -> Version | None:
        """The version that is being written."""
        return self._in(VersionState.DRAFTING)

    @cached_property
    def proposed(self) -> Version | None:
        """The version that waits for signatures."""
        return self._in(VersionState.PROPOSED)

    @cached_property
    def in_force(self) -> Version | None:
        """The version that holds now."""
        return self._in(VersionState.SIGNED)

    @cached_property
    def newest_shown(self) -> Version | None:
        """The newest version that can be read: the one that waits, else the one that holds."""
        return self.proposed or self.in_force

    @cached_property
    def copied(self) -> Version | None:
        """The newest version that was ever shown: the next draft is a copy of it."""
        return next((version for version in reversed(self.versions) if version.proposed_at), None)

    @property
    def shown_versions(self) -> list[Version]:
        """Every version that was ever shown, newest first."""
        return [version for version in reversed(self.versions) if version.proposed_at]

    def compared_with(self, version: Version) -> Version | None:
        """What a version's changes are marked against: the version that held before it, else the one before it."""
        earlier = [held for held in self.versions if held.number < version.number and held.proposed_at]
        return next((held for held in reversed(earlier) if held.is_agreed), earlier[-1] if earlier else None)


def agreement(pair: Pair) -> Agreement:
    """The agreement of a pair: its versions and signatures, in two queries. A contract begins with a version."""
    signatures = Prefetch("signatures", Signature.objects.select_related("membership"))
    people = ("created_by", "changed_by", "proposed_by")
    held = Version.objects.filter(contract__relationship=pair.relationship).select_related("contract", *people)
    return _agreement(pair, held.prefetch_related(signatures))


def _agreement(pair: Pair, versions: Iterable[Version]) -> Agreement:
    held = tuple(versions)
    return Agreement(pair, held[0].contract if held else None, held)


def open_agreements(actor: Actor) -> list[Agreement]:
    """The agreements of the actor's open pairs that both accepted; without a contract where none was opened yet.

    Loaded once for a page that assembles.
    """
    return hooks.once(("open_agreements", actor.ref), lambda: _open_agreements(actor))


def _open_agreements(actor: Actor) -> list[Agreement]:
    pairs = [pair for pair in relationships.open_pairs(actor) if pair.relationship.state != State.PROPOSED]
    versions: dict[int, list[Version]] = {pair.relationship.pk: [] for pair in pairs}
    if pairs:
        held = Version.objects.filter(contract__relationship__in=list(versions)).select_related("contract")
        for version in held.defer("answers").prefetch_related("signatures"):
            versions[version.contract.relationship_id].append(version)
    return [_agreement(pair, versions[pair.relationship.pk]) for pair in pairs]


def shown_agreement(actor: Actor, pair: Pair) -> Agreement:
    """The agreement of a pair for a page that assembles: out of the open ones, which it needs anyhow, or by itself.

    Without what its draft says.
    """
    return next((held for held in open_agreements(actor) if held.pair.ref == pair.ref), None) or agreement(pair)


def proposed_by(actor: Actor, pairs: Iterable[Pair]) -> set[tuple[str, str]]:
    """Both of each of the actor's open pairs whose agreement is ready to be signed, or was; as ref and part."""
    ready = [held.pair for held in open_agreements(actor) if held.newest_shown or _is_agreed_elsewhere(held)]
    return {(pair.ref, part) for pair in ready for part in PairPart}


def signed_by(actor: Actor, pairs: Iterable[Pair]) -> set[tuple[str, str]]:
    """Who has signed the agreement of the actor's open pairs, the one that holds or that waits; as ref and part."""
    found: set[tuple[str, str]] = set()
    for held in open_agreements(actor):
        version = held.in_force or held.proposed
        parts = set(PairPart) if _is_agreed_elsewhere(held) else signed_parts(version) if version else set()
        found |= {(held.pair.ref, part) for part in parts}
    return found


def _is_agreed_elsewhere(held: Agreement) -> bool:
    return agreed_elsewhere(held.pair.relationship) is not None


def is_opened(relationship: Relationship) -> bool:
    """Has one of the two opened the agreement?"""
    return Contract.objects.filter(relationship=relationship).exists()


def agreed_at(relationship: Relationship) -> datetime | None:
    """When both had signed for the first time, here or before Alongside; None before. Sessions before it are early."""
    held = Version.objects.filter(contract__relationship=relationship, state__in=AGREED).order_by("number")
    signed_here = held.values_list("signed_at", flat=True).first()
    return min(filter(None, (signed_here, _agreed_elsewhere_at(relationship))), default=None)


def how_many_agreed(pairs: QuerySet[Relationship]) -> tuple[int, int]:
    """In how many of some pairs both have signed once, here or before Alongside; and how many there are: one query."""
    here = Version.objects.filter(contract__relationship=OuterRef("pk"), state__in=AGREED)
    counted = pairs.annotate(is_agreed=Exists(here)).aggregate(
        agreed=Count("pk", filter=Q(is_agreed=True) | Q(carried_over__contract_signed_on__isnull=False)),
        all=Count("pk"),
    )
    return counted["agreed"], counted["all"]


def agreed_elsewhere(relationship: Relationship) -> date | None:
    """The day on which the two signed an agreement before Alongside, as their coordinator says."""
    carried = relationship.carried
    return carried.contract_signed_on if carried else None


def _agreed_elsewhere_at(relationship: Relationship) -> datetime | None:
    """The beginning of that day, where the organisation is."""
    day = agreed_elsewhere(relationship)
    return datetime.combine(day, time(), ZoneInfo(relationship.programme.organisation.timezone)) if day else None


def signed_parts(version: Version) -> set[str]:
    """Who has signed the version: mentor, mentee, both or nobody. Both layers are signed in one go."""
    return {signature.part for signature in version.signatures.all()}


def clause_set(version: Version) -> ClauseSet:
    """The clause set in the edition that the version was begun with."""
    found = guidance.at(version.clause_set, version.language)
    if not isinstance(found, guidance.ClauseSet):
        raise guidance.NotFound(version.clause_set)
    return found


def answers(version: Version) -> dict[str, str]:
    """The answers of a version; none once its key is destroyed."""
    said = json.loads(vault.unseal_one(version.answers, vault.place(version, "answers")) or "{}")
    return {field: answer for field, answer in said.items() if field != SALT}


def hash_of_answers(version: Version) -> str | None:
    """What the audit log keeps of the answers: a hash of the words, which other keys leave as it is.

    A salt is sealed with them, so that nobody finds by trying what was written. None once the key is destroyed. Raises
    BadSeal.
    """
    said = vault.unseal_one(version.answers, vault.place(version, "answers"))
    return None if said is None else rules.sha256(said)


def outside_coordinator(pair: Pair) -> Membership | None:
    """The first coordinator of the programme who neither belongs to the pair nor manages one of the two."""
    near = {pair.mentor.pk, pair.mentee.pk}
    near |= relationships.managers_of(pair.mentor) | relationships.managers_of(pair.mentee)
    return next((held for held in coordinators(pair.programme) if held.pk not in near), None)


def default_answers(pair: Pair, clauses: ClauseSet, today: date) -> dict[str, str]:
    """What a new draft begins with."""
    programme = pair.programme
    return rules.default_answers(clauses, today=today, starts_on=programme.starts_on, ends_on=programme.ends_on)


def names(pair: Pair, language: str) -> dict[str, str]:
    """The names and the passage on records that a clause set asks for."""
    mentor, mentee = rules.short_names(
        (pair.mentor.short_name, pair.mentor.name), (pair.mentee.short_name, pair.mentee.name)
    )
    coordinator = outside_coordinator(pair)
    return {
        "mentor": rules.called(mentor, _("the mentor")),
        "mentee": rules.called(mentee, _("the mentee")),
        "programme": rules.called(pair.programme.name, _("the programme")),
        "organisation": rules.called(pair.programme.organisation.name, _("the organisation")),
        "coordinator": rules.called(coordinator.name if coordinator else "", _("the coordinator of the programme")),
        "records": guidance.records_words("shared_record", "private_note", language=language),
    }


def readers(called: Mapping[str, str]) -> dict[LayerName, str]:
    """Who reads which layer, in the sentence that stands at its head and is frozen with it."""
    return {
        LayerName.PRIVATE: _(
            "%(mentee)s and %(mentor)s can read this part. %(coordinator)s sees only whether it is signed."
        )
        % called,
        LayerName.SHARED: _(
            "%(mentee)s and %(mentor)s can read this part, and %(coordinator)s once both have signed. "
            "It is shared with nobody else until a line manager or sponsor is named."
        )
        % called,
    }


class Clause(NamedTuple):
    """A clause as a page shows it; `changed` says so in words where it is not as it was."""

    key: str
    title: str
    changed: str
    passages: tuple[rules.Passage, ...]


class DeedLayer(NamedTuple):
    """A layer as a page shows it. Without `clauses` its words are gone: the key was destroyed."""

    name: str
    readers: str
    figures: int
    clauses: tuple[Clause, ...]
    sha256: str = ""


@dataclass(frozen=True)
class Deed:
    """A version as its page shows it."""

    version: Version
    layers: tuple[DeedLayer, ...]
    parties: Mapping[str, str]  # part -> whole name, as it was frozen
    against: Version | None = None

    @property
    def changed(self) -> list[tuple[int, Clause, str]]:
        """The changed clauses, each with its number on the page and its layer."""
        every = [(clause, layer.name) for layer in self.layers for clause in layer.clauses]
        return [(number, clause, layer) for number, (clause, layer) in enumerate(every, 1) if clause.changed]

    @property
    def is_readable(self) -> bool:
        """Can its words still be read?"""
        return any(layer.clauses for layer in self.layers)

    @property
    def hashes(self) -> dict[str, str]:
        """The hash of each layer's document."""
        return {layer.name: layer.sha256 for layer in self.layers}


_FIGURES = {LayerName.PRIVATE: 2, LayerName.SHARED: 3}


def deed(actor: Actor, held: Agreement, version: Version, *, marked: bool = True) -> Deed:
    """A frozen version, with only the layers that the actor may read.

    To the two, `marked` shows where it differs from the version before.
    """
    against = held.compared_with(version) if marked and held.pair.standing.part else None
    wanted = [version.pk, *([against.pk] if against else [])]
    said = _read(texts_visible_to(actor).filter(version__in=wanted))
    layers, parties = [], _names_now(held.pair)
    for name in LayerName:
        if (version.pk, name) not in said:
            continue
        sha256, document = said[version.pk, name]
        before = said.get((against.pk, name), ("", None))[1] if against else None
        layers.append(_layer(name, sha256, document, before, version.number))
        parties = {one["part"]: one["name"] for one in document["parties"]} if document else parties
    return Deed(version, tuple(layers), parties, against)


Document = dict[str, Any]


def _read(texts: QuerySet[LayerText]) -> dict[tuple[int, str], tuple[str, Document | None]]:
    """Hash and document of each text, by version and layer; no document once its key is destroyed."""
    found = list(texts)
    opened = vault.unseal([(text.document, vault.place(text, "document")) for text in found])
    return {
        (text.version_id, text.layer): (text.sha256, json.loads(words) if words else None)
        for text, words in zip(found, opened, strict=True)
    }


def _names_now(pair: Pair) -> dict[str, str]:
    return {PairPart.MENTEE: pair.mentee.name, PairPart.MENTOR: pair.mentor.name}


def _layer(name: LayerName, sha256: str, document: Document | None, before: Document | None, number: int) -> DeedLayer:
    if document is None:
        return DeedLayer(name, "", _FIGURES[name], (), sha256)
    clauses = tuple(_clauses(_texts(document) or [], _texts(before), number))
    return DeedLayer(name, document["readers"], _FIGURES[name], clauses, sha256)


def _texts(document: Document | None) -> list[rules.ClauseText] | None:
    return [rules.ClauseText(**clause) for clause in document["clauses"]] if document else None


def _clauses(clauses: list[rules.ClauseText], earlier: list[rules.ClauseText] | None, number: int) -> list[Clause]:
    old = {clause.key: clause.text for clause in earlier or ()}
    shown = []
    for clause in clauses:
        if earlier is None or old.get(clause.key) == clause.text:
            shown.append(Clause(clause.key, clause.title, "", rules.passages(clause.text)))
            continue
        words = _("Changed in version %(number)s") if clause.key in old else _("New in version %(number)s")
        passages = rules.passages(clause.text, old.get(clause.key, ""))
        shown.append(Clause(clause.key, clause.title, words % {"number": number}, passages))
    kept = {clause.key for clause in clauses}
    gone = [clause for clause in earlier or () if clause.key not in kept]
    words = _("Taken out in version %(number)s") % {"number": number}
    return [*shown, *(Clause(one.key, one.title, words, rules.passages("", one.text)) for one in gone)]


def preview(held: Agreement, draft: Version) -> Deed:
    """A draft as it would be frozen now. Raises guidance's Unfilled while an answer is missing."""
    called = names(held.pair, draft.language)
    composed = rules.compose(clause_set(draft), called, answers(draft))
    said = readers(called)
    against = held.compared_with(draft)
    old = _read(LayerText.objects.filter(version=against)) if against else {}
    layers = []
    for name in LayerName:
        before = old.get((against.pk, name), ("", None))[1] if against else None
        clauses = tuple(_clauses(composed[name], _texts(before), draft.number))
        layers.append(DeedLayer(name, said[name], _FIGURES[name], clauses))
    return Deed(draft, tuple(layers), _names_now(held.pair), against)


def subject_of(pair: Pair, version: Version) -> Layer:
    """What the policy needs to know of a version's layers."""
    return Layer(pair.standing, version.is_agreed)


def facts_of(version: Version) -> dict[str, Any]:
    """What a version's link in the chain covers besides its layers."""
    return {
        "pair": version.contract.relationship.ref,
        "contract": version.contract.ref,
        "version": version.ref,
        "number": version.number,
        "set": version.clause_set,
        "by": version.proposed_by.ref if version.proposed_by else "",
        "at": version.proposed_at.isoformat() if version.proposed_at else "",
    }


def written_codes(version: Version) -> dict[str, str | int | None]:
    """What the audit log keeps of a draft each time it is written."""
    return {
        "version": version.ref,
        "number": version.number,
        "set": version.clause_set,
        "language": version.language,
        "revision": version.revision,
        "answers": hash_of_answers(version),
    }


def digest(signature: Signature) -> str:
    """What the audit log keeps of a signature: a hash over everything that it says."""
    said = {
        "signature": signature.ref,
        "version": signature.version.ref,
        "layer": signature.layer,
        "membership": signature.membership.ref,
        "part": signature.part,
        "shown_at": signature.shown_at.isoformat(),
        "signed_at": signature.signed_at.isoformat(),
        "intent": signature.intent,
        "document": signature.document_hash,
        "method": signature.method,
    }
    return rules.sha256(rules.canonical(said))
