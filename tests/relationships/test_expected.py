"""What is expected of whom at each stage: seen by Alongside where it can be, ticked where it cannot."""

from copy import deepcopy

import pytest
from django.db import IntegrityError, transaction

from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity.actions import NotPossible
from alongside.goals import actions as goals
from alongside.guidance import actions as own
from alongside.guidance import adapting
from alongside.guidance import queries as kept
from alongside.programmes.models import Objective, Participation, Programme
from alongside.readiness.actions import Wanted, set_rule, training
from alongside.relationships import actions, queries
from alongside.relationships.models import OwnTick, Relationship, Tick
from alongside.relationships.queries import expected
from alongside.reviews import actions as reviews
from tests import cast
from tests.contracts import acts
from tests.meetings import days
from tests.visits import browser_of, promised, queries_of, twice, words_of

HOPES = "Tell what you hope for, and ask what you want to know."
LEAD = "Take the lead in drafting the agreement, and sign it."
SIGN = "Sign the agreement once both of you could say it in your own words."
HONEST = "Ask yourself honestly whether you are the right person, and say so if you are not."
TRAIN = "Take the training, and declare anything that could get in the way."
AIMS = "Write down what the programme is for and how you will know that it works."
BRIEF = "Choose, train and brief the people who take part."
PRIVATE = reviews.Said(
    ratings={"reached": 4, "heard": 5, "thinking": 4, "changed": 3, "together": 5},
    words={"take-with-me": "A"},
    contact="stay",
)


pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def once(rows_last):
    with days.at():
        return cast.pair()


@pytest.fixture
def c(once):
    with days.at():
        yield deepcopy(once)


def at_stage(c, stage: str, state: str = "active", **model) -> None:
    """The pair at a stage, as if its gates had opened; by another model where one is named."""
    Relationship.objects.filter(pk=c.relationship.pk).update(stage=stage, state=state)
    Programme.objects.filter(pk=c.programme.pk).update(**model)


def lines(c, actor) -> dict[str, expected.Line]:
    """The duties of the two now, as one of them sees them, by their words."""
    found = expected.of_pair(actor, c.pair(actor))
    return {line.words: line for at in found.now for group in at.groups for line in group.lines}


def how(c, actor, words: str) -> tuple[bool | None, bool, bool]:
    """Whether a duty is done, whether Alongside sees that, and whether the actor can tick it."""
    line = lines(c, actor)[words]
    return line.done, line.seen, bool(line.key)


def tick(c, actor, words: str, *, done: bool = True) -> None:
    actions.tick(c.pair(actor), lines(c, actor)[words].key, done=done, by=actor)


def mine(actor) -> dict[str, list[str]]:
    """Every part of somebody's with the names of its steps now."""
    return {part.programme.name: [at.name for at in part.expected.now] for part in expected.own(actor)}


def own_lines(actor, name: str = "Rising leaders") -> dict[str, expected.Line]:
    (part,) = [part for part in expected.own(actor) if part.programme.name == name]
    return {line.words: line for at in part.expected.now for line in at.mine.lines}


def tick_own(actor, words: str, *, done: bool = True) -> None:
    (part,) = expected.own(actor)
    actions.tick_in_programme(part.participation, own_lines(actor)[words].key, done=done, by=actor)


# --- in a pair


def test_both_read_the_same_of_each_other_and_of_the_others(c):
    seen = [
        [(group.role, group.who, [line.words for line in group.lines]) for group in at.groups]
        for actor in (c.ben, c.amara)
        for at in expected.of_pair(actor, c.pair(actor)).now
    ]
    assert seen[0] == seen[1]
    assert [(role, who) for role, who, _lines in seen[0]] == [
        ("mentee", "Ben Thomas"),
        ("mentor", "Amara Okafor"),
        ("coordinator", ""),
        ("line_manager", ""),
        ("supervisor", ""),
    ]


def test_after_rapport_comes_direction(c):
    found = expected.of_pair(c.ben, c.pair(c.ben))
    assert [at.name for at in found.now] == ["Rapport-building"]
    (after,) = found.next
    assert after.name == "Direction-setting"
    assert "Set at least one goal that is your own." in [line.words for line in after.mine.lines]


