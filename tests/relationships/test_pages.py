"""Each page of pairs: who may open it, what it says, and what happens when it is pressed twice."""

import re

import pytest
from django.test import Client

from alongside.foundation import hooks
from alongside.people.actions.people import change_profile
from alongside.people.models import Link
from alongside.programmes import actions as programmes
from alongside.programmes.models import Participation, Programme
from alongside.relationships import actions, queries
from alongside.relationships.models import Party, Reason, Relationship
from tests import cast
from tests.visits import HOSTILE, MARKUP, browser_of, is_harmless, queries_of, twice, words_of

pytestmark = pytest.mark.django_db
OF_A_PAIR = ["", "accept/", "decline/", "end/", "move/", "withdraw/"]


@pytest.fixture
def c():
    return cast.pair()


@pytest.fixture
def proposed():
    return cast.pair(answered=False)


def of_pair(c, page: str = "") -> str:
    return f"/pairs/{c.relationship.ref}/{page}"


def of_programme(c, page: str = "pairs/") -> str:
    return f"/programmes/{c.programme.slug}/{page}"


def waiting(c, name: str = "Noor Aziz"):
    """One more mentee without a mentor: the actor and the participation."""
    actor = cast.member(name, c.carys.organisation)
    return actor, cast.takes_part(c.programme, actor, "mentee", c.carys)


def mentor_of(c) -> Participation:
    return Participation.objects.get(membership=c.amara.membership, part="mentor")


# --- who may open what


def statuses(c, actor) -> list[int]:
    client = browser_of(actor)
    posts = {"accept/"}
    return [(client.post if page in posts else client.get)(of_pair(c, page)).status_code for page in OF_A_PAIR]


@pytest.mark.parametrize("who", ["ben", "amara"])
def test_the_two_open_their_pages_and_do_not_withdraw(proposed, who):
    assert statuses(proposed, getattr(proposed, who)) == [200, 302, 302, 302, 302, 302]


def test_the_coordinator_reads_and_withdraws_and_answers_for_nobody(proposed):
    assert statuses(proposed, proposed.carys) == [200, 404, 404, 404, 404, 200]
    assert not Party.objects.exclude(answer="waiting").exists()


@pytest.mark.parametrize("who", ["stranger", "administrator", "other organisation", "manager who coordinates"])
def test_nobody_else_learns_that_the_pair_exists(proposed, who):
    home = proposed.carys.organisation
    if who == "manager who coordinates":
        actor = proposed.carys
        Link.objects.create(source=actor.membership, target=proposed.ben.membership)
    elif who == "other organisation":
        actor = cast.pair(cast.organisation("Harbour Trust")).carys
    else:
        actor = proposed.elin if who == "stranger" else cast.member("Ada Frost", home, "administrator")
    assert statuses(proposed, actor) == [404] * len(OF_A_PAIR)


@pytest.mark.parametrize("page", ["pairs/", "pairs/by-hand/"])
def test_the_programmes_pairs_are_the_coordinators_alone(c, page):
    outside = cast.pair(cast.organisation("Harbour Trust")).carys
    url = of_programme(c, page)
    found = [browser_of(actor).get(url).status_code for actor in (c.carys, c.amara, c.ben, c.elin, outside)]
    assert found == [200, 404, 404, 404, 404]


@pytest.mark.parametrize("page", OF_A_PAIR)
def test_signed_out_people_are_led_to_the_sign_in(proposed, page):
    client = Client()
    response = client.post(of_pair(proposed, page)) if page == "accept/" else client.get(of_pair(proposed, page))
    assert response.status_code == 302
    assert response.url.startswith("/account/login/")


def test_wrong_methods_are_refused(proposed):
    client = browser_of(proposed.ben)
    assert client.get(of_pair(proposed, "accept/")).status_code == 405
    assert client.post(of_pair(proposed)).status_code == 405
    assert client.post("/pairs/").status_code == 405
    assert client.delete(of_pair(proposed, "end/")).status_code == 405
    assert browser_of(proposed.carys).post(of_programme(proposed)).status_code == 405


def test_an_address_that_is_no_ref_is_absent(proposed):
    for ref in ("nobody", "%00", "x" * 500):
        assert browser_of(proposed.ben).get(f"/pairs/{ref}/").status_code == 404


