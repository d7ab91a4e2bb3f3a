"""Both sides say whom they would like: up to five, in order, read by nobody else, counted where a policy says so."""

import pytest

from alongside.foundation import hooks, jobs
from alongside.foundation.identity.actions import NotPossible
from alongside.matching import actions
from alongside.matching.models import MatchingPolicy, Wish
from alongside.matching.queries import wishes
from alongside.matching.rules import Policy, moved
from alongside.matching.terms import CriterionName, Way
from alongside.people.models import Profile
from tests.matching.world import actor, joins, made, manages, says
from tests.visits import browser_of, words_of

pytestmark = pytest.mark.django_db
PAGE = "/programmes/rising-leaders/wishes/mentee/"


@pytest.fixture
def world():
    held = made()
    MatchingPolicy.objects.create(
        programme=held.programme, way=Way.RANKING, kept=Policy(weights={CriterionName.WISHES: 100}).kept()
    )
    return held


def named(taker) -> list[str]:
    return list(Wish.objects.filter(by=taker).order_by("rank").values_list("about__membership__name", flat=True))


def press(taker, about, how, page=PAGE):
    return browser_of(actor(taker)).post(page, {"person": about.ref, "how": how}, follow=True)


@pytest.mark.parametrize(
    ("how", "one", "then"),
    [
        ("add", "d", "abcd"),
        ("remove", "b", "ac"),
        ("up", "b", "bac"),
        ("up", "a", "abc"),
        ("down", "b", "acb"),
        ("down", "c", "abc"),
        ("add", "a", "abc"),
    ],
)
def test_one_press_changes_the_list_by_one(how, one, then):
    assert "".join(moved("abc", one, how)) == then


def test_a_mentee_puts_mentors_on_a_list_and_into_an_order_without_any_script(world):
    press(world.ben, world.amara, "add")
    press(world.ben, world.kwame, "add")
    assert named(world.ben) == ["Amara Okafor", "Kwame Mensah"]
    page = words_of(press(world.ben, world.kwame, "up"))
    assert named(world.ben) == ["Kwame Mensah", "Amara Okafor"]
    assert page.index("Kwame Mensah") < page.index("Amara Okafor")
    press(world.ben, world.kwame, "remove")
    assert named(world.ben) == ["Amara Okafor"]


def test_a_mentor_names_mentees_on_a_page_of_their_own(world):
    press(world.amara, world.ben, "add", "/programmes/rising-leaders/wishes/mentor/")
    assert named(world.amara) == ["Ben Thomas"]
    assert browser_of(actor(world.amara)).get(PAGE).status_code == 404


@pytest.mark.parametrize("weight", [0, 100])
def test_whoever_ranks_reads_whether_it_counts(world, weight):
    other = {CriterionName.SKILLS: 100 - weight, CriterionName.WISHES: weight}
    MatchingPolicy.objects.update(kept=Policy(weights=other).kept())
    client = browser_of(actor(world.ben))
    assert ("It counts when pairs are worked out" in words_of(client.get(PAGE))) == bool(weight)
    assert ("it does not count" in words_of(client.get(PAGE))) == (not weight)
    step = next(step for step in hooks.next_steps.of(actor(world.ben)) if step.link == PAGE)
    assert ("It counts when pairs are worked out" in str(step.why)) == bool(weight)
    assert ("it does not count" in str(step.why)) == (not weight)


def test_nobody_else_reads_whom_somebody_named(world):
    press(world.ben, world.amara, "add")
    assert wishes.own(world.amara) == []
    page = words_of(browser_of(actor(world.amara)).get("/programmes/rising-leaders/wishes/mentor/"))
    assert "Nobody yet." in page
    assert browser_of(world.carys).get(PAGE).status_code == 404


def test_six_are_refused_with_what_to_do(world):
    mentors = [joins(world, f"Mentor {n}", "mentor") for n in range(5)]
    actions.say_wishes(world.ben, mentors, by=actor(world.ben))
    answer = press(world.ben, world.amara, "add")
    assert "You can name 5 people. Take somebody off your list first." in words_of(answer)
    assert len(named(world.ben)) == 5


def test_one_can_name_neither_ones_manager_nor_somebody_of_ones_own_side_nor_twice_the_same(world):
    manages(world.amara, world.ben)
    ben = actor(world.ben)
    for wrong in ([world.amara], [world.elin], [world.kwame, world.kwame]):
        with pytest.raises(NotPossible, match="One of these people cannot be named any more"):
            actions.say_wishes(world.ben, wrong, by=ben)
    assert "Amara Okafor" not in words_of(browser_of(ben).get(PAGE))
    assert "Choose somebody who stands here." in words_of(press(world.ben, world.elin, "add"))


def test_people_are_found_by_what_they_show(world):
    says(world.amara, offered="Negotiation")
    Profile.objects.filter(membership=world.amara.membership).update(job_title="Head of nursing", show_work=False)
    page = words_of(browser_of(actor(world.ben)).get(PAGE))
    assert "Can offer: Negotiation" in page
    assert "Head of nursing" not in page


def test_where_nobody_ranks_there_is_no_such_page(world):
    MatchingPolicy.objects.update(way=Way.COORDINATOR)
    assert browser_of(actor(world.ben)).get(PAGE).status_code == 404


def test_wishes_of_both_sides_decide_where_the_policy_counts_them(world):
    for taker, first in (
        (world.ben, world.kwame),
        (world.elin, world.amara),
        (world.kwame, world.ben),
        (world.amara, world.elin),
    ):
        actions.say_wishes(taker, [first], by=actor(taker))
    run = actions.begin_run(actions.begin_round(world.programme, by=world.carys), by=world.carys, seed=7)
    jobs.run_pending()
    found = run.proposals.values_list("mentee__ref", "mentor__ref", "score")
    assert set(found) == {
        (world.ben.ref, world.kwame.ref, 1_000_000),
        (world.elin.ref, world.amara.ref, 1_000_000),
    }
