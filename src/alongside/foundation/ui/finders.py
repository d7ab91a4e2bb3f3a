"""Lets the static files of Django serve the joined stylesheet, in development and in collectstatic alike."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage

from alongside.foundation.ui import stylesheet

PATH = "ui/alongside.css"


class StylesheetFinder(BaseFinder):
    """Finds one file, `ui/alongside.css`, written into the data directory whenever its sources have changed."""

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        if path != PATH:
            return []
        written = str(_write())
        return [written] if find_all else written

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, Storage]]:
        _write()
        yield PATH, FileSystemStorage(location=_folder())


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "joined"


def _write() -> Path:
    target = _folder() / PATH
    text = stylesheet.joined()
    if target.exists() and target.read_text("utf-8") == text:
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=target.parent, delete=False) as file:
        file.write(text)
    Path(file.name).chmod(0o644)
    os.replace(file.name, target)
    return target
