"""What the fields of a row are called where a change or a fault is told, how a file was read, who was not invited."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.foundation import clock
from alongside.people.models import RosterImport
from alongside.people.queries import own_fields
from alongside.people.roster import own_columns
from alongside.people.roster.columns import Mapping
from alongside.people.terms import Meaning, RosterRole

FIELDS = {
    **{str(meaning): meaning.label for meaning in Meaning},
    "manager": Meaning.MANAGER_ADDRESS.label,
    "roster_role": Meaning.ROLE.label,
    "roster_capacity": Meaning.CAPACITY.label,
}
_NAMED = 5


def of_fields(roster: RosterImport) -> dict[str, str]:
    """What the fields of a roster's rows are called, those of the organisation's own by their headings."""
    headed, held = Mapping.from_kept(roster.mapping).headed, own_fields.in_rosters(roster.organisation)
    return FIELDS | {column.name: column.header for column in own_columns.of(headed, held)}


def moment(at: datetime) -> str:
    """A moment to come, for the reader: the hour, with its day unless that is today."""
    whole = timezone.localtime(at + timedelta(seconds=59))  # never a minute before it is true
    today = whole.date() == timezone.localtime(clock.now()).date()
    return date_format(whole, "H:i" if today else "l j F, H:i")


def left_out(people: Sequence[tuple[str, datetime]]) -> str:
    """Who was left out of an invitation, by name, and when each can be invited again."""
    named = [_("%(name)s (again from %(when)s)") % {"name": name, "when": moment(at)} for name, at in people[:_NAMED]]
    if more := len(people) - len(named):
        named.append(ngettext("%(count)s more", "%(count)s more", more) % {"count": more})
    words = ngettext(
        "%(count)s person was left out, because they were invited not long ago: %(names)s.",
        "%(count)s people were left out, because they were invited not long ago: %(names)s.",
        len(people),
    )
    return words % {"count": len(people), "names": ", ".join(named)}


def how_read(roster: RosterImport) -> Iterator[str]:
    """What was made of a checked file beside its rows, and what of it was left out."""
    mapping, counts = Mapping.from_kept(roster.mapping), roster.counts
    yield _heading(mapping)
    if others := counts.get("other_sheets"):
        yield _("Only the sheet “%(name)s” was read, not: %(others)s. Bring the file in again to read another.") % {
            "name": roster.sheet,
            "others": ", ".join(others),
        }
    if joined := counts.get("joined"):
        yield ngettext(
            "%(count)s joined cell counts for every row that it covers.",
            "%(count)s joined cells count for every row that they cover.",
            joined,
        ) % {"count": joined}
    if names := counts.get("left_out_columns"):
        yield _("Left out: %(names)s.") % {"names": ", ".join(names)}
    if mapping.everybody_is:
        yield _("Whoever has no role in the file counts as: %(role)s.") % {
            "role": RosterRole(mapping.everybody_is).label
        }
    if skipped := counts.get("skipped"):
        words = ngettext(
            "%(count)s row is nobody new; it is listed with its reason.",
            "%(count)s rows are nobody new; each is listed with its reason.",
            skipped,
        )
        yield words % {"count": skipped}


def _heading(mapping: Mapping) -> str:
    rows = {"first": mapping.header_row - 1, "last": mapping.header_row}
    if not mapping.header_rows:
        return _("The file has no headings: every row was read as a person.")
    if mapping.header_rows == 1:
        return _("The headings stand in row %(last)s.") % rows
    return _("The headings stand in rows %(first)s and %(last)s.") % rows
