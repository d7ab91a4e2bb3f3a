"""Requests to other machines never reach private addresses, by name, by redirect or by a name that changes its mind."""

import socket
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from alongside.foundation import outgoing


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
     "::1", "::", "fe80::1%eth0", "fd00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "ff02::1"],
)  # fmt: skip
def test_private_addresses_are_barred(address):
    assert not outgoing.is_allowed(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_public_addresses_are_not(address):
    assert outgoing.is_allowed(address)


@pytest.mark.parametrize(
    "url", ["http://login.example/", "ftp://login.example/", "https://a:b@login.example/", "https:///x", "https://[::1"]
)
def test_what_is_no_address_for_requests_is_said(url):
    assert outgoing.fault_of_address(url)


@pytest.fixture
def machine():
    """A server on this machine that counts who comes."""
    came: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            came.append(self.path)
            body = b"{}" if self.path != "/large" else b" " * (outgoing.MOST_BYTES + 1)
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *said):
            """Says nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield server.server_port, came
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_name_that_leads_inside_at_the_moment_of_connecting_is_barred(machine, settings, monkeypatch):
    """A name looked at earlier proves nothing: what counts is where the connection would go."""
    from alongside.foundation.outgoing import guarded

    port, came = machine
    inside = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
    monkeypatch.setattr(guarded.socket, "getaddrinfo", lambda *given, **more: inside)
    with pytest.raises(outgoing.Barred):
        outgoing.fetch(f"https://login.example:{port}/", outgoing.Patience(5))
    assert came == []


def test_one_private_address_among_public_ones_is_enough(machine, monkeypatch):
    from alongside.foundation.outgoing import guarded

    both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 443)) for ip in ("93.184.216.34", "127.0.0.1")]
    monkeypatch.setattr(guarded.socket, "getaddrinfo", lambda *given, **more: both)
    with pytest.raises(outgoing.Barred):
        outgoing.fetch("https://login.example/", outgoing.Patience(5))


def test_a_host_that_the_installation_names_is_reached(machine, settings):
    port, came = machine
    settings.OUTGOING_PRIVATE_HOSTS = ["127.0.0.1"]
    assert outgoing.fetch(f"http://127.0.0.1:{port}/x", outgoing.Patience(5)) == {}
    assert came == ["/x"]


def test_more_than_a_megabyte_is_not_read(machine, settings):
    port, _came = machine
    settings.OUTGOING_PRIVATE_HOSTS = ["127.0.0.1"]
    with pytest.raises(outgoing.Unreachable, match="larger than one megabyte"):
        outgoing.fetch(f"http://127.0.0.1:{port}/large", outgoing.Patience(5))
