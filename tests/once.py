"""What is made once in a run and taken by all workers of pytest-xdist."""

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path


def once(name: str, make: Callable[[Path], None], *, within: Path | None = None) -> Path:
    """The folder that `make` filled. Whoever comes first makes it, others wait; `within` is for one worker alone."""
    kept = (within or Path(os.environ["TESTS_FOLDER"])) / "once" / name
    kept.parent.mkdir(exist_ok=True)
    with kept.with_name(f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            made = kept.with_name(f"{name}.half")
            shutil.rmtree(made, ignore_errors=True)
            made.mkdir()
            make(made)
            made.rename(kept)
    return kept
