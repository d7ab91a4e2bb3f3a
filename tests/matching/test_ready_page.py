"""What a coordinator reads before a matching: places, what the rules leave, and whom to look at."""

import pytest

from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.models import Membership
from alongside.matching import actions, queries
from alongside.matching.rules import Policy
from alongside.matching.terms import Way
from alongside.people.models import Link
from alongside.readiness import actions as readiness
from alongside.readiness.actions import Wanted
from alongside.relationships import actions as relationships
from tests.matching import world
from tests.visits import browser_of, queries_of, squeezed, twice, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    """Everybody has said what counts by default, but for Elin, who has said nothing."""
    made = world.made()
    for held, site, grade in (
        (made.amara, "Eastgate", "7"),
        (made.kwame, "Westpark", "6"),
        (made.ben, "Eastgate", "5"),
    ):
        world.says(held, offered="Budgets", wanted="Budgets", site=site, grade=grade, department="Therapies")
    return made


def ready(w, rest: str = "") -> str:
    return f"/programmes/{w.programme.slug}/matching/ready/{rest}"


def page(w, rest: str = ""):
    return browser_of(w.carys).get(ready(w, rest))


def facts(response) -> dict[str, str]:
    return {str(fact["term"]): fact["words"] for fact in response.context["facts"]}


def noted(response) -> dict[str, list[str]]:
    """What is said of whom in the list."""
    return {
        one.participation.membership.name: [words for _look, words in notes] for one, notes in response.context["rows"]
    }


def by(w, **policy) -> None:
    """Let the programme match by this."""
    held = queries.policy_of(w.programme)
    made = Policy(**{"weights": {"skills": 100}, "language": False, "team": False} | policy)
    actions.save_policy(w.programme, made, way=Way.COORDINATOR, seen=held.revision, by=w.carys)


# --- places


def test_mentees_who_wait_mentors_with_room_and_their_places_are_counted(w):
    found = facts(page(w))
    assert (found["Mentees who wait"], found["Mentors with room"], found["Places they have together"]) == (
        "2",
        "2",
        "2",
    )


def test_places_that_are_missing_are_told_with_what_to_do(w):
    world.more(w, 6)
    assert "2 places are missing: as many mentees at least stay without a mentor." in squeezed(words_of(page(w)))


def test_a_mentor_whose_places_are_taken_is_no_longer_with_room(w):
    relationships.propose(w.amara, w.elin, by=w.carys)
    found = page(w)
    assert (facts(found)["Mentors with room"], facts(found)["All places taken"]) == ("1", "1")
    assert noted(found)["Amara Okafor"] == ["The one place is taken"]


def test_a_mentor_who_takes_nobody_now_is_told_with_the_reason(w):
    world.says(w.kwame, most_mentees=0)
    assert noted(page(w, "?noted=no_room")) == {
        "Kwame Mensah": ["Kwame Mensah takes no more: the most they want altogether, over all programmes, is 0."]
    }


# --- who is not ready


def test_who_is_not_ready_is_named_with_what_is_left(w):
    readiness.set_rule(w.programme, Wanted(["conflicts"], [], holds_pairs=False), by=w.carys)
    by(w, ready="mentors")
    found = page(w, "?noted=not_ready")
    left = ["Left to do: Conflicts of interest declared and decided"]
    assert noted(found) == {"Amara Okafor": left, "Kwame Mensah": left}
    assert facts(found)["Mentors with room"] == "0"


def test_who_has_not_joined_cannot_say_yes(w):
    Membership.objects.filter(pk=w.ben.membership_id).update(state="invited")
    by(w)
    assert noted(page(w, "?noted=not_joined")) == {"Ben Thomas": ["Has not joined yet, so cannot say yes"]}


def test_who_is_suspended_is_not_there(w):
    identity.suspend(w.amara.membership, by=w.carys)
    assert "Amara Okafor" not in words_of(page(w))


# --- what people have not said


def test_who_says_nothing_of_what_counts_is_counted_and_named(w):
    by(w, weights={"skills": 70, "site": 30})
    found = page(w)
    assert [(one["key"], one["weight"], one["mentees"], one["mentors"]) for one in found.context["silent"]] == [
        ("skills", 70, 1, 0),
        ("site", 30, 1, 0),
    ]
    assert noted(found) == {"Elin Berg": ["Says nothing of skills, site"]}


def test_the_list_can_be_narrowed_to_who_says_nothing_of_one_thing(w):
    world.says(w.elin, wanted="Budgets")
    by(w, weights={"skills": 70, "site": 30})
    assert noted(page(w, "?silent=skills")) == {}
    assert noted(page(w, "?silent=site")) == {"Elin Berg": ["Says nothing of site"]}


def test_what_only_a_rule_looks_at_is_counted_too(w):
    by(w, language=True)
    assert [(one["key"], one["weight"]) for one in page(w).context["silent"]] == [("skills", 100), ("languages", 0)]


