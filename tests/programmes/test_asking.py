"""Asking somebody of the organisation to take part: the same doors as for others, and what each of them learns."""

from datetime import timedelta

import pytest

from alongside.foundation import clock
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import SYSTEM
from alongside.foundation.notifications.models import Mail
from alongside.people import actions as people
from alongside.programmes import actions, queries
from alongside.programmes.actions import Wish
from alongside.programmes.models import Answer, CalendarEntry, Design, Joining, JoiningMove, Participation, Programme
from alongside.programmes.queries import asking as found
from alongside.programmes.queries import joining as joinings
from tests import applying, cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def o():
    return applying.opened("")  # nobody can apply by themselves


def asked(o, actor, part: str = "mentee", *, words: str = "We thought of you.", again: bool = False) -> Joining:
    return actions.ask(o.programme, Wish(actor.membership, part, again), by=o.carys, words=words)


def enrolment_ended(o, days: int = 1) -> None:
    day = clock.today("Europe/London") - timedelta(days=days)
    CalendarEntry.objects.create(programme=o.programme, kind="enrol", day=day)


def told(actor) -> list[str]:
    return list(Mail.objects.filter(to_address=actor.account.email).order_by("id").values_list("kind", flat=True))


# --- asking, yes and no


def test_a_mentor_who_says_yes_takes_part_with_the_room_that_they_gave(o):
    joining = asked(o, o.amara, "mentor")
    actions.agree(joining, by=o.amara, room=3, fits=True)
    part = Participation.objects.get(membership=o.amara.membership)
    assert (joining.state, joining.reply, joining.participation) == ("taking_part", "yes", part)
    assert (part.part, part.capacity, part.room_said_at is not None, joining.fits) == ("mentor", 3, True, True)


def test_a_no_needs_no_reason_and_the_history_says_who_moved_when(o):
    joining = asked(o, o.ben)
    actions.decline(joining, by=o.ben)
    assert (joining.state, joining.reply) == ("declined", "no")
    assert [(str(line.what), line.by, line.words) for line in joinings.history(joining)] == [
        ("Asked to take part", "Carys Llewellyn", "We thought of you."),
        ("Not this time", "Ben Thomas", ""),
    ]
    assert not Participation.objects.filter(membership=o.ben.membership).exists()


def test_whoever_is_asked_gets_the_coordinators_words_and_the_coordinators_one_mail_a_day(o):
    for actor in (o.ben, o.elin):
        actions.decline(asked(o, actor), by=actor)
    body = Mail.objects.get(to_address=o.ben.account.email).body
    assert "“Rising leaders” as a mentee" in body
    assert "We thought of you." in body
    assert f"/programmes/{o.programme.slug}/join/mentee/answer/" in body
    assert told(o.carys) == ["invitation.answered"]


def test_after_a_no_somebody_is_asked_once_more_by_decision_and_never_again(o):
    actions.decline(asked(o, o.ben), by=o.ben)
    with pytest.raises(NotPossible, match="They have said no already"):
        asked(o, o.ben)
    actions.decline(asked(o, o.ben, again=True), by=o.ben)
    with pytest.raises(NotPossible, match="They have said no twice"):
        asked(o, o.ben, again=True)
    assert told(o.ben) == ["invitation.sent"] * 2


def test_a_question_that_is_taken_back_is_told_and_can_be_asked_again(o):
    joining = asked(o, o.ben)
    actions.recall(joining, by=o.dev)
    assert (joining.state, joining.reply) == ("recalled", "taken_back")
    with pytest.raises(NotPossible, match="This question was taken back"):
        actions.agree(joining, by=o.ben)
    with clock.set_to(clock.now() + timedelta(minutes=1)):
        asked(o, o.ben)
    assert told(o.ben) == ["invitation.sent", "invitation.taken_back", "invitation.sent"]


# --- who can be asked, and by whom


