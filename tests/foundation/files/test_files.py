"""Uploads: what is taken, what is refused and why, who gets a file back, when it goes."""

import io
import struct
import zipfile
import zlib
from datetime import timedelta

import pytest
import time_machine
import xlsxwriter
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from alongside.foundation import clock, files
from alongside.foundation.files import terms
from alongside.foundation.files.models import Upload
from alongside.foundation.files.rules import clean_name

ODS = b"application/vnd.oasis.opendocument.spreadsheet"


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def xlsx(rows=3):
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for row in range(rows):
            sheet.write_row(row, 0, ["Amara", "Okafor", row])
    return made.getvalue()


def container(parts, compression=zipfile.ZIP_DEFLATED):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return made.getvalue()


def ods(manifest=b"<manifest/>"):
    return container({"mimetype": ODS, "content.xml": b"<x/>", "META-INF/manifest.xml": manifest})


def given(name, content):
    return SimpleUploadedFile(name, content, content_type="text/html")


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("people.csv", "Name;Grade\nZoë;7\n".encode(), "csv"),
        ("people.csv", "Name;Grade\nZoë;7\n".encode("cp1252"), "csv"),
        ("people.csv", "Name;Grade\nZoë;7\n".encode("utf-16"), "csv"),
        ("people.CSV", "Name\tGrade\n".encode("utf-16-le"), "csv"),
        ("people.xlsx", xlsx(), "xlsx"),
        ("people.ods", ods(), "ods"),
    ],
)
def test_a_list_is_taken_by_what_it_is(db, carys, name, content, kind):
    upload = files.accept(given(name, content), by=carys)
    assert (upload.kind, upload.size, upload.by_ref) == (kind, len(content), carys.ref)
    with files.opened(upload) as kept:
        assert kept.read() == content
    assert "people" not in upload.stored_as


def lying_bomb():
    """A part that says it is small and unpacks to far more."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    part = packed.compress(bytes(1 << 20)) + packed.flush(zlib.Z_FULL_FLUSH)  # can be said again and again
    data = part * 600 + packed.flush()
    name = b"xl/worksheets/sheet1.xml"
    crc = zlib.crc32(bytes(10))
    local = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 8, 0, 0, crc, len(data), 10, len(name), 0) + name + data
    entry = struct.pack(
        "<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, crc, len(data), 10, len(name), 0, 0, 0, 0, 0, 0
    )
    central = entry + name
    return local + central + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 1, 1, len(central), len(local), 0)


def encrypted_part():
    made = bytearray(container({"mimetype": ODS, "content.xml": b"x"}))
    made[made.index(b"PK\x01\x02") + 8] |= 1
    return bytes(made)


OLE = bytes.fromhex("d0cf11e0a1b11ae1")


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("people.csv", b"", terms.EMPTY),
        ("people.pdf", b"%PDF-1.7", terms.WRONG_ENDING),
        ("people", b"Name\n", terms.WRONG_ENDING),
        ("people.csv.exe", b"Name\n", terms.WRONG_ENDING),
        ("people.csv", b"%PDF-1.7", terms.NOT_AS_NAMED),
        ("people.csv", xlsx(), terms.NOT_AS_NAMED),
        ("people.csv", b"\x00\x01\x02\x03" * 50, terms.NOT_AS_NAMED),
        ("people.xlsx", b"Name;Grade\n", terms.DAMAGED),
        ("people.xlsx", xlsx()[:-200], terms.DAMAGED),
        ("people.xlsx", ods(), terms.NOT_AS_NAMED),
        ("people.xlsx", container({"word/document.xml": b"x"}), terms.NOT_AS_NAMED),
        ("people.ods", xlsx(), terms.NOT_AS_NAMED),
        ("people.xls", OLE + bytes(600), terms.OLD_EXCEL),
        ("people.xlsx", OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), terms.LOCKED),
        ("people.ods", ods(b"<manifest:encryption-data/>"), terms.LOCKED),
        ("people.ods", encrypted_part(), terms.LOCKED),
        ("people.xlsx", lambda: container({"xl/workbook.xml": bytes(250 << 20)}), terms.UNPACKS_TOO_FAR),
        ("people.xlsx", lying_bomb, terms.UNPACKS_TOO_FAR),
        ("people.xlsx", container({f"{n}": b"" for n in range(2001)}), terms.UNPACKS_TOO_FAR),
        ("people.xlsx", container({"xl/workbook.xml": b"x"}, zipfile.ZIP_BZIP2), terms.DAMAGED),
    ],
)
def test_what_is_no_list_is_refused_with_a_reason_and_leaves_nothing(db, carys, name, content, why):
    with pytest.raises(files.Refused) as refused:
        files.accept(given(name, content() if callable(content) else content), by=carys)
    assert str(refused.value) == str(why)
    assert not Upload.objects.exists()
    assert not default_storage.exists("given")


def test_a_file_that_is_too_large_is_refused(db, carys, monkeypatch):
    monkeypatch.setattr(terms, "LARGEST", 100)
    with pytest.raises(files.Refused, match="larger than 50 MB"):
        files.accept(given("people.csv", b"x" * 101), by=carys)


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd.csv", "passwd.csv"),
        ("C:\\Users\\Carys\\list.csv", "list.csv"),
        ('a"b\r\nX: y.csv', "abX y.csv"),
        ("evil\u202evsc.exe.csv", "evilvsc.exe.csv"),
        ("Łódź 2026.csv", "Łódź 2026.csv"),
        ("", "file"),
        ("...", "file"),
        ("x" * 300 + ".csv", "x" * 116 + ".csv"),
        (".csv", "csv"),
    ],
)
def test_names_are_made_safe(name, clean):
    assert clean_name(name) == clean


def test_only_the_giver_gets_a_file_back_and_only_as_an_attachment(client, carys, member):
    upload = files.accept(given("liste été.csv", b"<script>alert(1)</script>\n"), by=carys)
    client.force_login(carys.account)
    answer = client.get(f"/files/{upload.ref}/")
    assert b"".join(answer.streaming_content) == b"<script>alert(1)</script>\n"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]

    client.force_login(member("Elin Berg").account)
    assert client.get(f"/files/{upload.ref}/").status_code == 404
    assert client.get("/files/aaaaaaaaaaaa/").status_code == 404
    client.logout()
    assert client.get(f"/files/{upload.ref}/").status_code == 302


@pytest.mark.django_db(transaction=True)
def test_a_file_goes_when_its_day_comes_and_strays_go_too(carys):
    short = files.accept(given("a.csv", b"Name\n"), by=carys, days=1)
    long = files.accept(given("b.csv", b"Name\n"), by=carys, days=30)
    default_storage.save("given/stray", ContentFile(b"left behind"))
    assert files.delete_due() == 0
    with time_machine.travel(clock.now() + timedelta(days=2)):
        assert files.delete_due() == 2
    assert default_storage.listdir("given")[1] == [long.stored_as.removeprefix("given/")]
    assert not Upload.objects.filter(pk=short.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_a_deletion_that_is_rolled_back_keeps_the_file(carys):
    upload = files.accept(given("a.csv", b"Name\n"), by=carys)
    with pytest.raises(RuntimeError), transaction.atomic():
        files.delete(Upload.objects.get(pk=upload.pk))
        raise RuntimeError
    assert default_storage.exists(upload.stored_as)
    files.delete(Upload.objects.get(pk=upload.pk))
    assert not default_storage.exists(upload.stored_as)