def test_two_phases_that_share_a_stage_stand_together(c):
    at_stage(c, "close", model_key="starr")
    found = expected.of_pair(c.ben, c.pair(c.ben))
    assert [at.name for at in found.now] == ["Set down", "Parting ways"]
    assert found.next == ()


def test_a_stage_that_the_model_leaves_out_has_the_general_duties(c):
    at_stage(c, "prepare", "accepted")
    assert [at.name for at in expected.of_pair(c.ben, c.pair(c.ben)).now] == ["Prepare"]


def test_a_signature_counts_for_whoever_signed(c):
    acts.sign(c, c.ben, acts.propose(c))
    for actor in (c.ben, c.amara):
        assert how(c, actor, LEAD) == (True, True, False)
        assert how(c, actor, SIGN) == (False, True, False)


def test_a_session_is_seen(c):
    at_stage(c, "connect", "accepted", model_key="starr")
    words = "Get to know each other before you get to work."
    assert how(c, c.ben, words) == (False, True, False)
    days.held(c, c.amara)
    assert how(c, c.ben, words) == (True, True, False)


def test_an_agreement_that_is_ready_to_be_signed_is_seen(c):
    at_stage(c, "contract", "accepted", model_key="starr")
    words = "Take the lead in drafting the agreement: how many sessions, when, where."
    assert how(c, c.amara, words) == (False, True, False)
    acts.propose(c)
    assert how(c, c.amara, words) == (True, True, False)


def test_a_goal_is_seen(c):
    at_stage(c, "direct", model_key="clutterbuck")
    assert how(c, c.amara, "Set at least one goal that is your own.") == (False, True, False)
    goals.add(c.pair(c.ben), goals.Wanted("Lead the handover", 2, 8), by=c.ben)
    at_stage(c, "direct")
    assert how(c, c.amara, "Set at least one goal that is your own.") == (True, True, False)


def test_a_closing_review_that_is_sent_is_seen_and_nothing_of_what_it_says(c):
    at_stage(c, "close")
    words = "Look at your goals one last time, and write down what you take with you."
    assert how(c, c.amara, words) == (False, True, False)
    reviews.send(c.pair(c.ben), PRIVATE, by=c.ben)
    assert how(c, c.amara, words) == (True, True, False)


def test_what_is_asked_before_one_begins_each_sees_of_themselves(c):
    training.adopt(by=c.carys)
    set_rule(c.programme, Wanted(["training", "conflicts"], [], holds_pairs=False), by=c.carys)
    at_stage(c, "connect", "accepted", model_key="zachary")
    assert [how(c, actor, TRAIN) for actor in (c.amara, c.ben)] == [(None, False, False)] * 2
    assert own_lines(c.amara)[TRAIN][3:5] == (False, True)


def test_training_that_nobody_asks_for_is_not_seen_as_done(c):
    at_stage(c, "connect", "accepted", model_key="zachary")
    key = own_lines(c.amara)[TRAIN].key
    actions.tick(c.pair(c.amara), key, done=True, by=c.amara)
    assert own_lines(c.amara)[TRAIN][3:5] == (True, False)
    assert how(c, c.ben, TRAIN) == (None, False, False)


def test_a_pair_that_has_completed_reads_what_comes_afterwards_and_ticks_nothing(c):
    Relationship.objects.filter(pk=c.relationship.pk).update(
        stage="after", state="ended", ending="completed", ended_at=days.NOW
    )
    assert {line.done for line in lines(c, c.ben).values()} == {None}
    assert "Go on with your own plan." in words_of(browser_of(c.ben).get(f"/pairs/{c.relationship.ref}/"))


def test_a_pair_that_ended_before_its_time_is_expected_to_do_nothing(c):
    actions.end(c.pair(c.ben), by=c.ben)
    assert expected.of_pair(c.ben, c.pair(c.ben)) == expected.Expected((), ())


# --- ticks in a pair


