"""Is every agreement whole? Texts against their hashes, versions against their chain, all of it against the audit log.

A signature, a version or a whole agreement that was changed, removed or added by hand cannot agree with the log, and
the log has a chain and an anchor of its own, which are checked first.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from json import loads

from django.db.models import Prefetch, QuerySet

from alongside.contracts import queries, rules
from alongside.contracts.models import Contract, LayerText, Signature, Version
from alongside.contracts.terms import LayerName, VersionState
from alongside.foundation import vault
from alongside.foundation.events.log import entries_about, first_fault
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.vault.models import DestroyedKey

_KIND = "contracts.contract"
_BATCH = 200
_NAMELESS, _DELETED = "contract.name_taken_out", "contract.deleted"
_BEGUN = ("contract.drafted", "contract.change_begun")
_ALL_LAYERS = sorted(layer.value for layer in LayerName)


@dataclass
class Report:
    """What was checked, and the first thing that is wrong, in a sentence."""

    contracts: int = 0
    versions: int = 0
    signatures: int = 0
    tombstones: list[str] = field(default_factory=list)
    nameless: list[str] = field(default_factory=list)
    deleted: int = 0
    fault: str | None = None


@dataclass(frozen=True)
class Case:
    """One agreement with everything that the audit log says of it."""

    contract: Contract
    versions: list[Version]
    log: list[AuditEntry]
    is_destroyed: bool  # the pair's key was destroyed, lawfully

    def entries(self, *names: str) -> dict[str, AuditEntry]:
        """The newest of the log's entries of these names, by version."""
        return {str(entry.codes.get("version")): entry for entry in self.log if entry.name in names}

    def told(self, name: str) -> dict[str, Mapping[str, object]]:
        """The codes of the log's entries of one name, by version."""
        return {ref: entry.codes for ref, entry in self.entries(name).items()}

    def begun(self) -> dict[str, AuditEntry]:
        """The beginning of each version that the log knows, but of drafts that were dropped."""
        dropped = self.entries("contract.change_dropped")
        return {ref: entry for ref, entry in self.entries(*_BEGUN).items() if ref not in dropped}

    def without_name(self, version: Version) -> dict[str, object]:
        """The newest hashes of a version's words from which the name of somebody erased was taken, by part."""
        found: dict[str, object] = {}
        for entry in self.log:
            if entry.name == _NAMELESS and entry.codes.get("version") == version.ref:
                found |= entry.codes
        return found

    def signatures_told(self) -> list[Mapping[str, object]]:
        """The codes of every signature that the log knows."""
        return [entry.codes for entry in self.log if entry.name == "contract.signature_given"]


def examine() -> Report:
    """Check every agreement, oldest first, up to the first fault."""
    report = Report()
    if fault := first_fault():
        report.fault = f"The audit log is not whole, so agreements cannot be checked against it: {fault}"
        return report
    for case in _cases():
        report.fault = next(_faults(case), None)
        if report.fault:
            return report
        report.contracts += 1
        report.versions += sum(1 for version in case.versions if version.proposed_at)
        report.signatures += sum(len(version.signatures.all()) for version in case.versions)
        if case.is_destroyed:
            report.tombstones.append(case.contract.ref)
        elif case.entries(_NAMELESS):
            report.nameless.append(case.contract.ref)
    deleted, missing = _gone()
    report.deleted = len(deleted)
    if missing:
        report.fault = f"Agreement {missing[0]} is missing: the log says that it was opened."
    return report


def _gone() -> tuple[set[str], list[str]]:
    """The agreements that are not there any more: those that were deleted lawfully, and those that are missing."""
    told = AuditEntry.objects.filter(name__in=("contract.drafted", _DELETED), about_kind=_KIND)
    gone = told.exclude(about_ref__in=Contract.objects.values("ref")).order_by("position")
    entries = list(gone.values_list("name", "about_ref"))
    deleted = {ref for name, ref in entries if name == _DELETED}
    return deleted, [ref for _name, ref in entries if ref not in deleted]


def _whole() -> QuerySet[Contract]:
    versions = Version.objects.select_related("created_by", "changed_by", "proposed_by").order_by("number")
    return Contract.objects.select_related("relationship", "opened_by").prefetch_related(
        Prefetch("versions", versions),
        "versions__texts",
        Prefetch("versions__signatures", Signature.objects.select_related("membership")),
    )


