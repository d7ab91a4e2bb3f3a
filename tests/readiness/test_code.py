"""The code of ethics: stated in versions, accepted per version, asked again."""

import pytest
from django.db import IntegrityError, transaction

from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity.actions import NotPossible
from alongside.readiness import actions, queries
from alongside.readiness.actions import Wanted, Written
from alongside.readiness.models import CodeAcceptance, EthicsCode
from tests import cast as people
from tests.visits import browser_of, queries_of, words_of


def state_next(c, name: str = "Our own code") -> EthicsCode:
    held = queries.in_force(c.carys.organisation)
    return actions.state_code(Written(name, text="We turn up."), seen=held.number, by=c.carys)


def left_of(actor) -> list[str]:
    return [one.value for held in queries.own(actor) for one in held.lacking]


# --- stating it


@pytest.mark.both
def test_a_new_version_replaces_the_one_before_and_leaves_it_readable(c, code):
    made = state_next(c)
    code.refresh_from_db()
    assert (made.number, queries.in_force(c.carys.organisation)) == (2, made)
    assert (code.replaced_at, code.name) == (made.stated_at, "Global Code of Ethics")
    page = browser_of(c.ben).get(f"/code-of-ethics/versions/{code.ref}/")
    assert "https://code.example/3" in words_of(page)


def test_whoever_wrote_on_an_older_version_is_told_and_nothing_is_lost(c, code):
    client = browser_of(c.carys)
    state_next(c)
    answer = client.post("/code-of-ethics/write/", {"name": "Late code", "text": "Slowly written", "seen": 1})
    assert "Somebody stated version 2 a moment ago." in words_of(answer)
    assert "Slowly written" in words_of(answer)
    assert not EthicsCode.objects.filter(name="Late code").exists()


def test_the_same_again_is_no_new_version(c, code):
    with pytest.raises(NotPossible, match="says the same"):
        actions.state_code(Written(code.name, code.edition, code.link), seen=1, by=c.carys)


def test_a_code_has_a_link_or_a_text(c):
    answer = browser_of(c.carys).post("/code-of-ethics/write/", {"name": "An empty one", "seen": 0})
    assert "Give a link to the code, or write its text below." in words_of(answer)
    assert not EthicsCode.objects.exists()


@pytest.mark.both
def test_the_database_refuses_an_empty_code_and_a_second_one_in_force(c, code):
    for wrong in ({"number": 2, "replaced_at": code.stated_at}, {"number": 2, "text": "Another"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            EthicsCode.objects.create(organisation=c.carys.organisation, name="Wrong", **wrong)


def test_only_coordinators_state_it(c, code):
    for actor in (c.amara, c.ben, c.elin):
        assert browser_of(actor).get("/code-of-ethics/write/").status_code == 404


def test_another_organisation_reads_nothing_of_it(c, code):
    other = people.member("Mateo Ruiz", people.organisation("Harbour Trust"))
    assert browser_of(other).get(f"/code-of-ethics/versions/{code.ref}/").status_code == 404
    assert "Global Code" not in words_of(browser_of(other).get("/code-of-ethics/"))


# --- accepting it


def test_a_mentor_is_asked_until_they_accept_and_a_mentee_is_not(c, code):
    assert (left_of(c.amara), left_of(c.ben)) == (["code"], [])
    assert "Read and accept the code of ethics" in words_of(browser_of(c.amara).get("/"))
    browser_of(c.amara).post("/code-of-ethics/", {"code": code.ref})
    assert left_of(c.amara) == []
    assert "Read and accept the code of ethics" not in words_of(browser_of(c.amara).get("/"))


def test_nothing_is_asked_while_no_code_is_stated(c):
    assert left_of(c.amara) == []


def test_a_new_version_is_asked_again(c, code):
    actions.accept_code(code.ref, by=c.amara)
    state_next(c)
    assert left_of(c.amara) == ["code"]


def test_mentees_are_asked_where_the_programme_says_so(c, code):
    actions.set_rule(c.programme, Wanted([], ["code"], holds_pairs=False), by=c.carys)
    assert (left_of(c.amara), left_of(c.ben)) == ([], ["code"])


def test_a_version_changed_while_somebody_reads_is_not_accepted_unread(c, code):
    client = browser_of(c.amara)
    client.get("/code-of-ethics/")
    state_next(c)
    answer = client.post("/code-of-ethics/", {"code": code.ref}, follow=True)
    assert "While you were reading, a new version came into force." in words_of(answer)
    assert "Our own code" in words_of(answer)
    assert not CodeAcceptance.objects.exists()


def test_accepting_twice_is_remembered_once(c, code):
    for _time in range(2):
        actions.accept_code(code.ref, by=c.amara)
    assert CodeAcceptance.objects.count() == 1
    assert AuditEntry.objects.filter(name="code.accepted").count() == 1


# --- who reads it


def test_who_reads_an_acceptance_is_whom_the_policy_names(c, code):
    actions.accept_code(code.ref, by=c.amara)
    other = people.member("Iris Holm", c.carys.organisation, "coordinator", "administrator")
    people.programme(other, "Another programme", launched=True)
    seen = [queries.acceptances_visible_to(actor).exists() for actor in (c.amara, c.carys, c.ben, c.elin, other)]
    assert seen == [True, True, False, False, False]


def test_the_page_asks_no_more_with_many_versions(c, code):
    few = len(queries_of(browser_of(c.carys), "/code-of-ethics/"))
    for number in range(10):
        state_next(c, f"Code {number}")
    assert len(queries_of(browser_of(c.carys), "/code-of-ethics/")) == few <= 8
