"""Whoever was erased stays erased when a backup is restored that still knew them."""

from alongside.foundation import vault
from alongside.records import actions


@vault.restoring
def erase_again() -> None:
    """Erase once more everybody whose key stands among the destroyed ones."""
    actions.erase_again(vault.destroyed("membership:"))
