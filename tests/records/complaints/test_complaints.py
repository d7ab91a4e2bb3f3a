"""From a question or a complaint to its end: who handles it, the clock, the steps, and the cases at the edge."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from alongside.foundation import clock, reads
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.events.refs import new_ref
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.notifications.models import Mail
from alongside.foundation.vault.models import DestroyedKey, Key
from alongside.programmes.models import Participation, Programme
from alongside.records import actions as records
from alongside.records.actions import complaining, handling
from alongside.records.actions.complaining import Complained
from alongside.records.models import Complaint, ComplaintAbout, ComplaintMessage
from alongside.records.queries import complaints as queries
from alongside.records.terms import ComplaintKind, HoldKind
from tests import cast as people
from tests.records.complaints.conftest import SECRET, fresh, members

pytestmark = pytest.mark.django_db


def handle(complaint, *actors) -> list[bool]:
    return [queries.visible_to(actor).filter(pk=complaint.pk).exists() for actor in actors]


def mailed(kind: str) -> set[str]:
    return set(Mail.objects.filter(kind=kind).values_list("to_address", flat=True))


def addresses(*actors) -> set[str]:
    return {actor.account.email for actor in actors}


def names(choices) -> list[str]:
    return [readers.names for readers in choices]


# --- to whom it can be sent, and who reads it


def test_a_writer_chooses_between_their_coordinator_and_the_panel(w):
    ben = w.cast.ben.membership
    assert names(queries.choices(ben, "complaint", [])) == ["Carys Llewellyn", "Aisha Khan, Viktor Lund"]
    assert names(queries.choices(ben, "data", [])) == ["Petra Novak"]


def test_a_coordinator_of_two_of_ones_programmes_is_offered_once_and_of_none_before_its_launch(w):
    second = people.programme(w.cast.carys, "Quiet voices")
    people.takes_part(second, w.cast.ben, "mentee", w.cast.carys)
    offered = queries.choices(w.cast.ben.membership, "complaint", [])
    assert [readers.words for readers in offered][:1] == ["Carys Llewellyn, who coordinates Rising leaders"]
    Programme.objects.update(state="running", launched_at=clock.now())
    offered = queries.choices(w.cast.ben.membership, "complaint", [])
    assert [readers.words for readers in offered] == [
        "Carys Llewellyn, who coordinates Quiet voices and Rising leaders",
        "The complaints panel: Aisha Khan, Viktor Lund",
    ]
    Programme.objects.update(state="draft")
    assert names(queries.choices(w.cast.ben.membership, "complaint", [])) == ["Aisha Khan, Viktor Lund"]
    assert [held.name for held in queries.people_around(w.cast.ben)] == ["Aisha Khan", "Petra Novak", "Viktor Lund"]


def test_whoever_takes_part_in_nothing_turns_to_the_panel(w):
    assert names(queries.choices(w.cast.elin.membership, "question", [])) == ["Aisha Khan, Viktor Lund"]


def test_whoever_it_is_about_is_not_offered_and_never_oneself(w):
    carys, viktor = w.cast.carys.membership, w.viktor.membership
    assert names(queries.choices(w.cast.ben.membership, "complaint", [carys.pk, viktor.pk])) == ["Aisha Khan"]
    assert names(queries.choices(viktor, "complaint", [])) == ["Aisha Khan"]
    assert names(queries.choices(w.petra.membership, "data", [])) == []


def test_sent_to_the_coordinator_she_alone_reads_it(w):
    complaint = w.sent(w.cast.ben, to=w.carys_key, kind="question")
    assert handle(complaint, w.cast.carys, w.viktor, w.petra, w.ada, w.cast.ben, w.cast.amara) == [True, *[False] * 5]
    assert mailed("complaint.sent") == addresses(w.cast.carys)


def test_sent_to_the_panel_all_of_it_read_it_but_whoever_it_is_about(w):
    complaint = w.sent(w.cast.ben, w.viktor)
    assert handle(complaint, w.viktor, w.aisha, w.cast.carys, w.petra, w.ada) == [False, True, False, False, False]
    assert mailed("complaint.sent") == addresses(w.aisha)


def test_one_about_data_goes_to_the_privacy_officers(w):
    complaint = w.sent(w.cast.ben, to="privacy", kind="data")
    assert handle(complaint, w.petra, w.viktor, w.cast.carys, w.ada) == [True, False, False, False]
    assert complaint.due_on == date(2026, 12, 24)


def test_about_everybody_who_could_handle_it_it_is_refused_and_nothing_is_kept(w):
    with pytest.raises(NotPossible, match="Everybody who could read this is among the people whom you name"):
        w.sent(w.cast.ben, w.viktor, w.aisha, w.cast.carys)
    with pytest.raises(NotPossible, match="You can turn to your data protection authority"):
        w.sent(w.cast.ben, w.petra, to="privacy", kind="data")
    assert (Complaint.objects.count(), ComplaintAbout.objects.count(), mailed("complaint.sent")) == (0, 0, set())


def test_about_oneself_it_is_refused(w):
    with pytest.raises(NotPossible, match="You cannot complain about yourself"):
        w.sent(w.cast.ben, w.cast.ben)
    assert not Complaint.objects.exists()


def test_it_is_not_sent_to_somebody_whom_it_is_about_nor_without_words(w):
    with pytest.raises(NotPossible, match="cannot read this any more"):
        w.sent(w.cast.ben, w.cast.carys, to=w.carys_key)
    with pytest.raises(NotPossible, match="Write it down"):
        w.sent(w.cast.ben, happened="  ")


def test_nobody_of_another_organisation_is_named_or_reads_it(w):
    there = people.member("Ola Berg", people.organisation("Harbour Trust"), "complaints_panel")
    assert handle(w.sent(w.cast.ben), there) == [False]
    with pytest.raises(NotPossible, match="Nobody of that name is in this organisation"):
        w.sent(w.cast.ben, there)


def test_who_gets_the_role_afterwards_and_whom_it_is_about_does_not_read_it(w):
    complaint = w.sent(w.cast.ben, w.cast.amara)
    identity.grant_role(w.cast.amara.membership, "complaints_panel", by=w.ada)
    identity.grant_role(w.cast.elin.membership, "complaints_panel", by=w.ada)
    amara, elin = (people._actor(held.membership) for held in (w.cast.amara, w.cast.elin))
    assert handle(complaint, amara, elin) == [False, True]


def test_a_writer_who_comes_onto_the_panel_does_not_handle_their_own(w):
    complaint = w.sent(w.cast.ben)
    identity.grant_role(w.cast.ben.membership, "complaints_panel", by=w.ada)
    assert handle(complaint, people._actor(w.cast.ben.membership)) == [False]


@pytest.mark.both
def test_who_handles_what_is_the_same_in_both_reads(w):
    """`handlers`, who are mailed, and `visible_to`, who come to it, agree for every complaint."""
    everybody = (w.viktor, w.aisha, w.petra, w.ada, w.cast.carys, w.cast.ben, w.cast.amara)
    made = [
        w.sent(w.cast.ben), w.sent(w.cast.ben, w.viktor), w.sent(w.aisha), w.sent(w.cast.amara, to=w.carys_key),
        w.sent(w.viktor, to="privacy", kind="data"),
    ]  # fmt: skip
    complaining.take_back(made[0], by=w.cast.ben)
    for complaint in map(fresh, made):
        told = {held.pk for held in queries.handlers(complaint)}
        assert told == {actor.membership.pk for actor in everybody if handle(complaint, actor) == [True]}


# --- a handler who loses the role, and handing it on


def test_when_the_coordinator_steps_down_nobody_reads_it_and_its_writer_is_told_once_and_hands_it_on(w):
    complaint = w.sent(w.cast.ben, to=w.carys_key)
    Participation.objects.filter(membership=w.cast.carys.membership, part="coordinator").update(until=clock.now())
    assert handle(complaint, w.cast.carys) == [False]
    with pytest.raises(NotPossible, match="You do not handle this any more"):
        handling.acknowledge(complaint, "Thank you.", by=w.cast.carys)
    assert (handling.watch(), handling.watch()) == (1, 0)
    assert mailed("complaint.unread") == addresses(w.cast.ben)
    complaining.hand_on(complaint, "panel", by=w.cast.ben)
    assert handle(complaint, w.viktor, w.aisha, w.cast.carys) == [True, True, False]
    assert mailed("complaint.handed_on") == addresses(w.viktor, w.aisha)


def test_an_answer_that_does_not_settle_it_is_looked_at_by_the_panel(w):
    complaint = w.sent(w.cast.ben, to=w.carys_key)
    handling.answer(complaint, "It was all in order.", "not_upheld", seen="", by=w.cast.carys)
    complaining.hand_on(complaint, "panel", by=w.cast.ben)
    now = fresh(complaint)
    assert (now.state, now.outcome, now.acknowledged_at) == ("received", "", None)
    assert [one.words for one in queries.opened(now).messages] == ["It was all in order."]
    assert handle(complaint, w.cast.carys, w.viktor) == [False, True]


def test_it_is_handed_on_by_its_writer_alone_to_somebody_else_and_never_what_is_about_data(w):
    complaint, data = w.sent(w.cast.ben), w.sent(w.cast.ben, to="privacy", kind="data")
    with pytest.raises(NotPossible, match="Only whoever wrote it"):
        complaining.hand_on(complaint, "panel", by=w.cast.amara)
    with pytest.raises(NotPossible, match="They have it already"):
        complaining.hand_on(complaint, "panel", by=w.cast.ben)
    with pytest.raises(NotPossible, match="privacy officers alone"):
        complaining.hand_on(data, "panel", by=w.cast.ben)


# --- the clock


def test_thirty_days_count_by_the_day_of_the_organisation(w):
    with clock.set_to(clock.now().replace(month=6, day=30, hour=23, minute=30)):  # half past midnight in London
        assert w.sent(w.cast.ben, to="privacy", kind="data").due_on == date(2026, 7, 31)


def test_what_is_not_acknowledged_in_thirty_days_is_late_from_the_next_day_and_told_once(w):
    complaint = w.sent(w.cast.ben, to="privacy", kind="data")
    with clock.set_to(clock.now() + timedelta(days=30)):
        assert (queries.is_late(complaint), handling.watch()) == (False, 0)
    with clock.set_to(clock.now() + timedelta(days=31)):
        assert (queries.is_late(complaint), handling.watch(), handling.watch()) == (True, 1, 0)
        assert mailed("complaint.overdue") == addresses(w.petra)
        handling.acknowledge(complaint, "Thank you.", by=w.petra)
        assert not queries.is_late(fresh(complaint))


# --- the steps


def test_from_received_to_closed_each_step_is_an_event_without_words(w):
    complaint = w.sent(w.cast.ben, w.cast.carys)
    handling.acknowledge(complaint, "Thank you, Ben.", by=w.viktor)
    handling.look_into(complaint, by=w.aisha)
    handling.write(complaint, "Which room was it?", by=w.aisha)
    added = complaining.add(complaint, "The long one", by=w.cast.ben)
    handling.answer(complaint, "You were right.", "upheld", seen=added.ref, by=w.viktor)
    handling.close(complaint, seen=queries.last_word(complaint), by=w.viktor)
    now = fresh(complaint)
    assert (now.state, now.outcome, now.ended_at) == ("closed", "upheld", clock.now())
    log = AuditEntry.objects.filter(about_ref=complaint.ref).order_by("position")
    assert [(entry.name, entry.codes) for entry in log] == [
        ("complaint.sent", {"kind": "complaint", "to": "panel"}),
        ("complaint.acknowledged", {}), ("complaint.looked_into", {}), ("complaint.written_to", {}),
        ("complaint.added_to", {}), ("complaint.answered", {"outcome": "upheld"}), ("complaint.closed", {}),
    ]  # fmt: skip
    assert [(one.row.kind, one.words) for one in queries.opened(now).messages] == [
        ("first", "Thank you, Ben."), ("words", "Which room was it?"), ("words", "The long one"),
        ("answer", "You were right."),
    ]  # fmt: skip


def test_a_question_can_be_answered_at_once_and_its_asker_closes_it(w):
    question = w.sent(w.cast.ben, to=w.carys_key, kind="question")
    with pytest.raises(NotPossible, match="Choose what came of it"):
        handling.answer(question, "Yes, it is.", "upheld", seen="", by=w.cast.carys)
    handling.answer(question, "Yes, it is.", "plain_answer", seen="", by=w.cast.carys)
    complaining.settle(question, by=w.cast.ben)
    assert (fresh(question).state, fresh(question).outcome) == ("closed", "plain_answer")
    assert mailed("complaint.answered") == addresses(w.cast.ben)
    assert mailed("complaint.closed") == set()


def test_no_step_is_skipped_or_taken_twice(w):
    complaint = w.sent(w.cast.ben)
    with pytest.raises(NotPossible, match="Acknowledge it first"):
        handling.write(complaint, "Hello", by=w.viktor)
    with pytest.raises(NotPossible, match="has gone on meanwhile"):
        handling.look_into(complaint, by=w.viktor)
    with pytest.raises(NotPossible, match="Only what has been answered"):
        handling.close(complaint, seen="", by=w.viktor)
    handling.acknowledge(complaint, "Thank you.", by=w.viktor)
    with pytest.raises(NotPossible, match="Somebody has acknowledged this already"):
        handling.acknowledge(complaint, "Thank you.", by=w.aisha)
    with pytest.raises(IntegrityError), transaction.atomic():
        Complaint.objects.filter(pk=complaint.pk).update(state="answered")


def test_whoever_answers_or_closes_has_read_what_was_written_last(w):
    complaint = w.sent(w.cast.ben)
    complaining.add(complaint, "And there is a witness", by=w.cast.ben)
    with pytest.raises(NotPossible, match="Something was written meanwhile"):
        handling.answer(complaint, "There is no proof.", "not_upheld", seen="", by=w.viktor)
    assert fresh(complaint).state == "received"
    seen = queries.last_word(complaint)
    handling.answer(complaint, "There is no proof.", "not_upheld", seen=seen, by=w.viktor)
    seen = queries.last_word(complaint)
    complaining.add(complaint, "You have not asked her", by=w.cast.ben)
    with pytest.raises(NotPossible, match="Something was written meanwhile"):
        handling.close(complaint, seen=seen, by=w.aisha)
    assert fresh(complaint).state == "answered"


def test_taken_back_nobody_else_reads_it_and_whoever_had_it_is_told_so(w):
    complaint = w.sent(w.cast.ben)
    complaining.take_back(complaint, by=w.cast.ben)
    assert handle(complaint, w.viktor, w.aisha) == [False, False]
    assert queries.opened(queries.own(w.cast.ben).get()).happened == SECRET
    assert mailed("complaint.taken_back") == addresses(w.viktor, w.aisha)
    for again in (complaining.take_back, complaining.settle):
        with pytest.raises(NotPossible):
            again(complaint, by=w.cast.ben)
    with pytest.raises(NotPossible, match="This has ended"):
        complaining.add(complaint, "Once more", by=w.cast.ben)


def test_sent_twice_it_is_one_and_nobody_takes_anothers_form(w):
    ref, words = new_ref(), Complained(ComplaintKind.COMPLAINT, SECRET)
    made = [complaining.send(words, [], "panel", ref=ref, by=w.cast.ben).pk for _time in range(2)]
    assert made[0] == made[1]
    with pytest.raises(NotPossible, match="Open the form again"):
        complaining.send(words, [], "panel", ref=ref, by=w.cast.elin)
    for _time in range(2):
        complaining.add(fresh(Complaint.objects.get()), "More", ref="abcdefabcdef", by=w.cast.ben)
    assert (Complaint.objects.count(), ComplaintMessage.objects.count()) == (1, 1)


# --- whom it is about


def test_they_see_who_has_read_it_only_once_it_is_noted_that_they_know(w):
    complaint = w.sent(w.cast.ben, w.cast.carys)
    handling.open_complaint(complaint, by=w.viktor)
    assert [len(reads.about(held.membership)) for held in (w.cast.ben, w.cast.carys)] == [1, 0]
    for _time in range(2):
        handling.note_told(complaint, w.cast.carys.membership, by=w.viktor)
    assert len(reads.about(w.cast.carys.membership)) == 1
    assert AuditEntry.objects.filter(name="complaint.person_told").count() == 1
    with pytest.raises(NotPossible, match="about nobody of that name"):
        handling.note_told(complaint, w.cast.amara.membership, by=w.viktor)


# --- leaving, erasing, keeping


def test_whoever_wrote_it_leaves_and_it_is_answered_all_the_same(w):
    complaint = w.sent(w.cast.ben, to=w.carys_key)
    identity.leave(w.cast.ben.membership, by=w.ada)
    handling.answer(complaint, "You were right.", "upheld", seen="", by=w.cast.carys)
    handling.close(complaint, seen=queries.last_word(complaint), by=w.cast.carys)
    assert (fresh(complaint).state, mailed("complaint.answered")) == ("closed", set())


def test_whoever_wrote_it_is_erased_and_it_stays_readable_without_their_name(w):
    complaint = w.sent(w.cast.ben, w.cast.amara)
    complaining.keep_draft(ComplaintKind.DATA, {"happened": "x"}, by=w.cast.ben)
    records.erase(w.cast.ben.membership, by=w.petra)
    now = fresh(complaint)
    assert (now.writer.name, queries.opened(now).happened, handle(now, w.viktor)) == (
        "Former member", SECRET, [True],
    )  # fmt: skip
    assert queries.drafts_kept_at(w.cast.ben) == {}
    records.erase(w.cast.amara.membership, by=w.petra)
    assert [one.membership.name for one in queries.opened(now).about] == ["Former member"]


def closed(w):
    complaint = w.sent(w.cast.ben, w.cast.carys)
    handling.acknowledge(complaint, "Thank you.", by=w.viktor)
    handling.answer(complaint, "No.", "not_upheld", seen=queries.last_word(complaint), by=w.viktor)
    handling.close(complaint, seen=queries.last_word(complaint), by=w.viktor)
    return complaint


def test_three_years_after_it_was_closed_it_goes_with_its_key_and_no_sooner(w):
    complaint = closed(w)
    held = w.sent(w.cast.ben)  # still open
    with clock.set_to(clock.now().replace(year=2029, day=23)):
        records.apply_retention(by=w.petra)
        assert Complaint.objects.count() == 2
    with clock.set_to(clock.now().replace(year=2029, day=25)):
        records.apply_retention(by=w.petra)
    assert list(Complaint.objects.all()) == [held]
    assert (ComplaintMessage.objects.count(), ComplaintAbout.objects.count()) == (0, 0)
    assert not Key.objects.filter(owner=complaint.key_owner).exists()
    assert DestroyedKey.objects.filter(owner=complaint.key_owner).exists()


def test_a_hold_on_whoever_it_is_about_keeps_all_of_it(w):
    complaint = closed(w)
    records.set_hold(w.cast.carys.membership, HoldKind.LEGAL, "A claim", by=w.petra)
    with clock.set_to(clock.now().replace(year=2030)):
        records.apply_retention(by=w.petra)
    assert len(queries.opened(fresh(complaint)).messages) == 2
    assert [one.membership for one in queries.opened(fresh(complaint)).about] == members([w.cast.carys])