def _cases() -> Iterator[Case]:
    last = 0
    while batch := list(_whole().filter(pk__gt=last).order_by("pk")[:_BATCH]):
        last = batch[-1].pk
        log: dict[str, list[AuditEntry]] = defaultdict(list)
        for entry in entries_about(_KIND, [contract.ref for contract in batch]):
            log[entry.about_ref].append(entry)
        owners = {contract.relationship.key_owner for contract in batch}
        destroyed = set(DestroyedKey.objects.filter(owner__in=owners).values_list("owner", flat=True))
        for contract in batch:
            gone = contract.relationship.key_owner in destroyed
            yield Case(contract, list(contract.versions.all()), log[contract.ref], gone)


def _faults(case: Case) -> Iterator[str]:
    at = f"Agreement {case.contract.ref}"
    yield from _faults_of_opening(case, at)
    yield from _faults_of_absence(case, at)
    proposals, previous = case.told("contract.proposed"), ""
    for number, version in enumerate(case.versions, 1):
        name = f"{at}, version {version.number}"
        if version.number != number:
            yield f"{at}, version {number} is missing."
        yield from _faults_of_writing(case, version, name)
        yield from (
            _faults_of_draft(version, name)
            if not version.proposed_at
            else _faults_of(case, version, proposals.get(version.ref), previous, name)
        )
        previous = version.chain
    yield from _faults_of_signatures(case, at)


def _faults_of_opening(case: Case, at: str) -> Iterator[str]:
    held, opened = case.contract, [entry for entry in case.log if entry.name == "contract.drafted"]
    if len(opened) != 1:
        yield f"{at} was added: the log does not know that it was opened."
        return
    if opened[0].codes.get("pair") != held.relationship.ref:
        yield f"{at}: the pair that it belongs to was changed."
    if opened[0].by != held.opened_by.ref:
        yield f"{at}: who opened it was changed."
    if opened[0].at != held.opened_at:
        yield f"{at}: when it was opened was changed."


def _faults_of_absence(case: Case, at: str) -> Iterator[str]:
    held = {version.ref for version in case.versions}
    shown = {version.ref for version in case.versions if version.proposed_at}
    for ref, codes in case.told("contract.proposed").items():
        if ref not in shown:
            yield f"{at}, version {codes.get('number')} is missing: the log says that it was shown."
    for ref, entry in case.begun().items():
        if ref not in held:
            yield f"{at}, version {entry.codes.get('number')} is missing: the log says that it was begun."


def _faults_of_writing(case: Case, version: Version, name: str) -> Iterator[str]:
    begun = case.begun().get(version.ref)
    if begun is None:
        yield f"{name} was added: the log does not know that it was begun."
        return
    last = case.entries(*_BEGUN, "contract.changed")[version.ref]
    try:
        held = queries.written_codes(version)
    except vault.BadSeal:
        yield f"{name}: what was written in it was changed."
        return
    told = _answers_told(case, version, last)
    if held["answers"] is None and not case.is_destroyed and not version.proposed_at:
        yield f"{name}: the key of its answers is missing, though nobody destroyed it."
    facts = {
        "its number": (held["number"], begun.codes.get("number")),
        "its clause set": (held["set"], begun.codes.get("set")),
        "its language": (held["language"], begun.codes.get("language")),
        "who began it": (version.created_by.ref, begun.by),
        "when it was begun": (version.created_at, begun.at),
        "its revision": (held["revision"], last.codes.get("revision")),
        "who wrote in it last": (version.changed_by.ref, last.by),
        "when it was last written in": (version.changed_at, last.at),
        "what was written in it": (told if held["answers"] is None else held["answers"], told),
    }
    yield from (f"{name}: {fact} was changed." for fact, (said, told) in facts.items() if said != told)


def _answers_told(case: Case, version: Version, last: AuditEntry) -> object:
    """The hash of the answers: as they were written last, or as the name was taken out of them since."""
    since = [entry for entry in case.log if entry.name == _NAMELESS and entry.position > last.position]
    told = [
        entry.codes["answers"]
        for entry in since
        if entry.codes.get("version") == version.ref and "answers" in entry.codes
    ]
    return told[-1] if told else last.codes.get("answers")


