"""Each page of programmes: who may open it, what it keeps, and what happens when it is pressed twice."""

from datetime import date

import pytest
from django.test import Client

from alongside.foundation import hooks
from alongside.foundation.identity.models import Membership
from alongside.foundation.identity.terms import MembershipState
from alongside.people.actions.people import ensure_profiles
from alongside.people.models import Profile
from alongside.programmes import actions
from alongside.programmes.models import Participation, Programme
from alongside.relationships.models import Relationship
from tests import cast
from tests.visits import HOSTILE, browser_of, is_harmless, queries_of, twice, words_of

pytestmark = pytest.mark.django_db
FACTS = {
    "name": "Rising leaders",
    "purpose": "Newly promoted leaders find their feet.",
    "starts_on": "2026-09-01",
    "ends_on": "2027-08-31",
    "model_key": "clutterbuck",
    "adults": "on",
}
INSIDE = ["change/", "close/", "people/", "people/add/", "funnel/joined/"]


@pytest.fixture
def c():
    return cast.pair()


@pytest.fixture
def draft(c) -> Programme:
    """Carys's next round, still in preparation."""
    return cast.programme(c.carys, "Ward sisters")


def url(programme: Programme, page: str = "") -> str:
    return f"/programmes/{programme.slug}/{page}"


def listed(organisation, count: int, *, roster_role: str = "mentee", start: int = 0) -> list[Membership]:
    """People of the list whom the roster names."""
    members = [
        Membership.objects.create(
            organisation=organisation, name=f"Person {number}", work_address=f"person{number}@northgate.example"
        )
        for number in range(start, start + count)
    ]
    ensure_profiles(members)
    Profile.objects.filter(membership__in=members).update(roster_role=roster_role, roster_capacity=3)
    return members


def part_of(actor, part: str) -> Participation:
    return Participation.objects.get(membership=actor.membership, part=part, until__isnull=True)


# --- who may open what


def test_the_page_is_for_whoever_takes_part_and_its_insides_are_the_coordinators(c):
    outside = cast.pair(cast.organisation("Harbour Trust")).carys
    people = (c.carys, c.amara, c.ben, c.elin, outside)
    assert [browser_of(actor).get(url(c.programme)).status_code for actor in people] == [200, 200, 200, 404, 404]
    for page in INSIDE:
        found = [browser_of(actor).get(url(c.programme, page)).status_code for actor in people]
        assert found == [200, 404, 404, 404, 404], page


def test_only_organisation_wide_coordinators_start_programmes(c):
    found = [browser_of(actor).get("/programmes/new/").status_code for actor in (c.carys, c.amara, c.elin)]
    assert found == [200, 404, 404]


@pytest.mark.parametrize("page", ["", "launch/", *INSIDE])
def test_signed_out_people_are_led_to_the_sign_in(c, page):
    response = Client().get(url(c.programme, page))
    assert response.status_code == 302
    assert response.url.startswith("/account/login/")


def test_wrong_methods_are_refused(c):
    client = browser_of(c.carys)
    for page in ("", "people/", "funnel/joined/"):
        assert client.post(url(c.programme, page)).status_code == 405
    assert client.delete(url(c.programme, "close/")).status_code == 405
    assert client.post("/programmes/").status_code == 405


def test_a_funnel_step_that_is_none_is_absent(c):
    assert browser_of(c.carys).get(url(c.programme, "funnel/rich/")).status_code == 404


def test_mentors_and_mentees_read_purpose_dates_model_and_coordinators_and_nothing_of_others(c):
    page = words_of(browser_of(c.ben).get(url(c.programme)))
    for words in ("Newly promoted leaders", "1 September 2026", "Clutterbuck", "Carys Llewellyn", "Rapport-building"):
        assert words in page
    others = ("Amara Okafor", "1 mentee", "taking part", "Pair by hand", "Looking after it", "People in it")
    assert [words for words in others if words in page] == []


