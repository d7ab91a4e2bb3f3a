"""Sealed text that somebody changed in the database stops neither an export nor an erasure; the log says which."""

import pytest

from alongside.contracts import engine
from alongside.contracts.models import LayerText, Version
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity.actors import SYSTEM
from alongside.meetings.models import Summary
from alongside.records import actions
from alongside.relationships.models import Party

pytestmark = pytest.mark.parametrize("told_once", ["completed"], indirect=True)


def changed(row, column):
    """The row, after its last byte was changed by whoever has the database."""
    value = bytes(getattr(row, column))
    type(row)._default_manager.filter(pk=row.pk).update(**{column: value[:-1] + bytes([value[-1] ^ 1])})
    return row


@pytest.fixture
def broken(told):
    """A summary of Ben's and Amara's, a part of their agreement, and its answers."""
    pairs = Party.objects.filter(participation__membership=told.membership("ben")).values("relationship")
    return [
        changed(Summary.objects.filter(session__relationship__in=pairs).first(), "words"),
        changed(LayerText.objects.filter(version__contract__relationship__in=pairs).first(), "document"),
        changed(Version.objects.filter(contract__relationship__in=pairs).first(), "answers"),
    ]


def noted():
    return set(AuditEntry.objects.filter(name="text.not_opened").values_list("about_ref", flat=True))


def test_an_erasure_ends_all_the_same(told, broken):
    member = told.membership("ben")
    actions.erase(member, by=SYSTEM)
    member.refresh_from_db()
    assert (member.name, member.state) == ("Former member", "erased")
    assert noted() == {row.ref for row in broken}
    assert "was changed" in engine.examine().fault


def test_an_export_holds_all_the_rest(told, broken):
    written = actions.export(told.membership("ben"), by=SYSTEM)
    assert (
        written.rows["meetings.summary"]
        == Summary.objects.filter(
            session__relationship__parties__participation__membership=told.membership("ben")
        ).count()
    )
    assert broken[0].ref in noted()
