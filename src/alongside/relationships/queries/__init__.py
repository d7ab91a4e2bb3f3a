"""Reads of pairs: `pairs` says whom an actor may see and how, `by_hand` feeds the two lists of pairing by hand,
`leaving` says who is affected by a roster, `running` is about pairs that met before Alongside.
"""

from alongside.relationships.queries import by_hand, leaving, running
from alongside.relationships.queries.pairs import (
    Pair,
    are_paired,
    coordinated,
    ended_pairs,
    managed_by,
    managers_of,
    mentees_of,
    open_pairs,
    own,
    own_pair,
    pair,
    pair_of,
    paired_participations,
    pairs,
    partner_names,
    shown_pair,
    taken_places,
    visible_to,
    whole,
)
from alongside.relationships.queries.readiness import both_ready, of_training, waits_for_readiness
from alongside.relationships.queries.reasons import Given, reasons

__all__ = [
    "Given",
    "Pair",
    "are_paired",
    "both_ready",
    "by_hand",
    "coordinated",
    "ended_pairs",
    "leaving",
    "managed_by",
    "managers_of",
    "mentees_of",
    "of_training",
    "open_pairs",
    "own",
    "own_pair",
    "pair",
    "pair_of",
    "paired_participations",
    "pairs",
    "partner_names",
    "reasons",
    "running",
    "shown_pair",
    "taken_places",
    "visible_to",
    "waits_for_readiness",
    "whole",
]
