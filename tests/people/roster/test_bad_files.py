"""Bad files of every kind: one sentence with the cure, by the reader and on the page, and nothing is kept."""

import io
import struct
import zipfile

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from alongside.foundation.files.models import Upload
from alongside.foundation.identity.models import Membership
from alongside.people.models import RosterImport, RosterRow
from alongside.people.roster.checking import Checker
from alongside.people.roster.columns import guess
from alongside.people.roster.reading import read
from alongside.people.roster.reasons import RosterRefused
from tests.people.roster.made import as_csv, as_ods, as_xlsx, bytes_of
from tests.people.roster.test_reading import BAD as READ_SO_FAR
from tests.people.roster.test_workbooks import BAD as WORKBOOKS_SO_FAR

GOOD = [["Name", "Email"], ["Ben Thomas", "ben@x.example"]]


def compound(stream: str, content: bytes) -> bytes:
    """The old container with one stream, as old Excel and passwords make it."""
    content = content.ljust(4096, b"\0")
    sectors = len(content) // 512
    header = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 16
    header += struct.pack("<HHHHH6x9I", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<I", 0) + b"\xff" * 432
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 2 + sectors), 0xFFFFFFFE]
    table = struct.pack("<128I", *chain, *[0xFFFFFFFF] * (128 - len(chain)))

    def entry(name, kind, child, start, size):
        words = name.encode("utf-16-le") + b"\0\0"
        facts = (len(words), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child, 0, start, size)
        return words.ljust(64, b"\0") + struct.pack("<HBBIII16xI16xIQ", *facts)

    folder = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry(stream, 2, 0xFFFFFFFF, 2, len(content))
    return header + table + folder.ljust(512, b"\0") + content


def old_excel(*records: bytes) -> bytes:
    begins = struct.pack("<HHHHHHII", 0x809, 16, 0x600, 5, 0, 0, 0, 0)
    return compound("Workbook", b"".join([begins, *records, struct.pack("<HH", 0x0A, 0)]))


