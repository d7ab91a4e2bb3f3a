"""Proposing, answering, ending and moving along the path."""

import pytest
from django.db import IntegrityError, transaction

from alongside.foundation import hooks, vault
from alongside.foundation.identity.actions import NotPossible
from alongside.guidance.terms import Stage
from alongside.people.models import Link
from alongside.programmes import actions as programmes
from alongside.programmes.models import Programme
from alongside.relationships import actions, queries
from alongside.relationships.models import Move, Party, Reason, Relationship
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposed():
    return cast.pair(answered=False)


@pytest.fixture
def together():
    return cast.pair()


@pytest.fixture
def closed_gate(monkeypatch):
    """One gate that stays shut, instead of those of later packages."""
    held = [hooks.Need("The sun has risen", False)]
    monkeypatch.setattr(hooks.gates, "_held", [lambda relationship, to: held if to != Stage.CONNECT else []])
    return held


def stage(relationship):
    return Relationship.objects.get(pk=relationship.pk).stage


def parts(c):
    mentor = queries.pair(c.amara, c.relationship.ref).mentor_party.participation
    mentee = queries.pair(c.ben, c.relationship.ref).mentee_party.participation
    return mentor, mentee


def test_one_yes_is_not_enough(proposed):
    actions.accept(proposed.pair(proposed.amara), by=proposed.amara)
    assert Relationship.objects.get().state == "proposed"


def test_two_yeses_begin_the_pair(proposed):
    for actor in (proposed.amara, proposed.ben):
        actions.accept(proposed.pair(actor), by=actor)
    relationship = Relationship.objects.get()
    assert (relationship.state, relationship.stage) == ("accepted", "connect")
    assert relationship.accepted_at is not None


def test_nobody_answers_twice(proposed):
    pair = proposed.pair(proposed.amara)
    actions.accept(pair, by=proposed.amara)
    with pytest.raises(NotPossible, match="answered already"):
        actions.accept(pair, by=proposed.amara)


def test_a_no_ends_the_proposal_and_frees_both_places(proposed):
    actions.decline(proposed.pair(proposed.ben), by=proposed.ben)
    relationship = Relationship.objects.get()
    assert (relationship.state, relationship.ending) == ("ended", "declined")
    assert not Party.objects.filter(until__isnull=True).exists()


def test_after_a_no_the_other_has_nothing_to_answer(proposed):
    pair = proposed.pair(proposed.amara)
    actions.decline(proposed.pair(proposed.ben), by=proposed.ben)
    with pytest.raises(NotPossible, match="nothing to answer"):
        actions.accept(pair, by=proposed.amara)


def test_a_reason_is_sealed_with_its_writers_key(proposed):
    actions.decline(proposed.pair(proposed.ben), by=proposed.ben, reason="We once fell out", share=False)
    reason = Reason.objects.get()
    assert vault.unseal_one(reason.words, reason.ref) == "We once fell out"
    vault.destroy(proposed.ben.membership.key_owner)
    assert vault.unseal_one(reason.words, reason.ref) is None


def test_no_reason_leaves_no_row(proposed):
    actions.decline(proposed.pair(proposed.ben), by=proposed.ben, reason="  ")
    assert not Reason.objects.exists()


def test_a_proposal_can_be_taken_back_until_both_have_answered(proposed):
    actions.withdraw(proposed.pair(proposed.carys), by=proposed.carys)
    assert Relationship.objects.get().ending == "withdrawn"


def test_what_both_accepted_only_they_end(together):
    with pytest.raises(NotPossible, match="Only they can end it"):
        actions.withdraw(together.pair(together.carys), by=together.carys)


@pytest.mark.parametrize("who", ["amara", "ben"])
def test_either_ends_without_a_reason(together, who):
    actor = getattr(together, who)
    actions.end(together.pair(actor), by=actor)
    relationship = Relationship.objects.get()
    assert (relationship.state, relationship.ending) == ("ended", "no_fault")


