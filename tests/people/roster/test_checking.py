"""Rows become people; what is wrong is refused, what is doubtful is said, nobody is guessed."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.foundation.files.lists import escaped
from alongside.people.roster.checking import Checker, Known
from alongside.people.roster.columns import guess
from alongside.people.roster.reading import read
from alongside.people.roster.reasons import RosterRefused
from alongside.people.roster.values import Wrong, address, capacity, day, listed, role, would_run

HEADER = "Employee No.,Name,Work e-mail,Job title,Manager e-mail,Programme role,Capacity,Skills to offer,Start date"


def check(*rows, header=HEADER, known=None, name="people.csv"):
    table = read("\n".join([header, *rows]).encode(), name)
    checker = Checker(guess(table), known)
    checked = list(checker.check_all(table.rows()))
    return checked, list(checker.missing_managers())


def only(*rows, **more):
    checked, late = check(*rows, **more)
    return checked[-1], late


def said(checked):
    return [(remark.field, remark.code) for remark in checked.remarks]


def test_a_whole_row_becomes_a_person():
    amara, _late = only(
        "N1, Amara   Okafor ,AMARA@X.Example,Ward lead,,Both,2,Budgeting; budgeting ;Chairing,15/03/2024"
    )
    person = amara.person
    assert (amara.verdict, amara.without_doubt, said(amara)) == ("person", True, [])
    assert (person.name, person.work_address, person.start_date) == (
        "Amara Okafor",
        "amara@x.example",
        date(2024, 3, 15),
    )
    assert (person.role, person.capacity, person.places, person.is_mentor, person.is_mentee) == (
        "both",
        2,
        2,
        True,
        True,
    )
    assert person.skills_offered == ["Budgeting", "Chairing"]


@pytest.mark.parametrize(
    ("row", "field", "code"),
    [
        ("N1,,a@x.example,,,,,,", "name", "no_name"),
        ("N1,a@x.example,a@x.example,,,,,,", "name", "no_name"),
        (",Ben,,,,,,,", "work_address", "no_key"),
        ("N1,Ben,someone at northgate,,,,,,", "work_address", "bad_address"),
        ("N1,Ben,ben@x,,,,,,", "work_address", "bad_address"),
        ("N1,Ben,b@x.example,,the boss,,,,", "manager_address", "bad_manager"),
        ("N1,Ben,b@x.example,,B@X.EXAMPLE,,,,", "manager_address", "own_manager"),
        ("N1,Ben,b@x.example,,,Sponsor?,,,", "role", "unknown_role"),
        ("N1,Ben,b@x.example,,,Mentor?,,,", "role", "unknown_role"),
        ("N1,Ben,b@x.example,,,Mentor,two,,", "capacity", "capacity_word"),
        ("N1,Ben,b@x.example,,,Mentor,2.5,,", "capacity", "capacity_word"),
        ("N1,Ben,b@x.example,,,Mentor,-1,,", "capacity", "capacity_range"),
        ("N1,Ben,b@x.example,,,Mentor,21,,", "capacity", "capacity_range"),
        ("N1,Ben,b@x.example,,,,,,31/02/2024", "start_date", "bad_date"),
        ("N1,Ben,b@x.example,,,,,,next spring", "start_date", "bad_date"),
        (f"N1,Ben,b@x.example,{'x' * 5000},,,,,", "job_title", "too_long"),
        (f"N1,Ben,b@x.example,,,,,{'x' * 81},", "skills_offered", "too_long"),
        (f"N1,Ben,b@x.example,,,,,{';'.join(f's{n}' for n in range(31))},", "skills_offered", "too_many"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused_with_field_reason_and_cure(row, field, code):
    checked, _late = only("N9,Zoe,z@x.example,,,Mentor,1,,", row)
    assert (checked.verdict, said(checked), checked.person) == ("refused", [(field, code)], None)
    assert checked.remarks[0].why
    assert checked.remarks[0].cure


def test_every_fault_of_a_row_is_named_at_once():
    checked, _late = only("N9,Zoe,z@x.example,,,Mentor,1,,", "N1,,nobody,,,Boss,two,,never")
    assert sorted(said(checked)) == [
        ("capacity", "capacity_word"),
        ("name", "no_name"),
        ("role", "unknown_role"),
        ("start_date", "bad_date"),
        ("work_address", "bad_address"),
    ]


@pytest.mark.parametrize(
    ("row", "field", "code", "doubt"),
    [
        ("N1,Ben,,,,,,,", "work_address", "no_address", True),
        ('N1,Ben,b@x.example,"=HYPERLINK(""x"")",,,,,', "job_title", "formula", True),
        ('N1,Ben,b@x.example,"Lead\nacting",,,,,', "job_title", "line_break", True),
        ("N1,Ben Zieli?ski,b@x.example,,,,,,", "name", "lost_letter", False),
    ],
)
def test_what_is_doubtful_is_taken_and_said(row, field, code, doubt):
    checked, _late = only(row)
    assert (checked.verdict, said(checked), checked.without_doubt) == ("person", [(field, code)], not doubt)


def test_a_manager_is_known_from_the_file_whichever_row_comes_first_or_from_the_organisation():
    rows = ["N1,Ben,ben@x.example,,amara@x.example,,,,", "N2,Amara,amara@x.example,,zoe@x.example,,,,"]
    _checked, late = check(*rows)
    assert [(remark.row, remark.field, remark.code) for remark in late] == [(3, "manager_address", "unknown_manager")]
    _checked, late = check(*rows, known=Known(number_of={"zoe@x.example": ""}))
    assert late == []


def test_a_manager_whose_own_row_is_refused_is_said_to_be_missing():
    _checked, late = check("N1,Ben,ben@x.example,,amara@x.example,,,,", "N2,Amara,amara@x.example,,,Boss,,,")
    assert [remark.row for remark in late] == [2]


def test_the_same_person_again_is_taken_once_and_other_details_are_said():
    first = "N1,Ben,ben@x.example,Nurse,,,,,"
    again, _late = only(first, "N1,Ben,  BEN@X.EXAMPLE ,Nurse,,,,,")
    assert (again.verdict, said(again), again.remarks[0].facts) == (
        "skipped",
        [("work_address", "same_again")],
        {"first": 2},
    )
    other, _late = only(first, "N1,Ben,ben@x.example,Porter,,,,,")
    assert (other.verdict, said(other)) == ("skipped", [("work_address", "same_address")])


def test_one_employee_number_with_two_addresses_is_asked():
    asked, _late = only("N1,Ben,ben@x.example,,,,,,", "N1,Ben,b.thomas@x.example,,,,,,")
    assert (asked.verdict, asked.person.work_address) == ("question", "b.thomas@x.example")
    assert str(asked.remarks[0].why) == (
        "Employee number N1 stands in row 2 with ben@x.example, and here with b.thomas@x.example. "
        "Is this the same person?"
    )


def test_a_number_or_an_address_of_somebody_who_is_here_is_asked():
    known = Known(number_of={"ben@x.example": "N1"}, address_of={"N1": "ben@x.example"})
    asked, _late = only("N1,Ben,b.thomas@x.example,,,,,,", known=known)
    assert (asked.verdict, said(asked)) == ("question", [("employee_number", "number_known")])
    asked, _late = only("N2,Ben,ben@x.example,,,,,,", known=known)
    assert (asked.verdict, said(asked)) == ("question", [("work_address", "address_known")])
    fine, _late = only("N1,Ben,ben@x.example,,,,,,", known=known)
    assert fine.verdict == "person"


def test_whoever_has_left_does_not_come_back_by_a_roster():
    known = Known(number_of={"ben@x.example": ""}, left=frozenset({"ben@x.example"}))
    refused, _late = only(",Ben,ben@x.example,,,,,,", known=known)
    assert (refused.verdict, said(refused)) == ("refused", [("work_address", "has_left")])


def test_totals_blank_lines_and_a_second_header_are_no_people():
    checked, _late = check("N1,Ben,ben@x.example,,,,,,", ",,,,,,,,", HEADER, "TOTAL,,,,,,999,,", ",,,,,,,,", "")
    assert [(held.row, held.verdict, said(held)) for held in checked] == [
        (2, "person", []),
        (3, "skipped", [("", "blank")]),
        (4, "skipped", [("", "header_again")]),
        (5, "skipped", [("", "total")]),
    ]


def test_somebody_called_total_is_a_person():
    assert only("N1,Total Eclipse,total@x.example,,,,,,")[0].verdict == "person"
    assert only("Count,Dracula,,,,,,,")[0].verdict == "person"


def test_only_columns_that_are_read_are_kept_of_a_row_to_be_mended():
    checked, _late = only("Ben,nobody,a secret need,Data", header="Name,Email,Disability,Team")
    assert checked.cells == ["Ben", "nobody", "Data"]


def test_roles_by_yes_and_no():
    header = "Name,Email,Mentor,Mentee"
    found = [
        only(f"Ben,ben@x.example,{mentor},{mentee}", header=header)[0].person.role
        for mentor, mentee in (("yes", "no"), ("N", "Y"), ("x", "x"), ("", ""))
    ]
    assert found == ["mentor", "mentee", "both", ""]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Mentor", "mentor"), ("MENTEE ", "mentee"), ("both", "both"), ("Mentor & Mentee",
         "both"), ("mentor/mentee", "both"),
        ("mentor and mentee", "both"), ("protégé", "mentee"), ("none", ""), ("No", ""),
    ],
)  # fmt: skip
def test_words_for_roles(written, meant):
    assert role(written) == meant


@pytest.mark.parametrize("written", ["2024-02-29", "29/02/2024", "29.2.2024", "29-02-2024", "29 Feb 2024",
                                     "29th February 2024", "2024-02-29 00:00:00", "2024/02/29"])  # fmt: skip
def test_ways_to_write_a_day(written):
    assert day(written) == date(2024, 2, 29)


def test_a_day_with_the_month_first():
    assert day("02/29/2024", month_first=True) == date(2024, 2, 29)
    with pytest.raises(Wrong):
        day("02/29/2024")
    with pytest.raises(Wrong):
        day("29/02/24")


def test_addresses():
    assert address("Ben Thomas <Ben.Thomas@X.example>") == "ben.thomas@x.example"
    assert address("mailto:ben@x.example") == "ben@x.example"
    for wrong in (
        "ben@x",
        "ben @x.example",
        "@x.example",
        "ben@x..example",
        "a@x.example;b@x.example",
        "ben@-x.example",
    ):
        with pytest.raises(Wrong):
            address(wrong)


def test_numbers_that_only_look_like_formulas_do_not_run():
    assert not any(would_run(cell) for cell in ("", "-1", "+44 20 7946 0000", "-", "3-5", "Band 9"))
    assert all(would_run(cell) for cell in ("=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3+cmd", "=HYPERLINK(1)"))
    assert [escaped(cell) for cell in ("=1", "-1", "Ben")] == ["'=1", "'-1", "Ben"]


_cells = st.lists(
    st.text(st.characters(codec="utf-8", exclude_characters='\r\n"'), max_size=30), min_size=9, max_size=9
)


@settings(deadline=None)
@given(st.lists(_cells, max_size=6))
def test_no_row_whatever_crashes_the_check_and_each_gets_a_verdict(rows):
    lines = [",".join(cell.replace(",", " ") for cell in row) for row in rows]
    with suppress(RosterRefused):
        _every_row_has_a_verdict(*check(*lines))


def _every_row_has_a_verdict(checked, late):
    assert all(held.verdict in ("person", "refused", "question", "skipped") for held in checked)
    assert all(held.person for held in checked if held.verdict == "person")
    assert all(remark.words for held in checked for remark in (*held.remarks, *late))


@settings(deadline=None)
@given(st.text(max_size=60))
def test_no_value_whatever_crashes_a_reader_of_values(value):
    for reader in (address, capacity, day, listed, role):
        with suppress(Wrong):
            reader(value)
