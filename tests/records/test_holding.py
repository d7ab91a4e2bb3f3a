"""Holds: who sets and lifts them, and what they stop."""

from datetime import timedelta

import pytest
from django.core.management.base import CommandError
from django.db import IntegrityError, transaction

from alongside.foundation import clock, vault
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import SYSTEM
from alongside.records import actions, queries
from alongside.records.models import Erasure, Hold
from alongside.records.terms import HoldKind
from tests import cast
from tests.records.whole import command

pytestmark = pytest.mark.django_db
REASON = "A claim about the spring rota"


@pytest.fixture
def northgate():
    return cast.organisation()


@pytest.fixture
def petra(northgate):
    return cast.member("Petra Novak", northgate, "privacy_officer")


@pytest.fixture
def ben(northgate):
    return cast.member("Ben Thomas", northgate).membership


@pytest.mark.both
def test_a_hold_stops_an_erasure_and_says_so(petra, ben):
    actions.set_hold(ben, HoldKind.LEGAL, REASON, by=petra)
    with pytest.raises(NotPossible, match=r"^Legal hold since .*, set by Petra Novak: nothing is deleted until"):
        actions.erase(ben, by=SYSTEM)
    ben.refresh_from_db()
    assert (ben.name, ben.state, Erasure.objects.count()) == ("Ben Thomas", "active", 0)


def test_a_dry_run_says_so_too(petra, ben):
    actions.set_hold(ben, HoldKind.LEGAL, REASON, by=petra)
    with pytest.raises(CommandError, match="Legal hold since"):
        command("erase_person", ben.work_address, "--organisation", ben.organisation.slug, "--dry-run")


def test_the_reason_is_sealed_and_in_no_event(petra, ben):
    hold = actions.set_hold(ben, HoldKind.SAFEGUARDING, REASON, by=petra)
    assert vault.unseal_one(hold.reason, vault.place(hold, "reason")) == REASON
    entry = AuditEntry.objects.get(name="hold.set")
    assert entry.codes == {"kind": "safeguarding", "hold": hold.ref}


def test_once_lifted_the_erasure_goes_on(petra, ben):
    actions.set_hold(ben, HoldKind.LEGAL, REASON, by=petra)
    actions.lift_hold(ben, HoldKind.LEGAL, by=petra)
    assert actions.erase(ben, by=SYSTEM).finished_at is not None
    assert Hold.objects.count() == 0


def test_one_of_two_holds_is_enough(petra, ben):
    actions.set_hold(ben, HoldKind.LEGAL, REASON, by=petra)
    actions.set_hold(ben, HoldKind.SAFEGUARDING, REASON, by=petra)
    actions.lift_hold(ben, HoldKind.LEGAL, by=petra)
    assert queries.why_not(ben).startswith("Safeguarding hold since")


def test_only_a_privacy_officer_of_the_organisation_sets_one(northgate, ben):
    ada = cast.member("Ada Gray", northgate, "administrator")
    elsewhere = cast.member("Petra Elsewhere", cast.organisation("Harbour Trust"), "privacy_officer")
    for somebody in (ada, elsewhere):
        with pytest.raises(NotPossible, match="Only a privacy officer of the organisation"):
            actions.set_hold(ben, HoldKind.LEGAL, REASON, by=somebody)


def test_a_hold_needs_a_reason(petra, ben):
    with pytest.raises(NotPossible, match="Say why"):
        actions.set_hold(ben, HoldKind.LEGAL, "  ", by=petra)


def test_a_second_hold_of_a_kind_is_the_first_one(petra, ben):
    first = actions.set_hold(ben, HoldKind.LEGAL, REASON, by=petra)
    assert actions.set_hold(ben, HoldKind.LEGAL, "Another", by=petra) == first
    with pytest.raises(IntegrityError), transaction.atomic():
        Hold.objects.create(membership=ben, kind="legal", set_by=petra.membership)


def test_a_hold_that_does_not_stand_cannot_be_lifted(petra, ben):
    with pytest.raises(NotPossible, match="No such hold stands"):
        actions.lift_hold(ben, HoldKind.LEGAL, by=petra)


def test_the_last_administrator_cannot_be_erased():
    ada = cast.first_administrator()
    with pytest.raises(NotPossible, match="An organisation needs an administrator"):
        actions.erase(ada.membership, by=SYSTEM)
    assert Erasure.objects.count() == 0


def test_the_command_sets_lists_and_lifts(petra, ben):
    who = [ben.work_address, "--organisation", ben.organisation.slug]
    officer = ["--kind", "legal", "--by", petra.account.email]
    set_ = command("hold_person", *who, *officer, "--reason", REASON)
    assert [(held["kind"], held["by"]) for held in set_["holds"]] == [("legal", petra.ref)]
    assert command("hold_person", *who) == set_
    assert command("hold_person", *who, *officer, "--lift")["holds"] == []


def test_retention_leaves_whoever_is_under_a_hold(petra, ben):
    gwen = cast.member("Gwen Parry", ben.organisation).membership
    for member in (ben, gwen):
        identity.leave(member, by=petra)
    actions.set_hold(ben, HoldKind.LEGAL, REASON, by=petra)
    with clock.set_to(clock.now() + timedelta(days=250)):
        assert actions.apply_retention(by=SYSTEM)["identity.membership"] == 1
    for member in (ben, gwen):
        member.refresh_from_db()
    assert (ben.name, gwen.name) == ("Ben Thomas", "Former member")