def test_the_list_keeps_counts_from_those_who_only_take_part(c):
    assert "1 mentee, 1 mentor" in words_of(browser_of(c.carys).get("/programmes/"))
    page = words_of(browser_of(c.ben).get("/programmes/"))
    assert "Rising leaders" in page
    assert "1 mentee" not in page


def test_whoever_is_in_none_is_told_so(c):
    assert "You take part in no programme at the moment." in words_of(browser_of(c.elin).get("/programmes/"))


# --- starting and changing


def test_a_programme_is_started_in_preparation(c):
    response = browser_of(c.carys).post("/programmes/new/", FACTS | {"name": "Ward sisters"}, follow=True)
    made = Programme.objects.get(name="Ward sisters")
    assert (made.state, made.slug, made.starts_on) == ("draft", "ward-sisters", date(2026, 9, 1))
    assert "Put “Ward sisters” on paper" in words_of(response)


def test_the_address_new_is_never_taken(c):
    for _ in range(2):
        browser_of(c.carys).post("/programmes/new/", FACTS | {"name": "New"})
    assert sorted(Programme.objects.filter(name="New").values_list("slug", flat=True)) == ["new-2", "new-3"]
    assert browser_of(c.carys).get("/programmes/new-2/").status_code == 200


def test_a_name_without_letters_gets_an_address_too(c):
    browser_of(c.carys).post("/programmes/new/", FACTS | {"name": "…"})
    assert len(Programme.objects.get(name="…").slug) == 12


def test_dates_in_the_wrong_order_are_refused_beside_the_field_and_everything_typed_is_kept(c):
    response = browser_of(c.carys).post("/programmes/new/", FACTS | {"ends_on": "2026-09-01"})
    page = words_of(response)
    assert response.context["form"].errors == {"ends_on": ["Choose a last day after the first day."]}
    assert FACTS["purpose"] in page
    assert 'value="Rising leaders"' in page
    assert 'value="2026-09-01"' in page


@pytest.mark.parametrize("said", [{}, {"starts_on": "31.12.x"}, {"starts_on": "0000-00-00"}, {"model_key": "mine"}])
def test_an_incomplete_form_is_shown_again(c, said):
    response = browser_of(c.carys).post("/programmes/new/", said)
    assert response.status_code == 200
    assert response.context["form"].errors["name"] == ["Fill this in."]


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_do_no_harm(c, words):
    client = browser_of(c.carys)
    for field in FACTS:
        said = FACTS | {field: words}
        assert is_harmless(client.post("/programmes/new/", said)), field
        assert is_harmless(client.post(url(c.programme, "change/"), said)), field
    assert is_harmless(client.get("/programmes/"))
    for made in Programme.objects.all():
        assert is_harmless(client.get(url(made)))
    for part in ("mentor", "mentee", "coordinator", "all"):
        for button in ("add", "look", "page", "at"):
            assert is_harmless(client.post(url(c.programme, "people/add/"), {part: words, button: words}))
    for page in ("people/", "people/add/", "funnel/joined/"):
        assert is_harmless(
            client.get(url(c.programme, page), dict.fromkeys(("q", "part", "said", "page"), words[:2000]))
        )
    taker = part_of(c.amara, "mentor")
    assert is_harmless(client.post(url(c.programme, f"people/{taker.ref}/places/"), {"capacity": words}))


def test_the_model_stays_after_launch_and_the_rest_can_change(c):
    client = browser_of(c.carys)
    assert "model_key" not in client.get(url(c.programme, "change/")).context["form"].fields
    client.post(url(c.programme, "change/"), FACTS | {"name": "Rising", "model_key": "kram"})
    c.programme.refresh_from_db()
    assert (c.programme.name, c.programme.model_key) == ("Rising", "clutterbuck")