# --- answering


def test_a_proposal_shows_who_it_is_and_what_the_two_have_in_common(proposed):
    change_profile(
        proposed.amara.membership, by=proposed.amara, offered=["Budgets", "Change"], headline="Head of nursing"
    )
    change_profile(proposed.ben.membership, by=proposed.ben, wanted=["Budgets", "Data"])
    page = words_of(browser_of(proposed.ben).get(of_pair(proposed)))
    assert "Is Amara right for you?" in page
    assert "Head of nursing" in page
    assert re.findall(r"<strong>(.*?)</strong>", page) == ["Budgets"]


def test_the_first_yes_says_that_the_other_answers_and_the_second_that_it_begins(proposed):
    first = browser_of(proposed.ben).post(of_pair(proposed, "accept/"), follow=True)
    assert "You have said yes. Now Amara answers." in words_of(first)
    second = browser_of(proposed.amara).post(of_pair(proposed, "accept/"), follow=True)
    assert "You and Ben have both said yes." in words_of(second)


def test_saying_yes_twice_lands_on_the_same_page(proposed):
    client = browser_of(proposed.ben)
    client.post(of_pair(proposed, "accept/"))
    again = client.post(of_pair(proposed, "accept/"), follow=True)
    assert again.status_code == 200
    assert "You have answered already." in words_of(again)
    assert Relationship.objects.get().state == "proposed"


def test_declining_keeps_the_reason_and_tells_what_happens_next(proposed):
    said = {"reason": "We share an office", "share": "on"}
    page = browser_of(proposed.ben).post(of_pair(proposed, "decline/"), said, follow=True)
    assert "It did not come about" in words_of(page)
    assert "We share an office" in words_of(page)
    assert Reason.objects.get().shared is True
    partner = words_of(browser_of(proposed.amara).get(of_pair(proposed)))
    assert "It did not come about" in partner
    assert "We share an office" not in partner


def test_declining_twice_or_after_a_yes_lands_on_the_pair(proposed):
    client = browser_of(proposed.ben)
    client.post(of_pair(proposed, "decline/"), {})
    again = client.post(of_pair(proposed, "decline/"), {}, follow=True)
    assert "There is nothing to answer here any more." in words_of(again)
    assert client.get(of_pair(proposed, "decline/")).status_code == 302


def test_the_coordinator_sees_who_has_answered(proposed):
    browser_of(proposed.amara).post(of_pair(proposed, "accept/"))
    page = words_of(browser_of(proposed.carys).get(of_pair(proposed)))
    assert page.count("Has said yes") == 1
    assert page.count("Has not answered yet") == 1
    assert "Withdraw the proposal" in page


# --- ending and moving


def test_ending_asks_first_and_then_stays_readable(c):
    client = browser_of(c.ben)
    asked = words_of(client.get(of_pair(c, "end/")))
    assert "End your mentoring with Amara Okafor?" in asked
    assert Relationship.objects.get().state == "accepted"
    page = client.post(of_pair(c, "end/"), {}, follow=True)
    assert "This pair has ended" in words_of(page)
    assert "End this pair" not in words_of(page)


def test_ending_twice_is_harmless(c):
    client = browser_of(c.ben)
    client.post(of_pair(c, "end/"), {})
    again = client.post(of_pair(c, "end/"), {"reason": "Once more"}, follow=True)
    assert "This has ended already." in words_of(again)
    assert not Reason.objects.exists()


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("page", ["decline/", "end/"])
def test_hostile_reasons_do_no_harm_and_refused_ones_are_kept_in_the_form(page, words):
    c = cast.pair(answered=page == "end/")
    client = browser_of(c.ben)
    response = client.post(of_pair(c, page), {"reason": words, "share": "on"})
    assert is_harmless(response)
    assert is_harmless(client.get(of_pair(c)))
    if response.status_code == 200:  # refused: what was typed is still there
        assert "Error:" in words_of(response)
        assert response.context["form"]["reason"].value() == words
        assert response.context["form"]["share"].value() is True


