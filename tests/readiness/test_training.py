"""Training: done part by part, with questions that answer back; put together, changed, taken out, renewed."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from alongside import guidance
from alongside.foundation import clock
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity.actions import NotPossible
from alongside.readiness import queries, rules
from alongside.readiness.actions import Wanted, set_rule, training
from alongside.readiness.models import Completion, Module
from alongside.readiness.queries.training import completions_visible_to
from alongside.readiness.terms import Progress
from alongside.relationships import actions as relationships
from tests import cast as people
from tests.visits import browser_of, queries_of, words_of

OWN = {"title": "Our rooms", "minutes": 5, "text": "Book them early."}
DAY = datetime(2026, 9, 10, 12, tzinfo=UTC)


def own_part(c, mentors: str = "required", valid_months: int | None = None) -> Module:
    return training.add_module(training.Wanted(mentors, "none", valid_months, OWN), by=c.carys)


def right(module: Module) -> dict[str, str]:
    course, _slash, key = module.source.partition("/")
    asked = guidance.course(course).module(key).questions
    return {question.key: next(one.key for one in question.choices if one.right) for question in asked}


def lacks(actor) -> list[str]:
    return [one.value for held in queries.own(actor) for one in held.lacking]


def do(actor, module: Module) -> Completion:
    return training.complete(module, right(module) if module.source else {}, seen=module.revision, by=actor)


# --- rules


@pytest.mark.parametrize(
    ("done", "until", "progress"),
    [
        (False, None, Progress.LEFT),
        (True, None, Progress.DONE),
        (True, date(2026, 10, 11), Progress.DONE),
        (True, date(2026, 10, 10), Progress.SOON),
        (True, date(2026, 9, 10), Progress.SOON),
        (True, date(2026, 9, 9), Progress.AGAIN),
    ],
)
def test_how_somebody_stands_to_a_part(done, until, progress):
    assert rules.progress(done, until, date(2026, 9, 10)) == progress


@pytest.mark.parametrize(
    ("day", "months", "until"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 5), 12, date(2027, 12, 5)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 1, 1), None, None),
    ],
)
def test_until_when_a_part_holds(day, months, until):
    assert rules.months_on(day, months) == until


# --- the shipped courses


def test_a_coordinator_uses_the_courses_that_come_along_once(c):
    client = browser_of(c.carys)
    assert "7 parts" in words_of(client.get("/training/put-together/"))
    for said in ("7 parts are in your training now.", "All of them were in your training already."):
        assert said in words_of(client.post("/training/put-together/adopt/", follow=True))
    assert Module.objects.filter(mentors="required").count() == 6
    assert Module.objects.filter(mentees="required").count() == 1


def test_a_mentor_is_ready_once_every_required_part_is_done(c):
    training.adopt(by=c.carys)
    modules = list(Module.objects.filter(mentors="required"))
    for module in modules:
        assert lacks(c.amara) == ["training"]
        do(c.amara, module)
    assert lacks(c.amara) == []
    assert lacks(c.ben) == []  # nothing is asked of mentees unless the programme says so


def test_a_wrong_answer_is_answered_and_nothing_is_kept(c):
    training.adopt(by=c.carys)
    module = Module.objects.get(source="core/what-mentoring-is")
    given = {f"question-{key}": answer for key, answer in (right(module) | {"whose-agenda": "topic"}).items()}
    page = browser_of(c.amara).post(f"/training/{module.ref}/", given | {"seen": 1})
    assert "It fills the hour, and next time they will wait for your topic again." in words_of(page)
    assert "Not all answers are right yet." in words_of(page)
    assert not Completion.objects.exists()


def test_right_answers_are_answered_too(c):
    training.adopt(by=c.carys)
    module = Module.objects.get(source="core/what-mentoring-is")
    given = {f"question-{key}": answer for key, answer in right(module).items()}
    page = browser_of(c.amara).post(f"/training/{module.ref}/", given | {"seen": 1}, follow=True)
    assert "You have done this" in words_of(page)
    assert "Nearly always something is there." in words_of(page)


def test_a_question_without_an_answer_is_asked_again(c):
    training.adopt(by=c.carys)
    module = Module.objects.get(source="core/safe-and-ethical")
    page = browser_of(c.amara).post(f"/training/{module.ref}/", {"seen": 1})
    assert words_of(page).count("Choose one.") >= 2
    assert not Completion.objects.exists()


# --- parts of one's own


def test_an_own_part_is_read_and_done(c):
    module = own_part(c)
    client = browser_of(c.amara)
    assert "Book them early." in words_of(client.get(f"/training/{module.ref}/"))
    client.post(f"/training/{module.ref}/", {"seen": 1})
    assert Completion.objects.get().membership == c.amara.membership


def test_what_is_offered_holds_nobody_up(c):
    own_part(c, mentors="optional")
    assert lacks(c.amara) == []
    assert "Our rooms" in words_of(browser_of(c.amara).get("/training/"))
    assert "Our rooms" not in words_of(browser_of(c.ben).get("/training/"))


def test_a_part_has_a_text_or_a_link(c):
    given = {"title": "Empty", "minutes": 5, "mentors": "required", "mentees": "none"}
    page = browser_of(c.carys).post("/training/put-together/add/", given)
    assert "Write a text, or give a link or a file below." in words_of(page)
    assert not Module.objects.exists()


@pytest.mark.both
def test_the_database_refuses_an_empty_part_and_a_shipped_one_twice(c):
    home = c.carys.organisation
    Module.objects.create(organisation=home, title="First", source="core/what-mentoring-is")
    for wrong in ({"source": "core/what-mentoring-is"}, {}, {"text": "Yes", "asked_from": 2}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Module.objects.create(organisation=home, title="Wrong", **wrong)


# --- changed, taken out, expired


def test_a_part_that_is_taken_out_while_somebody_is_in_it_is_no_longer_asked(c):
    module = own_part(c)
    client = browser_of(c.amara)
    client.get(f"/training/{module.ref}/")
    browser_of(c.carys).post(f"/training/put-together/{module.ref}/take-out/")
    page = client.post(f"/training/{module.ref}/", {"seen": 1})
    assert "It is no longer asked of" in words_of(page)
    assert lacks(c.amara) == []
    with pytest.raises(NotPossible, match="taken out of the training while you were in it"):
        training.complete(module, {}, seen=1, by=c.amara)
    assert not Completion.objects.exists()


def test_a_part_that_is_changed_while_somebody_is_in_it_is_shown_anew(c):
    module = own_part(c)
    words = OWN | {"text": "Book them a week ahead."}
    training.change_module(module, training.Wanted("required", "none", None, words), seen=1, by=c.carys)
    client = browser_of(c.amara)
    page = client.post(f"/training/{module.ref}/", {"seen": 1})
    assert "This part was changed while you were in it." in words_of(page)
    assert "Book them a week ahead." in words_of(page)
    client.post(f"/training/{module.ref}/", {"seen": 2})
    assert lacks(c.amara) == []


@pytest.mark.parametrize(("again", "left"), [(True, ["training"]), (False, [])])
def test_a_change_asks_again_only_where_it_matters(c, again, left):
    module = own_part(c)
    do(c.amara, module)
    words = OWN | {"text": "Book them a week ahead."}
    training.change_module(module, training.Wanted("required", "none", None, words, again), seen=1, by=c.carys)
    assert lacks(c.amara) == left


def test_two_who_change_a_part_at_once_lose_nothing(c):
    module = own_part(c)
    words = OWN | {"text": "First."}
    training.change_module(module, training.Wanted("required", "none", None, words), seen=1, by=c.carys)
    given = OWN | {"text": "Second.", "mentors": "required", "mentees": "none", "seen": 1}
    page = browser_of(c.carys).post(f"/training/put-together/{module.ref}/", given)
    assert "Somebody has changed this part a moment ago." in words_of(page)
    assert "Second." in words_of(page)
    module.refresh_from_db()
    assert module.text == "First."


@pytest.mark.both
def test_what_has_expired_is_to_be_done_again(c):
    module = own_part(c, valid_months=12)
    with clock.set_to(DAY):
        do(c.amara, module)
        assert lacks(c.amara) == []
    with clock.set_to(DAY.replace(year=2027, day=11)):
        assert lacks(c.amara) == ["training"]
        assert "You have done this before." in words_of(browser_of(c.amara).get(f"/training/{module.ref}/"))
        assert do(c.amara, module).until == date(2028, 9, 11)
        assert lacks(c.amara) == []
    assert Completion.objects.count() == 1


def test_a_pair_that_waited_for_training_begins_when_it_is_done_or_no_longer_asked(c):
    module = own_part(c)
    set_rule(c.programme, Wanted(["training"], [], holds_pairs=True), by=c.carys)
    for actor in (c.amara, c.ben):
        relationships.accept(c.pair(actor), by=actor)
    c.relationship.refresh_from_db()
    assert c.relationship.stage == "prepare"
    training.retire(module, by=c.carys)
    c.relationship.refresh_from_db()
    assert c.relationship.stage == "connect"


# --- who


def test_only_coordinators_put_it_together(c):
    module = own_part(c)
    pages = ["", "add/", f"{module.ref}/", f"{module.ref}/take-out/"]
    for actor in (c.amara, c.ben, c.elin):
        assert {browser_of(actor).get(f"/training/put-together/{page}").status_code for page in pages} == {404}
    assert {browser_of(c.carys).get(f"/training/put-together/{page}").status_code for page in pages} == {200}


def test_another_organisation_finds_no_part_of_it(c):
    module = own_part(c)
    other = people.member("Bronagh Kelly", people.organisation("Harbour Trust"), "coordinator")
    for page in (f"/training/{module.ref}/", f"/training/put-together/{module.ref}/"):
        assert browser_of(other).get(page).status_code == 404


def test_who_has_done_what_is_read_by_them_and_their_coordinators(c):
    do(c.amara, own_part(c))
    seen = [completions_visible_to(actor).exists() for actor in (c.amara, c.carys, c.ben, c.elin)]
    assert seen == [True, True, False, False]
    assert AuditEntry.objects.filter(name="training.completed").count() == 1


def test_the_page_asks_no_more_with_many_parts(c):
    own_part(c)
    few = len(queries_of(browser_of(c.amara), "/training/"))
    for _part in range(9):
        own_part(c)
    assert len(queries_of(browser_of(c.amara), "/training/")) == few <= 8
