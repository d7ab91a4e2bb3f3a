"""How large a measurement is: whole, or with QUICK=1 in the environment a tenth."""

import os

QUICK = os.environ.get("QUICK", "0") not in ("", "0")


def whole(number: int) -> int:
    """`number`, or a tenth of it where it has to be quick."""
    return number // 10 if QUICK else number
