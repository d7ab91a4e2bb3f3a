"""The whole path: an empty database, a spreadsheet, a programme, two people, and a good ending."""

from pathlib import Path

import pytest

from tests.journeys import path
from tests.journeys.crawling import sign_in
from tests.journeys.installation import running
from tests.journeys.path import Named, Roster
from tests.journeys.person import DESKTOP, PHONE, Person

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


WINDOWS = [
    pytest.param(DESKTOP, {}, id="desktop", marks=pytest.mark.prove),
    pytest.param(PHONE, {}, id="phone"),
    pytest.param(PHONE, {"java_script_enabled": False}, id="phone, the mentee without script", marks=pytest.mark.prove),
]


@pytest.fixture(scope="module")
def launched(tmp_path_factory, browser):
    """What a coordinator makes of an empty copy, up to the launch; to be copied."""
    with running(tmp_path_factory.mktemp("launched")) as made:
        carys = Person("Carys Llewellyn", browser, made.address)
        prepare(carys, LARKRISE)
        carys.context.close()
        assert carys.faults == []
    return made


def prepare(coordinator: Person, roster: Roster) -> None:
    """From the greeting to the launch."""
    path.set_up(coordinator)
    path.import_roster(coordinator, roster)
    path.start_programme(coordinator, roster)
    path.put_on_paper(coordinator)
    path.launch(coordinator)


def complete(coordinator: Person, mentor: Person, mentee: Person, roster: Roster) -> dict[str, int]:
    """From the invitations to a completed pair; the funnel's figures at the end."""
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


@pytest.mark.parametrize(("window", "mentees"), WINDOWS)
def test_from_the_greeting_to_a_completed_pair(launched, tmp_path, somebody, window, mentees):
    with launched.copied(tmp_path) as installation:
        carys = somebody("Carys Llewellyn", at=installation)
        sign_in(carys, "carys.llewellyn@larkrise.example", path.PASSWORD)
        amara = somebody(LARKRISE.mentor.name, at=installation, **window)
        ben = somebody(LARKRISE.mentee.name, at=installation, **window, **mentees)
        figures = complete(carys, amara, ben, LARKRISE)
    assert figures == {
        "taking part": 8, "invited": 2, "joined": 2, "ready": 2, "matched": 2, "met": 2, "reviewed": 2, "completed": 2,
    }  # fmt: skip
    installation.run("verify_audit")
    installation.run("verify_contracts")


@pytest.mark.prove
@pytest.mark.skipif(not NORTHGATE_FILE.exists(), reason="the roster of Northgate does not lie beside this checkout")
def test_the_same_path_on_the_roster_of_northgate(tmp_path, somebody):
    with running(tmp_path) as installation:
        carys = somebody("Carys Llewellyn", at=installation)
        prepare(carys, NORTHGATE)
        two = (somebody(named.name, at=installation) for named in (NORTHGATE.mentor, NORTHGATE.mentee))
        figures = complete(carys, *two, NORTHGATE)
    assert {word: count for word, count in figures.items() if word != "taking part"} == {
        "invited": 2, "joined": 2, "ready": 2, "matched": 2, "met": 2, "reviewed": 2, "completed": 2,
    }  # fmt: skip
    installation.run("verify_audit")
    installation.run("verify_contracts")
