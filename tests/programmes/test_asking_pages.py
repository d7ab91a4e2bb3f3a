"""Asking people to take part, on the pages of a coordinator and of whoever is asked."""

import re

import pytest

from alongside.foundation import clock
from alongside.foundation.hooks import next_steps
from alongside.foundation.identity.models import Membership
from alongside.people import actions as people
from alongside.people.actions.people import ensure_profiles
from alongside.people.models import Profile
from alongside.programmes import actions
from alongside.programmes.actions import Wish
from alongside.programmes.models import CalendarEntry, Design, Joining, Participation
from tests import applying, cast
from tests.visits import HOSTILE, browser_of, is_harmless, queries_of, twice, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def o():
    o = applying.opened("")
    Design.objects.filter(programme=o.programme).update(notice="Staff handbook, chapter 7")
    return o


def url(o, page: str = "") -> str:
    return f"/programmes/{o.programme.slug}/{page}"


def text(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", words_of(response)).split())


def page(actor, address: str) -> str:
    return text(browser_of(actor).get(address))


def asked(o, actor, part: str = "mentee", words: str = "We thought of you.") -> Joining:
    return actions.ask(o.programme, Wish(actor.membership, part), by=o.carys, words=words)


# --- a coordinator asks


def ticked(o, **ticks) -> dict[str, list[str]]:
    """The boxes of a part, as the form names them."""
    return {part: [actor.membership.ref for actor in actors] for part, actors in ticks.items()}


def test_ticked_people_are_shown_once_more_and_then_asked_all_at_once(o):
    browser = browser_of(o.carys)
    people = ticked(o, mentor=[o.amara], mentee=[o.ben, o.elin])
    said = text(browser.post(url(o, "people/add/"), people | {"ask": "1"}))
    assert "Amara Okafor, Mentor" in said
    assert "Ben Thomas, Mentee" in said
    assert "They can answer" not in said
    assert not Joining.objects.exists()
    response = browser.post(url(o, "people/ask/"), people | {"send": "1", "words": "Come along."}, follow=True)
    assert "3 people are asked." in text(response)
    assert Joining.objects.filter(state="invited").count() == 3
    assert not Participation.objects.exclude(part="coordinator").exists()


def test_nobody_ticked_keeps_the_page_and_says_so(o):
    assert "Nobody new was chosen." in text(browser_of(o.carys).post(url(o, "people/add/"), {"ask": "1"}))
    assert browser_of(o.carys).get(url(o, "people/ask/")).url == url(o, "people/add/")


def test_whoever_cannot_be_asked_stands_there_with_the_reason(o):
    nia = people.add_person(
        organisation=o.carys.organisation, by=o.carys, name="Nia Rees", work_address="nia@northgate.example"
    )
    said = text(
        browser_of(o.carys).post(url(o, "people/ask/"), {"mentee": nia.ref, "coordinator": o.ben.membership.ref})
    )
    assert "Nia Rees (cannot sign in yet: invite them to the organisation first)" in said
    assert "Ben Thomas (coordinators are added, not asked)" in said


def test_whoever_would_have_nobody_to_turn_to_stands_there_with_what_comes_first(o):
    sam = cast.member("Sam Osei", o.carys.organisation, "safeguarding_lead")
    browser, chosen = browser_of(o.carys), ticked(o, mentee=[sam, o.ben])
    said = text(browser.post(url(o, "people/ask/"), chosen))
    assert "Sam Osei (Name another safeguarding lead or alternate for Sam Osei)" in said
    browser.post(url(o, "people/ask/"), chosen | {"send": "1", "words": ""})
    assert [held.membership for held in Joining.objects.all()] == [o.ben.membership]


def roster_says(*actors, role: str = "mentee") -> None:
    ensure_profiles(actor.membership for actor in actors)
    Profile.objects.filter(membership__in=[actor.membership for actor in actors]).update(roster_role=role)


def test_everybody_whom_the_roster_names_is_asked_at_once_but_for_whoever_was_asked_before(o):
    roster_says(o.ben, o.elin, o.carys)
    roster_says(o.amara, role="mentor")
    actions.decline(asked(o, o.ben), by=o.ben)
    browser, everybody = browser_of(o.carys), {"all": "1", "ask": "1"}
    shown = text(browser.post(url(o, "people/add/"), everybody))
    for said, is_there in (("Amara Okafor, Mentor", 1), ("Elin Berg, Mentee", 1), ("Ben Thomas", 0), ("Carys L", 1)):
        assert shown.count(said) == is_there, said  # Carys stands in the masthead alone
    assert "afterwards" not in shown
    assert not Joining.objects.exclude(membership=o.ben.membership).exists()
    browser.post(url(o, "people/ask/"), ticked(o, mentor=[o.amara], mentee=[o.elin]) | {"send": "1", "words": ""})
    again = text(browser.post(url(o, "people/add/"), everybody, follow=True))
    assert "Whoever the roster names was asked already, or cannot sign in yet." in again


def test_of_more_than_can_be_asked_at_once_the_page_says_how_many_are_left(o, monkeypatch):
    monkeypatch.setattr("alongside.programmes.views.asking.AT_ONCE", 2)
    roster_says(o.amara, o.ben, o.elin)
    shown = text(browser_of(o.carys).post(url(o, "people/add/"), {"all": "1", "ask": "1"}))
    assert "Ben Thomas, Mentee" in shown
    assert "Elin Berg, Mentee" not in shown
    assert "One more whom the roster names can be asked afterwards." in shown


def test_of_those_whom_the_roster_names_the_page_says_how_many_cannot_sign_in_yet(o):
    roster_says(o.amara, o.ben, o.elin)
    everybody, not_yet = {"all": "1", "ask": "1"}, "One more whom the roster names cannot sign in yet"
    assert not_yet not in text(browser_of(o.carys).post(url(o, "people/add/"), everybody))
    Membership.objects.filter(pk=o.elin.membership.pk).update(state="listed")
    assert not_yet in text(browser_of(o.carys).post(url(o, "people/add/"), everybody))


def test_the_next_step_of_a_draft_says_how_many_its_launch_asks(o):
    draft = cast.programme(o.carys, "Ward sisters")
    for actor, part in ((o.amara, "mentor"), (o.ben, "mentee")):
        actions.ask(draft, Wish(actor.membership, part), by=o.carys)
    step = next(step for step in next_steps.of(o.carys) if str(step.words) == "Launch “Ward sisters”")
    assert str(step.why) == "Nobody is told anything before. 2 people are asked then."


def test_after_a_no_only_a_tick_of_its_own_asks_once_more(o):
    actions.decline(asked(o, o.ben), by=o.ben)
    browser, again = browser_of(o.carys), {"mentee": o.ben.membership.ref, "send": "1", "words": "A shorter one now."}
    assert "Asked as mentee on" in page(o.carys, url(o, "people/add/"))
    said = text(browser.post(url(o, "people/ask/"), again))
    assert "Ask Ben Thomas once more, as mentee" in said
    assert "Nobody new was chosen." in said
    browser.post(url(o, "people/ask/"), again | {"again": f"mentee:{o.ben.membership.ref}"})
    assert Joining.objects.get().reply == "waiting"


def test_who_was_asked_is_listed_with_the_answer_and_narrowed_by_it(o):
    actions.decline(asked(o, o.ben), by=o.ben)
    asked(o, o.elin)
    said = page(o.carys, url(o, "people/asked/"))
    assert re.search(r"Elin Berg Mentee .* Carys Llewellyn Not answered yet .*Ben Thomas Mentee .* Not this time", said)
    only = page(o.carys, url(o, "people/asked/?reply=no"))
    assert "Ben Thomas" in only
    assert "Elin Berg" not in only
    assert "Who was asked to take part" in page(o.carys, url(o))


def test_a_question_is_taken_back_on_its_page_and_can_be_asked_again(o):
    joining = asked(o, o.ben)
    there = url(o, f"people/asked/{joining.ref}/")
    assert "Take the question back" in page(o.carys, there)
    assert "Ben Thomas is no longer asked." in text(browser_of(o.carys).post(there, follow=True))
    assert "Ask again" in page(o.carys, there)
    assert "This question was taken back." in text(browser_of(o.carys).post(there, follow=True))


def test_nobody_else_comes_to_these_pages_and_a_coordinator_not_to_their_own(o):
    joining, own = asked(o, o.ben), asked(o, o.dev)
    cast.takes_part(o.programme, o.amara, "mentor", o.carys)
    for actor in (o.ben, o.amara, o.elin):
        for there in ("people/ask/", "people/asked/", f"people/asked/{joining.ref}/"):
            assert browser_of(actor).get(url(o, there)).status_code == 404, there
    assert browser_of(o.dev).get(url(o, f"people/asked/{own.ref}/")).status_code == 404
    assert page(o.dev, url(o, "people/asked/")).count("Dev Shah") == 1  # whose page it is


# --- whoever is asked answers


def test_whoever_is_asked_finds_it_first_and_reads_what_it_is_and_asks(o):
    day = clock.today("Europe/London")
    CalendarEntry.objects.create(programme=o.programme, kind="enrol", day=day)
    asked(o, o.amara, "mentor", "You would be just right.")
    asked(o, o.elin, "mentor")
    first = next_steps.of(o.amara)[0]
    assert (str(first.words), first.link) == (
        "Say whether you take part in “Rising leaders”",
        url(o, "join/mentor/answer/"),
    )
    said = page(o.amara, first.link)
    for words in (
        "Would you take part as mentor?",
        "Carys Llewellyn asks you You would be just right.",
        "Newly promoted leaders find their feet.",
        "You help somebody think and find their own way.",
        "Whoever leads since this year.",
        "Privacy notice: Staff handbook, chapter 7",
        f"Answer by {day.strftime('%A')} {day.day} {day.strftime('%B')}",
        "Band 6 or 7.",
        "Mentees in this programme",
    ):
        assert words in said, words
    assert "Elin" not in said


def test_a_yes_asks_what_is_missing_and_then_they_take_part(o):
    asked(o, o.amara, "mentor")
    browser, there = browser_of(o.amara), url(o, "join/mentor/answer/")
    assert "Say whether this describes you." in text(browser.post(there, {"room": "2"}))
    said = text(browser.post(there, {"room": "2", "fits": "no"}, follow=True))
    assert "You take part. Thank you." in said
    assert "You have room for 2 mentees." in said
    assert browser.get(there).url == url(o, "join/")


def test_a_no_is_one_press_and_the_page_says_how_it_stands(o):
    asked(o, o.ben)
    there = url(o, "join/mentee/answer/")
    said = text(browser_of(o.ben).post(there, {"answer": "no"}, follow=True))
    assert "“Not this time” it is. Nobody asks why." in said
    assert "If you change your mind, write to Carys Llewellyn and Dev Shah." in said
    assert not [step for step in next_steps.of(o.ben) if "join" in step.link]


def test_without_a_free_place_what_was_typed_stays_and_the_page_says_why(o):
    Design.objects.filter(programme=o.programme).update(mentor_places=0)
    asked(o, o.amara, "mentor")
    response = browser_of(o.amara).post(url(o, "join/mentor/answer/"), {"room": "4", "fits": "yes"})
    assert "All 0 places are taken." in text(response)
    assert 'value="4"' in words_of(response)


def test_a_link_that_is_over_leads_to_how_it_stands(o):
    actions.recall(asked(o, o.ben), by=o.carys)
    response = browser_of(o.ben).get(url(o, "join/mentee/answer/"), follow=True)
    assert "You were asked to take part. That was taken back on" in text(response)
    assert browser_of(o.elin).get(url(o, "join/mentee/answer/")).status_code == 404
    assert browser_of(o.ben).get(url(o, "join/coordinator/answer/")).status_code == 404


@pytest.mark.parametrize("kind", HOSTILE)
def test_words_that_mean_harm_do_none(o, kind):
    browser, people = browser_of(o.carys), {"mentee": o.ben.membership.ref, "send": "1"}
    assert browser.post(url(o, "people/ask/"), people | {"words": HOSTILE[kind]}).status_code in (200, 302)
    asked(o, o.amara, "mentor", HOSTILE[kind].replace("\0", "")[:2000])
    assert is_harmless(browser_of(o.amara).get(url(o, "join/mentor/answer/")))
    for bad in ("0", "zwölf", "-1", "99999999999"):
        there = url(o, "join/mentor/answer/")
        assert browser_of(o.amara).post(there, {"room": bad, "fits": kind}).status_code == 200


def test_the_pages_ask_the_database_as_often_for_many_as_for_few(o):
    counted = []
    for number in (3, 9):
        for one in range(number):
            asked(o, cast.member(f"Person {number} {one}", o.carys.organisation))
        counted.append([queries_of(browser_of(o.carys), url(o, there)) for there in ("people/asked/", "people/add/")])
    few, many = ([len(asked) for asked in pages] for pages in counted)
    assert few == many
    assert [twice(asked) for asked in counted[1]] == [[], []]
    assert few[0] <= 8
    asked(o, o.ben)
    answer = queries_of(browser_of(o.ben), url(o, "join/mentee/answer/"))
    assert twice(answer) == []
    assert len(answer) <= 20
