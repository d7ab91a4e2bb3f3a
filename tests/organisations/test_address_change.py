"""Changing the address one signs in with: by its owner, confirmed from both mailboxes."""

import re

import pytest
from django.contrib.auth import login
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.foundation import clock
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity import queries
from alongside.foundation.identity.models import Account, AddressChange
from alongside.foundation.jobs.models import Job
from alongside.foundation.notifications.models import Mail
from alongside.organisations import actions
from tests import cast
from tests.races import at_once
from tests.visits import HOSTILE, browser_of, is_harmless, words_of

pytestmark = pytest.mark.django_db
PAGE, NEW, TAKEN = "/me/address/", "ben@home.example", "elin@taken.example"
OVER = "This link does not work any more"


@pytest.fixture(autouse=True)
def surroundings(settings):
    settings.MAIL_URL, settings.SITE_URL = "smtp://127.0.0.1:1", "https://mentoring.example"
    settings.ALLOWED_HOSTS = ["*"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()


@pytest.fixture
def northgate():
    return cast.organisation()


@pytest.fixture
def ben(northgate):
    return cast.member("Ben Thomas", northgate)


@pytest.fixture
def elin(northgate):
    elin = cast.member("Elin Berg", northgate)
    elin.account.email = TAKEN
    elin.account.save()
    return elin


def ask(browser, address=NEW):
    return browser.post(PAGE, {"address": address}, follow=True)


def link(address):
    """Where the newest mail to an address leads; nothing where it leads nowhere."""
    found = re.search(r"/me/address/confirm/[\w-]+/", Mail.objects.filter(to_address=address).latest("pk").body)
    return found[0] if found else None


def asked(ben, address=NEW):
    """A browser of Ben's, and the links of the new and the old mailbox."""
    browser = browser_of(ben)
    ask(browser, address)
    return browser, link(address), link(ben.account.email)


def address_of(actor):
    return Account.objects.get(pk=actor.account.pk).email


def told():
    """Receiver and subject of every mail, oldest first."""
    return list(Mail.objects.order_by("pk").values_list("to_address", "subject"))


# --- the whole path


@pytest.mark.parametrize("order", [(1, 0), (0, 1)], ids=["old first", "new first"])
def test_the_address_changes_once_both_mailboxes_have_confirmed_in_either_order(ben, order):
    old = ben.account.email
    browser, *links = asked(ben)
    assert told() == [(NEW, "Confirm your new address"), (old, "Confirm that your sign-in address changes")]
    first, second = (links[place] for place in order)

    assert "Confirm the change" in words_of(browser.get(first))
    page = browser.post(first, follow=True)
    assert "Confirmed. Now follow the link in the other mail." in words_of(page)
    assert address_of(ben) == old

    asking = " ".join(words_of(browser.get(second)).split())
    assert f"From then on you sign in with {NEW}, and no longer with {old}." in asking
    assert "Everywhere but here you are signed out." in asking
    page = browser.post(second, follow=True)
    assert page.redirect_chain[-1][0] == "/me/"
    assert f"You now sign in with {NEW}. Everywhere else you are signed out." in words_of(page)
    assert address_of(ben) == NEW
    assert not AddressChange.objects.exists()
    assert told()[2:] == [(old, "Your sign-in address was changed"), (NEW, "Your sign-in address was changed")]
    for mail in Mail.objects.filter(subject="Your sign-in address was changed"):
        assert f"You now sign in to Alongside with {NEW}, no longer with {old}." in mail.body
    names = AuditEntry.objects.filter(name__startswith="account.").order_by("position")
    assert list(names.values_list("name", "by", "about_ref")) == [
        ("account.address_asked", ben.ref, ben.account.ref),
        ("account.address_confirmed", ben.ref, ben.account.ref),
        ("account.address_changed", ben.ref, ben.account.ref),
    ]


def test_the_work_address_is_the_organisations_and_stays(ben):
    work = ben.membership.work_address
    browser, new, old = asked(ben)
    browser.post(new)
    browser.post(old)
    ben.membership.refresh_from_db()
    assert (ben.membership.work_address, address_of(ben)) == (work, NEW)


def test_opening_the_links_confirms_nothing(ben):
    """A mail scanner that follows links, or a preview, changes nothing."""
    browser, new, old = asked(ben)
    for _ in range(2):
        assert browser.get(new).status_code == browser.get(old).status_code == 200
    change = AddressChange.objects.get()
    assert (change.new_confirmed_at, change.old_confirmed_at) == (None, None)


def test_the_page_says_how_far_it_has_come(ben):
    browser, new, _old = asked(ben)
    page = words_of(browser.get(PAGE))
    assert page.count("Follow the link in the mail there") == 2
    browser.post(new)
    page = words_of(browser.get(PAGE))
    assert page.count("Follow the link in the mail there") == 1


def test_the_mails_go_at_once_and_their_links_stand_in_no_subject_and_in_no_job(ben):
    _browser, new, old = asked(ben)
    jobs = Job.objects.order_by("pk")
    assert [(job.name, job.priority) for job in jobs] == [("mail.send_now", 50)] * 2
    secrets = [path.split("/")[-2] for path in (new, old)]
    assert not [mail.subject for mail in Mail.objects.all() if any(secret in mail.subject for secret in secrets)]
    assert Mail.objects.filter(secret=True, kind="account.sign_in", organisation_ref="").count() == 2


# --- what signs in afterwards


@pytest.fixture
def with_password(ben):
    account = Account.objects.get(pk=ben.account.pk)
    account.set_password(cast.PASSWORD)
    account.save()
    ben.account.refresh_from_db()
    return ben


def changed(ben, browser=None):
    """Change Ben's address in a browser of his, which may be asked for his password."""
    browser = browser or browser_of(ben)
    actions.ask_address_change(ben.account, address=NEW, by=ben)
    for path in (link(NEW), link(ben.account.email)):
        browser.post(path)
    assert address_of(ben) == NEW
    return browser


def sign_in(address):
    browser = Client()
    browser.post("/account/login/", {"login": address, "password": cast.PASSWORD})
    return "_auth_user_id" in browser.session


def test_the_new_address_signs_in_and_the_old_one_no_more(with_password):
    old = with_password.account.email
    changed(with_password)
    assert (sign_in(NEW), sign_in(old)) == (True, False)


def test_every_other_session_ends_and_this_one_stays(ben, rf):
    other, joined = browser_of(ben), Client()
    request = rf.get("/")
    request.session = joined.session
    login(request, ben.account, backend="alongside.foundation.identity.backend.Backend")
    request.session.save()
    joined.cookies["session"] = request.session.session_key
    assert [browser.get("/me/").status_code for browser in (other, joined)] == [200, 200]
    browser = browser_of(ben)
    before = browser.session.session_key
    changed(ben, browser)
    assert [one.get("/me/").status_code for one in (other, joined)] == [302, 302]
    assert browser.get("/me/").status_code == 200
    assert browser.session.session_key != before
    assert "This one" in words_of(browser.get("/account/sessions/"))


def test_a_code_that_was_on_its_way_to_the_old_mailbox_signs_nobody_in(ben):
    thief = Client()
    asked_for = thief.post("/account/login/code/", {"email": ben.account.email})
    code = Mail.objects.latest("pk").body.split("\n\n")[1]
    changed(ben)
    thief.post(asked_for["Location"], {"code": code})
    assert "_auth_user_id" not in thief.session


def test_a_code_to_the_new_address_signs_in(ben):
    changed(ben)
    browser = Client()
    asked_for = browser.post("/account/login/code/", {"email": NEW.upper()})
    code = Mail.objects.latest("pk").body.split("\n\n")[1]
    browser.post(asked_for["Location"], {"code": code})
    assert browser.session["_auth_user_id"] == str(ben.account.pk)


def test_a_password_link_that_was_on_its_way_to_the_old_mailbox_is_dead(with_password):
    thief = Client()
    thief.post("/account/password/reset/", {"email": with_password.account.email})
    path = re.search(r"https://mentoring\.example(/\S+)", Mail.objects.latest("pk").body)[1]
    changed(with_password)
    page = thief.get(path, follow=True)
    thief.post(page.request["PATH_INFO"], {"password1": "another keeper 77", "password2": "another keeper 77"})
    assert Account.objects.get(pk=with_password.account.pk).check_password(cast.PASSWORD)


# --- is it you?


def test_whoever_has_a_password_is_asked_for_it_before_any_mail_goes(with_password):
    browser = browser_of(with_password)
    assert browser.get(PAGE).status_code == 200
    answer = browser.post(PAGE, {"address": NEW})
    assert answer.url.startswith("/account/reauthenticate/")
    assert not Mail.objects.exists()
    assert "Is it you?" in words_of(browser.get(answer.url))
    wrong = browser.post(answer.url, {"password": "not the keeper", "next": PAGE})
    assert wrong.status_code == 200
    assert not Mail.objects.exists()
    page = browser.post(answer.url, {"password": cast.PASSWORD, "next": PAGE}, follow=True)
    assert "Two mails are on their way." in words_of(page)
    assert [address for address, _subject in told()] == [NEW, with_password.account.email]


def test_five_minutes_later_the_password_is_asked_for_again(with_password, time_machine):
    browser = browser_of(with_password)
    time_machine.move_to("2026-11-25 09:00:00+00:00")
    answer = browser.post(PAGE, {"address": NEW})
    browser.post(answer.url, {"password": cast.PASSWORD, "next": PAGE})
    assert browser.post(PAGE, {"address": NEW}).url == PAGE
    time_machine.move_to("2026-11-25 09:06:00+00:00")
    assert browser.post(PAGE, {"address": NEW}).url.startswith("/account/reauthenticate/")


# --- links


def test_a_link_is_over_after_an_hour(ben, time_machine):
    time_machine.move_to("2026-11-25 09:00:00+00:00")
    browser, new, old = asked(ben)
    browser.post(new)
    time_machine.move_to("2026-11-25 09:59:00+00:00")
    assert browser.get(old).status_code == 200
    time_machine.move_to("2026-11-25 10:01:00+00:00")
    for path in (old, new):
        assert OVER in words_of(browser.get(path))
        assert browser.post(path).status_code == 404
    assert address_of(ben) == ben.account.email
    assert "Waiting for you" not in words_of(browser.get(PAGE))
    assert identity.forget_address_changes() == 1
    assert not AddressChange.objects.exists()


def test_a_change_under_way_is_not_cleared_away(ben):
    asked(ben)
    assert identity.forget_address_changes() == 0
    assert AddressChange.objects.count() == 1


def test_one_mailbox_alone_never_changes_the_address(ben):
    browser, new, old = asked(ben)
    for path in (new, old):
        change = AddressChange.objects.get()
        change.new_confirmed_at = change.old_confirmed_at = None
        change.save()
        for _ in range(3):
            assert browser.post(path).url == PAGE
        assert address_of(ben) == ben.account.email


def test_a_link_used_again_after_the_change_does_nothing(ben):
    browser, new, old = asked(ben)
    browser.post(new)
    browser.post(old)
    count = Mail.objects.count()
    for path in (new, old):
        assert browser.post(path).status_code == 404
    assert Mail.objects.count() == count
    assert AuditEntry.objects.filter(name="account.address_changed").count() == 1


def test_a_newer_request_replaces_the_older_and_its_links(ben):
    browser, new, old = asked(ben)
    browser.post(old)
    ask(browser, "ben@other.example")
    assert [browser.post(path).status_code for path in (new, old)] == [404, 404]
    change = AddressChange.objects.get()
    assert (change.new_address, change.old_confirmed_at) == ("ben@other.example", None)
    browser.post(link("ben@other.example"))
    assert address_of(ben) == ben.account.email
    browser.post(link(ben.account.email))
    assert address_of(ben) == "ben@other.example"


def test_a_change_that_was_stopped_is_over(ben):
    browser, new, old = asked(ben)
    browser.post(new)
    page = browser.post("/me/address/stop/", follow=True)
    assert "Your address stays as it is." in words_of(page)
    assert browser.post(old).status_code == 404
    assert browser.post("/me/address/stop/").status_code == 302, "twice is harmless"
    assert AuditEntry.objects.filter(name="account.address_stopped").count() == 1
    assert address_of(ben) == ben.account.email


@pytest.mark.parametrize("end", ["replaced", "stopped", "changed"])
def test_links_that_work_no_more_are_gone_from_the_outbox(ben, end):
    browser, new, old = asked(ben)
    first = list(Mail.objects.values_list("pk", flat=True))
    if end == "replaced":
        ask(browser, "ben@other.example")
    elif end == "stopped":
        browser.post("/me/address/stop/")
    else:
        browser.post(new)
        browser.post(old)
    assert list(Mail.objects.filter(pk__in=first).values_list("body", "html")) == [("", "")] * 2


# --- others


def test_nobody_else_can_use_a_link(ben, elin, northgate):
    _browser, new, old = asked(ben)
    ada = cast.member("Ada Two", northgate, "administrator")
    for actor in (elin, ada):
        for path in (new, old):
            browser = browser_of(actor)
            assert OVER in words_of(browser.get(path))
            assert browser.post(path).status_code == 404
    change = AddressChange.objects.get()
    assert (change.new_confirmed_at, change.old_confirmed_at) == (None, None)
    assert browser_of(elin).post("/me/address/stop/").status_code == 302
    assert AddressChange.objects.count() == 1, "stopping is about one's own alone"


def test_a_stranger_signs_in_first_and_comes_back_to_the_link(ben):
    _browser, new, _old = asked(ben)
    for path in (new, PAGE):
        answer = Client().get(path)
        assert answer.url == f"/account/login/?next={path}"
    assert Client().post(new).status_code == 302
    assert AddressChange.objects.get().new_confirmed_at is None


def test_somebody_elses_link_and_a_made_up_one_answer_alike(ben, elin):
    _browser, new, _old = asked(ben)
    browser = browser_of(elin)
    found = [browser.get(path) for path in (new, "/me/address/confirm/nonsense/")]
    assert [page.status_code for page in found] == [404, 404]
    assert plain(found[0], "…") == plain(found[1], "…")


def test_an_account_without_an_organisation_changes_its_address_too(northgate):
    account = identity.create_account(email="eve@x.example", password=None, timezone="UTC", language="en-gb")
    browser = Client()
    browser.force_login(account)
    ask(browser)
    browser.post(link(NEW))
    browser.post(link("eve@x.example"))
    account.refresh_from_db()
    assert account.email == NEW


# --- an address that somebody has


def footprint():
    """What was written, as somebody who reads no mail could know it."""
    return [
        AddressChange.objects.count(),
        Mail.objects.count(),
        Job.objects.count(),
        AuditEntry.objects.filter(name="account.address_asked").count(),
    ]


def plain(page, address):
    said = words_of(page).replace(address, "…")
    return re.sub(r"\b\w{64}\b", "", said)  # the page's own token


@pytest.mark.parametrize("typed", [TAKEN, TAKEN.upper()])
def test_the_page_says_and_does_the_same_whether_somebody_has_the_address_or_not(northgate, elin, typed, time_machine):
    time_machine.move_to("2026-11-25 09:00:00+00:00", tick=False)
    said = []
    for address, name in ((NEW, "Ben Thomas"), (typed, "Ben Thomas")):
        actor, before = cast.member(name, northgate), footprint()
        page = ask(browser_of(actor), address)
        after = [now - then for now, then in zip(footprint(), before, strict=True)]
        said.append((page.redirect_chain, plain(page, address.lower()).replace(actor.account.email, "me"), after))
        old_mail = Mail.objects.filter(to_address=actor.account.email).latest("pk")
        assert old_mail.subject == "Confirm that your sign-in address changes"
    assert said[0] == said[1]
    assert said[0][2] == [1, 2, 2, 1]


def test_asking_takes_as_many_queries_whether_somebody_has_the_address_or_not(ben, elin):
    counts = []
    for address in ("first@home.example", NEW, TAKEN):
        with CaptureQueriesContext(connection) as held:
            actions.ask_address_change(ben.account, address=address, by=ben)
        counts.append(len(held))
    assert counts[1] == counts[2]


def test_whoever_has_the_address_is_told_that_somebody_asked_and_nothing_changes(ben, elin):
    browser, nothing, old = asked(ben, TAKEN)
    mail = Mail.objects.get(to_address=TAKEN)
    assert (mail.subject, nothing) == ("Somebody asked for your address", None)
    assert ben.account.email not in mail.body
    assert "/me/address" not in mail.body + mail.html
    browser.post(old)
    assert (address_of(ben), address_of(elin)) == (ben.account.email, TAKEN)
    page = words_of(browser.get(PAGE))
    assert page.count("Follow the link in the mail there") == 1, "it waits for ever, as for a mailbox nobody reads"


@pytest.mark.both
def test_an_address_that_came_to_belong_to_another_meanwhile_is_refused_in_words(ben):
    browser, new, old = asked(ben)
    browser.post(old)
    identity.create_account(email=NEW, password=None, timezone="UTC", language="en-gb")
    page = browser.post(new)
    assert "This address belongs to another account by now. Ask for a different one." in words_of(page)
    assert (page.status_code, address_of(ben)) == (200, ben.account.email)
    assert browser.get("/me/").status_code == 200, "still signed in"
    assert not AuditEntry.objects.filter(name="account.address_changed").exists()
    assert not Mail.objects.filter(subject="Your sign-in address was changed").exists()


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_two_accounts_that_confirm_one_address_at_once_share_it_never(rounds):
    home = cast.organisation()
    for number in range(rounds):
        address, calls, two = f"both{number}@home.example", [], []
        for name in ("Ben Thomas", "Elin Berg"):
            actor = cast.member(name, home)
            tokens = identity.ask_address_change(actor.account, address=address, by=actor)
            actions.confirm_address(actor.account, tokens[1], by=actor)
            calls.append(lambda actor=actor, tokens=tokens: actions.confirm_address(actor.account, tokens[0], by=actor))
            two.append(actor)
        assert at_once(*calls) == ["This address belongs to another account by now. Ask for a different one."]
        assert sorted(address_of(actor) == address for actor in two) == [False, True]


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_both_links_followed_at_once_change_the_address_once(rounds):
    home = cast.organisation()
    for number in range(rounds):
        ben = cast.member("Ben Thomas", home)
        tokens = identity.ask_address_change(ben.account, address=f"ben{number}@home.example", by=ben)
        accounts = [Account.objects.get(pk=ben.account.pk) for _ in range(4)]
        calls = [
            lambda account=account, token=token, by=ben: actions.confirm_address(account, token, by=by)
            for account, token in zip(accounts, tokens * 2, strict=True)
        ]
        assert set(at_once(*calls)) <= {"This link does not work any more. Ask for the change again."}
        assert address_of(ben) == f"ben{number}@home.example"
        assert AuditEntry.objects.filter(name="account.address_changed").count() == number + 1
        assert Mail.objects.filter(subject="Your sign-in address was changed").count() == 2 * (number + 1)


@pytest.mark.both
def test_a_change_with_both_confirmations_cannot_lie_about(ben):
    asked(ben)
    with pytest.raises(IntegrityError), transaction.atomic():
        AddressChange.objects.update(new_confirmed_at=clock.now(), old_confirmed_at=clock.now())


# --- what is refused


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Fill this in."),
        ("ben", "Enter an e-mail address, for example name@example.org."),
        ("ben@home.example\nBcc: elin@x.example", "Enter an e-mail address"),
    ],
)
def test_what_is_no_address_is_refused_beside_the_field(ben, typed, words):
    assert words in words_of(ask(browser_of(ben), typed))
    assert not Mail.objects.exists()


