"""Who may read which part of an agreement, and who writes and signs it."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from alongside.foundation.access import Column, Reader, Row, declare
from alongside.foundation.identity.actors import Actor
from alongside.relationships.policy import COORDINATOR, PAIR, Standing, coordinates


@dataclass(frozen=True)
class Layer:
    """A layer of a version: how the actor stands to the pair, and whether both have signed that version."""

    standing: Standing
    agreed: bool


def coordinates_agreed(actor: Actor, subject: Layer) -> bool:
    """A coordinator from outside the pair, once both have signed."""
    return coordinates(actor, subject) and subject.agreed


declare(Row("contracts.read", _("Whether the agreement is signed, by whom and when"), (*PAIR, COORDINATOR)))
declare(
    Row(
        "contracts.read_private",
        _("Agreement, the part between the two"),
        PAIR,
        note=_("A coordinator sees only whether it is signed."),
    )
)
declare(
    Row(
        "contracts.read_shared",
        _("Agreement, shared part"),
        (*PAIR, Reader(Column.COORDINATOR, coordinates_agreed, _("once both have signed"), _("the coordinator"))),
    )
)
declare(Row("contracts.write", _("Writing an agreement and showing it for signing"), PAIR, listed=False))
declare(Row("contracts.sign", _("Signing an agreement"), PAIR, listed=False))
