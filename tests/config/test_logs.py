"""Nothing secret reaches the log: no token, no search, no browser."""

import json
import logging

import pytest
from django.db import DataError, OperationalError
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


def raised(error):
    """What is logged of an error, as one text."""
    try:
        raise error
    except type(error) as caught:
        return logs.without_words((type(caught), caught, caught.__traceback__))


@pytest.mark.parametrize(
    "error",
    [ValueError("no number: 'I am afraid of him'"), DataError('invalid input: "I am afraid of him"\nLINE 1: …')],
)
def test_of_a_fault_its_kind_and_place_are_logged_and_not_what_somebody_wrote(error):
    said = raised(error)
    assert type(error).__name__ in said
    assert "test_logs.py" in said
    assert "in raised" in said
    assert "afraid" not in said


def test_of_a_database_that_is_away_the_reason_is_logged_without_the_rows_it_was_about():
    said = raised(OperationalError("canceling statement due to lock timeout\nDETAIL: I am afraid of him"))
    assert "OperationalError: canceling statement due to lock timeout" in said
    assert "afraid" not in said


def test_what_caused_a_fault_is_logged_in_the_same_way():
    written = "I am afraid of him"
    try:
        try:
            raise KeyError(written)
        except KeyError as first:
            raise ValueError("he said so") from first
    except ValueError as caught:
        said = logs.without_words((ValueError, caught, caught.__traceback__))
    assert said.index("KeyError") < said.index("ValueError")
    assert "afraid" not in said
