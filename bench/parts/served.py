"""A web process to be measured, and requests to it."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from parts.house import House


class Served:
    """One gunicorn worker on a port of its own; connections are kept as browsers keep them."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process, self.port = process, port
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def get(self, path: str, cookie: str) -> tuple[float, int]:
        """How long until the whole answer is here, and its status."""
        headers = {"Host": "localhost", "Cookie": f"session={cookie}", "Accept-Encoding": "gzip"}
        try:
            return self._ask(path, headers)
        except http.client.RemoteDisconnected:  # gunicorn ends a connection that waited two seconds
            self._connection.close()
            return self._ask(path, headers)

    def _ask(self, path: str, headers: dict[str, str]) -> tuple[float, int]:
        began = time.perf_counter()
        self._connection.request("GET", path, headers=headers)
        answer = self._connection.getresponse()
        answer.read()
        return time.perf_counter() - began, answer.status

    def megabytes(self) -> float:
        """What gunicorn's one worker holds in memory."""
        children = f"/proc/{self.process.pid}/task/{self.process.pid}/children"
        with open(children) as listed:
            worker = listed.read().split()[0]
        with open(f"/proc/{worker}/status") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024


@contextmanager
def served(home: House, settings: str, application: str = "parts.wsgi:application") -> Iterator[Served]:
    """Serve a house's project as `alongside serve` does, until the block ends."""
    from alongside.config.serving import FEW_HEAPS, web

    port = _free_port()
    command = [*web("127.0.0.1", port, 8)[:-1], application]
    environment = FEW_HEAPS | home.environment | {"DJANGO_SETTINGS_MODULE": settings}
    with (home.folder / "web.log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            _wait_for(port)
            yield Served(process, port)
        finally:
            process.terminate()
            process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    sys.exit(f"nothing answers on port {port} ({os.getpid()})")
