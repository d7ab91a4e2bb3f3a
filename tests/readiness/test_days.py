"""Parts of the training that people meet for: days, seats, who was there."""

from datetime import UTC, date, datetime, timedelta

import pytest

from alongside.foundation import clock
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.models import Membership
from alongside.foundation.notifications.models import Mail
from alongside.readiness.actions import Wanted, days, set_rule, training
from alongside.readiness.models import Completion, Module, TrainingAttendance, TrainingDay
from alongside.readiness.queries.days import attendances_visible_to
from alongside.relationships import actions as relationships
from tests import cast as people
from tests.readiness.test_training import lacks
from tests.visits import browser_of, queries_of, words_of

NOW = datetime(2026, 9, 10, 12, tzinfo=UTC)
WHEN = datetime(2026, 9, 20, 13, tzinfo=UTC)
AFTER = WHEN + timedelta(hours=3)


@pytest.fixture(autouse=True)
def _now():
    with clock.set_to(NOW):
        yield


@pytest.fixture
def part(c) -> Module:
    """A workshop that is required of mentors and holds for a year."""
    words = {"title": "Listening, practised", "minutes": 120, "is_met": True}
    return training.add_module(training.Wanted("required", "none", 12, words), by=c.carys)


def set_for(c, part, seats: int | None = None, place: str = "Linen store") -> TrainingDay:
    return days.set_day(part, days.Set(WHEN, 120, place, seats), by=c.carys)


def page(day: TrainingDay, more: str = "") -> str:
    return f"/training/put-together/{day.module.ref}/days/{day.ref}/{more}"


# --- coming


def test_a_mentor_chooses_a_day_was_there_and_is_ready(c, part):
    day = set_for(c, part)
    client = browser_of(c.amara)
    assert "Linen store" in words_of(client.get(f"/training/{part.ref}/"))
    said = client.post(f"/training/{part.ref}/days/{day.ref}/come/", follow=True)
    assert "You are on the list" in words_of(said)
    assert lacks(c.amara) == ["training"]
    with clock.set_to(AFTER):
        browser_of(c.carys).post(page(day), {"came": [c.amara.membership.ref]})
        assert lacks(c.amara) == []
    held = Completion.objects.get()
    assert (held.membership, held.until, held.day) == (c.amara.membership, date(2027, 9, 20), day)


def test_nobody_does_such_a_part_by_reading(c, part):
    with pytest.raises(NotPossible, match="done by being there"):
        training.complete(part, {}, seen=1, by=c.amara)


def test_a_seat_that_is_given_back_is_free(c, part):
    day = set_for(c, part, seats=1)
    days.come(day, by=c.amara)
    with pytest.raises(NotPossible, match="Every seat of this day is taken"):
        days.come(day, by=c.ben)
    browser_of(c.amara).post(f"/training/{part.ref}/days/{day.ref}/stay-away/")
    days.come(day, by=c.ben)
    assert [one.membership for one in TrainingAttendance.objects.all()] == [c.ben.membership]


def test_coming_twice_takes_one_seat(c, part):
    day = set_for(c, part, seats=2)
    for _time in range(2):
        days.come(day, by=c.amara)
    assert TrainingAttendance.objects.count() == 1


def test_a_day_that_has_begun_cannot_be_chosen(c, part):
    day = set_for(c, part)
    with clock.set_to(AFTER):
        said = browser_of(c.amara).post(f"/training/{part.ref}/days/{day.ref}/come/", follow=True)
    assert "This day has begun already. Choose another." in words_of(said)


# --- setting, moving, calling off


def test_a_day_is_set_on_the_clock_of_the_organisation(c, part):
    given = {"day": "2026-09-20", "at": "14:00", "minutes": "120", "place": "Linen store"}
    browser_of(c.carys).post(f"/training/put-together/{part.ref}/days/", given)
    assert TrainingDay.objects.get().starts_at == WHEN  # an hour before, in Greenwich


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"day": "2027-03-28", "at": "01:30"}, "this time does not exist"),
        ({"day": "2026-09-09"}, "Choose a time that is still to come."),
        ({"place": ""}, "Fill this in."),
        ({"seats": "0"}, "1"),
    ],
)
def test_a_day_that_cannot_be_is_refused_beside_its_field(c, part, wrong, words):
    given = {"day": "2026-09-20", "at": "14:00", "minutes": "120", "place": "Linen store"} | wrong
    said = browser_of(c.carys).post(f"/training/put-together/{part.ref}/days/", given)
    assert words in words_of(said)
    assert not TrainingDay.objects.exists()


def test_whoever_comes_hears_that_a_day_was_moved(c, part):
    day = set_for(c, part)
    days.come(day, by=c.amara)
    days.move_day(day, days.Set(WHEN, 120, "Linen store", 5), by=c.carys)  # more seats are nobody's news
    days.move_day(day, days.Set(WHEN, 120, "Chapel", 5), by=c.carys)
    assert [(one.kind, one.to_account) for one in Mail.objects.filter(kind__startswith="training_day")] == [
        ("training_day.moved", c.amara.account)
    ]


def test_fewer_seats_than_people_are_refused(c, part):
    day = set_for(c, part)
    for actor in (c.amara, c.ben):
        days.come(day, by=actor)
    given = {"day": "2026-09-20", "at": "14:00", "minutes": "120", "place": "Linen store", "seats": "1"}
    said = browser_of(c.carys).post(page(day, "change/"), given)
    assert "More people are coming than that." in words_of(said)


