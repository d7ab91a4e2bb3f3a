"""A whole installation for journeys: `alongside serve` in a data directory of its own, on this machine alone."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from tests import installed
from tests.processes import COMMAND
from tests.running.served import free_port, serving


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
        done = installed.run(self.environment, *arguments)
        assert done.returncode == 0, f"alongside {arguments[0]}: {done.stderr}"
        return done.stdout

    def beside(self, **settings: str) -> "Installation":
        """The same data, to be served at another port with other settings."""
        folder = self.folder / "beside"
        folder.mkdir()
        return replace(self, folder=folder, environment=self.environment | {"PORT": str(free_port())} | settings)

    @contextmanager
    def copied(self, folder: Path) -> Iterator["Installation"]:
        """A copy of it, served as it is now while the block lasts."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        own = {"ALONGSIDE_DATA_DIR": str(folder), "PORT": str(free_port())}
        made = replace(self, folder=folder, environment=self.environment | own)
        with made.serving():
            yield made

    def serving(self):
        """While the block lasts, web and worker run."""
        return serving(COMMAND, self.environment, self.folder)


@contextmanager
def running(folder: Path, **settings: str) -> Iterator[Installation]:
    """An empty installation, served; mails can be read on a page, as after `make run`."""
    installed.empty(folder)
    made = Installation(folder, installed.environment_of(folder, **({"ALONGSIDE_SHOW_MAIL": "1"} | settings)))
    with made.serving():
        yield made


@contextmanager
def running_demo(folder: Path, stage: str = "under-way") -> Iterator[tuple[Installation, dict[str, str]]]:
    """The demo, served, and the passwords of those who can sign in to it, by address."""
    told = installed.demo(folder, stage)
    made = Installation(folder, installed.environment_of(folder, ALONGSIDE_DEMO="1"))
    with made.serving():
        yield made, {held["email"]: held["password"] for held in told["sign_ins"]}
