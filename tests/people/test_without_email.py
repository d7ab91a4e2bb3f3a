"""People without e-mail: letters with codes, signing in with a number, and hearing that something waits."""

import re
from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from alongside.foundation import clock, notifications
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actions.without_email import make_code, set_contact
from alongside.foundation.identity.models import Account, Membership, PrintedCode
from alongside.foundation.notifications.models import KeptMail, Mail
from tests import cast
from tests.visits import browser_of, words_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 2, 9, tzinfo=clock.UTC)
WRONG = "These do not belong together."
WAY_IN = "/sign-in/number/"


@pytest.fixture(autouse=True)
def tries_are_counted_in_memory(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()


@pytest.fixture
def carys():
    return cast.member("Carys Llewellyn", cast.organisation(), "coordinator")


@pytest.fixture
def wil(carys):
    return identity.add_membership(
        organisation=carys.organisation, name="Wil Price", employee_number="N90417", by=carys
    )


def types(secret, *, number="N90417", organisation="northgate-health", browser=None):
    given = {"organisation": organisation, "number": number, "secret": secret}
    return (browser or Client()).post(WAY_IN, given)


def joined(wil, by, password=cast.PASSWORD):
    """Wil at his browser, after the first letter."""
    browser = Client()
    types(make_code(wil, by=by), browser=browser)
    page = browser.get("/join/by-letter/")
    given = {"name": "Wil Price", "known_as": "", "how": "password" if password else "code", "password": password}
    answer = browser.post("/join/by-letter/", given | {"notice": page.context["held"].ref})
    assert answer.status_code == 302, words_of(answer)
    wil.refresh_from_db()
    return browser


# --- the first letter


@pytest.mark.both
def test_wil_joins_with_the_code_on_his_letter_after_reading_the_privacy_notice(carys, wil):
    browser = Client()
    answer = types(make_code(wil, by=carys), browser=browser)
    assert answer["Location"] == "/join/by-letter/"
    page = words_of(browser.get("/join/by-letter/"))
    assert "The whole privacy notice" in page
    assert "N90417" in page
    joined(wil, carys)
    assert (wil.state, wil.account.email) == ("active", None)


@pytest.mark.parametrize("typed", [str.lower, lambda code: code.replace("-", " "), lambda code: code.replace("-", "")])
def test_a_code_is_taken_as_people_type_it(carys, wil, typed):
    assert types(typed(make_code(wil, by=carys)))["Location"] == "/join/by-letter/"


@pytest.mark.both
def test_a_code_works_once(carys, wil):
    code = make_code(wil, by=carys)
    joined(wil, carys)
    assert WRONG in words_of(types(code))


@pytest.mark.both
def test_a_newer_letter_ends_an_older_one(carys, wil):
    older, newer = make_code(wil, by=carys), make_code(wil, by=carys)
    assert WRONG in words_of(types(older))
    assert types(newer).status_code == 302


def test_a_code_works_for_thirty_days(carys, wil):
    with clock.set_to(NOW):
        code = make_code(wil, by=carys)
    with clock.set_to(NOW + timedelta(days=29, hours=23)):
        assert types(code).status_code == 302
    with clock.set_to(NOW + timedelta(days=30, minutes=1)):
        assert WRONG in words_of(types(code))


def test_only_a_hash_of_the_code_is_kept(carys, wil):
    code = make_code(wil, by=carys).replace("-", "")
    held = PrintedCode.objects.get()
    assert code not in str(vars(held))
    assert code not in str(list(AuditEntry.objects.values()))


@pytest.mark.parametrize("end", [identity.suspend, identity.leave])
def test_a_letter_ends_with_its_person(carys, wil, end):
    code = make_code(wil, by=carys)
    end(wil, by=carys)
    assert WRONG in words_of(types(code))


def test_whoever_has_an_address_gets_no_letter(carys):
    with pytest.raises(NotPossible, match="Letters are for people without e-mail"):
        make_code(cast.member("Ben Thomas", carys.organisation).membership, by=carys)


def test_whoever_has_no_number_gets_one_first(carys):
    nameless = identity.add_membership(organisation=carys.organisation, name="Nia Rees", by=carys)
    with pytest.raises(NotPossible, match="Add an employee number first"):
        make_code(nameless, by=carys)


# --- coming back


def test_wil_comes_back_with_his_number_and_password(carys, wil):
    joined(wil, carys)
    browser = Client()
    assert types(cast.PASSWORD, browser=browser)["Location"] == "/"
    assert "Wil Price" in words_of(browser.get("/"))


def test_wil_comes_back_with_the_next_letter_and_chooses_a_password(carys, wil):
    joined(wil, carys, password="")
    browser = Client()
    assert types(make_code(wil, by=carys), browser=browser)["Location"] == "/me/new-password/"
    browser.post("/me/new-password/", {"password": cast.PASSWORD})
    assert browser.get("/").status_code == 200
    assert types(cast.PASSWORD).status_code == 302


def test_a_password_can_be_chosen_for_a_quarter_of_an_hour_only(carys, wil):
    joined(wil, carys, password="")
    browser = Client()
    with clock.set_to(NOW):
        types(make_code(wil, by=carys), browser=browser)
        browser.post("/me/device/")  # his own telephone: he stays signed in
    with clock.set_to(NOW + timedelta(minutes=16)):
        assert browser.post("/me/new-password/", {"password": cast.PASSWORD})["Location"] == "/"
    assert WRONG in words_of(types(cast.PASSWORD))


def test_nobody_else_chooses_a_password_without_the_old_one(carys):
    assert browser_of(carys).get("/me/new-password/")["Location"] == "/"


def test_a_suspended_person_does_not_come_in(carys, wil):
    joined(wil, carys)
    identity.suspend(wil, by=carys)
    assert WRONG in words_of(types(cast.PASSWORD))


# --- what strangers learn


def _said(answer):
    return answer.status_code, re.sub(r'value="[^"]*"|csrf\S+', "", words_of(answer))


@pytest.mark.both
@pytest.mark.parametrize(
    "given",
    [
        {"number": "N00000"},
        {"organisation": "nowhere"},
        {"number": "N\x0090417"},
        {"number": "' OR 1=1 --"},
    ],
)
def test_the_same_is_said_of_known_and_unknown_numbers(carys, wil, given):
    joined(wil, carys)
    known = _said(types("wrong horse battery"))
    assert WRONG in known[1]
    unknown = types("wrong horse battery", **given)
    assert unknown.status_code == 200
    assert WRONG in words_of(unknown) or "\x00" in given.get("number", "")


def test_guessing_is_slowed_for_known_and_unknown_numbers_alike(carys, wil):
    joined(wil, carys)
    for number in ("N90417", "N00000"):
        tried = [types("wrong horse battery", number=number).status_code for _time in range(6)]
        assert tried == [200] * 5 + [429]


def test_whoever_has_a_letter_gets_in_while_somebody_else_is_guessing(carys, wil):
    joined(wil, carys)
    for _time in range(7):
        types("wrong horse battery")
    assert types(make_code(wil, by=carys)).status_code == 302


def test_after_five_minutes_the_password_works_again(carys, wil):
    joined(wil, carys)
    for _time in range(7):
        types("wrong horse battery")
    assert types(cast.PASSWORD).status_code == 429
    cache.clear()  # what five minutes do
    assert types(cast.PASSWORD).status_code == 302


def test_with_an_address_one_signs_in_by_address(carys):
    ben = cast.member("Ben Thomas", carys.organisation)
    ben.account.set_password(cast.PASSWORD)
    ben.account.save()
    Membership.objects.filter(pk=ben.membership.pk).update(employee_number="N1")
    assert WRONG in words_of(types(cast.PASSWORD, number="N1"))


# --- printing


def test_letters_are_printed_one_a_person_with_a_code_that_works(carys, wil):
    page = browser_of(carys).post("/people/letters/print/", {"person": [wil.ref], "what": "code"})
    assert words_of(page).count('class="sheet"') == 1
    assert page.headers["Cache-Control"] == "no-store, private"
    code = re.search(r'<b class="printed-code"><bdi dir="ltr">([\w-]+)<', words_of(page))[1]
    assert "/sign-in/number/northgate-health/" in words_of(page)
    assert types(code).status_code == 302


def test_what_is_copied_from_a_letter_stands_in_one_order_whichever_way_the_page_is_read(carys, wil):
    page = words_of(browser_of(carys).post("/people/letters/print/", {"person": [wil.ref], "what": "code"}))
    kept = re.findall(r'<bdi dir="ltr"[^>]*>([^<]+)</bdi>', page)
    assert kept[:3] == ["http://localhost:8000/sign-in/number/northgate-health/", "northgate-health", "N90417"]
    assert re.fullmatch(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", kept[3])


def test_a_letter_says_how_much_waits_and_never_what(carys, wil):
    notifications.tell(
        "person.waits", to=[wil], subject="Amara proposes Thursday", lines=["At the lighthouse"],
        organisation=wil.organisation,
    )  # fmt: skip
    page = words_of(browser_of(carys).post("/people/letters/print/", {"person": [wil.ref], "what": "plain"}))
    assert "1 message has waited for you" in re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", page)) or "message" in page
    assert "lighthouse" not in page
    assert "Thursday" not in page


@pytest.mark.parametrize("what", ["code", "plain"])
def test_nobody_is_printed_who_was_not_ticked(carys, wil, what):
    answer = browser_of(carys).post("/people/letters/print/", {"what": what}, follow=True)
    assert "Tick the people first" in words_of(answer)
    assert not PrintedCode.objects.exists()


def test_no_letter_is_printed_for_somebody_of_another_organisation(carys, wil):
    bronagh = cast.member("Bronagh Kelly", cast.organisation("Harbour Trust"), "coordinator")
    browser_of(bronagh).post("/people/letters/print/", {"person": [wil.ref], "what": "code"})
    assert not PrintedCode.objects.exists()


@pytest.mark.parametrize("url", ["/people/letters/", "/people/{wil}/contact/"])
def test_only_whoever_lists_people_comes_there(carys, wil, url):
    elin = cast.member("Elin Berg", carys.organisation)
    assert browser_of(elin).get(url.format(wil=wil.ref)).status_code == 404
    assert browser_of(carys).get(url.format(wil=wil.ref)).status_code == 200


# --- what waits


def tell(wil, words="Amara proposes Thursday", **more):
    notifications.tell("person.waits", to=[wil], subject=words, lines=[words], organisation=wil.organisation, **more)


def test_what_others_get_by_mail_is_kept_for_wil_until_he_has_read_it(carys, wil):
    browser = joined(wil, carys)
    tell(wil)
    assert "Read 1 message" in words_of(browser.get("/"))
    page = browser.get("/me/kept/")
    assert "Amara proposes Thursday" in words_of(page)
    browser.post("/me/kept/", {"newest": page.context["newest"]})
    assert "Nothing waits for you" in words_of(browser.get("/me/kept/"))


def test_what_came_after_the_page_was_opened_still_waits(carys, wil):
    browser = joined(wil, carys)
    tell(wil)
    newest = browser.get("/me/kept/").context["newest"]
    tell(wil, "Ben is ill")
    browser.post("/me/kept/", {"newest": newest})
    assert "Ben is ill" in words_of(browser.get("/me/kept/"))


def test_nothing_is_kept_that_would_sign_somebody_in(wil):
    tell(wil, secret=True)
    assert not KeptMail.objects.exists()


def test_what_is_told_once_is_kept_once(wil):
    for _time in range(2):
        tell(wil, dedupe="reminder")
    assert KeptMail.objects.count() == 1


def test_nobody_reads_what_waits_for_somebody_else(carys, wil):
    tell(wil)
    assert "Amara proposes Thursday" not in words_of(browser_of(carys).get("/me/kept/"))


def test_the_named_contact_is_asked_once_a_day_and_never_told_what_it_is(carys, wil):
    set_contact(wil, carys.membership, by=carys)
    with clock.set_to(NOW):
        for words in ("Amara proposes Thursday", "Ben is ill"):
            tell(wil, words)
    [mail] = Mail.objects.filter(to_address=carys.account.email)
    assert "Please tell Wil Price that something waits for them" in mail.body
    assert "Thursday" not in mail.body + mail.subject + mail.html
    with clock.set_to(NOW + timedelta(days=1)):
        tell(wil, "Another day")
    assert Mail.objects.filter(to_address=carys.account.email).count() == 2


@pytest.mark.parametrize("end", [identity.suspend, identity.leave])
def test_a_contact_who_is_gone_is_asked_no_more(carys, wil, end):
    priya = cast.member("Priya Nair", carys.organisation)
    set_contact(wil, priya.membership, by=carys)
    end(priya.membership, by=carys)
    tell(wil)
    assert not Mail.objects.filter(to_address=priya.account.email).exists()


def test_a_contact_without_email_is_refused(carys, wil):
    nia = identity.add_membership(organisation=carys.organisation, name="Nia Rees", employee_number="N2", by=carys)
    page = browser_of(carys).post(f"/people/{wil.ref}/contact/", {"person": "N2"})
    assert "They have no e-mail either." in words_of(page)
    assert nia.state == "listed"


# --- an address after all


def test_wil_can_sign_in_with_an_address_once_its_mailbox_has_confirmed(carys, wil, settings):
    settings.SHOW_MAIL = True
    browser = joined(wil, carys)
    browser.post("/account/reauthenticate/?next=/me/address/", {"password": cast.PASSWORD})
    browser.post("/me/address/", {"address": "wil@northgate.example"})
    [mail] = Mail.objects.filter(to_address="wil@northgate.example")
    link = re.search(r"/me/address/confirm/[\w-]+/", mail.body)[0]
    assert "no longer with your" in words_of(browser.get(link))
    browser.post(link)
    assert Account.objects.get(pk=wil.account_id).email == "wil@northgate.example"
    assert browser.get("/").status_code == 200
