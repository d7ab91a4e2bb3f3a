"""Who may read and do what with closing reviews, over everybody around a pair."""

import pytest
from django.urls import reverse

from alongside.foundation import access
from alongside.foundation.identity.actors import Actor
from alongside.people.models import Link
from alongside.people.terms import LinkKind
from alongside.programmes.terms import Part
from alongside.relationships import actions as relationships
from alongside.relationships.queries import visible_to
from alongside.reviews import hooks, queries
from alongside.reviews.models import ReviewAnswer
from tests import cast as people
from tests.reviews.conftest import AMARAS, BENS, at_stage


@pytest.fixture
def world(cast) -> dict[str, Actor]:
    """Everybody who might look at the pair's reviews."""
    home = cast.ben.organisation
    rosa, sven = people.member("Rosa Diaz", home), people.member("Sven Holm", home)
    mentor = people.takes_part(cast.programme, rosa, Part.MENTOR, cast.carys)
    mentee = people.takes_part(cast.programme, sven, Part.MENTEE, cast.carys)
    relationships.propose(mentor, mentee, by=cast.carys)
    priya = people.member("Priya Raman", home)
    people.takes_part(cast.programme, priya, Part.COORDINATOR, cast.carys)
    Link.objects.create(source=priya.membership, target=cast.ben.membership, kind=LinkKind.MANAGES)
    roles = ("administrator", "privacy_officer", "safeguarding_lead", "supervisor", "coordinator")
    return {
        "mentee": cast.ben,
        "mentor": cast.amara,
        "coordinator": cast.carys,
        "coordinator who manages the mentee": priya,
        "mentor of another pair": rosa,
        "mentee of another pair": sven,
        "takes part in nothing": cast.elin,
        "every role of the organisation": people.member("Nadia Frost", home, *roles),
        "mentor elsewhere": people.pair(people.organisation("Harbour Trust")).amara,
    }


def readable(world, cast) -> dict[str, set[str]]:
    """Whose answers each may read."""
    names = {cast.ben.membership.pk: "Ben’s", cast.amara.membership.pk: "Amara’s"}
    return {
        who: {names[pk] for pk in queries.visible_to(actor).values_list("author_id", flat=True)}
        for who, actor in world.items()
    }


def by_policy(world, cast) -> dict[str, set[str]]:
    """The same, asked of the policy for every pair that each may know of."""
    names = {cast.ben.membership.pk: "Ben’s", cast.amara.membership.pk: "Amara’s"}
    said: dict[str, set[str]] = {who: set() for who in world}
    for who, actor in world.items():
        for relationship in visible_to(actor):
            pair = people.queries.pair(actor, relationship.ref)
            for answer in ReviewAnswer.objects.filter(review__relationship=relationship).select_related("review"):
                if access.may(actor, "reviews.read", queries.subject(answer, pair)):
                    said[who].add(names[answer.author_id])
    return said


def test_each_reads_their_own_and_later_what_the_other_shares(world, cast, send):
    nobody: dict[str, set[str]] = {who: set() for who in world}
    send("mentee", released=True)
    assert readable(world, cast) == by_policy(world, cast) == nobody | {"mentee": {"Ben’s"}}
    send("mentor")
    end = nobody | {"mentee": {"Ben’s"}, "mentor": {"Ben’s", "Amara’s"}}
    assert readable(world, cast) == by_policy(world, cast) == end


def test_a_coordinator_from_outside_sees_who_has_sent_and_not_a_word(world, cast, send, sign_in):
    send("mentee", released=True, contact_words="Coffee in spring?")
    assert hooks._panel(cast.carys, cast.pair(cast.carys)) == {"sent": 1, "in_close": True, "outside": True}
    send("mentor", released=True)
    assert hooks._panel(cast.carys, cast.pair(cast.carys))["sent"] == 2
    text = sign_in(cast.carys).get(reverse("relationships:pair", args=[cast.relationship.ref])).text
    assert "Sent by both" in text
    assert not [words for words in (BENS, AMARAS, "Coffee") if words in text]


def codes(world, sign_in, address: str) -> dict[str, int]:
    return {who: sign_in(actor).get(address).status_code for who, actor in world.items()}


def test_pages_answer_strangers_as_if_there_were_nothing(world, cast, send, sign_in):
    absent = dict.fromkeys(world, 404)
    closing, after = (reverse(f"reviews:{name}", args=[cast.relationship.ref]) for name in ("closing", "afterwards"))
    assert codes(world, sign_in, closing) == absent | {"mentee": 200, "mentor": 200}
    assert codes(world, sign_in, after) == absent | {"mentee": 302, "mentor": 302}
    send("mentee")
    send("mentor")
    assert codes(world, sign_in, closing) == absent | {"mentee": 200, "mentor": 200}
    assert codes(world, sign_in, after) == absent | {"mentee": 200, "mentor": 200}


def test_nobody_sends_a_review_for_a_pair_that_is_not_theirs(world, cast, sign_in):
    address = reverse("reviews:closing", args=[cast.relationship.ref])
    for who, actor in world.items():
        if who not in ("mentee", "mentor"):
            assert sign_in(actor).post(address, {"draft": "1"}).status_code == 404, who
    assert not ReviewAnswer.objects.exists()


def test_the_labels_beside_the_fields_say_who_can_read_them():
    assert access.label("reviews.read", partner="Amara") == (2, "You and Amara, if you share it, can read this")
    assert access.label("reviews.read_contact", partner="Amara") == (2, "You and Amara can read this")


def test_a_proposed_pair_has_no_panel(db):
    cast = people.pair(answered=False)
    assert [hooks._panel(actor, cast.pair(actor)) for actor in (cast.ben, cast.carys)] == [None, None]


def test_before_the_close_the_panel_says_what_will_come(cast, sign_in):
    at_stage(cast, "progress")
    home = reverse("relationships:pair", args=[cast.relationship.ref])
    assert "Each of you answers alone" in sign_in(cast.ben).get(home).text
    assert "Not sent yet" not in sign_in(cast.carys).get(home).text
