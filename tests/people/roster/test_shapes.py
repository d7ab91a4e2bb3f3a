"""Files as HR keeps them: titles, two rows of headings, joined cells, totals, notes. Every row is accounted for."""

import pytest

from alongside.people.roster.checking import Checker
from alongside.people.roster.columns import guess
from alongside.people.roster.headings import find_heading, heading_at
from alongside.people.roster.reading import read
from alongside.people.roster.reasons import RosterRefused
from alongside.people.roster.sheets import read_roster
from tests.people.roster.made import KINDS, as_csv, as_ods, as_xlsx

pytestmark = pytest.mark.parametrize("kind", KINDS)
HEADER = ["Name", "Work e-mail", "Department"]
AMARA, BEN = ["Amara Okafor", "amara@x.example", "Wards"], ["Ben Thomas", "ben@x.example", "Wards"]


def checked(kind, rows, joined=()):
    """Verdict, name or reason of every row that is not a heading."""
    table = read(KINDS[kind](rows, joined), f"people.{kind}")
    found = Checker(guess(table)).check_all(table.rows())
    return {held.row: held.person.name if held.person else held.remarks[0].code for held in found}


def meanings(kind, rows, joined=()):
    mapping = guess(read(KINDS[kind](rows, joined), f"people.{kind}"))
    return mapping.header_row, mapping.header_rows, [str(column.meaning) for column in mapping.columns]


def test_titles_above_the_headings_are_left_out_and_said_to_be(kind):
    rows = [["Northgate staff"], ["Exported on", "3 May"], [], HEADER, AMARA]
    assert checked(kind, rows, ((0, 0, 0, 2),)) == {
        1: "above_headings",
        2: "above_headings",
        3: "blank",
        5: "Amara Okafor",
    }


def test_groups_above_the_headings_belong_to_them(kind):
    rows = [
        ["Staff list"],
        ["Employee", "", "Line manager", "", "Skills", "", ""],
        ["Name", "E-mail", "Name", "E-mail", "Offered", "Wanted", "Site"],
        ["Ben Thomas", "ben@x.example", "Amara Okafor", "amara@x.example", "Chairing", "Budgeting", "Usk"],
    ]
    joined = ((1, 0, 1, 1), (1, 2, 1, 3), (1, 4, 1, 5))
    assert meanings(kind, rows, joined) == (
        3,
        2,
        ["name", "work_address", "unknown", "manager_address", "skills_offered", "skills_wanted", "site"],
    )
    assert checked(kind, rows, joined) == {1: "above_headings", 4: "Ben Thomas"}


def test_headings_below_a_group_belong_to_it(kind):
    rows = [
        ["Employee No.", "Name", "Work e-mail", "Skills", ""],
        ["", "", "", "Offered", "Wanted"],
        ["N1", "Amara Okafor", "amara@x.example", "Chairing", "Budgeting"],
    ]
    joined = ((0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 1, 2), (0, 3, 0, 4))
    wanted = ["employee_number", "name", "work_address", "skills_offered", "skills_wanted"]
    assert meanings(kind, rows, joined) == (2, 2, wanted)
    assert checked(kind, rows, joined) == {3: "Amara Okafor"}


def test_a_first_person_is_not_taken_for_a_second_row_of_headings(kind):
    rows = [["Name", "Employee no", "Mentor", "Team"], ["Amara Okafor", "1", "yes", "Team"], ["Ben", "2", "", "Ward"]]
    assert meanings(kind, rows)[:2] == (1, 1)
    assert checked(kind, rows) == {2: "Amara Okafor", 3: "Ben"}


def test_a_file_without_headings_loses_nobody(kind):
    rows = [["Amara Okafor", "amara@x.example", "Mentor"], ["Ben Thomas", "ben@x.example", "Mentee"]]
    assert meanings(kind, rows) == (0, 0, ["unknown", "work_address", "unknown"])
    table = read(KINDS[kind](rows), f"people.{kind}")
    mapping = guess(table).changed(["name", "work_address", "role"], month_first=False)
    people = [(held.row, held.person.name, held.person.role) for held in Checker(mapping).check_all(table.rows())]
    assert people == [(1, "Amara Okafor", "mentor"), (2, "Ben Thomas", "mentee")]


def test_a_person_says_where_the_headings_stand(kind):
    rows = [["Who", "Where", "What"], ["Name", "Town", "Trade"], ["Amara", "Usk", "Nurse"]]
    table = read(KINDS[kind](rows), f"people.{kind}")
    held = table.first(10)
    assert (find_heading(held).row, find_heading(held).rows) == (2, 1)
    assert heading_at(held, 1, 1).words == ("Who", "Where", "What")
    assert heading_at(held, 2, 2).words == ("Name", "Where Town", "What Trade")
    assert heading_at(held, 0, 0).words == ()


