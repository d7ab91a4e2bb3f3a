"""What a coordinator said of the columns stands there for the next file, with the way back to guesses."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from alongside.foundation import clock, jobs
from alongside.people import actions, queries
from alongside.people.models import RememberedColumns, RosterImport
from alongside.people.roster.columns import Mapping
from alongside.people.roster.reading import read
from tests import cast
from tests.people.test_roster_pages import meanings, send

pytestmark = pytest.mark.django_db
FILE = "Who,Work e-mail,Band or step,Faith\nBen Thomas,ben@x.example,7,secret\n"
NEXT = "Who,Work e-mail,Band or step,Faith,Town\nBen Thomas,ben@x.example,8,secret,Usk\n"


def newest():
    return RosterImport.objects.order_by("-pk").first()


def kept(roster):
    return [meaning for _header, meaning in roster.mapping["columns"]]


def plain(page):
    return " ".join(page.content.decode().split())


@pytest.fixture
def may(as_, carys):
    """Carys, who has mended the columns of a first file on Monday 4 May."""
    client = as_(carys)
    with clock.set_to(datetime(2026, 5, 4, 9, tzinfo=UTC)):
        send(client, FILE)
        form = meanings(newest(), column_0="name", column_2="grade", column_3="headline", everybody_is="mentee")
        client.post(reverse("people:columns", args=[newest().ref]), form)
        jobs.run_pending()
    return client


def test_the_next_file_begins_as_last_time_and_says_by_whom(may):
    send(may, NEXT)
    assert kept(newest()) == ["name", "work_address", "grade", "protected", "unknown"]
    assert newest().mapping["everybody_is"] == "mentee"
    words = plain(may.get(reverse("people:columns", args=[newest().ref])))
    assert "As last time, by Carys Llewellyn on Monday 4 May." in words
    assert "New in this file" in words
    assert "secret" not in words


def test_one_can_start_from_guesses(may):
    send(may, NEXT)
    may.post(reverse("people:guesses", args=[newest().ref]))
    assert kept(newest()) == ["unknown", "work_address", "unknown", "protected", "unknown"]
    words = plain(may.get(reverse("people:columns", args=[newest().ref])))
    assert "As last time" not in words


def test_the_newest_choice_counts_and_says_whose_it_is(may, northgate, as_):
    dev = cast.member("Dev Patel", northgate, "coordinator")
    other = as_(dev)
    send(other, FILE)
    roster = newest()
    other.post(reverse("people:columns", args=[roster.ref]), meanings(roster, column_2="site", everybody_is=""))
    jobs.run_pending()
    send(other, FILE)
    assert kept(newest())[2] == "site"
    assert newest().columns_by == dev.membership
    assert RememberedColumns.objects.count() == 1
    words = plain(other.get(reverse("people:columns", args=[roster.ref])))
    assert "As chosen on this page before." in words


def test_nothing_is_remembered_of_guesses_or_of_another_organisation(may, as_, northgate):
    olga = cast.member("Olga Elsewhere", cast.organisation("Riverside", "Rita Summer"), "coordinator")
    send(as_(olga), FILE)
    assert (kept(newest())[0], newest().columns_at) == ("unknown", None)
    assert RememberedColumns.objects.filter(organisation=olga.organisation).count() == 0


def test_the_command_reads_as_last_time_and_says_so(may, northgate, tmp_path):
    from tests.people.test_import_command import run

    file = tmp_path / "next.csv"
    file.write_text(NEXT)
    report = run(file, "--organisation", northgate.slug)
    assert (report["created"], report["mentees"]) == (1, 1)
    assert report["columns_as_last_time"] == {"by": "Carys Llewellyn", "on": "2026-05-04"}
    assert report["left_out_columns"] == ["Faith", "Town"]


def test_twenty_shapes_are_remembered(northgate, carys):
    for number in range(23):
        table = read(f"Name,Email,Column {number},Other {number}\nBen,ben@x.example,1,2\n".encode(), "people.csv")
        roster = actions.begin_import(table, organisation=northgate, by=carys)
        actions.choose_columns(roster, Mapping.from_kept(roster.mapping), by=carys)
    assert RememberedColumns.objects.count() == 20
    assert queries.remembered(northgate, Mapping.from_kept(roster.mapping)).by == carys.membership


def test_where_the_headings_stand_can_be_said(as_, carys):
    client = as_(carys)
    send(client, "Who,Where,Why\nName,Work e-mail,Team\nBen Thomas,ben@x.example,Wards\n")
    roster = newest()
    assert (roster.mapping["header_row"], kept(roster)) == (2, ["name", "work_address", "team"])
    client.post(reverse("people:columns", args=[roster.ref]), meanings(roster, heading="1-1"))
    assert [header for header, _meaning in newest().mapping["columns"]] == ["Who", "Where", "Why"]
    client.post(reverse("people:columns", args=[roster.ref]), meanings(newest(), heading="2-1"))
    client.post(reverse("people:columns", args=[roster.ref]), meanings(newest()))
    jobs.run_pending()
    words = plain(client.get(reverse("people:roster", args=[roster.ref]), {"outcome": "skipped"}))
    assert "The headings stand in row 2." in words
    assert "The row stands above the headings; left out." in words