def test_the_model_of_a_draft_changes_on_its_own_page_where_its_reason_is_asked(c, draft):
    browser_of(c.carys).post(url(draft, "change/"), FACTS | {"model_key": "kram"})
    draft.refresh_from_db()
    assert draft.model_key == "clutterbuck"


# --- launching and closing


def test_launch_says_what_is_missing(c, draft):
    page = words_of(browser_of(c.carys).get(url(draft, "launch/")))
    assert "Add one mentor or more." in page
    assert "Add one mentee or more." in page
    assert "Launch it" not in page
    refused = browser_of(c.carys).post(url(draft, "launch/"), follow=True)
    assert "Add one mentor or more." in words_of(refused)
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_launching_twice_launches_once(c, draft):
    cast.launchable(draft, c.carys)
    cast.takes_part(draft, c.amara, "mentor", c.carys)
    cast.takes_part(draft, c.ben, "mentee", c.carys)
    client = browser_of(c.carys)
    assert "It has 1 mentee." in words_of(client.get(url(draft, "launch/")))
    client.post(url(draft, "launch/"))
    draft.refresh_from_db()
    first = draft.launched_at
    again = client.post(url(draft, "launch/"), follow=True)
    assert "This programme has been launched already." in words_of(again)
    draft.refresh_from_db()
    assert (draft.state, draft.launched_at) == ("running", first)
    assert client.get(url(draft, "launch/")).status_code == 302


def test_a_closed_programme_is_only_read(c):
    client = browser_of(c.carys)
    assert "This cannot be undone." in words_of(client.get(url(c.programme, "close/")))
    client.post(url(c.programme, "close/"))
    client.post(url(c.programme, "close/"))
    assert Programme.objects.get().state == "closed"
    assert client.get(url(c.programme, "change/")).status_code == 302
    assert client.get(url(c.programme, "people/add/")).status_code == 302
    page = words_of(client.get(url(c.programme)))
    assert "Close the programme" not in page
    assert "Add people" not in page
    assert "Remove" not in words_of(client.get(url(c.programme, "people/")))
    assert client.post(url(c.programme, "change/"), FACTS | {"name": "Other"}).status_code == 302
    assert Programme.objects.get().name == "Rising leaders"


def test_a_draft_cannot_be_closed(c, draft):
    browser_of(c.carys).post(url(draft, "close/"))
    draft.refresh_from_db()
    assert draft.state == "draft"


# --- people


def test_everybody_whom_the_roster_names_is_added_once(c, draft):
    listed(c.carys.organisation, 3)
    listed(c.carys.organisation, 1, roster_role="both", start=3)
    client = browser_of(c.carys)
    assert "Add all 4 people whom the roster names" in words_of(client.get(url(draft, "people/add/")))
    done = client.post(url(draft, "people/add/"), {"all": "1"}, follow=True)
    assert "4 people are added." in words_of(done)
    again = client.post(url(draft, "people/add/"), {"all": "1"}, follow=True)
    assert "Nobody new was chosen." in words_of(again)
    assert Participation.objects.filter(programme=draft).exclude(part="coordinator").count() == 5
    assert Participation.objects.get(programme=draft, part="mentor").capacity == 3


def test_the_ticked_are_added_in_their_parts(c, draft):
    first, second = listed(c.carys.organisation, 2, roster_role="")
    said = {"mentor": [first.ref], "mentee": [first.ref, second.ref], "coordinator": [], "add": "1"}
    browser_of(c.carys).post(url(draft, "people/add/"), said)
    held = Participation.objects.filter(programme=draft).exclude(membership=c.carys.membership)
    assert sorted(held.values_list("membership__name", "part")) == [
        ("Person 0", "mentee"), ("Person 0", "mentor"), ("Person 1", "mentee"),
    ]  # fmt: skip


def test_nobody_of_another_organisation_is_added(c, draft):
    (foreign,) = listed(cast.organisation("Harbour Trust"), 1)
    done = browser_of(c.carys).post(url(draft, "people/add/"), {"mentor": foreign.ref, "add": "1"}, follow=True)
    assert "Nobody new was chosen." in words_of(done)
    assert not Participation.objects.filter(membership=foreign).exists()


