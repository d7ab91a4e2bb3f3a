"""What a file really is: by its content, its ending, and how far it unpacks."""

import struct
import zipfile
import zlib
from collections.abc import Collection

from django.core.files import File
from django.utils.functional import Promise

from alongside.foundation.files import terms

_CHUNK = 1 << 20
_END = 2048  # a PDF ends with its trailer
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_FOREIGN = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"MZ",
    b"\x7fELF",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
    b"{\\rtf",
)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_LOCAL_HEADER = struct.Struct("<4s22xHH")


class Refused(ValueError):
    """A file that is not taken, and why, in people's words."""

    def __init__(self, words: str | Promise) -> None:
        super().__init__(words)
        self.words = words

    def __str__(self) -> str:
        return str(self.words)


def kind_of(file: File, name: str, size: int, kinds: Collection[terms.FileKind] = terms.LISTS) -> terms.FileKind:
    """What an open file is, one of `kinds`. Raises Refused with the reason where it is not taken."""
    if kinds == terms.DOCUMENTS:
        return _document(file, name, size)
    if not size:
        raise Refused(terms.EMPTY)
    if size > terms.LARGEST:
        raise Refused(terms.TOO_LARGE)
    ending = name.rpartition(".")[2].lower()
    file.seek(0)
    start = file.read(8)
    if start == _OLE:
        raise Refused(_why_ole(file, ending))
    if ending not in kinds:
        raise Refused(terms.WRONG_ENDING)
    kind = terms.FileKind(ending)
    if kind == terms.FileKind.CSV:
        _check_text(file, start)
    else:
        _check_container(file, kind)
    file.seek(0)
    return kind


def _document(file: File, name: str, size: int) -> terms.FileKind:
    # Looked at, not read: it is only ever handed out again, as an attachment.
    if size > terms.LARGEST:
        raise Refused(terms.TOO_LARGE)
    file.seek(0)
    if name.rpartition(".")[2].lower() != terms.FileKind.PDF or file.read(5) != b"%PDF-":
        raise Refused(terms.NO_DOCUMENT)
    file.seek(max(size - _END, 0))
    end = file.read()
    if b"%%EOF" not in end:
        raise Refused(terms.DAMAGED_DOCUMENT)
    if b"/Encrypt" in end:
        raise Refused(terms.LOCKED_DOCUMENT)
    file.seek(0)
    return terms.FileKind.PDF


def _why_ole(file: File, ending: str) -> str | Promise:
    # A workbook with a password is an old container that holds the encrypted new one.
    file.seek(0)
    locked = "EncryptedPackage".encode("utf-16-le") in file.read(4 * _CHUNK)
    if locked or ending in ("xlsx", "ods"):
        return terms.LOCKED
    return terms.OLD_EXCEL


def _check_text(file: File, start: bytes) -> None:
    if start.startswith((b"PK\x03\x04", *_FOREIGN)):
        raise Refused(terms.NOT_AS_NAMED)
    file.seek(0)
    sample = file.read(_CHUNK)
    if b"\0" in sample and not _looks_like_utf16(sample):
        raise Refused(terms.NOT_AS_NAMED)


def _looks_like_utf16(sample: bytes) -> bool:
    if sample.startswith(_UTF16):
        coding = "utf-16"
    else:
        coding = "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"
    text = sample[: len(sample) // 2 * 2].decode(coding, errors="replace")
    return not any(letter < " " and letter not in "\t\r\n" for letter in text)


def _check_container(file: File, kind: terms.FileKind) -> None:
    try:
        with zipfile.ZipFile(file) as container:
            parts = container.infolist()
            if len(parts) > terms.MOST_PARTS:
                raise Refused(terms.UNPACKS_TOO_FAR)
            if any(part.flag_bits & 0x1 for part in parts):
                raise Refused(terms.LOCKED)
            _check_unpacked(file, parts)
            _check_is(container, kind)
    except Refused:
        raise
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, KeyError, NotImplementedError, struct.error) as error:
        raise Refused(terms.DAMAGED) from error


def _check_is(container: zipfile.ZipFile, kind: terms.FileKind) -> None:
    names = set(container.namelist())
    if kind == terms.FileKind.XLSX:
        fits = {"[Content_Types].xml", "xl/workbook.xml"} <= names
    else:
        fits = "mimetype" in names and container.read("mimetype").strip() == _ODS
        if fits and "META-INF/manifest.xml" in names and b"encryption-data" in container.read("META-INF/manifest.xml"):
            raise Refused(terms.LOCKED)
    if not fits:
        raise Refused(terms.NOT_AS_NAMED)


def _check_unpacked(file: File, parts: list[zipfile.ZipInfo]) -> None:
    # The sizes that a container declares can lie, so every part is unpacked and counted.
    packed = max(sum(part.compress_size for part in parts), 1)
    allowed = min(terms.LARGEST_UNPACKED, max(packed * terms.LARGEST_RATIO, _CHUNK))
    for part in parts:
        allowed -= _unpacked_size(file, part, allowed)
        if allowed < 0:
            raise Refused(terms.UNPACKS_TOO_FAR)


def _unpacked_size(file: File, part: zipfile.ZipInfo, allowed: int) -> int:
    file.seek(part.header_offset)
    magic, name, extra = _LOCAL_HEADER.unpack(file.read(_LOCAL_HEADER.size))
    if magic != b"PK\x03\x04":
        raise zipfile.BadZipFile
    file.seek(name + extra, 1)
    if part.compress_type == zipfile.ZIP_STORED:
        return max(part.compress_size, part.file_size)
    if part.compress_type != zipfile.ZIP_DEFLATED:
        raise NotImplementedError
    return _inflated_size(file, part.compress_size, allowed)


def _inflated_size(file: File, left: int, allowed: int) -> int:
    inflate, size = zlib.decompressobj(-zlib.MAX_WBITS), 0
    while left > 0 and size <= allowed and not inflate.eof:
        chunk = file.read(min(65536, left))
        if not chunk:
            raise zipfile.BadZipFile
        left -= len(chunk)
        while chunk and size <= allowed:
            size += len(inflate.decompress(chunk, _CHUNK))
            chunk = inflate.unconsumed_tail
    return size