def test_a_step_that_lacks_something_has_no_button_and_says_why(c):
    Relationship.objects.update(stage="progress", state="active")
    page = words_of(browser_of(c.ben).get(of_pair(c, "move/")))
    assert "Go on to “Winding down”?" in page
    assert "One session or more, written down" in page
    assert "Something is still missing." in page
    assert '<button class="button is-first" type="submit">Go on</button>' not in page


def test_a_step_that_lacks_something_is_refused_when_it_is_sent(c):
    Relationship.objects.update(stage="progress", state="active")
    response = browser_of(c.ben).post(of_pair(c, "move/"))
    assert response.status_code == 200
    assert Relationship.objects.get().stage == "progress"


def test_two_people_go_on_once_however_often_they_press(c, monkeypatch):
    monkeypatch.setattr(hooks.gates, "_held", [])
    Relationship.objects.update(stage="progress", state="active")
    for actor in (c.ben, c.amara):
        browser_of(actor).get(of_pair(c, "move/"))
    assert browser_of(c.ben).post(of_pair(c, "move/")).status_code == 302
    assert Relationship.objects.get().stage == "close"


def test_the_pair_page_names_the_step_that_its_button_takes(c):
    Relationship.objects.update(stage="direct", state="active")
    page = words_of(browser_of(c.ben).get(of_pair(c)))
    assert "To reach “Progress-making”" in page
    assert "Go on to “Winding down”" in page
    assert "Go on to “Progress-making”" not in page


def test_a_phase_of_several_stages_is_not_said_to_be_reached_again(c):
    page = words_of(browser_of(c.ben).get(of_pair(c)))
    assert "Next within “Rapport-building”" in page
    assert "To reach “Rapport-building”" not in page


def test_the_coordinator_sees_what_is_missing_without_a_way_there(c):
    Relationship.objects.update(stage="direct", state="active")
    page = words_of(browser_of(c.carys).get(of_pair(c)))
    assert "One goal or more, with a starting point" in page
    assert f"{of_pair(c)}goals/" not in page
    assert "Go on to" not in page


def test_winding_down_can_be_gone_back_from(c):
    Relationship.objects.update(stage="close", state="active")
    assert "Go back to “Progress-making”" in words_of(browser_of(c.amara).get(of_pair(c)))


# --- pairing by hand


def test_two_are_chosen_proposed_and_asked(c):
    noor, taker = waiting(c)
    change_profile(noor.membership, by=noor, wanted=["Budgets", "Data"])
    change_profile(c.amara.membership, by=c.amara, offered=["Budgets"])
    client = browser_of(c.carys)
    both = {"mentee": taker.ref, "mentor": mentor_of(c).ref}
    page = words_of(client.get(of_programme(c, "pairs/by-hand/"), both))
    assert "Noor Aziz and Amara Okafor" in page
    assert page.count('aria-current="true"') == 2
    assert "In common: Budgets" in page
    done = client.post(of_programme(c, "pairs/by-hand/"), both, follow=True)
    assert "Noor Aziz and Amara Okafor are proposed to each other." in words_of(done)
    assert Relationship.objects.filter(state="proposed").count() == 1


def test_proposing_twice_makes_one_pair(c):
    _noor, taker = waiting(c)
    both = {"mentee": taker.ref, "mentor": mentor_of(c).ref}
    client = browser_of(c.carys)
    client.post(of_programme(c, "pairs/by-hand/"), both)
    again = client.post(of_programme(c, "pairs/by-hand/"), both, follow=True)
    assert "are proposed to each other already" in words_of(again)
    assert Relationship.objects.filter(state="proposed").count() == 1


def test_a_line_manager_is_marked_and_cannot_be_proposed(c):
    noor, taker = waiting(c)
    Link.objects.create(source=c.amara.membership, target=noor.membership)
    both = {"mentee": taker.ref, "mentor": mentor_of(c).ref}
    client = browser_of(c.carys)
    page = words_of(client.get(of_programme(c, "pairs/by-hand/"), both))
    assert "Amara is Noor’s line manager." in page
    assert "Propose them" not in page
    refused = client.post(of_programme(c, "pairs/by-hand/"), both, follow=True)
    assert "Nobody can be mentor and line manager of the same person." in words_of(refused)


