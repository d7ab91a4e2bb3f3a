"""The directory of one's programmes: the name always, the rest as each chose, on the list and in the search."""

import pytest
from django.urls import reverse

from alongside.people import actions
from alongside.people import queries as people
from alongside.people.models import Skill
from alongside.people.policy import Entry, is_fellow, is_own, is_partner, is_shown, manages
from alongside.people.queries import directory, ties
from alongside.people.terms import Showing
from alongside.programmes import actions as programmes
from tests import cast
from tests.visits import browser_of, queries_of, twice, words_of

pytestmark = pytest.mark.django_db
SECRET = {
    Showing.HEADLINE: "Keeper of seven bees", Showing.SKILLS: "Bookbinding", Showing.WORK: "Registrar of maps",
    Showing.PRONOUNS: "ze/zir", Showing.TIMES: "Never before the tide",
}  # fmt: skip
WORDS = {Showing.HEADLINE: "bees", Showing.SKILLS: "bookbin", Showing.WORK: "maps"}


@pytest.fixture
def c():
    """Amara and Ben are a pair; Tomos takes part in the same programme and has said everything of himself."""
    made = cast.pair()
    tomos = cast.member("Tomos Evans", made.carys.organisation)
    cast.takes_part(made.programme, tomos, "mentor", made.carys)
    say_everything(tomos, made.carys)
    made.__dict__["tomos"] = tomos
    return made


def say_everything(actor, by):
    actions.change_profile(
        actor.membership, by=by, headline=SECRET[Showing.HEADLINE], job_title=SECRET[Showing.WORK],
        pronouns=SECRET[Showing.PRONOUNS], working_days=SECRET[Showing.TIMES], offered=[SECRET[Showing.SKILLS]],
    )  # fmt: skip
    actions.say_times([(0, "morning")], by=actor, working_days=SECRET[Showing.TIMES])


def shown_to(actor, whom) -> set[str]:
    """What of Tomos comes to somebody, on his page and on the list."""
    client = browser_of(actor)
    pages = [client.get(reverse("people:person", args=[whom.membership.ref])), client.get(reverse("people:directory"))]
    text = " ".join(words_of(page) for page in pages if page.status_code == 200)
    return {str(what) for what, words in SECRET.items() if words in text}


def found_by(actor, words) -> list[str]:
    page = browser_of(actor).get(reverse("people:directory"), {"q": words}).context["page"]
    return [entry.membership.name for entry in page.object_list]


def test_interests_go_with_the_headline_and_ways_to_meet_with_the_times(c):
    actions.change_profile(c.tomos.membership, by=c.tomos, interests=["Old maps"], ways_to_meet=["phone"])
    for what, word in ((Showing.HEADLINE, "Old maps"), (Showing.TIMES, "By phone")):
        for shown in Showing:
            actions.show([shown], by=c.tomos)
            page = browser_of(c.ben).get(reverse("people:person", args=[c.tomos.membership.ref]))
            assert (word in words_of(page)) is (shown == what)


@pytest.mark.parametrize("what", list(Showing))
def test_each_choice_alone_is_shown_to_fellow_members_and_nothing_else(c, what):
    actions.show([what], by=c.tomos)
    assert shown_to(c.ben, c.tomos) == {str(what)}
    for word_of, word in WORDS.items():
        assert found_by(c.ben, word) == (["Tomos Evans"] if word_of == what else [])


def test_whoever_shows_nothing_stands_there_with_their_name(c):
    actions.show([], by=c.tomos)
    assert shown_to(c.ben, c.tomos) == set()
    assert found_by(c.ben, "tomos") == ["Tomos Evans"]
    assert browser_of(c.ben).get(reverse("people:person", args=[c.tomos.membership.ref])).status_code == 200


def test_by_a_skill_only_those_are_found_who_show_what_they_offer(c):
    actions.accept_skills(Skill.objects.all(), organisation=c.carys.organisation, by=c.carys)

    def offering():
        page = browser_of(c.ben).get(reverse("people:directory"), {"skill": "Bookbinding"}).context["page"]
        return [entry.membership.name for entry in page.object_list]

    actions.show([Showing.SKILLS], by=c.tomos)
    assert offering() == ["Tomos Evans"]
    actions.show([], by=c.tomos)
    assert offering() == []


