"""Why somebody declined or ended: read by its writer, and by the coordinator from outside where it is shared."""

import pytest

from alongside.foundation import reads, vault
from alongside.people.models import Link
from alongside.programmes import actions as programmes
from alongside.relationships import actions, queries
from tests import cast
from tests.visits import browser_of, words_of

pytestmark = pytest.mark.django_db
WORDS = "We share an office, and I would rather talk to somebody outside it"


@pytest.fixture
def c():
    return cast.pair()


def ended(c, *, share: bool) -> None:
    actions.end(c.pair(c.ben), by=c.ben, reason=WORDS, share=share)


def read_by(c, actor) -> list[str | None]:
    return [given.words for given in queries.reasons(actor, c.pair(actor))]


def test_a_private_reason_is_read_by_its_writer_alone(c):
    ended(c, share=False)
    assert [read_by(c, actor) for actor in (c.ben, c.amara, c.carys)] == [[WORDS], [], []]


def test_a_shared_reason_is_read_by_the_coordinator_and_never_by_the_partner(c):
    ended(c, share=True)
    assert [read_by(c, actor) for actor in (c.ben, c.amara, c.carys)] == [[WORDS], [], [WORDS]]


def test_a_coordinator_who_manages_one_of_the_two_reads_nothing(c):
    ended(c, share=True)
    Link.objects.create(source=c.carys.membership, target=c.amara.membership)
    response = browser_of(c.carys).get(f"/pairs/{c.relationship.ref}/")
    assert response.status_code == 404
    assert WORDS not in words_of(response)


def test_a_partner_who_also_coordinates_reads_nothing(c):
    ended(c, share=True)
    programmes.add_participants(c.programme, [programmes.Place(c.amara.membership, "coordinator")], by=c.carys)
    assert read_by(c, c.amara) == []


def test_a_reason_whose_writers_key_is_gone_is_said_to_be_gone(c):
    ended(c, share=True)
    vault.destroy(c.ben.membership.key_owner)
    assert read_by(c, c.carys) == [None]
    page = words_of(browser_of(c.carys).get(f"/pairs/{c.relationship.ref}/"))
    assert "It can no longer be read" in page


@pytest.mark.parametrize(
    ("share", "reader", "shown", "heading"),
    [
        (False, "ben", True, "What you wrote"),
        (True, "ben", True, "What you wrote"),
        (False, "amara", False, ""),
        (True, "amara", False, ""),
        (False, "carys", False, ""),
        (True, "carys", True, "What Ben wrote"),
    ],
)
def test_the_pair_page_shows_a_reason_to_whom_it_is_for(c, share, reader, shown, heading):
    ended(c, share=share)
    page = words_of(browser_of(getattr(c, reader)).get(f"/pairs/{c.relationship.ref}/"))
    assert (WORDS in page) == shown
    assert heading in page


def test_that_the_coordinator_has_read_it_is_remembered_once_a_day(c):
    ended(c, share=True)
    for _ in range(2):
        browser_of(c.carys).get(f"/pairs/{c.relationship.ref}/")
    browser_of(c.ben).get(f"/pairs/{c.relationship.ref}/")
    assert [seen.reader for seen in reads.about(c.ben.membership)] == [c.carys.membership.name]
