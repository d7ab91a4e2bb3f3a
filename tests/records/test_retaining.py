"""Retention: each class by its own clock, nothing a day too early, nothing of whoever is under a hold."""

from datetime import datetime, timedelta

import pytest

from alongside import guidance
from alongside.contracts import engine
from alongside.contracts.models import Contract
from alongside.foundation import clock, jobs, privacy
from alongside.foundation.events.log import first_fault
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actors import SYSTEM
from alongside.foundation.privacy.paths import path_to
from alongside.foundation.vault.models import DestroyedKey, Key
from alongside.meetings.models import PrivateNote, Session
from alongside.programmes import actions as programmes
from alongside.programmes.models import Joining, Programme
from alongside.records import actions, rules
from alongside.records.models import RetentionRun
from alongside.records.terms import HoldKind
from alongside.relationships.models import Party, Relationship
from tests.records.whole import command

told_to_the_end = pytest.mark.parametrize("told_once", ["completed"], indirect=True)


def ended_pair(told) -> Relationship:
    """Ben's pair with Amara, which has ended."""
    mine = Party.objects.filter(participation__membership=told.membership("ben")).values("relationship")
    return Relationship.objects.get(pk__in=mine)


def months_after(moment: datetime, months: int) -> datetime:
    """The day on which so many months are over."""
    year, month = divmod(moment.month - 1 + months, 12)
    return moment.replace(year=moment.year + year, month=month + 1)


def run_at(moment: datetime) -> dict[str, int]:
    """What a run of that moment takes away."""
    with clock.set_to(moment):
        return actions.apply_retention(by=SYSTEM)


@told_to_the_end
def test_private_notes_go_six_months_after_a_pair_has_ended_and_no_sooner(told):
    pair = ended_pair(told)
    notes = PrivateNote.objects.filter(session__relationship=pair)
    day = months_after(pair.ended_at, 6)
    assert notes.count() == 2
    run_at(day - timedelta(hours=1))
    assert notes.count() == 2
    assert run_at(day + timedelta(hours=1))["meetings.privatenote"] >= 2
    assert notes.count() == 0
    assert Session.objects.filter(relationship=pair).exists()


@told_to_the_end
def test_a_pairs_records_go_together_after_two_years_with_their_key(told):
    pair = ended_pair(told)
    contract = Contract.objects.get(relationship=pair)
    gone = run_at(months_after(pair.ended_at, 24) + timedelta(hours=1))
    assert not Relationship.objects.filter(pk=pair.pk).exists()
    assert not Session.objects.filter(relationship=pair.pk).exists()
    assert not Contract.objects.filter(pk=contract.pk).exists()
    assert not Key.objects.filter(owner=pair.key_owner).exists()
    assert DestroyedKey.objects.filter(owner=pair.key_owner).exists()
    assert gone["contracts.contract"] >= 1


@told_to_the_end
def test_pairs_that_go_on_keep_everything(told):
    open_pairs = Relationship.objects.filter(ended_at__isnull=True).count()
    sessions = Session.objects.filter(relationship__ended_at__isnull=True).count()
    run_at(clock.now() + timedelta(days=1500))
    assert Relationship.objects.count() == open_pairs > 0
    assert Session.objects.count() == sessions


@told_to_the_end
def test_the_log_and_the_agreements_that_are_left_are_still_whole(told):
    ended = Contract.objects.filter(relationship__ended_at__isnull=False).count()
    run_at(clock.now() + timedelta(days=1500))
    report = engine.examine()
    assert (first_fault(), report.fault, report.deleted) == (None, None, ended)
    assert ended > 0


@told_to_the_end
def test_an_agreement_that_was_deleted_by_hand_is_still_missed(told):
    pair = ended_pair(told)
    AuditEntry.objects.filter(name="contract.deleted").delete()
    contract = Contract.objects.get(relationship=pair)
    for version in contract.versions.all():
        version.signatures.all().delete()
        version.texts.all().delete()
        version.delete()
    contract.delete()
    assert engine.examine().fault == f"Agreement {contract.ref} is missing: the log says that it was opened."