def test_only_people_who_have_joined_and_neither_take_part_nor_wait_are_asked(o):
    listed = identity.add_membership(organisation=o.carys.organisation, name="Nia Rees", work_address="", by=SYSTEM)
    cast.takes_part(o.programme, o.elin, "mentee", o.carys)
    stranger = cast.member("Leila Haddad", cast.organisation("Harbour Trust", "Ruth Hart"))
    for member, part, words in (
        (listed, "mentee", "Nia Rees cannot sign in"),
        (o.elin.membership, "mentee", "Elin Berg takes part already"),
        (o.elin.membership, "coordinator", "Coordinators are added"),
        (stranger.membership, "mentee", "Only people of the same organisation"),
    ):
        with pytest.raises(NotPossible, match=words):
            actions.ask(o.programme, Wish(member, part), by=o.carys)
    asked(o, o.ben)
    with pytest.raises(NotPossible, match="has not been answered yet"):
        asked(o, o.ben)
    assert not Joining.objects.exclude(membership=o.ben.membership).exists()


def test_nobody_asks_themselves_or_in_a_programme_of_others_and_only_the_asked_one_answers(o):
    with pytest.raises(NotPossible, match="Nobody decides about themselves"):
        actions.ask(o.programme, Wish(o.carys.membership, "mentor"), by=o.carys)
    with pytest.raises(NotPossible, match="Only coordinators"):
        actions.ask(o.programme, Wish(o.ben.membership, "mentor"), by=o.amara)
    joining = asked(o, o.ben)
    with pytest.raises(NotPossible, match="Only whoever applied"):
        actions.agree(joining, by=o.elin)
    with pytest.raises(NotPossible, match="Only whoever applied"):
        actions.decline(joining, by=o.carys)


def test_of_several_those_are_asked_who_can_be(o):
    cast.takes_part(o.programme, o.elin, "mentee", o.carys)
    wishes = [Wish(actor.membership, "mentee") for actor in (o.ben, o.elin, o.amara)]
    outcome = actions.ask_all(o.programme, wishes, by=o.carys)
    assert outcome == actions.Asked(2, [(o.elin.membership, "Elin Berg takes part already.")])


# --- the same doors as for others


def test_a_yes_needs_a_free_place_and_the_question_stays_open(o):
    Design.objects.filter(programme=o.programme).update(mentee_places=1)
    first, second = asked(o, o.ben), asked(o, o.elin)
    actions.agree(first, by=o.ben)
    with pytest.raises(NotPossible, match="The one place is taken"):
        actions.agree(second, by=o.elin)
    second.refresh_from_db()
    assert second.state == "invited"


def test_one_person_is_either_mentor_or_mentee_unless_the_programme_says_otherwise(o):
    mentor, mentee = asked(o, o.ben, "mentor"), asked(o, o.ben, "mentee")
    actions.agree(mentor, by=o.ben)
    with pytest.raises(NotPossible, match="one person is either mentor or mentee"):
        actions.agree(mentee, by=o.ben)
    actions.decline(mentee, by=o.ben)
    with pytest.raises(NotPossible, match="one person is either mentor or mentee"):
        asked(o, o.ben, "mentee", again=True)
    Design.objects.filter(programme=o.programme).update(one_in_both=True)
    actions.agree(asked(o, o.ben, "mentee", again=True), by=o.ben)


def test_nobody_is_asked_to_whom_everybody_with_a_role_would_be_near(o):
    """Sam is the only one who handles concerns and manages Elin; each of them would have nobody else to turn to."""
    sam = cast.member("Sam Osei", o.carys.organisation, "safeguarding_lead")
    people.set_manager(o.elin.membership, sam.membership, by=o.carys)
    for actor in (sam, o.elin):
        words = f"^Name another safeguarding lead or alternate for {actor.membership.name}$"
        with pytest.raises(NotPossible, match=words):
            asked(o, actor)
    assert asked(o, o.ben).state == "invited"
    identity.grant_role(o.amara.membership, "safeguarding_alternate", by=SYSTEM)
    assert {asked(o, actor).state for actor in (sam, o.elin)} == {"invited"}


