"""A mail server for tests: `mail_server.py PORT MODE FOLDER`; keeps each accepted message in a file."""

import socket
import sys
import threading
import time
import uuid
from pathlib import Path

from aiosmtpd.controller import Controller

PORT, MODE, FOLDER = int(sys.argv[1]), sys.argv[2], Path(sys.argv[3])


def talk(client: socket.socket) -> None:
    """Half a server: says nothing, half a greeting, nonsense; or takes a message and is gone before it says so."""
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
        name = f"{time.time_ns()}-{uuid.uuid4()}"
        (FOLDER / f".{name}").write_bytes(envelope.content)
        (FOLDER / f".{name}").rename(FOLDER / name)
        return "250 OK"


if MODE in ("mute", "half-greets", "nonsense", "hangs-up", "takes-and-is-gone"):
    half()
Controller(Handler(), hostname="127.0.0.1", port=PORT).start()
threading.Event().wait()
