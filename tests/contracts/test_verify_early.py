"""verify_contracts where nothing was signed or shown yet."""

import pytest

from alongside.contracts.models import Contract
from tests import cast as people
from tests.contracts import acts
from tests.contracts.test_verify import by_hand, fault, own_anchor, renew_anchor, verify  # noqa: F401 -- a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_nothing_is_whole_too():
    assert verify() == "0 agreements, 0 versions, 0 signatures, whole.\n"


def test_an_agreement_moved_before_anything_was_shown_is_named():
    opened, other = people.pair(), people.pair()
    acts.draft(opened)
    renew_anchor()
    by_hand("UPDATE contracts_contract SET relationship_id = %s", other.relationship.pk)
    assert fault() == f"Agreement {Contract.objects.get().ref}: the pair that it belongs to was changed."


def test_a_removed_first_draft_is_named():
    acts.draft(people.pair())
    renew_anchor()
    by_hand("DELETE FROM contracts_version")
    assert fault().endswith("version 1 is missing: the log says that it was begun.")
