"""An installation of its own for a measurement, and what its processes took."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

BENCH = Path(__file__).resolve().parents[1]
_OF_THE_SHELL = ("ALONGSIDE_", "DATABASE_", "PYTHONDONTWRITEBYTECODE")


@dataclass
class House:
    """A data directory, and how its commands are started."""

    folder: Path
    also: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """Ours and nothing of the shell's: a bench measures what people run, who keep compiled modules."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(_OF_THE_SHELL)}
        return kept | {
            "ALONGSIDE_DATA_DIR": str(self.folder),
            "ALONGSIDE_URL": "http://localhost:8000",
            "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
            # This checkout, whatever is installed; and without what requirements/runtime.txt does not bring.
            "PYTHONPATH": os.pathsep.join(map(str, (BENCH / "parts" / "absent", BENCH, BENCH.parent / "src"))),
            **self.also,
        }

    def run(self, module: str, *arguments: object, settings: str = "alongside.config.settings") -> dict[str, Any]:
        """Run a module of `parts` to its end; what it prints as JSON."""
        command = [sys.executable, "-m", f"parts.{module}", *map(str, arguments)]
        environment = self.environment | {"DJANGO_SETTINGS_MODULE": settings}
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
        return json.loads(done.stdout)

    def start(self, module: str, *arguments: object) -> subprocess.Popen[bytes]:
        """Start a module of `parts` and go on."""
        command = [sys.executable, "-m", f"parts.{module}", *map(str, arguments)]
        return subprocess.Popen(command, env=self.environment, stdout=subprocess.PIPE, stdin=subprocess.PIPE)


@contextmanager
def house(**also: str) -> Iterator[House]:
    """A migrated installation in a folder that goes when the block ends; `also` is said to its environment."""
    with TemporaryDirectory(prefix="alongside-bench-", ignore_cleanup_errors=True) as folder:
        made = House(Path(folder), also)
        migrate = [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
        subprocess.run(migrate, env=made.environment, check=True)
        yield made
