"""What `alongside serve` says to a browser behind https: cookies of this host alone, and headers on every answer."""

import http.client
import re
from contextlib import closing
from urllib.parse import urlencode

import pytest

from tests import cast
from tests.installed import empty, environment_of, run
from tests.processes import COMMAND
from tests.running.served import serving
from tests.running.test_serve import SET_UP

HOST = "mentoring.example"
POLICY = {
    "default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self' data:",
    "font-src": "'self'", "connect-src": "'self'", "form-action": "'self'", "base-uri": "'none'",
    "frame-ancestors": "'none'",
}  # fmt: skip


def ask(port, method, path, headers, body=None):
    """Status, headers and body of an answer."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as link:
        link.request(method, path, body, headers)
        with link.getresponse() as answer:
            return answer.status, answer.headers, answer.read().decode()


class Browser:
    """A browser behind a proxy that ended TLS; keeps what cookies it is given, as they were written."""

    def __init__(self, port):
        self.port, self.cookies = port, {}

    def asks(self, method, path, **given):
        """Status, headers and body of an answer."""
        held = "; ".join(said.partition(";")[0] for said in self.cookies.values())
        headers = {
            "Host": HOST, "X-Forwarded-Proto": "https", "Cookie": held, "Referer": f"https://{HOST}{path}",
            "Content-Type": "application/x-www-form-urlencoded",
        }  # fmt: skip
        answer = ask(self.port, method, path, headers, urlencode(given) or None)
        for said in answer[1].get_all("Set-Cookie") or []:
            self.cookies[said.partition("=")[0]] = said
        return answer


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    """Ada, who has signed in at a device that nobody called their own."""
    folder = tmp_path_factory.mktemp("https")
    empty(folder)
    environment = environment_of(folder, ALONGSIDE_URL=f"https://{HOST}")
    made = SET_UP.replace("password=None", f"password={cast.PASSWORD!r}")
    assert run(environment, "shell", "--no-imports", "--command", made).returncode == 0
    with serving(COMMAND, environment, folder):
        ada = Browser(int(environment["PORT"]))
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', ada.asks("GET", "/account/login/")[2])[1]
        given = {"login": "ada@northgate.example", "password": cast.PASSWORD, "csrfmiddlewaretoken": token}
        assert ada.asks("POST", "/account/login/", **given)[0] == 302
        yield ada


def test_cookies_belong_to_this_host_alone_and_no_script_reads_the_session(browser):
    assert set(browser.cookies) == {"__Host-csrf", "__Host-session", "__Host-seen"}
    for said in browser.cookies.values():
        parts = [part.strip().lower() for part in said.split(";")]
        assert {"secure", "httponly", "path=/", "samesite=lax"} <= set(parts), said
        assert not any(part.startswith("domain=") for part in parts), said


@pytest.mark.parametrize("who", [lambda ada: ada, lambda ada: Browser(ada.port)], ids=["Ada", "a stranger"])
@pytest.mark.parametrize("path", ["/account/login/", "/me/", "/nowhere/", "/static/ui/nowhere.css"])
def test_every_answer_has_the_headers_that_a_browser_obeys(browser, who, path):
    _, headers, _ = who(browser).asks("GET", path)
    policy = dict(part.strip().partition(" ")[::2] for part in headers["Content-Security-Policy"].split(";"))
    assert policy == POLICY
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/", "/me/", "/account/sessions/", "/account/2fa/", "/people/"])
def test_what_is_private_is_kept_nowhere(browser, path):
    assert "no-store" in browser.asks("GET", path)[1]["Cache-Control"]


@pytest.mark.parametrize("path", ["/", "/account/login/", "/me/", "/people/", "/static/ui/alongside.css"])
def test_trace_is_refused_and_nothing_is_echoed(browser, path):
    status, _, said = browser.asks("TRACE", path)
    assert status in (302, 403, 404, 405)
    assert not any(held.partition(";")[0].partition("=")[2] in said for held in browser.cookies.values())


def test_another_host_is_refused(browser):
    asked = {"Host": "evil.example", "X-Forwarded-Proto": "https"}
    status, _, said = ask(browser.port, "GET", "/account/login/", asked)
    assert (status, "evil" in said) == (400, False)
    assert "Alongside is not at this address" in said
