"""Reads of policies, rounds and runs, as a programme's coordinator may see them."""

from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership
from alongside.foundation.identity.terms import MembershipState
from alongside.foundation.jobs.models import Job
from alongside.foundation.jobs.terms import OPEN as OPEN_JOBS
from alongside.matching.models import Left, MatchingPolicy, Opened, Proposal, Question, Round, Run
from alongside.matching.rules import Policy, names_aside
from alongside.matching.terms import OPEN, RunState
from alongside.people.queries import managed_by
from alongside.programmes.models import Participation, Programme
from alongside.programmes.queries import coordinated_by


def policy_of(programme: Programme) -> MatchingPolicy:
    """A programme's policy; a new one, not yet kept, where nobody has changed it."""
    found = MatchingPolicy.objects.select_related("changed_by").filter(programme=programme).first()
    return found or MatchingPolicy(programme=programme, kept=Policy().kept(), revision=0)


def said_by(held: MatchingPolicy) -> Policy:
    """What a kept policy says."""
    return Policy.from_kept(held.kept)


def said_by_run(run: Run) -> Policy:
    """The policy that a run was made by."""
    return Policy.from_kept(run.policy)


def visible_to(actor: Actor) -> QuerySet[Round]:
    """The rounds of the programmes that the actor coordinates."""
    found = Round.objects.filter(programme__in=coordinated_by(actor))
    return found.select_related("programme__organisation", "begun_by", "published_by")


def open_round(actor: Actor, programme: Programme) -> Round | None:
    """The round of a programme that is being worked on."""
    return visible_to(actor).filter(programme=programme, state__in=OPEN).first()


def runs(round_: Round) -> QuerySet[Run]:
    """The runs of a round, the newest first."""
    return Run.objects.filter(round=round_).select_related("by").order_by("-number")


def shown_run(round_: Round) -> Run | None:
    """The newest run that came to an end."""
    return runs(round_).filter(state=RunState.DONE).first()


def waiting_run(round_: Round) -> Run | None:
    """The run that is under way; one whose work was stopped is not."""
    found = runs(round_).filter(state=RunState.WAITING).first()
    return found if found and is_under_way(found.job_ref) else None


def near(actor: Actor) -> QuerySet[Participation]:
    """The parts of the actor and of the people whom they manage: another coordinator looks at those."""
    managed = managed_by(actor.membership)
    return Participation.objects.filter(Q(membership=actor.membership) | Q(membership__in=managed))


def proposals(actor: Actor, run: Run) -> QuerySet[Proposal]:
    """The pairs of a run that the actor may look at, with the people."""
    found = Proposal.objects.filter(run=run, run__round__in=visible_to(actor))
    found = found.exclude(mentee__in=near(actor)).exclude(mentor__in=near(actor))
    return found.select_related("mentee__membership", "mentor__membership")


def left(actor: Actor, run: Run) -> QuerySet[Left]:
    """Who was not placed by a run, of those whom the actor may look at."""
    found = Left.objects.filter(run=run, run__round__in=visible_to(actor)).exclude(mentee__in=near(actor))
    return found.select_related("mentee__membership").order_by("mentee__membership__name", "id")


def questions(actor: Actor, round_: Round) -> QuerySet[Question]:
    """What was asked in a round, of whichever run, about people whom the actor may look at."""
    found = Question.objects.filter(run__round=round_, run__round__in=visible_to(actor))
    found = found.exclude(mentee__in=near(actor)).exclude(mentor__in=near(actor))
    return found.select_related("run", "mentee__membership", "mentor__membership")


def unopened(run: Run) -> tuple[int, int]:
    """How many people who are not placed and pairs that are worth a look nobody has opened yet, in a run's round."""
    opened = Opened.objects.filter(round=run.round_id)
    people = Left.objects.filter(run=run).exclude(mentee__in=opened.filter(mentor__isnull=True).values("mentee"))
    looked = set(opened.filter(mentor__isnull=False).values_list("mentee_id", "mentor_id"))
    pairs = Proposal.objects.filter(run=run, worth_a_look=True).values_list("mentee_id", "mentor_id")
    return people.count(), sum(two not in looked for two in pairs)


