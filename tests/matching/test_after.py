"""After publishing: a person who looks again, who waits again, and rounds that begin by themselves."""

import re
from datetime import timedelta
from functools import partial

import pytest

from alongside.foundation import clock, hooks, jobs
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import System
from alongside.foundation.identity.models import Membership
from alongside.foundation.notifications.models import Mail
from alongside.matching import actions
from alongside.matching.models import LookAgain, MatchingPolicy, Round, Run
from alongside.matching.queries import after, inputs
from alongside.matching.rules import Policy
from alongside.programmes import actions as programmes
from alongside.records.actions import erasing
from alongside.relationships import actions as relationships
from alongside.relationships import queries as pairs
from alongside.relationships.models import Relationship
from tests import cast
from tests.matching.world import actor, given, joins, lock, made, manages, published, says
from tests.races import at_once
from tests.visits import browser_of, words_of

pytestmark = pytest.mark.django_db
NOT_PLACED = "/programmes/rising-leaders/not-placed/"
AFTER = "/programmes/rising-leaders/matching/after/"


@pytest.fixture
def world():
    """Ben is proposed to Amara; Elin was not placed."""
    held = made()
    published(held, (held.ben, held.amara), left=[held.elin])
    return held


def link_of(taker) -> str:
    mail = Mail.objects.get(kind="matching.left_told", to_account=taker.membership.account)
    (link,) = re.findall(r"http://localhost:8000(/mail/answer/\S+)", mail.body)
    return link


def ask(world) -> LookAgain:
    elin = actor(world.elin)
    return actions.ask_to_look(after.left_in(elin, "rising-leaders"), by=elin)


# --- asking that a person looks again


def test_whoever_looks_again_reads_whom_the_rules_keep_apart_and_sees_the_others_first(world):
    zoe = joins(world, "Zoe Adler", "mentor")
    manages(world.kwame, world.amara)
    manages(world.amara, world.elin)
    says(world.kwame, offered="Negotiation")
    says(world.elin, wanted="Negotiation")
    browser = browser_of(world.carys)
    rows = browser.get(f"{AFTER}{ask(world).ref}/").context["fitting"]
    assert [(one.participation, apart) for one, apart in rows] == [
        (zoe, ""),
        (world.kwame, "“No line manager, and nobody above them”"),
    ]


def test_one_button_in_the_mail_asks_a_person_and_the_coordinator_is_told(world, client):
    page = words_of(client.get(link_of(world.elin)))
    assert "Elin Berg, you ask that a coordinator of “Rising leaders” looks again at yours." in page
    assert LookAgain.objects.count() == 0
    assert "You have asked." in words_of(client.post(link_of(world.elin)))
    assert "You have asked already." in words_of(client.post(link_of(world.elin)))
    entry = AuditEntry.objects.get(name="matching.look_again_asked")
    assert (entry.by, entry.codes) == (actor(world.elin).ref, {"by_mail": True})
    (mail,) = Mail.objects.filter(kind="matching.look_again_asked")
    assert (mail.to_account, mail.subject) == (world.carys.account, "Elin Berg asks a person to look again")


def test_the_page_says_why_what_happens_next_and_when_and_asks_without_a_mail_too(world):
    browser = browser_of(actor(world.elin))
    page = words_of(browser.get(NOT_PLACED))
    assert "There are fewer places with mentors at the moment" in page
    assert "Carys Llewellyn goes on looking" in page
    assert "You hear again by" in page
    assert "You asked on" in words_of(browser.post(NOT_PLACED, follow=True))
    assert "This time nobody was found for you" in words_of(browser.get("/"))


def test_a_coordinator_looks_and_answers_in_their_own_words(world):
    look = ask(world)
    steps = [str(step.words) for step in hooks.next_steps.of(world.carys)]
    assert "Somebody in “Rising leaders” asks a person to look again" in steps
    browser = browser_of(world.carys)
    assert "Elin Berg" in words_of(browser.get(AFTER))
    page = words_of(browser.get(f"{AFTER}{look.ref}/"))
    assert "Too few places with the mentors who are left" in page
    assert "Kwame Mensah" in page
    browser.post(f"{AFTER}{look.ref}/", {"words": "Kwame begins in January.\n\nI write to you then."})
    mail = Mail.objects.get(kind="matching.look_again_answered")
    assert (mail.to_account, mail.subject) == (world.elin.membership.account, "Carys Llewellyn has looked again")
    assert "Kwame begins in January.\n\nI write to you then." in mail.body
    assert "Kwame begins in January." in words_of(browser_of(actor(world.elin)).get(NOT_PLACED))
    assert "asks a person" not in " ".join(str(step.words) for step in hooks.next_steps.of(world.carys))


