"""Planning, moving, cancelling, writing down, correcting, acting."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from alongside.contracts import queries as contracts
from alongside.foundation import vault
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.notifications.models import Mail
from alongside.meetings import actions, queries
from alongside.meetings.actions import ChangedMeanwhile, NewAction, Plan, WrittenAlready
from alongside.meetings.models import ActionItem, Attendance, LogDraft, PrivateNote, Session, Summary
from alongside.relationships import actions as relationships
from alongside.relationships.models import Relationship
from tests.meetings import days


def opened(cast, actor, session):
    session = queries.whole(actor).get(pk=session.pk)
    return queries.opened(actor, cast.pair(actor), session)


def test_ben_plans_a_session_and_amara_reads_where_and_what_about(cast):
    session = days.plan(cast, cast.ben, place="https://meet.example/ben", agenda="The budget talk")
    assert (session.state, session.starts_at, session.planned_minutes, session.number) == (
        "planned", days.THURSDAY, 60, None,
    )  # fmt: skip
    seen = opened(cast, cast.amara, session)
    assert (seen.place, seen.agenda) == ("https://meet.example/ben", "The budget talk")
    assert session.planned_by == cast.ben.membership


def test_texts_are_sealed_with_the_keys_of_those_who_read_them(cast):
    session = days.held(cast, cast.amara, note="She is tired", actions=[NewAction("Ask Priya", cast.ben.membership)])
    vault.destroy(cast.amara.membership.key_owner)
    seen = opened(cast, cast.amara, session)
    assert (seen.note, seen.summary_words, seen.actions[0].words, seen.lost) == (
        "", "The budget talk", "Ask Priya", True,
    )  # fmt: skip
    vault.destroy(cast.relationship.key_owner)
    seen = opened(cast, cast.ben, session)
    assert (seen.summary_words, [one.words for one in seen.actions], seen.lost) == ("", [""], True)


def test_no_session_in_the_past_is_planned_and_none_twice_for_one_time(cast):
    with pytest.raises(NotPossible, match="This time has passed"):
        days.plan(cast, cast.ben, days.LAST_TUESDAY)
    with pytest.raises(NotPossible, match="5 to 600"):
        days.plan(cast, cast.ben, minutes=601)
    days.plan(cast, cast.ben)
    with pytest.raises(NotPossible, match="planned for that time already"):
        days.plan(cast, cast.amara)
    assert Session.objects.count() == 1


def test_nothing_is_planned_before_both_have_said_yes(db):
    from tests import cast as people

    with days.at():
        cast = people.pair(answered=False)
        with pytest.raises(NotPossible, match="once both of you have said yes"):
            days.plan(cast, cast.ben)


def test_moving_leaves_the_old_day_behind_and_takes_the_agenda_along(cast):
    old = days.plan(cast, cast.ben, place="Eastgate 3", agenda="The budget talk")
    friday = days.THURSDAY + timedelta(days=1)
    new = actions.change(old, Plan(friday, 45, "phone", "Her desk"), by=cast.amara)
    old.refresh_from_db()
    assert (old.state, old.moved_to, old.starts_at) == ("moved", new, days.THURSDAY)
    seen = opened(cast, cast.ben, new)
    assert (new.state, new.starts_at, new.planned_minutes, new.mode) == ("planned", friday, 45, "phone")
    assert (seen.place, seen.agenda) == ("Her desk", "The budget talk")
    with pytest.raises(NotPossible, match="moved to another day"):
        actions.change(old, Plan(friday, 45), by=cast.amara)


def test_a_longer_session_at_the_same_time_stays_the_same_session(cast):
    session = days.plan(cast, cast.ben, agenda="The budget talk")
    same = actions.change(session, Plan(days.THURSDAY, 90, "other", "The garden"), by=cast.ben)
    assert (same.pk, same.planned_minutes, same.state) == (session.pk, 90, "planned")
    assert opened(cast, cast.ben, same).place == "The garden"


def test_a_cancelled_session_can_be_planned_again(cast):
    session = days.plan(cast, cast.ben)
    actions.cancel(session, by=cast.amara)
    session.refresh_from_db()
    assert session.state == "cancelled"
    with pytest.raises(NotPossible, match="You can plan it again"):
        actions.cancel(session, by=cast.amara)
    assert days.plan(cast, cast.amara).state == "planned"


def test_two_who_write_the_agenda_at_once_lose_nothing(cast):
    session = days.plan(cast, cast.ben)
    actions.prepare(session, agenda="Ben's wish", seen=0, by=cast.ben)
    with pytest.raises(ChangedMeanwhile):
        actions.prepare(session, agenda="Amara's wish", seen=0, by=cast.amara)
    assert opened(cast, cast.amara, session).agenda == "Ben's wish"
    actions.prepare(session, agenda="Both wishes", seen=1, by=cast.amara)
    assert opened(cast, cast.ben, session).agenda == "Both wishes"


def test_a_planned_session_is_written_down(cast):
    with days.at(days.LAST_TUESDAY - timedelta(days=1)):
        planned = days.plan(cast, cast.ben, days.LAST_TUESDAY)
    action = NewAction("Ask Priya for a day", cast.ben.membership, date(2026, 12, 1))
    record = days.record(minutes=55, note="Go slower", actions=[action], mode="phone")
    session = actions.write_down(cast.pair(cast.amara), planned, record, by=cast.amara)
    assert (session.pk, session.state, session.number, session.held_minutes, session.mode) == (
        planned.pk, "held", 1, 55, "phone",
    )  # fmt: skip
    assert dict(Attendance.objects.values_list("party__part", "attended")) == {"mentor": True, "mentee": True}
    ben, amara = opened(cast, cast.ben, session), opened(cast, cast.amara, session)
    assert (ben.summary_words, ben.note) == ("The budget talk", "")
    assert (amara.summary_words, amara.note) == ("The budget talk", "Go slower")
    assert [(one.words, one.mine, one.item.due_on) for one in ben.actions] == [
        ("Ask Priya for a day", True, date(2026, 12, 1))
    ]


def test_sessions_are_numbered_as_they_are_written_down(cast):
    numbers = [days.held(cast, cast.ben, days.LAST_TUESDAY - timedelta(days=day)).number for day in range(3)]
    assert numbers == [1, 2, 3]


def test_the_next_session_is_planned_in_the_same_breath_at_the_same_place(cast):
    with days.at(days.LAST_TUESDAY - timedelta(days=1)):
        planned = days.plan(cast, cast.ben, days.LAST_TUESDAY, place="Eastgate 3")
    record = days.record(next_at=days.THURSDAY)
    actions.write_down(cast.pair(cast.amara), planned, record, by=cast.amara)
    coming = queries.next_planned(cast.relationship)
    assert coming.starts_at == days.THURSDAY
    assert opened(cast, cast.ben, coming).place == "Eastgate 3"


def test_the_same_form_twice_is_one_session(cast):
    record = days.record(next_at=days.THURSDAY)
    first = actions.write_down(cast.pair(cast.amara), None, record, by=cast.amara)
    with pytest.raises(WrittenAlready) as again:
        actions.write_down(cast.pair(cast.amara), None, record, by=cast.amara)
    assert again.value.session == first
    assert Session.objects.count() == 2  # the one that was held, and the next
    assert AuditEntry.objects.filter(name="session.written_down").count() == 1


def test_a_key_of_another_pair_opens_nothing(cast):
    from tests import cast as people

    other = people.pair(cast.carys.organisation)
    record = days.record(summary="Between others")
    actions.write_down(other.pair(other.amara), None, record, by=other.amara)
    with pytest.raises(NotPossible, match="Open it again"):
        actions.write_down(cast.pair(cast.amara), None, record, by=cast.amara)


def test_when_one_did_not_come_it_did_not_take_place(cast):
    session = days.held(cast, cast.amara, present=frozenset({"mentor"}), summary="", note="Waited half an hour")
    assert (session.state, session.number, session.held_minutes) == ("missed", None, None)
    assert dict(Attendance.objects.values_list("party__part", "attended")) == {"mentor": True, "mentee": False}
    assert opened(cast, cast.amara, session).note == "Waited half an hour"
    written = actions.write_down(cast.pair(cast.ben), session, days.record(), by=cast.ben)
    assert (written.pk, written.state, written.number) == (session.pk, "held", 1)
    assert set(Attendance.objects.values_list("attended", flat=True)) == {True}


def test_nothing_that_is_still_to_come_is_written_down(cast):
    with pytest.raises(NotPossible, match="still to come"):
        days.held(cast, cast.amara, days.THURSDAY)
    assert not Session.objects.exists()


def test_sessions_before_the_agreement_are_kept_and_do_not_count(cast):
    early = days.held(cast, cast.ben, days.LAST_TUESDAY)
    days.agree(cast, days.LAST_TUESDAY + timedelta(days=1))
    assert contracts.agreed_at(cast.relationship) is not None
    later = days.held(cast, cast.ben, days.LAST_TUESDAY + timedelta(days=2), minutes=45)
    early.refresh_from_db()
    assert (early.before_agreement, later.before_agreement) == (True, False)
    assert queries.counted_minutes(cast.relationship) == 45


def test_both_change_the_summary_and_neither_overwrites_the_other_unseen(cast):
    session = days.held(cast, cast.amara)
    actions.change_summary(session, words="Hers and mine", seen=1, by=cast.ben)
    with pytest.raises(ChangedMeanwhile):
        actions.change_summary(session, words="Only mine", seen=1, by=cast.amara)
    seen = opened(cast, cast.amara, session)
    assert (seen.summary_words, seen.edited_by) == ("Hers and mine", cast.ben.membership)
    assert AuditEntry.objects.filter(name="session.summary_changed").count() == 1


def test_each_changes_only_their_own_note_and_can_take_it_away(cast):
    session = days.held(cast, cast.amara, note="Hers")
    actions.change_note(session, words="His", by=cast.ben)
    assert [opened(cast, actor, session).note for actor in (cast.amara, cast.ben)] == ["Hers", "His"]
    actions.change_note(session, words="", by=cast.ben)
    assert list(PrivateNote.objects.values_list("author", flat=True)) == [cast.amara.membership.pk]


def test_correcting_day_and_length_is_an_event_and_changing_nothing_is_none(cast):
    session = days.held(cast, cast.amara)
    same = {"summary": "The budget talk", "seen": 1, "note": ""}
    actions.edit(session, starts_at=session.starts_at, minutes=60, by=cast.amara, **same)
    assert not AuditEntry.objects.filter(name="session.corrected").exists()
    monday = days.LAST_TUESDAY - timedelta(days=1)
    actions.edit(session, starts_at=monday, minutes=40, by=cast.amara, **same)
    session.refresh_from_db()
    assert (session.starts_at, session.held_minutes) == (monday, 40)
    assert AuditEntry.objects.filter(name="session.corrected").count() == 1


def test_an_edit_whose_summary_is_behind_changes_nothing_at_all(cast):
    session = days.held(cast, cast.amara)
    actions.change_summary(session, words="Ben's", seen=1, by=cast.ben)
    with pytest.raises(ChangedMeanwhile):
        actions.edit(
            session, starts_at=session.starts_at, minutes=30, summary="Hers", seen=1, note="New", by=cast.amara
        )
    session.refresh_from_db()
    assert (session.held_minutes, PrivateNote.objects.count()) == (60, 0)


def test_an_action_is_ticked_once_and_can_be_opened_again(cast):
    session = days.held(cast, cast.amara)
    item = actions.add_action(session, NewAction("Write half a page", cast.ben.membership), by=cast.ben)
    actions.finish_action(item, by=cast.ben)
    actions.finish_action(item, by=cast.amara)
    item.refresh_from_db()
    assert item.done_at == days.NOW
    assert AuditEntry.objects.filter(name="action_item.done").count() == 1
    actions.reopen_action(item, by=cast.amara)
    item.refresh_from_db()
    assert item.done_at is None


def test_a_draft_is_the_writers_alone_and_goes_when_the_session_is_written_down(cast):
    pair, record = cast.pair(cast.amara), days.record()
    actions.keep_draft(pair, None, {"summary": "half a sen", "key": record.key}, by=cast.amara)
    actions.keep_draft(pair, None, {"summary": "half a sentence", "key": record.key}, by=cast.amara)
    assert queries.draft_of(cast.amara, cast.relationship, None)["summary"] == "half a sentence"
    assert queries.draft_of(cast.ben, cast.relationship, None) == {}
    assert b"half" not in bytes(LogDraft.objects.get().words)
    actions.write_down(pair, None, record, by=cast.amara)
    assert not LogDraft.objects.exists()
    with pytest.raises(NotPossible, match="written down already"):
        actions.keep_draft(pair, None, {"summary": "too late", "key": record.key}, by=cast.amara)
    with pytest.raises(NotPossible, match="too long"):
        actions.keep_draft(pair, None, {"summary": "x" * 50_000}, by=cast.amara)


def test_after_the_end_nothing_is_written_and_everything_is_read(cast):
    planned, session = days.plan(cast, cast.ben), days.held(cast, cast.amara, note="Hers")
    item = actions.add_action(session, NewAction("Write half a page", cast.ben.membership), by=cast.ben)
    relationships.end(cast.pair(cast.ben), by=cast.ben)
    refused = [
        lambda: days.plan(cast, cast.amara, days.THURSDAY + timedelta(days=1)),
        lambda: actions.change(planned, Plan(days.THURSDAY, 30), by=cast.amara),
        lambda: actions.cancel(planned, by=cast.amara),
        lambda: actions.prepare(planned, agenda="x", seen=0, by=cast.amara),
        lambda: days.held(cast, cast.amara),
        lambda: actions.change_summary(session, words="x", seen=1, by=cast.amara),
        lambda: actions.change_note(session, words="x", by=cast.amara),
        lambda: actions.add_action(session, NewAction("x", cast.ben.membership), by=cast.amara),
        lambda: actions.finish_action(item, by=cast.ben),
        lambda: actions.keep_draft(cast.pair(cast.amara), None, {"summary": "x"}, by=cast.amara),
    ]
    for act in refused:
        with pytest.raises(NotPossible, match="Your time together has ended"):
            act()
    assert opened(cast, cast.amara, session).note == "Hers"
    assert opened(cast, cast.ben, session).summary_words == "The budget talk"


def test_the_other_one_gets_a_mail_with_the_day_in_their_own_zone_and_no_content(cast):
    cast.amara.account.timezone = "Asia/Kolkata"
    cast.amara.account.save()
    Mail.objects.all().delete()
    session = days.plan(cast, cast.ben, agenda="The budget talk")
    moved = actions.change(session, Plan(days.THURSDAY + timedelta(hours=10), 60), by=cast.ben)
    actions.cancel(moved, by=cast.ben)
    days.held(cast, cast.ben, summary="We spoke of Priya", next_at=days.THURSDAY)
    mails = list(Mail.objects.order_by("id"))
    assert {mail.to_address for mail in mails} == {cast.amara.account.email}
    assert [mail.subject for mail in mails] == [
        "Ben has planned a session with you on Thursday 3 December",
        "Ben has moved your session to Friday 4 December",
        "Ben has cancelled your session of Friday 4 December",
        "Ben has written down your session of Tuesday 17 November",
    ]
    bodies = [mail.body + mail.html for mail in mails]
    assert "It is on Thursday 3 December, 18:00 to 19:00, Kolkata time." in bodies[0]
    assert "It is on Friday 4 December, 04:00 to 05:00, Kolkata time." in bodies[1]
    assert "The next one is on Thursday 3 December, 18:00 to 19:00, Kolkata time." in bodies[3]
    assert not any("budget" in body or "Priya" in body for body in bodies)


def test_the_audit_log_holds_no_words(cast):
    session = days.held(cast, cast.amara, summary="Secret summary", note="Secret note")
    actions.add_action(session, NewAction("Secret action", cast.ben.membership), by=cast.ben)
    written = " ".join(str(entry.__dict__) for entry in AuditEntry.objects.all())
    assert "session.written_down" in written
    assert "Secret" not in written


@pytest.mark.parametrize(
    "wrong",
    [
        {"planned_minutes": 4},
        {"state": "held", "number": 1, "held_minutes": 60},  # by whom, and when?
        {"number": 1},
        {"held_minutes": 60},
        {"state": "moved"},
        {"state": "cancelled", "recorded_at": days.NOW},
    ],
)
def test_the_database_refuses_half_a_session(cast, wrong):
    session = days.plan(cast, cast.ben)
    with pytest.raises(IntegrityError), transaction.atomic():
        Session.objects.filter(pk=session.pk).update(**wrong)


def test_the_database_refuses_a_session_held_in_the_future_and_doubles(cast):
    session = days.held(cast, cast.amara, note="Hers")
    for wrong in ({"starts_at": days.THURSDAY}, {"held_minutes": 601}, {"held_minutes": None}, {"number": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Session.objects.filter(pk=session.pk).update(**wrong)
    doubles = (
        Summary(session=session, edited_by=cast.ben.membership),
        PrivateNote(session=session, author=cast.amara.membership),
        Attendance(session=session, party=cast.pair(cast.ben).mentor_party, attended=False),
    )
    for double in doubles:
        with pytest.raises(IntegrityError), transaction.atomic():
            double.save()


def test_words_are_nowhere_in_the_tables(cast):
    session = days.held(
        cast, cast.amara, summary="Plainly 1", note="Plainly 2", actions=[NewAction("Plainly 3", cast.ben.membership)]
    )
    planned = days.plan(cast, cast.ben, place="Plainly 4", agenda="Plainly 5")
    actions.keep_draft(cast.pair(cast.ben), planned, {"summary": "Plainly 6"}, by=cast.ben)
    rows = [
        session.summary,
        planned.preparation,
        *PrivateNote.objects.all(),
        *ActionItem.objects.all(),
        *LogDraft.objects.all(),
    ]
    assert len(rows) == 5
    assert "Plainly" not in " ".join(
        bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)
        for row in rows for value in row.__dict__.values()
    )  # fmt: skip
    assert Relationship.objects.get().pk == session.relationship_id
