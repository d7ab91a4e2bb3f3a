"""Reads of the training: what it consists of, and who has done what."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from alongside import guidance
from alongside.foundation import clock
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Organisation
from alongside.programmes.models import Participation
from alongside.programmes.queries import coordinated_by
from alongside.programmes.terms import Part, ProgrammeState
from alongside.readiness import rules
from alongside.readiness.models import Completion, Module
from alongside.readiness.terms import ADOPTED, Need, Progress


class Seen(NamedTuple):
    """A part of the training in the reader's language, and how the reader stands to it."""

    module: Module
    title: str
    summary: str
    minutes: int
    held: Any  # the guidance's module, for a shipped one
    need: Need = Need.NONE
    progress: Progress = Progress.LEFT
    at: datetime | None = None
    until: date | None = None

    @property
    def questions(self) -> Sequence[Any]:
        """What is asked at its end."""
        return self.held.questions if self.held else [rules.question(said) for said in self.module.questions]

    @property
    def sections(self) -> Sequence[Any]:
        """The passages of a shipped one."""
        return self.held.sections if self.held else ()


def visible_to(actor: Actor) -> QuerySet[Module]:
    """The training of one's organisation: whoever belongs to it may read all of it, also what was taken out."""
    return Module.objects.filter(organisation=actor.organisation).select_related("file")


def completions_visible_to(actor: Actor) -> QuerySet[Completion]:
    """One's own, and those of mentors and mentees whose programme one coordinates."""
    mine = Participation.objects.filter(programme__in=coordinated_by(actor), until__isnull=True)
    theirs = mine.exclude(part=Part.COORDINATOR).values("membership")
    return Completion.objects.filter(Q(membership=actor.membership) | Q(membership__in=theirs))


def shipped(source: str, language: str) -> Any:
    """The part of a shipped course that a module stands for; None where it is the organisation's own."""
    course, _slash, key = source.partition("/")
    return guidance.course(course, language=language).module(key) if key else None


def in_words(module: Module, language: str) -> Seen:
    """A module in the reader's language."""
    if held := shipped(module.source, language):
        return Seen(module, held.name, held.summary, held.minutes, held)
    return Seen(module, module.title, module.summary, module.minutes, None)


def unadopted(organisation: Organisation) -> list[str]:
    """The parts of shipped courses that an organisation does not use, as course/part."""
    used = set(
        Module.objects.filter(organisation=organisation, retired_at__isnull=True).values_list("source", flat=True)
    )
    every = [f"{key}/{module.key}" for key in ADOPTED for module in guidance.course(key).modules]
    return [source for source in every if source not in used]


def done_by(membership: Any, today: date) -> QuerySet[Completion]:
    """What holds today of one module (an outer reference) for somebody: done since it was asked, and not expired."""
    held = Completion.objects.filter(module=OuterRef("pk"), membership=membership, revision__gte=OuterRef("asked_from"))
    return held.filter(Q(until__isnull=True) | Q(until__gte=today))


def missing(today: date) -> QuerySet[Module]:
    """The modules that the person of a participation (the outer query) has not done, whatever is asked of them."""
    of_theirs = Module.objects.filter(organisation=OuterRef("programme__organisation"), retired_at__isnull=True)
    return of_theirs.exclude(Exists(done_by(OuterRef(OuterRef("membership")), today)))


def _parts(actor: Actor) -> set[str]:
    held = Participation.objects.filter(membership=actor.membership, until__isnull=True)
    return set(held.filter(programme__state=ProgrammeState.RUNNING).values_list("part", flat=True))


def own(actor: Actor, language: str) -> list[Seen]:
    """The training that is asked of the actor or offered to them, what is required first: two queries."""
    parts, today = _parts(actor), clock.today(actor.organisation.timezone)
    found = _with_own(visible_to(actor).filter(retired_at__isnull=True), actor)
    seen = [_standing(in_words(held, language), parts, today) for held in found]
    asked = [held for held in seen if held.need != Need.NONE]
    return sorted(asked, key=lambda held: held.need != Need.REQUIRED)


def own_one(actor: Actor, module: Module, language: str) -> Seen:
    """One module, and how the actor stands to it."""
    (found,) = _with_own(Module.objects.filter(pk=module.pk), actor)
    return _standing(in_words(found, language), _parts(actor), clock.today(actor.organisation.timezone))


def _with_own(found: QuerySet[Module], actor: Actor) -> QuerySet[Any]:
    mine = Completion.objects.filter(module=OuterRef("pk"), membership=actor.membership)
    return found.annotate(
        done_at=Subquery(mine.values("at")),
        done_until=Subquery(mine.values("until")),
        is_present=Exists(mine.filter(revision__gte=OuterRef("asked_from"))),
    )


def _standing(seen: Seen, parts: Iterable[str], today: date) -> Seen:
    held: Any = seen.module
    needs = {Part.MENTOR: held.mentors, Part.MENTEE: held.mentees}
    of_me = {needs[Part(part)] for part in parts if part in needs}
    need = next((one for one in Need if one in of_me), Need.NONE)
    state = rules.progress(held.is_present, held.done_until, today)
    if held.done_at and not held.is_present:
        state = Progress.AGAIN
    return seen._replace(need=need, progress=state, at=held.done_at, until=held.done_until)


def all_of(organisation: Organisation, language: str) -> list[Seen]:
    """Everything in an organisation's training, for whoever puts it together; each module with `done`, a number."""
    present = Completion.objects.filter(module=OuterRef("pk"), revision__gte=OuterRef("asked_from"))
    counted = present.order_by().values("module").annotate(n=Count("pk")).values("n")
    found = Module.objects.filter(organisation=organisation, retired_at__isnull=True).annotate(done=Subquery(counted))
    return [in_words(held, language) for held in found.order_by("place", F("pk"))]
