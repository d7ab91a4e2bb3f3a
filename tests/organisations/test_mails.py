"""The administrators' page of mails that were not sent."""

import re
from datetime import timedelta

import pytest

from alongside.foundation import clock, hooks, notifications
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.models import Membership
from alongside.foundation.notifications.models import Mail
from alongside.people import actions as people
from tests import cast
from tests.visits import HOSTILE, browser_of, is_harmless, queries_of, twice, words_of

pytestmark = pytest.mark.django_db
PAGE = "/organisation/mail/"


@pytest.fixture(autouse=True)
def mail_is_set(settings):
    settings.MAIL_URL = "smtp://127.0.0.1:1"


@pytest.fixture
def ada():
    return cast.first_administrator()


@pytest.fixture
def ben(ada):
    return cast.member("Ben Thomas", ada.organisation)


def stuck(actor, kind="relationship.ended", state="failed", trouble="refused"):
    """A mail that was not sent: by default one that tells Ben that his pair has ended."""
    [mail] = notifications.tell(
        kind,
        to=[actor.membership],
        subject="Amara Okafor and you have parted",
        lines=["Amara has ended it."],
        action=("Read", "/pairs/abcdefghijkl/"),
        organisation=actor.organisation,
    )
    Mail.objects.filter(pk=mail.pk).update(state=state, trouble=trouble)
    mail.refresh_from_db()
    return mail


def invited(ada, name="Iris Holm", address="iris@northgate.example"):
    """Somebody whose invitation did not arrive."""
    iris = people.add_person(organisation=ada.organisation, by=ada, name=name, work_address=address)
    people.invite([iris], by=ada)
    mail = Mail.objects.get(about_ref=iris.ref)
    Mail.objects.filter(pk=mail.pk).update(state="failed", trouble="refused", body="", html="")
    return mail


def plain(page):
    return " ".join(re.sub(r"<[^>]+>", " ", words_of(page)).split())


# --- who sees it


def test_administrators_alone_see_it_and_try_again(ada, ben):
    mail = stuck(ben)
    carys = cast.member("Carys Llewellyn", ada.organisation, "coordinator")
    petra = cast.member("Petra Novak", ada.organisation, "privacy_officer", "safeguarding_lead", "supervisor")
    assert [browser_of(actor).get(PAGE).status_code for actor in (ada, ben, carys, petra)] == [200, 404, 404, 404]
    for actor in (ben, carys, petra):
        assert browser_of(actor).post(f"{PAGE}{mail.ref}/again/").status_code == 404
    assert Mail.objects.get(pk=mail.pk).state == "failed"


