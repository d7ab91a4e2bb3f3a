"""A mail server for tests: `mail_server.py PORT MODE FOLDER`; keeps each accepted message in a file."""

import contextlib
import socket
import sys
import threading
import time
import uuid
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

PORT, MODE, FOLDER = int(sys.argv[1]), sys.argv[2], Path(sys.argv[3])


def drip(client: socket.socket, said: bytes) -> None:
    """Say something, then a letter now and then, and never the end of the line."""
    client.sendall(said)
    while True:
        time.sleep(0.2)
        client.sendall(b".")


def converse(client: socket.socket) -> None:
    """Take one message as a server does, and drip from the answer to `MODE`'s last word on."""
    drips_at, taken = MODE.removeprefix("drips-at-").upper().encode(), None
    client.sendall(b"220 here\r\n")
    for line in client.makefile("rb"):
        if taken is not None and line != b".\r\n":
            taken += line
            continue
        word = b"TAKEN" if taken is not None else line[:4].upper()
        if word == drips_at:
            drip(client, b"250 ")
        if word == b"TAKEN":
            (FOLDER / f"{time.time_ns()}").write_bytes(taken)
        taken = b"" if word == b"DATA" else None
        client.sendall(b"354 go on\r\n" if word == b"DATA" else b"250 fine\r\n")


def talk(client: socket.socket) -> None:
    """Half a server: says nothing, half a greeting, nonsense; or takes a message and is gone before it says so."""
    with contextlib.suppress(OSError):  # whoever asked has given up
        if MODE in ("drips", "drips-in-tls"):
            drip(client, b"220 " if MODE == "drips" else b"\x16\x03\x03\x40\x00")  # of 16 KB of a handshake
        elif MODE.startswith("drips-at-"):
            converse(client)
    if MODE == "half-greets":
        client.sendall(b"220 half a")
    elif MODE == "nonsense":
        client.sendall(b"\x00\xff" * 4000 + b"\r\n")
    elif MODE == "takes-and-is-gone":
        client.sendall(b"220 here\r\n")
        said, taken = client.makefile("rb"), None
        for line in said:
            if taken is None:
                taken = b"" if line.upper().startswith(b"DATA") else None
                client.sendall(b"250 fine\r\n" if taken is None else b"354 go on\r\n")
            elif line == b".\r\n":
                (FOLDER / f"{time.time_ns()}").write_bytes(taken)
                break
            else:
                taken += line
        client.shutdown(socket.SHUT_RDWR)
        return
    if MODE != "hangs-up":
        time.sleep(60)
    client.close()


def half() -> None:
    listening = socket.create_server(("127.0.0.1", PORT))
    while True:
        client, _from = listening.accept()
        threading.Thread(target=talk, args=(client,), daemon=True).start()


class Handler:
    async def handle_MAIL(self, server, session, envelope, address, options):
        if MODE == "takes-nothing-from-us":
            return "553 5.7.1 sender not allowed"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if MODE == "refuses" or (MODE == "refuses-ben" and address.startswith("ben")):
            return "550 5.1.1 no such mailbox"
        if MODE == "busy":
            return "451 4.3.0 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if MODE == "hangs":
            time.sleep(60)
        if MODE == "slow":
            time.sleep(0.3)
        name = f"{time.time_ns()}-{uuid.uuid4()}"
        (FOLDER / f".{name}").write_bytes(envelope.content)
        (FOLDER / f".{name}").rename(FOLDER / name)
        return "250 OK"


if MODE.startswith("drips") or MODE in ("mute", "half-greets", "nonsense", "hangs-up", "takes-and-is-gone"):
    half()


def nobody(server, session, envelope, mechanism, given):
    """Whoever comes has the wrong password."""
    return AuthResult(success=False, handled=False)


asks = {"authenticator": nobody, "auth_require_tls": False} if MODE == "lets-nobody-in" else {}
Controller(Handler(), hostname="127.0.0.1", port=PORT, **asks).start()
threading.Event().wait()
