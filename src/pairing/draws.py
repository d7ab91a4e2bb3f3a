"""Equal pairings are told apart by lot: a draw for each two people that depends on the seed and on who they are."""

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

DRAW_BITS = 31


def keys(ids: Sequence[str], *, side: str, seed: int) -> NDArray[np.uint64]:
    """A number of 64 bits for each person, shape (people,): by seed, side and id, never by place in the list."""
    digests = (blake2b(f"{seed}\0{side}\0{name}".encode("utf-8", "surrogatepass"), digest_size=8) for name in ids)
    return np.array([int.from_bytes(digest.digest(), "big") for digest in digests], dtype=np.uint64)


def lots(mentee_keys: NDArray[np.uint64], mentor_keys: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Lots by the keys of two people: whole numbers from 0 to 2**31 - 1, of whichever shape the two have together.

    The two keys are joined and stirred by the finaliser of splitmix64 (Steele, Lea and Flood, 2014).
    """
    stirred = mentee_keys ^ mentor_keys
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        stirred = (stirred ^ (stirred >> np.uint64(shift))) * np.uint64(factor)
    stirred = stirred ^ (stirred >> np.uint64(31))
    return (stirred >> np.uint64(64 - DRAW_BITS)).astype(np.int64)


def draws(mentees: Sequence[str], mentors: Sequence[str], *, seed: int) -> NDArray[np.int64]:
    """The lot of every two people, shape (mentees, mentors)."""
    return lots(keys(mentees, side="mentee", seed=seed)[:, None], keys(mentors, side="mentor", seed=seed)[None, :])
