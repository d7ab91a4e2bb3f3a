"""The whole path: an empty database, a spreadsheet, a programme, two people, and a good ending."""

from pathlib import Path

import pytest

from tests.journeys import path
from tests.journeys.installation import Installation, running
from tests.journeys.path import Named, Roster
from tests.journeys.person import DESKTOP, PHONE

pytestmark = pytest.mark.journey

LARKRISE = Roster(
    file=Path(__file__).parent / "larkrise.csv",
    said=("15 rows", "Not taken in: 4", "New: 9", "“two” is no whole number of mentees."),
    takes_in="Take in 9 new people",
    named="Add all 7 people whom the roster names",
    mentor=Named("Amara Okafor", "Amara", "amara.okafor@larkrise.example"),
    mentee=Named("Ben Thomas", "Ben", "ben.thomas@larkrise.example"),
)
NORTHGATE_FILE = Path(__file__).resolve().parents[3] / "shared" / "data" / "northgate.csv"
NORTHGATE = Roster(
    file=NORTHGATE_FILE,
    said=("A question for you: 1", "Is this the same person?"),
    takes_in="new people",
    named="people whom the roster names",
    mentor=Named("Katarzyna Ap-Rhys", "Kat", "katarzyna.ap-rhys@northgate.example"),
    mentee=Named("Ailbhe Jenkins", "Ailbhe", "ailbhe.jenkins@northgate.example"),
)


@pytest.fixture(params=[pytest.param("desktop", marks=pytest.mark.prove), "phone"])
def window(request):
    """What mentor and mentee sit at."""
    return {"desktop": DESKTOP, "phone": PHONE}[request.param]


@pytest.fixture
def installation(tmp_path):
    with running(tmp_path) as made:
        yield made


def walk(installation: Installation, somebody, roster: Roster, window, **mentees) -> dict[str, int]:
    """From the greeting to a completed pair; the funnel's figures at the end."""
    coordinator = somebody("Carys Llewellyn", at=installation)
    mentor = somebody(roster.mentor.name, at=installation, **window)
    mentee = somebody(roster.mentee.name, at=installation, **window, **mentees)
    path.set_up(coordinator)
    path.import_roster(coordinator, roster)
    path.start_programme(coordinator, roster)
    path.put_on_paper(coordinator)
    path.launch(coordinator)
    path.invite(coordinator, roster.mentor, roster.mentee)
    path.join_with_password(mentor, roster.mentor)
    path.join_with_code(mentee, roster.mentee)
    path.pair_by_hand(coordinator, roster)
    path.accept(mentee, roster.mentor)
    path.accept(mentor, roster.mentee)
    path.agree(mentee, mentor, roster)
    path.meet(mentor, mentee, roster)
    path.set_goal(mentee, mentor, roster)
    path.wind_down(mentee, roster)
    path.close(mentee, roster.mentor)
    path.close(mentor, roster.mentee)
    path.look_afterwards(mentee, roster.mentor)
    path.look_afterwards(mentor, roster.mentee)
    return path.figures(coordinator)


def test_from_the_greeting_to_a_completed_pair(installation, somebody, window):
    figures = walk(installation, somebody, LARKRISE, window)
    assert figures == {
        "taking part": 8, "invited": 2, "joined": 2, "matched": 2, "met": 2, "reviewed": 2, "completed": 2,
    }  # fmt: skip
    installation.run("verify_audit")
    installation.run("verify_contracts")


@pytest.mark.skipif(not NORTHGATE_FILE.exists(), reason="the roster of Northgate does not lie beside this checkout")
def test_the_same_path_on_the_roster_of_northgate(installation, somebody):
    figures = walk(installation, somebody, NORTHGATE, DESKTOP)
    assert {word: count for word, count in figures.items() if word != "taking part"} == {
        "invited": 2, "joined": 2, "matched": 2, "met": 2, "reviewed": 2, "completed": 2,
    }  # fmt: skip
    installation.run("verify_audit")
    installation.run("verify_contracts")
