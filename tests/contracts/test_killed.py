"""A signature that is killed was never given: nothing of it is there, and the same person signs once more."""

from pathlib import Path

import pytest

from alongside.contracts import engine
from alongside.contracts.models import Signature, Version
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.notifications.models import Mail
from alongside.relationships.models import Move
from tests import cast as people
from tests import processes
from tests.contracts import acts

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]
PLACES = ("contract.signature_given", "contract.signed", "the end")
"""Where the second signature stands still: once it is kept, once the agreement holds, before the log is written."""


def everything():
    kinds = (Version, Signature, Move, AuditEntry, Mail)
    return [list(kind.objects.order_by("pk").values()) for kind in kinds]


def test_a_killed_signature_leaves_nothing_and_can_be_given_again(rounds, figure):
    cast = people.pair()
    version = acts.propose(cast)
    acts.sign(cast, cast.ben, version)
    before = everything()
    for number in range(rounds):
        place = PLACES[number % len(PLACES)]
        script = Path(__file__).with_name("killed_signing.py")
        assert processes.killed_where_it_stands(script, cast.amara.ref, place), f"it never came to {place}"
        assert everything() == before
    acts.sign(cast, cast.amara, version)
    version.refresh_from_db()
    cast.relationship.refresh_from_db()
    assert (version.state, cast.relationship.stage) == ("signed", "direct")
    assert AuditEntry.objects.filter(name="contract.signed").count() == 1
    assert engine.examine().fault is None
    figure("kills survived", rounds)