def test_what_nothing_shows_is_ticked_by_whoever_has_it_and_both_see_it(c):
    assert how(c, c.ben, HOPES) == (False, False, True)
    assert how(c, c.amara, HOPES) == (False, False, False)
    tick(c, c.ben, HOPES)
    assert how(c, c.ben, HOPES) == (True, False, True)
    assert how(c, c.amara, HOPES) == (True, False, False)


def test_a_tick_is_taken_back(c):
    tick(c, c.ben, HOPES)
    tick(c, c.ben, HOPES, done=False)
    assert how(c, c.amara, HOPES) == (False, False, False)
    happened = AuditEntry.objects.filter(name__startswith="duty.").order_by("position")
    assert [(held.name, held.about_ref) for held in happened] == [
        ("duty.ticked", c.relationship.ref),
        ("duty.unticked", c.relationship.ref),
    ]


def test_ticking_twice_is_ticking_once(c):
    tick(c, c.ben, HOPES)
    tick(c, c.ben, HOPES)
    assert Tick.objects.count() == 1
    assert AuditEntry.objects.filter(name="duty.ticked").count() == 1


def test_nobody_ticks_for_the_other_nor_what_alongside_sees_nor_what_is_not_asked_now(c):
    theirs = lines(c, c.amara)[HONEST].key
    at_stage(c, "direct")
    later = lines(c, c.ben)["Say where you start from, so that you can see later how far you came."]
    at_stage(c, "connect", "accepted")
    assert later.key == ""
    for key in (theirs, "", expected._key("rapport", LEAD), "nonsense"):
        with pytest.raises(NotPossible, match="not expected of you at the moment"):
            actions.tick(c.pair(c.ben), key, done=True, by=c.ben)


def test_a_tick_of_an_earlier_stage_comes_too_late(c):
    pair, key = c.pair(c.ben), lines(c, c.ben)[HOPES].key
    at_stage(c, "direct")
    with pytest.raises(NotPossible, match="not expected"):
        actions.tick(pair, key, done=True, by=c.ben)


def test_on_hold_and_after_the_end_nothing_is_ticked(c):
    pair, key = c.pair(c.ben), lines(c, c.ben)[HOPES].key
    actions.hold(c.pair(c.carys), by=c.carys)
    with pytest.raises(actions.OnHold):
        actions.tick(pair, key, done=True, by=c.ben)
    actions.release(c.pair(c.carys), by=c.carys)
    actions.end(c.pair(c.ben), by=c.ben)
    with pytest.raises(NotPossible):
        actions.tick(pair, key, done=True, by=c.ben)


def test_the_same_duty_of_one_person_is_ticked_once_in_the_tables_too(c):
    tick(c, c.ben, HOPES)
    held = Tick.objects.get()
    held.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        held.save()


def test_the_pair_ticks_on_its_page(c):
    page, url = browser_of(c.ben), f"/pairs/{c.relationship.ref}/"
    key = lines(c, c.ben)[HOPES].key
    assert f'value="{key}"' in page.get(url).content.decode()
    response = page.post(f"{url}duties/", {"duty": key, "done": "yes", "from": "pair"})
    assert response["Location"] == f"{url}#expected"
    assert "Ticked" in words_of(page.get(url))
    assert f'value="{key}"' not in browser_of(c.amara).get(url).content.decode()


@pytest.mark.parametrize("sent", [{}, {"duty": "a b", "done": "yes"}, {"duty": "abc", "done": "perhaps"}])
def test_what_cannot_be_read_is_said(c, sent):
    page = browser_of(c.ben)
    response = page.post(f"/pairs/{c.relationship.ref}/duties/", sent, follow=True)
    assert "That could not be read. Tick it here again." in words_of(response)


def test_nobody_else_ticks_or_reads_ticks(c):
    tick(c, c.ben, HOPES)
    for actor in (c.carys, c.elin):
        response = browser_of(actor).post(f"/pairs/{c.relationship.ref}/duties/", {"duty": "abc", "done": "yes"})
        assert response.status_code == 404
        assert not expected.ticks_visible_to(actor).exists()
    assert "What is expected now" not in words_of(browser_of(c.carys).get(f"/pairs/{c.relationship.ref}/"))


