"""Conflicts of interest: declared in own words, decided by a coordinator, asked again each year, found by import."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from alongside.foundation import clock
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.notifications.models import Mail
from alongside.people import actions as people_actions
from alongside.programmes import actions as programmes
from alongside.readiness import queries
from alongside.readiness.actions import Wanted, conflicts, set_rule
from alongside.readiness.models import Conflict, ConflictStatement
from alongside.readiness.queries.conflicts import visible_to
from alongside.relationships import actions as relationships
from tests import applying
from tests import cast as people
from tests.visits import browser_of, queries_of, words_of

OWN = "/getting-ready/rising-leaders/conflicts/"
LIST = "/programmes/rising-leaders/readiness/conflicts/"
WORDS = "Ben is my cousin’s husband"
FORM = {"kind": "personal", "words": WORDS, "ref": "abcdefghijkl"}


@pytest.fixture
def asked(c):
    """Conflicts are asked of mentors, and pairs wait."""
    set_rule(c.programme, Wanted(["conflicts"], [], holds_pairs=True), by=c.carys)
    return c


def declare(c, actor=None, words: str = WORDS) -> Conflict:
    return conflicts.declare_conflict(c.programme, kind="personal", words=words, by=actor or c.amara)


def lacks(actor) -> list[str]:
    return [one.value for held in queries.own(actor) for one in held.lacking]


# --- declaring


@pytest.mark.both
def test_nothing_to_declare_is_an_answer_that_holds_for_a_year(asked):
    assert lacks(asked.amara) == ["conflicts"]
    browser_of(asked.amara).post(OWN, {"nothing": "1"})
    assert lacks(asked.amara) == []
    with clock.set_to(clock.now() + timedelta(days=364)):
        assert lacks(asked.amara) == []
    with clock.set_to(clock.now() + timedelta(days=367)):
        assert lacks(asked.amara) == ["conflicts"]
        conflicts.state_no_more(asked.programme, by=asked.amara)
        assert lacks(asked.amara) == []
    assert ConflictStatement.objects.count() == 1


def test_what_is_declared_waits_for_a_decision(asked):
    client = browser_of(asked.amara)
    client.post(OWN, FORM)
    assert lacks(asked.amara) == ["conflicts"]
    assert "Waits for a decision" in words_of(client.get(OWN))
    assert "Waits for your coordinator" in words_of(client.get("/getting-ready/"))
    assert "Say whether you have a conflict of interest" not in words_of(client.get("/"))
    said = words_of(browser_of(asked.carys).post("/programmes/rising-leaders/readiness/remind/", follow=True))
    assert "Nobody of these people has joined and has something left to do." in said
    conflicts.decide(Conflict.objects.get(), decision="care", answer="You two are not paired.", by=asked.carys)
    assert lacks(asked.amara) == []
    assert "You two are not paired." in words_of(client.get(OWN))


@pytest.mark.both
def test_a_form_that_is_sent_twice_declares_once(c):
    for _time in range(2):
        browser_of(c.amara).post(OWN, FORM)
    assert Conflict.objects.count() == 1
    assert AuditEntry.objects.filter(name="conflict.declared").count() == 1


def test_a_declaration_without_words_is_asked_for_them(c):
    page = browser_of(c.amara).post(OWN, {"kind": "a song", "ref": "abcdefghijkl"})
    assert "Choose one from the list." in words_of(page)
    assert "Fill this in." in words_of(page)
    assert not Conflict.objects.exists()


def test_whoever_takes_no_part_declares_nothing(c):
    assert browser_of(c.elin).get(OWN).status_code == 404
    assert browser_of(c.carys).get(OWN).status_code == 404
    with pytest.raises(NotPossible, match="not mentor or mentee"):
        declare(c, c.elin)


def test_the_words_are_sealed_and_in_no_mail(c):
    assert WORDS.encode() not in bytes(declare(c).words)
    (mail,) = Mail.objects.filter(kind="conflict.declared")
    assert mail.to_address == c.carys.account.email
    assert "cousin" not in f"{mail.subject} {mail.body}"
    assert "Amara" not in f"{mail.subject} {mail.body}"


# --- deciding


def test_a_coordinator_decides_and_whoever_declared_it_is_told(c):
    held = declare(c)
    client = browser_of(c.carys)
    assert WORDS in words_of(client.get(f"{LIST}{held.ref}/"))
    client.post(f"{LIST}{held.ref}/", {"decision": "apart", "answer": ""})
    held.refresh_from_db()
    assert (held.decision, held.decided_by) == ("apart", c.carys.membership)
    assert Mail.objects.get(kind="conflict.decided").to_address == c.amara.account.email


def test_what_is_agreed_has_to_be_written(c):
    held = declare(c)
    page = browser_of(c.carys).post(f"{LIST}{held.ref}/", {"decision": "care"})
    assert "Write what is agreed, so that it can go on." in words_of(page)


def test_a_second_decision_does_not_replace_the_first(c):
    held = declare(c)
    conflicts.decide(held, decision="fine", answer="", by=c.carys)
    page = browser_of(c.carys).post(f"{LIST}{held.ref}/", {"decision": "apart"}, follow=True)
    assert "Somebody has decided about this already." in words_of(page)
    held.refresh_from_db()
    assert held.decision == "fine"


def test_nobody_decides_about_their_own(c):
    people.takes_part(c.programme, c.carys, "mentor", c.carys)
    held = declare(c, c.carys)
    assert browser_of(c.carys).get(f"{LIST}{held.ref}/").status_code == 404
    with pytest.raises(NotPossible, match="Nobody decides about a conflict of their own"):
        conflicts.decide(held, decision="fine", answer="", by=c.carys)


def test_a_line_manager_neither_reads_nor_decides_what_one_of_theirs_declared(c):
    dev = people.member("Dev Patel", c.carys.organisation, "coordinator")
    people.takes_part(c.programme, dev, "coordinator", c.carys)
    people_actions.set_manager(c.amara.membership, c.carys.membership, by=dev)
    held = declare(c)
    assert not visible_to(c.carys).exists()
    assert browser_of(c.carys).get(f"{LIST}{held.ref}/").status_code == 404
    with pytest.raises(NotPossible, match="or of whom they manage"):
        conflicts.decide(held, decision="fine", answer="", by=c.carys)
    assert [mail.to_address for mail in Mail.objects.filter(kind="conflict.declared")] == [dev.account.email]
    assert queries.undecided(c.carys) == []
    assert "1 more waits for another coordinator" in words_of(browser_of(c.carys).get(LIST))
    assert conflicts.decide(held, decision="fine", answer="", by=dev).decided_by == dev.membership


# --- already when applying


def test_whoever_applies_declares_one_and_it_stands_beside_the_application(db):
    o = applying.opened()
    joining = o.applied(o.ben)
    url = f"/getting-ready/{o.programme.slug}/conflicts/"
    assert url in browser_of(o.ben).get(f"/programmes/{o.programme.slug}/join/").content.decode()
    browser_of(o.ben).post(url, FORM)
    held = Conflict.objects.get()
    page = browser_of(o.carys).get(f"/programmes/{o.programme.slug}/applications/{joining.ref}/").content.decode()
    assert f"/programmes/{o.programme.slug}/readiness/conflicts/{held.ref}/" in page
    assert WORDS not in page


def test_whoever_took_an_application_back_declares_nothing_more(db):
    o = applying.opened()
    joining = o.applied(o.ben)
    programmes.take_back(joining, by=o.ben)
    with pytest.raises(NotPossible, match="do not apply to it"):
        conflicts.declare_conflict(o.programme, kind="personal", words=WORDS, by=o.ben)


def test_the_line_manager_of_an_applicant_is_not_told_that_there_is_none(db):
    o = applying.opened()
    joining = o.applied(o.ben)
    people_actions.set_manager(o.ben.membership, o.carys.membership, by=o.dev)
    conflicts.declare_conflict(o.programme, kind="personal", words=WORDS, by=o.ben)
    page = words_of(browser_of(o.carys).get(f"/programmes/{o.programme.slug}/applications/{joining.ref}/"))
    assert "Conflicts of interest" not in page


def test_a_pair_that_waited_for_the_decision_begins(asked):
    held = declare(asked)
    for actor in (asked.amara, asked.ben):
        relationships.accept(asked.pair(actor), by=actor)
    asked.relationship.refresh_from_db()
    assert asked.relationship.stage == "prepare"
    conflicts.decide(held, decision="fine", answer="", by=asked.carys)
    asked.relationship.refresh_from_db()
    assert asked.relationship.stage == "connect"


@pytest.mark.both
def test_the_database_knows_no_decision_without_its_day(c):
    held = declare(c)
    with pytest.raises(IntegrityError), transaction.atomic():
        Conflict.objects.filter(pk=held.pk).update(decision="fine")


# --- who, and what the people list shows


def test_it_is_read_by_whoever_declared_it_and_their_coordinators(c):
    declare(c)
    other = people.member("Iris Holm", c.carys.organisation, "coordinator", "administrator", "safeguarding_lead")
    people.programme(other, "Another programme", launched=True)
    seen = [visible_to(actor).exists() for actor in (c.amara, c.carys, c.ben, c.elin, other)]
    assert seen == [True, True, False, False, False]
    assert [browser_of(actor).get(LIST).status_code for actor in (c.amara, c.ben, other)] == [404] * 3


def test_a_conflict_of_another_programme_is_not_found_in_this_one(c):
    elsewhere = people.programme(c.carys, "Another programme", launched=True)
    people.takes_part(elsewhere, c.amara, "mentor", c.carys)
    held = conflicts.declare_conflict(elsewhere, kind="personal", words=WORDS, by=c.amara)
    assert browser_of(c.carys).get(f"{LIST}{held.ref}/").status_code == 404


def test_line_managers_are_found_in_the_people_list(c):
    people_actions.set_manager(c.ben.membership, c.amara.membership, by=c.carys)
    said = " ".join(words_of(browser_of(c.carys).get(LIST)).split())
    assert "Amara Okafor mentors in this programme and is the line manager of Ben Thomas, a mentee in it." in said


def test_the_first_page_of_a_coordinator_says_that_one_waits(c):
    declare(c)
    assert "Decide about a conflict of interest in “Rising leaders”" in words_of(browser_of(c.carys).get("/"))


def test_the_list_asks_no_more_with_thirty(c):
    declare(c)
    few = len(queries_of(browser_of(c.carys), LIST))
    for number in range(29):
        declare(c, words=f"Reason {number}")
    assert len(queries_of(browser_of(c.carys), LIST)) == few <= 9
