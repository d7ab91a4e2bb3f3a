"""Encrypted text. Private text has its author's key, a pair's text the relationship's key.

blob = vault.seal("…", owner="membership:abc", row="the row's ref")
[text] = vault.unseal([(blob, "the row's ref")])      # None where the key was destroyed
"""

from alongside.foundation.vault.fields import SealedField
from alongside.foundation.vault.sealing import BadSeal, destroy, seal, unseal, unseal_one

__all__ = ["BadSeal", "SealedField", "destroy", "seal", "unseal", "unseal_one"]
