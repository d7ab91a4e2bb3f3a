"""A roster file of any common kind, told by what it holds and not by its name."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from alongside.people.roster.reasons import RosterRefused
from alongside.people.roster.tables import MOST_BYTES, Table
from alongside.people.roster.texts import read_text
from alongside.people.roster.workbooks import read_workbook

_OTHERS = {
    b"%PDF": _("This is a PDF. Send a CSV, XLSX or ODS file."),
    b"\x89PNG": _("This is a picture. Send a CSV, XLSX or ODS file."),
    b"\xff\xd8\xff": _("This is a picture. Send a CSV, XLSX or ODS file."),
    b"GIF8": _("This is a picture. Send a CSV, XLSX or ODS file."),
    b"{\\rtf": _("This is a text document. Send a CSV, XLSX or ODS file."),
    b"\x1f\x8b": _("This file is packed. Unpack it first."),
    b"\x7fELF": _("This is a program. Send a CSV, XLSX or ODS file."),
}


def read(data: bytes, name: str, sheet: str = "") -> Table:
    """The table in a file; `sheet` chooses one of a workbook.

    Raises RosterRefused, whose words say in a sentence what is wrong with the file.
    """
    if len(data) > MOST_BYTES:
        raise RosterRefused(
            format_lazy(_("The file is larger than {most} MB. Split it."), most=MOST_BYTES // 1024 // 1024)
        )
    if not data.strip(b"\xef\xbb\xbf \t\r\n\0"):
        raise RosterRefused(_("The file is empty."))
    for mark, words in _OTHERS.items():
        if data.startswith(mark):
            raise RosterRefused(words)
    is_workbook = data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0"))
    table = read_workbook(data, name, sheet) if is_workbook else read_text(data, name)
    first = table.first(50)
    if not first:
        raise RosterRefused(_("The file is empty."))
    if not any(cells for _number, cells in first):
        raise RosterRefused(_("The first 50 rows are empty. Delete them, or choose another sheet, and send it again."))
    return table