def test_whoever_offers_most_of_what_is_wanted_stands_first(c):
    noor, taker = waiting(c)
    change_profile(noor.membership, by=noor, wanted=["Budgets"])
    zoe = cast.member("Zoe Young", c.carys.organisation)
    cast.takes_part(c.programme, zoe, "mentor", c.carys)
    change_profile(zoe.membership, by=zoe, offered=["Budgets"])
    client = browser_of(c.carys)

    def mentors(said):
        (held,) = (held for held in client.get(of_programme(c, "pairs/by-hand/"), said).context["lists"][1:])
        return [row.participation.membership.name for row, _url in held["rows"]]

    assert mentors({}) == ["Amara Okafor", "Zoe Young"]
    assert mentors({"mentee": taker.ref}) == ["Zoe Young", "Amara Okafor"]


def test_a_choice_keeps_the_search_and_the_place_in_both_lists(c):
    _noor, taker = waiting(c)
    said = {"mentee_q": "Noor", "mentor_q": "Am", "mentor_page": "1", "mentee": taker.ref}
    lists = browser_of(c.carys).get(of_programme(c, "pairs/by-hand/"), said).context["lists"]
    (_row, url), *_rest = lists[1]["rows"]
    for part in ("mentee_q=Noor", "mentor_q=Am", "mentor_page=1", f"mentee={taker.ref}", "mentor="):
        assert part in url


def test_in_a_programme_that_does_not_run_nobody_is_proposed(c):
    _noor, taker = waiting(c)
    both = {"mentee": taker.ref, "mentor": mentor_of(c).ref}
    Programme.objects.update(state="draft")
    client = browser_of(c.carys)
    page = words_of(client.get(of_programme(c, "pairs/by-hand/"), both))
    assert "This programme is not launched yet." in page
    assert "Propose them" not in page
    client.post(of_programme(c, "pairs/by-hand/"), both)
    assert not Relationship.objects.filter(state="proposed").exists()


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_hostile_choices_and_searches_choose_nobody(c, words):
    client = browser_of(c.carys)
    names = ("mentee_q", "mentor_q", "mentee", "mentor", "mentee_page", "mentor_page")
    said = dict.fromkeys(names, words[:2000])
    assert is_harmless(client.get(of_programme(c, "pairs/by-hand/"), said))
    assert is_harmless(client.post(of_programme(c, "pairs/by-hand/"), dict.fromkeys(names, words)))
    assert is_harmless(client.get(of_programme(c), {"q": words[:2000], "state": words[:2000], "page": words[:2000]}))


def test_a_hostile_name_is_shown_as_words(c):
    actor, _taker = waiting(c)
    actor.membership.name = MARKUP[:100]
    actor.membership.save()
    for page in ("pairs/by-hand/", "people/", "people/add/"):
        response = browser_of(c.carys).get(of_programme(c, page))
        assert is_harmless(response)
        assert "&lt;script&gt;" in words_of(response)


# --- withdrawing, closing, leaving


def test_withdrawing_asks_and_frees_both_places(proposed):
    client = browser_of(proposed.carys)
    assert "Withdraw the proposal of Ben Thomas and Amara Okafor?" in words_of(
        client.get(of_pair(proposed, "withdraw/"))
    )
    client.post(of_pair(proposed, "withdraw/"))
    assert Relationship.objects.get().ending == "withdrawn"
    assert client.post(of_pair(proposed, "withdraw/")).status_code == 302


def test_closing_a_programme_takes_back_open_proposals_and_leaves_pairs_alone(c):
    _noor, taker = waiting(c)
    actions.propose(mentor_of(c), taker, by=c.carys)
    programmes.close(c.programme, by=c.carys)
    assert list(Relationship.objects.order_by("id").values_list("state", "ending")) == [
        ("accepted", ""), ("ended", "withdrawn"),
    ]  # fmt: skip


def test_what_was_closed_meanwhile_is_not_proposed_in(c):
    _noor, taker = waiting(c)
    taker = Participation.objects.select_related("programme", "membership").get(pk=taker.pk)
    mentor = Participation.objects.select_related("programme", "membership").get(pk=mentor_of(c).pk)
    programmes.close(Programme.objects.get(), by=c.carys)
    with pytest.raises(actions.NotPossible, match="This programme is closed"):
        actions.propose(mentor, taker, by=c.carys)


