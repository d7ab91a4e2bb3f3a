"""Where mentees choose: a few who fit, a place that is kept meanwhile, and what happens when a place is gone."""

from datetime import timedelta
from functools import partial

import pytest
from django.http import Http404

from alongside.foundation import clock
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import System
from alongside.foundation.identity.models import Account, Membership
from alongside.foundation.notifications.models import Mail
from alongside.matching import actions
from alongside.matching.models import MatchingPolicy, Offer, OfferedMentor
from alongside.matching.queries import inputs, offers
from alongside.matching.rules import Policy
from alongside.matching.terms import Way
from alongside.people.models import Profile
from alongside.programmes import actions as programmes
from alongside.programmes.models import Participation
from alongside.records.actions import erasing
from alongside.relationships import actions as relationships
from alongside.relationships.models import Party, Relationship
from tests.matching.world import actor, given, joins, lock, made, published, says
from tests.races import at_once
from tests.visits import browser_of, words_of

pytestmark = pytest.mark.django_db
CHOOSE = "/programmes/rising-leaders/choose/"


@pytest.fixture
def world():
    """Ben and Elin choose; Zoe mentors too and has two places."""
    held = made()
    MatchingPolicy.objects.create(programme=held.programme, way=Way.CHOICE, kept=Policy().kept())
    says(held.amara, offered="Negotiation", job_title="Head of nursing", site="Leeds")
    says(held.ben, wanted="Negotiation", site="Leeds")
    return held


@pytest.fixture
def zoe(world):
    return joins(world, "Zoe Young", "mentor", capacity=2)


def offered(world, zoe, *more):
    """Ben may choose Amara, whose place is kept, or Zoe; Elin may choose Kwame or Zoe."""
    couples = [(world.ben, world.amara), (world.elin, world.kwame), *more]
    return published(world, *couples, others={world.ben.ref: [world.kwame, zoe], world.elin.ref: [world.amara, zoe]})


def names(offer) -> list[tuple[str, bool]]:
    return [(row.mentor.membership.name, row.kept) for row in offers.mentors_of(offer)]


def of(taker) -> Offer:
    return Offer.objects.select_related("mentee__membership", "mentee__programme", "round").get(mentee=taker)


def row_of(taker, mentor) -> OfferedMentor:
    return offers_rows(taker).get(mentor=mentor)


def offers_rows(taker):
    return OfferedMentor.objects.filter(offer__mentee=taker).select_related("mentor__membership", "mentor__programme")


def choose(taker, mentor):
    return actions.choose(of(taker), row_of(taker, mentor), by=actor(taker))


def test_each_mentee_is_offered_their_own_pair_and_who_else_has_a_place_that_is_not_kept(world, zoe):
    offered(world, zoe)
    assert names(of(world.ben)) == [("Amara Okafor", True), ("Zoe Young", False)]
    assert names(of(world.elin)) == [("Kwame Mensah", True), ("Zoe Young", False)]
    assert Relationship.objects.count() == 0
    assert of(world.ben).until - of(world.ben).made_at == timedelta(days=7)


def test_only_the_mentees_are_told_and_whom_they_can_choose(world, zoe):
    offered(world, zoe)
    told = Mail.objects.filter(kind__startswith="matching.")
    assert set(told.values_list("kind", "to_address")) == {
        ("matching.offered", taker.membership.account.email) for taker in (world.ben, world.elin)
    }
    mail = told.get(to_account=world.ben.membership.account)
    assert "Who would fit you: Amara Okafor, Zoe Young." in mail.body
    assert "The place with Amara Okafor is kept for you until" in mail.body


def test_places_that_are_kept_are_no_free_places_and_whoever_chooses_does_not_wait(world, zoe):
    offered(world, zoe)
    found = inputs.cohort(world.programme, Policy())
    assert ([one.ref for one in found.mentees], [one.ref for one in found.mentors]) == ([], [zoe.ref])
    with clock.set_to(clock.now() + timedelta(days=7, minutes=1)):
        found = inputs.cohort(world.programme, Policy())
        assert [one.ref for one in found.mentors] == [world.amara.ref, world.kwame.ref, zoe.ref]


