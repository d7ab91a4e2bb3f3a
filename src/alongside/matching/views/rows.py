"""Rows of the board: pairs with their reasons, and people who are not placed with theirs."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from alongside.foundation.identity.actors import Actor
from alongside.matching import fit, lacks, reasons
from alongside.matching.fit import One, Scale
from alongside.matching.models import Left, Mark, Proposal, Round, Run, Taker
from alongside.matching.queries import boards, said_by_run
from alongside.matching.reasons import Share, Two
from alongside.matching.terms import Lack, MarkKind
from alongside.programmes.models import Participation


@dataclass(frozen=True)
class Row:
    """A pair on the board."""

    proposal: Proposal
    mentee_said: Taker | None
    mentor_said: Taker | None
    shares: list[Share]
    mentee_note: str
    mentor_note: str
    state: str
    state_words: str
    held: bool
    banned: bool
    to_look: bool

    @property
    def score(self) -> int:
        """Of a hundred."""
        return fit.of_hundred(self.proposal.score)

    @property
    def parts(self) -> list[dict[str, Any]]:
        """The shares, as they are drawn."""
        return [asdict(share) for share in self.shares]

    @property
    def brief(self) -> str:
        """The reasons in a line."""
        return reasons.briefly(self.shares)

    @property
    def names(self) -> str:
        """The two, for whoever hears the page."""
        both = {"mentee": self.proposal.mentee.membership.name, "mentor": self.proposal.mentor.membership.name}
        return _("%(mentee)s and %(mentor)s") % both


def rows(actor: Actor, round_: Round, run: Run, found: Sequence[Proposal], marks: Iterable[Mark]) -> list[Row]:
    """Pairs as rows: five queries, however many pairs."""
    mentees, mentors = [one.mentee_id for one in found], [one.mentor_id for one in found]
    said, taken, opened = (
        boards.said(run, [*mentees, *mentors]),
        boards.taken(run, mentors),
        boards.opened(round_, mentees),
    )
    scale = boards.plain_scale(run)
    marked = {(mark.mentee_id, mark.mentor_id): mark for mark in marks}
    close = boards.close_to_coordinators(round_, [*mentees, *mentors])
    return [
        _row(actor, one, scale, said, taken, marked, _look(one, close, (one.mentee_id, one.mentor_id) in opened))
        for one in found
    ]


@dataclass(frozen=True)
class Look:
    """Why a pair is worth a look, if it is, and whether somebody has looked."""

    fits_little: bool
    close: bool
    looked: bool

    @property
    def is_left(self) -> bool:
        """Has somebody still to look?"""
        return (self.fits_little or self.close) and not self.looked


def _look(one: Proposal, close: set[int], looked: bool) -> Look:
    return Look(one.worth_a_look, bool({one.mentee_id, one.mentor_id} & close), looked)


def _row(
    actor: Actor,
    one: Proposal,
    scale: Scale,
    said: dict[int, Taker],
    taken: dict[int, int],
    marked: dict[tuple[int, int], Mark],
    look: Look,
) -> Row:
    mentee, mentor = said.get(one.mentee_id), said.get(one.mentor_id)
    two = two_of(one.mentee, mentee, one.mentor, mentor)
    mark = marked.get((one.mentee_id, one.mentor_id))
    state, words = _state(actor, mark, look)
    places = mentor.places if mentor else 0
    note = _("%(taken)s of %(places)s places") % {"taken": taken.get(one.mentor_id, 0), "places": places}
    return Row(
        proposal=one,
        mentee_said=mentee,
        mentor_said=mentor,
        shares=reasons.shares(scale, one.points, two),
        mentee_note=work(two.mentee),
        mentor_note=", ".join(filter(None, (work(two.mentor), note))),
        state=state,
        state_words=words,
        held=mark is not None and mark.kind == MarkKind.HOLD,
        banned=mark is not None and mark.kind == MarkKind.BAN,
        to_look=look.is_left,
    )


def two_of(mentee: Participation, mentee_said: Taker | None, mentor: Participation, mentor_said: Taker | None) -> Two:
    """Two people with what they said; nothing of somebody who is not kept any more."""
    return Two(
        One(mentee.ref, mentee_said.said if mentee_said else {}),
        One(mentor.ref, mentor_said.said if mentor_said else {}),
        mentee.membership.short_name,
        mentor.membership.short_name,
    )


def work(one: One) -> str:
    """What somebody does, and where."""
    return ", ".join(filter(None, (one.said.get("job_title", ""), one.said.get("site", ""))))


def _state(actor: Actor, mark: Mark | None, look: Look) -> tuple[str, str]:
    if mark and mark.kind == MarkKind.BAN:
        return "plain", _("Not these two: gone once it is worked out again")
    if mark:
        mine = mark.by_id == actor.membership.pk or mark.by is None
        return "held", _("Locked by you") if mine else _("Locked by %(name)s") % {"name": mark.by.name}
    if look.is_left:
        return "due", _("Worth a look") if look.fits_little else _("Near to a coordinator")
    if look.looked:
        return "done", _("Looked at")
    return "plain", _("Proposed")


@dataclass(frozen=True)
class LeftRow:
    """Somebody who is not placed: why, the smallest change that would place them, and whether that was looked at."""

    left: Left
    why: str
    helps: list[lacks.Help]
    more: int
    looked: bool
    note: str = ""

    @property
    def is_ready(self) -> bool:
        """Was it the rules or the places, and not something that they have still to do?"""
        return self.left.lack != Lack.NOT_READY


def left_rows(round_: Round, run: Run, found: Sequence[Left], names: dict[str, str]) -> list[LeftRow]:
    """Those who are not placed as rows: two queries. `names` are the mentors who may be named, by ref."""
    people = [one.mentee_id for one in found]
    opened, said = boards.opened(round_, people), boards.said(run, people)
    about = said_by_run(run).own
    return [_left_row(one, names, about, (one.mentee_id, None) in opened, said.get(one.mentee_id)) for one in found]


def _left_row(one: Left, names: dict[str, str], about: lacks.About, looked: bool, said: Taker | None) -> LeftRow:
    helps = lacks.helps(one.changes, names, about)
    more = one.detail.get("changes_count", 0) - len(one.changes)
    note = work(One(one.mentee.ref, said.said)) if said else ""
    return LeftRow(one, lacks.why(one.lack, one.detail, about), helps, max(0, more), looked, note)
