"""Whoever waits for a partner: since when, who looks, what they can do meanwhile, and news every fortnight."""

from datetime import UTC, date, datetime, timedelta

import pytest

from alongside.foundation import clock, hooks
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actors import SYSTEM
from alongside.foundation.notifications.models import Mail
from alongside.people import actions as people
from alongside.people.terms import ProfilePart
from alongside.programmes.models import Participation, Programme
from alongside.relationships import actions, queries, rules
from alongside.relationships.queries import waiting
from alongside.relationships.terms import Ending
from tests import cast
from tests.visits import browser_of, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.both]
BEGAN = datetime(2026, 10, 5, 9, tzinfo=UTC)


@pytest.fixture
def c():
    with clock.set_to(BEGAN):
        made = cast.pair()
    Programme.objects.update(launched_at=BEGAN)
    return made


def comes(c, name, part, at=BEGAN):
    actor = cast.member(name, c.carys.organisation)
    with clock.set_to(at):
        return actor, cast.takes_part(c.programme, actor, part, c.carys)


def after(days):
    return clock.set_to(BEGAN + timedelta(days=days))


def mails() -> list[str]:
    return list(Mail.objects.filter(kind="relationship.waiting").order_by("pk").values_list("to_address", flat=True))


@pytest.mark.parametrize(
    ("day", "number", "by"), [(5, 0, 19), (18, 0, 19), (19, 1, 33), (32, 1, 33), (33, 2, 47), (1, 0, 19)]
)
def test_news_comes_every_fortnight(day, number, by):
    first, today = date(2026, 10, 5), date(2026, 10, 5) + timedelta(days=day - 5)
    assert rules.news_so_far(first, today) == number
    assert rules.next_news(first, today) == first + timedelta(days=by - 5)


def test_since_when_counts_from_what_came_last(c):
    noor, _taker = comes(c, "Noor Aziz", "mentee", BEGAN + timedelta(days=3))
    with after(10):
        (wait,) = waiting.of(noor)
        assert (wait.since, wait.news_by, wait.looks) == (date(2026, 10, 8), date(2026, 10, 22), ("Carys Llewellyn",))
        Programme.objects.update(launched_at=BEGAN + timedelta(days=5))
        assert waiting.of(noor)[0].since == date(2026, 10, 10)
    with after(20):
        actions.end(c.pair(c.ben), by=c.ben)
        assert waiting.of(c.ben)[0].since == date(2026, 10, 25)


def test_nobody_in_a_pair_and_no_mentee_who_has_completed_waits(c):
    assert waiting.of(c.ben) == []
    actions.withdraw_whole(c.relationship, by=SYSTEM)
    assert [wait.participation.part for wait in waiting.of(c.ben)] == ["mentee"]
    c.relationship.refresh_from_db()
    c.relationship.ending = Ending.COMPLETED
    c.relationship.save()
    assert waiting.of(c.ben) == []
    assert [wait.participation.part for wait in waiting.of(c.amara)] == ["mentor"]


def test_an_unfinished_profile_is_the_next_step_until_each_page_was_looked_at(c):
    noor, _taker = comes(c, "Noor Aziz", "mentee")

    def steps():
        return [(str(step.words), step.link) for step in hooks.next_steps.of(noor)]

    assert steps() == [("Fill in your profile", "/me/profile/about/")]
    people.say(ProfilePart.ABOUT, by=noor, headline="Here")
    assert steps() == [("Finish your profile", "/me/profile/offer/")]
    for part in ProfilePart:
        people.say(part, by=noor)
    assert steps() == []
    assert "Your profile is complete." in words_of(browser_of(noor).get("/"))


def test_a_mentor_who_pauses_reads_so_and_how_to_end_it(c):
    zoe, _taker = comes(c, "Zoe Young", "mentor")
    people.say_room(by=zoe, most=None, pause=people.PauseWanted(clock.today("Europe/London")))
    page = words_of(browser_of(zoe).get("/"))
    assert "You take nobody new at the moment." in page
    assert 'href="/me/profile/room/"' in page


def test_whoever_waits_gets_one_mail_a_fortnight_however_often_the_work_runs(c):
    noor, _taker = comes(c, "Noor Aziz", "mentee")
    with after(13):
        assert actions.tell_waiting() == 0
    for day, count in ((14, 1), (14, 1), (16, 1), (28, 2), (30, 2)):
        with after(day):
            actions.tell_waiting()
            assert mails() == [noor.account.email] * count, day
    mail = Mail.objects.filter(kind="relationship.waiting").first()
    assert mail.subject == "“Rising leaders”: we are still looking for a mentor for you"
    assert "Carys Llewellyn still looks for the right person" in mail.body


def test_news_that_was_missed_comes_within_the_week_and_not_later(c):
    comes(c, "Noor Aziz", "mentee")
    with after(22):
        assert actions.tell_waiting() == 0
    with after(20):
        assert actions.tell_waiting() == 1


def test_nobody_is_mailed_who_does_not_wait_has_not_joined_or_is_gone(c):
    comes(c, "Zoe Young", "mentor")
    listed = people.add_person(
        organisation=c.carys.organisation, by=c.carys, name="Wil Price", work_address="wil@northgate.example"
    )
    with clock.set_to(BEGAN):
        Participation.objects.create(programme=c.programme, membership=listed, part="mentee", since=BEGAN)
    marek, _taker = comes(c, "Marek Zielinski", "mentee")
    identity.suspend(marek.membership, by=c.carys)
    with after(14):
        assert actions.tell_waiting() == 0
    noor, _taker = comes(c, "Noor Aziz", "mentee")
    Programme.objects.update(state="closed")
    with after(14):
        assert actions.tell_waiting() == 0
    Programme.objects.update(state="running")
    with after(14):
        assert actions.tell_waiting() == 1
    assert mails() == [noor.account.email]


def test_a_proposal_ends_the_waiting(c):
    noor, taker = comes(c, "Noor Aziz", "mentee")
    mentor = Participation.objects.select_related("programme", "membership").get(membership=c.amara.membership)
    actions.propose(mentor, taker, by=c.carys)
    assert waiting.of(noor) == []
    with after(14):
        assert actions.tell_waiting() == 0
    assert len(queries.open_pairs(noor)) == 1
