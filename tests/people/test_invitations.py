"""How often somebody is invited, who is left out, and what stays of the links."""

from datetime import timedelta

import pytest
from django.urls import reverse

from alongside.foundation import clock
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.models import Invitation, Membership
from alongside.foundation.notifications.models import Mail
from alongside.organisations.queries.notice import current
from alongside.people import actions
from tests import cast
from tests.races import at_once
from tests.visits import words_of

pytestmark = pytest.mark.django_db
MORNING = "2026-11-25 09:00:00+00:00"


@pytest.fixture
def person(northgate, carys):
    def add(name):
        address = f"{name.split()[0].lower()}@northgate.example"
        return actions.add_person(organisation=northgate, by=carys, name=name, work_address=address)

    return add


@pytest.fixture
def ben(person):
    return person("Ben Thomas")


def post(as_, carys, *people):
    data = {"person": [person.ref for person in people]}
    return words_of(as_(carys).post(reverse("people:invite"), data, follow=True))


def invited(*people):
    """Mails so far, person by person."""
    return [Mail.objects.filter(kind="membership.invitation", about_ref=person.ref).count() for person in people]


# --- how often


def test_somebody_invited_twice_within_the_hour_gets_one_mail_and_the_page_says_when_again(
    as_, carys, ben, time_machine
):
    time_machine.move_to(MORNING, tick=False)
    assert "1 person is invited." in post(as_, carys, ben)
    time_machine.move_to("2026-11-25 09:20:00+00:00", tick=False)
    page = post(as_, carys, ben)
    assert "1 person was left out, because they were invited not long ago: Ben Thomas (again from 10:00)." in page
    assert "is invited." not in page
    assert invited(ben) == [1]
    time_machine.move_to("2026-11-25 10:00:00+00:00", tick=False)
    assert "1 person is invited." in post(as_, carys, ben)
    assert invited(ben) == [2]


def test_a_fourth_invitation_waits_until_the_next_day_and_names_it(as_, carys, ben, time_machine):
    for hour in ("09", "12", "15"):
        time_machine.move_to(f"2026-11-25 {hour}:00:00+00:00", tick=False)
        post(as_, carys, ben)
    time_machine.move_to("2026-11-25 20:00:00+00:00", tick=False)
    assert "Ben Thomas (again from Thursday 26 November, 09:00)" in post(as_, carys, ben)
    assert invited(ben) == [3]


def test_in_bulk_whoever_was_invited_lately_is_left_out_and_the_others_are_not(as_, carys, person, time_machine):
    time_machine.move_to(MORNING, tick=False)
    early = [person(f"{name} Early") for name in ("Ann", "Bea", "Cai", "Dot", "Eve", "Fay", "Gus")]
    ben, elin = person("Ben Thomas"), person("Elin Berg")
    actions.invite(early, by=carys)
    time_machine.move_to("2026-11-25 09:30:00+00:00", tick=False)
    page = post(as_, carys, *early, ben, elin)
    assert "2 people are invited." in page
    assert "7 people were left out, because they were invited not long ago: Ann Early (again from 10:00)," in page
    assert "Eve Early (again from 10:00), 2 more." in page
    assert invited(*early, ben, elin) == [1] * 9
    newest = AuditEntry.objects.filter(name="people.invited").latest("position")
    assert newest.codes == {"count": 2, "left_out": 7}


def test_the_page_says_before_it_sends_who_is_left_out(as_, carys, person, time_machine):
    time_machine.move_to(MORNING, tick=False)
    ben, elin = person("Ben Thomas"), person("Elin Berg")
    actions.invite([ben], by=carys)
    page = words_of(as_(carys).get(reverse("people:invite"), {"person": [ben.ref, elin.ref]}))
    assert "Invite 1 person" in page
    assert "Left out for now" in page
    assert "Again from 10:00" in page
    alone = words_of(as_(carys).get(reverse("people:invite"), {"person": ben.ref}))
    assert "Nobody can be invited just now" in alone
    assert 'method="post" action="/people/invite/"' not in alone


def test_ones_own_page_says_why_the_button_rests(as_, carys, ben, time_machine):
    time_machine.move_to(MORNING, tick=False)
    url = reverse("people:person", args=[ben.ref])
    assert "Invited not long ago" not in words_of(as_(carys).get(url))
    actions.invite([ben], by=carys)
    assert "Invited not long ago; again from 10:00." in words_of(as_(carys).get(url))
    time_machine.move_to("2026-11-25 10:00:00+00:00", tick=False)
    assert "Invited not long ago" not in words_of(as_(carys).get(url))


def test_leaving_and_coming_back_does_not_begin_the_count_anew(carys, ben):
    actions.invite([ben], by=carys)
    identity.suspend(ben, by=carys)
    identity.restore(ben, by=carys)
    with pytest.raises(NotPossible, match="invited not long ago"):
        actions.invite([Membership.objects.get(pk=ben.pk)], by=carys)