def test_totals_and_notes_at_the_end_are_nobody(kind):
    header = ["Employee no", *HEADER, "Capacity"]
    rows = [
        header,
        ["N1", *AMARA, "2"],
        ["N2", *BEN, "1"],
        [],
        ["Total staff: 2", "", "", "", "3"],
        ["", "", "", "", "3"],
        ["* without bank staff"],
        ["Source: ESR"],
        ["Run by:", "", "", "HR"],
        ["", "Exported on 3 May 2027"],
    ]
    assert checked(kind, rows) == {
        2: "Amara Okafor",
        3: "Ben Thomas",
        4: "blank",
        5: "total",
        6: "figures",
        7: "note",
        8: "note",
        9: "note",
        10: "note",
    }


def test_whoever_might_be_a_person_is_never_taken_for_a_note(kind):
    header = ["Employee no", *HEADER]
    rows = [header, ["N1", *AMARA], ["", "Ben Thomas"], ["N3"], ["", "Sum Ting", "sum@x.example"], ["", "", "zoe"]]
    assert checked(kind, rows) == {2: "Amara Okafor", 3: "no_key", 4: "no_name", 5: "Sum Ting", 6: "no_name"}


def test_a_heading_between_groups_of_people_is_said(kind):
    rows = [HEADER, ["Wards and theatres: days"], AMARA, ["Wards and theatres: nights"], BEN]
    assert checked(kind, rows, ((1, 0, 1, 2), (3, 0, 3, 2))) == {
        2: "note", 3: "Amara Okafor", 4: "note", 5: "Ben Thomas",
    }  # fmt: skip


def test_a_cell_joined_over_several_people_holds_for_each_of_them(kind):
    rows = [HEADER, AMARA, [*BEN[:2], ""], ["Zoe Rees", "zoe@x.example", "Theatres"]]
    table = read(KINDS[kind](rows, ((1, 2, 2, 2),)), f"people.{kind}")
    people = [held.person.department for held in Checker(guess(table)).check_all(table.rows())]
    assert people == ["Wards", "" if kind == "csv" else "Wards", "Theatres"]
    assert table.joined == (0 if kind == "csv" else 1)


def test_an_empty_first_column_moves_nothing(kind):
    rows = [["", *HEADER], ["", *AMARA], ["", *BEN]]
    assert meanings(kind, rows) == (1, 1, ["unknown", "name", "work_address", "department"])
    assert checked(kind, rows) == {2: "Amara Okafor", 3: "Ben Thomas"}
    assert guess(read(KINDS[kind](rows), f"people.{kind}")).columns[0].is_empty


def test_blank_lines_anywhere_are_counted_and_said(kind):
    assert checked(kind, [[], HEADER, [], AMARA, [], [], BEN, [], []]) == {
        1: "blank", 3: "blank", 4: "Amara Okafor", 5: "blank", 6: "blank", 7: "Ben Thomas",
    }  # fmt: skip


def test_a_row_with_more_cells_than_headings_is_taken_in_and_said(kind):
    rows = [HEADER, AMARA, ["Thomas", "Ben", "ben@x.example", "Wards"], [*BEN, "Usk"]]
    assert checked(kind, rows) == {2: "Amara Okafor", 3: "bad_address", 4: "Ben Thomas"}
    table = read(KINDS[kind](rows), f"people.{kind}")
    last = list(Checker(guess(table)).check_all(table.rows()))[-1]
    assert [remark.code for remark in last.remarks] == ["more_cells"]


def test_headings_without_people_are_refused_with_the_cure(kind):
    with pytest.raises(RosterRefused) as refused:
        guess(read(KINDS[kind]([["Staff"], HEADER]), f"people.{kind}"))
    assert str(refused.value) == "There are no rows below the headings. Send the file with the people in it."


def test_one_column_is_refused_with_the_cure(kind):
    with pytest.raises(RosterRefused) as refused:
        guess(read(KINDS[kind]([["Name"], ["Amara Okafor"], ["Ben Thomas"]]), f"people.{kind}"))
    assert str(refused.value) == (
        "The file has one column only; a roster needs names, and e-mail addresses or employee numbers. "
        "Save it as XLSX, or as CSV with commas or semicolons between the columns."
    )


def test_the_second_of_two_columns_with_one_heading_is_left_out_and_never_mixed_in(kind):
    rows = [["Name", "E-mail", "E-mail"], ["Amara Okafor", "amara@x.example", "private@home.example"]]
    assert meanings(kind, rows)[2] == ["name", "work_address", "unknown"]


def test_the_sheet_with_the_people_is_found_behind_others(kind):
    before = {"Read me": [["This export", "was made by HR"], ["Ask", "them"]], "Codes": [["Code", "Word"], ["A", "B"]]}
    if kind == "csv":
        assert read_roster(as_csv([HEADER, AMARA]), "people.csv").sheets == []
        return
    data = {"xlsx": as_xlsx, "ods": as_ods}[kind]([HEADER, AMARA], before=before)
    table = read_roster(data, f"people.{kind}")
    assert (table.sheet, table.sheets) == ("People", ["Read me", "Codes", "People"])
    assert read_roster(data, f"people.{kind}", "Codes").sheet == "Codes"


def test_the_first_of_two_sheets_with_people_is_read(kind):
    if kind == "csv":
        return
    data = {"xlsx": as_xlsx, "ods": as_ods}[kind]([HEADER, AMARA], before={"Mentees": [HEADER, BEN]})
    assert read_roster(data, f"people.{kind}").sheet == "Mentees"
