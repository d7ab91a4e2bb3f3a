"""Requests to other machines.

    document = outgoing.fetch("https://login.example/.well-known/openid-configuration", outgoing.Patience(8))

They go to public addresses alone, whatever a name resolves to in the moment of connecting, never follow a redirect,
read one megabyte at most, and are given up once patience ends. Hosts inside the own network are reached where the
setting ALONGSIDE_PRIVATE_HOSTS names them.
"""

import time
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from django.conf import settings

if TYPE_CHECKING:
    import requests

T = TypeVar("T")
MOST_BYTES = 1024 * 1024
_CARRIES_V4 = (ip_network("64:ff9b::/96"), ip_network("2002::/16"))  # an IPv4 address in disguise


class Barred(OSError):
    """The address is private, or no address of the web."""


class Unreachable(Exception):
    """No usable answer in time; `why` says so for whoever looks after it."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Patience:
    """How long a person is kept waiting, over several requests."""

    def __init__(self, seconds: float) -> None:
        self._until = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds; never less than none."""
        return max(0.0, self._until - time.monotonic())


def is_allowed(address: str) -> bool:
    """May a request go to this IP address?"""
    found: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped:
            return is_allowed(str(found.ipv4_mapped))
        if any(found in network for network in _CARRIES_V4):
            return False
    return found.is_global and not found.is_multicast


def may_be_private(host: str) -> bool:
    """Does the installation say that this host may stand in its own network?"""
    return host.strip("[]").rstrip(".").lower() in settings.OUTGOING_PRIVATE_HOSTS


def fault_of_address(url: str) -> bool:
    """Is this no address to which requests may go? https, or http where the host may be private."""
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return True
    schemes = ("https", "http") if host and may_be_private(host) else ("https",)
    return not host or parts.scheme not in schemes or bool(parts.username or parts.password)


def within(waits: Patience, work: Callable[[], T]) -> T:
    """What `work` gives, unless it takes longer than there is patience: slow names and slow headers end too.

    `work` uses no database: it runs in a thread of its own. Raises Unreachable, and what `work` raises.
    """
    done: list[Any] = []

    def run() -> None:
        try:
            done.append((True, work()))
        except BaseException as error:  # noqa: BLE001 -- raised again where it is waited for
            done.append((False, error))

    worker = Thread(target=run, daemon=True)
    worker.start()
    worker.join(waits.left)
    if not done:
        raise Unreachable("no answer in time")
    well, what = done[0]
    if not well:
        raise what
    return what  # type: ignore[no-any-return]


def guard(session: "requests.Session") -> "requests.Session":
    """A session whose every request is guarded as this package promises."""
    from alongside.foundation.outgoing.guarded import guard as guarded  # noqa: PLC0415 -- brings a client of HTTP along

    return guarded(session)


def fetch(url: str, waits: Patience) -> dict[str, Any]:
    """The JSON document at an address. Raises Barred and Unreachable."""
    from alongside.foundation.outgoing.guarded import fetch as fetched  # noqa: PLC0415 -- brings a client of HTTP along

    if fault_of_address(url):
        raise Barred(url)
    return within(waits, lambda: fetched(url))
