"""How people stand to what their programmes ask of them. Reckoned when it is asked, from what is there."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import BooleanField, Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, When

from alongside.foundation import clock, hooks
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Organisation
from alongside.people.queries import managed_by
from alongside.programmes.models import Joining, Participation, Programme
from alongside.programmes.queries import coordinates_only, desk, participants, waits
from alongside.programmes.rules import joining
from alongside.programmes.terms import JoiningState, Part, ProgrammeState
from alongside.readiness import rules
from alongside.readiness.models import (
    CodeAcceptance,
    Conflict,
    ConflictStatement,
    EthicsCode,
    Module,
    Rating,
    ReadinessRule,
    Vetting,
)
from alongside.readiness.queries import training, vetting
from alongside.readiness.terms import Asked, Need, RaterKind

CONFLICTS = "conflicts"  # the key of the desk count
STATE = {
    Asked.CODE: "has_code",
    Asked.TRAINING: "has_training",
    Asked.CONFLICTS: "has_conflicts",
    Asked.VETTING: "has_vetting",
    Asked.COMPETENCES: "has_competences",
}
"""What `with_state` adds for each thing that can be asked."""


class Asking(NamedTuple):
    """What a programme asks of each part, and whether its pairs wait for that. `said`: a coordinator has said so."""

    mentors: tuple[Asked, ...]
    mentees: tuple[Asked, ...]
    holds_pairs: bool
    said: bool

    def of(self, part: str) -> tuple[Asked, ...]:
        """What is asked of whoever plays `part`."""
        return {Part.MENTOR: self.mentors, Part.MENTEE: self.mentees}.get(Part(part), ())

    def without(self, absent: Mapping[str, Collection[Asked]]) -> "Asking":
        """What of it can be done: all but what is `absent`, by part."""
        mentors = tuple(one for one in self.mentors if one not in absent[Part.MENTOR])
        return self._replace(
            mentors=mentors, mentees=tuple(one for one in self.mentees if one not in absent[Part.MENTEE])
        )

    @property
    def anything(self) -> tuple[Asked, ...]:
        """What is asked of anybody."""
        return tuple(one for one in Asked if one in {*self.mentors, *self.mentees})


class Standing(NamedTuple):
    """Somebody's part in a programme: what is asked of them, what is missing, and what of that waits for others."""

    participation: Participation
    asked: tuple[Asked, ...]
    lacking: Sequence[Asked]
    waits: Sequence[Asked] = ()

    @property
    def to_do(self) -> list[Asked]:
        """What is missing and theirs to do."""
        return [one for one in self.lacking if one not in self.waits]


def _said(mentors: list[str] | None, mentees: list[str] | None, holds_pairs: bool | None) -> Asking:
    """What a rule says; None where there is none."""
    return Asking(
        rules.asked_of(Part.MENTOR, mentors, mentees),
        rules.asked_of(Part.MENTEE, mentors, mentees),
        bool(holds_pairs),
        mentors is not None,
    )


def asking_of(programme: Programme) -> Asking:
    """What one programme asks."""
    rule = ReadinessRule.objects.filter(programme=programme).first()
    return _said(rule.mentors, rule.mentees, rule.holds_pairs) if rule else _said(None, None, None)


def absent(organisation: Organisation) -> dict[str, set[Asked]]:
    """By part, what an organisation has nothing of yet: a code, training that is required of that part. One query."""
    modules = Module.objects.filter(organisation=OuterRef("pk"), retired_at__isnull=True)
    codes = EthicsCode.objects.filter(organisation=OuterRef("pk"), replaced_at__isnull=True)
    there = {"code": Exists(codes), Part.MENTOR.value: Exists(modules.filter(mentors=Need.REQUIRED))}
    there[Part.MENTEE.value] = Exists(modules.filter(mentees=Need.REQUIRED))
    held = Organisation.objects.filter(pk=organisation.pk).values(**there).get()
    no_code = set() if held["code"] else {Asked.CODE}
    return {part: no_code | (set() if held[part] else {Asked.TRAINING}) for part in (Part.MENTOR, Part.MENTEE)}


def with_state(found: QuerySet[Participation]) -> QuerySet[Participation]:
    """With a boolean for each thing that can be asked (`STATE`): is it there, or is there nothing of the kind yet?"""
    accepted = CodeAcceptance.objects.filter(code=OuterRef("pk"), membership=OuterRef(OuterRef("membership")))
    codes = EthicsCode.objects.filter(organisation=OuterRef("programme__organisation"), replaced_at__isnull=True)
    today = clock.now().date()
    missing = training.missing(today)
    required = {Part.MENTOR: missing.filter(mentors=Need.REQUIRED), Part.MENTEE: missing.filter(mentees=Need.REQUIRED)}
    of_them = {"programme": OuterRef("programme"), "membership": OuterRef("membership")}
    stated = ConflictStatement.objects.filter(stated_on__gte=rules.statement_from(today), **of_them)
    undecided = Conflict.objects.filter(decision="", **of_them)
    vetted = Vetting.objects.filter(membership=OuterRef("membership"))
    return found.annotate(
        has_competences=Exists(_self_ratings()),
        has_vetting=Exists(vetted.filter(vetting.valid(today))),
        is_undecided=Exists(undecided),
        has_conflicts=Exists(stated) & ~Exists(undecided),
        has_code=~Exists(codes.exclude(Exists(accepted))),
        has_training=Case(
            *(When(part=part, then=~Exists(left)) for part, left in required.items()),
            default=True,
            output_field=BooleanField(),
        ),
    )


def _self_ratings() -> QuerySet[Rating]:
    """How the person of a participation (the outer query) rated themselves."""
    return Rating.objects.filter(mentor=OuterRef("membership"), kind=RaterKind.SELF)


