"""Applying, on the pages of whoever applies: what they find, what is kept, what they read of how it stands."""

import re
from datetime import date, timedelta

import pytest

from alongside.foundation import clock, reads
from alongside.foundation.notifications.models import Mail
from alongside.programmes import actions
from alongside.programmes.models import Answer, CalendarEntry, Joining, Participation, Programme
from alongside.programmes.queries import joining as found
from alongside.programmes.terms import Step
from tests import applying, cast
from tests.visits import HOSTILE, browser_of, is_harmless, queries_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def o():
    return applying.opened()


def url(o, page: str = "") -> str:
    return f"/programmes/{o.programme.slug}/join/{page}"


def page(actor, address: str) -> str:
    """The words of a page, without markup."""
    text = re.sub(r"<[^>]+>", " ", words_of(browser_of(actor).get(address)))
    return " ".join(text.split())


def field(o, words: str = applying.WHY) -> str:
    return f"answer_{o.questions()[words]}"


# --- finding it


def test_everybody_in_the_organisation_finds_an_open_programme_and_reads_what_it_asks(o):
    assert "Programmes you can join Rising leaders" in page(o.elin, "/")
    assert "Rising leaders" in page(o.elin, "/programmes/open/")
    said = page(o.elin, url(o))
    for words in (
        "Newly promoted leaders find their feet.",
        "Band 6 or 7.",
        "Whoever leads since this year.",
        "Why now?",
    ):
        assert words in said
    assert "Carys Llewellyn and Dev Shah read what you send, and nobody else does." in said


def test_nobody_finds_it_while_it_is_not_open(o):
    for change in (
        {"state": "draft"},
        {"state": "closed"},
        {"ends_on": clock.today("UTC") - timedelta(days=1), "starts_on": date(2025, 1, 1)},
    ):
        held = {name: getattr(o.programme, name) for name in ("state", "ends_on", "starts_on")}
        Programme.objects.filter(pk=o.programme.pk).update(**change)
        assert browser_of(o.elin).get(url(o)).status_code == 404, change
        assert "Rising leaders" not in page(o.elin, "/programmes/open/")
        Programme.objects.filter(pk=o.programme.pk).update(**held)
    outsider = cast.member("Leila Haddad", cast.organisation("Harbour Trust", "Ruth Hart"))
    assert browser_of(outsider).get(url(o)).status_code == 404


def test_after_the_last_day_of_enrolment_nobody_applies_and_a_coordinator_sees_why(o):
    CalendarEntry.objects.create(
        programme=o.programme, kind="enrol", day=clock.today("Europe/London") - timedelta(days=1)
    )
    assert browser_of(o.elin).get(url(o)).status_code == 404
    assert "Enrolment ended on" in page(o.carys, url(o))
    assert not found.open_now(o.elin).exists()


def test_where_everybody_is_invited_nobody_can_apply():
    o = applying.opened("")
    assert browser_of(o.elin).get(url(o)).status_code == 404
    assert browser_of(o.carys).post(url(o), {"part": "mentee"}, follow=True).status_code == 200
    assert not Joining.objects.filter(state="begun").exists()


# --- writing it


def test_an_application_is_begun_kept_without_its_needed_answer_and_sent_with_it(o):
    browser = browser_of(o.ben)
    assert browser.post(url(o), {"part": "mentee"}).url == url(o, "mentee/")
    browser.post(url(o, "mentee/"), {field(o): "", "then": "later"})
    browser.post(url(o, "mentee/kept/"), {field(o): "Half a thought"})
    assert "Half a thought" in words_of(browser.get(url(o, "mentee/")))
    assert "Finish your application to “Rising leaders”" in page(o.ben, "/")
    response = browser.post(url(o, "mentee/"), {field(o): " ", "fits": "yes"})
    assert "Answer “Why now?”." in words_of(response)
    browser.post(url(o, "mentee/"), {field(o): "Because I lead now.", "fits": "no"})
    joining = Joining.objects.get()
    assert (joining.state, joining.fits, joining.revision) == ("applied", False, 1)
    assert found.said(joining) == {o.questions()["Why now?"]: "Because I lead now."}
    said = page(o.ben, url(o))
    day = joining.news_by
    assert f"You hear by {day.strftime('%A')} {day.day} {day.strftime('%B')} at the latest" in said
    assert "Nobody has read it yet: you can still change it." in said


