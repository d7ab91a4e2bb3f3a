"""Files of every common kind become the same rows; bad ones give one sentence."""

import io
import zipfile
from contextlib import suppress
from datetime import date

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.people.roster.reading import read
from alongside.people.roster.reasons import RosterRefused
from alongside.people.roster.tables import MOST_BYTES, MOST_COLUMNS
from alongside.people.roster.workbooks import as_text
from tests.people.roster.made import bytes_of

ROWS = [["Name", "Town"], ["Zoë Brânová", "Kraków"], ["Seán O’Connor", "Århus"], ["Ünal, Ege", 'the "old" one']]


def as_csv(rows, separator=",", end="\r\n"):
    quoted = [[f'"{cell}"' if separator in cell or '"' in cell else cell for cell in row] for row in rows]
    quoted = [[cell.replace('"old"', '""old""') for cell in row] for row in quoted]
    return end.join(separator.join(row) for row in quoted) + end


def cells(data, name="people.csv", sheet=""):
    return [row for _number, row in read(data, name, sheet).rows()]


def workbook(rows, *, sheets=("Export",)):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    for name in sheets:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return out.getvalue()


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_every_encoding_separator_and_line_end_gives_the_same_rows(encoding, separator, end):
    assert cells(as_csv(ROWS, separator, end).encode(encoding)) == ROWS


@pytest.mark.parametrize(
    ("encoding", "letters"),
    [
        ("cp1252", "Zoë O’Connor Søndergaard Núñez"),
        ("mac_roman", "Zoë O’Connor Søndergaard Núñez"),
        ("latin-1", "Zoë Núñez"),
    ],
)
def test_older_encodings_are_told_apart_by_the_letters_that_names_have(encoding, letters):
    table = read(f"Name,Town\r\n{letters},Århus\r\n".encode(encoding), "people.csv")
    assert [row for _number, row in table.rows()][1] == [letters, "Århus"]


def test_rows_are_numbered_as_a_spreadsheet_program_shows_them():
    text = 'Name,Note\r\nAmara,"two\nlines"\r\n\r\nBen,"three\r\nlines\r\nhere"\r\nCarys,\r\n'
    assert list(read(text.encode(), "people.csv").rows()) == [
        (1, ["Name", "Note"]),
        (2, ["Amara", "two\nlines"]),
        (3, []),
        (4, ["Ben", "three\nlines\nhere"]),
        (5, ["Carys"]),
    ]


def test_the_line_that_names_the_separator_is_no_row():
    assert list(read(b"sep=;\r\nName;Town\r\nBen, the;Cardiff\r\n", "people.csv").rows()) == [
        (1, ["Name", "Town"]),
        (2, ["Ben, the", "Cardiff"]),
    ]


def test_what_cannot_be_seen_goes_and_the_escape_of_an_export_too():
    text = "Name,Town\r\n\u202eBen\u200b\u00a0Thomas ,'=1+1\r\nZoe\u0308,'tis\r\n"
    assert cells(text.encode())[1:] == [["Ben Thomas", "=1+1"], ["Zoë", "'tis"]]


def test_a_workbook_gives_numbers_without_fraction_and_dates_as_iso():
    assert cells(workbook([["Name", "Band", "No"], ["Ben", 7, 10001.0], ["Zoë", 7.5, "007"]])) == [
        ["Name", "Band", "No"],
        ["Ben", "7", "10001"],
        ["Zoë", "7.5", "007"],
    ]
    assert [as_text(value) for value in (True, date(2024, 2, 29), 1e20, "x", None or "")] == [
        "yes", "2024-02-29", "1e+20", "x", "",
    ]  # fmt: skip


def test_rows_above_the_first_filled_one_and_columns_before_it_are_counted():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    sheet.write(2, 1, "Name")
    sheet.write(4, 1, "Ben")
    book.close()
    assert list(read(out.getvalue(), "people.xlsx").rows()) == [
        (1, []), (2, []), (3, ["", "Name"]), (4, []), (5, ["", "Ben"]),
    ]  # fmt: skip


def test_a_sheet_can_be_chosen():
    data = workbook(ROWS, sheets=("Read me", "People"))
    table = read(data, "people.xlsx", "People")
    assert (table.sheets, table.sheet) == (["Read me", "People"], "People")
    with pytest.raises(RosterRefused, match="There is no sheet “Else”"):
        read(data, "people.xlsx", "Else")