@told_to_the_end
def test_a_hold_on_one_of_two_keeps_the_pairs_records(told):
    pair = ended_pair(told)
    actions.set_hold(told.membership("ben"), HoldKind.LEGAL, "A claim", by=told.actor("petra"))
    run_at(months_after(pair.ended_at, 24) + timedelta(hours=1))
    assert PrivateNote.objects.filter(session__relationship=pair).count() == 2
    assert Contract.objects.filter(relationship=pair).exists()


@told_to_the_end
def test_applications_go_six_months_after_the_round_has_closed(told):
    programme = Programme.objects.filter(pk__in=Joining.objects.values("programme"), state="running").first()
    programmes.close(programme, by=told.actor("carys"))
    closed = AuditEntry.objects.get(name="programme.closed").at
    joinings = Joining.objects.filter(programme=programme)
    assert joinings.count() > 0
    run_at(months_after(closed, 6) - timedelta(hours=1))
    assert joinings.count() > 0
    run_at(months_after(closed, 6) + timedelta(hours=1))
    assert joinings.count() == 0


@pytest.mark.both
@told_to_the_end
def test_a_name_goes_six_months_after_leaving_and_shared_records_stay(told):
    ben = told.membership("ben")
    identity.leave(ben, by=SYSTEM)
    run_at(months_after(clock.now(), 6) + timedelta(hours=1))
    ben.refresh_from_db()
    assert (ben.name, ben.account, ben.state) == ("Former member", None, "erased")
    assert Session.objects.filter(relationship=ended_pair_of(ben)).exists()
    assert AuditEntry.objects.filter(name="person.name_taken_out", about_ref=ben.ref).count() == 1


def ended_pair_of(membership) -> Relationship:
    """The pair of somebody who is not found by their name any more."""
    return Relationship.objects.get(parties__participation__membership=membership)


@told_to_the_end
def test_a_dry_run_counts_and_takes_nothing(told):
    pair = ended_pair(told)
    with clock.set_to(months_after(pair.ended_at, 24) + timedelta(hours=1)):
        counted = command("apply_retention", "--dry-run")["gone"]
    assert counted["meetings.session"] == Session.objects.filter(relationship__ended_at__isnull=False).count()
    assert counted["meetings.privatenote"] >= 2
    assert (RetentionRun.objects.count(), PrivateNote.objects.filter(session__relationship=pair).count()) == (0, 2)


@told_to_the_end
def test_a_run_is_one_event_with_counts_by_table(told):
    gone = run_at(clock.now() + timedelta(days=1500))
    entry = AuditEntry.objects.get(name="retention.run")
    assert entry.codes == gone
    assert gone["goals.goal"] > 0


@told_to_the_end
def test_the_worker_runs_it_once_a_day(told):
    for _hour in range(3):
        jobs.enqueue("records.keep_house")
        jobs.run_pending()
    assert RetentionRun.objects.filter(finished_at__isnull=False).count() == 1


def without_a_clock(declared) -> list[str]:
    """Tables about people, of a class with a fixed time, of which nothing says from when it counts."""
    found = []
    for held in declared:
        known = guidance.retention_classes()[held.keep]
        by_table = held.paths and known.months is not None and not (held.lasts or held.is_a_person)
        if by_table and held.keep != "account" and not held.since:
            leads = path_to(held.model, "relationships.relationship") or path_to(held.model, "programmes.programme")
            found += [] if leads else [held.label]
    return found


def test_each_table_says_from_when_its_class_counts():
    assert without_a_clock(privacy.declarations()) == []


@pytest.mark.parametrize(
    ("moment", "months", "before"),
    [
        ("2026-11-26T12:00:00+00:00", 6, "2026-05-26T12:00:00+00:00"),
        ("2027-03-31T12:00:00+00:00", 1, "2027-02-28T12:00:00+00:00"),
        ("2028-02-29T12:00:00+00:00", 24, "2026-02-28T12:00:00+00:00"),
        ("2026-01-15T12:00:00+00:00", 1, "2025-12-15T12:00:00+00:00"),
    ],
)
def test_months_are_those_of_the_calendar(moment, months, before):
    assert rules.months_before(datetime.fromisoformat(moment), months) == datetime.fromisoformat(before)
