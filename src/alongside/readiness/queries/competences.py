"""Reads of competences: where a mentor stands by their own word and their mentees', and what there is to learn."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from alongside import guidance
from alongside.foundation import hooks, vault
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership
from alongside.guidance import pages
from alongside.guidance import queries as kept
from alongside.programmes.models import Joining, Participation
from alongside.programmes.terms import JoiningState, Part, ProgrammeState
from alongside.readiness import rules
from alongside.readiness.models import Mark, Module, Rating, RatingDraft, RatingRequest
from alongside.readiness.queries import training
from alongside.readiness.terms import Hint, RaterKind, Reply

KIND = "competences"
Readable = Callable[[Actor], Any]
_readable: list[Readable] = []
_WANTS = (JoiningState.APPLIED, JoiningState.WAITING, JoiningState.ASKED, JoiningState.INVITED)


def add_readable(find: Readable) -> None:
    """Let a later package say in which pairs of theirs somebody may read: a queryset of refs."""
    if find not in _readable:
        _readable.append(find)


def visible_to(actor: Actor) -> QuerySet[Rating]:
    """One's own ratings of oneself; in one's pairs that may be read, what a mentee said there, to the two."""
    own = Q(kind=RaterKind.SELF, mentor=actor.membership)
    two = Q(mentor=actor.membership) | Q(rater=actor.membership)
    within = Q(pk__in=[])
    for find in _readable:
        within |= Q(pair__in=find(actor))
    return Rating.objects.filter(own | ~Q(kind=RaterKind.SELF) & two & within)


def drafts_visible_to(actor: Actor) -> QuerySet[RatingDraft]:
    """What the actor has begun to say."""
    return RatingDraft.objects.filter(author=actor.membership)


def requests_visible_to(actor: Actor) -> QuerySet[RatingRequest]:
    """For what the actor asked as a mentor, or is asked as a mentee."""
    return RatingRequest.objects.filter(Q(mentor=actor.membership) | Q(mentee=actor.membership))


class Own(NamedTuple):
    """Whether somebody is a mentor or wants to be one, and when they rated themselves last."""

    is_mentor: bool
    rated_at: datetime | None


def own(actor: Actor) -> Own:
    """How the actor stands: mentor in a programme that has not closed, or has said that they want to be. One query."""
    theirs = {"membership": OuterRef("pk"), "part": Part.MENTOR}
    goes_on = ~Q(programme__state=ProgrammeState.CLOSED)
    held = Participation.objects.filter(goes_on, until__isnull=True, **theirs)
    wants = Joining.objects.filter(goes_on, state__in=_WANTS, **theirs)
    rated = Rating.objects.filter(mentor=OuterRef("pk"), kind=RaterKind.SELF).order_by("-at", "-id").values("at")[:1]
    me = Membership.objects.filter(pk=actor.membership.pk)
    return Own(*me.values_list(Exists(held) | Exists(wants), Subquery(rated)).get())


def is_mentor(actor: Actor) -> bool:
    """Is the actor a mentor, or do they want to be one?"""
    return own(actor).is_mentor


def framework(actor: Actor, language: str, address: str = "") -> guidance.CompetenceFramework:
    """The list that counts in one's organisation, or the edition at an address. Raises NotFound."""
    held = kept.ours(actor.organisation.pk, language)
    found = held.at(address).document if address else held.competences()
    if not isinstance(found, guidance.CompetenceFramework):
        raise guidance.NotFound(address)
    return found


def requests(actor: Actor) -> dict[str, RatingRequest]:
    """The requests that concern the actor, by the ref of their pair; loaded once for a page that assembles."""
    return hooks.once(("rating_requests", actor.ref), lambda: {one.pair: one for one in requests_visible_to(actor)})


def asked_for(actor: Actor, pair: str) -> RatingRequest | None:
    """The request that waits for the actor's answer in a pair, if one does."""
    held = requests(actor).get(pair)
    is_mine = held and held.mentee_id == actor.membership.pk and held.reply == Reply.WAITING
    return held if is_mine else None


def replied_on(held: RatingRequest, actor: Actor) -> date | None:
    """On which day somebody answered, where the actor's organisation is."""
    zone = ZoneInfo(actor.organisation.timezone)
    return held.replied_at.astimezone(zone).date() if held.replied_at else None


def draft_of(actor: Actor, mentor: Membership) -> RatingDraft | None:
    """What the actor has begun to say of a mentor."""
    return drafts_visible_to(actor).filter(mentor=mentor).first()


def begun(draft: RatingDraft | None) -> dict[str, Any]:
    """The fields of a draft, as they were filled in; none where nothing is kept."""
    words = vault.unseal_one(draft.words, vault.place(draft, "words")) if draft else None
    return dict(json.loads(words)) if words else {}


