"""What a backup says of itself: what is in it, when and with what it was made, and a hash of every file."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from alongside.config.backups import NotDone

NAME, FORMAT = "manifest.json", 1
_CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Held:
    """One file of a backup: its path within it, its size in bytes, its SHA-256."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Destroyed:
    """A key of which the backup knew that it was destroyed."""

    key_id: str
    owner: str
    at: datetime


@dataclass(frozen=True)
class Manifest:
    """What a backup holds. `log_key` is the id of the key that its audit log went on with; empty for an empty log."""

    made_at: datetime
    alongside: str
    database: str
    migrations: list[str]
    entries: int
    log_key: str
    destroyed: list[Destroyed]
    files: list[Held]

    def written(self) -> str:
        """As it stands in the folder."""
        return json.dumps({"format": FORMAT, **asdict(self)}, default=datetime.isoformat, indent=1)


def contents(folder: Path) -> Iterator[Held]:
    """Every file below a folder, with size and hash, but the manifest."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name != NAME:
            yield Held(name, path.stat().st_size, hash_of(path))


def hash_of(path: Path) -> str:
    """The SHA-256 of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def read(folder: Path) -> Manifest:
    """The manifest of a backup. Raises NotDone for a folder that is no whole backup."""
    try:
        said = json.loads((folder / NAME).read_text())
    except (FileNotFoundError, NotADirectoryError):
        raise NotDone(f"{folder} is no backup: it holds no {NAME}. A backup that was stopped leaves none.") from None
    except OSError as error:
        raise NotDone(f"{folder / NAME} cannot be read: {error.strerror}.") from error
    except ValueError:
        raise NotDone(f"{folder / NAME} is damaged: it is no JSON.") from None
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise NotDone(f"{folder} was made by a version of Alongside that writes its backups in another way.")
    try:
        return _manifest(said)
    except (KeyError, TypeError, ValueError) as error:
        raise NotDone(f"{folder / NAME} is damaged: {error}.") from error


def _manifest(said: dict) -> Manifest:
    return Manifest(
        made_at=datetime.fromisoformat(said["made_at"]),
        alongside=str(said["alongside"]),
        database=str(said["database"]),
        migrations=[str(name) for name in said["migrations"]],
        entries=int(said["entries"]),
        log_key=str(said["log_key"]),
        destroyed=[
            Destroyed(one["key_id"], one["owner"], datetime.fromisoformat(one["at"])) for one in said["destroyed"]
        ],
        files=[Held(str(one["path"]), int(one["size"]), str(one["sha256"])) for one in said["files"]],
    )


def check(folder: Path, manifest: Manifest) -> None:
    """Is every file there as the manifest says, and no other? Raises NotDone, naming the first that is not."""
    wanted = {held.path: held for held in manifest.files}
    for path in sorted(wanted):
        if not (folder / path).is_file():
            raise NotDone(f"The backup is not whole: {path} is missing. Nothing was restored.")
    for held in contents(folder):
        if held.path not in wanted:
            raise NotDone(f"The backup holds {held.path}, of which its manifest knows nothing. Nothing was restored.")
        if held != wanted[held.path]:
            raise NotDone(f"The backup is damaged: {held.path} is not what its manifest says. Nothing was restored.")
