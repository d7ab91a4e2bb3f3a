"""Encrypted text. Private text has its author's key, a pair's text the relationship's key.

goal.words = vault.seal("…", owner="membership:abc", place=vault.place(goal, "words"))
[text] = vault.unseal([(goal.words, vault.place(goal, "words"))])      # None where the key was destroyed
"""

from alongside.foundation.vault.fields import SealedField, place, sealed_columns
from alongside.foundation.vault.registry import restoring, sealed_elsewhere
from alongside.foundation.vault.sealing import BadSeal, destroy, destroyed, seal, unseal, unseal_one

__all__ = [
    "BadSeal",
    "SealedField",
    "destroy",
    "destroyed",
    "place",
    "restoring",
    "seal",
    "sealed_columns",
    "sealed_elsewhere",
    "unseal",
    "unseal_one",
]
