"""allauth's mails: through the outbox, in our words, from our own address."""

import re

import pytest
from django.core.cache import cache

from alongside.foundation.jobs.models import Job
from alongside.foundation.notifications.models import Mail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mail_is_set(settings):
    settings.MAIL_URL, settings.SITE_URL = "smtp://127.0.0.1:1", "https://mentoring.example"
    settings.ALLOWED_HOSTS = ["*"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()


@pytest.fixture
def ben(member):
    return member("Ben Thomas")


def _ask_for_code(client, address):
    return client.post("/account/login/code/", {"email": address})


def test_a_code_comes_at_once_and_signs_in(client, ben):
    asked = _ask_for_code(client, ben.account.email)
    mail = Mail.objects.get()
    assert (mail.to_account, mail.secret, mail.subject) == (ben.account, True, "Your code to sign in")
    job = Job.objects.get()
    assert (job.name, job.priority) == ("mail.send_now", 50)
    code = mail.body.split("\n\n")[1]
    assert re.fullmatch(r"[A-Z0-9-]{6,12}", code)
    assert code not in mail.subject
    confirmed = client.post(asked["Location"], {"code": code})
    assert confirmed.status_code == 302
    assert client.session["_auth_user_id"] == str(ben.account.pk)


def test_a_known_and_an_unknown_address_get_the_same_answer_and_a_mail_each(client, ben, db):
    from django.test import Client

    known, unknown = Client(), Client()
    answers = [_ask_for_code(known, ben.account.email), _ask_for_code(unknown, "nobody@example.org")]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, answers[0]["Location"])}
    told = dict(Mail.objects.values_list("to_address", "subject"))
    assert told == {ben.account.email: "Your code to sign in", "nobody@example.org": "No account with this address"}


def test_a_reset_link_stands_on_our_own_host_whatever_the_request_says(client, ben):
    client.post("/account/password/reset/", {"email": ben.account.email}, headers={"host": "evil.example"})
    mail = Mail.objects.get()
    assert "evil" not in mail.body + mail.html
    [link] = re.findall(r"https://\S+", mail.body)
    assert link.startswith("https://mentoring.example/account/password/reset/key/")
    assert client.get(link.removeprefix("https://mentoring.example")).status_code in (200, 302)


def test_sign_in_by_mail_is_refused_plainly_where_no_mail_goes_out(client, ben, settings):
    settings.MAIL_URL, settings.SHOW_MAIL = "", False
    for path in ("/account/login/code/", "/account/password/reset/"):
        for address in (ben.account.email, "nobody@example.org"):
            answer = client.post(path, {"email": address})
            assert answer.status_code == 503
            assert "Sign in with your password, or ask your administrator." in answer.content.decode()
    assert not Mail.objects.exists()


def test_nobody_signs_up_by_themselves(client, db):
    answer = client.post("/account/signup/", {"email": "elin@example.org", "password1": "lighthouse keeper 42"})
    from alongside.foundation.identity.models import Account

    assert answer.status_code in (200, 302, 403, 404)
    assert not Account.objects.filter(email="elin@example.org").exists()


@pytest.mark.parametrize(
    "prefix",
    ["email_changed", "password_changed", "password_set", "email_deleted", "totp_activated", "something_newer"],
)
def test_a_changed_way_in_is_told_in_our_words(rf, ben, prefix):
    from alongside.foundation.notifications.sign_in import SignInAdapter

    context = {"to_email": "ben.new@example.org", "from_email": ben.account.email}
    SignInAdapter(rf.get("/")).send_mail(f"account/email/{prefix}", ben.account.email, context)
    mail = Mail.objects.get()
    assert (mail.kind, mail.secret) == ("account.safety", False)
    assert "choose a new password at once and tell your administrator" in mail.body