def test_an_answer_needs_words(world):
    page = words_of(browser_of(world.carys).post(f"{AFTER}{ask(world).ref}/", {"words": " "}))
    assert "Your answer" in page
    assert LookAgain.objects.get().answered_at is None


def test_who_manages_the_mentee_neither_reads_nor_answers_and_is_not_mailed(world):
    iris = cast.member("Iris Novak", world.programme.organisation, "coordinator")
    manages(cast.takes_part(world.programme, iris, "coordinator", world.carys, capacity=1), world.elin)
    look = ask(world)
    assert [mail.to_account for mail in Mail.objects.filter(kind="matching.look_again_asked")] == [world.carys.account]
    assert browser_of(iris).get(f"{AFTER}{look.ref}/").status_code == 404
    assert "Elin Berg" not in words_of(browser_of(iris).get(AFTER))
    with pytest.raises(NotPossible, match="Another coordinator answers it"):
        actions.answer_look(look, "No.", by=iris)


def test_nobody_but_whoever_was_not_placed_comes_to_their_page(world):
    for somebody in (actor(world.ben), actor(world.amara), world.carys):
        assert browser_of(somebody).get(NOT_PLACED).status_code == 404


def test_whoever_is_proposed_to_somebody_since_has_nothing_to_ask(world, client):
    link = link_of(world.elin)
    relationships.propose(world.kwame, world.elin, by=world.carys)
    assert "Somebody has been proposed to you since." in words_of(client.post(link))
    assert "Somebody has been proposed to you since" in words_of(browser_of(actor(world.elin)).get(NOT_PLACED))
    with pytest.raises(NotPossible, match="Somebody has been proposed to you since"):
        ask(world)


def test_whoever_is_not_ready_reads_that_first(world):
    run = Run.objects.get()
    run.left.update(lack="not_ready")
    page = words_of(browser_of(actor(world.elin)).get(NOT_PLACED))
    assert "You have not yet done all that the programme asks beforehand." in page


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_asked_many_times_at_once_is_asked_once(rounds):
    world = made()
    published(world, (world.ben, world.amara), left=[world.elin])
    elin = actor(world.elin)
    left = after.left_in(elin, "rising-leaders")
    assert at_once(*(partial(actions.ask_to_look, left, by=elin) for _ in range(6))) == []
    assert (LookAgain.objects.count(), Mail.objects.filter(kind="matching.look_again_asked").count()) == (1, 1)


# --- what is left of it when somebody is erased


def test_whoever_is_erased_leaves_no_word_and_no_name_in_what_was_matched(world):
    look = ask(world)
    actions.answer_look(look, "Elin wants what Kwame offers in January.", by=world.carys)
    elin = Membership.objects.select_related("organisation", "account").get(pk=world.elin.membership_id)
    erasing.erase(elin, by=System(elin.organisation))
    assert "January" not in " ".join(LookAgain.objects.values_list("words", flat=True))
    ben = Membership.objects.select_related("organisation", "account").get(pk=world.ben.membership_id)
    erasing.erase(ben, by=System(ben.organisation))
    assert Round.objects.get().state == "published"


def test_whoever_is_erased_while_they_wait_for_an_answer_waits_no_more(world):
    ask(world)
    elin = Membership.objects.select_related("organisation", "account").get(pk=world.elin.membership_id)
    erasing.erase(elin, by=System(elin.organisation))
    assert list(after.open_looks(world.carys, world.programme)) == []


# --- who waits again


def decline(world):
    amara = actor(world.amara)
    relationships.decline(pairs.own_pair(amara, Relationship.objects.get().ref), by=amara)


