"""What no erasure reaches: data that a restore has put aside, and databases that a move has left."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connections

from alongside.config.backups import databases
from alongside.foundation import privacy

_BEFORE_A_MOVE = {"default": "alongside.sqlite3", "keys": "keys.sqlite3"}


@privacy.out_of_reach
def put_aside() -> list[str]:
    """Databases and uploads as they were before a `restore --replace`, until somebody deletes them."""
    uploads = Path(settings.MEDIA_ROOT)  # the anchor that is put aside with them tells of nobody
    return [*databases.all_aside(), *map(str, sorted(uploads.parent.glob(f"{uploads.name}{databases.ASIDE}*")))]


@privacy.out_of_reach
def left_by_a_move() -> Iterator[str]:
    """The SQLite files of an installation that has moved to PostgreSQL."""
    for alias, name in _BEFORE_A_MOVE.items():
        path = Path(settings.DATA_DIR) / name
        if connections[alias].vendor != "sqlite" and path.exists():
            yield str(path)