def directory_words():
    from alongside.people.models import Skill

    return Skill.objects.all()


def test_coordinators_and_oneself_see_everything_whatever_is_chosen(c):
    actions.show([], by=c.tomos)
    everything = {str(what) for what in Showing}
    assert shown_to(c.carys, c.tomos) == everything
    assert shown_to(c.tomos, c.tomos) == everything
    page = browser_of(c.carys).get(reverse("people:people"), {"q": "bees"}).context["page"]
    assert [person.name for person in page.object_list] == ["Tomos Evans"]
    form = words_of(browser_of(c.tomos).get(reverse("people:own_part", args=["directory"])))
    assert "Coordinators and administrators see it anyway" in form


def test_a_partner_sees_it_whole_so_that_both_can_decide(c):
    say_everything(c.amara, c.carys)
    actions.show([], by=c.amara)
    assert shown_to(c.ben, c.amara) == {str(what) for what in Showing}
    page = words_of(browser_of(c.tomos).get(reverse("people:person", args=[c.amara.membership.ref])))
    assert [words for words in SECRET.values() if words in page] == []


def test_before_somebody_has_joined_there_is_their_name_alone(c):
    listed = actions.add_person(
        organisation=c.carys.organisation, by=c.carys, name="Wil Price", employee_number="N9",
        headline=SECRET[Showing.HEADLINE], job_title=SECRET[Showing.WORK],
    )  # fmt: skip

    programmes.add_participants(c.programme, [programmes.Place(listed, "mentee")], by=c.carys)
    actions.show([], by=c.tomos)
    page = words_of(browser_of(c.ben).get(reverse("people:directory")))
    assert "Wil Price" in page
    assert SECRET[Showing.HEADLINE] not in page
    assert found_by(c.ben, "maps") == []
    assert found_by(c.ben, "wil") == ["Wil Price"]


def test_somebody_outside_of_ones_programmes_is_not_found(c):
    assert found_by(c.ben, "elin") == []
    assert found_by(c.elin, "tomos") == []
    assert browser_of(c.elin).get(reverse("people:person", args=[c.tomos.membership.ref])).status_code == 404
    other = cast.pair(cast.organisation("Harbour Trust"))
    assert found_by(other.ben, "tomos") == []


def test_fellow_members_never_see_address_number_or_what_a_roster_said(c):
    actions.show(list(Showing), by=c.tomos)
    type(c.tomos.membership).objects.filter(pk=c.tomos.membership.pk).update(employee_number="N77001")
    actions.change_profile(c.tomos.membership, by=c.carys, roster_role="mentor", roster_capacity=3, most_mentees=4)
    page = words_of(browser_of(c.ben).get(reverse("people:person", args=[c.tomos.membership.ref])))
    for hidden in ("N77001", c.tomos.membership.work_address, "Said in the roster", "at most"):
        assert hidden not in page
    assert found_by(c.ben, "N77001") == []
    assert found_by(c.ben, c.tomos.membership.work_address.split("@", maxsplit=1)[0]) == []


def test_what_is_seen_is_what_the_policy_says(c):
    actions.show([Showing.HEADLINE], by=c.tomos)
    for actor in (c.ben, c.amara, c.carys, c.tomos):
        fellows = set(people.fellows(actor))
        partners = set(ties.of(actor, ties.Tie.PARTNER))
        for member in fellows:
            (person,) = directory.seen(actor, [member])
            for what in Showing:
                profile = people.profile_of(member)
                entry = Entry(member, True, member in partners, what in directory.shows(profile))
                allowed = any(test(actor, entry) for test in (is_own, is_partner, is_shown, manages))
                assert (str(what) in person.shown) is allowed, (actor.membership.name, member.name, what)
            assert any(test(actor, entry) for test in (is_own, is_fellow, manages))


def test_the_list_asks_the_same_for_few_and_for_many(c):
    few = queries_of(browser_of(c.ben), reverse("people:directory"))
    for number in range(20):
        actor = cast.member(f"Mentor {number}", c.carys.organisation)
        cast.takes_part(c.programme, actor, "mentor", c.carys)
        actions.change_profile(actor.membership, by=c.carys, offered=[f"Skill {number}"])
    many = queries_of(browser_of(c.ben), reverse("people:directory"))
    assert len(many) == len(few) <= 13
    assert twice(many) == []
