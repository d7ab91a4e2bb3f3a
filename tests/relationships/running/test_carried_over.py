"""What two people bring along counts: at the gates of their path, in numbers, on their page."""

from datetime import UTC, datetime
from itertools import product

import pytest
from django.urls import reverse

from alongside.contracts import actions as contracts
from alongside.contracts import queries as contract_queries
from alongside.foundation import hooks
from alongside.goals import actions as goals
from alongside.guidance.terms import Stage
from alongside.meetings import actions as meetings
from alongside.meetings.models import Session
from alongside.programmes.models import Participation
from alongside.relationships import actions, queries, rules
from alongside.relationships.models import Relationship
from alongside.reviews import actions as reviews
from tests import cast
from tests.relationships.running.conftest import listed, row
from tests.visits import browser_of, squeezed, words_of

pytestmark = pytest.mark.django_db
STAGES = ("", *(stage.value for stage in Stage if stage != Stage.AFTER))


@pytest.fixture
def amara(northgate):
    return cast.member("Amara Okafor", northgate)


@pytest.fixture
def ben(northgate):
    return cast.member("Ben Thomas", northgate)


@pytest.fixture
def brought(run, amara, ben):
    """A pair of Amara and Ben that was brought in, with what the row says."""

    def bring(**facts):
        addresses = (actor.membership.work_address for actor in (amara, ben))
        assert run(row(*addresses, **facts))["created"] == 1
        return Relationship.objects.get()

    return bring


def page_of(actor, pair, name="relationships:pair") -> str:
    return squeezed(words_of(browser_of(actor).get(reverse(name, args=[pair.ref]))))


def steps_of(actor) -> list[str]:
    return [str(step.words) for step in hooks.next_steps.of(actor)]


def test_nobody_waits_at_a_gate_that_is_open_already(run, northgate):
    """Every stage that a row may name with everything that it may bring along, asked of the real gates."""
    given = list(product(STAGES, ("", "2026-05-03"), ("", "4"), ("", "2")))
    names = [f"{part}{number} Jones" for number in range(len(given)) for part in ("Mentor", "Mentee")]
    listed(northgate, *names)
    rows = [
        row(f"mentor{number}", f"mentee{number}", stage=stage, signed=signed, sessions=sessions, goals=count)
        for number, (stage, signed, sessions, count) in enumerate(given)
    ]
    assert run(*rows)["created"] == len(given)
    for pair in Relationship.objects.all():
        to = rules.next_by_itself(pair.stage)
        assert to is None or any(not need.met for need in actions.needs_for(pair, to)), (pair.stage, to)


def test_what_was_signed_elsewhere_opens_the_gates_of_the_agreement(brought):
    pair = brought(signed="2026-05-03", stage="direct")
    for to in (Stage.CONTRACT, Stage.DIRECT):
        (need,) = [held for held in actions.needs_for(pair, to) if held.code == "carried_over"]
        assert (str(need.words), need.met) == ("An agreement signed elsewhere on 3 May 2026", True)


def test_a_pair_goes_the_whole_way_from_where_it_was(brought, amara, ben):
    pair = brought(sessions="6", signed="2026-05-03", goals="1")
    assert pair.stage == Stage.PROGRESS
    actions.move(pair, Stage.CLOSE, by=ben)
    assert pair.moves.get(to_stage="close").evidence == ["carried_over"]
    for actor in (ben, amara):
        seen = queries.own_pair(actor, pair.ref)
        said = reviews.Said(ratings={}, words={}, released=False, contact="", contact_words="")
        reviews.save_draft(seen, said, by=actor)
    assert "closing_reviews" in {need.code for need in actions.needs_for(pair, Stage.AFTER)}


def test_the_first_goal_here_moves_a_pair_on_that_had_agreed_elsewhere(brought, ben):
    pair = brought(signed="2026-05-03")
    assert pair.stage == Stage.DIRECT
    goals.add(queries.own_pair(ben, pair.ref), goals.Wanted("Run a handover", 2, 8), by=ben)
    pair.refresh_from_db()
    assert pair.stage == Stage.PROGRESS