# --- of oneself, everywhere


def test_every_part_says_what_is_expected_now(c):
    other = cast.programme(c.carys, "First steps", launched=True)
    cast.takes_part(other, c.amara, "mentee", c.carys)
    assert mine(c.amara) == {"Rising leaders": ["Rapport-building"], "First steps": ["Prepare"]}
    assert mine(c.ben) == {"Rising leaders": ["Rapport-building"]}
    assert mine(c.carys) == {"Rising leaders": ["Rapport-building"], "First steps": ["Rapport-building"]}
    assert mine(c.elin) == {}


def test_a_mentor_without_a_pair_prepares_and_alongside_sees_some_of_it(c):
    training.adopt(by=c.carys)
    elin = c.elin
    place = cast.takes_part(c.programme, elin, "mentor", c.carys)
    words = "Apply, and say honestly how many people you have time for."
    assert own_lines(elin)[words][3:5] == (False, True)
    Participation.objects.filter(pk=place.pk).update(room_said_at=days.NOW)
    assert own_lines(elin)[words][3:5] == (True, True)
    assert own_lines(elin)["Take the training, even if you have mentored before."][3:5] == (False, True)


def test_what_a_programme_does_not_ask_is_ticked(c):
    mentee = cast.member("Tomos Evans", c.carys.organisation)
    cast.takes_part(c.programme, mentee, "mentee", c.carys)
    at_stage(c, "connect", "accepted", model_key="starr")
    words = "Read the profiles, and choose whom you would like to meet."
    assert own_lines(mentee)[words].key
    tick_own(mentee, words)
    assert own_lines(mentee)[words].done


def test_a_coordinator_goes_with_the_programme_from_preparation_to_afterwards(c):
    def stands(state: str, **more) -> list[str]:
        Programme.objects.filter(pk=c.programme.pk).update(state=state, **more)
        return mine(c.carys)["Rising leaders"]

    assert stands("draft", launched_at=None) == ["Prepare"]
    assert stands("running", launched_at=days.NOW) == ["Rapport-building"]
    at_stage(c, "progress")
    assert stands("running") == ["Progress-making"]
    assert stands("closed") == ["Moving on"]


def test_a_coordinator_sees_how_many_pairs_are_where_but_not_their_own(c):
    (at,) = expected.own(c.carys)[0].expected.now
    assert at.pairs == 1
    cast.takes_part(c.programme, c.amara, "coordinator", c.carys)
    (part,) = [part for part in expected.own(c.amara) if part.pair is None]
    assert [at.pairs for at in part.expected.now] == [0]


def test_a_coordinator_reads_what_comes_next_wherever_pairs_are(c):
    elin, tomos = c.elin, cast.member("Tomos Evans", c.carys.organisation)
    mentor = cast.takes_part(c.programme, elin, "mentor", c.carys)
    actions.propose(mentor, cast.takes_part(c.programme, tomos, "mentee", c.carys), by=c.carys)
    at_stage(c, "progress")
    (part,) = expected.own(c.carys)
    assert [(at.name, at.pairs) for at in part.expected.now] == [("Rapport-building", 1), ("Progress-making", 1)]
    assert [at.name for at in part.expected.next] == ["Direction-setting", "Winding down"]


def test_a_coordinator_ticks_for_themselves_and_alongside_sees_the_aims(c):
    Programme.objects.filter(pk=c.programme.pk).update(state="draft", launched_at=None)
    assert own_lines(c.carys)[AIMS][3:5] == (False, True)
    Objective.objects.create(programme=c.programme, words="Fewer leave within two years")
    assert own_lines(c.carys)[AIMS][3:5] == (True, True)
    tick_own(c.carys, BRIEF)
    assert own_lines(c.carys)[BRIEF].done
    assert [held.name for held in AuditEntry.objects.filter(name__startswith="duty.")] == ["duty.ticked"]
    tick_own(c.carys, BRIEF, done=False)
    assert not OwnTick.objects.exists()


