"""A policy in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.matching.rules import Policy
from alongside.matching.terms import ALWAYS, AnyRule, Ready, RuleName, Way

Words = str | Promise


def items(policy: Policy, way: str) -> list[dict[str, Words]]:
    """Every part of a policy as a term with words."""
    rules = [_rule(name, policy) for name in policy.rules if name not in ALWAYS]
    return [
        {"term": _("Who chooses"), "words": Way(way).label},
        {"term": _("Rules"), "words": "; ".join(rules)},
        {"term": _("Grades, the lowest first"), "words": ", ".join(policy.grades) or _("By the numbers in them")},
        {"term": _("Has to be ready"), "words": Ready(policy.ready).label},
        {
            "term": _("What counts, of a hundred"),
            "words": ", ".join(f"{name.label} {weight}" for name, weight in policy.criteria),
        },
        {"term": _("Grades above that fit best"), "words": str(policy.ideal)},
        {"term": _("Mentors to choose from"), "words": str(policy.choices)},
        {"term": _("More for a pair of the last run"), "words": str(policy.keep)},
    ]


def _rule(name: AnyRule, policy: Policy) -> str:
    if name == RuleName.MANAGER:
        words = ngettext("Not the line manager", "Nobody up to %(count)s levels above in the line", policy.line)
        return words % {"count": policy.line}
    if name == RuleName.AHEAD:
        return _("More senior by %(least)s to %(most)s grades") % {"least": policy.least, "most": policy.most}
    return str(name.label)