def test_ones_own_address_is_refused(ben):
    page = ask(browser_of(ben), ben.account.email.upper())
    assert "This is the address you sign in with already." in words_of(page)
    assert not Mail.objects.exists()


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_do_no_harm(ben, words):
    browser = browser_of(ben)
    assert is_harmless(browser.post(PAGE, {"address": words}))
    assert is_harmless(browser.post(PAGE, {"address": f"{words}@x.example"}))
    assert is_harmless(browser.get(PAGE))


def test_where_no_mail_goes_out_the_page_says_so_and_refuses(ben, settings):
    settings.MAIL_URL, settings.SHOW_MAIL = "", False
    browser = browser_of(ben)
    words = "This installation has no mail server, so nothing can be confirmed by mail"
    page = browser.get(PAGE)
    assert words in words_of(page)
    assert 'name="address"' not in words_of(page)
    page = browser.post(PAGE, {"address": NEW})
    assert (page.status_code, words in words_of(page)) == (503, True)
    assert not Mail.objects.exists()
    assert not AddressChange.objects.exists()


def test_asking_is_limited_for_the_asker_and_for_the_mailbox(ben, northgate):
    browser = browser_of(ben)
    for number in range(5):
        assert "Two mails are on their way." in words_of(ask(browser, f"ben{number}@home.example"))
    page = ask(browser, "ben6@home.example")
    assert page.status_code == 429
    assert "You have asked for this often today. Ask again tomorrow." in words_of(page)
    for name in ("Amara", "Carys", "Dev"):
        assert "Two mails are on their way." in words_of(ask(browser_of(cast.member(name, northgate)), NEW))
    assert ask(browser_of(cast.member("Priya", northgate)), NEW).status_code == 429
    assert Mail.objects.filter(to_address=NEW).count() == 3


def test_whoever_lost_the_mailbox_is_told_what_to_do(ben, with_password):
    page = words_of(browser_of(with_password).get(PAGE))
    assert "If you cannot read your mail there" in page
    assert "your administrator included" in page
    assert "Choose a password" not in page


def test_whoever_signs_in_by_code_alone_is_led_to_a_password(ben):
    assert 'href="/account/password/set/"' in words_of(browser_of(ben).get(PAGE))


def test_wrong_methods_are_refused(ben):
    browser = browser_of(ben)
    assert browser.get("/me/address/stop/").status_code == 405
    assert browser.delete(PAGE).status_code == 405


def test_the_settings_lead_there(ben):
    page = words_of(browser_of(ben).get("/me/"))
    assert 'href="/me/address/"' in page
    assert queries.address_change(ben.account) is None
