"""A restore that has begun and not ended: until it has, nothing is served."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

from alongside.config.backups import folders

SENTENCE = (
    "A restore was begun and has not ended, so that nothing may be served: who was erased may be back. Run `alongside"
    " restore` again, with the same folder."
)


@dataclass(frozen=True)
class Unfinished:
    """How far a restore has come: under which ending the data of before are put aside, and whether all of them are.

    `entries_before` is how many entries the log had then, as far as its anchor knew.
    """

    suffix: str
    entries_before: int = 0
    is_aside: bool = False


def _path() -> Path:
    return Path(settings.DATA_DIR) / "restore_unfinished"


def is_there() -> bool:
    """Has a restore begun that has not ended?"""
    return _path().exists()


def read() -> Unfinished | None:
    """The restore that has not ended; None where there is none."""
    return Unfinished(**json.loads(_path().read_text())) if is_there() else None


def write(state: Unfinished) -> None:
    """Remember how far it has come, for whoever goes on after a kill."""
    fresh = _path().with_suffix(".new")
    fresh.write_text(json.dumps(asdict(state)))
    folders.put(fresh, _path())
    fresh.unlink()


def end() -> None:
    """All is done: it may be served."""
    _path().unlink(missing_ok=True)