class Told(NamedTuple):
    """How many people are told what a run found, each counted once, and how many of them nobody has invited yet."""

    people: int
    not_invited: int


def told(run: Run, *, mentors: bool) -> Told:
    """Whom a run is about: its mentees, and with `mentors` those of its pairs too."""
    pairs = Proposal.objects.filter(run=run)
    about = Q(pk__in=pairs.values("mentee")) | Q(pk__in=run.left.values("mentee"))
    if mentors:
        about |= Q(pk__in=pairs.values("mentor"))
    counted = Participation.objects.filter(about).aggregate(
        people=Count("membership", distinct=True),
        not_invited=Count("membership", distinct=True, filter=Q(membership__state=MembershipState.LISTED)),
    )
    return Told(**counted)


def unseen_by_others(actor: Actor, run: Run) -> int:
    """How many pairs and people of a run are near to the actor, and were opened by no other coordinator yet."""
    close, opened = near(actor), Opened.objects.filter(round=run.round_id)
    pairs = Proposal.objects.filter(Q(mentee__in=close) | Q(mentor__in=close), run=run)
    looked = set(opened.values_list("mentee_id", "mentor_id"))
    unseen = sum(two not in looked for two in pairs.values_list("mentee_id", "mentor_id"))
    people = Left.objects.filter(run=run, mentee__in=close).values_list("mentee_id", flat=True)
    return unseen + sum((mentee, None) not in looked for mentee in people)


def is_up_to_date(round_: Round, run: Run | None) -> bool:
    """Was a run worked out by the policy that holds now, and do its pairs agree with the locks and bans?"""
    if run is None or not agrees_with_marks(round_, run):
        return False
    return names_aside(run.policy) == names_aside(policy_of(round_.programme).kept)


def agrees_with_marks(round_: Round, run: Run) -> bool:
    """Do the pairs of a run do what the locks and bans say that hold now?

    What was added since is fine where the pairs are so already: they stay the best. What was taken back is not.
    """
    held, banned = (set(two) for two in marks(round_))
    pins, bans = ({(mentee, mentor) for mentee, mentor in kept} for kept in (run.pins, run.bans))
    if not pins <= held or not bans <= banned:
        return False
    about = {mentee for mentee, _mentor in (held - pins) | (banned - bans)}
    found = Proposal.objects.filter(run=run, mentee__ref__in=about).order_by()
    pairs = set(found.values_list("mentee__ref", "mentor__ref")) if about else set()
    return held - pins <= pairs and not (banned - bans) & pairs


def marks(round_: Round) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The pairs of a round that stay together and those that must not be, as refs of mentee and mentor."""
    rows = round_.marks.order_by("mentee__ref", "mentor__ref").values_list("kind", "mentee__ref", "mentor__ref")
    found: dict[str, list[tuple[str, str]]] = {"hold": [], "ban": []}
    for kind, mentee, mentor in rows:
        found[kind].append((mentee, mentor))
    return found["hold"], found["ban"]


def is_under_way(job_ref: str) -> bool:
    """Does this work still wait or run?"""
    return Job.objects.filter(ref=job_ref, state__in=OPEN_JOBS).exists()


def who_works(job_ref: str) -> str:
    """Who began this work, by name."""
    begun = Job.objects.filter(ref=job_ref).values("by_ref")
    return Membership.objects.filter(ref__in=begun).values_list("name", flat=True).first() or ""


def standing(run: Run) -> str:
    """How far a run has come. What a job left behind that ended early counts as stopped."""
    if run.state == RunState.WAITING and not is_under_way(run.job_ref):
        return str(RunState.CANCELLED)
    return str(run.state)
