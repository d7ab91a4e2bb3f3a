"""Whole installations in data directories of their own: made once in a run, and copied for whoever asks.

empty(folder)                        # migrated; nobody has set it up
told = demo(folder, "contracting")   # what `seed_demo --json` printed
"""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from tests.once import once
from tests.processes import COMMAND
from tests.running.served import free_port

SRC = str(Path(__file__).resolve().parents[1] / "src")
_TOLD = "told.json"


def environment_of(folder: Path, **more: str) -> dict[str, str]:
    """What an operator sets, and nothing of the tests' own databases."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {"ALONGSIDE_DATA_DIR": str(folder), "PYTHONPATH": SRC, "PORT": str(free_port())} | more


def run(environment: dict[str, str], *arguments: object) -> subprocess.CompletedProcess[str]:
    """One command, to its end."""
    command = [*COMMAND, *map(str, arguments)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def empty(folder: Path) -> None:
    """Databases that are up to date, in a folder that may be there."""
    shutil.copytree(once("empty", _migrate), folder, dirs_exist_ok=True)


def demo(folder: Path, stage: str = "under-way") -> dict[str, Any]:
    """The demo at a stage, and what the command printed of it."""
    kept = once(f"demo-{stage}", lambda made: _seed(made, stage))
    shutil.copytree(kept, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(_TOLD))
    return json.loads((kept / _TOLD).read_text())


def _migrate(folder: Path) -> None:
    _well(run(environment_of(folder), "migrate", "--verbosity", "0"))


def _seed(folder: Path, stage: str) -> None:
    empty(folder)
    printed = _well(run(environment_of(folder, ALONGSIDE_DEMO="1"), "seed_demo", "--stage", stage, "--json"))
    (folder / _TOLD).write_text(printed)


def _well(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 0, done.stderr
    return done.stdout