def given_in(actor: Actor, pair: str) -> list[Rating]:
    """What the actor has said in a pair, the newest first."""
    return list(visible_to(actor).filter(pair=pair, rater=actor.membership).order_by("-at", "-id"))


# --- one rating, and all of them


class Line(NamedTuple):
    """One competence of a rating: the level, and the line that shows it; None where its key was destroyed."""

    competence: guidance.Competence
    level: int
    words: str
    evidence: str | None


def lines(rating: Rating, held: guidance.CompetenceFramework) -> list[tuple[str, list[Line]]]:
    """What a rating says, by the names of groups; `held` is the edition that it was asked in."""
    marks = {mark.competence: mark for mark in rating.marks.all()}
    texts = vault.unseal([(mark.evidence, vault.place(mark, "evidence")) for mark in marks.values() if mark.evidence])
    said = dict(zip((key for key, mark in marks.items() if mark.evidence), texts, strict=True))
    words = level_words(held, rating.kind)
    groups = [
        (group.name, [_line(one, marks[one.key], words, said) for one in competences if one.key in marks])
        for group, competences in held.in_groups(hidden=True)
    ]
    return [(name, found) for name, found in groups if found]


def _line(one: guidance.Competence, mark: Mark, words: Sequence[str], said: Mapping[str, str | None]) -> Line:
    return Line(one, mark.level, words[mark.level], said.get(mark.competence, ""))


def level_words(held: guidance.CompetenceFramework, kind: str) -> Sequence[str]:
    """What the levels mean: said of oneself, or by somebody else."""
    return held.levels if kind == RaterKind.SELF else held.levels_of_others


class Point(NamedTuple):
    """What one rating says of one competence."""

    rating: Rating
    level: int


@dataclass(frozen=True)
class Story:
    """One competence over time: every rating that says something of it, in order."""

    competence: guidance.Competence
    points: Sequence[Point]

    @property
    def own(self) -> Point | None:
        """The newest by the mentor."""
        return next((one for one in reversed(self.points) if one.rating.kind == RaterKind.SELF), None)

    @property
    def others(self) -> list[Point]:
        """The newest of each of the others."""
        newest = {one.rating.rater_id: one for one in self.points if one.rating.kind != RaterKind.SELF}
        return list(newest.values())


def ratings(actor: Actor) -> list[Rating]:
    """Every rating of the actor as a mentor, in order, with its marks and who gave it: two queries."""
    marks = Prefetch("marks", Mark.objects.defer("evidence"))
    found = visible_to(actor).filter(mentor=actor.membership).select_related("rater")
    return list(found.prefetch_related(marks).order_by("at", "id"))


def stories(
    held: guidance.CompetenceFramework, found: Iterable[Rating]
) -> list[tuple[guidance.CompetenceGroup, list[Story]]]:
    """How each competence went, by group; what nobody has rated is left out."""
    points: dict[str, list[Point]] = {}
    for rating in found:
        for mark in rating.marks.all():
            points.setdefault(mark.competence, []).append(Point(rating, mark.level))
    groups = [
        (group, [Story(one, points[one.key]) for one in competences if one.key in points])
        for group, competences in held.in_groups(hidden=True)
    ]
    return [(group, told) for group, told in groups if told]


class Suggestion(NamedTuple):
    """Something to learn, why, and where."""

    competence: guidance.Competence
    why: Hint
    places: Sequence[pages.Place]


def suggestions(actor: Actor, language: str, told: Iterable[Story]) -> list[Suggestion]:
    """What the actor could learn next, and where: their organisation's training first. At most one query."""
    offered = {story.competence.key: story for story in told if not story.competence.hidden}
    own = {key: story.own.level for key, story in offered.items() if story.own}
    mentees = {key: min(one.level for one in story.others) for key, story in offered.items() if story.others}
    hints = rules.to_learn(list(offered), own, mentees)
    places = _places(actor, language, [offered[key].competence for key, _why in hints]) if hints else {}
    return [Suggestion(offered[key].competence, why, places[key]) for key, why in hints]


def _places(actor: Actor, language: str, found: Iterable[guidance.Competence]) -> dict[str, list[pages.Place]]:
    """For each competence the parts of the organisation's training, then what else guidance names."""
    modules = list(training.visible_to(actor).filter(retired_at__isnull=True))
    ours = {held.source: held for held in modules if held.source}
    places: dict[str, list[pages.Place]] = {}
    for one in found:
        named = [_module_place(held, language) for held in modules if not held.source and one.key in held.competences]
        for place in pages.places(one.learn):
            held = ours.get(place.key)
            named.append(_module_place(held, language) if held else place)
        places[one.key] = named
    return places


def _module_place(held: Module, language: str) -> pages.Place:
    return pages.Place(held.source, training.in_words(held, language).title, training.address(held))
