"""From the first draft to a signed agreement, and to the next one."""

import json
from datetime import UTC, datetime

import pytest

from alongside.contracts import actions, queries
from alongside.contracts.models import LayerText, Signature, Version
from alongside.contracts.rules import sha256
from alongside.contracts.terms import VersionState
from alongside.foundation import clock, vault
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity.actions import NotPossible
from alongside.guidance import Unfilled
from alongside.relationships import actions as relationships
from tests import cast as people
from tests.contracts import acts

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return people.pair()


def last_event(name):
    return AuditEntry.objects.filter(name=name).latest("position")


def test_opening_the_agreement_moves_the_pair_on(cast):
    version = acts.draft(cast)
    cast.relationship.refresh_from_db()
    assert cast.relationship.stage == "contract"
    assert (version.number, version.state, version.revision) == (1, VersionState.DRAFTING, 1)
    assert version.clause_set == "clauses/default@1"


def test_a_first_draft_runs_from_today_to_the_end_of_the_programme(cast):
    with clock.set_to(datetime(2026, 11, 24, 12, tzinfo=UTC)):
        version = acts.draft(cast)
    said = queries.answers(version)
    assert (said["start"], said["end"]) == ("2026-11-24", "2027-08-31")


def test_opening_it_again_changes_nothing(cast):
    acts.draft(cast)
    acts.write(cast, how_often="every Tuesday")
    actions.open_agreement(cast.pair(cast.amara), by=cast.amara)
    assert acts.answers(cast)["how_often"] == "every Tuesday"
    assert AuditEntry.objects.filter(name="contract.drafted").count() == 1


def test_it_cannot_be_opened_before_both_have_said_yes():
    cast = people.pair(answered=False)
    with pytest.raises(NotPossible, match="First both of you say whether you want to work together"):
        acts.draft(cast)
    assert not Version.objects.exists()


def test_a_coordinator_cannot_write_in_it(cast):
    with pytest.raises(NotPossible, match="Only the two of a pair"):
        actions.open_agreement(cast.pair(cast.carys), by=cast.carys)


def test_both_can_write_in_a_draft_and_nothing_of_it_is_readable_in_the_database(cast):
    acts.draft(cast)
    acts.write(cast, cast.ben, how_often="every Tuesday")
    version = acts.write(cast, cast.amara, place="in the orangery")
    said = queries.answers(version)
    assert (said["how_often"], said["place"], version.revision) == ("every Tuesday", "in the orangery", 3)
    assert b"orangery" not in bytes(Version.objects.get().answers)
    assert last_event("contract.changed").codes == {
        "version": version.ref, "number": 1, "set": "clauses/default@1", "language": "en-gb", "revision": 3,
        "answers": sha256(vault.unseal_one(version.answers, vault.place(version, "answers"))),
    }  # fmt: skip


def test_whoever_saves_an_old_draft_is_told_and_nothing_is_lost(cast):
    version = acts.draft(cast)
    acts.write(cast, cast.amara, place="in the orangery")
    with pytest.raises(actions.Overtaken, match="Amara changed this while you had it open") as overtaken:
        said = acts.answers(cast, place="by telephone")
        actions.save_draft(cast.pair(cast.ben), revision=version.revision, answers=said, by=cast.ben)
    assert queries.answers(overtaken.value.version)["place"] == "in the orangery"
    assert acts.answers(cast)["place"] == "in the orangery"


def test_what_somebody_else_wrote_since_cannot_be_shown_for_signing_unread(cast):
    version = acts.draft(cast)
    acts.write(cast, cast.amara, place="in the orangery")
    with pytest.raises(actions.Overtaken):
        actions.propose(cast.pair(cast.ben), revision=version.revision, by=cast.ben)
    assert not LayerText.objects.exists()


def test_a_draft_with_gaps_cannot_be_shown_for_signing(cast):
    acts.draft(cast)
    acts.write(cast, end="")
    with pytest.raises(Unfilled, match="missing: end"):
        acts.propose(cast)
    assert Version.objects.get().state == VersionState.DRAFTING


def test_showing_it_freezes_both_parts(cast):
    acts.draft(cast)
    acts.write(cast, how_often="every Tuesday", own_words="We laugh.")
    version = acts.propose(cast)
    texts = {text.layer: text for text in version.texts.all()}
    private, shared = (
        json.loads(vault.unseal_one(text.document, vault.place(text, "document")))
        for text in (texts["private"], texts["shared"])
    )
    said = {clause["key"]: clause["text"] for clause in private["clauses"]}
    assert "We meet every Tuesday" in said["logistics"]
    assert "We laugh." in said["commitments"]
    assert not any("Tuesday" in clause["text"] or "laugh" in clause["text"] for clause in shared["clauses"])
    assert private["parties"] == [
        {"part": "mentee", "membership": cast.ben.ref, "name": "Ben Thomas"},
        {"part": "mentor", "membership": cast.amara.ref, "name": "Amara Okafor"},
    ]
    assert shared["readers"].endswith("It is shared with nobody else until a line manager or sponsor is named.")
    assert last_event("contract.proposed").codes["private"] == texts["private"].sha256


