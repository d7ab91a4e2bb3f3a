"""Encrypted text. Private text has its author's key, a pair's text the relationship's key.

goal.words = vault.seal("…", owner="membership:abc", place=vault.place(goal, "words"))
[text] = vault.unseal([(goal.words, vault.place(goal, "words"))])      # None where the key was destroyed
"""

from alongside.foundation.vault.fields import SealedField, place
from alongside.foundation.vault.sealing import BadSeal, destroy, seal, unseal, unseal_one

__all__ = ["BadSeal", "SealedField", "destroy", "place", "seal", "unseal", "unseal_one"]