def test_nobody_is_asked_whom_every_coordinator_manages(o):
    people.set_manager(o.ben.membership, o.dev.membership, by=o.carys)
    assert asked(o, o.ben).state == "invited"  # Carys is from outside
    Participation.objects.filter(membership=o.carys.membership).update(until=clock.now())
    people.set_manager(o.elin.membership, o.dev.membership, by=o.carys)
    with pytest.raises(NotPossible, match=r"^Name another coordinator for Elin Berg$"):
        actions.ask(o.programme, Wish(o.elin.membership, "mentee"), by=o.dev)


def test_whoever_takes_part_already_mixes_nothing_up_by_another_part(o):
    Design.objects.filter(programme=o.programme).update(one_in_both=True)
    cast.takes_part(o.programme, o.ben, "mentee", o.carys)
    identity.grant_role(o.ben.membership, "safeguarding_lead", by=SYSTEM)
    assert asked(o, o.ben, "mentor").state == "invited"


def test_whoever_would_have_roles_that_are_kept_apart_reads_no_names_of_others(o):
    sam = cast.member("Sam Osei", o.carys.organisation)
    joining = asked(o, sam, "mentee")
    identity.grant_role(sam.membership, "safeguarding_lead", by=SYSTEM)  # after they were asked
    with pytest.raises(NotPossible) as refused:
        actions.agree(joining, by=sam)
    assert str(refused.value).startswith("In this part you would have two roles that this programme keeps apart.")
    assert not Participation.objects.filter(membership=sam.membership).exists()


def test_after_a_yes_there_is_no_application_to_go_back_to(o):
    joining = asked(o, o.ben)
    actions.agree(joining, by=o.ben)
    with pytest.raises(NotPossible, match="They said yes when they were asked"):
        actions.undo(joining, by=o.carys)


# --- beside applications


def test_what_somebody_has_begun_to_write_stays_their_own_and_is_not_betrayed():
    o = applying.opened()
    begun = actions.begin(o.programme, "mentee", by=o.ben)
    actions.keep(begun, o.said("Half a thought."), by=o.ben)
    joining = asked(o, o.ben)
    assert joining == begun
    assert not joinings.answers_visible_to(o.carys).exists()
    assert [str(line.what) for line in found.history(joining)] == ["Asked to take part"]
    actions.decline(joining, by=o.ben)
    actions.begin(o.programme, "mentee", by=o.ben)
    assert found.asked_by(o.carys).get().reply == "no"
    assert joinings.said(joining) == {o.questions()[applying.WHY]: "Half a thought."}


def test_a_yes_deletes_a_draft_that_nobody_needs_any_more():
    o = applying.opened()
    actions.keep(actions.begin(o.programme, "mentee", by=o.ben), o.said("Half a thought."), by=o.ben)
    actions.agree(asked(o, o.ben), by=o.ben)
    assert not Answer.objects.exists()


def test_being_asked_for_one_part_does_not_keep_anybody_from_applying_for_the_other():
    o = applying.opened()
    asked(o, o.ben, "mentor")
    assert o.applied(o.ben, "mentee").state == "applied"


def test_whoever_is_added_while_asked_takes_part_and_is_asked_no_more(o):
    joining = asked(o, o.ben)
    cast.takes_part(o.programme, o.ben, "mentee", o.carys)
    joining.refresh_from_db()
    assert (joining.state, joining.reply) == ("taking_part", "added")


def test_the_waiting_list_and_the_applications_do_not_count_whoever_is_asked(o):
    joining = asked(o, o.ben)
    assert not joinings.waiting_list(o.programme, "mentee").exists()
    assert not joinings.sent_to(o.carys).exists()
    assert list(found.asked_by(o.carys)) == [joining]
    assert not queries.takers(o.programme).exists()


# --- the end of enrolment, of a round, of a membership


