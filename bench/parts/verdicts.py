"""A table of what was measured against what is promised.

Machines are noisy: what misses its bound by up to 15 % is MISSED, and said so; by more, the promise is BROKEN. What is
counted rather than measured has no such room. A target is no promise: one that is not reached is MISSED by any amount.
"""

import sys
from dataclasses import dataclass, field

ROOM = 1.15


@dataclass
class Verdicts:
    """Lines of a table; `end` prints it and says whether a promise is broken."""

    heading: str
    rows: list[tuple[str, str, str, str]] = field(default_factory=list)
    broken: bool = False
    remarks: list[str] = field(default_factory=list)

    def add(
        self,
        what: str,
        measured: float,
        bound: float | None,
        unit: str = "",
        *,
        counted: bool = False,
        target: bool = False,
    ) -> None:
        """One measurement; without a bound it is only told. `counted`: a number of things, exact on any machine."""
        said = "" if bound is None else _verdict(measured, bound, 1 if counted else ROOM)
        said = "MISSED" if target and said == "BROKEN" else said
        self.broken |= said == "BROKEN"
        self.rows.append((what, _number(measured, unit), "" if bound is None else _number(bound, unit), said))

    def end(self, *, report: bool = False) -> None:
        """Print the table; exit with 1 for a broken promise, unless it is only reported."""
        lines = [("", "measured", "bound", ""), *self.rows]
        widths = [max(len(line[place]) for line in lines) for place in range(4)]
        print(f"\n{self.heading}")
        for what, measured, bound, said in lines:
            print(f"  {what:{widths[0]}}  {measured:>{widths[1]}}  {bound:>{widths[2]}}  {said}".rstrip())
        for remark in self.remarks:
            print(f"  {remark}")
        sys.exit(1 if self.broken and not report else 0)


def _verdict(measured: float, bound: float, room: float) -> str:
    if measured <= bound:
        return "kept"
    return "MISSED" if measured <= bound * room else "BROKEN"


def _number(value: float, unit: str) -> str:
    digits = 0 if value == int(value) or value >= 100 else 2
    return f"{value:,.{digits}f}{unit}"
