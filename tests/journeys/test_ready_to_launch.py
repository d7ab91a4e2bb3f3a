"""A coordinator's Monday: HR's spreadsheet, forty pairs that already meet, a programme on paper, its launch; and the
next spreadsheet, in which somebody is missing.
"""

import csv
import io
import re
from datetime import timedelta
from pathlib import Path

import pytest

from tests.journeys import path
from tests.journeys.installation import running
from tests.journeys.path import Named, Roster
from tests.journeys.person import Person

pytestmark = [pytest.mark.journey, pytest.mark.prove]

PAIRS = 40
HEAD = (
    "Employee No.", "Forename", "Surname", "Work e-mail", "Job title", "Directorate", "Programme role",
    "Can mentor (max)", "Adjustments requested",
)  # fmt: skip
FORENAMES = ("Amara", "Ben", "Carla", "Dilys", "Emeka", "Fatima", "Gwen", "Hugo", "Ines", "Jonas")
SURNAMES = ("Okafor", "Thomas", "Adler", "Brandt", "Cole", "Dunne", "Evans", "Fraser")
PEOPLE = [(forename, surname) for surname in SURNAMES for forename in FORENAMES]
MENTORS, MENTEES = PEOPLE[:PAIRS], PEOPLE[PAIRS : 2 * PAIRS]


def address(person: tuple[str, str]) -> str:
    return f"{person[0]}.{person[1]}@larkrise.example".lower()


def written(rows: list[tuple[str, ...]]) -> str:
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    return file.getvalue()


def roster(folder, name: str, *, without: tuple[tuple[str, str], ...] = ()):
    rows = [HEAD]
    for number, person in enumerate(PEOPLE, 3001):
        role = ("Mentor", "2") if person in MENTORS else ("Mentee", "")
        need = "Large print" if number == 3050 else ""
        if person not in without:
            rows.append((f"L{number}", *person, address(person), "Ward manager", "Acute services", *role, need))
    (folder / name).write_text(written(rows))
    return folder / name


def pairs(folder):
    begun = (path.today().date() - timedelta(days=60)).isoformat()
    rows = [("Mentor e-mail", "Mentee e-mail", "Start", "Stage", "Sessions held", "Contract signed", "Goals")]
    for mentor, mentee in zip(MENTORS, MENTEES, strict=True):
        rows.append((address(mentor), address(mentee), begun, "Progress-making", "3", begun, "2"))
    (folder / "pairs.csv").write_text(written(rows))
    return folder / "pairs.csv"


@pytest.fixture
def installation(tmp_path):
    with running(tmp_path) as made:
        yield made


def bring_in_pairs(coordinator: Person, file) -> None:
    """The file of pairs: columns, preview, taken in; nobody is told."""
    coordinator.opens("/programmes/rising-leaders/pairs/")
    coordinator.follows("Bring in running pairs")
    coordinator.page.locator("main input[type=file]").set_input_files(file)
    coordinator.presses("Send the file")
    coordinator.picture("30-pairs-columns")
    coordinator.presses("Check the rows")
    path.wait_for_work(coordinator)
    coordinator.sees("What would happen", f"Take in {PAIRS} pairs that meet")
    coordinator.picture("31-pairs-preview")
    coordinator.presses("Take them in")
    path.wait_for_work(coordinator)
    coordinator.sees("Your pairs are here", "Nobody has been told.")
    coordinator.picture("32-pairs-in")


def read_handbook(coordinator: Person) -> bytes:
    """The handbook on its page, then as a PDF."""
    coordinator.opens("/programmes/rising-leaders/")
    coordinator.follows("The handbook")
    coordinator.sees("Mentoring at Larkrise Trust", "Newly promoted leaders find their feet")
    coordinator.picture("33-handbook")
    with coordinator.page.expect_download() as download:
        coordinator.page.locator("main").get_by_role("link", name="As a PDF", exact=True).click()
    return Path(download.value.path()).read_bytes()


def rehearse(coordinator: Person) -> None:
    """What people will get is read before anybody gets it; nothing has left."""
    coordinator.opens("/programmes/rising-leaders/")
    coordinator.follows("Rehearsal")
    coordinator.sees("Rehearsal of “Rising leaders”", "nothing that happens in this programme is mailed")
    coordinator.picture("34-rehearsal")
    coordinator.follows("Read the next one")
    coordinator.sees("Rising leaders")
    coordinator.picture("34-mail")
    coordinator.presses("Read, on to the next")
    coordinator.sees("Rehearsal: mail 2 of")


def tell_pairs(coordinator: Person) -> None:
    """What each will read, then the mails."""
    coordinator.takes_up(f"{PAIRS} pairs are in “{path.PROGRAMME}”. Tell them?", "Look and tell")
    coordinator.picture("35-tell")
    path.press_first(coordinator)
    coordinator.sees("told")


def bring_in_next_roster(coordinator: Person, file) -> None:
    """A file that holds everybody: whoever is missing is listed with what they are part of, and leaves by a tick."""
    coordinator.opens("/people/")
    coordinator.follows("Bring in a roster")
    coordinator.page.locator("main input[type=file]").set_input_files(file)
    coordinator.presses("Send the file")
    coordinator.sees("As last time")
    coordinator.presses("Check the rows")
    path.wait_for_work(coordinator)
    coordinator.presses("Yes, it holds everybody")
    coordinator.picture("36-everybody")
    coordinator.follows("Back to what would happen")
    coordinator.presses("Go on to them")
    path.wait_for_work(coordinator)


def let_leave(coordinator: Person, leaver: str, left_alone: str) -> None:
    """Who is missing, what ends with them, and who is left without a mentor."""
    coordinator.follows("Look who they are")
    coordinator.sees(leaver)
    coordinator.picture("38-missing")
    coordinator.page.get_by_role("checkbox", name=re.compile(leaver)).check()
    coordinator.presses("Look at what ends with it")
    coordinator.sees(left_alone)
    coordinator.picture("39-what-ends")
    coordinator.presses("Let one person leave")
    path.wait_for_work(coordinator)
    coordinator.sees(left_alone)
    coordinator.picture("40-left")


def test_from_an_empty_organisation_to_a_launch_with_forty_pairs(installation, somebody, tmp_path):
    coordinator = somebody("Carys Llewellyn", at=installation)
    first = Roster(
        file=roster(tmp_path, "october.csv"),
        said=("80 rows", "New: 80"),
        takes_in="Take in 80 new people",
        named="Add all 80 people whom the roster names",
        mentor=Named("Amara Okafor", "Amara", address(MENTORS[0])),
        mentee=Named("Jonas Fraser", "Jonas", address(MENTEES[-1])),
    )
    path.set_up(coordinator)
    path.import_roster(coordinator, first)
    path.start_programme(coordinator, first)
    path.put_on_paper(coordinator)
    bring_in_pairs(coordinator, pairs(tmp_path))
    assert read_handbook(coordinator).startswith(b"%PDF-1.7")
    rehearse(coordinator)
    path.launch(coordinator)
    tell_pairs(coordinator)
    assert "Jonas Brandt" in path.newest_mail(coordinator, first.mentee)

    leaver = MENTORS[0]
    bring_in_next_roster(coordinator, roster(tmp_path, "november.csv", without=(leaver,)))
    coordinator.picture("37-taken-in")
    let_leave(coordinator, "Amara Okafor", "Amara Cole")
    installation.run("verify_audit")
    installation.run("verify_contracts")