def with_days(found: QuerySet[Participation]) -> QuerySet[Participation]:
    """With `rated_at`: when each rated themselves last; what they said is theirs."""
    return found.annotate(rated_at=Subquery(_self_ratings().order_by("-at").values("at")[:1]))


def _met(asked: Iterable[Asked]) -> Q:
    return Q(*(Q(**{STATE[one]: True}) for one in asked))


def _is_ready(asking: Asking) -> Q:
    mentors = Q(part=Part.MENTOR) & _met(asking.mentors)
    return mentors | Q(part=Part.MENTEE) & _met(asking.mentees)


def ready(programme: Programme) -> QuerySet[Participation]:
    """The mentors and mentees of a programme who have joined and lack nothing that it asks of them."""
    joined = participants(programme, Part.MENTOR, Part.MENTEE).filter(membership__state="active")
    return with_state(joined).filter(_is_ready(asking_of(programme)))


def search(programme: Programme, asking: Asking, chosen: Mapping[str, str]) -> QuerySet[Participation]:
    """Mentors and mentees with their state, by name; `q`, `part`, `state` (ready, waiting) and `lacks` narrow."""
    parts = [chosen["part"]] if chosen.get("part") else [Part.MENTOR, Part.MENTEE]
    found = with_state(participants(programme, *parts))
    for word in chosen.get("q", "").split():
        found = found.filter(Q(membership__name__icontains=word) | Q(membership__known_as__icontains=word))
    if state := chosen.get("state"):
        found = found.filter(_is_ready(asking) if state == "ready" else ~_is_ready(asking))
    if lacks := chosen.get("lacks"):
        asked = [part for part in (Part.MENTOR, Part.MENTEE) if lacks in asking.of(part)]
        found = found.filter(part__in=asked, **{STATE[Asked(lacks)]: False})
    return found


def counts(programme: Programme, asking: Asking) -> tuple[int, int]:
    """How many mentors and mentees of a programme lack nothing, and how many there are."""
    found = search(programme, asking, {}).order_by()
    counted = found.aggregate(ready=Count("pk", filter=_is_ready(asking)), of=Count("pk"))
    return counted["ready"], counted["of"]


def standing(held: Any, asking: Asking) -> Standing:
    """How somebody out of `with_state` stands."""
    asked = asking.of(held.part)
    lacking = rules.lacking(asked, {one.value: getattr(held, STATE[one]) for one in Asked})
    return Standing(held, asked, lacking, rules.waiting_for_others(lacking, held.is_undecided))


def _parts(actor: Actor) -> list[Any]:
    """The actor's parts as mentor or mentee in programmes that run, with all that is asked about them: one query.

    Loaded once for a page that assembles.
    """
    return hooks.once(("readiness_parts", actor.ref), lambda: _load_parts(actor))


def _load_parts(actor: Actor) -> list[Any]:
    if coordinates_only(actor):
        return []  # the query is long
    mine = Participation.objects.filter(membership=actor.membership, until__isnull=True).exclude(part=Part.COORDINATOR)
    mine = mine.filter(programme__state=ProgrammeState.RUNNING).select_related("programme")
    rule = ReadinessRule.objects.filter(programme=OuterRef("programme"))
    columns = {f"rule_{name}": Subquery(rule.values(name)) for name in ("mentors", "mentees", "holds_pairs")}
    found = with_state(mine).annotate(**columns)
    return list(found.order_by("programme__starts_on", "id"))


def own(actor: Actor) -> list[Standing]:
    """The actor's own parts as mentor or mentee in programmes that run: before the launch nobody is asked anything."""
    said = [(held, _said(held.rule_mentors, held.rule_mentees, held.rule_holds_pairs)) for held in _parts(actor)]
    return [standing(held, asking) for held, asking in said]


def undecided(actor: Actor) -> list[tuple[Programme, int]]:
    """The running programmes of the actor's desk in which a conflict waits that they may decide, and how many do."""
    waiting = waits(actor, CONFLICTS)
    if not waiting:
        return []
    held = Conflict.objects.filter(programme__in=list(waiting), decision="").exclude(membership=actor.membership)
    held = held.exclude(membership__in=managed_by(actor.membership))
    counted = dict(held.order_by().values_list("programme").annotate(Count("pk")))
    return [(programme, counted[programme.pk]) for programme in desk(actor) if programme.pk in counted]


def undecided_in(programmes: Collection[int]) -> QuerySet[Any]:
    """How many conflicts wait for a decision, whoever declared them (`hooks.DeskCount.rows`)."""
    found = Conflict.objects.filter(programme__in=programmes, decision="").order_by()
    return found.values(programme_key=F("programme")).annotate(count=Count("pk"))


def own_programmes(actor: Actor) -> QuerySet[Programme]:
    """The running programmes in which the actor is mentor or mentee, or to which they apply."""
    held = Participation.objects.filter(membership=actor.membership, until__isnull=True).exclude(part=Part.COORDINATOR)
    applies = Joining.objects.filter(membership=actor.membership, state__in=(*joining.OPEN, JoiningState.BEGUN))
    found = Programme.objects.filter(
        Q(pk__in=held.values("programme")) | Q(pk__in=applies.values("programme")), organisation=actor.organisation
    )
    return found.filter(state=ProgrammeState.RUNNING).select_related("organisation")


def standings(programme: Programme, people: Collection[int]) -> list[Standing]:
    """How some participations of a programme stand, given by primary key."""
    asking = asking_of(programme)
    held = with_state(Participation.objects.filter(pk__in=people)).select_related("membership").order_by("-part")
    return [standing(one, asking) for one in held]