def test_the_page_shows_each_with_why_and_never_a_number_to_compare(world, zoe):
    offered(world, zoe)
    page = words_of(browser_of(actor(world.ben)).get(CHOOSE))
    assert "Amara offers what you want to develop: Negotiation." in page
    assert "You are both at the same site: Leeds." in page
    assert "This place is kept for you until" in page
    assert "650" not in page
    assert "Choose Zoe" in page


def test_what_a_mentor_does_not_show_is_no_reason_that_is_read_here(world, zoe):
    Profile.objects.filter(membership=world.amara.membership).update(show_work=False, show_skills=False)
    offered(world, zoe)
    page = words_of(browser_of(actor(world.ben)).get(CHOOSE))
    assert "Amara Okafor" in page
    assert "Nothing more of Amara is shown here." in page
    for hidden in ("Negotiation", "Leeds", "Head of nursing"):
        assert hidden not in page


def test_choosing_proposes_the_pair_to_the_mentor_and_the_mentee_has_said_yes(world, zoe):
    offered(world, zoe)
    before = Mail.objects.count()
    browser = browser_of(actor(world.ben))
    answer = browser.post(CHOOSE, {"mentor": row_of(world.ben, zoe).ref}, follow=True)
    assert "You have chosen Zoe." in words_of(answer)
    pair = Relationship.objects.get()
    assert sorted(Party.objects.values_list("part", "answer")) == [("mentee", "accepted"), ("mentor", "waiting")]
    (mail,) = Mail.objects.order_by("pk")[before:]
    assert (mail.kind, mail.to_account) == ("relationship.proposed", zoe.membership.account)
    assert of(world.ben).state == "chosen"
    page = words_of(browser_of(actor(zoe)).get(f"/pairs/{pair.ref}/"))
    assert "Is Ben right for you?" in page
    assert "There is nothing left to choose" in words_of(browser.get(CHOOSE, follow=True))
    assert inputs.free_places([world.amara])[world.amara.pk] == 1, "the place that was kept is free again"


def test_whose_place_is_gone_is_told_kindly_and_the_next_best_is_offered(world, zoe):
    ada = joins(world, "Ada Musa", "mentor")
    published(world, (world.ben, world.amara), others={world.ben.ref: [world.kwame, zoe, ada]})
    assert [name for name, _kept in names(of(world.ben))] == ["Amara Okafor", "Kwame Mensah", "Zoe Young"]
    relationships.propose(world.kwame, world.elin, by=world.carys)
    browser = browser_of(actor(world.ben))
    page = words_of(browser.get(CHOOSE))
    assert "Has no place any more" in page
    answer = words_of(browser.post(CHOOSE, {"mentor": row_of(world.ben, world.kwame).ref}, follow=True))
    assert "Kwame Mensah has no place any more: somebody else was a moment faster. Nothing is lost" in answer
    assert [name for name, _kept in names(of(world.ben))] == ["Amara Okafor", "Zoe Young", "Ada Musa"]


def test_where_nobody_is_left_the_mentee_waits_again_and_reads_so(world, zoe):
    published(world, (world.ben, world.amara))
    programmes.change_capacity(world.amara, 0, by=world.carys)
    row = row_of(world.ben, world.amara)
    answer = browser_of(actor(world.ben)).post(CHOOSE, {"mentor": row.ref}, follow=True)
    assert "Nobody else who fits has a place at the moment. The coordinator looks for you." in words_of(answer)
    assert of(world.ben).state == "over"
    assert world.ben.ref in [one.ref for one in inputs.cohort(world.programme, Policy()).mentees]


