"""A mentor or mentee who is not in the roster any more: said before, and afterwards who is left without a partner."""

import pytest
from django.urls import reverse

from alongside.foundation import hooks, jobs
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.models import Membership
from alongside.people import actions as people
from alongside.people.models import RosterLeaver
from alongside.people.roster.reading import read
from alongside.programmes.models import Participation
from alongside.relationships.models import Relationship
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def c():
    return cast.pair()


def roster_without(c, *names):
    """A roster that holds everybody but these, taken in."""
    here = Membership.objects.filter(organisation=c.carys.organisation).exclude(name__in=names)
    rows = [f"{member.name},{member.work_address}" for member in here]
    table = read("\n".join(["Name,Email", *rows]).encode(), "people.csv")
    roster = people.begin_import(table, organisation=c.carys.organisation, by=c.carys)
    people.stage_roster(roster, table)
    people.say_everybody(roster, True, by=c.carys)
    people.commit_roster(roster, by=c.carys)
    return roster


def words(effects, actor):
    return [str(effect.words) for effect in effects.get(actor.membership.pk, [])]


def part_of(viewer, *actors):
    members = [actor.membership for actor in actors]
    said = hooks.leaver_effects.part_of(viewer, members)
    return [words(said, actor) for actor in actors]


def plain(page):
    return " ".join(page.content.decode().split())


def test_what_each_is_part_of_is_said_to_whoever_may_know(c):
    assert part_of(c.carys, c.amara, c.ben, c.elin, c.carys) == [
        ["Mentor in “Rising leaders”", "Mentors Ben Thomas: the pair ends, and both are told"],
        ["Mentee in “Rising leaders”", "Is mentored by Amara Okafor: the pair ends, and both are told"],
        [],
        ["The only coordinator of “Rising leaders”: name another one first"],
    ]


def test_others_learn_that_there_is_a_programme_and_nothing_of_the_pair(c):
    ada = identity_of("Ada Winter")
    dev = cast.member("Dev Patel", c.carys.organisation, "coordinator")
    for viewer in (ada, dev):
        assert part_of(viewer, c.amara, c.carys) == [
            ["Takes part in a programme that you do not coordinate"],
            ["The only coordinator of a programme: somebody else has to be named for it"],
        ]


def identity_of(name):
    from alongside.foundation.identity.queries import actor_of

    return actor_of(Membership.objects.select_related("organisation", "account").get(name=name))


def test_a_coordinator_who_manages_one_of_the_two_learns_nothing_of_the_pair(c):
    people.set_manager(c.ben.membership, c.carys.membership, by=c.carys)
    assert part_of(c.carys, c.amara) == [["Mentor in “Rising leaders”"]]


def test_when_a_mentor_leaves_the_page_leads_to_pairing_the_mentee_anew(c, client):
    roster = roster_without(c, "Amara Okafor")
    client.force_login(c.carys.account, backend="alongside.foundation.identity.backend.Backend")
    asks = plain(client.get(reverse("people:leave", args=[roster.ref]), {"person": c.amara.ref}))
    assert "Mentors Ben Thomas: the pair ends, and both are told" in asks
    client.post(reverse("people:leave", args=[roster.ref]), {"person": c.amara.ref})
    jobs.run_pending()

    assert Relationship.objects.get().state == "ended"
    page = plain(client.get(reverse("people:leavers", args=[roster.ref])))
    assert "Ben Thomas has no mentor any more in “Rising leaders”" in page
    mentee = Participation.objects.get(membership=c.ben.membership)
    where = reverse("relationships:by_hand", args=[c.programme.slug]) + f"?mentee={mentee.ref}"
    assert f'href="{where}"' in page


def test_when_a_mentee_leaves_the_mentor_has_a_free_place(c, client):
    roster = roster_without(c, "Ben Thomas")
    people.let_leave(roster, [c.ben.ref], by=c.carys)
    jobs.run_pending()
    client.force_login(c.carys.account, backend="alongside.foundation.identity.backend.Backend")
    page = plain(client.get(reverse("people:leavers", args=[roster.ref])))
    assert "Amara Okafor has a free place again in “Rising leaders”" in page


def test_when_both_leave_nobody_is_offered(c, client):
    roster = roster_without(c, "Ben Thomas", "Amara Okafor")
    people.let_leave(roster, None, by=c.carys)
    jobs.run_pending()
    client.force_login(c.carys.account, backend="alongside.foundation.identity.backend.Backend")
    page = plain(client.get(reverse("people:leavers", args=[roster.ref])))
    assert "Was paired with" in page
    assert "by-hand" not in page


