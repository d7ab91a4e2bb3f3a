"""Where notifications joins in: it hears of every event that tells people."""

from alongside.foundation.events import add_teller
from alongside.foundation.notifications.teller import tell_of

add_teller(tell_of)
