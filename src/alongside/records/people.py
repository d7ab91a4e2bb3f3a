"""What the commands share: finding whom an address means, and saying so when it means nobody."""

from django.core.management.base import CommandError, CommandParser

from alongside.foundation.identity.models import Membership, Organisation
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
