"""A mail server for tests: `mail_server.py PORT MODE FOLDER`; keeps each accepted message in a file."""

import sys
import threading
import time
import uuid
from pathlib import Path

from aiosmtpd.controller import Controller

PORT, MODE, FOLDER = int(sys.argv[1]), sys.argv[2], Path(sys.argv[3])


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


Controller(Handler(), hostname="127.0.0.1", port=PORT).start()
threading.Event().wait()
