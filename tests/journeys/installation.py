"""A whole installation for journeys: `alongside serve` in a data directory of its own, on this machine alone."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from tests.running.served import free_port, serving

ALONGSIDE = [
    sys.executable,
    "-c",
    "import sys; sys.argv[0] = 'alongside'; from alongside.config.cli import main; main()",
]
SRC = Path(__file__).resolve().parents[2] / "src"


@dataclass(frozen=True)
class Installation:
    """Where it is, and what its operator can do."""

    folder: Path
    environment: dict[str, str]

    @property
    def address(self) -> str:
        """Of its first page, without the slash."""
        return f"http://localhost:{self.environment['PORT']}"

    def run(self, *arguments: str) -> str:
        """One command, which must end well; what it printed."""
        done = subprocess.run(
            [*ALONGSIDE, *arguments], env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"alongside {arguments[0]}: {done.stderr}"
        return done.stdout

    def beside(self, **settings: str) -> "Installation":
        """The same data, to be served at another port with other settings."""
        folder = self.folder / "beside"
        folder.mkdir()
        return replace(self, folder=folder, environment=self.environment | {"PORT": str(free_port())} | settings)

    def serving(self):
        """While the block lasts, web and worker run."""
        return serving(ALONGSIDE, self.environment, self.folder)


def installed(folder: Path, **settings: str) -> Installation:
    """An empty installation whose databases are up to date."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    own = {"ALONGSIDE_DATA_DIR": str(folder), "PYTHONPATH": str(SRC), "PORT": str(free_port())}
    made = Installation(folder, kept | own | settings)
    made.run("migrate", "--verbosity", "0")
    return made


@contextmanager
def running(folder: Path, **settings: str) -> Iterator[Installation]:
    """An empty installation, served; mails can be read on a page, as after `make run`."""
    made = installed(folder, **({"ALONGSIDE_SHOW_MAIL": "1"} | settings))
    with made.serving():
        yield made
