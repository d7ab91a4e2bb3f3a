"""An import is taken back by two at once, or while somebody invites one of its people: one effect, nothing lost."""

from contextlib import suppress

import pytest
from django.db import DatabaseError

from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.models import Invitation, Membership
from alongside.people import actions
from tests import cast
from tests.people.test_commit_both import FIRST
from tests.people.test_undo_both import person, taken_in, undo
from tests.relationships.test_races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]


@pytest.fixture
def roster():
    return taken_in(cast.organisation(), *FIRST)


def test_two_who_take_it_back_at_once_do_it_once(roster):
    refused = at_once(*(lambda: undo(roster) for _press in range(4)))
    assert len(refused) == 3
    assert Membership.objects.count() == 1
    assert AuditEntry.objects.filter(name="roster.undone").count() == 1


def test_whoever_is_invited_at_the_same_moment_is_invited_or_gone_and_nothing_between(roster):
    carys, ben = cast.member("Carys Llewellyn", roster.organisation, "coordinator"), person("2")
    at_once(lambda: _invite(ben, carys), lambda: undo(roster))
    stays = Membership.objects.filter(pk=ben.pk).exists()
    assert (Membership.objects.count(), Invitation.objects.count()) == ((5, 1) if stays else (2, 0))


def _invite(member, by):
    with suppress(NotPossible, DatabaseError, Membership.DoesNotExist):  # gone meanwhile
        actions.invite([member], by=by)
