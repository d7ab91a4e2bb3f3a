"""From the invitation to a first page."""

import re

import pytest
from django.urls import reverse

from alongside.foundation.identity.models import Account, Membership
from alongside.foundation.notifications.models import Mail
from alongside.people import actions
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def ben(northgate, carys):
    return actions.add_person(organisation=northgate, by=carys, name="Ben Thomas", work_address="ben@northgate.example")


def link(person="ben@northgate.example"):
    mail = Mail.objects.filter(to_address=person).latest("pk")
    return re.search(r"/join/[\w-]+/", mail.body)[0]


def answers(client, path, **changes):
    """What the form of an invitation sends: with the version of the privacy notice that stands on its page."""
    notice = re.search(r'name="notice" value="(\w*)"', client.get(path).content.decode())
    return {**ANSWERS, "notice": notice[1] if notice else "", **changes}


def invite(as_, carys, *people):
    return as_(carys).post(reverse("people:invite"), {"person": [person.ref for person in people]})


ANSWERS = {"name": "Ben Thomas", "known_as": "Benny", "how": "password", "password": "lighthouse keeper 42"}


def test_the_invitation_says_how_many_it_reaches_before_it_goes(as_, carys, ben):
    words = as_(carys).get(reverse("people:invite"), {"person": ben.ref}).content.decode()
    assert "Invite 1 person" in words
    assert not Mail.objects.exists()


def test_an_invited_person_has_an_account_in_one_form_and_is_signed_in(as_, carys, ben, client):
    invite(as_, carys, ben)
    client.logout()
    path = link()
    words = client.get(path).content.decode()
    assert "Northgate Health" in words
    assert 'value="Ben Thomas"' in words

    answer = client.post(path, answers(client, path))
    assert (answer.status_code, answer.url) == (302, "/")
    ben.refresh_from_db()
    assert (ben.state, ben.known_as, ben.account.email) == ("active", "Benny", "ben@northgate.example")
    assert ben.account.check_password("lighthouse keeper 42")
    assert client.get(reverse("people:own_profile")).status_code == 200


def test_a_link_works_once(as_, carys, ben, client):
    invite(as_, carys, ben)
    client.logout()
    path = link()
    client.post(path, answers(client, path))
    client.logout()
    answer = client.get(path)
    assert answer.status_code == 404
    assert "This link does not work any more" in answer.content.decode()


def test_a_newer_link_takes_the_place_of_the_older(as_, carys, ben, client, time_machine):
    time_machine.move_to("2026-11-02 09:00:00+00:00")
    invite(as_, carys, ben)
    first = link()
    time_machine.move_to("2026-11-02 11:00:00+00:00")
    invite(as_, carys, ben)
    client.logout()
    assert client.get(first).status_code == 404
    assert client.get(link()).status_code == 200


def test_a_link_is_over_after_fourteen_days(as_, carys, ben, client, time_machine):
    time_machine.move_to("2026-11-02 09:00:00+00:00")
    invite(as_, carys, ben)
    client.logout()
    path = link()
    time_machine.move_to("2026-11-16 08:59:00+00:00")
    assert client.get(path).status_code == 200
    time_machine.move_to("2026-11-16 09:01:00+00:00")
    assert client.get(path).status_code == 404


def test_an_address_with_an_account_signs_in_first_and_joins_with_it(as_, carys, ben, client):
    riverside = cast.organisation("Riverside", "Rita Summer")
    elsewhere = cast.member("Ben Thomas", riverside)
    Account.objects.filter(pk=elsewhere.account.pk).update(email="ben@northgate.example")
    invite(as_, carys, ben)
    client.logout()
    path = link()
    words = client.get(path).content.decode()
    assert f"{reverse('account_login')}?next={path}" in words
    client.post(path, answers(client, path))
    assert Membership.objects.get(pk=ben.pk).account is None

    client = as_(elsewhere)
    assert "will use the same account for both" in client.get(path).content.decode()
    assert client.post(path, answers(client, path)).url == "/"
    assert Membership.objects.get(pk=ben.pk).account == elsewhere.account
    assert Account.objects.filter(email="ben@northgate.example").count() == 1


def test_a_weak_password_is_refused_and_nothing_happens(as_, carys, ben, client):
    invite(as_, carys, ben)
    client.logout()
    for password in ("", "short", "ben@northgate.example"):
        answer = client.post(link(), answers(client, link(), password=password))
        assert answer.status_code == 200
        assert "has-error" in answer.content.decode()
    assert not Account.objects.filter(email="ben@northgate.example").exists()


def test_whoever_wants_codes_needs_no_password(as_, carys, ben, client, settings):
    settings.MAIL_URL = "smtp://localhost:1"
    invite(as_, carys, ben)
    client.logout()
    client.post(link(), answers(client, link(), how="code", password=""))
    assert not Account.objects.get(email="ben@northgate.example").has_usable_password()


def test_without_mail_a_code_is_not_offered(as_, carys, ben, client, settings):
    settings.MAIL_URL, settings.SHOW_MAIL = "", False
    invite(as_, carys, ben)
    client.logout()
    assert "code that is mailed" not in client.get(link()).content.decode()
    client.post(link(), answers(client, link(), how="code", password=""))
    assert not Account.objects.filter(email="ben@northgate.example").exists()


def test_nobody_is_invited_by_somebody_without_the_right(as_, elin, ben):
    assert invite(as_, elin, ben).status_code == 404
    assert not Mail.objects.exists()


def test_people_of_another_organisation_are_not_invited(as_, carys):
    riverside = cast.first_administrator("Riverside", "Rita Summer")
    stranger = actions.add_person(
        organisation=riverside.organisation, by=riverside, name="Stranger", work_address="s@riverside.example"
    )
    invite(as_, carys, stranger)
    assert not Mail.objects.exists()
    stranger.refresh_from_db()
    assert stranger.state == "listed"
