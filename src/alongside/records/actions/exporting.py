"""Making an export of somebody."""

from django.utils import translation

from alongside.foundation.events import Who, event
from alongside.foundation.identity.models import Membership
from alongside.records import exports, queries


def export(membership: Membership, *, by: Who) -> exports.Written:
    """Write all that the declarations give of somebody in their organisation; see `exports.write`.

    The log remembers that it was made, of how many rows, and how many passages were held back.
    """
    person = queries.person_of(membership)
    language = person.account.language if person.account else person.organisation.language
    with event("person.exported", by=by, about=membership, notify=False) as happened, translation.override(language):
        written = exports.write(person)
        happened.codes.update(rows=sum(written.rows.values()), held_back=len(written.held_back), files=written.files)
    return written
