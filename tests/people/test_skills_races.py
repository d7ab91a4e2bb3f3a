"""Whoever saves a profile while two words are merged, or a proposal is forgotten, loses nothing."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from alongside.people import actions, queries
from alongside.people.models import ProfileSkill, Skill
from alongside.people.terms import SkillState
from tests import cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]


def at_once(*calls):
    ready = Barrier(len(calls))

    def run(call):
        try:
            ready.wait()
            call()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        list(pool.map(run, calls))


def test_profiles_that_are_saved_during_a_merger_hold_the_skill_it_leads_to(rounds):
    home = cast.organisation()
    carys = cast.member("Carys Llewellyn", home, "coordinator")
    people = [cast.member(f"Mentor {number}", home) for number in range(6)]
    into = actions.add_skill("Project management", organisation=home, by=carys)
    for number in range(rounds):
        word = actions.add_skill(f"PM {number}", organisation=home, by=carys)
        at_once(
            lambda word=word: actions.merge_skills(word, into, by=carys),
            *(
                lambda actor=actor, name=word.name: actions.change_profile(actor.membership, by=actor, offered=[name])
                for actor in people
            ),
        )
        assert not ProfileSkill.objects.filter(skill__state=SkillState.OTHER_WORD).exists()
        assert {tuple(queries.skills_of(actor.membership, "offered")) for actor in people} == {("Project management",)}


def test_a_proposal_is_not_forgotten_while_somebody_takes_it_up(rounds):
    home = cast.organisation()
    people = [cast.member(f"Mentor {number}", home) for number in range(4)]
    for number in range(rounds):
        Skill.objects.create(organisation=home, name=f"Word {number}", folded=f"word {number}")
        at_once(
            actions.tidy_skills,
            *(
                lambda actor=actor, name=f"Word {number}": actions.change_profile(
                    actor.membership, by=actor, offered=[name]
                )
                for actor in people
            ),
        )
        assert {tuple(queries.skills_of(actor.membership, "offered")) for actor in people} == {(f"Word {number}",)}