@pytest.mark.parametrize(("said", "kept"), [("0", 0), ("20", 20), ("21", 2), ("-1", 2), ("", 2), ("two", 2)])
def test_places_lie_between_none_and_twenty(c, said, kept):
    taker = part_of(c.amara, "mentor")
    response = browser_of(c.carys).post(url(c.programme, f"people/{taker.ref}/places/"), {"capacity": said})
    taker.refresh_from_db()
    assert taker.capacity == kept
    assert response.status_code == (302 if said == str(kept) else 200)


def test_a_mentee_has_no_places_to_change(c):
    taker = part_of(c.ben, "mentee")
    assert browser_of(c.carys).get(url(c.programme, f"people/{taker.ref}/places/")).status_code == 404


def test_removing_a_mentor_asks_and_ends_their_pairs(c):
    taker = part_of(c.amara, "mentor")
    client = browser_of(c.carys)
    page = words_of(client.get(url(c.programme, f"people/{taker.ref}/remove/")))
    assert "Remove Amara Okafor from the programme?" in page
    assert "Pairs and proposals with them in this part end at once" in page
    client.post(url(c.programme, f"people/{taker.ref}/remove/"))
    assert Relationship.objects.get().ending == "withdrawn"
    again = client.post(url(c.programme, f"people/{taker.ref}/remove/"), follow=True)
    assert again.status_code == 200
    assert "Amara Okafor no longer takes part." in words_of(again)


def test_the_last_coordinator_stays(c):
    taker = part_of(c.carys, "coordinator")
    done = browser_of(c.carys).post(url(c.programme, f"people/{taker.ref}/remove/"), follow=True)
    assert "A programme needs a coordinator. Name another one first." in words_of(done)
    assert Participation.objects.get(pk=taker.pk).in_force


def test_a_coordinator_who_leaves_is_led_to_the_list(c):
    cast.takes_part(c.programme, c.elin, "coordinator", c.carys)
    taker = part_of(c.carys, "coordinator")
    done = browser_of(c.carys).post(url(c.programme, f"people/{taker.ref}/remove/"), follow=True)
    assert done.redirect_chain[-1][0] == "/programmes/"


def test_people_who_were_not_invited_are_found_and_led_to_the_invitation(c):
    members = listed(c.carys.organisation, 2)
    actions.add_participants(c.programme, [actions.Place(member, "mentee") for member in members], by=c.carys)
    steps = {str(step.words): step.link for step in hooks.next_steps.of(c.carys)}
    link = steps["Invite 2 people to “Rising leaders”"]
    page = browser_of(c.carys).get(link)
    assert "Invite these 2 people" in words_of(page)
    assert page.context["to_invite"] == [member.ref for member in members]
    Membership.objects.filter(pk=members[0].pk).update(state=MembershipState.INVITED)
    assert "Invite one person to “Rising leaders”" in [str(step.words) for step in hooks.next_steps.of(c.carys)]


def test_all_who_were_not_invited_are_led_to_the_invitation_at_once_and_not_a_page_of_them(c):
    members = listed(c.carys.organisation, 60)
    both = [actions.Place(members[0], "mentor")]
    actions.add_participants(c.programme, [*both, *(actions.Place(one, "mentee") for one in members)], by=c.carys)
    browser = browser_of(c.carys)
    page = browser.get(url(c.programme, "people/?state=listed"))
    assert "Invite these 60 people" in words_of(page)
    shown = browser.post("/people/invite/", {"person": page.context["to_invite"], "look": "1"})
    assert "Invite 60 people" in words_of(shown)
    assert not Membership.objects.filter(state=MembershipState.INVITED).exists()