def test_what_was_typed_survives_an_error(o):
    browser = browser_of(o.ben)
    browser.post(url(o), {"part": "mentor"})
    browser.post(url(o, "mentor/"), {field(o, applying.TIME): "On Fridays."})
    assert "On Fridays." in words_of(browser_of(o.ben).get(url(o, "mentor/")))
    assert Joining.objects.get().state == "begun"


def test_what_is_written_is_sealed_and_stands_nowhere_in_the_clear(o):
    o.applied(o.ben, why="The kettle is far away.")
    row = Answer.objects.get()
    assert b"kettle" not in bytes(row.words)
    assert not Mail.objects.filter(body__contains="kettle").exists()


def test_it_can_be_changed_until_a_coordinator_has_read_it(o):
    joining = o.applied(o.ben)
    browser = browser_of(o.ben)
    browser.post(url(o, "mentee/"), {field(o): "Since spring.", "fits": "yes"})
    assert list(found.said(joining).values()) == ["Since spring."]
    browser_of(o.carys).get(f"/programmes/{o.programme.slug}/applications/{joining.ref}/")
    assert "It has been read, and is being decided about." in page(o.ben, url(o))
    browser.post(url(o, "mentee/"), {field(o): "No, since autumn.", "fits": "yes"})
    assert list(found.said(joining).values()) == ["Since spring."]
    assert [seen.reader for seen in reads.about(o.ben.membership)] == ["Carys Llewellyn"]


def test_taken_back_it_is_the_coordinators_to_read_no_more_and_can_be_sent_again(o):
    joining = o.applied(o.ben, why="The kettle is far away.")
    browser = browser_of(o.ben)
    assert "Take back your application?" in words_of(browser.get(url(o, "mentee/take-back/")))
    browser.post(url(o, "mentee/take-back/"))
    address = f"/programmes/{o.programme.slug}/applications/{joining.ref}/"
    assert "the answers are no longer yours to read" in page(o.carys, address)
    assert "kettle" not in page(o.carys, address)
    browser.post(url(o), {"part": "mentee"})
    assert "The kettle is far away." in words_of(browser.get(url(o, "mentee/")))
    browser.post(url(o, "mentee/"), {field(o): "The kettle is far away.", "fits": "yes"})
    assert Joining.objects.get().state == "applied"


def test_nobody_reads_the_application_of_another(o):
    joining = o.applied(o.ben, why="The kettle is far away.")
    for actor in (o.elin, o.amara):
        browser = browser_of(actor)
        assert browser.get(f"/programmes/{o.programme.slug}/applications/{joining.ref}/").status_code == 404
        assert browser.get(f"/programmes/{o.programme.slug}/applications/").status_code == 404
        assert browser.get(url(o, "mentee/")).status_code == 404
        assert browser.post(url(o, "mentee/take-back/")).status_code == 404
    assert Joining.objects.get().state == "applied"


def test_pressed_twice_it_is_one_application(o):
    browser = browser_of(o.ben)
    for _ in range(2):
        browser.post(url(o), {"part": "mentee"})
    for _ in range(2):
        browser.post(url(o, "mentee/"), {field(o): "Because.", "fits": "yes"})
    assert Joining.objects.get().state == "applied"
    assert Mail.objects.filter(kind="application.to_see").count() == 2  # one to each coordinator


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_hostile_answers_do_no_harm(o, words):
    browser = browser_of(o.ben)
    browser.post(url(o), {"part": "mentee"})
    for address in ("mentee/", "mentee/kept/"):
        assert is_harmless(browser.post(url(o, address), {field(o): words, "fits": words}))
    assert is_harmless(browser.get(url(o, "mentee/")))
    assert is_harmless(browser.post(url(o), {"part": words}))
    assert is_harmless(
        browser.get(f"/programmes/{o.programme.slug}/applications/decide/?to=accept", {"application": words})
    )
    assert is_harmless(
        browser_of(o.carys).get(f"/programmes/{o.programme.slug}/applications/", {"q": words, "since": words})
    )


