"""Whoever is here and not in a file that holds everybody is proposed to leave; nobody leaves by itself."""

import pytest
from django.urls import reverse

from alongside.foundation import jobs
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import System
from alongside.foundation.identity.models import Membership
from alongside.foundation.jobs.models import Job
from alongside.people import actions
from alongside.people.models import RosterImport
from alongside.people.queries import leavers as reads
from alongside.people.roster.reading import read
from tests import cast

pytestmark = [pytest.mark.django_db]
HEADER = "Employee no,Name,Email,Role,Capacity"


def staged(organisation, *rows, by=None, programme="", everybody=True):
    table = read("\n".join([HEADER, *rows]).encode(), "people.csv")
    roster = actions.begin_import(table, organisation=organisation, by=by or System(organisation), programme=programme)
    actions.stage_roster(roster, table)
    if everybody:
        actions.say_everybody(roster, True, by=by or System(organisation))
    return roster


def taken_in(organisation, *rows, **more):
    roster = staged(organisation, *rows, **more)
    actions.commit_roster(roster, by=System(organisation))
    return roster


def proposed(roster):
    return [leaver.membership.name for leaver in reads.undecided(roster)]


def plain(page):
    return " ".join(page.content.decode().split())


def listed(northgate, carys, name, **facts):
    return actions.add_person(organisation=northgate, by=carys, name=name, **facts)


@pytest.mark.both
def test_whoever_was_here_and_is_not_in_the_file_is_proposed(northgate, carys):
    listed(northgate, carys, "Amara Okafor", work_address="AMARA@x.example")
    listed(northgate, carys, "Ben Thomas", employee_number="N2")
    gone = listed(northgate, carys, "Gone Before", employee_number="N8")
    identity.leave(gone, by=carys)
    listed(northgate, carys, "Zoe Rees", employee_number="N3")
    roster = staged(northgate, ",Amara Okafor,amara@x.example,,", "N2,Ben Thomas,ben@x.example,,", "N7,New One,,,")
    assert proposed(roster) == ["Ada Winter", "Carys Llewellyn", "Zoe Rees"]
    actions.commit_roster(roster, by=System(northgate))
    listed(northgate, carys, "Came Later", employee_number="N9")
    assert proposed(roster) == ["Ada Winter", "Carys Llewellyn", "Zoe Rees"]


@pytest.mark.both
def test_whoever_stands_in_a_row_that_is_not_taken_in_is_not_missing(northgate, carys):
    for number, name in enumerate(["Amara Okafor", "Ben Thomas", "Dev Patel", "Elin Berg", "Priya Shah"], 1):
        listed(northgate, carys, name, employee_number=f"N{number}", work_address=f"p{number}@x.example")
    roster = staged(
        northgate,
        "N1,Amara Okafor,p1@x.example,Boss,",  # refused
        "N2,Ben Thomas,other@x.example,,",  # asked
        ",Carla New,p3@x.example,,",
        "N4,Carla New,p3@x.example,,",  # the same address again, with Elin's number
        ",Priya Shah,someone at northgate,,",  # refused, and known by name only
    )
    assert proposed(roster) == ["Ada Winter", "Carys Llewellyn", "Priya Shah"]
    assert [leaver.perhaps_row for leaver in reads.undecided(roster)] == [None, None, 6]
    assert [leaver.membership.name for leaver in reads.all_undecided(roster, carys)] == []


def test_a_file_for_a_programme_proposes_nobody(northgate, carys):
    programme = cast.programme(carys)
    roster = staged(northgate, "N1,Amara Okafor,,Mentor,", programme=programme.slug, everybody=False)
    with pytest.raises(NotPossible, match="says nothing of those who are not in it"):
        actions.say_everybody(roster, True, by=carys)
    assert not reads.leavers(roster).exists()


def test_checking_again_lists_them_anew_and_saying_no_forgets_them(northgate, carys):
    zoe = listed(northgate, carys, "Zoe Rees", employee_number="N3")
    roster = staged(northgate, "N1,Amara Okafor,,,")
    assert "Zoe Rees" in proposed(roster)
    table = read(f"{HEADER}\nN3,Zoe Rees,,,\n".encode(), "people.csv")
    actions.stage_roster(roster, table)
    assert "Zoe Rees" not in proposed(roster)
    actions.say_everybody(roster, False, by=carys)
    assert (proposed(roster), RosterImport.objects.get().holds_everybody) == ([], False)
    assert zoe.state == "listed"


