"""What the commands share: whom an address means, and which copies their work does not reach."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from alongside.foundation.identity.models import Membership, Organisation
from alongside.foundation.privacy import copies_out_of_reach
from alongside.records import queries


def add_arguments(parser: CommandParser) -> None:
    """The address and the organisation."""
    parser.add_argument("email", help="to sign in with, or to work with; or the ref of a membership")
    parser.add_argument("--organisation", required=True, metavar="SLUG")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def find(email: str, slug: str) -> Membership:
    """Whoever is meant. Raises CommandError."""
    organisation = Organisation.objects.filter(slug=slug).first()
    if organisation is None:
        raise CommandError(f"There is no organisation “{slug}”.")
    try:
        return queries.find(organisation, email.strip())
    except queries.NobodyThere as error:
        raise CommandError(
            f"Nobody in {organisation.name} is found by “{email}”, or more than one person is. Whoever was erased has "
            "no address any more and is found by their ref."
        ) from error


def say_what_is_out_of_reach(out: Any) -> None:
    """A line for each copy that still holds what has gone here, for whoever is to delete it."""
    if copies := copies_out_of_reach():
        out.write(
            "Out of reach: copies in which what has gone here may stand still. Delete those that you do not need."
        )
    for where in copies:
        out.write(f"  {where}")
