"""Two people on whom a policy can be tried, and which grades there are."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.foundation.identity.actors import Actor
from alongside.matching.fit import Kept
from alongside.matching.queries import inputs
from alongside.matching.queries.inputs import Cohort, Someone
from alongside.matching.queries.rounds import near
from alongside.matching.rules import Policy
from alongside.matching.terms import AnyRule
from alongside.people.models import OwnField, Profile
from alongside.programmes.models import Participation, Programme
from alongside.programmes.terms import Part

MOST_GRADES = 60
"""How many grades are put in order at most, the usual ones first; a roster with more has them wrong."""

_SOME_MENTEES, _SOME_MENTORS = 12, 150  # among whom two who fit well are sought
_SOME_NAMES = 4


@dataclass(frozen=True)
class Sample:
    """A mentee and a mentor with what a policy makes of them, of a million. `apart` are the rules that they break."""

    mentee: Someone
    mentor: Someone
    points: dict[str, int]
    apart: list[AnyRule]


class Candidates:
    """Whom an actor may look at, of those who are to be paired in a programme; whom they asked for is left out.

    Whom somebody would like is theirs alone to know, and trying two people after another would tell.
    """

    def __init__(self, actor: Actor, programme: Programme, policy: Policy) -> None:
        self.programme, self.policy = programme, policy
        self.cohort = inputs.cohort(programme, policy)
        for one in (*self.cohort.mentees, *self.cohort.mentors):
            one.said = {name: held for name, held in one.said.items() if name != "wishes"}
        self.scale = self.cohort.scale(policy)
        close = set(near(actor).filter(programme=programme).values_list("pk", flat=True))
        self.mentees, self.mentors = (
            [one for one in side if one.participation.pk not in close]
            for side in (self.cohort.mentees, self.cohort.mentors)
        )

    def of(self, part: Part) -> list[Someone]:
        """Those of one part, by name."""
        return self.mentees if part == Part.MENTEE else self.mentors

    def sample(self, mentee: Someone | None = None, mentor: Someone | None = None) -> Sample | None:
        """The two, or for whom is not named somebody who fits well; None where one of the two sides is empty."""
        mentees = [mentee] if mentee else self._first(self.mentees, mentor, _SOME_MENTEES)
        mentors = [mentor] if mentor else self._first(self.mentors, mentee, _SOME_MENTORS)
        named = mentee is not None and mentor is not None
        tried = [(one, other) for one in mentees for other in mentors if named or one.member != other.member]
        if not tried:
            return None
        return self._tried(*max(tried, key=lambda two: self._fit(*two)))

    def _first(self, people: list[Someone], other: Someone | None, most: int) -> list[Someone]:
        return [one for one in people if other is None or one.member != other.member][:most]

    def _fit(self, mentee: Someone, mentor: Someone) -> tuple[bool, int]:
        """How well two fit; whom a rule keeps apart, only where nobody else is left. Without rules of single people."""
        apart = self.scale.forbidden_by(mentee.one, mentor.one, Kept({}))
        return not apart, sum(self.scale.points(mentee.one, mentor.one).values())

    def _tried(self, mentee: Someone, mentor: Someone) -> Sample:
        named = Kept(inputs.apart(self.programme, Cohort([mentee], [mentor]), self.policy))
        two = mentee.one, mentor.one
        return Sample(mentee, mentor, self.scale.points(*two), self.scale.forbidden_by(*two, named))


def called(people: Iterable[Someone], words: str) -> tuple[Someone | None, str | Promise]:
    """Whom the words mean, by name or work e-mail; and what to do where that is nobody, or more than one."""
    said = words.casefold().split()
    members = [(one, one.participation.membership) for one in people]
    found = [(one, who) for one, who in members if _has(said, who.name) or _has(said, who.work_address)]
    exact = [(one, who) for one, who in found if " ".join(said) in (who.name.casefold(), who.work_address.casefold())]
    if len(exact or found) == 1:
        return (exact or found)[0][0], ""
    if not found:
        return None, _("Nobody of this name waits or has a free place here, or you manage them. Type another name.")
    some = ", ".join(f"{who.name} ({who.work_address})" if exact else who.name for _one, who in found[:_SOME_NAMES])
    return None, _("Several people are called so: %(names)s. Type more, or the work e-mail.") % {"names": some}


def _has(words: Iterable[str], text: str) -> bool:
    return all(word in text.casefold() for word in words)


def to_call(one: Someone, people: Iterable[Someone]) -> str:
    """By which words somebody is found: the name, or the work e-mail where another has the same name."""
    who = one.participation.membership
    alone = sum(other.participation.membership.name == who.name for other in people) == 1
    return who.name if alone else who.work_address or who.name


def grades_in(programme: Programme) -> list[str]:
    """The grades of those who take part in a programme, the usual ones first."""
    held = Participation.objects.filter(programme=programme, until__isnull=True, part__in=[Part.MENTEE, Part.MENTOR])
    found = Profile.objects.filter(membership__in=held.values("membership")).exclude(grade="").order_by()
    counted = found.values_list("grade").annotate(count=Count("pk")).order_by("-count", "grade")
    return [grade for grade, _count in counted[:MOST_GRADES]]


def own_fields_in(programme: Programme) -> dict[str, str]:
    """The fields of the organisation's own: what each is called, by its ref."""
    return dict(OwnField.objects.filter(organisation=programme.organisation_id).values_list("ref", "name"))
