"""Folders and files that are there whole or not at all."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alongside.config.backups import NotDone

_CHUNK = 1024 * 1024


@contextmanager
def whole(folder: Path) -> Iterator[Path]:
    """A fresh folder to fill, which gets its name when the block has ended; where the block fails, nothing is left.

    What a killed one left behind is cleared away by the next. Raises NotDone where the name is taken.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NotDone(f"{folder} is there already. Name a folder that is not there yet; nothing was written.")
    unfinished = folder.with_name(f".{folder.name}.unfinished")
    unfinished.mkdir(parents=True, exist_ok=True)
    with _held(unfinished):
        empty(unfinished)
        try:
            yield unfinished
            sync_below(unfinished)
            unfinished.rename(folder)
            _sync(folder.parent)
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if not folder.exists() or os.fstat(descriptor).st_ino != folder.stat().st_ino:
            raise BlockingIOError  # the other one was just ending
        yield
    except BlockingIOError:
        raise NotDone(f"Another backup is being written to {folder}. Wait until it has ended.") from None
    finally:
        os.close(descriptor)


def empty(folder: Path) -> None:
    """Delete everything in a folder, where it is there."""
    for path in folder.iterdir() if folder.exists() else ():
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


def copy_below(source: Path, target: Path) -> int:
    """Copy every file below a folder; how many. One that is deleted meanwhile is left out: its day had come."""
    count = 0
    for path in sorted(source.rglob("*")):
        if path.is_file() and not path.is_symlink():
            place = target / path.relative_to(source)
            place.parent.mkdir(parents=True, exist_ok=True)
            try:
                shutil.copyfile(path, place)
            except FileNotFoundError:
                place.unlink(missing_ok=True)
                continue
            count += 1
    return count


def put(source: Path, target: Path) -> None:
    """A copy of a file under its name at once, or not at all."""
    fresh = target.with_name(f".{target.name}.unfinished")
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, fresh)
    _sync(fresh)
    fresh.replace(target)
    _sync(target.parent)


def put_aside(path: Path, aside: Path) -> None:
    """Give a file or folder another name, where it is there and the name is free."""
    if path.exists() and not aside.exists():
        path.rename(aside)
        _sync(path.parent)


def sync_below(folder: Path) -> None:
    """Everything below a folder is on the disk when this returns."""
    for path in folder.rglob("*"):
        if not path.is_symlink():
            _sync(path)
    _sync(folder)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