def test_a_coordinator_is_named_who_stands_outside_the_pair(cast):
    people.takes_part(cast.programme, cast.amara, "coordinator", cast.carys)
    assert queries.outside_coordinator(cast.pair(cast.ben)) == cast.carys.membership


def test_what_was_shown_can_no_longer_be_written_in(cast):
    version = acts.propose(cast)
    with pytest.raises(NotPossible, match="This is no longer a draft"):
        actions.save_draft(cast.pair(cast.ben), revision=version.revision, answers={}, by=cast.ben)


def test_signed_by_both_it_holds_and_the_pair_sets_out(cast):
    version = acts.propose(cast)
    acts.sign(cast, cast.amara, version)
    cast.relationship.refresh_from_db()
    assert (cast.relationship.stage, cast.relationship.state) == ("contract", "accepted")
    assert queries.agreed_at(cast.relationship) is None

    acts.sign(cast, cast.ben, version)
    cast.relationship.refresh_from_db()
    version.refresh_from_db()
    assert (cast.relationship.stage, cast.relationship.state) == ("direct", "active")
    assert version.state == VersionState.SIGNED
    assert queries.agreed_at(cast.relationship) == version.signed_at


def test_a_signature_says_who_signed_what_how_and_under_which_words(cast):
    version = acts.propose(cast)
    acts.sign(cast, cast.amara, version)
    private, shared = Signature.objects.order_by("layer")
    assert (private.layer, shared.layer) == ("private", "shared")
    assert (private.part, private.membership, private.method) == ("mentor", cast.amara.membership, "password")
    assert private.intent == (
        "I have read both parts, and I know what may have to be passed on and to whom. I agree to version 1."
    )
    assert private.document_hash == version.texts.get(layer="private").sha256
    assert private.shown_at <= private.signed_at
    codes = last_event("contract.signature_given").codes
    assert codes["private_signature"] == private.ref
    assert codes["private_digest"] == queries.digest(private)
    assert codes["shared"] == shared.document_hash
    assert codes["whole"] is False


def test_a_second_click_changes_nothing(cast):
    version = acts.propose(cast)
    acts.sign(cast, cast.amara, version)
    with pytest.raises(actions.SignedAlready, match="You have signed this version already"):
        acts.sign(cast, cast.amara, version)
    assert Signature.objects.count() == 2
    assert AuditEntry.objects.filter(name="contract.signature_given").count() == 1


def test_nobody_signs_what_they_were_not_shown(cast):
    version = acts.propose(cast)
    for proof in (
        None,
        acts.shown(version, cast.ben),  # Ben's page, not Amara's
        actions.showing(version, {"private": "0" * 64, "shared": "0" * 64}, to=cast.amara),  # other words
        actions.showing(version, {}, to=cast.amara),
    ):
        with pytest.raises(NotPossible, match="Read both parts of this version first"):
            actions.sign(cast.pair(cast.amara), version.ref, shown=proof, method="password", by=cast.amara)
    assert not Signature.objects.exists()


def test_a_proof_of_showing_that_we_did_not_sign_is_none(cast):
    version = acts.propose(cast)
    token = acts.shown(version, cast.amara).token()
    assert actions.read_showing(token).version == version.ref
    for forged in ("", "x", token[:-1] + ("a" if token[-1] != "a" else "b"), token.swapcase()):
        assert actions.read_showing(forged) is None


def test_a_proposed_change_takes_the_old_version_and_its_signatures_back(cast):
    first = acts.propose(cast)
    acts.sign(cast, cast.amara, first)
    second = acts.change(cast, place="in the orangery")
    assert (second.number, second.state) == (2, VersionState.DRAFTING)
    with pytest.raises(NotPossible, match="This is an old version"):
        acts.sign(cast, cast.ben, first)
    acts.propose(cast)
    acts.sign(cast, cast.ben, second)
    cast.relationship.refresh_from_db()
    assert cast.relationship.stage == "contract"  # Amara's signature under version 1 does not count here
    acts.sign(cast, cast.amara, second)
    assert list(Version.objects.values_list("number", "state")) == [(1, "withdrawn"), (2, "signed")]


def test_the_page_of_an_old_version_does_not_sign_the_new_one(cast):
    first = acts.propose(cast)
    proof = acts.shown(first, cast.amara)
    second = acts.change(cast, place="in the orangery")
    acts.propose(cast)
    with pytest.raises(NotPossible, match="Read both parts of this version first"):
        actions.sign(cast.pair(cast.amara), second.ref, shown=proof, method="password", by=cast.amara)


