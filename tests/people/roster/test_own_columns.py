"""A column that nobody knows can be kept as a field of the organisation's own; one that looks protected never."""

import pytest

from alongside.people.roster import own_columns
from alongside.people.roster.checking import Checker, Known
from alongside.people.roster.columns import Mapping, guess, why_not
from alongside.people.roster.own_columns import OwnField
from alongside.people.roster.reading import read
from alongside.people.terms import LEFT_OUT, Meaning

YES_NO, CHOICE = Meaning.OWN_YES_NO, Meaning.OWN_CHOICE


def guessed(header, *cells):
    rows = [f"Person {number},p{number}@x.example,{cell}" for number, cell in enumerate(cells)]
    table = read("\n".join([f"Name,Email,{header}", *rows]).encode(), "people.csv")
    return table, guess(table)


def kept_as(meaning, header, *cells, fields=()):
    table, mapping = guessed(header, *cells)
    mapping = mapping.changed(["name", "work_address", meaning], month_first=False)
    return list(Checker(mapping, Known(fields=fields)).check_all(table.rows()))


def own(checked):
    return [one.person.own if one.person else None for one in checked]


@pytest.mark.parametrize(
    ("cells", "keepable"),
    [
        (["yes", "No", ""], (YES_NO, CHOICE)),
        (["Y", "n"], (YES_NO, CHOICE)),
        (["TRUE", "false", "1", "0"], (YES_NO, CHOICE)),
        (["ja", "Nein"], (YES_NO, CHOICE)),
        (["days", "nights", "Days"], (CHOICE,)),
        (["yes", "no", "perhaps"], (YES_NO, CHOICE)),
        (["yes", "often", "perhaps"], (CHOICE,)),
        (["yes", "a" * 61], ()),
        ([f"shift {number}" for number in range(12)], (CHOICE,)),
        ([f"shift {number}" for number in range(13)], ()),
        (["a" * 61], ()),
        (["ben@x.example"], ()),
        (["-", "n/a", ""], ()),
    ],
)
def test_only_what_says_yes_or_no_or_one_of_a_few_things_can_be_kept_and_it_is_left_out_at_first(cells, keepable):
    _table, mapping = guessed("Works nights", *cells)
    column = mapping.columns[2] if len(mapping.columns) > 2 else None
    assert (column.meaning, column.keepable) == (Meaning.UNKNOWN, keepable)


@pytest.mark.parametrize(
    "header", ["Disability", "Has a health condition", "Religion", "Trade union member", "Pregnant", "Age", "Carer"]
)
def test_a_heading_that_looks_protected_is_never_kept(header):
    _table, mapping = guessed(header, "yes", "no")
    assert (mapping.columns[2].meaning, mapping.columns[2].keepable) == (Meaning.PROTECTED, ())
    forced = mapping.changed(["name", "work_address", YES_NO], month_first=False)
    assert why_not(forced) == (
        f"“{header}” looks like a fact that people are asked for themselves, such as health, disability or religion. "
        "It cannot be kept as a field of your own."
    )


def test_one_protected_value_in_a_hundred_under_a_harmless_heading_is_enough():
    _table, mapping = guessed("Notes", *["days"] * 99, "autistic")
    assert (mapping.columns[2].meaning, mapping.columns[2].keepable) == (Meaning.UNKNOWN, ())


def test_a_protected_value_further_down_is_refused_and_kept_nowhere():
    checked = kept_as(CHOICE, "Notes", "days", "Dyslexia")
    assert own(checked) == [{"notes": "days"}, None]
    (remark,) = checked[1].remarks
    assert (remark.row, remark.code, remark.field) == (3, "protected_value", "own.notes")
    assert "yslexia" not in repr((checked[1].cells, checked[1].remarks, remark.words))


def test_cells_are_read_as_yes_or_no_or_as_the_choice_that_was_written_first():
    assert own(kept_as(YES_NO, "Works  Nights", "Ja", "0", "", "✓")) == [
        {"works nights": "yes"}, {"works nights": "no"}, {}, {"works nights": "yes"},
    ]  # fmt: skip
    assert own(kept_as(CHOICE, "Shift", "Days", "days ", "C++", "C")) == [
        {"shift": "Days"}, {"shift": "Days"}, {"shift": "C++"}, {"shift": "C"},
    ]  # fmt: skip


def test_what_is_neither_yes_nor_no_is_refused_by_its_row_with_the_cure():
    _first, second = kept_as(YES_NO, "Works nights", "yes", "sometimes")
    (remark,) = second.remarks
    assert (remark.row, remark.field) == (3, "own.works nights")
    assert remark.words == "“sometimes” is neither yes nor no. Write yes or no."


def test_the_thirteenth_choice_is_refused_by_its_row_with_the_cure():
    checked = kept_as(CHOICE, "Shift", *[f"s{number}" for number in range(13)], "S3")
    assert [one.person is None for one in checked] == [False] * 12 + [True, False]
    (remark,) = checked[12].remarks
    assert remark.row == 14
    assert remark.words == (
        "With “s12” the field would have more than 12 choices. "
        "Write one of the choices that stand above, or leave the column out."
    )


def test_a_field_is_known_by_its_first_heading_and_by_the_name_that_it_has_now():
    held = (OwnField("night shifts", "works nights", "choice", {"often": "Often"}),)
    assert own(kept_as(CHOICE, "Night shifts", "OFTEN", fields=held)) == [{"night shifts": "Often"}]
    assert own(kept_as(CHOICE, "Works nights", "often", fields=held)) == [{"night shifts": "Often"}]
    twice = [("Night shifts", CHOICE), ("Works nights", CHOICE)]
    assert own_columns.why_not_here(twice, held) == ("Two columns are chosen for your field “Works nights”. Keep one.")


def test_a_field_keeps_its_kind_and_there_are_twelve():
    held = tuple(OwnField(f"f{number}", f"f{number}", "choice") for number in range(12))
    assert own_columns.why_not_here([("F3", YES_NO)], held) == (
        "“F3” is a field of your own already, of the kind “One choice of a few”. Choose that kind."
    )
    assert own_columns.why_not_here([("F3", CHOICE)], held) is None
    assert own_columns.why_not_here([("Another", CHOICE)], held) == (
        "An organisation has 12 fields of its own at most. Remove one first, or leave a column out."
    )


def test_what_was_said_last_time_is_said_again_unless_it_looks_protected_by_now():
    _table, first = guessed("Notes", "days", "nights")
    before = Mapping.from_kept(first.changed(["name", "work_address", CHOICE], month_first=False).kept())
    table, _mapping = guessed("Notes", "nights", "days", "late")
    assert guess(table, before=before).columns[2].meaning == CHOICE
    table, _mapping = guessed("Notes", "autistic", "days")
    assert guess(table, before=before).columns[2].meaning in LEFT_OUT
