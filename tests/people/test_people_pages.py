"""The list of people, a person's page, one's own profile, adding by hand."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.foundation.identity.models import Membership
from alongside.foundation.ui.paging import LongPaginator
from alongside.people import actions, queries
from alongside.people.models import Link, Profile, Skill
from alongside.people.policy import is_oneself, manages_people
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward(northgate, carys):
    """Three people on a ward."""
    return [
        actions.add_person(organisation=northgate, by=carys, name=name, work_address=address, **facts)
        for name, address, facts in (
            (
                "Amara Okafor",
                "amara@northgate.example",
                {"job_title": "Ward lead", "department": "Acute", "site": "Riverside"},
            ),
            ("Ben Thomas", "ben@northgate.example", {"job_title": "Nurse", "department": "Acute", "site": "Remote"}),
            ("Zoë Núñez", "zoe@northgate.example", {"job_title": "Analyst", "department": "Digital"}),
        )
    ]


def listed(client, **query):
    answer = client.get(reverse("people:people"), query)
    return [person.name for person in answer.context["page"].object_list]


def test_people_are_searched_filtered_and_sorted(as_, carys, ward):
    client = as_(carys)
    everybody = ["Ada Winter", "Amara Okafor", "Ben Thomas", "Carys Llewellyn", "Zoë Núñez"]
    assert listed(client) == everybody
    assert listed(client, sort="-name") == everybody[::-1]
    assert listed(client, q="nun zo") == ["Zoë Núñez"]
    assert listed(client, department="Acute") == ["Amara Okafor", "Ben Thomas"]
    assert listed(client, site="Remote") == ["Ben Thomas"]
    assert listed(client, state="active") == ["Ada Winter", "Carys Llewellyn"]
    actions.change_profile(ward[2], by=carys, offered=["Data analysis"])
    assert listed(client, skill="Data analysis") == ["Zoë Núñez"]
    assert listed(client, q="data anal") == ["Zoë Núñez"]
    assert listed(client, q="nobody") == []


def test_a_list_of_tens_of_thousands_is_counted_so_far_and_says_that_it_goes_on(as_, carys, ward, monkeypatch):
    monkeypatch.setattr(LongPaginator, "most", 4)
    page = " ".join(as_(carys).get(reverse("people:people")).content.decode().split())
    assert "<span>More than 4 people</span>" in page
    assert "1 to 4 of more than 4<br>The list goes on. Search or filter it to find the others." in page
    assert "Zoë Núñez" not in page


def test_a_list_that_is_just_as_long_as_is_counted_is_all_there(as_, carys, ward, monkeypatch):
    monkeypatch.setattr(LongPaginator, "most", 5)
    page = " ".join(as_(carys).get(reverse("people:people")).content.decode().split())
    assert "<span>5 people</span>" in page
    assert "5 in all" in page


def test_fifty_stand_on_a_page_and_the_queries_stay_the_same(as_, carys, northgate, ward):
    client = as_(carys)
    few = _queries(client)
    for number in range(60):
        actions.add_person(organisation=northgate, by=carys, name=f"Nobody {number:02}", employee_number=f"X{number}")
    assert _queries(client) == few
    page = client.get(reverse("people:people")).context["page"]
    assert (len(page.object_list), page.paginator.count) == (50, 65)


def _queries(client):
    with CaptureQueriesContext(connection) as caught:
        client.get(reverse("people:people"))
    return len(caught)


def test_an_empty_list_says_what_to_do(as_, carys, ward):
    client = as_(carys)
    assert "Widen your search" in client.get(reverse("people:people"), {"q": "nobody"}).content.decode()


def test_adding_by_hand_refuses_an_address_that_somebody_has(as_, carys, ward):
    client = as_(carys)
    answer = client.post(reverse("people:add"), {"name": "Ben Again", "work_address": "BEN@northgate.example"})
    assert "Somebody with this e-mail address is listed already." in answer.content.decode()
    answer = client.post(reverse("people:add"), {"name": "Elin Berg"})
    assert "Enter an e-mail address or an employee number." in answer.content.decode()
    answer = client.post(reverse("people:add"), {"name": "Elin Berg", "employee_number": "N9", "site": "Remote"})
    elin = Membership.objects.get(name="Elin Berg")
    assert answer.url == reverse("people:person", args=[elin.ref])
    assert Profile.objects.get(membership=elin).site == "Remote"


def test_a_person_without_a_role_sees_only_themselves(as_, carys, elin, ward):
    client = as_(elin)
    assert client.get(reverse("people:people")).status_code == 404
    assert client.get(reverse("people:add")).status_code == 404
    assert client.get(reverse("people:person", args=[ward[0].ref])).status_code == 404
    assert client.get(reverse("people:person", args=[elin.ref])).status_code == 200


def test_who_is_visible_is_what_the_policy_says(northgate, carys, elin, ward):
    administrator = cast.member("Ines Admin", northgate, "administrator")
    other = cast.member("Olga Elsewhere", cast.organisation("Riverside", "Rita Summer"), "coordinator")
    everybody = list(Membership.objects.all())
    for actor in (carys, elin, administrator, other):
        allowed = {held.pk for held in everybody if is_oneself(actor, held) or manages_people(actor, held)}
        assert set(queries.visible_to(actor).values_list("pk", flat=True)) == allowed


def test_a_skill_is_one_word_of_the_vocabulary_however_it_is_written(northgate, carys, elin, ward):
    actions.change_profile(ward[0], by=carys, offered=["Project Management"])
    actions.change_profile(ward[1], by=carys, wanted=["project   management"])
    assert [skill.name for skill in Skill.objects.filter(organisation=northgate)] == ["Project Management"]
    actions.change_profile(ward[0], by=carys, offered=[])
    assert queries.skills_of(ward[0], "offered") == []
    assert queries.skills_of(ward[1], "wanted") == ["Project Management"]


def test_a_new_line_manager_takes_the_place_of_the_old_one(carys, ward):
    amara, ben, zoe = ward
    actions.set_manager(ben, amara, by=carys)
    actions.set_manager(ben, zoe, by=carys)
    actions.set_manager(ben, zoe, by=carys)
    assert list(queries.managers(ben)) == [zoe]
    assert list(queries.managed_by(amara)) == []
    assert Link.objects.count() == 2
    with pytest.raises(actions.people.NotPossible, match="Nobody is their own line manager"):
        actions.set_manager(ben, ben, by=carys)


def test_who_is_left_out_of_profiles_gets_one_when_the_organisation_is_set_up(northgate):
    assert Profile.objects.filter(membership__name="Ada Winter").exists()
