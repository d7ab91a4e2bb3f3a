"""What a policy looks at of one person, and of what of it somebody has said nothing."""

from collections.abc import Collection, Mapping

from alongside.matching.fit import One, Scale, aim_words, own, team, work_words
from alongside.matching.rules import Policy
from alongside.matching.terms import (
    POINTS_OF_ONE,
    AnyCriterion,
    AnyLooked,
    CriterionName,
    Looked,
    OwnCriterion,
    OwnLooked,
    RuleName,
)
from alongside.programmes.terms import Part

_OF_CRITERIA: Mapping[str, Looked] = {
    CriterionName.SKILLS: Looked.SKILLS,
    CriterionName.SENIORITY: Looked.GRADE,
    CriterionName.SITE: Looked.SITE,
    CriterionName.DEPARTMENT: Looked.DEPARTMENT,
    CriterionName.HOURS: Looked.HOURS,
    CriterionName.LANGUAGES: Looked.LANGUAGES,
    CriterionName.INTERESTS: Looked.INTERESTS,
    CriterionName.AIM: Looked.AIM,
    CriterionName.TENURE: Looked.SINCE,
}
_OF_RULES: Mapping[str, Looked] = {
    RuleName.TEAM: Looked.TEAM,
    RuleName.LANGUAGE: Looked.LANGUAGES,
    RuleName.HOURS: Looked.HOURS,
    RuleName.MEET: Looked.WAYS,
    RuleName.SITE: Looked.SITE,
    RuleName.AHEAD: Looked.GRADE,
}


def looked_at(policy: Policy) -> dict[AnyLooked, int]:
    """What a policy looks at of one person, with the weight that hangs on it (0: only a rule asks), heaviest first."""
    found: dict[AnyLooked, int] = {}
    for name, weight in policy.criteria:
        if looked := _looked_at(name):
            found[looked] = weight
    by_rules: list[AnyLooked] = [_OF_RULES[name] for name in policy.rules if name in _OF_RULES]
    return found | {looked: 0 for looked in (*by_rules, *policy.own_fields) if looked not in found}


def _looked_at(name: AnyCriterion) -> AnyLooked | None:
    """What a criterion looks at of one person; None where it is nothing that they say of themselves."""
    return OwnLooked(name.field, name.about) if isinstance(name, OwnCriterion) else _OF_CRITERIA.get(name)


def is_silent(looked: AnyLooked, one: One, part: Part, scale: Scale) -> bool:
    """Has somebody said nothing of it, or nothing that counts, such as a grade that is in no order?"""
    said = one.said
    if isinstance(looked, OwnLooked):
        return not own(looked.field, said)
    if looked == Looked.SKILLS:
        return not said.get("wanted" if part == Part.MENTEE else "offered")
    if looked == Looked.GRADE:
        return said.get("grade", "") not in scale.grades
    if looked == Looked.AIM:
        return not (aim_words(said) if part == Part.MENTEE else work_words(said))
    if looked == Looked.TEAM:
        return not team(said)
    return not said.get(looked.value)


def reach(scale: Scale, mentees: Collection[One], mentors: Collection[One]) -> int:
    """The most points of a million that any two of these people could get.

    A criterion of which nobody of one side says anything gives no more than it gives to two who say nothing.
    """
    unsaid = scale.points(One("", {}), One("", {}))
    return sum(
        weight * POINTS_OF_ONE if _is_said(name, scale, mentees, mentors) else unsaid[name.value]
        for name, weight in scale.policy.criteria
    )


def _is_said(name: AnyCriterion, scale: Scale, mentees: Collection[One], mentors: Collection[One]) -> bool:
    if name == CriterionName.WISHES:
        return any(one.said.get("wishes") for one in (*mentees, *mentors))
    looked = _looked_at(name)
    return looked is None or all(
        any(not is_silent(looked, one, part, scale) for one in people)
        for part, people in ((Part.MENTEE, mentees), (Part.MENTOR, mentors))
    )
