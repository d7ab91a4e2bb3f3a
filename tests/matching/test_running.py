"""A run of the engine for a programme: what is found, what is kept, and what happens when it is stopped."""

import pytest

from alongside.foundation import jobs
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity.actions import NotPossible
from alongside.matching import actions, queries
from alongside.matching.engine import orders, solving
from alongside.matching.models import Left, Proposal, Run
from alongside.matching.queries import inputs
from alongside.matching.rules import Policy
from alongside.matching.terms import MarkKind, RunState, Way
from alongside.people import actions as people  # noqa: F401 -- its hooks
from alongside.relationships import actions as relationships
from tests import cast
from tests.matching import world
from tests.visits import browser_of, squeezed, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    """Ben wants what Kwame offers, Elin what Amara offers."""
    made = world.made()
    world.says(made.amara, offered="Budgets")
    world.says(made.kwame, offered="Leading a team")
    world.says(made.ben, wanted="Leading a team")
    world.says(made.elin, wanted="Budgets")
    return made


def pairs(run):
    return {(one.mentee.membership.name, one.mentor.membership.name) for one in Proposal.objects.filter(run=run)}


def only_skills(w, **rules):
    policy = Policy(weights={"skills": 100}, **rules)
    held = queries.policy_of(w.programme)
    actions.save_policy(w.programme, policy, way=Way.COORDINATOR, seen=held.revision, by=w.carys)


def test_everybody_gets_the_mentor_who_offers_what_they_want(w):
    _round, run = world.worked_out(w)
    assert pairs(run) == {("Ben Thomas", "Kwame Mensah"), ("Elin Berg", "Amara Okafor")}


def test_points_are_kept_by_criterion_and_add_up_to_the_score(w):
    _round, run = world.worked_out(w)
    for proposal in Proposal.objects.filter(run=run):
        assert sum(proposal.points.values()) == proposal.score
        assert proposal.points["skills"] == 550_000


def test_what_nobody_has_said_makes_no_pair_worth_a_look(w):
    world.says(w.elin, wanted="Leading a team")  # which Amara does not offer: so half of skills: 45 of 100 in all
    _round, run = world.worked_out(w)
    assert (run.figures["reach"], run.figures["floor"]) == (725_000, 43)
    assert set(Proposal.objects.filter(run=run).values_list("mentee__ref", "score", "worth_a_look")) == {
        (w.ben.ref, 725_000, False),
        (w.elin.ref, 450_000, False),
    }
    said = squeezed(words_of(browser_of(w.carys).get(f"/programmes/{w.programme.slug}/matching/")))
    assert "less than 43 of 100 is worth a look before it is published: no pair here can get more than 72" in said


def test_the_proof_is_kept_with_the_run(w):
    _round, run = world.worked_out(w)
    assert (run.figures["gap"], run.figures["violators"], run.figures["matched"]) == (0, 0, 2)
    assert run.figures["total"] == run.figures["bound"]


def test_a_run_asked_again_from_what_was_kept_gives_the_same(w):
    _round, run = world.worked_out(w)
    world.says(w.ben, wanted="Budgets")  # since then Ben wants something else
    again = solving.solve(orders.of_run(run))
    assert again["fingerprint"] == run.fingerprint
    assert {(pair["mentee"], pair["mentor"]) for pair in again["pairs"]} == {
        (w.ben.ref, w.kwame.ref),
        (w.elin.ref, w.amara.ref),
    }


def test_a_line_manager_is_never_a_mentor_and_the_mentee_who_is_left_reads_why(w):
    world.manages(w.kwame, w.ben, w.elin)
    _round, run = world.worked_out(w)
    (left,) = Left.objects.filter(run=run)
    assert pairs(run) == {("Elin Berg", "Amara Okafor")}
    assert (left.mentee.membership.name, left.lack) == ("Ben Thomas", "too_few_places")
    assert left.detail["kept_apart"] == {"manager": 1}


def test_two_who_stay_together_are_paired_whatever_it_costs_the_others(w):
    round_, _run = world.worked_out(w)
    actions.mark(round_, w.ben, w.amara, MarkKind.HOLD, by=w.carys, seen=round_.revision)
    _round, run = world.worked_out(w, keep=True)
    assert pairs(run) == {("Ben Thomas", "Amara Okafor"), ("Elin Berg", "Kwame Mensah")}


def test_two_who_are_not_to_be_paired_are_not(w):
    round_, _run = world.worked_out(w)
    actions.mark(round_, w.ben, w.kwame, MarkKind.BAN, by=w.carys, seen=round_.revision)
    _round, run = world.worked_out(w)
    assert ("Ben Thomas", "Kwame Mensah") not in pairs(run)