def test_what_is_not_answered_by_the_end_of_enrolment_ends_by_itself(o):
    other = applying.opened("")
    joining, stays = asked(o, o.ben), asked(other, other.ben)
    enrolment_ended(o)
    with pytest.raises(NotPossible, match="Enrolment ended on"):
        actions.agree(joining, by=o.ben)
    seen = []
    assert actions.lapse_unanswered(progress=lambda done, of: seen.append((done, of))) == 1
    joining.refresh_from_db()
    stays.refresh_from_db()
    assert (joining.state, joining.reply, stays.state, seen) == ("lapsed", "lapsed", "invited", [(0, 1)])
    assert actions.lapse_unanswered(progress=lambda done, of: None) == 0
    with pytest.raises(NotPossible, match="Enrolment ended on"):
        asked(o, o.ben)


def test_on_the_last_day_of_enrolment_a_yes_still_counts(o):
    joining = asked(o, o.ben)
    enrolment_ended(o, days=0)
    assert actions.lapse_unanswered(progress=lambda done, of: None) == 0
    actions.agree(joining, by=o.ben)
    assert joining.state == "taking_part"


def test_a_closed_round_and_a_left_organisation_end_the_question_without_a_mail(o):
    first, second = asked(o, o.ben), asked(o, o.elin)
    identity.leave(o.ben.membership, by=SYSTEM)
    actions.close(o.programme, by=o.carys)
    assert [Joining.objects.get(pk=held.pk).reply for held in (first, second)] == ["lapsed", "lapsed"]
    assert told(o.elin) == ["invitation.sent"]


# --- before the launch


@pytest.fixture
def draft(o):
    Programme.objects.filter(pk=o.programme.pk).update(state="draft", launched_at=None)
    o.programme.refresh_from_db()
    cast.launchable(o.programme, o.carys)
    return o


def test_in_preparation_the_mail_is_kept_and_the_launch_asks(draft):
    asked(draft, draft.amara, "mentor")
    asked(draft, draft.ben, "mentee")
    assert list(Mail.objects.values_list("state", flat=True)) == ["rehearsed"] * 2
    assert not joinings.own(draft.ben).exists()
    with pytest.raises(NotPossible, match="still being prepared"):
        actions.agree(Joining.objects.get(part="mentee"), by=draft.ben)
    actions.launch(draft.programme, by=draft.carys)
    assert {mail.to_address for mail in Mail.objects.filter(kind="invitation.sent")} == {
        draft.amara.account.email,
        draft.ben.account.email,
    }
    assert not Mail.objects.filter(state="rehearsed").exists()
    actions.agree(Joining.objects.get(part="mentee"), by=draft.ben)


def test_what_is_taken_back_before_the_launch_is_never_heard_of(draft):
    for actor, part in ((draft.amara, "mentor"), (draft.ben, "mentee"), (draft.elin, "mentee")):
        asked(draft, actor, part)
    actions.recall(Joining.objects.get(membership=draft.ben.membership), by=draft.carys)
    actions.launch(draft.programme, by=draft.carys)
    assert told(draft.ben) == []
    assert not joinings.own(draft.ben).exists()


def test_a_launch_waits_for_a_part_that_nobody_plays_and_nobody_is_asked_for(draft):
    asked(draft, draft.amara, "mentor")
    with pytest.raises(NotPossible, match="Add one mentee or more"):
        actions.launch(draft.programme, by=draft.carys)


# --- who reads it


def test_who_was_asked_is_read_by_coordinators_and_each_by_themselves(o):
    joining, own = asked(o, o.ben), actions.ask(o.programme, Wish(o.dev.membership, "mentee"), by=o.carys)
    cast.takes_part(o.programme, o.amara, "mentor", o.carys)
    assert list(found.asked_visible_to(o.ben)) == [joining]
    assert set(found.asked_visible_to(o.carys)) == {joining, own}
    assert list(found.asked_by(o.dev)) == [joining]
    assert not found.asked_visible_to(o.amara).exists()
    assert JoiningMove.objects.filter(step="invite").count() == 2