def test_after_the_time_a_place_can_still_be_chosen_while_it_is_there(world, zoe):
    offered(world, zoe)
    with clock.set_to(clock.now() + timedelta(days=8)):
        browser = browser_of(actor(world.ben))
        assert "The time for which a place was kept for you is over." in words_of(browser.get(CHOOSE))
        choose(world.ben, world.amara)
    assert Relationship.objects.count() == 1


def test_where_places_are_short_the_next_best_is_shown_although_the_place_is_kept_for_another(world):
    published(
        world,
        (world.ben, world.amara),
        (world.elin, world.kwame),
        others={world.ben.ref: [world.kwame], world.elin.ref: [world.amara]},
    )
    assert names(of(world.ben)) == [("Amara Okafor", True), ("Kwame Mensah", False)]
    browser = browser_of(actor(world.ben))
    page = words_of(browser.get(CHOOSE))
    assert "Kept for somebody else until" in page
    assert "Choose Kwame" not in page
    answer = words_of(browser.post(CHOOSE, {"mentor": row_of(world.ben, world.kwame).ref}, follow=True))
    assert "The place of Kwame Mensah is kept for somebody else for now." in answer
    actions.choose_nobody(of(world.elin), by=actor(world.elin))
    assert "Choose Kwame" in words_of(browser.get(CHOOSE))
    choose(world.ben, world.kwame)
    assert Relationship.objects.count() == 1


def test_whoever_chooses_is_not_told_that_somebody_still_looks_for_them(world, zoe):
    offered(world, zoe)
    assert "You hear again by" not in words_of(browser_of(actor(world.ben)).get("/"))
    with clock.set_to(clock.now() + timedelta(days=14)):
        relationships.tell_waiting()
    assert not Mail.objects.filter(kind="relationship.waiting").exists()


def test_none_of_them_needs_no_reason_and_the_mentee_waits_again(world, zoe):
    offered(world, zoe)
    browser = browser_of(actor(world.ben))
    assert "You stay on the list" in words_of(browser.get(CHOOSE + "nobody/"))
    browser.post(CHOOSE + "nobody/")
    assert of(world.ben).state == "none"
    page = words_of(browser_of(world.carys).get("/programmes/rising-leaders/matching/after/"))
    assert "Ben Thomas" in page


def test_who_is_paired_by_hand_meanwhile_or_leaves_has_nothing_left_to_choose(world, zoe):
    offered(world, zoe)
    relationships.propose(zoe, world.ben, by=world.carys)
    programmes.end_participation(world.elin, by=world.carys)
    assert set(Offer.objects.values_list("state", flat=True)) == {"over"}
    with pytest.raises(NotPossible, match="You have answered this already"):
        choose(world.ben, world.amara)


def test_nobody_comes_to_what_somebody_else_chooses_from(world, zoe):
    offered(world, zoe)
    for somebody in (world.carys, actor(world.amara), actor(zoe)):
        assert browser_of(somebody).get(CHOOSE).status_code == 404
        with pytest.raises(Http404):
            offers.own_offer(somebody, "rising-leaders")
    answer = browser_of(actor(world.ben)).post(CHOOSE, {"mentor": row_of(world.elin, world.kwame).ref}, follow=True)
    assert "Choose one of those who stand here." in words_of(answer)


def test_a_round_is_not_taken_back_once_somebody_has_chosen(world, zoe):
    round_ = offered(world, zoe)
    choose(world.ben, zoe)
    with pytest.raises(NotPossible, match="Somebody has answered already"):
        actions.take_back(round_, by=world.carys)


def test_a_round_that_is_taken_back_leaves_nothing_to_choose_and_tells_whoever_could(world, zoe):
    actions.take_back(offered(world, zoe), by=world.carys)
    assert set(Offer.objects.values_list("state", flat=True)) == {"over"}
    assert Mail.objects.filter(kind="matching.back_told").count() == 2


