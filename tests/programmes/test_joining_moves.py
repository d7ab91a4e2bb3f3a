"""The way into a programme and out of it: what the table has is possible, and nothing else is."""

import random

import pytest

from alongside.foundation import clock, events
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import SYSTEM
from alongside.programmes import actions, queries
from alongside.programmes.models import Joining, JoiningMove, Participation
from alongside.programmes.queries import joining as found
from alongside.programmes.rules import joining as rules
from alongside.programmes.terms import JoiningState, Mover, Step
from tests import applying, cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def o():
    return applying.opened()


def test_each_state_and_step_stands_in_the_table_at_most_once():
    keys = [(row.state, row.step) for row in rules.MOVES]
    assert len(keys) == len(set(keys))


def test_every_move_is_an_event_that_has_words():
    assert {row.event for row in rules.MOVES} <= set(events.declared())


def test_every_step_and_every_state_is_reached():
    assert {row.step for row in rules.MOVES} == set(Step)
    assert {row.to for row in rules.MOVES} == set(JoiningState) - {JoiningState.NEW}


def test_whatever_the_table_has_not_is_refused_with_a_sentence():
    for state in JoiningState:
        for step in Step:
            assert bool(rules.why_not(state, step)) == (rules.move(state, step) is None)


def test_what_an_applicant_and_a_coordinator_can_do_next():
    assert rules.steps(JoiningState.APPLIED, Mover.SELF) == [Step.CHANGE, Step.TAKE_BACK]
    assert rules.steps(JoiningState.APPLIED, Mover.COORDINATOR) == [Step.ACCEPT, Step.WAIT, Step.TURN_DOWN]
    assert rules.steps(JoiningState.WAITING, Mover.COORDINATOR) == [
        Step.ACCEPT,
        Step.NEWS,
        Step.TURN_DOWN,
        Step.CARRY,
    ]


class Walk:
    """Somebody who does anything in any order, and what has to come of it by the table."""

    def __init__(self, o: applying.Open, number: int) -> None:
        self.o, self.choose = o, random.Random(number)
        self.person = cast.member(f"Walker {number}", o.carys.organisation)
        self.state, self.last, self.noes = JoiningState.NEW, None, 0

    @property
    def joining(self) -> Joining:
        held = Joining.objects.filter(membership=self.person.membership).first()
        return held or Joining(programme=self.o.programme, membership=self.person.membership, part="mentee")

    def part(self) -> Participation | None:
        held = Participation.objects.filter(membership=self.person.membership).order_by("-pk")
        return held.first()

    def go(self, step: Step) -> None:
        """Try a step: it is made exactly if the table has it, and what it needs is there."""
        row = rules.move(self.state, step) if self.may(step) else None
        before = (JoiningMove.objects.count(), AuditEntry.objects.count())
        if row is None:
            with pytest.raises(NotPossible):
                self._act(step)
            assert (JoiningMove.objects.count(), AuditEntry.objects.count()) == before
        else:
            self._act(step)
            self.state, self.last = row.to, step
            self.noes += step == Step.DECLINE
        assert self.joining.state == self.state
        takes_part = queries.takers(self.o.programme).filter(membership=self.person.membership).exists()
        assert takes_part == (self.state == JoiningState.TAKING_PART)

    def may(self, step: Step) -> bool:
        """Nobody is asked after two noes; and a yes is no acceptance that could be undone."""
        if step == Step.INVITE:
            return self.noes < rules.MOST_NOES
        return step != Step.UNDO or self.last == Step.ACCEPT

    def _act(self, step: Step) -> None:
        held, by, carys, o = self.joining, self.person, self.o.carys, self.o.programme
        if held.pk is None:  # whoever has no row is refused before anything is looked for
            held = actions.moving.road(self.o.programme, by.membership, "mentee")
        {
            Step.BEGIN: lambda: _step(held, Step.BEGIN, by),
            Step.SEND: lambda: self._send(held),
            Step.TAKE_BACK: lambda: actions.take_back(held, by=by),
            Step.ACCEPT: lambda: self.o.decided(held, Step.ACCEPT),
            Step.WAIT: lambda: self.o.decided(held, Step.WAIT),
            Step.NEWS: lambda: self.o.decided(held, Step.NEWS),
            Step.TURN_DOWN: lambda: self.o.decided(held, Step.TURN_DOWN),
            Step.LOOK_AGAIN: lambda: actions.look_again(held, by=carys),
            Step.UNDO: lambda: actions.undo(held, by=carys),
            Step.LEAVE: lambda: self._leave(held),
            Step.COME_BACK: lambda: actions.come_back(held, by=by),
            Step.INVITE: lambda: actions.ask(o, actions.Wish(by.membership, "mentee", again=True), by=carys),
            Step.AGREE: lambda: actions.agree(held, by=by),
            Step.DECLINE: lambda: actions.decline(held, by=by),
            Step.RECALL: lambda: actions.recall(held, by=carys),
        }[step]()

    def _send(self, held: Joining) -> None:
        if held.state == JoiningState.APPLIED:  # that is a change, another row of the table
            raise NotPossible("sent already")
        actions.send(held, self.o.said(), by=self.person)

    def _leave(self, held: Joining) -> None:
        part = self.part()
        if part is None or not part.in_force:
            raise NotPossible(rules.why_not(held.state, Step.LEAVE))
        actions.leave(part, by=self.person)


