import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actors import SYSTEM
from alongside.foundation.identity.models import Membership
from alongside.foundation.identity.queries import actor_of
from alongside.foundation.identity.terms import MembershipState


@pytest.fixture
def northgate(db):
    account = identity.create_account(
        email="ada@northgate.example", password=None, timezone="Europe/London", language="en-gb"
    )
    return identity.set_up_organisation(
        name="Northgate Health",
        timezone="Europe/London",
        language="en-gb",
        privacy_contact="privacy@northgate.example",
        account=account,
        person="Ada Winter",
    ).organisation


@pytest.fixture
def member(northgate):
    def join(name, organisation=None):
        address = f"{name.split()[0].lower()}@northgate.example"
        account = identity.create_account(email=address, password=None, timezone="Europe/London", language="en-gb")
        held = identity.add_membership(
            organisation=organisation or northgate, name=name, work_address=address, by=SYSTEM
        )
        Membership.objects.filter(pk=held.pk).update(account=account, state=MembershipState.ACTIVE)
        return actor_of(Membership.objects.get(pk=held.pk))

    return join


@pytest.fixture
def carys(member):
    return member("Carys Llewellyn")


HERE = Path(__file__).parent


class Server:
    """A mail server in a process of its own."""

    def __init__(self, mode, folder):
        self.folder = Path(tempfile.mkdtemp(prefix=mode, dir=folder))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process = subprocess.Popen([sys.executable, HERE / "mail_server.py", str(self.port), mode, self.folder])
        self._wait()

    def _wait(self):
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise AssertionError("the mail server did not start")

    def received(self):
        return [file.read_bytes() for file in sorted(self.folder.iterdir())]

    def stop(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def server(tmp_path, settings):
    """Starts mail servers and points the settings at the newest."""
    started = []

    def start(mode="good"):
        made = Server(mode, tmp_path)
        started.append(made)
        settings.MAIL_URL = f"smtp://127.0.0.1:{made.port}"
        settings.EMAIL_BACKEND = "alongside.foundation.notifications.delivery.Backend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", made.port
        settings.EMAIL_TIMEOUT, settings.EMAIL_DEADLINE = 1, 2
        return made

    yield start
    for made in started:
        made.stop()
