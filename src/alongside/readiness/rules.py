"""What is asked of whom, what of it is missing, and when a code can be stated or accepted."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.programmes.terms import Part
from alongside.readiness.terms import MENTORS_AT_FIRST, Asked

Sentence = str | Promise


def asked_of(part: str, mentors: Iterable[str] | None, mentees: Iterable[str] | None) -> tuple[Asked, ...]:
    """What a programme asks of whoever plays `part`, in the order of `Asked`; None: nobody has said so yet."""
    if part == Part.MENTOR:
        said = MENTORS_AT_FIRST if mentors is None else mentors
    else:
        said = (mentees or ()) if part == Part.MENTEE else ()
    return tuple(asked for asked in Asked if asked in set(said))


def lacking(asked: Iterable[Asked], met: Mapping[str, bool]) -> list[Asked]:
    """What of `asked` is not there yet. What `met` does not name is missing."""
    return [one for one in asked if not met.get(one, False)]


def why_not_state(seen: int, in_force: int) -> Sentence | None:
    """Why the next version of a code cannot be stated by whoever had version `seen` before them."""
    if seen == in_force:
        return None
    return _("Somebody stated version %(number)s a moment ago. Look at it before you write the next one.") % {
        "number": in_force
    }


def same_code(before: Sequence[str] | None, after: Sequence[str]) -> bool:
    """Do two versions of a code say the same: name, edition, link and text?"""
    return before is not None and [one.strip() for one in before] == [one.strip() for one in after]
