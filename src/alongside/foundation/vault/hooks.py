"""The audit log's keys are kept in the key store."""

from alongside.foundation.events import keys
from alongside.foundation.vault import queries, sealing

LOG_OWNER = "installation:audit"


def keys_of_the_log(*, make: bool) -> keys.Ring:
    """The keys that the audit log has had, the one in use last; the first is made when asked to."""
    if make:
        sealing.key_for(LOG_OWNER)
    found, is_changing = queries.all_keys(LOG_OWNER)
    return keys.Ring(tuple(keys.LogKey(*key) for key in found), is_changing)


keys.kept_by(keys_of_the_log)
