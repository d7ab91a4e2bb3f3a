"""Letters with codes for people without e-mail."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from alongside.foundation.events import event
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actions.without_email import make_code
from alongside.foundation.identity.actors import Actor
from alongside.foundation.identity.models import Membership


@dataclass(frozen=True)
class Coded:
    """The codes of some people, by membership, and who got none: name and why."""

    codes: dict[int, str] = field(default_factory=dict)
    left_out: list[tuple[str, str]] = field(default_factory=list)


def make_codes(memberships: Iterable[Membership], *, by: Actor) -> Coded:
    """A new code for each of them, to be printed at once: it is kept nowhere. Earlier codes end.

    Raises NotPossible where nobody was chosen.
    """
    chosen = sorted(memberships, key=lambda held: held.pk)  # two at once lock them in the same order
    if not chosen:
        raise NotPossible(_("Tick the people first whose letters you want to print."))
    made = Coded()
    with event("people.letters_printed", by=by, about=by.organisation, notify=False) as happened:
        for membership in chosen:
            try:
                made.codes[membership.pk] = make_code(membership, by=by)
            except NotPossible as reason:
                made.left_out.append((membership.name, str(reason)))
        happened.codes["count"] = len(made.codes)
    return made
