"""What somebody lets the coordinators use after an ending to find them somebody who fits better."""

import pytest
from django.db import IntegrityError, transaction

from alongside.foundation import access, reads
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity.actors import SYSTEM
from alongside.people.models import Link
from alongside.programmes import actions as programmes
from alongside.records import actions as records
from alongside.relationships import actions, queries
from alongside.relationships.models import Learned
from alongside.relationships.queries import learned
from tests import cast
from tests.visits import HOSTILE, browser_of, is_harmless, squeezed, words_of

pytestmark = pytest.mark.django_db
TIMES, NEAR = "Our usual times did not go together", "Our work was too near to each other"


@pytest.fixture
def c():
    return cast.pair()


def of_pair(c, rest: str = "") -> str:
    return f"/pairs/{c.relationship.ref}/{rest}"


def ended(c) -> None:
    actions.end(c.pair(c.ben), by=c.ben, next_time=["near", "times"])


def page_of(c, actor) -> str:
    return squeezed(words_of(browser_of(actor).get(of_pair(c))))


def test_whoever_ends_a_pair_ticks_what_may_be_used_and_nothing_is_kept_otherwise(c):
    said = words_of(browser_of(c.ben).get(of_pair(c, "end/")))
    assert "You may use this to find me somebody who fits better" in said
    browser_of(c.ben).post(of_pair(c, "end/"), {"next_time": ["times", "near"]})
    held = Learned.objects.get()
    assert (held.participation.membership, held.what) == (c.ben.membership, ["times", "near"])


def test_without_a_tick_nothing_is_kept(c):
    browser_of(c.ben).post(of_pair(c, "end/"), {"reason": "I would rather stop"})
    assert not Learned.objects.exists()


def test_whoever_declines_is_not_asked(c):
    proposed = cast.pair(cast.organisation(name="Harbour Trust"), answered=False)
    said = words_of(browser_of(proposed.ben).get(f"/pairs/{proposed.relationship.ref}/decline/"))
    assert "somebody who fits better" not in said


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_is_on_no_list_ends_nothing_and_does_no_harm(c, kind):
    response = browser_of(c.ben).post(of_pair(c, "end/"), {"next_time": [HOSTILE[kind]]})
    assert is_harmless(response)
    assert c.pair(c.ben).relationship.is_open
    assert not Learned.objects.exists()


def test_its_writer_and_the_coordinator_read_it_and_the_partner_never(c):
    ended(c)
    shown = {actor: TIMES in page_of(c, actor) and NEAR in page_of(c, actor) for actor in (c.ben, c.carys, c.amara)}
    assert shown == {c.ben: True, c.carys: True, c.amara: False}
    assert "Take it back" not in page_of(c, c.carys)


def test_a_coordinator_who_manages_one_of_the_two_reads_nothing(c):
    ended(c)
    Link.objects.create(source=c.carys.membership, target=c.amara.membership)
    held = c.pair(c.ben).mentee_party.participation
    assert learned.for_next(c.carys, [held]) == {}


def test_a_partner_who_also_coordinates_reads_nothing(c):
    ended(c)
    programmes.add_participants(c.programme, [programmes.Place(c.amara.membership, "coordinator")], by=c.carys)
    assert not learned.visible_to(c.amara).exists()


def test_the_read_is_the_one_that_the_table_of_readers_says(c):
    ended(c)
    (held,) = Learned.objects.all()

    class Subject:
        author_id = held.participation.membership_id

    for actor in (c.ben, c.amara, c.carys):
        Subject.standing = queries.pair(actor, c.relationship.ref).standing
        may = access.may(actor, "relationships.read_learned", Subject)
        assert learned.visible_to(actor).filter(pk=held.pk).exists() is may
    assert not learned.visible_to(c.elin).exists()


def test_what_was_ticked_can_be_taken_back_by_its_writer_alone(c):
    ended(c)
    for actor in (c.amara, c.carys):
        browser_of(actor).post(of_pair(c, "learned/take-back/"))
    assert Learned.objects.count() == 1
    answer = browser_of(c.ben).post(of_pair(c, "learned/take-back/"), follow=True)
    assert "Taken back. It is deleted, and nobody uses it any more." in words_of(answer)
    assert not Learned.objects.exists()
    assert browser_of(c.ben).post(of_pair(c, "learned/take-back/")).status_code == 302
    assert AuditEntry.objects.filter(name="relationship.learned_taken_back").count() == 1


def test_the_log_says_nothing_of_what_was_ticked(c):
    ended(c)
    codes = str(list(AuditEntry.objects.filter(about_ref=c.relationship.ref).values_list("codes", flat=True)))
    assert "times" not in codes
    assert "near" not in codes


def test_that_the_coordinator_has_read_it_is_remembered(c):
    ended(c)
    page_of(c, c.carys)
    page_of(c, c.ben)
    assert [seen.reader for seen in reads.about(c.ben.membership)] == [c.carys.membership.name]


@pytest.mark.both
def test_the_database_keeps_it_once_for_each_of_the_two():
    c = cast.pair()
    ended(c)
    held = Learned.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Learned.objects.create(relationship=held.relationship, participation=held.participation, what=["far"])


@pytest.mark.parametrize(("erased", "kept"), [("ben", 0), ("amara", 1)])
def test_it_goes_with_its_writer_and_not_with_the_other_one(c, erased, kept):
    ended(c)
    records.erase(getattr(c, erased).membership, by=SYSTEM)
    assert Learned.objects.count() == kept
