"""One number for all that a result depends on, whatever the order in which people were listed."""

import json
from hashlib import sha256
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pairing.problems import Problem

VERSION = 1  # raised when the same problem may give another result


def fingerprint(problem: Problem, *others: NDArray[Any]) -> str:
    """SHA-256 of a problem, and of other matrices of its shape, in canonical order and in hexadecimal."""
    rows = sorted(range(len(problem.mentees)), key=problem.mentees.__getitem__)
    columns = sorted(range(len(problem.mentors)), key=problem.mentors.__getitem__)
    facts: dict[str, Any] = {
        "version": VERSION,
        "mentees": [[problem.mentees[row], int(problem.mentee_places[row])] for row in rows],
        "mentors": [[problem.mentors[column], int(problem.mentor_places[column])] for column in columns],
        "pins": sorted(problem.pins),
        "bans": sorted(problem.bans),
        "kept": sorted(problem.kept),
        "keep_bonus": problem.keep_bonus,
        "objective": problem.objective,
        "seed": problem.seed,
        "criteria": sorted([criterion.name, criterion.weight] for criterion in problem.criteria),
        "rules": [rule.name for rule in problem.rules],
    }
    found = sha256(json.dumps(facts, sort_keys=True, ensure_ascii=True).encode("ascii"))
    order = np.ix_(rows, columns) if rows and columns else None
    matrices: list[NDArray[Any]] = [problem.scores]
    matrices += [criterion.points for criterion in sorted(problem.criteria, key=lambda criterion: criterion.name)]
    matrices += [rule.allows for rule in problem.rules]
    matrices += others
    for matrix in matrices if order is not None else []:
        ordered = matrix[order]
        found.update((np.packbits(ordered) if ordered.dtype == np.bool_ else ordered.astype("<i8")).tobytes())
    return found.hexdigest()
