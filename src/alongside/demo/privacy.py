"""What the demo holds of people: nothing."""

from django.utils.translation import gettext_lazy as _

from alongside.demo import actions
from alongside.demo.models import Invented
from alongside.foundation import privacy

privacy.declare(
    Invented,
    purpose=_("Which organisations are invented"),
    basis="none",
    subject="",
    keep="account",
    plain=["id", "organisation"],
)


@privacy.at_erasure
def forget_in_the_note(person: privacy.Person) -> privacy.Counts:
    """The note lists who can sign in and every sentence that was planted."""
    return {"demo.json": actions.forget_person(person)}
