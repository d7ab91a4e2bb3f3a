"""Signing in at the same moment: one code and two readers of it, two letters, two administrators who help."""

from functools import partial

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.test import Client

from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity import queries
from alongside.foundation.identity.actions.second_step import ask_for_second_step
from alongside.foundation.identity.actions.without_email import make_code, use_code
from alongside.foundation.identity.models import Account, Membership, PrintedCode, SecondStepReset
from alongside.organisations.actions.notice import ensure_notice
from alongside.organisations.actions.provider import connect
from alongside.organisations.actions.second_step import reset_second_step
from alongside.organisations.models import ProviderLink
from alongside.organisations.rules import Proved
from alongside.people.actions import set_up_account_by_letter
from tests import cast
from tests.organisations.test_second_step import code as code_of
from tests.races import at_once
from tests.visits import words_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]
OVER = "This code has been used, or a newer letter has taken its place."
WAY_IN = "/sign-in/number/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def own_anchor(settings, tmp_path):
    """The anchor of earlier tests knows entries that went with them."""
    settings.DATA_DIR = tmp_path


@pytest.fixture
def carys():
    return cast.member("Carys Llewellyn", cast.organisation(), "coordinator")


def without_email(carys, number, *, joined=True):
    made = identity.add_membership(
        organisation=carys.organisation, name="Wil Price", employee_number=f"N{number}", by=carys
    )
    if joined:
        made.account = identity.create_account(email=None, password=None, timezone="UTC", language="en-gb")
        made.state = "active"
        made.save()
    return made


def printed(wil, carys):
    return queries.open_code(wil, make_code(wil, by=carys))


def prints(wil, carys, codes):
    codes.append(make_code(wil, by=carys))


def entries(name):
    return AuditEntry.objects.filter(name=name).count()


def test_one_code_signs_in_once_however_many_type_it_at_once(carys, rounds):
    for number in range(rounds):
        wil = without_email(carys, number)
        code = printed(wil, carys)
        held = [PrintedCode.objects.select_related("membership__organisation").get(pk=code.pk) for _ in range(5)]
        assert at_once(*(partial(use_code, one) for one in held)) == [OVER] * 4
        assert entries("membership.code_used") == number + 1


