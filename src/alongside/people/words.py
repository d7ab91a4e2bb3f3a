"""What the fields of a row are called where a change or a fault is told, and who was left out of an invitation."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.foundation import clock
from alongside.people.terms import Meaning

FIELDS = {
    **{str(meaning): meaning.label for meaning in Meaning},
    "manager": Meaning.MANAGER_ADDRESS.label,
    "roster_role": Meaning.ROLE.label,
    "roster_capacity": Meaning.CAPACITY.label,
}
_NAMED = 5


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