def test_whoever_was_removed_meanwhile_is_not_proposed(c):
    _noor, taker = waiting(c)
    stale = Participation.objects.select_related("programme", "membership").get(pk=taker.pk)
    programmes.end_participation(taker, by=c.carys)
    with pytest.raises(actions.NotPossible, match="no longer takes part"):
        actions.propose(mentor_of(c), stale, by=c.carys)


def test_a_withdrawn_proposal_says_so_when_it_is_withdrawn_again(proposed):
    pair = proposed.pair(proposed.carys)
    actions.withdraw(pair, by=proposed.carys)
    with pytest.raises(actions.NotPossible, match="ended already"):
        actions.withdraw(pair, by=proposed.carys)


# --- lists


def test_ones_own_pairs_are_listed_the_open_ones_apart(c):
    _noor, taker = waiting(c)
    relationship = actions.propose(mentor_of(c), taker, by=c.carys)
    actions.decline(queries.pair(c.amara, relationship.ref), by=c.amara)
    page = browser_of(c.amara).get("/pairs/")
    assert [pair.mentee.name for pair in page.context["open"]] == ["Ben Thomas"]
    assert [pair.mentee.name for pair in page.context["ended"]] == ["Noor Aziz"]
    assert "You are in no pair at the moment" in words_of(browser_of(c.elin).get("/pairs/"))


def test_a_programmes_pairs_are_searched_and_filtered(c):
    client = browser_of(c.carys)

    def found(**said):
        return [pair.mentee.name for pair in client.get(of_programme(c), said).context["pairs"]]

    assert found() == ["Ben Thomas"]
    assert found(q="amara") == ["Ben Thomas"]
    assert found(q="nobody") == []
    assert found(state="proposed") == []
    assert "No pair fits" in words_of(client.get(of_programme(c), {"q": "nobody"}))


@pytest.mark.parametrize("page", ["pairs/", "pairs/by-hand/"])
def test_lists_ask_the_same_however_long_they_are(c, page):
    Participation.objects.filter(pk=mentor_of(c).pk).update(capacity=20)

    def more(count, start):
        for number in range(start, start + count):
            actor, taker = waiting(c, f"Mentee {number}")
            change_profile(actor.membership, by=actor, wanted=["Budgets", f"Skill {number}"])
            cast.takes_part(c.programme, cast.member(f"Mentor {number}", c.carys.organisation), "mentor", c.carys)
            if page == "pairs/":
                actions.propose(mentor_of(c), taker, by=c.carys)

    more(3, 0)
    few = queries_of(browser_of(c.carys), of_programme(c, page))
    more(14, 3)
    many = queries_of(browser_of(c.carys), of_programme(c, page))
    assert len(many) == len(few)
    assert twice(many) == []
    assert len(many) <= 13


def test_the_masthead_leads_to_each_pair_while_they_are_few_then_to_a_list(c):
    def items(actor):
        return [str(item.words) for item in hooks.navigation.items(actor)]

    assert "You and Ben" in items(c.amara)
    Participation.objects.filter(pk=mentor_of(c).pk).update(capacity=5)
    for name in ("Noor Aziz", "Dina Rossi"):
        actions.propose(mentor_of(c), waiting(c, name)[1], by=c.carys)
    assert "Your pairs" in items(c.amara)
    assert "You and Ben" not in items(c.amara)


def test_the_masthead_asks_one_question_for_pairs(c, django_assert_num_queries):
    from alongside.relationships.hooks import navigation

    with django_assert_num_queries(1):
        assert len(list(navigation(c.amara))) == 1
    actions.end(c.pair(c.ben), by=c.ben)
    assert list(navigation(c.amara)) == []


def test_coordinators_are_told_who_waits_for_a_mentor(c):
    waiting(c)
    waiting(c, "Dina Rossi")
    steps = {str(step.words): step.link for step in hooks.next_steps.of(c.carys)}
    assert steps["Find mentors for 2 mentees in “Rising leaders”"] == of_programme(c, "matching/")
    assert not [step for step in hooks.next_steps.of(c.amara) if "Find" in str(step.words)]
