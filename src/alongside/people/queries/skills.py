"""Reads of an organisation's words for skills."""

from django.db.models import Count, Exists, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Organisation
from alongside.people import policy
from alongside.people.models import ProfileSkill, Skill, SkillMerge
from alongside.people.roster.headers import fold
from alongside.people.terms import Side, SkillState

MOST_SUGGESTED = 400
SORTS = {
    "name": ("name", "id"),
    "offered": ("offered", "name", "id"),
    "wanted": ("wanted", "name", "id"),
    "changed": ("changed_at", "id"),
}


def visible_to(actor: Actor) -> QuerySet[Skill]:
    """The vocabulary, for whoever looks after it. A proposal that nobody holds any more is no proposal."""
    if not policy.manages_people(actor, None):
        return Skill.objects.none()
    found = Skill.objects.filter(organisation=actor.organisation).exclude(state=SkillState.OTHER_WORD)
    return found.exclude(~Exists(_held()), state=SkillState.PROPOSED)


def _held() -> QuerySet[ProfileSkill]:
    return ProfileSkill.objects.filter(skill=OuterRef("pk"))


def _count(side: Side) -> Coalesce:
    counted = _held().filter(side=side).order_by().values("skill").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def counted(skills: QuerySet[Skill]) -> QuerySet[Skill]:
    """With how many people offer and want each, and the other words for it."""
    words = Prefetch("other_words", Skill.objects.order_by("name", "id"))
    return skills.annotate(offered=_count(Side.OFFERED), wanted=_count(Side.WANTED)).prefetch_related(words)


def search(actor: Actor, *, q: str = "", state: str = "", sort: str = "name") -> QuerySet[Skill]:
    """The vocabulary, narrowed by a part of a word (or of another word for it) and by state, and sorted."""
    found = visible_to(actor)
    if q:
        folded = fold(q)
        others = Skill.objects.filter(same_as=OuterRef("pk"), folded__contains=folded)
        found = found.filter(Q(folded__contains=folded) | Exists(others)) if folded else found.none()
    found = found.filter(state=state) if state else found.exclude(state=SkillState.RETIRED)
    return counted(found).order_by(*_order(sort))


def _order(sort: str) -> list[str]:
    names = SORTS.get(sort.removeprefix("-"), SORTS["name"])
    return [f"-{names[0]}", *names[1:]] if sort.startswith("-") else list(names)


def proposed(actor: Actor) -> QuerySet[Skill]:
    """The words that wait for somebody to look at them."""
    return visible_to(actor).filter(state=SkillState.PROPOSED)


def find(organisation: Organisation, word: str) -> Skill | None:
    """The skill that a word means in an organisation: itself, or what it leads to."""
    found = Skill.objects.filter(organisation=organisation, folded=fold(word)).select_related("same_as").first()
    return (found.same_as or found) if found else None


def suggestions(organisation: Organisation) -> list[str]:
    """The accepted words, to be offered where somebody types one."""
    accepted = Skill.objects.filter(organisation=organisation, state=SkillState.ACCEPTED)
    return list(accepted.values_list("name", flat=True)[:MOST_SUGGESTED])


def merges_into(skill: Skill) -> QuerySet[SkillMerge]:
    """What was merged into a skill lately and can be taken back, newest first."""
    return SkillMerge.objects.filter(into=skill, word__same_as=skill).select_related("word").order_by("-at", "-id")


def retired_of(organisation: Organisation, names: list[str]) -> list[str]:
    """Which of these words the organisation no longer uses."""
    held = Skill.objects.filter(organisation=organisation, state=SkillState.RETIRED, name__in=names)
    return list(held.values_list("name", flat=True))