def test_what_has_ended_does_not_end_again(together):
    pair = together.pair(together.ben)
    actions.end(pair, by=together.ben)
    with pytest.raises(NotPossible, match="ended already"):
        actions.end(pair, by=together.ben)


def test_the_coordinator_does_not_end_a_pair(together):
    with pytest.raises(NotPossible):
        actions.end(together.pair(together.carys), by=together.carys)


def test_nothing_is_proposed_before_the_launch(proposed):
    mentor, mentee = parts(proposed)
    Programme.objects.update(state="draft")
    mentor.programme.refresh_from_db()
    with pytest.raises(NotPossible, match="Launch the programme first"):
        actions.propose(mentor, mentee, by=proposed.carys)


def test_a_mentee_has_one_mentor(proposed):
    dev = cast.member("Dev Patel", proposed.carys.organisation)
    second = cast.takes_part(proposed.programme, dev, "mentor", proposed.carys)
    with pytest.raises(NotPossible, match="Ben Thomas has a mentor already"):
        actions.propose(second, parts(proposed)[1], by=proposed.carys)


def test_a_mentor_with_full_places_gets_nobody_more(proposed):
    mentor = parts(proposed)[0]
    programmes.change_capacity(mentor, 1, by=proposed.carys)
    newcomer = cast.takes_part(proposed.programme, proposed.elin, "mentee", proposed.carys)
    mentor.refresh_from_db()
    with pytest.raises(NotPossible, match="Amara Okafor has no free place"):
        actions.propose(mentor, newcomer, by=proposed.carys)


def test_nobody_is_their_own_mentor(proposed):
    both = cast.takes_part(proposed.programme, proposed.amara, "mentee", proposed.carys)
    with pytest.raises(NotPossible, match="own mentor"):
        actions.propose(parts(proposed)[0], both, by=proposed.carys)


def test_a_line_manager_is_not_the_mentor(proposed):
    actions.decline(proposed.pair(proposed.ben), by=proposed.ben)
    Link.objects.create(source=proposed.amara.membership, target=proposed.ben.membership)
    with pytest.raises(NotPossible, match="mentor and line manager"):
        actions.propose(*parts(proposed), by=proposed.carys)


def test_places_are_numbered_by_the_database(proposed):
    party = Party.objects.get(part="mentor")
    with pytest.raises(IntegrityError), transaction.atomic():
        Party.objects.create(
            relationship=Relationship.objects.create(programme=proposed.programme),
            participation=party.participation,
            part="mentor",
            place_no=party.place_no,
        )


def test_an_ended_pair_says_how_and_when(together):
    with pytest.raises(IntegrityError), transaction.atomic():
        Relationship.objects.update(state="ended")


def test_a_shut_gate_stops_the_pair_and_says_why(closed_gate):
    c = cast.pair()
    assert stage(c.relationship) == "connect"
    with pytest.raises(actions.NotYet, match="The sun has risen") as refused:
        actions.move(c.relationship, Stage.CONTRACT, by=c.ben)
    assert refused.value.needs == closed_gate


def test_an_open_gate_lets_it_through_and_keeps_the_evidence(closed_gate):
    c = cast.pair()
    closed_gate[0] = hooks.Need("The sun has risen over Ben Thomas", True, code="sunrise")
    actions.move(c.relationship, Stage.CONTRACT, by=c.ben)
    move = Move.objects.filter(to_stage="contract").get()
    assert (move.from_stage, move.evidence, move.by) == ("connect", ["sunrise"], c.ben.membership)


def test_no_stage_is_skipped(closed_gate):
    c = cast.pair()
    with pytest.raises(NotPossible, match="not open from here"):
        actions.move(c.relationship, Stage.CLOSE, by=c.ben)


def test_whoever_no_longer_takes_part_is_in_no_pair(together):
    programmes.end_participation(parts(together)[0], by=together.carys)
    assert Relationship.objects.get().ending == "withdrawn"
