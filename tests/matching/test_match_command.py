"""`alongside match`: the best pairs as JSON or in sentences; it changes nothing."""

import json

import pytest
from django.core.management import CommandError, call_command

from alongside.foundation.events.models import AuditEntry
from alongside.matching.models import Round
from tests.matching import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    made = world.made()
    world.says(made.amara, offered="Budgets", grade="8")
    world.says(made.ben, wanted="Budgets, Feedback", grade="6")
    world.manages(made.kwame, made.elin)
    return made


def told(capsys, w, *more):
    call_command("match", w.programme.slug, "--json", *more)
    return json.loads(capsys.readouterr().out)


def test_criteria_of_each_pair_add_up_to_its_score_and_the_gap_is_nothing(w, capsys):
    found = told(capsys, w, "--seed", "7")
    assert [sum(pair["criteria"].values()) for pair in found["pairs"]] == [pair["score"] for pair in found["pairs"]]
    assert (found["gap"], found["violators"], found["seed"]) == (0, 0, 7)
    assert found["total"] == sum(pair["score"] for pair in found["pairs"]) == found["bound"]


def test_people_go_by_their_address_and_whoever_has_no_mentor_has_a_reason(w, capsys):
    found = told(capsys, w)
    assert {pair["mentee"] for pair in found["pairs"]} | {one["person"] for one in found["unmatched"]} == {
        w.ben.membership.work_address,
        w.elin.membership.work_address,
    }


def test_twice_gives_the_same(w, capsys):
    assert told(capsys, w, "--seed", "7") == told(capsys, w, "--seed", "7")


def test_it_changes_nothing(w, capsys):
    before = AuditEntry.objects.count()
    told(capsys, w)
    assert not Round.objects.exists()
    assert AuditEntry.objects.count() == before


def test_in_sentences_without_json(w, capsys):
    call_command("match", w.programme.slug)
    said = capsys.readouterr().out
    assert "No other pairing under these rules places more people or, placing as many, fits better." in said
    assert "Nothing was changed, and nobody was told." in said


def test_an_unknown_programme_is_named():
    with pytest.raises(CommandError, match=r"There is no programme “nowhere”\."):
        call_command("match", "nowhere")
