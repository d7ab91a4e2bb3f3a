"""Who has read about whom."""

from datetime import date

import pytest
import time_machine

from alongside.foundation import reads
from alongside.foundation.reads.models import Read

pytestmark = [pytest.mark.both, pytest.mark.django_db]


@pytest.fixture
def ben(member):
    return member("Ben Thomas")


def test_a_read_is_noted_once_a_day_in_the_organisations_zone(carys, ben):
    with time_machine.travel("2026-06-01 22:30+00:00", tick=False) as traveller:  # 23:30 in London
        for _ in range(3):
            reads.note(carys, ben.membership, ben.membership)
        traveller.move_to("2026-06-01 23:30+00:00")  # after midnight there
        reads.note(carys, ben.membership, ben.membership)
    assert reads.about(ben.membership) == [
        (date(2026, 6, 2), "Carys Llewellyn", "identity.membership", ben.ref),
        (date(2026, 6, 1), "Carys Llewellyn", "identity.membership", ben.ref),
    ]


def test_reading_about_oneself_is_not_noted(ben):
    reads.note(ben, ben.membership, ben.membership)
    assert not Read.objects.exists()


def test_others_do_not_appear_in_ones_list(carys, ben, member):
    amara = member("Amara Okafor")
    reads.note(carys, ben.membership, ben.membership)
    assert reads.about(amara.membership) == []


def test_a_read_of_a_case_is_left_out_until_it_is_released(carys, ben):
    reads.note(carys, ben.membership, ben.membership, shown=False)
    assert reads.about(ben.membership) == []
    assert Read.objects.count() == 1
    reads.reveal(ben.membership, ben.membership)
    assert [seen.reader for seen in reads.about(ben.membership)] == ["Carys Llewellyn"]


def test_the_list_takes_two_queries_however_long(carys, ben, django_assert_num_queries):
    for day in range(1, 20):
        with time_machine.travel(f"2026-06-{day:02d} 12:00+00:00", tick=False):
            reads.note(carys, ben.membership, ben.membership)
    with django_assert_num_queries(2):
        assert len(reads.about(ben.membership)) == 19