def test_the_page_lets_one_in_by_one_code_and_tells_the_others(carys, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()
    wil = without_email(carys, 1)
    given = {"organisation": "northgate-health", "number": "N1", "secret": make_code(wil, by=carys)}
    browsers = [Client() for _ in range(4)]
    said = []
    at_once(*(lambda one=one: said.append(one.post(WAY_IN, given, follow=True)) for one in browsers))
    assert [page.status_code for page in said] == [200] * 4
    assert sorted("_auth_user_id" in one.session for one in browsers) == [False, False, False, True]
    told = [words_of(page) for page in said if "Choose a password" not in words_of(page)]
    assert len(told) == 3
    assert all(OVER in words or "These do not belong together." in words for words in told)


def test_two_who_join_by_one_letter_at_once_make_one_account(carys, rounds):
    notice = ensure_notice(carys.organisation)
    for number in range(rounds):
        code, before = printed(without_email(carys, number, joined=False), carys), Account.objects.count()
        held = [PrintedCode.objects.select_related("membership__organisation").get(pk=code.pk) for _ in range(3)]
        joins = partial(set_up_account_by_letter, name="Wil Price", known_as="", password=None, notice=notice)
        assert at_once(*(partial(joins, one) for one in held)) == [OVER] * 2
        assert Account.objects.count() == before + 1
        assert Membership.objects.get(pk=code.membership.pk).account is not None


def test_letters_printed_at_once_leave_one_code_that_works(carys, rounds):
    for number in range(rounds):
        wil, codes = without_email(carys, number), []
        assert at_once(*[partial(prints, wil, carys, codes)] * 4) == []
        assert len([code for code in codes if queries.open_code(wil, code)]) == 1
        assert PrintedCode.objects.filter(membership=wil, used_at=None, ended_at=None).count() == 1


def test_a_letter_printed_while_the_older_code_is_typed_leaves_one_that_works(carys, rounds):
    for number in range(rounds):
        wil, codes = without_email(carys, number), []
        older = printed(wil, carys)
        refused = at_once(partial(use_code, older), partial(prints, wil, carys, codes))
        assert refused in ([], [OVER])
        older.refresh_from_db()
        assert (older.used_at is None) is bool(refused)
        assert queries.open_code(wil, codes[0])


def with_app(organisation, number):
    ben = cast.member(f"Ben {number}", organisation)
    TOTP.activate(ben.account, SECRET)
    return ben


def test_a_second_step_reset_by_two_administrators_at_once_is_gone_and_each_is_remembered(rounds):
    ada = cast.first_administrator()
    dev = cast.member("Dev Patel", ada.organisation, "administrator")
    for number in range(rounds):
        ben = with_app(ada.organisation, number)
        assert at_once(*(partial(reset_second_step, ben.membership, by=one) for one in (ada, dev))) == []
        assert not Authenticator.objects.filter(user=ben.account).exists()
        assert not SecondStepReset.objects.exists()
        assert AuditEntry.objects.filter(name="second_step.reset", about_ref=ben.membership.ref).count() == 2


def test_two_organisations_that_agree_at_once_reset_it_and_neither_alone(rounds):
    ada, hugo = cast.first_administrator(), cast.first_administrator("Harbour Trust", "Hugo Marsh")
    for one in (ada, hugo):
        ask_for_second_step(one.organisation, said="everybody", roles=[], by=one)
    for number in range(rounds):
        ben = with_app(ada.organisation, number)
        there = identity.add_membership(organisation=hugo.organisation, name=f"Ben {number}", by=hugo)
        Membership.objects.filter(pk=there.pk).update(account=ben.account, state="active")
        there.refresh_from_db()
        both = ((ben.membership, ada), (there, hugo))
        assert at_once(*(partial(reset_second_step, whom, by=one) for whom, one in both)) == []
        assert not Authenticator.objects.filter(user=ben.account).exists()
        done = [
            entry.codes["done"] for entry in AuditEntry.objects.filter(name="second_step.reset").order_by("-pk")[:2]
        ]
        assert sorted(done) == [False, True]


@pytest.mark.parametrize("kind", ["recovery code", "code of the app"])
def test_one_code_for_the_second_step_lets_one_in_however_many_have_it(settings, kind):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()
    ben = with_app(cast.organisation(), 1)
    ben.account.set_password(cast.PASSWORD)
    ben.account.save()
    codes = RecoveryCodes.activate(ben.account).get_unused_codes()
    code = codes[0] if kind == "recovery code" else code_of(SECRET)
    browsers = [Client() for _ in range(4)]
    for browser in browsers:
        browser.post("/account/login/", {"login": ben.account.email, "password": cast.PASSWORD})
    assert at_once(*(partial(types_code, browser, code) for browser in browsers)) == []
    assert sorted("_auth_user_id" in browser.session for browser in browsers) == [False, False, False, True]


def types_code(browser, code):
    assert browser.post("/account/2fa/authenticate/", {"code": code}).status_code in (200, 302)


def test_one_subject_of_a_provider_is_connected_with_one_person_however_many_try(rounds):
    ada = cast.first_administrator()
    for number in range(rounds):
        proved = Proved("https://login.northgate.example", f"subject {number}", "", False)
        people = [cast.member(f"Ben {number}", ada.organisation) for _ in range(3)]
        refused = at_once(*(partial(connect, one.membership, proved, by=one) for one in people))
        assert len(refused) == 2
        assert ProviderLink.objects.filter(subject=f"subject {number}").count() == 1
    assert entries("provider.connected") == rounds
