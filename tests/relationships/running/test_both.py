"""What depends on locks and constraints: two at once, a worker that is killed. On both databases."""

import subprocess
import sys
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.db import connection

from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import System
from alongside.foundation.jobs.models import Job
from alongside.foundation.notifications.models import Mail
from alongside.people.roster.reading import read
from alongside.programmes import actions as programmes
from alongside.programmes.models import Participation
from alongside.relationships import actions
from alongside.relationships.actions import running, taking_in, taking_out, telling
from alongside.relationships.models import CarriedOver, Move, PairsImport, PairsRow, Party, Relationship
from tests.processes import environment
from tests.relationships.running.conftest import HEAD, listed, row

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]
STEPS = 5


@pytest.fixture
def people(northgate):
    names = ["Amara Okafor", "Ben Thomas", "Dev Patel", "Elin Berg"]
    return listed(northgate, *names)


@pytest.fixture
def checked(programme, people):
    """A file of two running pairs and one that has completed."""
    return stage(programme, row(), row("dev", "elin"), row("dev", "ben", start="2025-01-01", end="2026-01-01"))


def stage(programme, *rows):
    table = read("\n".join([HEAD, *rows]).encode(), "pairs.csv")
    held = running.begin(table, programme=programme, by=System(programme.organisation))
    running.stage(held, table)
    return held


def everything():
    models = (Relationship, Party, Move, CarriedOver, PairsImport, PairsRow, Participation, Job, AuditEntry)
    return [list(model.objects.order_by("pk").values()) for model in models]


def at_once(*works):
    """Each in a thread of its own, from the same moment; what was refused is returned."""
    refused, barrier = [], Barrier(len(works))

    def run(work):
        try:
            barrier.wait()
            work()
        except NotPossible as reason:
            refused.append(str(reason))
        finally:
            connection.close()

    threads = [Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


def commit(held):
    fresh = PairsImport.objects.select_related("programme__organisation").get(pk=held.pk)
    taking_in.commit(fresh, by=System(fresh.programme.organisation))


def test_taking_in_at_once_has_one_effect(checked, rounds):
    refused = at_once(lambda: commit(checked), lambda: commit(checked))
    assert refused == ["This file is taken in or discarded already."]
    assert Relationship.objects.count() == 3


def test_two_files_with_the_same_mentee_at_once_give_one_mentor(programme, people):
    files = [stage(programme, row(mentor, "ben")) for mentor in ("amara", "dev")]
    refused = at_once(*(lambda held=held: commit(held) for held in files))
    assert len(refused) == 1
    assert "have changed since the check" in refused[0]
    assert Party.objects.filter(part="mentee", until=None).count() == 1


def test_a_pair_that_is_proposed_meanwhile_keeps_the_mentee(programme, people, carys):
    held = stage(programme, row())
    _amara, ben, dev, _elin = people
    places = [programmes.Place(dev, "mentor", 1), programmes.Place(ben, "mentee")]
    programmes.add_participants(programme, places, by=carys)
    mentor, mentee = (Participation.objects.get(membership=member) for member in (dev, ben))
    at_once(lambda: commit(held), lambda: actions.propose(mentor, mentee, by=carys))
    assert Party.objects.filter(participation__membership=ben, until=None).count() == 1


def test_two_who_tell_at_once_tell_each_person_once(checked, programme, rounds):
    commit(checked)

    def tell():
        while telling.tell_some(programme, by=System(programme.organisation), most=1):
            pass

    for _round in range(rounds):
        at_once(tell, tell)
    addresses = list(Mail.objects.values_list("to_address", flat=True))
    assert sorted(addresses) == sorted(f"{name}@northgate.example" for name in ("amara", "ben", "dev", "elin"))


def test_telling_and_taking_out_at_once_leave_no_pair_half(checked, programme):
    commit(checked)
    by = System(programme.organisation)
    at_once(lambda: taking_out.take_out(checked, by=by), lambda: telling.tell_some(programme, by=by))
    told = set(Party.objects.filter(told_at__isnull=False).values_list("relationship", flat=True))
    running_now = set(Relationship.objects.exclude(state="ended").values_list("pk", flat=True))
    assert told == running_now
    assert Party.objects.count() == 2 * Relationship.objects.count()


def test_pairs_whose_taking_in_is_killed_are_nowhere_and_can_be_taken_in_again(checked, rounds, figure):
    before = everything()
    for round_ in range(rounds):
        command = [sys.executable, Path(__file__).with_name("killed_commit.py"), str(round_ * 2 % STEPS + 1)]
        process = subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, text=True)
        try:
            assert process.stdout.readline() == "there\n", "it ended before it could be killed: this proves nothing"
        finally:
            process.kill()
            process.wait()
            process.stdout.close()
        assert everything() == before
    commit(checked)
    assert (Relationship.objects.count(), Party.objects.count(), CarriedOver.objects.count()) == (3, 6, 3)
    figure("kills survived", rounds)
