"""What was learned when an earlier pair ended, against two people who may be paired now: pure functions."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from django.utils.translation import gettext as _

from alongside.matching import reasons
from alongside.matching.fit import Scale
from alongside.matching.reasons import Two
from alongside.matching.terms import CriterionName
from alongside.people.terms import WayToMeet
from alongside.relationships.terms import NextTime


class Here(NamedTuple):
    """What somebody said when an earlier pair ended, and how it is with the two whom one looks at."""

    words: str
    here: str


def ways(scale: Scale, two: Two) -> str:
    """Which ways to meet two people have in common; whoever has named none can meet in any way."""
    mentee, mentor = ({*one.said.get("ways_to_meet", ())} for one in (two.mentee, two.mentor))
    if not mentee or not mentor:
        name = two.mentor_name if mentee else two.mentee_name
        return _("%(name)s has named no way to meet: any is fine.") % {"name": name}
    common = [str(way.label) for way in WayToMeet if way in mentee & mentor]
    return _("Both can meet: %(ways)s.") % {"ways": ", ".join(common)} if common else _("No way to meet in common.")


def _by(name: CriterionName) -> Callable[[Scale, Two], str]:
    return lambda scale, two: reasons.note(name, scale, two)


_HERE: Mapping[NextTime, Callable[[Scale, Two], str]] = {
    NextTime.TIMES: _by(CriterionName.HOURS),
    NextTime.WAYS: ways,
    NextTime.SKILLS: _by(CriterionName.SKILLS),
    NextTime.FAR: _by(CriterionName.SITE),
    NextTime.NEAR: _by(CriterionName.DEPARTMENT),
    NextTime.LANGUAGE: _by(CriterionName.LANGUAGES),
}


def here(what: Iterable[str], scale: Scale, two: Two) -> list[Here]:
    """Each thing that was said, with how it is between these two, whatever the policy gives for it."""
    said = set(what)
    return [Here(str(one.label), _HERE[one](scale, two)) for one in NextTime if one in said]
