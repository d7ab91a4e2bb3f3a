"""The best pairing of mentees and mentors under given rules, with its proof and its reasons.

A library of its own: values go in, values come out; no framework, no input or output, no clock.

    >>> cohort = problem(["ben"], ["amara"], scores=[[700_000]])
    >>> result = match(cohort)
    >>> result.pairs[0].mentor, result.gap, verify(cohort, result)
    ('amara', 0, ())
"""

from pairing.checking import problem
from pairing.criteria import Apart, Couples, Coverage, Shared, Table, TableRule
from pairing.explaining import Block, Cost, Why, WhyNot, why, why_not
from pairing.faults import NotAProblem
from pairing.large import LargeProblem
from pairing.matching import match
from pairing.problems import BAN, FULL, Cohort, Criterion, Problem, Rule
from pairing.rematching import Rematch, rematch
from pairing.result import Certificate, Cover, Pair, Price, Result, Unmatched
from pairing.stability import Stable, blocking, stable
from pairing.unmatched import Change, Reason, WhyUnmatched, why_unmatched
from pairing.verifying import verify
from pairing.widening import more_mentors

__all__ = [
    "BAN",
    "FULL",
    "Apart",
    "Block",
    "Certificate",
    "Change",
    "Cohort",
    "Cost",
    "Couples",
    "Cover",
    "Coverage",
    "Criterion",
    "LargeProblem",
    "NotAProblem",
    "Pair",
    "Price",
    "Problem",
    "Reason",
    "Rematch",
    "Result",
    "Rule",
    "Shared",
    "Stable",
    "Table",
    "TableRule",
    "Unmatched",
    "Why",
    "WhyNot",
    "WhyUnmatched",
    "blocking",
    "match",
    "more_mentors",
    "problem",
    "rematch",
    "stable",
    "verify",
    "why",
    "why_not",
    "why_unmatched",
]
