"""Reads of pairs: `pairs` says whom an actor may see and how, `by_hand` feeds the two lists of pairing by hand."""

from alongside.relationships.queries import by_hand
from alongside.relationships.queries.pairs import (
    Pair,
    coordinated,
    managed_by,
    managers_of,
    open_pairs,
    own,
    own_pair,
    pair,
    pair_of,
    paired_participations,
    pairs,
    taken_places,
    visible_to,
    whole,
)

__all__ = [
    "Pair",
    "by_hand",
    "coordinated",
    "managed_by",
    "managers_of",
    "open_pairs",
    "own",
    "own_pair",
    "pair",
    "pair_of",
    "paired_participations",
    "pairs",
    "taken_places",
    "visible_to",
    "whole",
]
