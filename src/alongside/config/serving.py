"""The web and the worker, side by side, until somebody says stop. Without Django, so that it costs little memory."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from types import FrameType

GRACE = 25.0  # longer than either of them takes to end its work
LONGEST_WAIT = 60.0
# Threads of the C library share two heaps; with one for each, memory that is free in one is not found by the others.
FEW_HEAPS = {"MALLOC_ARENA_MAX": "2"}


def web(host: str, port: int, threads: int) -> list[str]:
    """The command line of gunicorn: one process, so that memory stays small and SQLite has one writer."""
    where = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    options = {"bind": where, "workers": 1, "worker-class": "gthread", "threads": threads, "graceful-timeout": 20}
    named = [f"--{name}={value}" for name, value in options.items()]
    return [
        *(sys.executable, "-m", "gunicorn", "--log-level=warning", "--no-control-socket", *named),
        "--config=python:alongside.config.gunicorn",
        "alongside.config.wsgi:application",
    ]


def worker() -> list[str]:
    """The command line of the jobs worker."""
    return [sys.executable, "-m", "django", "worker"]


class Serving:
    """Two child processes: when the web ends, all ends; when the worker ends by itself, it is started again."""

    def __init__(self, web: Sequence[str], worker: Sequence[str]) -> None:
        self._commands = {"web": list(web), "worker": list(worker)}
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._stopping = False
        self._wait = 1.0
        self._start_worker_at = 0.0

    def run(self, announce: str = "", port: int = 0) -> int:
        """Serve until told to stop; the exit code is 0 then, and 1 when the web ended by itself."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._stop)
        self._start("web")
        while not self._stopping:
            if self._running["web"].poll() is not None:
                self._say(f"the web process ended by itself (exit code {self._running['web'].returncode}).")
                break
            if announce and _answers(port):
                print(announce, flush=True)
                announce = ""
            self._keep_worker()
            time.sleep(0.2)
        self._end()
        return 0 if self._stopping else 1

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self._stopping = True

    def _start(self, name: str) -> None:
        # A session of its own: Ctrl+C reaches this process alone, which then ends both in order.
        self._running[name] = subprocess.Popen(
            self._commands[name], env=FEW_HEAPS | dict(os.environ), start_new_session=True
        )

    def _keep_worker(self) -> None:
        held = self._running.get("worker")
        if held is not None and held.poll() is None:
            return
        now = time.monotonic()
        if held is not None:
            self._say(f"the worker ended by itself (exit code {held.returncode}); starting it again.")
            del self._running["worker"]
            self._start_worker_at, self._wait = now + self._wait, min(self._wait * 2, LONGEST_WAIT)
        elif now >= self._start_worker_at:
            self._start("worker")

    def _end(self) -> None:
        for process in self._running.values():
            if process.poll() is None:
                process.terminate()
        end = time.monotonic() + GRACE
        for name, process in self._running.items():
            try:
                process.wait(max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                self._say(f"the {name} did not end in time and was killed.")
                process.kill()
                process.wait()

    @staticmethod
    def _say(sentence: str) -> None:
        print(f"alongside: {sentence}", file=sys.stderr, flush=True)


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=0.5):
            return True
    except OSError:
        return False


def main(arguments: Sequence[str]) -> int:
    """Run by `alongside serve`: host, port, threads, and the line to print once the web answers."""
    host, port, threads, announce = arguments
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
    return Serving(web(host, int(port), int(threads)), worker()).run(announce, int(port))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
