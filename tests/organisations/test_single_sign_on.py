"""Signing in through one's organisation: every check, the ways to be connected, and a provider that is away."""

import re
import time

import pytest
from django.core.cache import cache
from django.test import Client
from joserfc.jwk import OctKey

from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actions.second_step import ask_for_second_step
from alongside.foundation.identity.models import Account, Membership
from alongside.foundation.notifications.models import Mail
from alongside.organisations import engine
from alongside.organisations.actions.provider import connect, disconnect, remove_provider, set_provider
from alongside.organisations.models import Provider, ProviderLink
from alongside.organisations.queries.provider import provider_of, secret_of
from alongside.organisations.rules import Proved
from tests import cast
from tests.organisations import oidc
from tests.visits import browser_of, words_of

pytestmark = pytest.mark.django_db
GO, LED = "/sign-in/at/northgate-health/go/", "/me/second-step/"


@pytest.fixture(autouse=True)
def on_this_machine(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.OUTGOING_PRIVATE_HOSTS = ["127.0.0.1"]
    settings.SHOW_MAIL = True
    cache.clear()


@pytest.fixture
def northgate():
    with oidc.running() as provider:
        yield provider


@pytest.fixture
def ada():
    return cast.first_administrator()


@pytest.fixture
def held(ada, northgate):
    return set_provider(
        ada.organisation, client_secret=oidc.SECRET, by=ada, issuer=northgate.issuer, client_id=oidc.CLIENT,
        button="Sign in with Northgate", enabled=True,
    )  # fmt: skip


@pytest.fixture
def ben(ada, held, northgate):
    made = cast.member("Ben Thomas", ada.organisation)
    connect(made.membership, Proved(northgate.issuer, northgate.subject, "", False), by=made)
    return made


def comes_in(northgate, browser=None):
    """Somebody goes to the provider, signs in and comes back; our answer to that."""
    browser = browser or Client()
    there = browser.get(GO)
    assert there["Location"].startswith(f"{northgate.issuer}/authorize?"), there["Location"]
    return browser.get(northgate.signs_in(there["Location"]))


def is_in(browser):
    return "_auth_user_id" in browser.session


# --- the way in


def test_whoever_is_connected_comes_in(northgate, ben):
    browser = Client()
    assert comes_in(northgate, browser)["Location"] == "/"
    assert browser.session["_auth_user_id"] == str(ben.account.pk)
    assert "Ben Thomas" in words_of(browser.get("/"))


def test_the_session_key_changes_when_somebody_comes_in(northgate, ben):
    browser = Client()
    there = browser.get(GO)
    before = browser.session.session_key
    browser.get(northgate.signs_in(there["Location"]))
    assert browser.session.session_key != before


def _other_issuer(northgate):
    northgate.claims = {"iss": "https://login.evil.example"}


def _other_audience(northgate):
    northgate.claims = {"aud": "another-application"}


def _second_audience(northgate):
    northgate.claims = {"aud": [oidc.CLIENT, "another"], "azp": "another"}


def _other_nonce(northgate):
    northgate.claims = {"nonce": "of-another-sign-in"}


def _without(*names):
    def leave_out(northgate):
        northgate.left_out = set(names)

    return leave_out


def _expired(northgate):
    northgate.claims = {"iat": 1_600_000_000, "exp": 1_600_000_300}


def _unsigned(northgate):
    northgate.algorithm = "none"


def _other_key(northgate):
    northgate.key = oidc.other_key()


def _shared_secret(northgate):
    northgate.key, northgate.algorithm = OctKey.import_key("x" * 64), "HS256"


LIES = {
    "another issuer": (_other_issuer, "issuer"),
    "another audience": (_other_audience, "audience"),
    "for two, authorised for another": (_second_audience, "audience"),
    "another nonce": (_other_nonce, "nonce"),
    "no nonce": (_without("nonce"), "nonce"),
    "expired": (_expired, "time"),
    "no end": (_without("exp"), "time"),
    "no subject": (_without("sub"), "token"),
    "not signed": (_unsigned, "signature"),
    "signed by another key": (_other_key, "signature"),
    "signed with a shared secret": (_shared_secret, "signature"),
}


@pytest.mark.parametrize(("lie", "word"), LIES.values(), ids=LIES)
def test_a_token_that_does_not_hold_lets_nobody_in(northgate, ben, lie, word):
    lie(northgate)
    browser = Client()
    answer = comes_in(northgate, browser)
    assert answer.status_code == 502
    assert f"tell your administrator this word: {word}" in words_of(answer)
    assert "Use my e-mail address instead" in words_of(answer)
    assert not is_in(browser)


@pytest.mark.parametrize(
    "claims", [{"aud": [oidc.CLIENT]}, {"aud": [oidc.CLIENT, "another"], "azp": oidc.CLIENT}, {"azp": oidc.CLIENT}]
)
def test_a_token_for_us_among_others_lets_in(northgate, ben, claims):
    northgate.claims = claims
    assert comes_in(northgate)["Location"] == "/"


@pytest.mark.parametrize("change", [lambda back: back.replace("state=", "state=x"), lambda back: back.split("&")[0]])
def test_an_answer_to_another_sign_in_is_refused(northgate, ben, change):
    browser = Client()
    back = northgate.signs_in(browser.get(GO)["Location"])
    assert browser.get(change(back)).status_code == 400
    assert browser.get(back).status_code == 400  # it is taken once, right or wrong
    assert not is_in(browser)


def test_an_answer_in_another_browser_is_refused(northgate, ben):
    back = northgate.signs_in(Client().get(GO)["Location"])
    thief = Client()
    assert thief.get(back).status_code == 400
    assert not is_in(thief)


def test_a_code_of_another_sign_in_is_refused(northgate, ben):
    """The verifier of PKCE belongs to the browser that began."""
    browser, thief = Client(), Client()
    stolen = northgate.signs_in(browser.get(GO)["Location"])
    own = northgate.signs_in(thief.get(GO)["Location"])
    code = re.search(r"code=([^&]+)", stolen)[1]
    assert thief.get(re.sub(r"code=[^&]+", f"code={code}", own)).status_code == 502
    assert not is_in(thief)


def test_an_answer_in_the_name_of_another_provider_is_refused(northgate, ben):
    browser = Client()
    back = northgate.signs_in(browser.get(GO)["Location"])
    assert browser.get(f"{back}&iss=https://login.evil.example").status_code == 502
    assert not is_in(browser)


def test_whoever_gives_up_there_reads_so(northgate, ben):
    browser = Client()
    state = re.search(r"state=([^&]+)", browser.get(GO)["Location"])[1]
    answer = browser.get(f"/sign-in/back/?error=access_denied&state={state}")
    assert answer.status_code == 400
    assert "It was given up there" in words_of(answer)


@pytest.mark.parametrize("end", [identity.suspend, identity.leave])
def test_whoever_is_suspended_or_gone_does_not_come_in(ada, northgate, ben, end):
    end(ben.membership, by=ada)
    browser = Client()
    assert comes_in(northgate, browser).status_code == 403
    assert not is_in(browser)


def test_where_one_is_led_afterwards_is_not_for_others_to_say(northgate, ben):
    browser = Client()
    there = browser.get(f"{GO}?next=https://evil.example/")
    assert browser.get(northgate.signs_in(there["Location"]))["Location"] == "/"


def test_the_return_address_is_ours_whatever_host_is_asked_for(northgate, ben, settings):
    settings.ALLOWED_HOSTS = ["*"]
    there = Client().get(GO, headers={"host": "evil.example"})
    assert "evil" not in there["Location"]


# --- only this organisation, and not the locks of the account


def test_the_session_acts_for_this_organisation_alone(northgate, ben):
    harbour = cast.first_administrator("Harbour Trust", "Hugo Marsh")
    there = identity.add_membership(organisation=harbour.organisation, name="Ben Thomas", by=harbour)
    Membership.objects.filter(pk=there.pk).update(account=ben.account, state="active")
    browser = Client()
    comes_in(northgate, browser)
    assert browser.post("/me/organisation/", {"ref": there.ref}).status_code == 404
    assert "Harbour" not in words_of(browser.get("/"))


@pytest.mark.parametrize(
    "url",
    ["/account/password/set/", "/account/password/change/", "/account/2fa/", "/account/2fa/totp/activate/",
     "/me/address/", "/me/connect/go/"],
)  # fmt: skip
def test_the_locks_of_the_account_stay_closed(northgate, ben, url):
    browser = Client()
    comes_in(northgate, browser)
    assert browser.get(url)["Location"] == "/me/way-in/"


@pytest.mark.parametrize(
    ("claims", "trusts", "led"),
    [
        ({}, False, True),
        ({"amr": ["pwd"]}, False, True),
        ({"amr": ["pwd", "mfa"]}, False, False),
        ({"acr": "phr"}, False, False),
        ({}, True, False),
    ],
)
def test_the_providers_second_step_counts_if_it_says_so_or_is_trusted(ada, held, northgate, ben, claims, trusts, led):
    ask_for_second_step(ada.organisation, said="everybody", roles=[], by=ada)
    set_provider(ada.organisation, client_secret=None, by=ada, trusts_second_step=trusts)
    northgate.claims = claims
    browser = Client()
    comes_in(northgate, browser)
    assert (browser.get("/").get("Location", "") == LED) is led


# --- being connected


def test_an_address_alone_connects_nobody(ada, held, northgate):
    carys = cast.member("Carys Llewellyn", ada.organisation)
    northgate.address = carys.membership.work_address
    browser = Client()
    answer = comes_in(northgate, browser)
    assert answer.status_code == 403
    assert "Not connected yet" in words_of(answer)
    assert not ProviderLink.objects.exists()


def by_address(ada, northgate, *, verified=True):
    """Carys, whose address the provider gives, where the organisation connects by address; her browser, its answer."""
    carys = cast.member("Carys Llewellyn", ada.organisation)
    set_provider(ada.organisation, client_secret=None, by=ada, links_by_address=True)
    northgate.address, northgate.verified = carys.membership.work_address.upper(), verified
    browser = Client()
    return carys, browser, comes_in(northgate, browser)


def mailed_code():
    return re.search(r"\b\d{8}\b", Mail.objects.latest("pk").body)[0]


@pytest.mark.both
def test_where_wanted_an_address_connects_after_a_code_mailed_to_it(ada, held, northgate):
    carys, browser, answer = by_address(ada, northgate)
    assert answer["Location"] == "/sign-in/code/"
    assert Mail.objects.latest("pk").to_address == carys.membership.work_address
    assert not is_in(browser)
    browser.post("/sign-in/code/", {"code": mailed_code()})
    assert browser.session["_auth_user_id"] == str(carys.account.pk)
    assert comes_in(northgate, Client())["Location"] == "/"


def test_an_address_that_the_provider_does_not_vouch_for_connects_nobody(ada, held, northgate):
    _carys, _browser, answer = by_address(ada, northgate, verified=False)
    assert answer.status_code == 403


def test_the_code_is_tried_three_times_at_most(ada, held, northgate):
    _carys, browser, _answer = by_address(ada, northgate)
    right = mailed_code()
    for _time in range(3):
        browser.post("/sign-in/code/", {"code": "00000000"})
    browser.post("/sign-in/code/", {"code": right})
    assert not is_in(browser)
    assert not ProviderLink.objects.exists()


def test_the_code_works_only_in_the_browser_that_came_from_the_provider(ada, held, northgate):
    by_address(ada, northgate)
    thief = Client()
    thief.post("/sign-in/code/", {"code": mailed_code()})
    assert not is_in(thief)


def test_somebody_connects_their_account_after_signing_in_another_way(ada, held, northgate):
    dev = cast.member("Dev Patel", ada.organisation)
    browser = browser_of(dev)
    there = browser.get("/me/connect/go/")
    browser.get(northgate.signs_in(there["Location"]))
    link = ProviderLink.objects.get()
    assert (link.membership_id, link.subject) == (dev.membership.pk, "ben-4711")
    assert "You can now sign in through Northgate Health." in Mail.objects.latest("pk").body
    browser.post("/me/connect/")
    assert not ProviderLink.objects.exists()


@pytest.mark.both
def test_nobody_connects_who_is_somebody_else_there(ada, northgate, ben):
    dev = cast.member("Dev Patel", ada.organisation)
    browser = browser_of(dev)
    page = browser.get(northgate.signs_in(browser.get("/me/connect/go/")["Location"]), follow=True)
    assert "This sign-in is connected with somebody already." in words_of(page)
    assert ProviderLink.objects.get().membership_id == ben.membership.pk


def test_connecting_asks_for_the_password_again(ada, held):
    dev = cast.member("Dev Patel", ada.organisation)
    dev.account.set_password(cast.PASSWORD)
    dev.account.save()
    assert browser_of(dev).get("/me/connect/go/")["Location"] == "/account/reauthenticate/?next=%2Fme%2Fconnect%2F"


def test_an_invitation_is_accepted_by_signing_in_at_the_provider(ada, held, northgate):
    listed = identity.add_membership(
        organisation=ada.organisation, name="Nia Rees", work_address="nia@northgate.example", by=ada
    )
    token = identity.invite(listed, by=ada)
    browser = Client()
    assert "Sign in with Northgate" in words_of(browser.get(f"/join/{token}/"))
    there = browser.get(f"{GO}?invitation={token}")
    back = browser.get(northgate.signs_in(there["Location"]))
    assert back["Location"] == f"/join/{token}/"
    page = browser.get(f"/join/{token}/")
    assert "password" not in page.context["form"].fields
    browser.post(f"/join/{token}/", {"name": "Nia Rees", "known_as": "", "notice": page.context["held"].ref})
    listed.refresh_from_db()
    assert (listed.state, ProviderLink.objects.get().membership_id) == ("active", listed.pk)
    assert browser.session["_auth_user_id"] == str(listed.account_id)
    assert not Account.objects.get(pk=listed.account_id).has_usable_password()


def test_what_was_proved_for_one_invitation_does_not_open_another(ada, held, northgate):
    tokens = []
    for name in ("Nia Rees", "Owen Price"):
        address = f"{name[:3].lower()}@northgate.example"
        person = identity.add_membership(organisation=ada.organisation, name=name, work_address=address, by=ada)
        tokens.append(identity.invite(person, by=ada))
    browser = Client()
    browser.get(northgate.signs_in(browser.get(f"{GO}?invitation={tokens[0]}")["Location"]))
    assert "password" in browser.get(f"/join/{tokens[1]}/").context["form"].fields


# --- a provider that is away, or is not one


def test_a_provider_that_does_not_answer_gives_a_plain_page_in_time(held, northgate, monkeypatch):
    monkeypatch.setattr(engine, "PATIENCE", 1.0)
    northgate.slow = 3
    began = time.monotonic()
    answer = Client().get(GO)
    assert time.monotonic() - began < 2
    assert answer.status_code == 502
    assert "Use my e-mail address instead" in words_of(answer)


def test_people_wait_less_than_ten_seconds():
    assert engine.PATIENCE < 10


def test_a_provider_that_is_gone_gives_a_plain_page(held, northgate):
    Provider.objects.update(issuer="http://127.0.0.1:9")
    answer = Client().get(GO)
    assert (answer.status_code, "does not answer" in words_of(answer)) == (502, True)


def test_a_redirect_is_not_followed(held, northgate):
    northgate.redirects = f"{northgate.issuer}/keys"
    assert Client().get(GO).status_code == 502
    assert northgate.paths == ["/.well-known/openid-configuration"]


def test_without_the_allowance_a_private_address_is_not_asked(held, northgate, settings):
    settings.OUTGOING_PRIVATE_HOSTS = []
    assert Client().get(GO).status_code == 502
    assert northgate.paths == []


def test_an_organisation_without_one_has_no_such_page(ada):
    assert Client().get(GO).status_code == 404


def test_one_that_is_not_in_use_lets_nobody_in(ada, northgate, ben):
    set_provider(ada.organisation, client_secret=None, by=ada, enabled=False)
    assert Client().get(GO).status_code == 404


# --- setting it up

SETTINGS = "/organisation/sign-in/provider/"


def written(northgate, **other):
    return {
        "issuer": northgate.issuer, "client_id": oidc.CLIENT, "client_secret": oidc.SECRET, "button": "Go",
        "enabled": "on",
    } | other  # fmt: skip


def test_an_administrator_sets_it_up_and_the_secret_is_sealed(ada, northgate):
    browser = browser_of(ada)
    assert browser.post(SETTINGS, written(northgate)).status_code == 302
    found = provider_of(ada.organisation)
    assert secret_of(found) == oidc.SECRET
    assert oidc.SECRET.encode() not in bytes(found.client_secret)
    assert oidc.SECRET not in words_of(browser.get(SETTINGS))
    assert AuditEntry.objects.filter(name="provider.changed").count() == 1


def test_saving_without_a_secret_keeps_the_one_that_is_there(ada, held, northgate):
    browser_of(ada).post(SETTINGS, written(northgate, client_secret="", button="Come in"))
    found = provider_of(ada.organisation)
    assert (found.button, secret_of(found)) == ("Come in", oidc.SECRET)


@pytest.mark.parametrize(
    ("issuer", "words"),
    [
        ("http://login.example.org", "Enter an address that begins with https://"),
        ("https://user:word@login.example.org", "Enter an address that begins with https://"),
        ("https://10.0.0.1/", "Its address is not on the public internet."),
        ("https://[::ffff:10.0.0.1]/", "Its address is not on the public internet."),
        ("https://169.254.169.254/", "Its address is not on the public internet."),
    ],
)
def test_what_is_wrong_with_an_issuer_is_said_beside_it(ada, northgate, issuer, words):
    page = browser_of(ada).post(SETTINGS, written(northgate, issuer=issuer))
    assert words in words_of(page)
    assert provider_of(ada.organisation) is None


@pytest.mark.parametrize(
    ("description", "words"),
    [
        ({"issuer": "https://login.evil.example"}, "Its description names another issuer."),
        ({"token_endpoint": None}, "Its description is missing something"),
        ({"jwks_uri": "http://10.0.0.1/keys"}, "Its description is missing something"),
    ],
)
def test_a_description_that_does_not_hold_is_not_kept(ada, northgate, description, words):
    northgate.description = description
    assert words in words_of(browser_of(ada).post(SETTINGS, written(northgate)))
    assert provider_of(ada.organisation) is None


def trial(ada, northgate):
    browser = browser_of(ada)
    return browser.get(northgate.signs_in(browser.get(f"{SETTINGS}try/")["Location"]), follow=True)


def test_a_trial_shows_what_the_provider_says_and_connects_nobody(ada, held, northgate):
    page = words_of(trial(ada, northgate))
    assert "It works" in page
    assert "ben-4711" in page
    assert not ProviderLink.objects.exists()


def test_a_trial_says_plainly_that_the_secret_is_wrong(ada, held, northgate):
    set_provider(ada.organisation, client_secret="another", by=ada)
    assert "It does not accept the client id and secret" in words_of(trial(ada, northgate))


@pytest.mark.parametrize(
    ("lie", "words"), [(_expired, "Its token is too old"), (_other_audience, "Its token is for another application")]
)
def test_a_trial_says_plainly_what_is_wrong_with_the_token(ada, held, northgate, lie, words):
    lie(northgate)
    assert words in words_of(trial(ada, northgate))


def test_removing_it_disconnects_everybody_and_destroys_the_secret(ada, held, northgate, ben):
    remove_provider(held, by=ada)
    assert not ProviderLink.objects.exists()
    assert Client().get(GO).status_code == 404


def goes_on(browser):
    """Does a session still open its own pages?"""
    return browser.get("/me/profile/").status_code == 200


@pytest.mark.parametrize(
    "end",
    [
        lambda ada, held, ben: remove_provider(held, by=ada),
        lambda ada, held, ben: disconnect(ben.membership, by=ada),
        lambda ada, held, ben: set_provider(ada.organisation, client_secret=None, by=ada, enabled=False),
        lambda ada, held, ben: set_provider(ada.organisation, client_secret=None, by=ada, issuer="https://a.example"),
    ],
    ids=["removed", "disconnected", "not in use", "another issuer"],
)
def test_whoever_came_in_there_is_signed_out_at_once_and_nobody_else(ada, held, northgate, ben, end):
    there, here = Client(), browser_of(ben)
    comes_in(northgate, there)
    assert goes_on(there)
    end(ada, held, ben)
    assert not goes_on(there)
    assert not is_in(there)
    assert goes_on(here)


def test_another_secret_or_other_words_on_the_button_sign_nobody_out(ada, held, northgate, ben):
    browser = Client()
    comes_in(northgate, browser)
    set_provider(ada.organisation, client_secret="another", by=ada, button="Sign in at work")
    assert goes_on(browser)


@pytest.mark.parametrize("url", [SETTINGS, f"{SETTINGS}try/", f"{SETTINGS}remove/", f"{SETTINGS}tried/"])
def test_nobody_else_comes_there(ada, held, ben, url):
    assert browser_of(ben).get(url).status_code == 404