def test_reminders_come_twice_and_then_it_is_the_coordinators(world, zoe):
    offered(world, zoe)
    began = clock.now()
    for days, count in ((4, 0), (5, 2), (6, 2), (10, 4), (13, 4), (20, 4)):
        with clock.set_to(began + timedelta(days=days)):
            actions.remind_choosing()
            assert Mail.objects.filter(kind="matching.choose_reminder").count() == count, days
    texts = Mail.objects.filter(kind="matching.choose_reminder", to_account=world.ben.membership.account)
    first, second = texts.order_by("pk")
    assert "The place with Amara Okafor is kept for you until" in first.body
    assert "No place is kept any more; whoever still has one can be chosen." in second.body
    with clock.set_to(began + timedelta(days=14, minutes=1)):
        browser = browser_of(world.carys)
        assert "Have not chosen" in words_of(browser.get("/programmes/rising-leaders/matching/after/"))
        browser.post(f"/programmes/rising-leaders/matching/after/{of(world.ben).ref}/back/")
    assert of(world.ben).state == "over"


def test_a_matching_whose_mentor_has_no_place_any_more_is_not_offered(world, zoe):
    round_ = lock(*given(world, (world.ben, world.amara)), world.carys)
    programmes.change_capacity(world.amara, 0, by=world.carys)
    with pytest.raises(NotPossible, match="Ben Thomas and Amara Okafor cannot be paired any more"):
        actions.publish(round_, by=world.carys)
    assert Offer.objects.count() == 0


def crowd(world, count):
    """Mentees by the handful: how they came is told elsewhere."""
    first, home = Account.objects.count(), world.programme.organisation
    addresses = [f"mentee{first + number}@northgate.example" for number in range(count)]
    zone = {"timezone": "Europe/London", "language": "en-gb"}
    accounts = Account.objects.bulk_create([Account(email=address, **zone) for address in addresses])
    members = Membership.objects.bulk_create(
        Membership(
            organisation=home, account=held, name=f"Mentee {held.email}", work_address=held.email, state="active"
        )
        for held in accounts
    )
    return Participation.objects.bulk_create(
        Participation(programme=world.programme, membership=member, part="mentee") for member in members
    )


def test_when_a_mentor_is_erased_what_was_offered_names_them_no_more(world, zoe):
    offered(world, zoe)
    held = Membership.objects.select_related("organisation", "account").get(pk=world.amara.membership_id)
    erasing.erase(held, by=System(held.organisation))
    assert row_of(world.ben, world.amara).shared == []
    assert "Amara" not in words_of(browser_of(actor(world.ben)).get(CHOOSE))


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_of_twenty_who_choose_the_last_place_at_once_one_gets_it_and_nineteen_the_next_best(rounds, figure):
    for _round in range(rounds):
        world = made()
        MatchingPolicy.objects.create(programme=world.programme, way=Way.CHOICE, kept=Policy(choices=2).kept())
        last, next_best = joins(world, "Zoe Young", "mentor"), joins(world, "Ada Musa", "mentor", capacity=20)
        own = joins(world, "Mateo Ruiz", "mentor", capacity=20)
        mentees = crowd(world, 20)
        published(world, *((held, own) for held in mentees), others={held.ref: [last, next_best] for held in mentees})
        refused = at_once(*(partial(choose, held, last) for held in mentees))
        assert len(refused) == 19
        assert {words.partition(":")[0] for words in refused} == {"Zoe Young has no place any more"}
        (pair,) = Relationship.objects.filter(programme=world.programme)
        assert Party.objects.filter(relationship=pair, participation=last).exists()
        left = Offer.objects.filter(mentee__in=mentees, state="open").select_related("mentee")
        assert len(left) == 19
        for offer in left:
            assert [name for name, _kept in names(offer)] == ["Mateo Ruiz", "Ada Musa"]
    figure("mentees choosing one last place at once", 20)