def test_who_reads_an_answer_stands_at_its_field(o):
    browser = browser_of(o.ben)
    browser.post(url(o), {"part": "mentee"})
    assert "You and the coordinators of this programme can read this" in words_of(browser.get(url(o, "mentee/")))


# --- how it stands


def test_the_waiting_list_says_how_many_are_before_and_when_one_hears(o):
    first, second = o.applied(o.elin), o.applied(o.ben)
    for joining in (first, second):
        o.decided(joining, Step.WAIT, words="We are full until spring.")
    said = page(o.ben, url(o))
    assert "One person is before you." in said
    assert "You hear by Thursday 24 December at the latest, whatever has come of it." in said
    assert "Carys Llewellyn wrote on" in said
    assert "We are full until spring." in said
    with clock.set_to(clock.now() + timedelta(days=60)):
        for address in (url(o), "/", "/programmes/open/"):
            assert "You should have heard by Thursday 24 December." in page(o.ben, address), address


def test_turned_down_one_reads_the_words_that_came_by_mail_too(o):
    o.decided(o.applied(o.ben), Step.TURN_DOWN, words="We know how much you hoped for it.")
    assert "We know how much you hoped for it." in page(o.ben, url(o))
    mail = Mail.objects.get(kind="application.turned_down")
    assert "We know how much you hoped for it." in mail.body
    assert mail.to_address == o.ben.account.email
    assert browser_of(o.ben).post(url(o), {"part": "mentee"}, follow=True).status_code == 200
    assert Joining.objects.get().state == "turned_down"


# --- both parts


def test_one_person_is_either_mentor_or_mentee_unless_the_programme_allows_both(o):
    o.applied(o.ben)
    assert "one person is either mentor or mentee" in page(o.ben, url(o))
    browser_of(o.ben).post(url(o), {"part": "mentor"})
    assert Joining.objects.filter(state="begun").count() == 0


def test_where_both_are_allowed_one_person_applies_for_both_and_each_goes_its_own_way():
    o = applying.opened(one_in_both=True)
    mentee, mentor = o.applied(o.ben), o.applied(o.ben, "mentor")
    o.decided(mentee, Step.ACCEPT)
    o.decided(mentor, Step.WAIT)
    said = page(o.ben, url(o))
    assert "As mentee Taking part" in said
    assert "As mentor On the waiting list" in said


def test_several_programmes_at_once_stand_apart(o):
    other = cast.programme(o.carys, "Ward sisters", launched=True)
    cast.takes_part(other, o.ben, "mentee", o.carys)
    o.applied(o.ben)
    assert "You take part since" in page(o.ben, f"/programmes/{other.slug}/join/")
    assert "Sent on" in page(o.ben, url(o))
    assert Participation.objects.filter(membership=o.ben.membership).count() == 1


def test_the_pages_ask_as_much_for_thirty_as_for_three(o, django_assert_max_num_queries):
    o.applied(o.ben)
    few = len(queries_of(browser_of(o.ben), url(o)))
    lists = len(queries_of(browser_of(o.elin), "/programmes/open/"))
    for number in range(12):
        made = cast.programme(o.carys, f"Round {number}", launched=True)
        actions.save(made, "whom", actions.Written({"open_to": "both"}), by=o.carys)
        o.applied(cast.member(f"Person {number}", o.carys.organisation))
    assert len(queries_of(browser_of(o.ben), url(o))) == few
    assert len(queries_of(browser_of(o.elin), "/programmes/open/")) == lists


def test_who_can_take_part_is_the_coordinators_to_read_where_nobody_can_apply():
    o = applying.opened("")
    cast.takes_part(o.programme, o.ben, "mentee", o.carys)
    assert "You take part since" in page(o.ben, url(o))
    assert "Band 6 or 7." not in page(o.ben, url(o))
