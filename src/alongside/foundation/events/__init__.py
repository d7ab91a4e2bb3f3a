"""What happened: `with event("contract.signed", by=actor, about=contract): …`.

An event is one transaction. When its block ends, reactions of later packages run, people are told, and the audit
log gets one entry. Within another event it joins that transaction and keeps its own entry.
"""

from alongside.foundation.events.happening import (
    Event,
    UndeclaredEvent,
    Who,
    add_teller,
    at_the_end,
    declare_event,
    declared,
    event,
    on,
    reactions,
    tombstones,
)

__all__ = [
    "Event",
    "UndeclaredEvent",
    "Who",
    "add_teller",
    "at_the_end",
    "declare_event",
    "declared",
    "event",
    "on",
    "reactions",
    "tombstones",
]
