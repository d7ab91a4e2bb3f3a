"""Registries that an earlier package asks and later packages fill, each from its own `hooks.py`.

gates              why a relationship may not move yet          (asked by relationships)
panels             what a page shows of a later package         (asked by the page)
next_steps         what an actor could do next                  (asked by home)
funnel_steps       how far the people of a programme have come  (asked by programmes)
desk_counts        how much waits for its coordinators          (asked by programmes)
duty_facts         what of somebody's duties is done           (asked by relationships)
navigation         where the masthead leads                     (asked by ui)
assurance          by what an organisation shows its care       (asked by organisations and programmes)
import_steps       what a roster says to a later package        (asked by people)
leaver_effects     what hangs on somebody's staying             (asked by people)
manager_conflicts  what a new line manager cannot be beside     (asked by people)
ways_in            other ways in than an address                (asked by ui)

A page that asks several packages loads within `assembling()`: what is asked through `once` is then loaded once.
"""

from alongside.foundation.hooks.once import assembling, loaded, once
from alongside.foundation.hooks.registry import (
    Assured,
    DeskCount,
    DutyFact,
    Effect,
    Effects,
    FunnelStep,
    ImportStep,
    LeaverEffects,
    NavigationItem,
    Need,
    NextStep,
    Panel,
    assurance,
    counts_changed_by,
    desk_counts,
    duty_facts,
    funnel_steps,
    gates,
    import_steps,
    leaver_effects,
    manager_conflicts,
    navigation,
    next_steps,
    panels,
    ways_in,
)

__all__ = [
    "Assured",
    "DeskCount",
    "DutyFact",
    "Effect",
    "Effects",
    "FunnelStep",
    "ImportStep",
    "LeaverEffects",
    "NavigationItem",
    "Need",
    "NextStep",
    "Panel",
    "assembling",
    "assurance",
    "counts_changed_by",
    "desk_counts",
    "duty_facts",
    "funnel_steps",
    "gates",
    "import_steps",
    "leaver_effects",
    "loaded",
    "manager_conflicts",
    "navigation",
    "next_steps",
    "once",
    "panels",
    "ways_in",
]