def test_after_a_no_the_mentee_waits_again_and_somebody_else_is_looked_for(world):
    decline(world)
    assert [one.mentee.ref for one in after.wait_again(world.carys, world.programme)] == [world.ben.ref]
    browser = browser_of(world.carys)
    assert "Ben Thomas" in words_of(browser.get(AFTER))
    answer = browser.post(f"{AFTER}find/")
    run = Run.objects.order_by("-pk").first()
    assert answer.url == f"/programmes/{run.round.programme.slug}/matching/"
    assert run.apart["declined"] == [[world.ben.ref, world.amara.ref]]


def test_nobody_meets_somebody_again_whom_they_declined_or_left_whatever_the_rules_say(world):
    says(world.ben, wanted="Negotiation")
    says(world.amara, offered="Negotiation")
    decline(world)
    MatchingPolicy.objects.create(programme=world.programme, kept=Policy(before=False).kept())
    programmes.end_participation(world.kwame, by=world.carys)
    programmes.end_participation(world.elin, by=world.carys)
    run = actions.find_for_waiting(world.programme, by=world.carys)
    jobs.run_pending()
    assert (run.proposals.count(), run.left.get().lack) == (0, "nobody_allowed")


def test_of_what_was_only_proposed_and_taken_back_nothing_is_kept_apart(world):
    actions.take_back(Round.objects.get(), by=world.carys)
    policy = Policy()
    assert inputs.apart(world.programme, inputs.cohort(world.programme, policy), policy) == {}


def test_while_a_round_is_open_the_button_says_where_to_go_on(world):
    decline(world)
    actions.begin_round(world.programme, by=world.carys)
    page = words_of(browser_of(world.carys).post(f"{AFTER}find/", follow=True))
    assert "This programme is being matched already." in page


def test_where_nobody_waits_no_empty_round_is_left_behind(world):
    for held in (world.elin,):
        programmes.end_participation(held, by=world.carys)
    with pytest.raises(NotPossible, match="Nobody waits for a mentor here"):
        actions.find_for_waiting(world.programme, by=world.carys)
    assert not Round.objects.filter(state="draft").exists()


# --- every night


def nightly(world):
    """The programme wants it, and Noor has come since."""
    noor = joins(world, "Noor Aziz", "mentee")
    MatchingPolicy.objects.update_or_create(
        programme=world.programme, defaults={"nightly": True, "kept": Policy().kept()}
    )
    return noor


def test_a_programme_is_looked_at_by_night_only_where_it_wants_that(world):
    assert actions.look_every_night() == 0
    nightly(world)
    assert actions.look_every_night() == 1


def test_a_coordinator_has_it_looked_at_every_night_and_no_more(world):
    browser = browser_of(world.carys)
    for said, kept in (("yes", True), ("no", False)):
        browser.post(f"{AFTER}nightly/", {"nightly": said})
        held = MatchingPolicy.objects.get()
        assert (held.nightly, held.kept, held.revision) == (kept, Policy().kept(), 0)


def test_new_people_are_found_a_pair_by_night_and_the_coordinator_is_told_and_nobody_else(world):
    nightly(world)
    before = Mail.objects.count()
    actions.look_every_night()
    jobs.run_pending()
    (mail,) = Mail.objects.order_by("pk")[before:]
    assert (mail.kind, mail.to_account) == ("matching.worked_out", world.carys.account)
    assert mail.subject == "“Rising leaders”: pairs are ready to look at"
    assert Round.objects.order_by("-pk").first().state == "draft"
    assert Relationship.objects.count() == 1, "the pair that was there stays; nothing is proposed by itself"


def test_a_night_that_finds_nobody_leaves_no_round_and_writes_to_nobody(world):
    manages(world.kwame, world.elin, nightly(world))
    before = Mail.objects.count()
    actions.look_every_night()
    jobs.run_pending()
    assert Mail.objects.count() == before
    assert Round.objects.order_by("-pk").first().state == "discarded"


def test_nothing_new_is_not_worked_out_again(world):
    manages(world.kwame, world.elin, nightly(world))
    assert actions.look_every_night() == 1
    jobs.run_pending()
    assert actions.look_every_night() == 0
    joins(world, "Zoe Young", "mentor")
    assert actions.look_every_night() == 1


def test_while_a_coordinator_is_at_it_the_night_leaves_the_programme_alone(world):
    nightly(world)
    lock(*given(world, (world.elin, world.kwame)), world.carys)
    with clock.set_to(clock.now() + timedelta(days=1)):
        assert actions.look_every_night() == 0