def test_another_coordinator_does_not_have_a_count_of_their_own(as_, carys, ben, northgate):
    actions.invite([ben], by=carys)
    assert "1 person was left out" in post(as_, cast.member("Iris Holm", northgate, "administrator"), ben)
    assert invited(ben) == [1]


@pytest.mark.parametrize(
    "back",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "///evil.example", "javascript:alert(1)", "people"],
)
def test_nobody_is_led_away_from_here_by_an_invitation(as_, carys, ben, back):
    sent = {"person": ben.ref, "back": back}
    shown = words_of(as_(carys).post(reverse("people:invite"), {**sent, "look": "1"}))
    assert 'name="back" value="/people/"' in shown
    assert as_(carys).post(reverse("people:invite"), sent).url == "/people/"


def test_the_page_asks_the_same_for_many(as_, carys, person, django_assert_max_num_queries):
    people = [person(f"Person{number} Thomas") for number in range(30)]
    actions.invite(people[:15], by=carys)
    client = as_(carys)
    client.get(reverse("people:invite"), {"person": people[0].ref})
    for some in (people[12:18], people):
        with django_assert_max_num_queries(8):
            client.get(reverse("people:invite"), {"person": [held.ref for held in some]})


def test_what_was_made_long_ago_does_not_heap_up(carys, ben, time_machine):
    for day in range(1, 6):
        time_machine.move_to(f"2026-11-{day:02} 09:00:00+00:00", tick=False)
        actions.invite([ben], by=carys)
    assert Invitation.objects.filter(membership=ben).count() == 1


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_many_who_invite_at_once_send_one_mail(rounds, carys, person):
    for number in range(rounds):
        ben, elin = person(f"Ben{number} Thomas"), person(f"Elin{number} Berg")
        orders = [[ben, elin], [elin, ben], [ben, elin], [elin, ben]]
        refused = at_once(*(lambda order=order: actions.invite(order, by=carys) for order in orders))
        assert len(refused) == 3
        assert invited(ben, elin) == [1, 1]
        assert Invitation.objects.filter(membership__in=[ben, elin]).count() == 2


# --- what stays of a link


@pytest.fixture
def kept(settings):
    """Mails stay in the outbox: no server is set."""
    settings.MAIL_URL, settings.SHOW_MAIL = "", False


def texts(person):
    """Body and HTML of each invitation, oldest first; the mail goes out to nobody once they are blank."""
    mails = Mail.objects.filter(about_ref=person.ref).order_by("pk")
    assert {(mail.state, mail.trouble) for mail in mails if not mail.body} <= {("failed", "not_needed")}
    return [(bool(mail.body), bool(mail.html)) for mail in mails]


def later():
    return clock.set_to(clock.now() + timedelta(hours=2))


@pytest.mark.both
def test_a_replaced_link_cannot_be_read_any_more(kept, carys, ben):
    actions.invite([ben], by=carys)
    assert texts(ben) == [(True, True)]
    with later():
        actions.invite([ben], by=carys)
    assert texts(ben) == [(False, False), (True, True)]


@pytest.mark.both
def test_a_used_link_cannot_be_read_any_more_and_others_stay(kept, carys, ben, person):
    elin = person("Elin Berg")
    actions.invite([ben, elin], by=carys)
    token = Mail.objects.get(about_ref=ben.ref).body.split("/join/")[1].split("/")[0]
    invitation, notice = identity.find_invitation(token), current(ben.organisation)
    actions.set_up_account(invitation, name="Ben Thomas", known_as="", password=cast.PASSWORD, notice=notice)
    assert (texts(ben), texts(elin)) == ([(False, False)], [(True, True)])
    assert not Mail.objects.filter(body__contains=token).exists()
    assert not Mail.objects.filter(html__contains=token).exists()


@pytest.mark.parametrize("change", [identity.suspend, identity.leave])
def test_a_link_that_was_ended_cannot_be_read_any_more(kept, carys, ben, change):
    actions.invite([ben], by=carys)
    for _ in range(2):
        change(ben, by=carys)
        assert texts(ben) == [(False, False)]


def test_where_mails_are_shown_a_used_link_is_gone_from_the_page(settings, carys, ben, client):
    settings.MAIL_URL, settings.SHOW_MAIL = "", True
    actions.invite([ben], by=carys)
    mail = Mail.objects.get(about_ref=ben.ref)
    assert "/join/" in words_of(client.get(f"/mails/{mail.ref}/"))
    token = mail.body.split("/join/")[1].split("/")[0]
    invitation, notice = identity.find_invitation(token), current(ben.organisation)
    actions.set_up_account(invitation, name="Ben Thomas", known_as="", password=cast.PASSWORD, notice=notice)
    assert token not in words_of(client.get(f"/mails/{mail.ref}/"))