def test_one_ticks_on_ones_own_page(c):
    page = browser_of(c.carys)
    (part,) = expected.own(c.carys)
    line = part.expected.now[0].mine.lines[0]
    where = f"/expected-of-me/{part.participation.ref}/"
    response = page.post(where, {"duty": line.key, "done": "yes", "from": "own"})
    assert response["Location"] == f"/expected-of-me/#{part.participation.ref}"
    assert "Ticked" in words_of(page.get("/expected-of-me/"))
    assert browser_of(c.amara).post(where, {"duty": line.key, "done": "yes"}).status_code == 404


def test_own_ticks_are_nobody_elses(c):
    (part,) = expected.own(c.carys)
    tick_own(c.carys, part.expected.now[0].mine.lines[0].words)
    assert expected.own_ticks_visible_to(c.carys).count() == 1
    assert not any(expected.own_ticks_visible_to(actor).exists() for actor in (c.amara, c.ben, c.elin))


def test_whoever_takes_no_part_reads_that_nothing_is_expected(c):
    assert "Nothing is expected of you" in words_of(browser_of(c.elin).get("/expected-of-me/"))


def test_an_organisations_own_words_count_and_are_ticked(c):
    Programme.objects.filter(pk=c.programme.pk).update(state="draft", launched_at=None)
    content = kept.in_force(c.carys, "duties", "default")
    stage = deepcopy(adapting.part_of(content, "prepare"))
    stage["duties"]["coordinator"] = ["Write down in one sentence what it is all for.", BRIEF]
    own.save_edition(adapting.with_part(content, stage), note="Shorter", seen=0, by=c.carys)
    assert [(line.words, line.seen) for line in own_lines(c.carys).values()] == [
        ("Write down in one sentence what it is all for.", False),
        (BRIEF, False),
    ]


def test_a_role_sheet_for_coordinators_stands_beside_the_others(c):
    page = words_of(browser_of(c.ben).get(f"/programmes/{c.programme.slug}/handbook/for/coordinator/"))
    assert "What a coordinator does" in page
    assert BRIEF in page


# --- what it costs


def test_the_page_of_a_pair_asks_what_was_promised_where_alongside_looks_for_most(c):
    acts.sign_both(c)
    days.held(c, c.amara)
    for model, stage in (("starr", "prepare"), ("zachary", "connect"), ("starr", "direct"), ("starr", "close")):
        at_stage(c, stage, "active", model_key=model)
        found = queries_of(browser_of(c.amara), f"/pairs/{c.relationship.ref}/")
        assert twice(found) == []
        assert len(found) <= promised("pair", 2), (model, stage)


def test_ones_own_page_asks_the_same_for_three_parts_as_for_thirty(c):
    def more(count: int) -> None:
        for _ in range(count):
            round_ = cast.programme(c.carys, f"Round {Programme.objects.count()}", launched=True)
            mentor = cast.takes_part(round_, c.amara, "mentor", c.carys)
            mentee = cast.member("Somebody", c.carys.organisation)
            made = actions.propose(mentor, cast.takes_part(round_, mentee, "mentee", c.carys), by=c.carys)
            for one in (c.amara, mentee):
                actions.accept(queries.pair(one, made.ref), by=one)
            waits = cast.programme(c.carys, f"Round {Programme.objects.count()}", launched=True)
            cast.takes_part(waits, c.amara, "mentee", c.carys)

    def asked(actor) -> int:
        found = queries_of(browser_of(actor), "/expected-of-me/")
        assert twice(found) == []
        return len(found)

    more(2)
    few = [asked(c.amara), asked(c.carys)]
    more(12)
    assert [asked(c.amara), asked(c.carys)] == few
    assert max(few) <= 20


def test_a_closed_programme_still_asks_its_coordinator_until_it_is_archived(c):
    programmes_closed = {"state": "closed", "archived_at": days.NOW}
    Programme.objects.filter(pk=c.programme.pk).update(**programmes_closed)
    assert mine(c.carys) == {}