def test_a_later_roster_that_holds_somebody_takes_them_off_the_list(northgate, carys):
    listed(northgate, carys, "Zoe Rees", employee_number="N3")
    roster = taken_in(northgate, "N1,Amara Okafor,,,")
    taken_in(northgate, "N3,Zoe Rees,,,", everybody=False)
    actions.say_everybody(roster, True, by=carys)
    assert "Zoe Rees" not in proposed(roster)


@pytest.fixture
def roster(northgate, carys):
    """A roster that is in, without Zoe, Dev and the people with roles."""
    listed(northgate, carys, "Zoe Rees", employee_number="N3")
    listed(northgate, carys, "Dev Patel", employee_number="N4")
    return taken_in(northgate, "N1,Amara Okafor,,,", by=carys)


def test_the_preview_asks_and_the_list_says_that_it_comes_later(northgate, carys, as_):
    listed(northgate, carys, "Zoe Rees", employee_number="N3")
    roster = staged(northgate, "N1,Amara Okafor,,,", by=carys, everybody=False)
    client = as_(carys)
    page = reverse("people:roster", args=[roster.ref])
    assert "Does this file hold everybody at Northgate Health?" in plain(client.get(page))
    answer = client.post(reverse("people:everybody", args=[roster.ref]), {"everybody": "yes"})
    words = plain(client.get(answer.url))
    assert "Zoe Rees" in words
    assert "after the people of the file are taken in" in words
    assert 'type="checkbox"' not in words
    assert "3 people are here and not in the file." in plain(client.get(page))
    with pytest.raises(NotPossible, match="Take the people in first"):
        actions.let_leave(roster, None, by=carys)
    assert Membership.objects.get(name="Zoe Rees").state == "listed"


def test_the_chosen_ones_leave_after_a_page_that_asks(roster, carys, as_):
    client = as_(carys)
    zoe = Membership.objects.get(name="Zoe Rees")
    asks = plain(client.get(reverse("people:leave", args=[roster.ref]), {"person": zoe.ref}))
    assert "Let one person leave" in asks
    assert Membership.objects.get(pk=zoe.pk).state == "listed"
    client.post(reverse("people:leave", args=[roster.ref]), {"person": zoe.ref})
    jobs.run_pending()
    assert Membership.objects.get(pk=zoe.pk).state == "left"
    assert Membership.objects.get(name="Dev Patel").state == "listed"
    entry = AuditEntry.objects.get(name="membership.left")
    assert (entry.by, entry.about_ref) == (carys.ref, zoe.ref)
    page = plain(client.get(reverse("people:leavers", args=[roster.ref])))
    assert "Who has left, and who is affected" in page


def test_all_means_nobody_with_a_role_and_not_oneself(roster, carys, as_):
    client = as_(carys)
    where = reverse("people:leave", args=[roster.ref])
    assert "Let 2 people leave" in plain(client.get(where, {"all": "1"}))
    client.post(where, {"all": "1", "count": "3"})
    assert not Job.objects.filter(name="people.let_leave").exists()
    client.post(where, {"all": "1", "count": "2"})
    jobs.run_pending()
    left = Membership.objects.filter(state="left").order_by("name")
    assert list(left.values_list("name", flat=True)) == ["Dev Patel", "Zoe Rees"]


def test_never_oneself_nor_the_last_administrator_and_the_page_says_why(roster, carys, northgate, as_):
    page = plain(as_(carys).get(reverse("people:leavers", args=[roster.ref])))
    assert "This is you. Somebody else has to let you leave." in page
    assert "Ada Winter is the only administrator. Name another one first." in page
    ada = Membership.objects.get(name="Ada Winter")
    for member, words in ((carys.membership, "This is you"), (ada, "Ada Winter is the only administrator")):
        with pytest.raises(NotPossible, match=words):
            actions.let_leave(roster, [member.ref], by=carys)
    with pytest.raises(NotPossible, match="An organisation needs an administrator"):
        identity.leave(ada, by=carys)
    assert not Membership.objects.filter(state="left").exists()


