"""Many at once: one effect, and a plain word for everybody else."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from alongside.contracts import actions, queries
from alongside.contracts.models import Contract, Signature, Version
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity.actions import NotPossible
from tests import cast as people
from tests.contracts import acts

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]


def all_at_once(*acts_of_each):
    """Run every one of them in a thread of its own, from the same moment; what each returned or raised."""
    barrier = Barrier(len(acts_of_each))

    def run(act):
        try:
            barrier.wait()
            return act()
        except NotPossible as reason:
            return reason
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts_of_each)) as pool:
        return list(pool.map(run, acts_of_each))


def test_twelve_signatures_at_once_keep_one_for_each_of_the_two():
    cast = people.pair()
    version = acts.propose(cast)
    signers = (cast.amara, cast.ben) * 6
    outcomes = all_at_once(*(lambda actor=actor: acts.sign(cast, actor, version) for actor in signers))
    assert sum(isinstance(outcome, Version) for outcome in outcomes) == 2
    assert sum(isinstance(outcome, actions.SignedAlready) for outcome in outcomes) == 10
    assert sorted(Signature.objects.values_list("part", "layer")) == [
        ("mentee", "private"), ("mentee", "shared"), ("mentor", "private"), ("mentor", "shared"),
    ]  # fmt: skip
    cast.relationship.refresh_from_db()
    assert (cast.relationship.stage, Version.objects.get().state) == ("direct", "signed")
    assert AuditEntry.objects.filter(name="contract.signed").count() == 1


def test_both_opening_it_at_once_open_one():
    cast = people.pair()
    pairs = {actor.ref: cast.pair(actor) for actor in (cast.amara, cast.ben)}
    opening = [
        lambda actor=actor: actions.open_agreement(pairs[actor.ref], by=actor)
        for actor in (cast.amara, cast.ben)
        for _ in range(3)
    ]
    outcomes = all_at_once(*opening)
    assert {outcome.ref for outcome in outcomes} == {Contract.objects.get().ref}
    assert Version.objects.count() == 1
    assert AuditEntry.objects.filter(name="contract.drafted").count() == 1


def test_of_many_savings_of_one_draft_one_stands_and_the_others_are_told():
    cast = people.pair()
    version = acts.draft(cast)
    said = acts.answers(cast)
    saving = [
        lambda n=n: actions.save_draft(
            cast.pair(cast.ben), revision=version.revision, answers=said | {"place": f"room {n}"}, by=cast.ben
        )
        for n in range(6)
    ]
    outcomes = all_at_once(*saving)
    saved = [outcome for outcome in outcomes if isinstance(outcome, Version)]
    assert len(saved) == 1
    assert sum(isinstance(outcome, actions.Overtaken) for outcome in outcomes) == 5
    assert queries.answers(saved[0]) == acts.answers(cast)


def test_signing_and_asking_for_a_change_at_once_leave_one_of_two_lawful_outcomes():
    cast = people.pair()
    version = acts.propose(cast)
    acts.sign(cast, cast.amara, version)
    all_at_once(
        lambda: acts.sign(cast, cast.ben, version), lambda: actions.ask_change(cast.pair(cast.amara), by=cast.amara)
    )
    states = list(Version.objects.values_list("number", "state"))
    assert states in ([(1, "signed"), (2, "drafting")], [(1, "withdrawn"), (2, "drafting")])
    assert Signature.objects.count() == (4 if states[0][1] == "signed" else 2)


def test_asking_for_a_change_many_times_at_once_begins_one():
    cast = people.pair()
    acts.sign_both(cast)
    asking = [
        lambda actor=actor: actions.ask_change(cast.pair(actor), by=actor)
        for actor in (cast.amara, cast.ben)
        for _ in range(3)
    ]
    outcomes = all_at_once(*asking)
    assert {outcome.number for outcome in outcomes} == {2}
    assert Version.objects.count() == 2
    assert AuditEntry.objects.filter(name="contract.change_begun").count() == 1
