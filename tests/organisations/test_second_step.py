"""A second step that an organisation asks for, and helping whoever is locked out."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client

from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actions.second_step import ask_for_second_step
from alongside.foundation.identity.models import Membership
from alongside.foundation.notifications.models import Mail
from alongside.foundation.vault.models import Key
from alongside.organisations.actions.second_step import reset_second_step
from tests import cast
from tests.visits import browser_of, words_of

pytestmark = pytest.mark.django_db
LED = "/me/second-step/"


@pytest.fixture(autouse=True)
def codes_are_counted_in_memory(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()


@pytest.fixture
def ada():
    return cast.first_administrator()


@pytest.fixture
def carys(ada):
    return cast.member("Carys Llewellyn", ada.organisation, "coordinator")


@pytest.fixture
def ben(ada):
    made = cast.member("Ben Thomas", ada.organisation)
    made.account.set_password(cast.PASSWORD)
    made.account.save()
    return made


def asked(ada, said="everybody", *roles):
    ask_for_second_step(ada.organisation, said=said, roles=roles, by=ada)


def code(secret):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def set_up(browser):
    """Sets an app up where the pages lead; the secret that it knows."""
    page = browser.get("/account/2fa/totp/activate/", follow=True)
    if "form" in page.context and "password" in page.context["form"].fields:
        browser.post(page.request["PATH_INFO"], {"password": cast.PASSWORD})
        page = browser.get("/account/2fa/totp/activate/")
    secret = page.context["form"].secret
    answer = browser.post("/account/2fa/totp/activate/", {"code": code(secret)})
    assert answer["Location"] == "/account/2fa/recovery-codes/"
    cache.clear()
    return secret


@pytest.mark.both
def test_the_secret_of_an_app_that_is_being_set_up_stands_nowhere_in_clear(ada, ben):
    browser = browser_of(ben)
    browser.post("/account/reauthenticate/", {"password": cast.PASSWORD})
    secret = browser.get("/account/2fa/totp/activate/").context["form"].secret
    assert len(secret) == 32
    held = str(dict(browser.session))
    assert "mfa.totp.secret" in held
    assert secret not in held
    wrong = browser.post("/account/2fa/totp/activate/", {"code": "000000"})
    assert wrong.context["form"].secret == secret, "a wrong code keeps what the app has read"
    assert secret not in str(dict(browser.session))
    assert browser.post("/account/2fa/totp/activate/", {"code": code(secret)}).status_code == 302
    assert "mfa.totp.secret" not in browser.session


def test_a_secret_whose_key_is_gone_is_given_anew(ada, ben):
    browser = browser_of(ben)
    browser.post("/account/reauthenticate/", {"password": cast.PASSWORD})
    before = browser.get("/account/2fa/totp/activate/").context["form"].secret
    Key.objects.filter(owner="installation:second-factor").delete()
    again = browser.post("/account/2fa/totp/activate/", {"code": code(before)})
    assert again.status_code == 200
    secret = again.context["form"].secret
    assert secret != before
    assert browser.post("/account/2fa/totp/activate/", {"code": code(secret)}).status_code == 302


def led(browser, url):
    answer = browser.get(url)
    return answer.status_code == 302 and answer["Location"] == LED


@pytest.mark.parametrize("url", ["/", "/people/", "/me/profile/", "/me/", "/account/sessions/", "/account/2fa/"])
def test_whoever_has_no_second_step_is_led_to_it_before_anything_else(ada, ben, url):
    browser = browser_of(ben)
    assert not led(browser, url)
    asked(ada)
    assert led(browser, url)


def test_nothing_of_the_organisation_is_shown_before(ada, ben):
    cast.pair(ada.organisation)
    asked(ada)
    page = words_of(browser_of(ben).get(LED))
    assert "Northgate Health asks you for a second step" in page
    assert 'href="/directory/"' not in page
    assert "Ben Thomas" not in page


def test_once_it_is_set_up_the_pages_open_and_recovery_codes_are_there(ada, ben):
    asked(ada)
    browser = browser_of(ben)
    set_up(browser)
    assert words_of(browser.get("/account/2fa/recovery-codes/")).count("<li><code>") == 10
    assert browser.get("/").status_code == 200


def test_an_older_session_is_asked_for_the_code(ada, ben):
    older = browser_of(ben)
    asked(ada)
    secret = set_up(browser_of(ben))
    assert led(older, "/")
    assert "Enter the code" in words_of(older.get(LED))
    answer = older.post("/account/2fa/reauthenticate/?next=/", {"code": code(secret)})
    assert answer["Location"] == "/"
    assert older.get("/").status_code == 200


@pytest.mark.parametrize(
    "page", ["/account/2fa/recovery-codes/", "/account/2fa/recovery-codes/download/", "/account/2fa/totp/deactivate/"]
)
def test_an_older_session_cannot_get_around_the_code(ada, ben, page):
    older = browser_of(ben)
    asked(ada)
    set_up(browser_of(ben))
    older.post("/account/reauthenticate/", {"password": cast.PASSWORD})
    assert led(older, page)


def test_only_the_roles_that_are_named_have_to(ada, ben, carys):
    asked(ada, "roles", "coordinator")
    assert led(browser_of(carys), "/")
    assert not led(browser_of(ben), "/")


def test_a_part_of_a_page_leads_the_whole_page_there(ada, ben):
    asked(ada)
    answer = browser_of(ben).get("/people/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (200, LED)


def test_pages_for_strangers_open_as_for_strangers(ada, ben):
    asked(ada)
    assert browser_of(ben).get("/who-may-read-what/").status_code == 200


def test_in_an_organisation_that_does_not_ask_one_acts_at_once(ada, ben):
    harbour = cast.first_administrator("Harbour Trust", "Hugo Marsh")
    there = identity.add_membership(organisation=harbour.organisation, name="Ben Thomas", by=harbour)
    Membership.objects.filter(pk=there.pk).update(account=ben.account, state="active")
    asked(ada)
    browser = browser_of(ben)
    assert led(browser, "/")
    browser.post("/me/organisation/", {"ref": there.ref})
    assert browser.get("/").status_code == 200


def test_taking_the_app_away_leads_back_to_setting_one_up(ada, ben):
    asked(ada)
    set_up(browser_of(ben))
    Authenticator.objects.filter(user=ben.account).delete()
    again = browser_of(ben)
    assert led(again, "/")
    assert "Set it up" in words_of(again.get(LED))


# --- what administrators say


def test_an_administrator_asks_for_it_and_has_to_take_it_too(ada):
    browser = browser_of(ada)
    answer = browser.post("/organisation/sign-in/", {"said": "everybody"})
    assert answer.status_code == 302
    assert led(browser, "/organisation/")
    assert AuditEntry.objects.filter(name="second_step.asked").count() == 1


def test_roles_have_to_be_named(ada):
    page = browser_of(ada).post("/organisation/sign-in/", {"said": "roles"})
    assert "Choose the roles that have to, or say that nobody has to." in words_of(page)
    ada.organisation.refresh_from_db()
    assert ada.organisation.second_step == "nobody"


@pytest.mark.parametrize("url", ["/organisation/sign-in/", "/organisation/sign-in/reset/{ben}/"])
def test_nobody_else_comes_there(carys, ben, url):
    assert browser_of(carys).get(url.format(ben=ben.ref)).status_code == 404


# --- whoever is locked out


@pytest.mark.both
def test_an_administrator_resets_it_and_the_person_is_told(ada, ben):
    asked(ada)
    secret_browser = browser_of(ben)
    set_up(secret_browser)
    mails = Mail.objects.count()
    page = browser_of(ada)
    set_up(page)
    page.post(f"/organisation/sign-in/reset/{ben.ref}/")
    assert not Authenticator.objects.filter(user=ben.account).exists()
    assert AuditEntry.objects.filter(name="second_step.reset", about_ref=ben.ref).count() == 1
    mail = Mail.objects.filter(kind="account.safety", to_address=ben.account.email).latest("pk")
    assert Mail.objects.count() > mails
    assert "An administrator of Northgate Health reset your second step." in mail.body
    assert led(browser_of(ben), "/")


def test_a_reset_ends_the_sessions_of_the_account(ada, ben):
    browser = Client()
    browser.post("/account/login/", {"login": ben.account.email, "password": cast.PASSWORD})
    assert browser.get("/").status_code == 200
    reset_second_step(ben.membership, by=ada)
    assert browser.get("/")["Location"] == "/account/login/"


def test_nobody_resets_their_own(ada):
    with pytest.raises(NotPossible, match="ask another administrator"):
        reset_second_step(ada.membership, by=ada)


@pytest.mark.both
def test_what_another_organisation_asks_for_only_falls_when_it_agrees(ada, ben):
    harbour = cast.first_administrator("Harbour Trust", "Hugo Marsh")
    there = identity.add_membership(organisation=harbour.organisation, name="Ben Thomas", by=harbour)
    Membership.objects.filter(pk=there.pk).update(account=ben.account, state="active")
    there.refresh_from_db()
    set_up(browser_of(ben))
    ask_for_second_step(harbour.organisation, said="everybody", roles=[], by=harbour)
    page = browser_of(ada).post(f"/organisation/sign-in/reset/{ben.ref}/", follow=True)
    assert Authenticator.objects.filter(user=ben.account, type="totp").exists()
    assert "Harbour" not in words_of(page)
    assert "It is not reset yet." in Mail.objects.latest("pk").body
    reset_second_step(there, by=harbour)
    assert not Authenticator.objects.filter(user=ben.account).exists()


def test_whoever_runs_the_installation_can_let_the_last_administrator_in(ada):
    asked(ada)
    set_up(browser_of(ada))
    call_command("reset_second_step", ada.account.email, stdout=StringIO())
    assert not Authenticator.objects.filter(user=ada.account).exists()
    assert "Whoever runs Alongside for you reset your second step." in Mail.objects.latest("pk").body


def test_an_address_that_nobody_has_is_said():
    with pytest.raises(CommandError, match="No account signs in with “nobody@northgate"):
        call_command("reset_second_step", "nobody@northgate.example")
