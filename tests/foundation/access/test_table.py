"""The page "Who may read what" is made of the rows, whole and readable."""

import re

import pytest
from django.http import Http404

from alongside.foundation import access
from alongside.foundation.access import registry, table
from alongside.foundation.access.registry import Column
from alongside.foundation.identity.models import Membership


@pytest.fixture
def page(client, db) -> str:
    return client.get("/who-may-read-what/").content.decode()


def test_every_listed_record_is_a_row_and_no_other(page):
    wanted = [str(held.words) for held in registry.rows() if held.listed]
    heads = re.findall(r'<th scope="row"[^>]*>(.*?)(?:<small>|</th>)', page, re.DOTALL)
    assert [head.strip() for head in heads] == wanted


def test_a_column_stands_there_exactly_when_somebody_in_it_reads_something():
    shown = table.columns()
    for column in Column:
        reads = any(reader.column == column for held in registry.rows() if held.listed for reader in held.who)
        assert (column in shown) == reads
        assert (column.label in table.without()) == (not reads)


def test_a_cell_says_how_somebody_reads_and_a_dash_says_nobody():
    (line,) = (line for line in table.lines() if line.words == registry.row("relationships.read_shared_reason").words)
    cells = {str(cell.label): (cell.words, cell.may) for cell in line.cells}
    assert cells["Mentee"] == ("own", True)
    assert cells["Coordinator"] == ("if its writer shares it", True)
    assert cells["Administrator"] == ("–", False)


def test_notes_stand_with_their_record(page):
    assert "An administrator sees no record of any pair." in page
    assert "Nobody need give a reason." in page


def test_every_column_is_heard_above_and_seen_beside_each_cell_on_a_phone(page):
    for column in table.columns():
        assert page.count(f'data-label="{table.SHORT[column]}"') == len(table.lines())


@pytest.mark.django_db
def test_a_key_that_no_record_can_have_is_absent():
    with pytest.raises(Http404):
        access.fetch(Membership.objects.all(), ref="abc\0def")