def test_a_day_is_called_off_once_and_its_people_hear_of_it(c, part):
    day = set_for(c, part)
    days.come(day, by=c.amara)
    client = browser_of(c.carys)
    assert "cannot be brought back" in words_of(client.get(page(day, "call-off/")))
    for _time in range(2):
        client.post(page(day, "call-off/"))
    assert Mail.objects.filter(kind="training_day.called_off").count() == 1
    assert "Called off" in words_of(browser_of(c.amara).get(f"/training/{part.ref}/"))
    assert "Linen store" not in words_of(browser_of(c.ben).get(f"/training/{part.ref}/"))


# --- who was there


def test_a_tick_that_was_wrong_is_taken_back(c, part):
    day = set_for(c, part)
    days.come(day, by=c.amara)
    with clock.set_to(AFTER):
        days.record(day, [c.amara.membership], by=c.carys)
        days.record(day, [], by=c.carys)
        assert lacks(c.amara) == ["training"]
    assert TrainingAttendance.objects.get().came is False


def test_what_was_done_on_another_day_stays(c, part):
    first, second = set_for(c, part), set_for(c, part, place="Chapel")
    for day in (first, second):
        days.expect(day, c.amara.membership, by=c.carys)
    with clock.set_to(AFTER):
        days.record(first, [c.amara.membership], by=c.carys)
        days.record(second, [], by=c.carys)
        assert lacks(c.amara) == []


def test_nobody_was_there_before_the_day(c, part):
    day = set_for(c, part)
    with pytest.raises(NotPossible, match="once the day has begun"):
        days.record(day, [c.amara.membership], by=c.carys)


@pytest.mark.parametrize("by_name", [True, False])
def test_somebody_who_came_unannounced_is_added_by_name_or_address(c, part, by_name):
    day = set_for(c, part)
    who = "amara okafor" if by_name else c.amara.membership.work_address.upper()
    browser_of(c.carys).post(page(day, "expect/"), {"who": who})
    assert TrainingAttendance.objects.get().membership == c.amara.membership


def test_a_name_that_nobody_has_is_said_and_kept_in_the_field(c, part):
    day = set_for(c, part)
    said = browser_of(c.carys).post(page(day, "expect/"), {"who": "Amara Okafar"})
    assert "Nobody in your programmes has this address or name." in words_of(said)
    assert 'value="Amara Okafar"' in said.content.decode()


def test_a_name_that_two_have_asks_for_the_address(c, part):
    people.takes_part(c.programme, c.elin, "mentee", c.carys)
    Membership.objects.filter(pk=c.elin.membership.pk).update(name="Amara Okafor")
    said = browser_of(c.carys).post(page(set_for(c, part), "expect/"), {"who": "Amara Okafor"})
    assert "Several people have this name." in words_of(said)


def test_a_pair_that_waited_begins_when_its_mentor_was_there(c, part):
    set_rule(c.programme, Wanted(["training"], [], holds_pairs=True), by=c.carys)
    for actor in (c.amara, c.ben):
        relationships.accept(c.pair(actor), by=actor)
    day = set_for(c, part)
    days.come(day, by=c.amara)
    with clock.set_to(AFTER):
        days.record(day, [c.amara.membership], by=c.carys)
    c.relationship.refresh_from_db()
    assert c.relationship.stage == "connect"


# --- who reads it


def test_the_list_is_read_by_coordinators_and_each_line_by_whom_it_is_about(c, part):
    days.come(set_for(c, part), by=c.amara)
    seen = [attendances_visible_to(actor).exists() for actor in (c.amara, c.carys, c.ben, c.elin)]
    assert seen == [True, True, False, False]


def test_a_coordinator_of_another_programme_sees_a_number_and_changes_nothing_of_it(c, part):
    iris = people.member("Iris Holm", c.carys.organisation, "coordinator")
    people.programme(iris, "Another programme", launched=True)
    day = set_for(c, part)
    days.come(day, by=c.amara)
    assert "1 more is of another programme" in " ".join(words_of(browser_of(iris).get(page(day))).split())
    with clock.set_to(AFTER):
        days.record(day, [c.amara.membership], by=c.carys)
        days.record(day, [], by=iris)
        assert lacks(c.amara) == []
    assert not attendances_visible_to(iris).exists()


def test_only_coordinators_set_days(c, part):
    day = set_for(c, part)
    for actor in (c.amara, c.elin):
        client = browser_of(actor)
        found = {client.get(page(day, more)).status_code for more in ("", "change/", "call-off/")}
        assert found == {404}
        assert client.post(page(day, "expect/"), {"who": "Ben Thomas"}).status_code == 404


def test_another_organisation_finds_no_day_of_it(c, part):
    day = set_for(c, part)
    other = people.member("Bronagh Kelly", people.organisation("Harbour Trust"), "coordinator")
    assert browser_of(other).get(page(day)).status_code == 404
    assert browser_of(other).post(f"/training/{part.ref}/days/{day.ref}/come/").status_code == 404


def test_the_list_asks_no_more_with_many_people(c, part):
    day = set_for(c, part)
    days.come(day, by=c.amara)
    client = browser_of(c.carys)
    few = len(queries_of(client, page(day)))
    for number in range(9):
        days.expect(day, people.member(f"Somebody {number}", c.carys.organisation).membership, by=c.carys)
    assert len(queries_of(client, page(day))) == few <= 10
