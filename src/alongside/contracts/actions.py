"""Every change of an agreement: opening, writing, showing for signing, signing, asking for a change."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core import signing
from django.db import IntegrityError
from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from alongside import guidance
from alongside.contracts import queries, rules
from alongside.contracts.models import Contract, LayerText, Signature, Version
from alongside.contracts.queries import Agreement
from alongside.contracts.terms import INTENT, LayerName, VersionState
from alongside.foundation import clock, vault
from alongside.foundation.events import Event, event
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import SYSTEM, Actor, System
from alongside.foundation.identity.models import Membership
from alongside.foundation.privacy import Person
from alongside.foundation.vault.actions import unseal_or_note
from alongside.relationships.actions import locked, move_on_if_ready
from alongside.relationships.models import Relationship
from alongside.relationships.queries import Pair
from alongside.relationships.terms import PairPart, State

_SHOWN = "alongside.contracts.shown"


class Overtaken(NotPossible):
    """Somebody else saved the draft in the meantime. `version` is as they left it."""

    def __init__(self, version: Version) -> None:
        self.version = version
        words = _("%(name)s changed this while you had it open. Nothing is lost.")
        super().__init__(words % {"name": version.changed_by.short_name})


class SignedAlready(NotPossible):
    """The second of two clicks."""


class _BegunAlready(Exception):
    """A draft of the next version is there: nothing happens, and nothing is remembered."""

    def __init__(self, version: Version) -> None:
        self.version = version


def _locked(pair: Pair, by: Actor) -> Relationship:
    # Every change of an agreement holds the pair's row: one at a time, and none after an ending.
    relationship = locked(pair.relationship)
    if pair.my_party is None or by.membership.pk not in (pair.mentor.pk, pair.mentee.pk):
        raise NotPossible(_("Only the two of a pair write and sign their agreement."))
    if relationship.state == State.PROPOSED:
        raise NotPossible(_("First both of you say whether you want to work together."))
    if not relationship.is_open:
        raise NotPossible(_("This has ended. What was agreed can still be read."))
    return relationship


def _contract(pair: Pair) -> Contract:
    contract = Contract.objects.filter(relationship=pair.relationship).first()
    if contract is None:
        raise NotPossible(_("Nobody has opened the agreement yet."))
    return contract


def open_agreement(pair: Pair, *, by: Actor) -> Contract:
    """Begin a pair's agreement with a first draft; where it has begun, nothing changes.

    Raises NotPossible before both have said yes, and after the end.
    """
    if held := Contract.objects.filter(relationship=pair.relationship).first():
        return held
    contract = Contract(relationship=pair.relationship, opened_by=by.membership)
    try:
        with event("contract.drafted", by=by, about=contract, pair=pair.ref) as happened:
            _locked(pair, by)
            contract.opened_at = happened.at
            contract.save()
            _first_draft(contract, pair, by, happened)
            move_on_if_ready(pair.relationship, by=by)
    except IntegrityError:  # the other one opened it in the same moment
        return Contract.objects.get(relationship=pair.relationship)
    return contract


def _first_draft(contract: Contract, pair: Pair, by: Actor, happened: Event) -> None:
    organisation = pair.programme.organisation
    clauses = guidance.clauses(language=organisation.language)
    _new_draft(
        contract,
        pair,
        by,
        happened,
        number=1,
        clause_set=clauses.address,
        language=organisation.language,
        answers=queries.default_answers(pair, clauses, clock.today(organisation.timezone)),
    )


def _new_draft(
    contract: Contract, pair: Pair, by: Actor, happened: Event, *, answers: Mapping[str, str], **facts: Any
) -> Version:
    version = Version(contract=contract, created_by=by.membership, **facts)
    version.created_at = happened.at
    _write(version, pair, answers, by, happened)
    version.save()
    return version


def _write(version: Version, pair: Pair, answers: Mapping[str, str], by: Actor, happened: Event) -> None:
    version.answers = _sealed(pair.relationship.key_owner, answers, version)
    version.changed_by, version.changed_at = by.membership, happened.at
    # With its actor and its time the entry says all that the row says, so that the row can be checked against it.
    happened.codes.update(queries.written_codes(version))


def _sealed(owner: str, answers: Mapping[str, str], version: Version) -> bytes:
    place = vault.place(version, "answers")
    salted = {**answers, queries.SALT: secrets.token_hex(16)}
    return vault.seal(rules.canonical(salted), owner=owner, place=place)


def _draft(contract: Contract, revision: int) -> Version:
    """The draft, locked. Raises Overtaken when it is not the revision that the writer has seen."""
    held = Version.objects.select_for_update(of=("self",)).select_related("changed_by")
    version = held.filter(contract=contract, state=VersionState.DRAFTING).first()
    if version is None:
        raise NotPossible(_("This is no longer a draft. Read it as it stands now."))
    if version.revision != revision:
        raise Overtaken(version)
    return version


def save_draft(pair: Pair, *, revision: int, answers: Mapping[str, str], by: Actor) -> Version:
    """Save the answers of the draft that was seen as `revision`.

    Raises Overtaken when the other one saved in between: nothing is overwritten. Raises NotPossible when there is no
    draft any more, and after the end.
    """
    contract = _contract(pair)
    with event("contract.changed", by=by, about=contract, notify=False) as happened:
        _locked(pair, by)
        version = _draft(contract, revision)
        version.revision += 1
        _write(version, pair, answers, by, happened)
        version.save(update_fields=["answers", "revision", "changed_by", "changed_at"])
    return version


def propose(pair: Pair, *, revision: int, by: Actor) -> Version:
    """Freeze the draft that was seen as `revision` and show it to both for signing.

    From here on its words never change. Raises Overtaken, NotPossible, or guidance's Unfilled while an answer misses.
    """
    contract = _contract(pair)
    with event("contract.proposed", by=by, about=contract) as happened:
        _locked(pair, by)
        version = _draft(contract, revision)
        copied = queries.agreement(pair).copied
        previous = copied.chain if copied else ""
        version.state, version.proposed_by, version.proposed_at = VersionState.PROPOSED, by.membership, clock.now()
        hashes = _freeze(version, pair, previous)
        version.chain = rules.chained(previous, facts=queries.facts_of(version), hashes=hashes)
        version.save(update_fields=["state", "proposed_by", "proposed_at", "chain"])
        happened.codes.update(version=version.ref, number=version.number, chain=version.chain, **hashes)
    return version


def _freeze(version: Version, pair: Pair, previous: str) -> dict[str, str]:
    """Write the document of each layer; returns their hashes."""
    with translation.override(version.language):
        clauses, called = queries.clause_set(version), queries.names(pair, version.language)
        composed, readers = rules.compose(clauses, called, queries.answers(version)), queries.readers(called)
    head = {
        **queries.facts_of(version),
        "previous": previous,
        "language": version.language,
        "title": clauses.title,
        "programme": called["programme"],
        "organisation": called["organisation"],
        "parties": [_party(PairPart.MENTEE, pair.mentee), _party(PairPart.MENTOR, pair.mentor)],
    }
    hashes = {}
    for layer in LayerName:
        salt = secrets.token_hex(16)
        document = rules.document(layer=layer, head=head, readers=readers[layer], clauses=composed[layer], salt=salt)
        text = LayerText(version=version, layer=layer, sha256=rules.sha256(document))
        text.document = vault.seal(document, owner=pair.relationship.key_owner, place=vault.place(text, "document"))
        text.save()
        hashes[layer.value] = text.sha256
    return hashes


def _party(part: PairPart, membership: Membership) -> dict[str, str]:
    return {"part": part.value, "membership": membership.ref, "name": membership.name}


@dataclass(frozen=True)
class Showing:
    """That a page with these very words was drawn for one person: their form brings it back, signed by us."""

    version: str
    membership: str
    hashes: Mapping[str, str]
    at: datetime

    def token(self) -> str:
        """What the form carries."""
        said = {"version": self.version, "membership": self.membership, "hashes": dict(self.hashes)}
        return signing.dumps({**said, "at": self.at.isoformat()}, salt=_SHOWN)


def showing(version: Version, hashes: Mapping[str, str], *, to: Actor) -> Showing:
    """The proof for a page that is being drawn now. Nothing is written: it travels in the form."""
    return Showing(version.ref, to.membership.ref, hashes, clock.now())


def read_showing(token: str) -> Showing | None:
    """The proof that a form brought back; None for anything that we did not sign."""
    try:
        said = signing.loads(token, salt=_SHOWN)
        return Showing(said["version"], said["membership"], said["hashes"], datetime.fromisoformat(said["at"]))
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        return None


def intent(version: Version) -> str:
    """The words beside the box, as they are shown now and kept with the signature."""
    return str(INTENT % {"number": version.number})


def sign(pair: Pair, version_ref: str, *, shown: Showing | None, method: str, by: Actor) -> Version:
    """Sign both layers of the version that was shown. When both have signed, it holds, and the pair moves on.

    Raises SignedAlready for a second click; NotPossible for an old version, for one that this person was not shown,
    and after the end.
    """
    contract = _contract(pair)
    try:
        with event("contract.signature_given", by=by, about=contract) as happened:
            _locked(pair, by)
            version = _asked_for(contract, version_ref)
            texts = list(version.texts.all())
            _refuse(version, texts, shown, by)
            for text in texts:
                _sign_layer(text, version, pair, shown, method, by, happened)
            happened.codes.update(version=version.ref, number=version.number, part=pair.standing.part)
            _agree_if_whole(version, pair, by, happened)
    except IntegrityError as error:  # the database counts signatures too
        raise SignedAlready(_("You have signed this version already.")) from error
    return version


def _asked_for(contract: Contract, version_ref: str) -> Version:
    version = Version.objects.select_for_update().filter(contract=contract, ref=version_ref).first()
    if version is None:
        raise NotPossible(_("There is no such version any more. Read the newest one."))
    return version


def _refuse(version: Version, texts: list[LayerText], shown: Showing | None, by: Actor) -> None:
    signed = version.signatures.filter(membership=by.membership).exists()
    expected = (version.ref, by.membership.ref, {text.layer: text.sha256 for text in texts})
    was_shown = shown is not None and (shown.version, shown.membership, dict(shown.hashes)) == expected
    if reason := rules.why_not_sign(version.state, signed_already=signed, was_shown=was_shown):
        raise SignedAlready(reason) if signed else NotPossible(reason)


def _sign_layer(
    text: LayerText, version: Version, pair: Pair, shown: Showing | None, method: str, by: Actor, happened: Event
) -> None:
    signature = Signature(
        version=version,
        layer=text.layer,
        membership=by.membership,
        part=pair.standing.part,
        shown_at=shown.at if shown else clock.now(),
        signed_at=clock.now(),
        intent=intent(version),
        document_hash=text.sha256,
        method=method,
    )
    signature.save()
    happened.codes[text.layer] = text.sha256
    happened.codes[f"{text.layer}_signature"] = signature.ref
    happened.codes[f"{text.layer}_digest"] = queries.digest(signature)


def _agree_if_whole(version: Version, pair: Pair, by: Actor, happened: Event) -> None:
    parts = set(version.signatures.values_list("part", flat=True))
    happened.codes["whole"] = parts == {PairPart.MENTOR, PairPart.MENTEE}
    if not happened.codes["whole"]:
        return
    at = clock.now()
    codes: dict[str, Any] = {"version": version.ref, "chain": version.chain, "at": at.isoformat()}
    with event("contract.signed", by=by, about=version.contract, **codes):
        Version.objects.filter(contract=version.contract, state=VersionState.SIGNED).update(state=VersionState.REPLACED)
        version.state, version.signed_at = VersionState.SIGNED, at
        version.save(update_fields=["state", "signed_at"])
        move_on_if_ready(pair.relationship, by=by)


def ask_change(pair: Pair, *, by: Actor) -> Version:
    """Begin the next version as a copy of the newest one; where one is being written already, that one.

    A version that waits for signatures is taken back, and signatures under it do not carry over. One that both have
    signed holds until the new one is signed. Raises NotPossible after the end.
    """
    contract = _contract(pair)
    try:
        with event("contract.change_begun", by=by, about=contract) as happened:
            _locked(pair, by)
            held = queries.agreement(pair)
            if held.draft:
                raise _BegunAlready(held.draft)
            version = _next_version(contract, pair, held, by, happened)
            withdrawn = held.proposed
            if withdrawn:
                Version.objects.filter(pk=withdrawn.pk).update(state=VersionState.WITHDRAWN)
            happened.codes["withdrawn"] = withdrawn.ref if withdrawn else ""
    except _BegunAlready as begun:
        return begun.version
    return version


def _next_version(contract: Contract, pair: Pair, held: Agreement, by: Actor, happened: Event) -> Version:
    source = held.copied
    if source is None:
        raise NotPossible(_("Nobody has opened the agreement yet."))
    return _new_draft(
        contract,
        pair,
        by,
        happened,
        number=source.number + 1,
        clause_set=source.clause_set,
        language=source.language,
        answers=queries.answers(source),
    )


def drop_draft(pair: Pair, *, revision: int, by: Actor) -> None:
    """Throw away the draft of a change; what both have signed goes on as it is.

    Raises NotPossible where nothing is signed yet, Overtaken when the other one has written in it since.
    """
    contract = _contract(pair)
    with event("contract.change_dropped", by=by, about=contract) as happened:
        _locked(pair, by)
        version = _draft(contract, revision)
        if not contract.versions.filter(state=VersionState.SIGNED).exists():
            raise NotPossible(_("Nothing is signed yet that could go on as it is. Change the words instead."))
        happened.codes["version"] = version.ref
        version.delete()


def take_name_out(person: Person) -> int:
    """Take the name of somebody who is erased out of their agreements; how many versions were changed.

    Hashes, chain and signatures stay what they were. The log keeps the hashes of the words without the name, by which
    `verify_contracts` knows them. Their salt goes: with it the old hash could be used to try names.
    """
    theirs = Q(contract__relationship__parties__participation__membership=person.membership)
    found = Version.objects.filter(pk__in=Version.objects.filter(theirs).values("pk"))
    people = ("contract__relationship", "created_by", "changed_by", "proposed_by")
    return sum(_take_name_out(version, person) for version in found.select_related(*people).order_by("pk"))


def _take_name_out(version: Version, person: Person) -> bool:
    owner = version.contract.relationship.key_owner
    codes: dict[str, str] = {}
    for text in version.texts.all():
        place = vault.place(text, "document")
        [document] = unseal_or_note([(text.document, place)], by=SYSTEM)  # `verify_contracts` says that it is broken
        cleaned = rules.nameless(document, person.names) if document else None
        if cleaned and cleaned != document:
            text.document = vault.seal(cleaned, owner=owner, place=place)
            text.save(update_fields=["document"])
            codes[text.layer] = rules.sha256(cleaned)
    [opens] = unseal_or_note([(version.answers, vault.place(version, "answers"))], by=SYSTEM)
    answers = queries.answers(version) if opens else {}
    cleaned_answers = person.names.without_in(answers, closely=True)
    if cleaned_answers != answers:
        version.answers = _sealed(owner, cleaned_answers, version)  # with another salt: the old hash tells nothing now
        version.save(update_fields=["answers"])
        codes["answers"] = str(queries.written_codes(version)["answers"])
    if codes:
        with event("contract.name_taken_out", by=System(person.organisation), about=version.contract) as happened:
            happened.codes.update(codes, version=version.ref)
    return bool(codes)


def tell_of_removal(contracts: QuerySet[Contract]) -> None:
    """Remember in the log that these agreements are deleted because their day has come."""
    for contract in contracts.select_related("relationship__programme__organisation"):
        organisation = contract.relationship.programme.organisation
        with event("contract.deleted", by=System(organisation), about=contract, notify=False):
            pass
