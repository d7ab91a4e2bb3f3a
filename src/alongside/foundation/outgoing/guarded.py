"""The guard itself: an address is looked at in the moment of connecting, so that no name can change its mind."""

import socket
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from alongside.foundation.outgoing import MOST_BYTES, Barred, Unreachable, fault_of_address, is_allowed, may_be_private

_CONNECT, _READ = 3.0, 5.0


def _looked_at(host: str, port: int) -> str:
    """The address of a host to connect to. Raises Barred where any of its addresses is private."""
    found = [str(held[4][0]) for held in socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)]
    if not may_be_private(host) and not all(map(is_allowed, found)):
        raise Barred(host)
    return found[0]


class _Checked:
    """Connects to the address that was looked at, and to no other."""

    _dns_host: str

    def _new_conn(self) -> socket.socket:
        named = self._dns_host
        self._dns_host = _looked_at(named, self.port)  # type: ignore[attr-defined]
        try:
            return super()._new_conn()  # type: ignore[misc, no-any-return]
        finally:
            self._dns_host = named  # certificates are checked against the name


class _Http(_Checked, HTTPConnection):
    pass


class _Https(_Checked, HTTPSConnection):
    pass


class _HttpPool(HTTPConnectionPool):
    ConnectionCls = _Http


class _HttpsPool(HTTPSConnectionPool):
    ConnectionCls = _Https


class _Adapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _HttpPool, "https": _HttpsPool}

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        if fault_of_address(request.url or ""):
            raise Barred(request.url)
        response = super().send(request, *args, **kwargs | {"timeout": (_CONNECT, _READ), "stream": True})
        body = response.raw.read(MOST_BYTES + 1, decode_content=True)
        if len(body) > MOST_BYTES:
            raise Unreachable("the answer is larger than one megabyte")
        if response.is_redirect:
            raise Unreachable("it leads on to another address, which is not followed")
        response._content, response._content_consumed = body, True  # type: ignore[attr-defined]
        return response


def guard(session: requests.Session) -> requests.Session:
    """Our adapter for every address; no proxies or passwords from the environment."""
    session.trust_env = False
    for scheme in ("http://", "https://"):
        session.mount(scheme, _Adapter())
    return session


def fetch(url: str) -> dict[str, Any]:
    """The JSON document at an address. Raises Barred and Unreachable."""
    try:
        with guard(requests.Session()) as session:
            response = session.get(url, headers={"Accept": "application/json"})
        if response.status_code != 200:
            raise Unreachable(f"it answers with status {response.status_code}")
        document = response.json()
    except requests.exceptions.JSONDecodeError as error:
        raise Unreachable("what it answers is no JSON document") from error
    except requests.RequestException as error:
        if is_barred(error):
            raise Barred(url) from error
        raise Unreachable(said_of(error)) from error
    if not isinstance(document, dict):
        raise Unreachable("what it answers is no JSON object")
    return document


def is_barred(error: BaseException | None) -> bool:
    """Was a private address the reason, however deep a library has wrapped it?"""
    seen = 0
    while error is not None and seen < 10:
        if isinstance(error, Barred):
            return True
        inner = [arg for arg in error.args if isinstance(arg, BaseException)]
        reason = getattr(inner[0], "reason", None) if inner else None
        error = error.__cause__ or reason or (inner[0] if inner else error.__context__)
        seen += 1
    return False


def said_of(error: requests.RequestException) -> str:
    """Why it did not work, in a few words for an administrator."""
    if isinstance(error, requests.exceptions.SSLError):
        return "its certificate is not trusted"
    if isinstance(error, requests.Timeout):
        return "no answer in time"
    return "no connection could be made"
