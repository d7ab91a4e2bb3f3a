"""The second step of signing in: its secrets are sealed, and its codes work."""

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client

from alongside.foundation import vault
from alongside.foundation.identity.actions import create_account

pytestmark = pytest.mark.django_db
PASSWORD = "lighthouse keeper 42"


@pytest.fixture(autouse=True)
def codes_are_counted_in_memory(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()


@pytest.fixture
def ben():
    return create_account(email="ben@northgate.example", password=PASSWORD, timezone="Europe/London", language="en-gb")


@pytest.fixture
def secret(ben):
    """Ben has set up an app; the secret that it knows."""
    browser = _after_password(Client(), "/")
    browser.post(browser.get("/account/2fa/totp/activate/")["Location"], {"password": PASSWORD})
    secret = browser.get("/account/2fa/totp/activate/").context["form"].secret
    answer = browser.post("/account/2fa/totp/activate/", {"code": _code(secret)})
    assert answer.status_code == 302
    cache.clear()
    return secret


def _after_password(browser, arrives):
    answer = browser.post("/account/login/", {"login": "ben@northgate.example", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, arrives)
    return browser


def _code(secret, steps=0):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time()) + steps))


def _recovery_codes(ben):
    return Authenticator.objects.get(user=ben, type="recovery_codes").wrap().generate_codes()


def _second_step(code):
    browser = _after_password(Client(), "/account/2fa/authenticate/")
    browser.post("/account/2fa/authenticate/", {"code": code})
    return browser.session.get("_auth_user_id")


def test_no_secret_of_a_second_factor_can_be_read_in_the_database(ben, secret):
    plain = [secret, *_recovery_codes(ben)]
    rows = {held.type: held.data for held in Authenticator.objects.filter(user=ben)}
    assert set(rows) == {"totp", "recovery_codes"}
    opened = {kind: get_adapter().decrypt(data.get("secret") or data["seed"]) for kind, data in rows.items()}
    assert opened["totp"] == secret
    held = [str(rows), *(str(session.get_decoded()) for session in Session.objects.all())]
    assert [word for word in [*plain, *opened.values()] for text in held if word in text] == []


def test_ben_signs_in_with_a_code_from_his_app(ben, secret):
    assert _second_step(_code(secret)) == str(ben.pk)


def test_ben_signs_in_with_a_recovery_code_once(ben, secret):
    code = _recovery_codes(ben)[3]
    assert _second_step(code) == str(ben.pk)
    assert _second_step(code) is None


def test_a_wrong_code_does_not_sign_in(ben, secret):
    assert _second_step(_code(secret, steps=7)) is None


def test_without_the_key_no_code_signs_in(ben, secret):
    vault.destroy("installation:second-factor")
    assert [_second_step(code) for code in (_code(secret), _code(""))] == [None, None]