def _faults_of_draft(version: Version, name: str) -> Iterator[str]:
    if version.texts.all() or version.signatures.all():
        yield f"{name} is a draft, but has frozen words or signatures."


def _faults_of(
    case: Case, version: Version, told: Mapping[str, object] | None, previous: str, name: str
) -> Iterator[str]:
    texts = {text.layer: text for text in version.texts.all()}
    if told is None:
        yield f"{name} was added: the log does not know that it was shown."
        return
    if sorted(texts) != _ALL_LAYERS:
        yield f"{name}: a part is missing."
        return
    hashes = {layer: text.sha256 for layer, text in texts.items()}
    for layer, sha256 in hashes.items():
        if told.get(layer) != sha256:
            yield f"{name}: the {layer} part is not the one that the log knows."
    yield from _faults_of_words(case, version, texts, name)
    chain = rules.chained(previous, facts=queries.facts_of(version), hashes=hashes)
    if chain != version.chain or told.get("chain") != chain:
        yield f"{name}: it was changed, or does not follow from the version before it."
    yield from _faults_of_state(case, version, name)


def _faults_of_words(case: Case, version: Version, texts: Mapping[str, LayerText], name: str) -> Iterator[str]:
    sealed = [(text.document, vault.place(text, "document")) for text in texts.values()]
    sealed.append((version.answers, vault.place(version, "answers")))
    try:
        *documents, answers = vault.unseal(sealed)
    except (vault.BadSeal, ValueError):
        yield f"{name}: its words were changed or stand in the wrong place."
        return
    nameless = case.without_name(version)
    for (layer, text), document in zip(texts.items(), documents, strict=True):
        if document is None and not case.is_destroyed:
            yield f"{name}: the key of the {layer} part is missing, though nobody destroyed it."
        elif document is not None and rules.sha256(document) not in (text.sha256, nameless.get(layer)):
            yield f"{name}: the {layer} part was changed."
        elif document is not None and not _belongs(document, version, layer):
            yield f"{name}: the {layer} part belongs to another version."
    if answers is None and not case.is_destroyed:
        yield f"{name}: the key of its answers is missing, though nobody destroyed it."


def _belongs(document: str, version: Version, layer: str) -> bool:
    said = loads(document)
    return (said["version"], said["number"], said["layer"]) == (version.ref, version.number, layer)


def _faults_of_state(case: Case, version: Version, name: str) -> Iterator[str]:
    agreed = case.told("contract.signed")
    withdrawn = {str(entry.codes.get("withdrawn")) for entry in case.log if entry.name == "contract.change_begun"}
    expected = VersionState.WITHDRAWN if version.ref in withdrawn else VersionState.PROPOSED
    if version.ref in agreed:
        expected = VersionState.SIGNED if version.ref == list(agreed)[-1] else VersionState.REPLACED
    if version.state != expected:
        yield f"{name} says “{version.state}”, but the log says “{expected.value}”."
    at = version.signed_at.isoformat() if version.signed_at else None
    if at != agreed.get(version.ref, {}).get("at"):
        yield f"{name}: when both had signed was changed."


def _faults_of_signatures(case: Case, at: str) -> Iterator[str]:
    told = {
        str(codes[f"{layer}_signature"]): (codes[f"{layer}_digest"], codes[layer], codes["version"])
        for codes in case.signatures_told()
        for layer in LayerName
    }
    found = {signature.ref: (signature, version) for version in case.versions for signature in version.signatures.all()}
    for ref in (ref for ref in told if ref not in found):
        yield f"{at}: signature {ref} is missing: the log says that it was given."
    for ref, (signature, version) in found.items():
        name = f"{at}, version {version.number}: signature {ref}"
        hashes = {text.layer: text.sha256 for text in version.texts.all()}
        if ref not in told:
            yield f"{name} was added: the log does not know it."
        elif signature.document_hash != hashes.get(signature.layer):
            yield f"{name} is bound to other words than those of its version."
        elif told[ref] != (queries.digest(signature), signature.document_hash, version.ref):
            yield f"{name} was changed."