# --- what the rules leave


def test_what_a_way_to_meet_in_common_would_remove_is_said_before_anybody_is_matched(w):
    people = {w.ben: ["phone"], w.elin: ["video"], w.amara: ["video", "in_person"], w.kwame: ["in_person"]}
    for held, ways in people.items():
        world.says(held, ways_to_meet=ways)
    by(w, meet=True)
    assert "“A way to meet in common” alone removes 75 % of the pairs." in squeezed(words_of(page(w)))


def test_a_rule_that_removes_much_is_said_with_its_share(w):
    world.says(w.elin, site="Westpark")
    by(w, site=True)
    found = squeezed(words_of(page(w)))
    assert "“The same site” alone removes 50 % of the pairs." in found
    assert "2 of 4 possible pairs (50 %)" in found


def test_a_mentee_to_whom_the_rules_leave_nobody_is_named_with_the_rules(w):
    world.says(w.elin, wanted="Budgets", site="Harbour")
    by(w, site=True)
    assert noted(page(w, "?noted=nobody")) == {
        "Elin Berg": ["The rules leave no mentor. They keep apart: The same site (2)"],
        "Kwame Mensah": ["The rules leave no mentee"],
    }


def test_where_the_rules_leave_no_pair_at_all_that_is_said_first(w):
    for one, site in ((w.ben, "Leeds"), (w.elin, "Leeds"), (w.amara, "York"), (w.kwame, "York")):
        world.says(one, site=site)
    by(w, site=True)
    assert "Your rules leave no pair at all. Change them first" in words_of(page(w))


def test_of_people_whom_the_coordinator_manages_it_is_only_counted(w):
    world.says(w.elin, site="Harbour")
    Link.objects.create(source=w.carys.membership, target=w.elin.membership)
    by(w, site=True)
    found = page(w)
    assert "Elin Berg" not in noted(page(w, "?noted=nobody"))
    assert "One person to whom the rules leave nobody is near to you" in squeezed(words_of(found))


def test_conflicts_that_were_decided_apart_are_counted_with_the_way_to_read_them(w):
    conflict = readiness.conflicts.declare_conflict(
        w.programme, kind="personal", words="We are married", by=world.actor(w.ben)
    )
    readiness.conflicts.decide(conflict, decision="apart", answer="", by=w.carys)
    found = page(w)
    assert "One conflict of interest was decided “The two are kept apart”." in squeezed(words_of(found))
    assert f"/programmes/{w.programme.slug}/readiness/conflicts/" in words_of(found)
    assert "married" not in words_of(found)


# --- the list


def test_the_list_is_searched_by_name_and_part(w):
    by(w, weights={"site": 50, "hours": 50})
    assert list(noted(page(w, "?q=okaf"))) == ["Amara Okafor"]
    assert list(noted(page(w, "?part=mentee"))) == ["Ben Thomas", "Elin Berg"]
    assert "Nobody fits" in words_of(page(w, "?q=Nowhere"))


def test_fifty_stand_on_a_page(w):
    by(w, weights={"hours": 100})
    world.more(w, 40)
    first, second = noted(page(w)), noted(page(w, "?page=2"))
    assert len(first) == 50
    assert not first.keys() & second.keys()


def test_where_nobody_needs_a_look_the_page_says_so(w):
    world.says(w.elin, wanted="Budgets")
    by(w)
    assert "Nobody needs a look" in words_of(page(w))


def test_the_list_is_downloaded_as_it_is_filtered_and_the_log_says_so(w):
    by(w)
    answer = browser_of(w.carys).post(ready(w, "export/"), {"noted": "silent"})
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert lines[1:] == [f"Elin Berg,{w.elin.membership.work_address},Mentee,,Says nothing of skills"]
    assert AuditEntry.objects.filter(name="matching.exported").count() == 1


def test_the_page_asks_as_much_for_two_mentees_as_for_thirty(w):
    client = browser_of(w.carys)
    world.more(w, 1)
    few = queries_of(client, ready(w))
    world.more(w, 28)
    many = queries_of(client, ready(w))
    assert len(many) == len(few)
    assert twice(many) == []


# --- the way there


def test_the_programmes_page_leads_to_matching(w):
    found = words_of(browser_of(w.carys).get(f"/programmes/{w.programme.slug}/"))
    for rest in ("", "rules/", "ready/"):
        assert f'href="/programmes/{w.programme.slug}/matching/{rest}"' in found
    assert "Find mentors for 2 mentees in" in found
    assert f"/programmes/{w.programme.slug}/pairs/by-hand/" in found


def test_who_takes_part_sees_no_way_to_matching(w):
    found = words_of(browser_of(world.actor(w.ben)).get(f"/programmes/{w.programme.slug}/"))
    assert "/matching/" not in found


def test_a_coordinators_first_page_leads_to_the_board(w):
    assert f"/programmes/{w.programme.slug}/matching/" in words_of(browser_of(w.carys).get("/"))
