"""From a worry to a closed case: who handles it, the clock, the steps, the hold, and the cases at the edge."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from alongside.foundation import clock, reads
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.events.refs import new_ref
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.models import OrganisationRole
from alongside.foundation.notifications.models import Mail
from alongside.people.models import Link
from alongside.records import actions as records
from alongside.relationships.models import ContactHold, Relationship
from alongside.safeguarding import actions, queries
from alongside.safeguarding.actions import Written
from alongside.safeguarding.models import Case
from alongside.safeguarding.rules import Step
from tests import cast as people
from tests.safeguarding.conftest import SECRET

pytestmark = pytest.mark.django_db


def handle(case, *actors) -> list[bool]:
    return [queries.visible_to(actor).filter(pk=case.pk).exists() for actor in actors]


def mailed(kind: str) -> set[str]:
    return set(Mail.objects.filter(kind=kind).values_list("to_address", flat=True))


def address(actor) -> str:
    return actor.account.email


def fresh(case) -> Case:
    return Case.objects.select_related("organisation").get(pk=case.pk)


# --- who handles it


def test_the_lead_handles_a_concern_and_nobody_else_knows_of_it(w):
    case = w.raised(w.cast.ben, w.cast.carys)
    assert handle(case, w.sam, w.lena) == [True, False]
    assert handle(case, w.cast.ben, w.cast.amara, w.cast.carys, w.cast.elin, w.ada, w.petra) == [False] * 6
    assert mailed("concern.raised") == {address(w.sam)}


def test_one_about_the_lead_is_the_alternates_alone(w):
    case = w.raised(w.cast.ben, w.sam)
    assert handle(case, w.sam, w.lena) == [False, True]
    assert mailed("concern.raised") == {address(w.lena)}
    assert {held.pk for held in queries.handlers(case)} == {w.lena.membership.pk}


def test_one_about_both_is_refused_with_where_to_turn_and_nothing_is_kept(w):
    with pytest.raises(NotPossible, match="Turn to somebody outside"):
        w.raised(w.cast.ben, w.sam, w.lena)
    assert (Case.objects.count(), Mail.objects.filter(kind="concern.raised").count()) == (0, 0)


def test_one_about_oneself_is_read_by_the_lead(w):
    assert handle(w.raised(w.cast.ben, w.cast.ben), w.sam, w.cast.ben) == [True, False]


def test_a_lead_worried_about_themselves_is_read_by_the_alternate(w):
    case = w.raised(w.sam, w.sam)
    assert handle(case, w.sam, w.lena) == [False, True]
    assert queries.own(w.sam).filter(case=case).exists()


def test_a_lead_who_mentors_or_manages_somebody_in_it_is_kept_away(w):
    Link.objects.create(kind="manages", source=w.sam.membership, target=w.cast.amara.membership)
    assert handle(w.raised(w.cast.ben, w.cast.amara), w.sam, w.lena) == [False, True]
    assert handle(w.raised(w.cast.ben, w.cast.carys), w.sam, w.lena) == [True, False]


def test_who_is_named_lead_afterwards_and_is_concerned_does_not_read_it(w):
    case = w.raised(w.cast.ben, w.cast.carys)
    identity.grant_role(w.cast.carys.membership, "safeguarding_lead", by=w.ada)
    identity.end_role(w.sam.membership, "safeguarding_lead", by=w.ada)
    carys, sam = people._actor(w.cast.carys.membership), people._actor(w.sam.membership)
    assert handle(case, carys, sam, w.lena) == [False, False, True]


def test_another_organisation_never_comes_to_it(w):
    case = w.raised(w.cast.ben, w.cast.carys)
    there = people.member("Ola Berg", people.organisation("Harbour Trust"), "safeguarding_lead")
    assert handle(case, there) == [False]


def test_naming_the_lead_later_takes_the_case_from_them(w):
    case = w.raised(w.cast.ben)
    actions.involve(case, w.sam.membership, by=w.sam)
    assert handle(case, w.sam, w.lena) == [False, True]
    with pytest.raises(NotPossible, match="You do not handle this case any more"):
        actions.note(case, "one more thing", by=w.sam)
    with pytest.raises(NotPossible, match="nobody would be left"):
        actions.involve(case, w.lena.membership, by=w.lena)


# --- the clock


def test_what_nobody_acknowledges_within_a_day_is_the_alternates_too(w):
    case = w.raised(w.cast.ben, w.cast.carys)
    with clock.set_to(case.due_at - timedelta(minutes=1)):
        assert actions.escalate() == 0
    with clock.set_to(case.due_at):
        assert (actions.escalate(), actions.escalate()) == (1, 0)
    assert handle(case, w.sam, w.lena, w.cast.carys) == [True, True, False]
    assert mailed("case.escalated") == {address(w.sam), address(w.lena)}


def test_one_that_was_acknowledged_in_time_is_not(w):
    case = w.raised(w.cast.ben, w.cast.carys)
    actions.acknowledge(case, "Thank you, I have it.", by=w.sam)
    with clock.set_to(case.due_at + timedelta(days=1)):
        assert actions.escalate() == 0
    assert mailed("case.acknowledged") == {address(w.cast.ben)}
    assert [said.words for said in queries.messages(case)] == ["Thank you, I have it."]


# --- the steps


def test_from_raised_to_closed_and_each_step_is_an_entry_and_an_event(w):
    case = w.raised(w.cast.ben, w.cast.amara)
    actions.acknowledge(case, "Thank you.", by=w.sam)
    for step, why in (
        (Step("triaged", "refer"), "It is more than we can judge"),
        (Step("referred"), "The council’s desk, Ms Hale, reference 4711"),
        (Step("monitoring"), "A call each Friday"),
        (Step("closed", "elsewhere"), "They have taken it over"),
    ):
        actions.take_step(case, step, why, by=w.sam)
    assert (fresh(case).state, fresh(case).decision, fresh(case).closing) == ("closed", "refer", "elsewhere")
    entries = queries.opened(fresh(case)).entries
    assert [(one.row.kind, one.detail, one.words) for one in entries][1:3] == [
        ("triaged", "Pass it on to another body", "It is more than we can judge"),
        ("referred", "", "The council’s desk, Ms Hale, reference 4711"),
    ]
    log = AuditEntry.objects.filter(about_ref=case.ref).order_by("position")
    assert [entry.name for entry in log] == ["concern.raised", "case.acknowledged", *["case.went_on"] * 4]
    assert [entry.codes["to"] for entry in log[2:]] == ["triaged", "referred", "monitoring", "closed"]
    actions.take_step(case, Step("monitoring"), "It began again", by=w.sam)
    assert (fresh(case).state, fresh(case).closing, fresh(case).closed_at) == ("monitoring", "", None)


def test_no_step_is_skipped(w):
    case = w.raised(w.cast.ben)
    with pytest.raises(NotPossible, match="gone on meanwhile"):
        actions.take_step(case, Step("closed", "supported"), "Done", by=w.sam)
    with pytest.raises(NotPossible, match="Acknowledge it first"):
        actions.tell_raiser(case, "Hello", by=w.sam)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(state="triaged")


def test_opening_a_case_is_an_event_each_time_and_no_trace_to_whom_it_is_about_until_released(w):
    case = w.raised(w.cast.ben, w.cast.amara)
    for _time in range(2):
        actions.open_case(case, by=w.sam)
    assert AuditEntry.objects.filter(name="case.read", about_ref=case.ref).count() == 2
    assert reads.about(w.cast.amara.membership) == []
    actions.reveal(case, w.cast.amara.membership, by=w.sam)
    assert len(reads.about(w.cast.amara.membership)) == 1
    assert reads.about(w.cast.ben.membership) == []


def test_the_raiser_adds_to_it_also_when_it_is_closed_and_whoever_handles_it_is_told(w):
    case = w.raised(w.cast.ben)
    concern = queries.own(w.cast.ben).get()
    actions.add(concern, "It happened again on Friday", by=w.cast.ben)
    assert [(one.row.from_raiser, one.words) for one in queries.messages(case)] == [
        (True, "It happened again on Friday")
    ]
    assert mailed("concern.added_to") == {address(w.sam)}
    with pytest.raises(NotPossible, match="Only whoever raised"):
        actions.add(concern, "Me too", by=w.cast.amara)


# --- meetings on hold because of it


def test_a_hold_because_of_a_case_says_to_nobody_why_or_by_whom(w):
    case, pair = w.raised(w.cast.ben, w.cast.amara), w.cast.relationship
    actions.hold_pair(case, pair, by=w.sam)
    held = ContactHold.objects.get()
    assert (held.apart, held.by) == (True, None)
    assert AuditEntry.objects.get(name="relationship.held").by == "system"
    bodies = " ".join(Mail.objects.filter(kind="relationship.held").values_list("body", flat=True))
    assert "Carys Llewellyn or a colleague will write to you" in bodies
    assert not any(word in bodies for word in ("Sam", "safe", "concern", "case"))
    with pytest.raises(NotPossible, match="First let the meetings go on"):
        actions.acknowledge(case, "Thank you", by=w.sam)
        actions.take_step(case, Step("triaged", "advise"), "Talk", by=w.sam)
        actions.take_step(case, Step("closed", "supported"), "Talked", by=w.sam)
    assert actions.release_pair(case, pair, by=w.sam) is True
    assert not Relationship.objects.get().is_on_hold


def test_two_cases_hold_the_same_pair_and_it_goes_on_when_the_last_lets_it(w):
    first, second = w.raised(w.cast.ben, w.cast.amara), w.raised(w.cast.elin, w.cast.amara)
    for case in (first, second):
        actions.hold_pair(case, w.cast.relationship, by=w.sam)
    assert actions.release_pair(first, w.cast.relationship, by=w.sam) is False
    assert Relationship.objects.get().is_on_hold
    assert actions.release_pair(second, w.cast.relationship, by=w.sam) is True


def test_meetings_of_others_are_not_put_on_hold(w):
    with pytest.raises(NotPossible, match="Only meetings of those whom this is about"):
        actions.hold_pair(w.raised(w.cast.ben, w.cast.elin), w.cast.relationship, by=w.sam)


# --- leaving, erasing, exporting, twice


def test_whoever_raised_it_leaves_and_the_case_goes_on(w):
    case = w.raised(w.cast.ben, w.cast.amara)
    identity.leave(w.cast.ben.membership, by=w.ada)
    actions.acknowledge(case, "Thank you.", by=w.sam)
    assert mailed("case.acknowledged") == set()
    assert queries.opened(case).report.concern.raiser.state == "left"


def test_whoever_raised_it_is_erased_and_the_words_stay_readable_without_their_name(w):
    case = w.raised(w.cast.ben, w.cast.amara)
    records.erase(w.cast.ben.membership, by=w.petra)
    opened = queries.opened(case)
    assert (opened.report.happened, opened.report.concern.raiser.name) == (SECRET, "Former member")
    records.erase(w.cast.amara.membership, by=w.petra)
    assert [held.name for held in queries.opened(case).concerned] == ["Former member"]


def test_sent_twice_it_is_one_and_nobody_takes_anothers_form(w):
    ref = new_ref()
    made = [actions.raise_concern(Written(SECRET), [], ref=ref, by=w.cast.ben).pk for _time in range(2)]
    assert made[0] == made[1]
    with pytest.raises(NotPossible, match="Open the form again"):
        actions.raise_concern(Written("Mine"), [], ref=ref, by=w.cast.elin)
    assert Case.objects.count() == 1


def test_a_second_worry_about_the_same_person_is_a_case_of_its_own(w):
    first, second = (w.raised(w.cast.ben, w.cast.amara) for _time in range(2))
    actions.acknowledge(first, "Thank you.", by=w.sam)
    assert (fresh(first).state, fresh(second).state) == ("acknowledged", "raised")


@pytest.mark.both
def test_who_handles_what_is_the_same_in_both_reads(w):
    """`handlers`, who are mailed, and `visible_to`, who come to it, agree for every concern."""
    everybody = (w.sam, w.lena, w.ada, w.cast.carys, w.cast.ben, w.cast.amara)
    for about in ((), (w.sam,), (w.lena,), (w.cast.carys,), (w.cast.ben, w.sam)):
        case = w.raised(w.cast.ben, *about)
        told = {held.pk for held in queries.handlers(case)}
        assert told == {actor.membership.pk for actor in everybody if handle(case, actor) == [True]}
    assert OrganisationRole.objects.filter(role="safeguarding_lead", until=None).count() == 1