def test_a_draft_cannot_be_signed(cast):
    draft = acts.draft(cast)
    proof = actions.showing(draft, {}, to=cast.amara)
    with pytest.raises(NotPossible, match="still being written"):
        actions.sign(cast.pair(cast.amara), draft.ref, shown=proof, method="password", by=cast.amara)


def test_a_version_of_another_pair_cannot_be_signed_here(cast):
    acts.propose(cast)
    other = people.pair()
    foreign = acts.propose(other)
    with pytest.raises(NotPossible, match="There is no such version any more"):
        acts.sign(cast, cast.amara, foreign)


def test_what_both_signed_holds_until_both_have_signed_the_change(cast):
    first = acts.sign_both(cast)
    second = acts.change(cast, cast.amara, how_often="every Tuesday")
    assert queries.agreement(cast.pair(cast.ben)).in_force == first
    acts.propose(cast, cast.amara)
    acts.sign(cast, cast.amara, second)
    assert queries.agreement(cast.pair(cast.ben)).in_force == first
    acts.sign(cast, cast.ben, second)
    held = queries.agreement(cast.pair(cast.ben))
    assert held.in_force == second
    assert [version.state for version in held.versions] == ["replaced", "signed"]
    assert queries.agreed_at(cast.relationship) == first.signed_at  # since when there has been one


def test_asking_for_a_change_twice_gives_one_draft(cast):
    acts.sign_both(cast)
    one = actions.ask_change(cast.pair(cast.ben), by=cast.ben)
    other = actions.ask_change(cast.pair(cast.amara), by=cast.amara)
    assert one == other
    assert AuditEntry.objects.filter(name="contract.change_begun").count() == 1


def test_a_change_can_be_left(cast):
    first = acts.sign_both(cast)
    second = acts.change(cast, how_often="every Tuesday")
    actions.drop_draft(cast.pair(cast.amara), revision=second.revision, by=cast.amara)
    held = queries.agreement(cast.pair(cast.ben))
    assert (held.draft, held.in_force, len(held.versions)) == (None, first, 1)
    assert acts.change(cast).number == 2


def test_a_change_cannot_be_left_where_nothing_is_signed(cast):
    acts.draft(cast)
    with pytest.raises(NotPossible, match="Nothing is signed yet"):
        actions.drop_draft(cast.pair(cast.ben), revision=1, by=cast.ben)


def test_after_the_end_nothing_is_written_or_signed(cast):
    version = acts.sign_both(cast)
    relationships.end(cast.pair(cast.ben), by=cast.ben)
    for attempt in (
        lambda: actions.ask_change(cast.pair(cast.ben), by=cast.ben),
        lambda: acts.sign(cast, cast.amara, version),
    ):
        with pytest.raises(NotPossible, match="This has ended"):
            attempt()
    assert queries.deed(cast.ben, queries.agreement(cast.pair(cast.ben)), version).is_readable


def test_without_an_agreement_there_is_nothing_to_show(cast):
    for attempt in (
        lambda: actions.propose(cast.pair(cast.ben), revision=1, by=cast.ben),
        lambda: actions.ask_change(cast.pair(cast.ben), by=cast.ben),
    ):
        with pytest.raises(NotPossible, match="Nobody has opened the agreement yet"):
            attempt()


def test_changed_clauses_are_marked_against_the_version_that_holds(cast):
    acts.sign_both(cast)
    acts.change(cast, how_often="every Tuesday", reviews="each quarter")
    second = acts.propose(cast)
    deed = queries.deed(cast.ben, queries.agreement(cast.pair(cast.ben)), second)
    assert [(clause.key, layer, clause.changed) for number, clause, layer in deed.changed] == [
        ("logistics", "private", "Changed in version 2"),
        ("review", "private", "Changed in version 2"),
        ("review", "shared", "Changed in version 2"),
    ]
    logistics = next(clause for number, clause, layer in deed.changed if clause.key == "logistics")
    words = {piece.kind: piece.words for passage in logistics.passages for line in passage.lines for piece in line}
    assert "Tuesday" in words["ins"]
    assert "weeks" in words["del"]


def test_two_of_the_same_first_name_sign_under_their_whole_names():
    home = people.organisation()
    cast = people.pair(home)
    cast.amara.membership.known_as = "Ben"
    cast.amara.membership.save()
    version = acts.propose(cast)
    deed = queries.deed(cast.ben, queries.agreement(cast.pair(cast.ben)), version)
    first = deed.layers[0].clauses[0].passages[0].lines[0][0].words
    assert first.startswith("We are Ben Thomas, mentee, and Amara Okafor, mentor.")