def test_whoever_invites_people_of_a_programme_is_led_back_to_them(c):
    member = listed(c.carys.organisation, 1)[0]
    actions.add_participants(c.programme, [actions.Place(member, "mentee")], by=c.carys)
    browser, people = browser_of(c.carys), url(c.programme, "people/")
    assert f'name="back" value="{people}"' in words_of(browser.get(f"{people}?state=listed"))
    sent = {"person": member.ref, "back": people}
    assert f'name="back" value="{people}"' in words_of(browser.post("/people/invite/", {**sent, "look": "1"}))
    done = browser.post("/people/invite/", sent, follow=True)
    assert done.redirect_chain == [(people, 302)]
    assert "1 person is invited." in words_of(done)


def test_the_next_steps_of_a_draft(c, draft):
    def step():
        return [str(step.words) for step in hooks.next_steps.of(c.carys) if f"/{draft.slug}/" in step.link]

    assert step() == ["Put “Ward sisters” on paper", "Add people to “Ward sisters”"]
    cast.takes_part(draft, c.amara, "mentor", c.carys)
    cast.takes_part(draft, c.ben, "mentee", c.carys)
    assert step() == ["Put “Ward sisters” on paper", "Launch “Ward sisters”"]
    cast.launchable(draft, c.carys)
    assert step() == ["Launch “Ward sisters”", "Go on writing “Ward sisters”"]


def test_a_coordinator_without_the_role_across_the_organisation_finds_the_programme(c):
    assert "/programmes/" not in [item.link for item in hooks.navigation.items(c.elin)]
    cast.takes_part(c.programme, c.elin, "coordinator", c.carys)
    assert "/programmes/" in [item.link for item in hooks.navigation.items(c.elin)]


def test_the_people_are_searched_and_filtered(c):
    client = browser_of(c.carys)

    def found(**said):
        return [taker.membership.name for taker in client.get(url(c.programme, "people/"), said).context["page"]]

    assert found() == ["Amara Okafor", "Ben Thomas", "Carys Llewellyn"]
    assert found(part="mentor") == ["Amara Okafor"]
    assert found(q="thom") == ["Ben Thomas"]
    assert found(state="listed") == []
    assert "Nobody fits" in words_of(client.get(url(c.programme, "people/"), {"q": "zz"}))


@pytest.mark.parametrize(("page", "most"), [("people/", 10), ("people/add/", 10), ("funnel/joined/", 10)])
def test_pages_ask_the_same_however_many_people_there_are(c, page, most):
    def more(count, start):
        members = listed(c.carys.organisation, 2 * count, start=start)
        half = [actions.Place(member, "mentee") for member in members[:count]]
        actions.add_participants(c.programme, half, by=c.carys)

    more(3, 0)
    few = queries_of(browser_of(c.carys), url(c.programme, page))
    more(27, 10)
    many = queries_of(browser_of(c.carys), url(c.programme, page))
    assert len(many) == len(few)
    assert twice(many) == []
    assert len(many) <= most


def test_the_list_of_programmes_asks_the_same_however_many_there_are(c):
    few = queries_of(browser_of(c.carys), "/programmes/")
    for number in range(12):
        cast.programme(c.carys, f"Round {number}")
    many = queries_of(browser_of(c.carys), "/programmes/")
    assert len(many) == len(few)
    assert twice(many) == []


def test_the_same_form_sent_twice_begins_one_programme(c):
    client = browser_of(c.carys)
    for _twice in range(2):
        response = client.post("/programmes/new/", FACTS | {"name": "Ward sisters", "ref": "abcdefghijkl"})
        assert response["Location"] == "/programmes/ward-sisters/"
    assert Programme.objects.filter(name="Ward sisters").count() == 1


def test_a_programme_with_children_is_refused(c):
    said = {name: value for name, value in FACTS.items() if name != "adults"}
    response = browser_of(c.carys).post("/programmes/new/", said | {"name": "Youth"})
    assert "Tick this to go on." in response.content.decode()
    assert not Programme.objects.filter(name="Youth").exists()
