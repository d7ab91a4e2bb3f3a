"""The audit log's key is kept in the key store."""

from alongside.foundation.events import keys
from alongside.foundation.vault import sealing

_OWNER = "installation:audit"


def key_of_the_log(*, make: bool) -> keys.LogKey | None:
    """The key of the audit log, made when asked to."""
    found = sealing.key_for(_OWNER) if make else sealing.find_key(_OWNER)
    return keys.LogKey(*found) if found else None


keys.kept_by(key_of_the_log)
