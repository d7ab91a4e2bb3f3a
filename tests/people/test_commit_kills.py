"""The power goes while a roster is taken in: nothing is half done, and it can be done again."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

from alongside.foundation import search
from alongside.foundation.identity.actors import System
from alongside.foundation.identity.models import Membership
from alongside.foundation.jobs.models import Job
from alongside.foundation.search.models import Word
from alongside.people import actions, queries
from alongside.people.models import Link, Profile, ProfileSkill, RosterImport, RosterRow, Skill
from alongside.people.roster.reading import read
from tests import cast

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]
NAMES = ["Amara", "Ben", "Carys", "Dev", "Elin"]
STEPS = 4


def environment():
    held = connection.settings_dict
    url = f"sqlite:///{held['NAME']}"
    if connection.vendor == "postgresql":
        who, host = f"{quote(held['USER'])}:{quote(held['PASSWORD'] or '')}", quote(held["HOST"], safe="")
        url = f"postgres://{who}@{host}:{held['PORT']}/{held['NAME']}"
    return os.environ | {
        "DATABASE_URL": url,
        "ALONGSIDE_DATA_DIR": str(settings.DATA_DIR),
        "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }


def killed_at(work, step):
    """Start the work in a process of its own, and kill it (-9) once it has done this step."""
    command = [sys.executable, Path(__file__).with_name("killed_commit.py"), work, str(step)]
    process = subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout.readline() == "there\n", "it ended before it could be killed: this run proves nothing"
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def everything():
    models = (Membership, Profile, Skill, ProfileSkill, Link, RosterImport, RosterRow, Job, Word)
    return [list(model.objects.order_by("pk").values()) for model in models]


@pytest.fixture
def roster():
    northgate = cast.organisation()
    rows = [
        f"{name} Okafor,{name}@x.example,{'' if name == 'Amara' else 'amara@x.example'},Budgeting" for name in NAMES
    ]
    table = read("\n".join(["Name,Email,Manager email,Skills", *rows]).encode(), "people.csv")
    roster = actions.begin_import(table, organisation=northgate, by=System(northgate))
    actions.stage_roster(roster, table)
    return roster


def test_a_roster_whose_taking_in_is_killed_leaves_nothing_and_can_be_taken_in_again(roster, rounds, figure):
    before = everything()
    for round_ in range(rounds):
        killed_at("commit", round_ % STEPS + 1)
        assert everything() == before
    actions.commit_roster(roster, by=System(roster.organisation))
    assert (Membership.objects.count(), Profile.objects.count(), ProfileSkill.objects.count()) == (6, 6, 5)
    assert Link.objects.count() == 4
    figure("kills survived", rounds)


def test_people_are_found_once_each_although_making_them_findable_is_killed(roster, rounds):
    actions.commit_roster(roster, by=System(roster.organisation))
    for _round in range(min(rounds, 2)):
        killed_at("index", 2)
    assert 0 < Word.objects.filter(kind="people.membership", word="okafor").count() < 5
    actions.index_roster(roster)
    assert Word.objects.filter(kind="people.membership", word="okafor").count() == 5
    people = Membership.objects.filter(organisation=roster.organisation)
    found = search.match(people, roster.organisation, queries.SEARCH_KIND, "okaf budg")
    assert [member.short_name for member in found] == NAMES


def test_an_import_whose_taking_back_is_killed_is_there_whole_and_can_be_taken_back(roster, rounds, figure):
    actions.commit_roster(roster, by=System(roster.organisation))
    before = everything()
    for round_ in range(rounds):
        killed_at("undo", round_)
        assert everything() == before
    actions.undo_import(roster, by=System(roster.organisation))
    assert (Membership.objects.count(), Profile.objects.count(), ProfileSkill.objects.count()) == (1, 1, 0)
    figure("kills survived", rounds)
