"""Lists as files: what stands in them, who may have them, and that the log remembers."""

import csv
from io import StringIO

import pytest

from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity.models import Membership
from tests import cast
from tests.visits import browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def c():
    return cast.pair()


def read(response) -> list[list[str]]:
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    whole = response.getvalue().decode()
    assert whole.startswith("\ufeff")
    return list(csv.reader(StringIO(whole.removeprefix("\ufeff"))))


def page(c, which: str) -> str:
    return f"/programmes/{c.programme.slug}/{which}/export/"


def test_a_programmes_people_stand_in_the_file_with_part_places_and_invitation(c):
    lines = read(browser_of(c.carys).post(page(c, "people"), {"part": "mentor"}))
    assert lines[0] == ["Name", "Work e-mail", "Part", "Places", "Invitation", "Takes part since"]
    assert [line[:1] + line[2:5] for line in lines[1:]] == [["Amara Okafor", "Mentor", "2", "Joined"]]


def test_a_programmes_pairs_stand_in_the_file_with_the_words_of_their_model(c):
    lines = read(browser_of(c.carys).post(page(c, "pairs")))
    assert lines[0] == ["Mentee", "Mentor", "Where they are", "Since"]
    assert [line[:3] for line in lines[1:]] == [["Ben Thomas", "Amara Okafor", "Rapport-building"]]


def test_the_organisations_people_stand_in_the_file_as_filtered(c):
    lines = read(browser_of(c.carys).post("/people/export/", {"q": "okafor"}))
    assert [line[0] for line in lines] == ["Name", "Amara Okafor"]


def test_no_cell_runs_in_a_spreadsheet(c):
    Membership.objects.filter(pk=c.ben.membership.pk).update(name="=cmd|' /C calc'!A0")
    lines = read(browser_of(c.carys).post(page(c, "people"), {"part": "mentee"}))
    assert lines[1][0] == "'=cmd|' /C calc'!A0"


@pytest.mark.parametrize(
    ("path", "name"),
    [("people", "programme.people_exported"), ("pairs", "pairs.exported"), ("", "people.exported")],
)
def test_the_log_remembers_who_downloaded_how_many(c, path, name):
    lines = read(browser_of(c.carys).post(page(c, path) if path else "/people/export/"))
    entry = AuditEntry.objects.get(name=name)
    assert (entry.by, entry.codes) == (c.carys.membership.ref, {"count": len(lines) - 1})


@pytest.mark.parametrize("path", ["people", "pairs", ""])
def test_nobody_but_coordinators_downloads_them(c, path):
    answer = browser_of(c.amara).post(page(c, path) if path else "/people/export/")
    assert answer.status_code in (403, 404)


def test_a_link_alone_downloads_nothing(c):
    assert browser_of(c.carys).get(page(c, "people")).status_code == 405