def test_another_organisation_sees_and_sends_nothing_of_it(ada, ben):
    mail, hal = stuck(ben), cast.first_administrator("Harbour Trust", "Hal Moor")
    theirs = stuck(cast.member("Gwen Moor", hal.organisation))
    browser = browser_of(hal)
    page = words_of(browser.get(PAGE))
    assert "Gwen Moor" in page
    assert "Ben Thomas" not in page
    assert ben.account.email not in page
    assert mail.ref not in page
    assert "Every mail" not in page
    assert "No mail fits" in words_of(browser.get(f"{PAGE}?q=Ben"))
    answers = [browser.post(f"{PAGE}{ref}/again/") for ref in (mail.ref, "abcdefghijkl")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert Mail.objects.get(pk=mail.pk).state == "failed"
    assert browser.post(f"{PAGE}{theirs.ref}/again/").status_code == 302


def test_mails_about_signing_in_are_shown_to_nobody(ada, ben):
    browser_of(ben).logout()
    for address in (ben.account.email, "nobody@x.example"):
        notifications.tell("account.sign_in", to=address, subject="Your code", lines=["4711"], secret=True)
        notifications.tell("account.safety", to=address, subject="Your password was changed", lines=["x"])
    Mail.objects.update(state="failed", trouble="refused", body="", html="")
    page = words_of(browser_of(ada).get(PAGE))
    assert "Every mail has gone out" in page
    mail = Mail.objects.first()
    assert browser_of(ada).post(f"{PAGE}{mail.ref}/again/").status_code == 404


# --- what it shows


def test_the_page_says_to_whom_since_when_why_and_what_helps(ada, ben, time_machine):
    time_machine.move_to("2026-11-25 09:00:00+00:00", tick=False)
    stuck(ben)
    page = plain(browser_of(ada).get(PAGE))
    assert "1 mail" in page
    for words in (
        f"Ben Thomas {ben.account.email}",
        "About mentoring",
        "Not sent",
        "Wed 25 Nov 09:00",
        "The mail server refused the address Check the address with them.",
        "Try again , Ben Thomas",
    ):
        assert words in page, words


def test_neither_what_a_mail_says_nor_that_a_pair_has_ended_is_shown(ada, ben):
    stuck(ben)
    page = words_of(browser_of(ada).get(PAGE))
    for words in ("Amara", "parted", "ended", "/pairs/", "relationship"):
        assert words not in page, words


def test_a_failed_invitation_is_named_and_cannot_be_tried_again(ada):
    mail = invited(ada)
    browser = browser_of(ada)
    page = plain(browser.get(PAGE))
    assert "Iris Holm iris@northgate.example Invitations to join Not sent" in page
    assert "Its link is deleted for safety: invite them again from the list of people." in page
    assert "Try again" not in page
    answer = browser.post(f"{PAGE}{mail.ref}/again/", follow=True)
    assert "Its link is deleted for safety." in words_of(answer)
    assert Mail.objects.get(pk=mail.pk).state == "failed"


def test_an_address_of_somebodys_own_stays_their_own(ada, ben):
    """Whoever signs in with another address than the organisation knows keeps it to themselves."""
    ben.account.email = "ben@home.example"
    ben.account.save()
    ben.membership.refresh_from_db()
    stuck(cast._actor(ben.membership))
    browser = browser_of(ada)
    page = words_of(browser.get(PAGE))
    assert "ben@home.example" not in page
    assert "At an address of their own" in page
    assert "No mail fits" in words_of(browser.get(f"{PAGE}?q=home.example"))
    assert "Ben Thomas" in words_of(browser.get(f"{PAGE}?q=thomas"))


def test_without_a_mail_server_mails_wait_and_there_is_nothing_to_press(ada, ben, settings):
    settings.MAIL_URL, settings.SHOW_MAIL = "", False
    stuck(ben, state="held", trouble="no_server")
    page = plain(browser_of(ada).get(PAGE))
    assert "Kept until a mail server is set" in page
    assert "No mail server was set Once one is set, mails of the last two days go out by themselves." in page
    assert "Try again" not in page


def test_where_nothing_is_wrong_the_page_says_so(ada):
    assert "Every mail has gone out" in words_of(browser_of(ada).get(PAGE))


def test_the_settings_lead_there(ada):
    assert f'href="{PAGE}"' in words_of(browser_of(ada).get("/organisation/"))


# --- search and filters


@pytest.mark.both
def test_the_list_is_narrowed_by_address_name_state_and_kind(ada, ben):
    dev = cast.member("Dev Patel", ada.organisation)
    stuck(ben)
    stuck(dev, state="queued", trouble="unreachable")
    invited(ada)
    browser = browser_of(ada)

    def found(query):
        page = words_of(browser.get(f"{PAGE}?{query}"))
        return [name for name in ("Ben Thomas", "Dev Patel", "Iris Holm") if name in page]

    assert found("") == ["Ben Thomas", "Dev Patel", "Iris Holm"]
    assert found(f"q={ben.account.email.upper()}") == ["Ben Thomas"]
    assert found("q=iris@") == ["Iris Holm"]
    assert found("q=patel") == ["Dev Patel"]
    assert found("state=failed") == ["Ben Thomas", "Iris Holm"]
    assert found("state=queued") == ["Dev Patel"]
    assert found("kind=membership.invitation") == ["Iris Holm"]
    assert found("kind=other") == ["Ben Thomas", "Dev Patel"]
    assert found("kind=relationship.ended") == ["Ben Thomas", "Dev Patel", "Iris Holm"], "no choice, so no filter"
    assert found("q=nobody") == []


@pytest.mark.both
def test_newest_first_fifty_a_page_and_as_many_queries_for_many(ada):
    def add(start, count):
        for number in range(start, start + count):
            stuck(cast.member(f"Person {number}", ada.organisation))
            invited(ada, f"Guest {number}", f"guest{number}@northgate.example")

    add(0, 2)
    few = queries_of(browser_of(ada), PAGE)
    add(2, 24)
    many = queries_of(browser_of(ada), PAGE)
    assert len(many) == len(few)
    assert twice(many) == []
    browser = browser_of(ada)
    first, second = words_of(browser.get(PAGE)), words_of(browser.get(f"{PAGE}?page=2"))
    assert first.index("Guest 25") < first.index("Person 25") < first.index("Guest 24")
    assert "Person 0<" not in first
    assert "Person 0<" in second


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_in_the_filters_do_no_harm(ada, ben, words):
    stuck(ben)
    browser = browser_of(ada)
    for name in ("q", "state", "kind", "page"):
        assert is_harmless(browser.get(PAGE, {name: words}))


# --- trying again


@pytest.mark.both
def test_trying_again_sends_it_once_more_and_is_remembered(ada, ben):
    mail = stuck(ben)
    browser = browser_of(ada)
    answer = browser.post(f"{PAGE}{mail.ref}/again/?state=failed&q=ben")
    assert answer.url == f"{PAGE}?state=failed&q=ben"
    assert "It is tried again now." in words_of(browser.get(answer.url))
    assert Mail.objects.get(pk=mail.pk).state == "queued"
    [entry] = AuditEntry.objects.filter(name="mail.tried_again")
    assert (entry.by, entry.about_ref, entry.codes) == (ada.ref, mail.ref, {})
    assert browser.post(f"{PAGE}{mail.ref}/again/").status_code == 404, "it is in trouble no more"
    assert browser.get(f"{PAGE}{mail.ref}/again/").status_code == 405


def test_somebody_who_has_left_meanwhile_gets_nothing_and_the_page_says_why(ada, ben):
    mail = stuck(ben)
    identity.leave(Membership.objects.get(pk=ben.membership.pk), by=ada)
    page = browser_of(ada).post(f"{PAGE}{mail.ref}/again/", follow=True)
    assert "They are suspended or have left, so nothing is sent to them." in words_of(page)


# --- on the first page


def asked(actor):
    return [str(step.words) for step in hooks.next_steps.of(actor) if "not sent" in str(step.words)]


def test_administrators_are_told_on_their_first_page_of_the_last_seven_days(ada, ben):
    assert asked(ada) == []
    old = stuck(ben)
    Mail.objects.filter(pk=old.pk).update(created_at=clock.now() - timedelta(days=8))
    stuck(ben, state="held", trouble="no_server")
    stuck(ben, trouble="not_needed")
    assert asked(ada) == []
    mail = stuck(ben)
    assert asked(ada) == ["See to 1 mail that was not sent"]
    invited(ada)
    assert asked(ada) == ["See to 2 mails that were not sent"]
    assert asked(ben) == []
    assert asked(cast.first_administrator("Harbour Trust", "Hal Moor")) == []
    assert 'href="/organisation/mail/?state=failed"' in words_of(browser_of(ada).get("/"))
    browser_of(ada).post(f"{PAGE}{mail.ref}/again/")
    assert asked(ada) == ["See to 1 mail that was not sent"]
