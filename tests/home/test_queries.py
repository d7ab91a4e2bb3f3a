"""Pages that many packages fill ask the database the same number of times, however much there is to show."""

import pytest

from alongside.programmes.models import Participation
from alongside.relationships import actions, queries
from tests import cast
from tests.visits import browser_of, queries_of, twice

pytestmark = pytest.mark.django_db


@pytest.fixture
def c():
    return cast.pair()


def more_mentees(c, count: int, *, paired: bool) -> None:
    """So many more mentees of the programme, each together with Amara if wanted."""
    Participation.objects.filter(membership=c.amara.membership).update(capacity=20)
    mentor = Participation.objects.select_related("programme", "membership").get(membership=c.amara.membership)
    for number in range(count):
        actor = cast.member(f"Mentee {number}", c.carys.organisation)
        taker = cast.takes_part(c.programme, actor, "mentee", c.carys)
        if paired:
            relationship = actions.propose(mentor, taker, by=c.carys)
            for one in (c.amara, actor):
                actions.accept(queries.pair(one, relationship.ref), by=one)


def same_at_both_sizes(actor, url: str, fewer, more, most: int) -> None:
    fewer()
    few = queries_of(browser_of(actor), url)
    more()
    many = queries_of(browser_of(actor), url)
    assert len(many) == len(few), "\n".join(sorted(set(many) ^ set(few)))
    assert twice(many) == []
    assert len(many) <= most


def test_home_of_a_mentor_with_many_mentees(c):
    same_at_both_sizes(
        c.amara, "/", lambda: more_mentees(c, 3, paired=True), lambda: more_mentees(c, 12, paired=True), 18
    )


def test_home_of_a_mentee():
    c = cast.pair()
    same_at_both_sizes(c.ben, "/", lambda: None, lambda: more_mentees(c, 12, paired=True), 18)


def test_home_of_a_coordinator(c):
    def programmes(count):
        for number in range(count):
            made = cast.programme(c.carys, f"Round {number}", launched=number % 2 == 0)
            actor = cast.member(f"Mentee of {number}", c.carys.organisation)
            cast.takes_part(made, actor, "mentee", c.carys)

    same_at_both_sizes(c.carys, "/", lambda: programmes(3), lambda: programmes(12), 18)


def test_the_pair_page_of_the_two_and_of_the_coordinator(c):
    url = f"/pairs/{c.relationship.ref}/"
    for actor in (c.ben, c.amara, c.carys):
        same_at_both_sizes(actor, url, lambda: None, lambda: more_mentees(c, 3, paired=True), 22)


def test_the_masthead_asks_two_questions_at_most_of_a_mentor(c):
    without = queries_of(browser_of(c.elin), "/who-may-read-what/")
    with_pair = queries_of(browser_of(c.amara), "/who-may-read-what/")
    assert len(without) == len(with_pair)
    assert twice(with_pair) == []
