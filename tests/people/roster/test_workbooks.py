"""Workbooks made to harm cost neither the site nor much time; each gives one sentence."""

import dataclasses
import io
import os
import subprocess
import sys
import time
import zipfile

import pytest
import xlsxwriter

from alongside.people.roster import reading_apart, workbooks
from alongside.people.roster.reading import read
from alongside.people.roster.reasons import RosterRefused

TOO_BIG = "This spreadsheet unpacks to far more than a roster needs. Save it again with the people only."
DAMAGED = "This spreadsheet is damaged. Open it in your spreadsheet program and save it again."
DEFINITIONS = "This spreadsheet holds definitions that no spreadsheet program writes. Save it again."
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = "xl/worksheets/sheet1.xml"
ROWS = [["Name", "Town"], ["Amara", "Usk"], ["Zoë\u2028", "two\nlines"]]


def workbook(rows=ROWS):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("People")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return out.getvalue()


def xlsx(cells, *, before="", after="", opening=f'<worksheet xmlns="{MAIN}">', closing="</worksheet>", **entries):
    """A good workbook whose sheet is put in place of its own."""
    entries.setdefault(SHEET, f"{opening}{before}<sheetData>{cells}</sheetData>{after}{closing}")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in entries:
                new.writestr(name, old.read(name))
        for name, content in entries.items():
            new.writestr(name, content)
    return out.getvalue()