def _step(held: Joining, step: Step, by) -> None:
    with actions.moving.step(held, step, by=by):
        pass


TRIED = (
    Step.BEGIN, Step.SEND, Step.TAKE_BACK, Step.ACCEPT, Step.WAIT, Step.NEWS, Step.TURN_DOWN, Step.LOOK_AGAIN,
    Step.UNDO, Step.LEAVE, Step.COME_BACK, Step.INVITE, Step.AGREE, Step.DECLINE, Step.RECALL,
)  # fmt: skip


@pytest.mark.parametrize("number", range(12))
def test_however_somebody_wanders_only_moves_of_the_table_are_made(o, number):
    walk = Walk(o, number)
    actions.moving.road(o.programme, walk.person.membership, "mentee")
    for _ in range(40):
        walk.go(walk.choose.choice(TRIED))
    moves = list(JoiningMove.objects.filter(joining=walk.joining))
    assert [move.to_state for move in moves[:-1]] == [move.from_state for move in moves[1:]]
    assert all(rules.move(move.from_state, move.step).to == move.to_state for move in moves)


def test_the_history_says_who_moved_when_and_with_which_words(o):
    joining = o.applied(o.ben)
    o.decided(joining, Step.WAIT, words="We are full until spring.")
    o.decided(joining, Step.ACCEPT, by=o.dev, words="A place is free.")
    assert [(str(line.what), line.by, line.words) for line in found.history(joining)] == [
        ("Began an application", "Ben Thomas", ""),
        ("Applied", "Ben Thomas", ""),
        ("Put on the waiting list", "Carys Llewellyn", "We are full until spring."),
        ("Accepted", "Dev Shah", "A place is free."),
    ]


def test_whoever_was_added_by_hand_while_applying_takes_part_and_waits_no_more(o):
    joining = o.applied(o.ben)
    part = cast.takes_part(o.programme, o.ben, "mentee", o.carys)
    joining.refresh_from_db()
    assert (joining.state, joining.participation) == ("taking_part", part)
    with pytest.raises(NotPossible, match="This application was accepted already"):
        o.decided(joining, Step.ACCEPT)


def test_whoever_is_taken_out_and_back_in_has_both_in_the_history(o):
    part = cast.takes_part(o.programme, o.ben, "mentee", o.carys)
    actions.end_participation(part, by=o.carys)
    joining = Joining.objects.get()
    assert joining.state == "ended"
    actions.resume_participation(part, by=o.carys)
    joining.refresh_from_db()
    assert joining.state == "taking_part"
    assert [str(line.what) for line in found.history(joining)] == [
        "Added",
        "Taken out",
        "Went on: it had ended by mistake",
    ]


def test_a_round_that_is_closed_ends_what_waits_and_completes_what_runs(o):
    accepted = o.decided(o.applied(o.ben), Step.ACCEPT)
    waiting = o.decided(o.applied(o.elin), Step.WAIT)
    begun = actions.begin(o.programme, "mentor", by=o.amara)
    actions.close(o.programme, by=o.carys)
    states = [Joining.objects.get(pk=held.pk).state for held in (accepted, waiting, begun)]
    assert states == ["completed", "lapsed", "lapsed"]


def test_whoever_leaves_the_organisation_waits_for_nothing(o):
    joining = o.decided(o.applied(o.ben), Step.WAIT)
    identity.leave(o.ben.membership, by=SYSTEM)
    joining.refresh_from_db()
    assert joining.state == "lapsed"


def test_nobody_decides_about_themselves_or_in_a_programme_of_others(o):
    own = o.applied(o.carys)
    with pytest.raises(NotPossible, match="Nobody decides about themselves"):
        o.decided(own, Step.ACCEPT)
    with pytest.raises(NotPossible, match="Only coordinators of the programme"):
        o.decided(o.applied(o.ben), Step.ACCEPT, by=o.elin)
    with pytest.raises(NotPossible, match="Only whoever applied"):
        actions.take_back(own, by=o.ben)


def test_an_acceptance_can_be_undone_for_a_day(o):
    joining = o.decided(o.applied(o.ben), Step.ACCEPT)
    actions.undo(joining, by=o.carys)
    assert joining.state == "applied"
    assert not Participation.objects.filter(membership=o.ben.membership).exists()
    o.decided(joining, Step.ACCEPT)
    with clock.set_to(clock.now() + rules.UNDO_WITHIN * 1.1), pytest.raises(NotPossible, match="more than a day"):
        actions.undo(joining, by=o.carys)