def test_with_the_rest_kept_somebody_new_gets_the_place_that_is_left(w):
    world.worked_out(w)
    new = cast.member("Mei Chen", w.programme.organisation)
    cast.takes_part(w.programme, new, "mentee", w.carys)
    _round, run = world.worked_out(w, fixed=True)
    assert {("Ben Thomas", "Kwame Mensah"), ("Elin Berg", "Amara Okafor")} == pairs(run)
    assert [left.mentee.membership.name for left in Left.objects.filter(run=run)] == ["Mei Chen"]


def test_grades_are_counted_over_all_who_take_part_and_not_over_those_who_are_left(w):
    for one, grade in ((w.ben, "Band 4"), (w.elin, "Band 5"), (w.kwame, "Band 7"), (w.amara, "Band 9")):
        world.says(one, grade=grade)
    relationships.propose(w.kwame, w.elin, by=w.carys)
    made = Policy(weights={"seniority": 100}, ideal=3)
    actions.save_policy(w.programme, made, way=Way.COORDINATOR, seen=0, by=w.carys)
    _round, run = world.worked_out(w)
    (pair,) = run.proposals.all()
    assert (pair.mentee, pair.mentor, pair.score) == (w.ben, w.amara, 1_000_000)
    (left,) = inputs.cohort(w.programme, made).mentees
    (mentor,) = inputs.cohort(w.programme, made).mentors
    assert inputs.cohort(w.programme, made).scale(made).steps(left.one, mentor.one) == 3
    assert queries.boards.plain_scale(run).steps(left.one, mentor.one) == 3


def test_why_two_are_not_paired_says_what_insisting_would_cost_the_others(w):
    only_skills(w)
    _round, run = world.worked_out(w)
    asked = actions.ask(run, w.ben, w.amara, by=w.carys)
    jobs.run_pending()
    asked.refresh_from_db()
    assert (asked.answer["cost"]["matched"], asked.answer["cost"]["total"]) == (0, -2_000_000)
    assert asked.answer["forbidden_by"] == []


def test_asking_twice_asks_once(w):
    _round, run = world.worked_out(w)
    assert actions.ask(run, w.ben, w.amara, by=w.carys).pk == actions.ask(run, w.ben, w.amara, by=w.carys).pk


def test_while_pairs_are_worked_out_nobody_begins_again(w):
    round_ = actions.begin_round(w.programme, by=w.carys)
    actions.begin_run(round_, by=w.carys)
    with pytest.raises(NotPossible, match="being worked out at this moment"):
        actions.begin_run(round_, by=w.carys)


def test_a_run_whose_work_was_stopped_stands_in_nobodys_way(w):
    round_ = actions.begin_round(w.programme, by=w.carys)
    run = actions.begin_run(round_, by=w.carys)
    stop(run, w.carys)
    assert queries.standing(Run.objects.get(pk=run.pk)) == RunState.CANCELLED
    _round, again = world.worked_out(w)
    assert again.state == RunState.DONE


def stop(run, by):
    from alongside.foundation.jobs import actions as work
    from alongside.foundation.jobs.models import Job

    work.cancel(Job.objects.get(ref=run.job_ref), by=by)


def test_an_answer_that_comes_twice_is_kept_once(w):
    _round, run = world.worked_out(w)
    answer = solving.solve(orders.of_run(run))
    actions.keep_answer(run, answer, by=w.carys)
    assert Proposal.objects.filter(run=run).count() == 2
    assert AuditEntry.objects.filter(name="matching.worked_out").count() == 1


def test_nobody_to_pair_says_so_and_keeps_nothing(w):
    for held in (w.ben, w.elin):
        held.until = held.since
        held.save()
    round_ = actions.begin_round(w.programme, by=w.carys)
    with pytest.raises(NotPossible, match="Nobody waits for a mentor here"):
        actions.begin_run(round_, by=w.carys)
    assert not Run.objects.exists()


def test_of_two_coordinators_who_begin_one_is_told_to_go_on_there(w):
    actions.begin_round(w.programme, by=w.carys)
    with pytest.raises(NotPossible, match="being matched already"):
        actions.begin_round(w.programme, by=w.carys)


def test_a_stop_ends_the_engines_process_at_once(w):
    class Stopped(Exception):
        pass

    def stop(done, total, words):
        raise Stopped

    cohort = queries.inputs.cohort(w.programme, Policy())
    order = orders.of_cohort(cohort, {}, Policy(), seed=1)
    with pytest.raises(Stopped):
        solving.solve(order, progress=stop)


def test_a_rule_that_nobody_can_lift_is_no_advice(w):
    world.manages(w.kwame, w.ben, w.elin)
    _round, run = world.worked_out(w, keep=False)
    (left,) = Left.objects.filter(run=run)
    assert [change["lifts"] for change in left.changes] == [[]]  # one place more with Amara, and nothing else