def ods(body):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        package.writestr(
            "content.xml",
            '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
            ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
            ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
            f'<table:table table:name="People">{body}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return out.getvalue()


def ods_cell(words, more=""):
    return f'<table:table-cell {more} office:value-type="string"><text:p>{words}</text:p></table:table-cell>'


def test_an_opendocument_spreadsheet_is_read():
    rows = "".join(
        f"<table:table-row>{ods_cell(one)}{ods_cell(two)}</table:table-row>"
        for one, two in [("Name", "Town"), ("Ben", "Usk")]
    )
    assert cells(ods(rows), "people.ods") == [["Name", "Town"], ["Ben", "Usk"]]


def repacked(data, **entries):
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for name in old.namelist():
            if name not in entries:
                new.writestr(name, old.read(name))
        for name, content in entries.items():
            new.writestr(name, content)
    return out.getvalue()


def _zip_of(name, content):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr(name, content)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
FAR = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
)
ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'
WIDE = ods_cell("x", 'table:number-columns-repeated="900000000"')
GOOD = workbook(ROWS)
BAD = {
    "empty": (b"", "The file is empty."),
    "only blanks": (b" \r\n\r\n ", "The file is empty."),
    "a PDF under another name": (b"%PDF-1.4 x", "This is a PDF. Send a CSV, XLSX or ODS file."),
    "a picture": (b"\x89PNG\r\n\x1a\n", "This is a picture. Send a CSV, XLSX or ODS file."),
    "a packed file": (b"\x1f\x8b\x08\x00abc", "This file is packed. Unpack it first."),
    "a web page": (b"<html><table>", "This is a web page. Open it in your spreadsheet program and save it as XLSX."),
    "a text document": (
        _zip_of("word/document.xml", "<x/>"), "This is neither a spreadsheet nor text. Send a CSV, XLSX or ODS file.",
    ),
    "something binary": (
        b"Name\0\0\0,\1\2\3", "This is neither a spreadsheet nor text. Send a CSV, XLSX or ODS file.",
    ),
    "damaged": (GOOD[:-300], "This spreadsheet is damaged. Open it in your spreadsheet program and save it again."),
    "locked": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "This spreadsheet has a password. Save a copy without one.",
    ),
    "unpacks too far": (
        lambda: repacked(GOOD, **{"xl/media/bomb.xml": b"0" * (251 * 1024 * 1024)}),
        "This spreadsheet unpacks to far more than a roster needs. Save it again with the people only.",
    ),
    "a name without an end": (
        lambda: repacked(GOOD, **{SHEET: b"<" + b"a" * (40 * 1024 * 1024)}),
        "This spreadsheet unpacks to far more than a roster needs. Save it again with the people only.",
    ),
    "one cell far away": (
        repacked(GOOD, **{SHEET: FAR}),
        "This spreadsheet unpacks to far more than a roster needs. Save it again with the people only.",
    ),
    "entities": (
        repacked(GOOD, **{SHEET: ENTITIES}),
        "This spreadsheet holds definitions that no spreadsheet program writes. Save it again.",
    ),
    "a cell repeated": (
        ods(f"<table:table-row>{WIDE}</table:table-row>"),
        "This spreadsheet unpacks to far more than a roster needs. Save it again with the people only.",
    ),
    "a row repeated": (
        ods(f'<table:table-row table:number-rows-repeated="900000000">{ods_cell("x")}</table:table-row>'),
        "This spreadsheet unpacks to far more than a roster needs. Save it again with the people only.",
    ),
    "too large": (b"a" * (MOST_BYTES + 1), "The file is larger than 40 MB. Split it."),
    "too many columns": (
        ",".join(f"c{n}" for n in range(100)).encode(),
        f"Row 1 has 100 columns; {MOST_COLUMNS} are the most. Keep only the columns you need.",
    ),
    "control characters": (
        b"Name,Town\r\nBen\x07,Usk\r\n", "Row 2 holds control characters. Save the file again as CSV UTF-8 or XLSX.",
    ),
    "a quotation mark that never closes": (
        b'Name,Town\r\n"Ben,Usk\r\n' + b"Zoe,Usk\r\n" * 200,
        "A quotation mark opens in row 2 and does not close. Close it, or save the file again.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_gives_one_clear_sentence(case):
    data, words = BAD[case]
    with pytest.raises(RosterRefused) as refused:
        list(read(bytes_of(data), "people.xlsx").rows())
    assert str(refused.value) == words


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_whatever_crash_the_reader(data):
    with suppress(RosterRefused):
        list(read(data, "people.csv").rows())


_words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs"]), max_size=8)


@settings(deadline=None)
@given(st.lists(st.lists(_words, max_size=4)))
def test_no_text_whatever_crashes_the_reader(rows):
    with suppress(RosterRefused):
        list(read("\n".join(";".join(row) for row in rows).encode(), "people.csv").rows())
