"""A real `alongside serve` for the tests: started, asked for pages, stopped."""

import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

STARTS_WITHIN = 60
STOPS_WITHIN = 30


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def get(address: str) -> tuple[int, str]:
    """Status and body of a page."""
    try:
        with urllib.request.urlopen(address, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


@contextmanager
def serving(command: Sequence[str | Path], environment: dict[str, str], folder: Path) -> Iterator[subprocess.Popen]:
    """`alongside serve`, answering; when the block ends it is stopped, and its exit code must be 0."""
    with (folder / "serve.log").open("w+") as log:
        process = subprocess.Popen([*command, "serve"], env=environment, cwd=folder, stdout=log, stderr=log)
        try:
            _wait_until_it_answers(process, folder / "serve.log")
            yield process
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
            code = process.wait(STOPS_WITHIN)
    assert code == 0, (folder / "serve.log").read_text()


def _wait_until_it_answers(process: subprocess.Popen, log: Path) -> None:
    end = time.monotonic() + STARTS_WITHIN
    while "Alongside is at http" not in log.read_text():
        assert process.poll() is None, f"serve ended:\n{log.read_text()}"
        assert time.monotonic() < end, f"serve did not answer:\n{log.read_text()}"
        time.sleep(0.1)