def test_the_agreement_may_be_written_anew_and_nothing_forces_it(brought, ben):
    pair = brought(signed="2026-05-03", sessions="6", goals="1")
    steps = [step for step in hooks.next_steps.of(ben) if step.yours]
    assert [str(step.words) for step in steps] == [
        "Read what stays between the two of you, and what cannot",
        "Plan your next session with Amara",
        "Write your agreement with Amara here too",
    ]
    assert "Signed elsewhere on 3 May 2026" in page_of(ben, pair)
    page = page_of(ben, pair, "contracts:agreement")
    assert "The one that you signed elsewhere on 3 May 2026 holds until both of you have signed this one." in page
    contracts.open_agreement(queries.own_pair(ben, pair.ref), by=ben)
    pair.refresh_from_db()
    assert (pair.stage, pair.state) == ("progress", "active"), "sent back"


def test_without_an_agreement_writing_one_comes_first(brought, ben):
    brought(sessions="6", goals="1")
    assert steps_of(ben)[0] == "Write your agreement with Amara"


def test_sessions_go_on_counting_and_count_as_hours_since_the_agreement_elsewhere(brought, ben):
    pair = brought(sessions="6", signed="2026-05-03")
    record = meetings.Record(
        starts_at=datetime(2026, 9, 10, 9, tzinfo=UTC), minutes=60, present=frozenset({"mentor", "mentee"}), key="k1"
    )
    assert "6 were held before Alongside; counting goes on from there." in page_of(ben, pair)
    meetings.write_down(queries.own_pair(ben, pair.ref), None, record, by=ben)
    session = Session.objects.get()
    assert (session.number, session.before_agreement) == (7, False)
    assert contract_queries.agreed_at(pair).date().isoformat() in ("2026-05-02", "2026-05-03")


def test_a_session_before_the_agreement_elsewhere_is_early(brought, ben):
    pair = brought(sessions="1", signed="2026-05-03", start="2026-04-01")
    record = meetings.Record(
        starts_at=datetime(2026, 5, 2, 9, tzinfo=UTC), minutes=60, present=frozenset({"mentor", "mentee"}), key="k1"
    )
    meetings.write_down(queries.own_pair(ben, pair.ref), None, record, by=ben)
    assert Session.objects.get().before_agreement


def test_the_page_of_the_pair_says_what_was_before(brought, amara, carys):
    pair = brought(sessions="6", signed="2026-05-03", goals="2", end="2027-04-30")
    for actor in (amara, carys):
        page = page_of(actor, pair)
        assert "Before Alongside" in page
        assert "6 sessions, agreement signed on 3 May 2026, 2 goals, planned until 30 April 2027" in page
        assert "Together since 1 May 2026" in page


def test_what_is_not_known_is_not_said(brought, amara):
    page = page_of(amara, brought(start=""))
    assert "Together since" not in page
    assert "met before, as their coordinator says" in page


def test_a_pair_that_began_here_says_nothing_of_before():
    c = cast.pair()
    assert "Before Alongside" not in page_of(c.ben, c.relationship)


def test_an_ended_pair_is_read_and_asks_for_nothing(brought, amara, ben, carys):
    pair = brought(end="2026-08-31", sessions="9", goals="2")
    for actor in (amara, ben, carys):
        page = page_of(actor, pair)
        assert "9 sessions, 2 goals" in page
        assert "9 were held before Alongside." in page
        assert "No goal was written" not in page
        assert "Not sent yet" not in page
    assert "the coordinator looks" not in squeezed(words_of(browser_of(ben).get("/")))
    assert browser_of(ben).get(reverse("reviews:afterwards", args=[pair.ref])).status_code == 200


def test_the_funnel_counts_pairs_that_met_before(run, programme, northgate):
    listed(northgate, "Amara Okafor", "Ben Thomas", "Dev Patel", "Elin Berg")
    run(row(sessions="2"), row("dev", "elin", sessions="0"), row("dev", "ben", end="2026-01-01", start="2025-01-01"))
    counts = {step.key: step.people(programme).count() for step in hooks.funnel_steps.in_order()}
    assert (counts["taking-part"], counts["matched"], counts["met"]) == (4, 4, 2)
    assert (counts["reviewed"], counts["completed"]) == (0, 2)
    completed = next(step for step in hooks.funnel_steps if step.key == "completed").people(programme)
    assert isinstance(completed.first(), Participation)