def test_of_two_administrators_who_leave_at_once_the_last_one_stays(roster, carys, northgate):
    other = cast.member("Olwen Price", northgate, "administrator")
    Membership.objects.filter(pk=other.membership.pk).update(created_at="2020-01-01T00:00:00Z")
    actions.say_everybody(roster, True, by=carys)
    ada = Membership.objects.get(name="Ada Winter")
    actions.let_leave(roster, [ada.ref, other.ref], by=carys)
    jobs.run_pending()
    states = Membership.objects.filter(pk__in=[ada.pk, other.membership.pk]).values_list("state", flat=True)
    assert sorted(states) == ["active", "left"]
    assert len(proposed(roster)) == 4  # the one who stays, Carys, Dev and Zoe


def test_the_others_stay_and_are_asked_about_no_more(roster, carys, as_):
    client = as_(carys)
    assert "Decide about those who are not in “people.csv”" in plain(client.get("/"))
    client.post(reverse("people:others_stay", args=[roster.ref]))
    assert proposed(roster) == []
    assert "Decide about those" not in plain(client.get("/"))
    assert not Membership.objects.filter(state="left").exists()


def test_work_that_is_stopped_lets_nobody_leave_twice_and_can_be_gone_on_with(roster, carys):
    job = actions.let_leave(roster, None, by=carys)
    roster.refresh_from_db()
    with pytest.raises(NotPossible, match="Others are leaving at this moment"):
        actions.let_leave(roster, None, by=carys)
    first = reads.chosen_to_leave(roster)[0]
    assert actions.leave_one(first, by=carys) is True
    assert actions.leave_one(first, by=carys) is True
    Job.objects.filter(ref=job).update(state="cancelled")
    assert len(proposed(roster)) == 3  # one of two, Ada and Carys
    actions.let_leave(roster, None, by=carys)
    jobs.run_pending()
    assert Membership.objects.filter(state="left").count() == 2
    assert AuditEntry.objects.filter(name="membership.left").count() == 2


def test_whoever_may_not_manage_people_finds_nothing(roster, elin, as_):
    client = as_(elin)
    for name in ("leavers", "leave"):
        assert client.get(reverse(f"people:{name}", args=[roster.ref])).status_code == 404
    for name in ("everybody", "leave", "others_stay"):
        assert client.post(reverse(f"people:{name}", args=[roster.ref])).status_code == 404


def test_many_cost_no_more_questions_than_few(northgate, carys, as_):
    from tests.visits import browser_of, queries_of, twice

    def add(count, start):
        for number in range(start, start + count):
            listed(northgate, carys, f"Person {number}", employee_number=f"P{number}")

    add(3, 0)
    roster = taken_in(northgate, "N1,Amara Okafor,,,", by=carys)
    where = reverse("people:leavers", args=[roster.ref])
    actions.let_leave(roster, [Membership.objects.get(name="Person 0").ref], by=carys)
    jobs.run_pending()
    few = queries_of(browser_of(carys), where)
    add(27, 3)
    Membership.objects.filter(name__startswith="Person").update(created_at="2020-01-01T00:00:00Z")
    actions.say_everybody(roster, True, by=carys)
    many = queries_of(browser_of(carys), where)
    assert len(many) == len(few)
    assert twice(many) == []


def test_a_file_in_which_nothing_is_new_still_leads_to_who_is_not_in_it(northgate, carys, as_):
    taken_in(northgate, "N1,Ben Thomas,ben@x.example,,", everybody=False)
    listed(northgate, carys, "Hana Sato", employee_number="N2")
    roster = staged(northgate, "N1,Ben Thomas,ben@x.example,,", by=carys)
    client = as_(carys)
    assert "Decide about who is not in the file" in plain(client.get(reverse("people:roster", args=[roster.ref])))
    client.post(reverse("people:commit", args=[roster.ref]))
    jobs.run_pending()
    page = plain(client.get(reverse("people:leavers", args=[roster.ref])))
    assert "Hana Sato" in page
    assert "Look at what ends with it" in page