def package(kind: str, **entries: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        for name, content in entries.items():
            made.writestr(name, content)
    return out.getvalue()


def hidden() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    book.add_worksheet("People").write_row(0, 0, GOOD[0])
    book.add_chartsheet("Chart").activate()
    book.worksheets_objs[0].hide()
    book.close()
    return out.getvalue()


SEALED = {"META-INF/manifest.xml": "<m><encryption-data/></m>", "content.xml": "\x8f\x13 sealed"}
ALREADY = {**READ_SO_FAR, **WORKBOOKS_SO_FAR}
BAD = {
    "an XLSX with a password": (
        compound("EncryptedPackage", b"sealed"), "This spreadsheet has a password. Save a copy without one.",
    ),
    "an XLS with a password": (
        old_excel(struct.pack("<HHHHH", 0x2F, 6, 1, 1, 1)), "This spreadsheet has a password. Save a copy without one.",
    ),
    "an ODS with a password": (
        package("spreadsheet", **SEALED), "This spreadsheet has a password. Save a copy without one.",
    ),
    "an ODS that is sealed whole": (
        package("spreadsheet", **{"encrypted-package": "sealed"}),
        "This spreadsheet has a password. Save a copy without one.",
    ),
    "a text document of the same family": (
        package("text", **{"content.xml": "<x/>"}),
        "This is neither a spreadsheet nor text. Send a CSV, XLSX or ODS file.",
    ),
    "no sheet that can be seen": (
        hidden(), "This spreadsheet has no sheet that can be seen. Show one and save it again.",
    ),
    "an XLSX without anything": (as_xlsx([]), "The file is empty."),
    "an ODS without anything": (as_ods([]), "The file is empty."),
    "a web page in UTF-16": (
        "<html><table>".encode("utf-16"),
        "This is a web page. Open it in your spreadsheet program and save it as XLSX.",
    ),
    "XML": (
        b"\xef\xbb\xbf<?xml version='1.0'?><people/>",
        "This is XML. Open it in your spreadsheet program and save it as XLSX.",
    ),
    "data for programs": (b'[{"name": "Ben"}]', "This is data for programs. Send a CSV, XLSX or ODS file."),
    "half a letter of UTF-16": (
        "Name,Email\nBen,ben@x.example\n".encode("utf-16") + b"a",
        "The letters of this file cannot be read. Save it again as CSV UTF-8.",
    ),
    "a zero byte far down": (
        b"Name,Email\r\n" + b"Ben,ben@x.example\r\n" * 900 + b"Z\0oe,zoe@x.example\r\n",
        "Row 902 holds control characters. Save the file again as CSV UTF-8 or XLSX.",
    ),
    "a control character in a workbook": (
        as_xlsx([*GOOD, ["Zoe\x07", "zoe@x.example"]]),
        "Row 3 holds control characters. Save the file again as CSV UTF-8 or XLSX.",
    ),
    "a cell of 200,000 characters": (
        b"Name,Email\nBen," + b"x" * 200_000 + b"\n",
        "A cell in row 2 is far too long, or a quotation mark opens there and does not close. Mend it.",
    ),
    "headings only": (
        b"Name,Email\r\n\r\n", "There are no rows below the headings. Send the file with the people in it.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_gives_one_sentence_with_the_cure(case):
    data, words = BAD[case]
    with pytest.raises(RosterRefused) as refused:
        table = read(data, "people")
        guess(table)
        list(table.rows())
    assert str(refused.value) == words


@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["csv", "xlsx", "ods"])
def test_no_bad_file_leaves_anything_behind_whatever_its_ending(as_, carys, ending):
    client = as_(carys)
    for case, (made, _words) in (BAD | ALREADY).items():
        data = bytes_of(made)
        if len(data) > 3_000_000:
            continue
        answer = client.post(reverse("people:upload"), {"file": SimpleUploadedFile(f"people.{ending}", data)})
        if answer.status_code == 302:  # what is wrong stands far down: said by the check, or by its columns
            assert (case, ending) in FOUND_LATER
            continue
        assert answer.status_code == 200, case
        assert "has-error" in answer.content.decode(), case
    assert Membership.objects.filter(organisation=carys.organisation).count() == 2
    kept = RosterImport.objects.count()
    assert (Upload.objects.count(), RosterRow.objects.count()) == (kept, 0)


FOUND_LATER = {("a zero byte far down", "csv"), ("too many columns", "csv")}


@pytest.mark.django_db
def test_what_is_found_by_the_check_is_said_on_the_page_and_nobody_is_taken_in(as_, carys):
    from alongside.foundation import jobs
    from tests.people.test_roster_pages import meanings, send

    client = as_(carys)
    send(client, BAD["a zero byte far down"][0])
    roster = RosterImport.objects.get()
    client.post(reverse("people:columns", args=[roster.ref]), meanings(roster))
    jobs.run_pending()
    roster.refresh_from_db()
    assert (roster.state, roster.fault) == ("refused", BAD["a zero byte far down"][1])
    assert not RosterRow.objects.exists()
    page = client.get(reverse("people:columns", args=[roster.ref])).content.decode()
    assert "Row 902 holds control characters." in page


def codes(data, name="people.csv"):
    table = read(data, name)
    checker = Checker(guess(table))
    return [
        (held.verdict.value, [(remark.field, remark.code) for remark in held.remarks])
        for held in checker.check_all(table.rows())
    ]


def test_lines_that_end_in_every_way_are_lines():
    data = b"Name,Email\r\nAmara,amara@x.example\nBen,ben@x.example\rZoe,zoe@x.example\r\n"
    assert codes(data) == [("person", [])] * 3


def test_cells_of_five_thousand_characters_are_refused_where_they_stand():
    header = ["Name", "Email", "Job title", "Skills", "Manager email", "Programme role", "Start date"]
    found = codes(as_csv([header, ["Ben", "ben@x.example"], ["x" * 5000 for _column in header]]))
    assert found[1] == (
        "refused",
        [
            ("name", "too_long"),
            ("job_title", "too_long"),
            ("skills_offered", "too_long"),
            ("work_address", "bad_address"),
            ("manager_address", "bad_manager"),
            ("start_date", "bad_date"),
            ("role", "unknown_role"),
        ],
    )


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!", "Err:502"])
def test_an_error_of_the_spreadsheet_counts_as_empty_and_is_said(error):
    rows = [["Name", "Email", "Manager email"], ["Ben", "ben@x.example", error], [error, "zoe@x.example", ""]]
    assert codes(as_csv(rows)) == [
        ("person", [("manager_address", "error")]),
        ("refused", [("name", "no_name")]),
    ]


def test_an_error_in_a_workbook_is_no_blank_cell():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    book.add_worksheet("Cover").write_formula(0, 0, "=1/0", None, "#DIV/0!")
    sheet = book.add_worksheet("People")
    sheet.write_row(0, 0, ["Name", "Email", "Team"])
    sheet.write_row(1, 0, ["Ben", "ben@x.example"])
    sheet.write_formula(1, 2, "=VLOOKUP(1,A1,1)", None, "#N/A")
    book.close()
    table = read(out.getvalue(), "people.xlsx", "People")
    checked = list(Checker(guess(table)).check_all(table.rows()))
    assert [(remark.field, remark.code) for remark in checked[0].remarks] == [("team", "error")]
    assert checked[0].person.team == ""
