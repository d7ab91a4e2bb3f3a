"""Nothing secret reaches the log: no token, no search, no browser."""

import json
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.config import logs

TOKEN = "Xq3vXq3vXq3vXq3vXq3vXq3vXq3vXq3v"


@pytest.mark.parametrize(
    ("said", "logged"),
    [
        (f"GET /join/{TOKEN}/", "GET /join/…/"),
        (f"Not Found: /mail/answer/{TOKEN}", "Not Found: /mail/answer/…"),
        (
            "GET /account/password/reset/key/1-c8kzvn-0123456789abcdef0123456789abcdef/",
            "GET /account/password/reset/key/…/",
        ),
        ("GET /people/?q=ben+thomas&page=2", "GET /people/"),
        ("POST /pairs/abcdefghijkl/agreement/sign/", "POST /pairs/abcdefghijkl/agreement/sign/"),
    ],
)
def test_an_address_is_logged_without_tokens_and_searches(said, logged):
    assert logs.without_secrets(said) == logged


@given(st.text(alphabet="ABCdef123_-:", min_size=20, max_size=200))
def test_no_token_survives(token):
    assert token not in logs.without_secrets(f"GET /join/{token}/?next=/{token}")


def test_djangos_own_warnings_are_redacted_too():
    made = logs.configure()["formatters"]["json"]
    formatter = made["()"](processors=made["processors"], foreign_pre_chain=made["foreign_pre_chain"])
    record = logging.LogRecord("django.security", logging.WARNING, "", 0, "Refused: %s", (f"/join/{TOKEN}/",), None)
    said = json.loads(formatter.format(record))
    assert said["event"] == "Refused: /join/…/"
    assert said["level"] == "warning"


def test_the_browser_is_not_logged():
    assert "user_agent" not in logs.redact(None, "info", {"event": "request_started", "user_agent": "Phone"})
