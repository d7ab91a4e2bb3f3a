"""The way into a programme and out of it: one table of moves, and why a move is not open."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from alongside.programmes.rules.gaps import Sentence
from alongside.programmes.terms import JoiningState, Mover, OpenTo, Part, ProgrammeState, Reply, Step

NEWS_WITHIN = timedelta(days=14)  # after applying
WAITING_NEWS = timedelta(days=28)  # proposed for the waiting list
LATEST_NEWS = timedelta(days=365)
UNDO_WITHIN = timedelta(days=1)
MOST_PLACES = 10_000  # of a part in a programme


class Move(NamedTuple):
    """One row of the table: out of which state, by whom, into which, what it needs, and the event that it is."""

    state: JoiningState
    step: Step
    who: Mover
    to: JoiningState
    event: str
    needs: Sentence = ""


_S, _M = JoiningState, Mover
_ENROLMENT, _PLACE = _("enrolment is open"), _("a place is free, and the roles stay apart")
_OUT = (_S.NEW, _S.BEGUN, _S.APPLIED, _S.WAITING, _S.ASKED, _S.INVITED, _S.DECLINED, _S.RECALLED, _S.TURNED_DOWN,
        _S.WITHDRAWN, _S.LEFT, _S.ENDED, _S.LAPSED, _S.CARRIED)  # fmt: skip
_ASKABLE = (_S.NEW, _S.BEGUN, _S.WITHDRAWN, _S.DECLINED, _S.RECALLED, _S.ENDED, _S.LAPSED)
MOVES: tuple[Move, ...] = (
    Move(_S.NEW, Step.BEGIN, _M.SELF, _S.BEGUN, "application.begun", _ENROLMENT),
    *(
        Move(state, Step.BEGIN, _M.SELF, _S.BEGUN, "application.begun", _ENROLMENT)
        for state in (_S.WITHDRAWN, _S.DECLINED, _S.RECALLED, _S.LAPSED)
    ),
    Move(_S.BEGUN, Step.SEND, _M.SELF, _S.APPLIED, "application.sent", _("enrolment is open, and all is answered")),
    Move(_S.APPLIED, Step.CHANGE, _M.SELF, _S.APPLIED, "application.changed", _("nobody has looked at it")),
    Move(_S.BEGUN, Step.TAKE_BACK, _M.SELF, _S.WITHDRAWN, "application.taken_back"),
    Move(_S.APPLIED, Step.TAKE_BACK, _M.SELF, _S.WITHDRAWN, "application.taken_back"),
    Move(_S.WAITING, Step.TAKE_BACK, _M.SELF, _S.WITHDRAWN, "application.taken_back"),
    Move(_S.ASKED, Step.TAKE_BACK, _M.SELF, _S.WITHDRAWN, "application.taken_back"),
    Move(_S.APPLIED, Step.ACCEPT, _M.COORDINATOR, _S.TAKING_PART, "application.accepted", _PLACE),
    Move(_S.WAITING, Step.ACCEPT, _M.COORDINATOR, _S.TAKING_PART, "application.accepted", _PLACE),
    Move(_S.APPLIED, Step.WAIT, _M.COORDINATOR, _S.WAITING, "application.waiting", _("a day of the next news")),
    Move(_S.WAITING, Step.NEWS, _M.COORDINATOR, _S.WAITING, "application.news", _("a day of the next news")),
    Move(_S.APPLIED, Step.TURN_DOWN, _M.COORDINATOR, _S.TURNED_DOWN, "application.turned_down"),
    Move(_S.WAITING, Step.TURN_DOWN, _M.COORDINATOR, _S.TURNED_DOWN, "application.turned_down"),
    Move(_S.TURNED_DOWN, Step.LOOK_AGAIN, _M.COORDINATOR, _S.APPLIED, "application.looked_at_again"),
    Move(
        _S.TAKING_PART, Step.UNDO, _M.COORDINATOR, _S.APPLIED, "application.undone", _("within a day, without a pair")
    ),
    Move(_S.NEW, Step.ASK, _M.COORDINATOR, _S.ASKED, "application.asked"),
    Move(_S.WITHDRAWN, Step.ASK, _M.COORDINATOR, _S.ASKED, "application.asked"),
    Move(_S.ASKED, Step.STAY, _M.SELF, _S.WAITING, "application.stayed"),
    *(
        Move(state, Step.INVITE, _M.COORDINATOR, _S.INVITED, "invitation.sent", _("once more after a no, by decision"))
        for state in _ASKABLE
    ),
    Move(_S.INVITED, Step.AGREE, _M.SELF, _S.TAKING_PART, "invitation.accepted", _PLACE),
    Move(_S.INVITED, Step.DECLINE, _M.SELF, _S.DECLINED, "invitation.declined"),
    Move(_S.INVITED, Step.RECALL, _M.COORDINATOR, _S.RECALLED, "invitation.taken_back"),
    Move(_S.INVITED, Step.LAPSE, _M.ANYBODY, _S.LAPSED, "invitation.lapsed", _("enrolment is over, or they have left")),
    Move(_S.WAITING, Step.CARRY, _M.COORDINATOR, _S.CARRIED, "application.carried"),
    Move(_S.LAPSED, Step.CARRY, _M.COORDINATOR, _S.CARRIED, "application.carried", _("was on the waiting list")),
    Move(_S.TAKING_PART, Step.LEAVE, _M.SELF, _S.LEFT, "participation.left"),
    Move(_S.TAKING_PART, Step.END, _M.ANYBODY, _S.ENDED, "participation.ended"),
    Move(_S.LEFT, Step.COME_BACK, _M.SELF, _S.APPLIED, "participation.came_back", _("the programme runs")),
    Move(_S.ENDED, Step.COME_BACK, _M.SELF, _S.APPLIED, "participation.came_back", _("the programme runs")),
    Move(_S.LEFT, Step.RESUME, _M.ANYBODY, _S.TAKING_PART, "participation.resumed"),
    Move(_S.ENDED, Step.RESUME, _M.ANYBODY, _S.TAKING_PART, "participation.resumed"),
    *(Move(state, Step.ADD, _M.ANYBODY, _S.TAKING_PART, "participants.added") for state in _OUT),
    *(
        Move(state, Step.LAPSE, _M.ANYBODY, _S.LAPSED, "application.lapsed", _("the round is over, or they have left"))
        for state in (_S.BEGUN, _S.APPLIED, _S.WAITING, _S.ASKED)
    ),
    Move(_S.TAKING_PART, Step.COMPLETE, _M.ANYBODY, _S.COMPLETED, "programme.closed", _("the programme is closed")),
)
_TABLE = {(move.state, move.step): move for move in MOVES}
OPEN = frozenset({_S.APPLIED, _S.WAITING, _S.ASKED, _S.INVITED})
"""The states in which somebody waits to hear, or is asked."""
WANTED = OPEN - {_S.INVITED}
"""Those of them that somebody has come into by themselves."""
REPLIES = {
    Step.AGREE: Reply.YES, Step.DECLINE: Reply.NO, Step.RECALL: Reply.TAKEN_BACK, Step.LAPSE: Reply.LAPSED,
    Step.ADD: Reply.ADDED,
}  # fmt: skip
"""What came of asking, by the step that leads out of it."""
MOST_NOES = 2

_WHY_NOT: dict[JoiningState, Sentence] = {
    _S.NEW: _("There is no application yet."),
    _S.BEGUN: _("This application has not been sent yet."),
    _S.APPLIED: _("This application waits for its coordinator already."),
    _S.WAITING: _("This application is on the waiting list."),
    _S.ASKED: _("Whether to stay on the list has not been answered yet."),
    _S.INVITED: _("Whether to take part has not been answered yet."),
    _S.DECLINED: _("The answer was “not this time”."),
    _S.RECALLED: _("This question was taken back."),
    _S.TAKING_PART: _("This application was accepted already."),
    _S.TURNED_DOWN: _("This application was turned down already."),
    _S.WITHDRAWN: _("This application was taken back."),
    _S.LEFT: _("This part has been left already."),
    _S.ENDED: _("This part has ended already."),
    _S.LAPSED: _("This application has ended: the round is over."),
    _S.CARRIED: _("This application has gone on to the next round."),
    _S.COMPLETED: _("This round is over."),
}


def move(state: str, step: str) -> Move | None:
    """The row for a step out of a state; None where the table has none."""
    return _TABLE.get((JoiningState(state), Step(step)))


def why_not(state: str, step: str) -> Sentence | None:
    """Why there is no such step out of this state, or None."""
    return None if move(state, step) else _WHY_NOT[JoiningState(state)]


def steps(state: str, who: str) -> list[Step]:
    """What somebody can do next out of a state."""
    return [row.step for row in MOVES if row.state == state and row.who == who]


def fault_of_mover(who: str, *, is_own: bool, coordinates: bool) -> Sentence | None:
    """Why this person cannot make a move that is `who`’s, or None."""
    if who == Mover.SELF and not is_own:
        return _("Only whoever applied can do this.")
    if who == Mover.COORDINATOR and is_own:
        return _("Nobody decides about themselves. Another coordinator does.")
    if who == Mover.COORDINATOR and not coordinates:
        return _("Only coordinators of the programme can do this.")
    return None


def open_parts(open_to: str) -> tuple[Part, ...]:
    """The parts for which people can apply."""
    if open_to == OpenTo.BOTH:
        return (Part.MENTEE, Part.MENTOR)
    return (Part(open_to),) if open_to else ()


def fault_of_enrolment(state: str, last: date | None, ends_on: date, today: date) -> Sentence | None:
    """Why nobody can apply now, or None. `last` is the last day of enrolment, where the calendar has one."""
    if state == ProgrammeState.CLOSED or today > ends_on:
        return _("This round is over.")
    if state != ProgrammeState.RUNNING:
        return _("This programme is still being prepared.")
    if last and today > last:
        return _("Enrolment ended on %(day)s.") % {"day": date_format(last, "j F Y")}
    return None


def fault_of_asking(state: str, last: date | None, ends_on: date, today: date) -> Sentence | None:
    """Why nobody can be asked to take part, or None. In a programme in preparation they are asked at its launch."""
    return None if state == ProgrammeState.DRAFT else fault_of_enrolment(state, last, ends_on, today)


def fault_of_asking_again(noes: int, *, again: bool) -> Sentence | None:
    """Why somebody who has said no so often is not asked, or None. `again` is the decision to ask once more."""
    if noes >= MOST_NOES:
        return _("They have said no twice. Nobody asks them again for this part.")
    if noes and not again:
        return _("They have said no already. Ask once more only where something has changed.")
    return None


EITHER_OR = _("In this programme one person is either mentor or mentee.")


def fault_of_second(part: str, others: Iterable[str], *, one_in_both: bool) -> Sentence | None:
    """Why somebody who plays or asks for `others` cannot apply for `part` as well, or None."""
    if one_in_both or not set(others) - {part}:
        return None
    return _("In this programme one person is either mentor or mentee. Take the other application back first.")


def fault_of_places(places: int | None, taken: int) -> Sentence | None:
    """Why nobody else can be accepted, or None."""
    if places is None or taken < places:
        return None
    words = ngettext("The one place is taken.", "All %(count)s places are taken.", places)
    return words % {"count": places}


def first_news(today: date, pairs_on: date | None) -> date:
    """By when an applicant hears: in a fortnight, or on the day on which pairs are made where that is sooner."""
    latest = today + NEWS_WITHIN
    return pairs_on if pairs_on and today < pairs_on < latest else latest


def fault_of_news(day: date | None, today: date) -> Sentence | None:
    """Why this cannot be the day of the next news, or None."""
    if day is None:
        return _("Choose the day by which they hear again.")
    if day <= today:
        return _("Choose a day after today (%(day)s).") % {"day": date_format(today, "j F Y")}
    if day > today + LATEST_NEWS:
        return _("Choose a day within a year.")
    return None


def is_overdue(state: str, news_by: date | None, today: date) -> bool:
    """Should somebody have heard by now?"""
    return state in (JoiningState.APPLIED, JoiningState.WAITING) and news_by is not None and news_by < today
