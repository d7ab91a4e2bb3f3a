"""The next file that looks nearly the same begins with what a person said of the last one."""

import pytest

from alongside.people.roster import memory
from alongside.people.roster.columns import guess
from alongside.people.roster.reading import read

HEADER = "Staff ref,Who,Work e-mail,Since,Part,Religion,Motto"
ROWS = ["1,Amara Okafor,amara@x.example,01/02/2020,Mentor,none,Onwards"]
MEANT = ["employee_number", "name", "work_address", "start_date", "role", "headline", "unknown"]


def seen(header=HEADER, *rows, name="people.csv", before=None):
    return guess(read("\n".join([header, *(rows or ROWS)]).encode(), name), before=before)


def meanings(mapping):
    return [str(column.meaning) for column in mapping.columns]


@pytest.fixture
def last():
    return seen().changed(MEANT, month_first=True, everybody_is="mentee")


def test_mended_meanings_dates_and_roles_are_taken_over(last):
    again = seen(before=last)
    assert meanings(again) == ["employee_number", "name", "work_address", "start_date", "role", "protected", "unknown"]
    assert (again.month_first, again.everybody_is) == (True, "mentee")


def test_what_looks_protected_stays_left_out_although_it_was_read_last_time(last):
    assert meanings(last)[5] == "headline"
    assert meanings(seen(before=last))[5] == "protected"
    by_value = seen(HEADER, "1,Amara,amara@x.example,,Mentor,,Lesbian", "2,Ben,ben@x.example,,Mentee,,Gay", before=last)
    assert meanings(by_value)[5:] == ["protected", "protected"]


def test_columns_may_change_places_and_new_ones_are_guessed(last):
    again = seen(
        "Who,Department,Staff ref,Work e-mail,Employee no,Part,Since",
        "Ben,Wards,2,ben@x.example,17,Mentee,01/02/2020",
        before=last,
    )
    # Staff ref is the employee number: a person said so, and a guess gives way.
    assert meanings(again) == ["name", "department", "employee_number", "work_address", "unknown", "role", "start_date"]
    assert memory.new_places(again, last) == {1, 4}
    assert memory.missing_headers(again, last) == ["Religion"]


def test_the_file_itself_says_more_about_its_dates_than_last_time(last):
    assert seen(HEADER, "1,Amara,a@x.example,31/12/2020,Mentor,,", before=last).month_first is False
    day_first = last.changed(MEANT, month_first=False)
    assert seen(HEADER, "1,Amara,a@x.example,12/31/2020,Mentor,,", before=day_first).month_first is True


def test_a_file_of_mentees_does_not_become_one_of_mentors_because_the_last_one_was():
    header, row = "Name,Email,Both mentor and mentee", "Amara,amara@x.example,no"
    mentors = seen(header, row, name="mentors.csv")
    assert (mentors.everybody_is, seen(header, row, name="mentees.csv", before=mentors).everybody_is) == (
        "mentor",
        "mentee",
    )
    mended = mentors.changed(meanings(mentors), month_first=False, everybody_is="")
    assert seen(header, row, name="mentors.csv", before=mended).everybody_is == ""


def test_only_what_looks_nearly_the_same_is_the_same(last):
    held = [seen("Name,Email,Team", "A,a@x.example,b"), last]
    assert memory.likest(seen(), held) == 1
    assert memory.likest(seen("Who,Staff ref,Work e-mail,Since,Part,Shoe size"), held) == 1
    assert memory.likest(seen("Name,Staff ref,Work e-mail,Team,Grade,Motto"), held) is None
    assert memory.likest(seen(), []) is None


def test_two_columns_with_one_heading_are_told_apart_by_their_order():
    one = seen("Name,Mail,Mail", "A,private@home.example,a@x.example")
    last = one.changed(["name", "unknown", "work_address"], month_first=False)
    assert meanings(seen("Name,Mail,Mail", "A,private@home.example,a@x.example", before=last)) == [
        "name", "unknown", "work_address",
    ]  # fmt: skip


def test_the_order_of_columns_is_no_part_of_a_files_shape():
    assert memory.shape_of(seen("Name,E-mail", "A,a@x.example")) == memory.shape_of(
        seen("E-MAIL,name", "a@x.example,A")
    )
    assert memory.shape_of(seen()) != memory.shape_of(seen("Name,E-mail", "A,a@x.example"))
