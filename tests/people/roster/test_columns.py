"""What columns mean, by their headers and by what stands under them."""

import pytest

from alongside.people.roster.columns import Mapping, guess, why_not
from alongside.people.roster.reading import read
from alongside.people.roster.reasons import RosterRefused


def mapping(text, name="people.csv"):
    return guess(read(text.encode(), name))


def meanings(header, *rows):
    filled = rows or (",".join("x" for _ in header.split(",")),)
    return [str(column.meaning) for column in mapping("\n".join([header, *filled])).columns]


@pytest.mark.parametrize(
    ("header", "meaning"),
    [
        ("Employee No.", "employee_number"), ("STAFF ID", "employee_number"), ("Payroll number", "employee_number"),
        ("Forename", "first_name"), ("first name", "first_name"), ("Given names", "first_name"),
        ("Surname", "last_name"), ("last_name", "last_name"), ("Full name", "name"), ("Employee Name", "name"),
        ("Known as", "known_as"), ("Preferred name", "known_as"),
        ("Work e-mail", "work_address"), ("email address", "work_address"), ("E-Mail", "work_address"),
        ("Job title", "job_title"), ("profession", "job_title"), ("Band", "grade"), ("grade", "grade"),
        ("Directorate", "department"), ("organisation", "department"), ("Team", "team"), ("Site", "site"),
        ("Manager e-mail", "manager_address"), ("Line manager’s email", "manager_address"),
        ("Can mentor (max)", "capacity"), ("Skills to offer", "skills_offered"), ("Wants to develop", "skills_wanted"),
        ("Languages", "languages"), ("Working days", "working_days"), ("Start date", "start_date"),
        ("both mentor and mentee", "both_roles"), ("Favourite colour", "unknown"), ("", "unknown"),
    ],
)  # fmt: skip
def test_headers_in_several_spellings(header, meaning):
    under = "a@b.example" if "address" in meaning else "x"
    assert meanings(f"{header},Zzz", f"{under},y")[0] == meaning


@pytest.mark.parametrize(
    "header",
    [
        "Disability", "Disabled?", "Health conditions", "Adjustments requested", "Reasonable adjustments", "Religion",
        "Religion or belief", "Ethnicity", "Ethnic origin", "Sexual orientation", "Gender", "Sex", "Age",
        "Date of birth",
        "DOB", "Pregnant", "Maternity leave", "Trade union member", "Nationality", "Criminal record", "DBS",
        "Access needs",
        "Marital status", "Pronouns", "characteristics", "identity to match", "match with similar identity",
        "Neurodiversity",
        "Caring responsibilities", "Political opinions", "Dietary needs", "Right to work", "Veteran",
    ],
)  # fmt: skip
def test_protected_facts_are_left_out_and_none_of_their_values_is_shown(header):
    held = mapping(f"Name,Email,{header}\nBen,ben@x.example,a secret\n")
    assert held.left_out == [header]
    assert str(held.columns[2].meaning) == "protected"
    assert held.columns[2].samples == ()
    assert "a secret" not in str(held.kept())


@pytest.mark.parametrize(
    "header", ["Grade", "Package", "Message", "Page", "Usage", "Sexton house", "Unionville site", "Manager"]
)
def test_ordinary_words_are_not_taken_for_protected_ones(header):
    assert "protected" not in meanings(f"{header},Zzz")


def test_a_harmless_header_over_protected_values_is_left_out():
    assert (
        meanings("Name,Email,Other", "A,a@x.example,Lesbian", "B,b@x.example,Gay; Deaf", "C,c@x.example,")[2]
        == "protected"
    )


def test_languages_stay_languages_though_one_of_them_is_signed():
    assert meanings("Name,Languages", "A,English", "B,English; BSL")[1] == "languages"


def test_headers_that_may_say_two_things_are_told_apart_by_what_stands_under_them():
    assert meanings("Name,Email,Role", "A,a@x.example,Nurse", "B,b@x.example,Porter")[2] == "job_title"
    assert meanings("Name,Email,Role", "A,a@x.example,Mentor", "B,b@x.example,Mentee")[2] == "role"
    assert meanings("Name,Email,Manager", "A,a@x.example,b@x.example", "B,b@x.example,")[2] == "manager_address"
    assert meanings("Name,Email,Manager", "A,a@x.example,N12", "B,b@x.example,N13")[2] == "manager_number"
    assert meanings("Name,Email,Manager", "A,a@x.example,Ben Thomas", "B,b@x.example,Zoe")[2] == "unknown"


def test_an_address_column_is_found_by_its_content():
    assert meanings("Name,Where to write", "A,a@x.example", "B,b@x.example")[1] == "work_address"


def test_the_first_of_two_columns_with_one_meaning_counts_but_lists_are_joined():
    assert meanings("Name,Email,E-mail,Skills,Expertise", "A,a@x.example,b@x.example,c,d") == [
        "name", "work_address", "unknown", "skills_offered", "skills_offered",
    ]  # fmt: skip


def test_a_title_above_the_header_is_passed_over():
    held = mapping("Northgate staff export\n\nName,Work e-mail,Team\nBen,ben@x.example,Data\n")
    assert (held.header_row, [column.header for column in held.columns]) == (3, ["Name", "Work e-mail", "Team"])


def test_dates_are_month_first_only_where_they_can_be_nothing_else():
    assert mapping("Name,Start date\nA,05/23/2024\nB,01/02/2024\n").month_first is True
    assert mapping("Name,Start date\nA,23/05/2024\nB,01/02/2024\n").month_first is False
    assert mapping("Name,Start date\nA,01/02/2024\n").month_first is False
    assert mapping("Name,Start date\nA,05/23/2024\nB,23/05/2024\n").month_first is False


def test_a_file_of_mentors_says_so_only_beside_a_column_for_both():
    text = "Name,Email,Both mentor and mentee\nA,a@x.example,no\n"
    assert mapping(text, "small_mentors.csv").everybody_is == "mentor"
    assert mapping(text, "mentees 2026.csv").everybody_is == "mentee"
    assert mapping(text, "mentors and mentees.csv").everybody_is == ""
    assert mapping("Name,Email\nA,a@x.example\n", "mentors.csv").everybody_is == ""


def test_a_mapping_is_kept_and_read_again_without_any_value():
    held = mapping("Name,Email,Disability\nBen,ben@x.example,secret\n")
    again = Mapping.from_kept(held.kept())
    assert [(column.header, column.meaning) for column in again.columns] == [
        (column.header, column.meaning) for column in held.columns
    ]
    assert all(column.samples == () for column in again.columns)


def test_columns_that_make_no_person_are_named():
    held = mapping("Name,Email,Team\nBen,ben@x.example,Data\n")
    assert why_not(held) is None
    for chosen, words in (
        (["unknown", "work_address", "team"], "No column is chosen for people’s names. Choose one."),
        (
            ["name", "unknown", "team"],
            "No column is chosen for e-mail addresses or employee numbers. Choose one of them.",
        ),
        (["name", "work_address", "work_address"], "Two columns are chosen for “Work e-mail”. Keep one."),
    ):
        assert why_not(held.changed(chosen, month_first=False)) == words


def test_nothing_but_blank_rows_is_no_roster():
    with pytest.raises(RosterRefused, match="empty"):
        mapping(",,,\n,,\n")
