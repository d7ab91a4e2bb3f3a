"""Kinds of file that are taken, their limits, and why one is refused."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FileKind(models.TextChoices):
    """What a file is, by its content and its ending."""

    CSV = "csv", _("CSV file")
    XLSX = "xlsx", _("Excel workbook")
    ODS = "ods", _("OpenDocument spreadsheet")
    PDF = "pdf", _("PDF document")


LISTS = (FileKind.CSV, FileKind.XLSX, FileKind.ODS)
DOCUMENTS = (FileKind.PDF,)


LARGEST = 50 * 1024 * 1024
LARGEST_UNPACKED = 400 * 1024 * 1024
LARGEST_RATIO = 200
MOST_PARTS = 2000

EMPTY = _("This file is empty. Choose the file that holds the list.")
TOO_LARGE = _("This file is larger than 50 MB. Split it, or leave out pictures and sheets that are not needed.")
WRONG_ENDING = _("Choose a file that ends in .csv, .xlsx or .ods.")
NO_DOCUMENT = _("Choose a PDF. Most programs save one under “Save as” or “Print”.")
DAMAGED_DOCUMENT = _("This PDF is damaged or not whole. Save it again and choose that.")
LOCKED_DOCUMENT = _("This PDF is protected by a password. Save a copy without the password and choose that.")
OLD_EXCEL = _("This is an Excel file of the old kind. Open it, save it as .xlsx, and choose it again.")
LOCKED = _("This file is protected by a password. Save a copy without the password and choose that.")
NOT_AS_NAMED = _("What is in this file does not fit its ending. Save it again as .csv, .xlsx or .ods.")
DAMAGED = _("This file is damaged and cannot be read. Save it again from your spreadsheet program.")
UNPACKS_TOO_FAR = _("This file unpacks to far more than it should. Save the list as .csv and choose that.")