@pytest.mark.both
def test_a_leaving_that_was_a_mistake_begins_everything_again(c):
    left = {member.pk: identity.leave(member, by=c.carys) for member in (c.amara.membership, c.ben.membership)}
    assert Relationship.objects.get().state == "ended"
    for member in (c.amara.membership, c.ben.membership):
        identity.take_back_leaving(member, "active", by=c.carys)
    for held in hooks.leaver_effects:
        held.take_back(left, c.carys)
    pair = Relationship.objects.get()
    assert (pair.state, pair.ending, pair.ended_at) == ("accepted", "", None)
    assert [party.until for party in pair.parties.all()] == [None, None]
    assert Participation.objects.filter(until__isnull=True).count() == 3


def test_a_place_that_was_given_to_somebody_else_stays_theirs(c):
    left = {c.amara.membership.pk: identity.leave(c.amara.membership, by=c.carys)}
    dev = cast.member("Dev Patel", c.carys.organisation)
    mentor = cast.takes_part(c.programme, dev, "mentor", c.carys)
    from alongside.relationships import actions

    actions.propose(mentor, Participation.objects.get(membership=c.ben.membership), by=c.carys)
    identity.take_back_leaving(c.amara.membership, "active", by=c.carys)
    for held in hooks.leaver_effects:
        held.take_back(left, c.carys)
    assert Relationship.objects.get(pk=c.relationship.pk).state == "ended"
    assert Participation.objects.get(membership=c.amara.membership).until is None
    assert RosterLeaver.objects.count() == 0


# --- a new line manager


def roster_with_manager(c, mentee, manager):
    rows = [f"{mentee.membership.name},{mentee.membership.work_address},{manager.membership.work_address}"]
    table = read("\n".join(["Name,Email,Manager email", *rows]).encode(), "people.csv")
    roster = people.begin_import(table, organisation=c.carys.organisation, by=c.carys)
    people.stage_roster(roster, table)
    return roster


def conflicts(actor, roster):
    return [str(found.words) for give in hooks.manager_conflicts for found in give(actor, roster)]


@pytest.mark.both
def test_a_mentor_who_becomes_line_manager_is_said_beforehand(c, client):
    roster = roster_with_manager(c, c.ben, c.amara)
    (sentence,) = conflicts(c.carys, roster)
    assert "names Amara Okafor as line manager of Ben Thomas, whom they mentor in “Rising leaders”" in sentence
    client.force_login(c.carys.account, backend="alongside.foundation.identity.backend.Backend")
    assert sentence in plain(client.get(reverse("people:roster", args=[roster.ref])))


def test_nobody_learns_of_the_pair_who_may_not_know_of_it(c):
    roster = roster_with_manager(c, c.ben, c.amara)
    dev = cast.member("Dev Patel", c.carys.organisation, "coordinator")
    assert conflicts(dev, roster) == conflicts(identity_of("Ada Winter"), roster) == []


def test_another_line_manager_is_no_conflict(c):
    assert conflicts(c.carys, roster_with_manager(c, c.ben, c.elin)) == []
    assert conflicts(c.carys, roster_with_manager(c, c.amara, c.ben)) == []


def test_afterwards_it_is_the_coordinators_next_step_until_it_is_mended(c):
    def steps(actor):
        return [str(step.words) for step in hooks.next_steps.of(actor) if "line manager" in str(step.words)]

    assert steps(c.carys) == []
    people.commit_roster(roster_with_manager(c, c.ben, c.amara), by=c.carys)
    assert steps(c.carys) == ["In one pair of “Rising leaders” the mentor is the mentee’s line manager now"]
    assert steps(c.amara) == steps(c.ben) == []
    people.set_manager(c.ben.membership, None, by=c.carys)
    assert steps(c.carys) == []


def test_the_list_of_pairs_shows_them_when_it_is_asked_for(c, client):
    client.force_login(c.carys.account, backend="alongside.foundation.identity.backend.Backend")

    def listed():
        page = client.get(reverse("relationships:of_programme", args=[c.programme.slug]), {"state": "managed"})
        return [(pair.mentor.name, pair.mentee.name) for pair in page.context["pairs"]]

    assert listed() == []
    people.commit_roster(roster_with_manager(c, c.ben, c.amara), by=c.carys)
    assert listed() == [("Amara Okafor", "Ben Thomas")]
