"""Who may read and do what with goals, over everybody around a pair."""

import pytest
from django.urls import reverse

from alongside.foundation import access
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership
from alongside.foundation.identity.queries import actor_of
from alongside.goals import hooks, queries
from alongside.goals.models import Goal
from alongside.people.models import Link
from alongside.people.terms import LinkKind
from alongside.programmes.actions import end_participation
from alongside.programmes.terms import Part
from alongside.relationships import actions as relationships
from alongside.relationships.models import Relationship
from alongside.relationships.queries import visible_to
from tests import cast as people
from tests.goals.conftest import HANDOVER, at_stage

OTHER, PRIVATE = "Ask for the Eastgate day", "Find out whether nursing is for me"


def roles(*names: str) -> list[str]:
    return ["administrator", "privacy_officer", "safeguarding_lead", "supervisor", "assessor", *names]


@pytest.fixture
def world(cast, write) -> dict[str, Actor]:
    """The pair with a shared and a private goal, and everybody who might look at it."""
    write(shared=True)
    write(PRIVATE)
    home = cast.ben.organisation
    rosa, sven = people.member("Rosa Diaz", home), people.member("Sven Holm", home)
    mentor = people.takes_part(cast.programme, rosa, Part.MENTOR, cast.carys)
    mentee = people.takes_part(cast.programme, sven, Part.MENTEE, cast.carys)
    relationships.propose(mentor, mentee, by=cast.carys)
    priya = people.member("Priya Raman", home)
    people.takes_part(cast.programme, priya, Part.COORDINATOR, cast.carys)
    Link.objects.create(source=priya.membership, target=cast.ben.membership, kind=LinkKind.MANAGES)
    return {
        "mentee": cast.ben,
        "mentor": cast.amara,
        "coordinator": cast.carys,
        "coordinator who manages the mentee": priya,
        "mentor of another pair": rosa,
        "mentee of another pair": sven,
        "takes part in nothing": cast.elin,
        "every role of the organisation": people.member("Nadia Frost", home, *roles("coordinator")),
        "mentor elsewhere": people.pair(people.organisation("Harbour Trust")).amara,
    }


READ = {"mentee": {HANDOVER, PRIVATE}, "mentor": {HANDOVER}}


def test_the_mentee_reads_all_the_mentor_what_is_shared_and_nobody_else_anything(world):
    read = {
        who: {seen.words for seen in queries.seen(queries.visible_to(actor))} for who, actor in world.items()
    }  # fmt: skip
    assert read == {who: set() for who in world} | READ


def test_visible_to_is_what_the_policy_says(world):
    """Asked of every pair that an actor may know of, query and predicates say the same."""
    for who, actor in world.items():
        said = set()
        for relationship in visible_to(actor):
            pair = people.queries.pair(actor, relationship.ref)
            for goal in Goal.objects.filter(relationship=relationship):
                if access.may(actor, "goals.read", queries.subject(goal, pair)):
                    said.add(goal.pk)
        assert set(queries.visible_to(actor).values_list("pk", flat=True)) == said, who


def test_only_the_owner_may_write(world, cast):
    goal = Goal.objects.filter(shared=True).get()
    may = {}
    for who, actor in world.items():
        if visible_to(actor).filter(pk=cast.relationship.pk).exists():
            may[who] = access.may(actor, "goals.write", queries.subject(goal, cast.pair(actor)))
    assert may == {"mentee": True, "mentor": False, "coordinator": False}


def test_a_coordinator_from_outside_sees_how_many_and_not_a_word(world, cast):
    panel = hooks._panel(cast.carys, cast.pair(cast.carys))
    assert panel == {"counts": [("Being worked on", 2)]}


def status_codes(world, sign_in, address: str, method: str = "get") -> dict[str, int]:
    return {who: getattr(sign_in(actor), method)(address).status_code for who, actor in world.items()}


def test_pages_answer_strangers_as_if_there_were_nothing(world, cast, sign_in):
    shared = Goal.objects.get(shared=True)
    private = Goal.objects.get(shared=False)
    ref = cast.relationship.ref
    absent = dict.fromkeys(world, 404)
    both = absent | {"mentee": 200, "mentor": 200}
    assert status_codes(world, sign_in, reverse("goals:goals", args=[ref])) == both
    assert status_codes(world, sign_in, reverse("goals:goal", args=[ref, shared.ref])) == both
    assert status_codes(world, sign_in, reverse("goals:goal", args=[ref, private.ref])) == absent | {"mentee": 200}
    assert status_codes(world, sign_in, reverse("goals:change", args=[ref, shared.ref])) == absent | {"mentee": 200}
    for deed in ("share", "unshare", "reach", "let_go", "reopen"):
        address = reverse(f"goals:{deed}", args=[ref, shared.ref])
        assert status_codes(world, sign_in, address, "post") == absent | {"mentee": 302}, deed
        assert set(status_codes(world, sign_in, address).values()) == {405}, deed


def test_a_goal_is_not_found_under_another_pairs_address(world, cast, sign_in):
    goal = Goal.objects.get(shared=True)
    other = Relationship.objects.exclude(pk=cast.relationship.pk).first()
    assert sign_in(cast.ben).get(reverse("goals:goal", args=[other.ref, goal.ref])).status_code == 404


def test_whoever_lost_their_part_or_was_suspended_reads_nothing(world, cast):
    assert queries.visible_to(cast.amara).count() == 1
    end_participation(cast.pair(cast.amara).mentor_party.participation, by=cast.carys)
    assert queries.visible_to(cast.amara).count() == 0
    identity.suspend(cast.ben.membership, by=cast.carys)
    assert actor_of(Membership.objects.get(pk=cast.ben.membership.pk)) is None


def test_after_the_end_the_two_still_read(world, cast):
    relationships.end(cast.pair(cast.ben), by=cast.ben)
    assert {seen.words for seen in queries.seen(queries.visible_to(cast.ben))} == READ["mentee"]
    assert {seen.words for seen in queries.seen(queries.visible_to(cast.amara))} == READ["mentor"]


def test_the_label_beside_the_field_says_who_can_read_it():
    assert access.label("goals.read", partner="Amara") == (2, "You and Amara, if you share it, can read this")
    assert access.label("goals.read_shared", partner="Amara") == (2, "You and Amara can read this")
    assert access.label("goals.read_private", partner="Amara") == (1, "Only you can read this")


def test_the_gate_asks_for_a_goal_in_words(cast, write):
    at_stage(cast, "connect")
    [need] = hooks.gate(cast.relationship, "progress")
    assert (str(need.words), need.met) == ("One goal or more, with a starting point", False)
    write()
    [need] = hooks.gate(cast.relationship, "progress")
    assert need.met
    assert list(hooks.gate(cast.relationship, "close")) == []
