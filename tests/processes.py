"""Commands of Alongside in processes of their own, on the databases of the test that starts them."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connections

COMMAND = [
    sys.executable,
    "-c",
    "import sys; sys.argv[0] = 'alongside'; from alongside.config.cli import main; main()",
]


def environment() -> dict[str, str]:
    """What a process needs to work on this test's databases and data directory."""
    return os.environ | {
        "DATABASE_URL": _address("default"),
        "ALONGSIDE_KEYS_URL": _address("keys"),
        "ALONGSIDE_DATA_DIR": str(settings.DATA_DIR),
        "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }


def _address(name: str) -> str:
    held = connections[name].settings_dict
    if connections[name].vendor == "sqlite":
        return f"sqlite:///{held['NAME']}"
    who, host = f"{quote(held['USER'])}:{quote(held['PASSWORD'] or '')}", quote(held["HOST"], safe="")
    return f"postgres://{who}@{host}:{held['PORT']}/{held['NAME']}"


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    """One command, to its end."""
    command = [*COMMAND, *map(str, arguments)]
    return subprocess.run(command, env=environment(), capture_output=True, text=True, check=False)


def start(*arguments: object) -> subprocess.Popen[bytes]:
    """One command, and go on; end it whatever becomes of the test."""
    silent = subprocess.DEVNULL
    return subprocess.Popen([*COMMAND, *map(str, arguments)], env=environment(), stdout=silent, stderr=silent)


def killed_where_it_stands(script: Path, *arguments: str) -> bool:
    """Start a script that says "there" once it stands still, and end it there with -9; False where it ended before."""
    command = [sys.executable, str(script), *arguments]
    with subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, text=True) as process:
        there = process.stdout is not None and process.stdout.readline().strip() == "there"
        process.kill()
    return there


def kill_when(process: subprocess.Popen[bytes], holds: Callable[[], object], seconds: float = 60) -> bool:
    """End a process with -9 as soon as something holds; was it still at work?"""
    end = time.monotonic() + seconds
    while not holds() and process.poll() is None:
        assert time.monotonic() < end, "it did not come that far in time"
        time.sleep(0.002)
    process.kill()
    return process.wait() == -9
