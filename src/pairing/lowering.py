"""Which pairs have to be asked again after prices have changed."""

import numpy as np

from pairing.cells import Flags, Integers
from pairing.flows import Best

_TRIED = 256


def lowered(before: Best, after: Best) -> tuple[Flags, Flags]:
    """Mentees and mentors of whom all pairs must be asked again: of all others the two prices did not fall together.

    Where mentors' prices rose by some amount or more and mentees' fell by no more than that, no sum has become lower.
    Of such amounts the one is taken that leaves the fewest pairs.
    """
    rows = _joined(after.row_prices - before.row_prices)
    columns = _joined(after.column_prices - before.column_prices)
    sorted_rows, sorted_columns = np.sort(rows), np.sort(columns)
    amounts = sorted_columns[:: len(columns) // _TRIED + 1]
    asked = len(columns) * np.searchsorted(sorted_rows, -amounts) + len(rows) * np.searchsorted(sorted_columns, amounts)
    amount = amounts[asked.argmin()]
    return rows < -amount, columns < amount


def _joined(changes: Integers) -> np.ndarray:
    """Changes of values and of lots as complex numbers, which numpy compares by value and then by lot."""
    return changes[0] + 1j * changes[1]
