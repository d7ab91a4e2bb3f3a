"""Two web processes and two workers on one PostgreSQL, as on several machines."""

import email
import os
import re
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections import Counter
from email.utils import parseaddr
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connections

from alongside.config import serving
from alongside.foundation.jobs.models import Job
from tests import cast
from tests.running.served import free_port

HERE = Path(__file__).parents[1]
pytestmark = [
    pytest.mark.both,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        not os.environ.get("DATABASE_URL", "").startswith("postgresql:"),
        reason="runs in `python -m tests.postgres -m both`",
    ),
]
PEOPLE = ["Amara Okafor", "Ben Thomas", "Carys Llewellyn", "Dev Rao", "Elin Berg", "Farah Aziz", "Grace Lin"]


def _url(alias):
    held = connections[alias].settings_dict
    return f"postgresql://{quote(held['USER'])}:@{quote(held['HOST'], safe='')}:{held['PORT']}/{held['NAME']}"


def _wait_for(true, seconds=60):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def _answers(port):
    try:
        return urllib.request.urlopen(f"http://localhost:{port}/account/login/", timeout=20).status == 200
    except OSError:
        return False


@pytest.fixture
def start():
    """Starts processes on the databases of the tests, and leaves none behind."""
    started = []

    def run(command, **more):
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            "DATABASE_URL": _url("default"),
            "ALONGSIDE_KEYS_URL": _url("keys"),
        }
        started.append(subprocess.Popen(command, env=environment | more))
        return started[-1]

    yield run
    for process in reversed(started):
        process.terminate()
    for process in reversed(started):
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.fixture
def mail_server(start, tmp_path):
    """Starts a mail server of its own; its address, and the folder with what it was given."""

    def run(name):
        port, folder = free_port(), tmp_path / name
        folder.mkdir()
        script = HERE / "foundation" / "notifications" / "mail_server.py"
        start([sys.executable, script, str(port), "slow", folder])
        return f"smtp://127.0.0.1:{port}", folder

    return run


@pytest.fixture
def web(start):
    """Two web processes; their ports."""
    ports = [free_port(), free_port()]
    for port in ports:
        start(serving.web("127.0.0.1", port, 2), ALONGSIDE_MAIL_URL="smtp://127.0.0.1:1")
    for port in ports:
        _wait_for(lambda port=port: _answers(port))
    return ports


class Browser:
    """Keeps one person's cookies, whichever process answers."""

    def __init__(self):
        self._open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar())).open

    def get(self, port, path):
        with self._open(f"http://localhost:{port}{path}", timeout=30) as answer:
            return answer.url, answer.read().decode()

    def send(self, page_from, to, path, **given):
        """Fill in the form that one process showed, and send it to the other."""
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(page_from, path)[1])[1]
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token, **given}).encode()
        with self._open(f"http://localhost:{to}{path}", body, timeout=30) as answer:
            return answer.url, answer.read().decode()


def _codes(folder):
    """The code that each address was sent, from the files of one mail server."""
    given = [email.message_from_bytes(file.read_bytes()) for file in folder.iterdir() if file.name[0] != "."]
    return [(parseaddr(mail["To"])[1], _words(mail).split("\n\n")[1].strip()) for mail in given]


def _words(mail):
    part = next(part for part in mail.walk() if part.get_content_type() == "text/plain")
    return part.get_payload(decode=True).decode().replace("\r\n", "\n")


def test_requests_go_to_either_process_and_each_job_is_done_once(web, mail_server, start):
    one, other = web
    home = cast.organisation()
    people = [cast.member(name, home) for name in PEOPLE]
    browsers = {person.account.email: Browser() for person in people}
    for number, (address, browser) in enumerate(browsers.items()):
        shown, sent_to = (one, other) if number % 2 else (other, one)
        browser.send(shown, sent_to, "/account/login/code/", email=address)
    assert Job.objects.filter(name="mail.send_now", state="queued").count() == len(PEOPLE)

    folders = []
    for name in ("first", "second"):
        address, folder = mail_server(name)
        folders.append(folder)
        start(serving.worker(), ALONGSIDE_MAIL_URL=address)
    _wait_for(lambda: not Job.objects.filter(name="mail.send_now").exclude(state="done").exists())

    first, second = map(_codes, folders)
    assert first, "the second worker did everything: this run proves nothing"
    assert second, "the first worker did everything: this run proves nothing"
    assert Counter(address for address, _ in first + second) == dict.fromkeys(browsers, 1)

    # Asked of one process, signed in at the other: each then knows who it is.
    address, browser = next(iter(browsers.items()))
    browser.send(one, other, "/account/login/code/confirm/", code=dict(first + second)[address])
    assert [browser.get(port, "/")[0] for port in web] == [f"http://localhost:{port}/" for port in web]
    assert [Browser().get(port, "/")[0] for port in web] == [f"http://localhost:{port}/account/login/" for port in web]
