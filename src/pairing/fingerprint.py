"""One number for all that a result depends on, whatever the order in which people were listed."""

import json
from hashlib import sha256
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pairing.problems import Cohort

VERSION = 1  # raised when the same problem may give another result


def fingerprint(problem: Cohort, *others: NDArray[Any]) -> str:
    """SHA-256 of a problem, and of other matrices of its shape, in canonical order and in hexadecimal."""
    rows = np.array(sorted(range(len(problem.mentees)), key=problem.mentees.__getitem__), dtype=np.int64)
    columns = np.array(sorted(range(len(problem.mentors)), key=problem.mentors.__getitem__), dtype=np.int64)
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
        "rules": sorted(rule.name for rule in problem.rules),
    }
    found = sha256(json.dumps(facts, sort_keys=True, ensure_ascii=True).encode("ascii"))
    for array in (*problem.ordered(rows, columns), *(matrix[np.ix_(rows, columns)] for matrix in others)):
        found.update(
            (np.packbits(array) if array.dtype == np.bool_ else array.astype(array.dtype.newbyteorder("<"))).tobytes()
        )
    return found.hexdigest()