def ods(body):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("META-INF/manifest.xml", '<m:manifest xmlns:m="urn:x"/>')
        package.writestr(
            "content.xml",
            '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
            ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:a="urn:a"'
            ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
            f'<table:table table:name="People">{body}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return out.getvalue()


VALUE = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
NINE_HUNDRED = " table:number-columns-repeated = '900' "
FIRST = "<row r='1'><c r='A1'><v>1</v></c></row>"
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
BAD = {
    "far, in single quotes": (xlsx("<row r='1'><c r='XFD1048576' t='n'><v>1</v></c></row>"), TOO_BIG),
    "far, after a line break": (xlsx('<row>\n<c\nr="XFD1048576"\n><v>1</v></c></row>'), TOO_BIG),
    "far, under a prefix": (
        xlsx(
            "",
            opening=f'<x:worksheet xmlns:x="{MAIN}">',
            before='<x:sheetData><x:row><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row></x:sheetData>',
            closing="</x:worksheet>",
        ),
        TOO_BIG,
    ),
    "far, written with a character reference": (xlsx('<row><c r="&#88;FD1"><v>1</v></c></row>'), TOO_BIG),
    "far, in small letters": (xlsx('<row><c r="xfd1"><v>1</v></c></row>'), TOO_BIG),
    "far, by the number of its row": (xlsx('<row r="1048576"><c><v>1</v></c></row>'), TOO_BIG),
    "far, cell after cell": (xlsx("<row>" + "<c><v>1</v></c>" * 703 + "</row>"), TOO_BIG),
    "far, in a sheet kept elsewhere": (
        xlsx(
            "",
            **{
                "xl/else.xml": f'<worksheet xmlns="{MAIN}"><sheetData><row><c r="XFD9"/></row></sheetData></worksheet>',
            },
        ),
        TOO_BIG,
    ),
    "a row beyond every sheet": (xlsx('<row r="99999999999999999999"/>'), TOO_BIG),
    "a reference that is none": (xlsx('<row><c r="12A"><v>1</v></c></row>'), DAMAGED),
    "a range beyond every sheet": (xlsx(FIRST, before='<dimension ref="A1:ZZZ9999999"/>'), TOO_BIG),
    "joined cells beyond every sheet": (
        xlsx(FIRST, after='<mergeCells><mergeCell ref="A1:XFE2"/></mergeCells>'), TOO_BIG,
    ),
    "a sheet that is not whole": (xlsx("<row><c>"), DAMAGED),
    "entities in a sheet": (xlsx("", opening=f'{BOMB}<worksheet xmlns="{MAIN}">', before="<a>&b;</a>"), DEFINITIONS),
    "entities in UTF-16": (xlsx("", **{SHEET: f"{BOMB}<worksheet>&b;</worksheet>".encode("utf-16")}), DEFINITIONS),
    "entities elsewhere": (xlsx("", **{"docProps/custom.xml": f"{BOMB}<x>&b;</x>"}), DEFINITIONS),
    "a filled cell far to the right": (
        ods(f'<table:table-row><table:table-cell table:number-columns-repeated="16000"/>{VALUE}</table:table-row>'),
        TOO_BIG,
    ),
    "a filled cell after columns without end": (
        ods(f"<table:table-row><table:table-cell table:number-columns-repeated='900000000'/>{VALUE}</table:table-row>"),
        TOO_BIG,
    ),
    "a filled row far below": (
        ods(
            '<table:table-row table:number-rows-repeated="900000"><table:table-cell/></table:table-row>'
            f"<table:table-row>{VALUE}</table:table-row>"
        ),
        TOO_BIG,
    ),
    "a filled cell repeated, in single quotes": (
        ods("<table:table-row>" + VALUE.replace(" ", NINE_HUNDRED, 1) + "</table:table-row>"),
        TOO_BIG,
    ),
    "repeated less than nothing": (ods('<table:table-row table:number-rows-repeated="-1"/>'), DAMAGED),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_a_workbook_made_to_harm_gives_one_sentence(case):
    data, words = BAD[case]
    with pytest.raises(RosterRefused) as refused:
        list(read(data, "people.xlsx").rows())
    assert str(refused.value) == words


@pytest.mark.parametrize(
    "repeated",
    [
        '<table:table-row a:number-rows-repeated="1">',
        '<table:table-row table:number-rows-repeated="1001"></table:table-row>',
        '<table:table-cell office:value-type="x" number-columns-repeated=',
        "<",
    ],
)
def test_a_megabyte_of_the_same_ends_soon(repeated):
    data = ods(repeated * (1024 * 1024 // len(repeated)))
    began = time.monotonic()
    with pytest.raises(RosterRefused):
        read(data, "people.ods")
    assert time.monotonic() - began < 2


def test_what_programs_write_to_the_end_of_a_sheet_is_no_harm():
    data = xlsx(
        FIRST + '<row r="1048576" hidden="1"/>',
        before='<dimension ref="A1:XFD1048576"/>',
        after='<mergeCells><mergeCell ref="A9:XFD9"/></mergeCells>',
    )
    assert list(read(data, "people.xlsx").rows()) == [(1, ["1"])]
    blank = '<table:table-cell table:number-columns-repeated="16383"/>'
    data = ods(
        f"<table:table-row>{VALUE}{blank}</table:table-row>"
        f'<table:table-row table:number-rows-repeated="1048575">{blank}</table:table-row>'
    )
    assert list(read(data, "people.ods").rows()) == [(1, ["x"])]


def test_a_flaw_where_no_reader_looks_is_no_harm():
    data = xlsx(
        FIRST, **{"docProps/custom.xml": "<a>", "xl/vml.xml": '<c r="none"><br>', "customXml/a.xml": "<row r='n'/>"}
    )
    assert list(read(data, "people.xlsx").rows()) == [(1, ["1"])]


def test_rows_can_be_read_again_and_again_and_side_by_side():
    table = read(workbook(), "people.xlsx")
    whole = [(1, ["Name", "Town"]), (2, ["Amara", "Usk"]), (3, ["Zoë", "two\nlines"])]
    assert list(zip(table.rows(), table.rows(), strict=True)) == [(row, row) for row in whole]
    assert (table.sheets, table.sheet, table.kind, table.name) == (["People"], "People", "workbook", "people.xlsx")


def test_a_sheet_within_the_limits_that_takes_too_much_memory_gives_one_sentence():
    data = xlsx(FIRST + '<row r="400000"><c r="ZZ400000"><v>1</v></c></row>')
    with pytest.raises(RosterRefused) as refused:
        read(data, "people.xlsx")
    assert str(refused.value) == TOO_BIG


@pytest.mark.parametrize(("limit", "most"), [("told", 1000), ("unpacked", 1000), ("entries", 3)])
def test_a_workbook_over_a_limit_gives_one_sentence(monkeypatch, limit, most):
    data = workbook([[f"Amara {number}", number] for number in range(600)])
    assert len(list(read(data, "people.xlsx").rows())) == 600
    monkeypatch.setattr(workbooks, "LIMITS", dataclasses.replace(workbooks.LIMITS, **{limit: most}))
    with pytest.raises(RosterRefused) as refused:
        read(data, "people.xlsx")
    assert str(refused.value) == TOO_BIG


def test_a_reader_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(workbooks, "LIMITS", dataclasses.replace(workbooks.LIMITS, seconds=1))
    data = xlsx("<row/>" * 20_000_000)
    began = time.monotonic()
    with pytest.raises(RosterRefused) as refused:
        read(data, "people.xlsx")
    assert (str(refused.value), time.monotonic() - began < 6) == (TOO_BIG, True)


@pytest.mark.parametrize(
    ("program", "words"),
    [
        ("import os; os.abort()", TOO_BIG),
        ("import time; time.sleep(60)", TOO_BIG),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", DAMAGED),
        ("raise SystemExit(1)", DAMAGED),
        ("pass", DAMAGED),
        ('print(\'["Name"]\\n["Am\')', DAMAGED),
    ],
)
def test_however_the_reader_dies_the_site_lives(monkeypatch, tmp_path, program, words):
    (tmp_path / "dying.py").write_text(
        f"import resource\nresource.setrlimit(resource.RLIMIT_CORE, (0, 0))\n{program}\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(workbooks, "_READER", "dying")
    monkeypatch.setattr(workbooks, "LIMITS", dataclasses.replace(workbooks.LIMITS, seconds=1))
    with pytest.raises(RosterRefused) as refused:
        read(workbook(), "people.xlsx")
    assert str(refused.value) == words


def test_a_panic_inside_the_reader_is_a_damaged_file(monkeypatch):
    class Panic(BaseException):
        pass

    def panic(given):
        raise Panic

    monkeypatch.setattr(reading_apart, "_limit", lambda limits: None)
    monkeypatch.setattr(reading_apart, "CalamineWorkbook", type("Reader", (), {"from_filelike": staticmethod(panic)}))
    out = io.BytesIO()
    order = reading_apart.json.dumps({"sheet": "", "limits": dataclasses.asdict(workbooks.LIMITS)}).encode()
    reading_apart.main(io.BytesIO(order + b"\n" + workbook()), out)
    assert out.getvalue() == b'{"refused": "damaged"}\n'


def test_the_reader_starts_fast_without_django_and_without_the_secrets_of_the_site(monkeypatch):
    monkeypatch.setenv("ALONGSIDE_SECRET", "of the site")
    environment = workbooks._environment()
    assert "ALONGSIDE_SECRET" not in environment
    began = time.monotonic()
    loaded = subprocess.run(
        [sys.executable, "-c", f"import sys, {reading_apart.__name__}; print('django' in sys.modules)"],
        env=environment, cwd=os.sep, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert (loaded.stdout, time.monotonic() - began < 2) == ("False\n", True)
