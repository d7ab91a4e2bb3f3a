"""What happens to goals: written, shared, marked, reached, let go, taken up again."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from alongside.foundation import clock, vault
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.notifications.models import Mail
from alongside.goals import actions, queries
from alongside.goals.actions import Wanted
from alongside.goals.models import Goal, GoalMark
from alongside.relationships import actions as relationships
from alongside.relationships.models import Relationship
from tests import cast as people
from tests.goals.conftest import HANDOVER, at_stage

WANTED = Wanted(words=HANDOVER, start=3, hope=8, why="Nights go better", start_words="Notes on paper", signs="Calm")


def stage_of(cast) -> str:
    return Relationship.objects.get(pk=cast.relationship.pk).stage


def entries() -> list[str]:
    return list(AuditEntry.objects.filter(name__startswith="goal.").order_by("position").values_list("name", flat=True))


def test_the_first_goal_takes_the_pair_from_direction_to_progress(cast, write):
    assert stage_of(cast) == "direct"
    write()
    assert stage_of(cast) == "progress"


def test_a_goal_written_while_getting_to_know_each_other_moves_nothing(cast, write):
    at_stage(cast, "connect", "accepted")
    write()
    assert stage_of(cast) == "connect"


def test_what_is_written_can_be_read_again_by_its_owner(cast):
    goal = actions.add(cast.pair(cast.ben), WANTED._replace(target_on=date(2030, 6, 1)), by=cast.ben)
    [seen] = queries.of_pair(cast.ben, cast.pair(cast.ben))
    said = (seen.words, seen.why, seen.signs, seen.start_words)
    assert said == (HANDOVER, "Nights go better", "Calm", "Notes on paper")
    assert (seen.goal.pk, seen.goal.start, seen.goal.hope, seen.now) == (goal.pk, 3, 8, 3)
    assert seen.goal.target_on == date(2030, 6, 1)


def test_the_words_lie_sealed_with_the_mentees_own_key(cast, write):
    write(why="A secret reason")
    stored = Goal.objects.get()
    assert HANDOVER.encode() not in bytes(stored.words)
    vault.destroy(cast.relationship.key_owner)
    assert vault.unseal_one(stored.words, vault.place(stored, "words")) == HANDOVER
    vault.destroy(cast.ben.membership.key_owner)
    assert vault.unseal_one(stored.words, vault.place(stored, "words")) is None


@pytest.mark.both
def test_two_texts_of_a_goal_that_changed_places_do_not_open(cast, write):
    write(why="A secret reason")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE goals_goal SET words = why, why = words")
    with pytest.raises(vault.BadSeal):
        queries.of_pair(cast.ben, cast.pair(cast.ben))


def test_an_erased_goal_says_so_and_keeps_its_numbers(cast, write):
    write(shared=True, start=2, hope=6)
    vault.destroy(cast.ben.membership.key_owner)
    [seen] = queries.of_pair(cast.amara, cast.pair(cast.amara))
    assert (seen.words, seen.title, seen.goal.hope) == (None, "These words were erased.", 6)


def test_the_mentor_writes_no_goal(cast):
    with pytest.raises(NotPossible, match="Goals are written by the mentee"):
        actions.add(cast.pair(cast.amara), WANTED, by=cast.amara)
    assert not Goal.objects.exists()


def test_nobody_else_changes_a_goal(cast, write):
    goal = write(shared=True)
    for change in (
        lambda: actions.change(goal, WANTED, by=cast.amara),
        lambda: actions.mark(goal, value=5, by=cast.amara),
        lambda: actions.reach(goal, by=cast.amara),
        lambda: actions.unshare(goal, by=cast.amara),
    ):
        with pytest.raises(NotPossible, match="Goals are written by the mentee"):
            change()
    goal.refresh_from_db()
    assert (goal.state, goal.shared, GoalMark.objects.count()) == ("active", True, 0)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"hope": 3}, "Choose a hope that is above where you start."),
        ({"words": "  \n "}, "Write what you want in your own words."),
        ({"target_on": date(2020, 1, 1)}, "Choose a day from today on."),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(cast, change, said):
    with pytest.raises(NotPossible, match=said):
        actions.add(cast.pair(cast.ben), WANTED._replace(**change), by=cast.ben)
    assert (Goal.objects.count(), entries()) == (0, [])


def test_a_form_sent_twice_makes_one_goal(cast):
    first = actions.add(cast.pair(cast.ben), WANTED, by=cast.ben, ref="abcdefghijkl")
    second = actions.add(cast.pair(cast.ben), WANTED, by=cast.ben, ref="abcdefghijkl")
    assert (first.pk, Goal.objects.count()) == (second.pk, 1)
    assert entries() == ["goal.added"]


def test_the_name_of_another_ones_form_is_refused(cast):
    other = at_stage(people.pair(people.organisation("Harbour Trust")), "direct")
    actions.add(other.pair(other.ben), WANTED, by=other.ben, ref="abcdefghijkl")
    with pytest.raises(NotPossible, match="Open the form again"):
        actions.add(cast.pair(cast.ben), WANTED, by=cast.ben, ref="abcdefghijkl")
    assert Goal.objects.get().owner_id == other.ben.membership.pk


def test_sharing_tells_the_mentor_without_a_word_of_the_goal(cast, write):
    goal = write()
    Mail.objects.all().delete()
    actions.share(goal, by=cast.ben)
    actions.share(goal, by=cast.ben)
    [mail] = Mail.objects.all()
    assert (mail.to_account_id, mail.kind) == (cast.amara.account.pk, "goal.shared")
    assert HANDOVER not in str([getattr(mail, field.name) for field in Mail._meta.concrete_fields])
    assert entries() == ["goal.added", "goal.shared"]
    actions.unshare(goal, by=cast.ben)
    assert entries()[-1] == "goal.unshared"
    assert queries.of_pair(cast.amara, cast.pair(cast.amara)) == []


def test_a_private_goal_tells_nobody(cast, write):
    Mail.objects.all().delete()
    write()
    assert not Mail.objects.filter(kind__startswith="goal.").exists()


def test_no_audit_entry_holds_a_word_of_a_goal(cast, write):
    goal = write("Zephyrine", shared=True, why="Quillon", start_words="Marrowbone", signs="Thistledown")
    actions.mark(goal, value=5, words="Oriole", by=cast.ben)
    told = str(list(AuditEntry.objects.values()))
    assert "goal.marked" in told
    assert not [word for word in ("Zephyrine", "Quillon", "Marrowbone", "Thistledown", "Oriole") if word in told]


def test_marks_make_the_way_and_a_second_one_on_a_day_takes_the_firsts_place(cast, write):
    begun = datetime(2026, 10, 1, 9, tzinfo=UTC)
    with clock.set_to(begun):
        goal = write(start=2)
    with clock.set_to(begun + timedelta(days=11)):
        actions.mark(goal, value=3, words="First try", by=cast.ben)
        actions.mark(goal, value=4, words="Better", by=cast.ben)
    with clock.set_to(begun + timedelta(days=28)):
        actions.mark(goal, value=7, by=cast.ben)
    [seen] = queries.of_pair(cast.ben, cast.pair(cast.ben))
    assert [(mark.on, mark.value, mark.words) for mark in seen.marks] == [
        (date(2026, 10, 12), 4, "Better"),
        (date(2026, 10, 29), 7, ""),
    ]
    assert (seen.goal.start, seen.now, seen.goal.hope) == (2, 7, 8)


def test_the_day_of_a_mark_is_the_owners_own(cast, write):
    goal = write()
    cast.ben.account.timezone = "Pacific/Auckland"
    with clock.set_to(datetime(2026, 11, 24, 22, tzinfo=UTC)):
        assert actions.mark(goal, value=4, by=cast.ben).on == date(2026, 11, 25)


def test_the_starting_point_can_be_mended_until_something_is_marked(cast, write):
    goal = write(start=3, start_words="Notes")
    actions.change(goal, WANTED._replace(start=4, start_words="Notes on paper"), by=cast.ben)
    actions.mark(goal, value=5, by=cast.ben)
    with pytest.raises(NotPossible, match="The starting point stays"):
        actions.change(goal, WANTED._replace(start=1, start_words="Notes on paper"), by=cast.ben)
    actions.change(goal, WANTED._replace(start=4, start_words="Notes on paper", hope=9), by=cast.ben)
    goal.refresh_from_db()
    assert (goal.start, goal.hope) == (4, 9)


def test_reached_let_go_and_taken_up_again(cast, write):
    goal = write()
    actions.reach(goal, by=cast.ben)
    with pytest.raises(NotPossible, match="This goal is reached already"):
        actions.reach(goal, by=cast.ben)
    with pytest.raises(NotPossible, match="Take this goal up again first"):
        actions.mark(goal, value=9, by=cast.ben)
    actions.reopen(goal, by=cast.ben)
    actions.let_go(goal, by=cast.ben)
    goal.refresh_from_db()
    assert goal.state == "let_go"
    assert goal.settled_at is not None
    assert entries() == ["goal.added", "goal.reached", "goal.reopened", "goal.let_go"]


def test_taking_up_the_only_goal_again_moves_the_pair_on(cast, write):
    at_stage(cast, "connect")
    goal = write()
    actions.let_go(goal, by=cast.ben)
    at_stage(cast, "direct")
    actions.reopen(goal, by=cast.ben)
    assert stage_of(cast) == "progress"


def test_nothing_is_written_before_both_have_said_yes(db):
    cast = people.pair(answered=False)
    with pytest.raises(NotPossible, match="once both of you have said yes"):
        actions.add(cast.pair(cast.ben), WANTED, by=cast.ben)


def test_after_the_end_goals_are_read_and_not_written(cast, write):
    goal = write(shared=True)
    relationships.end(cast.pair(cast.amara), by=cast.amara)
    for change in (
        lambda: actions.add(cast.pair(cast.ben), WANTED, by=cast.ben),
        lambda: actions.change(goal, WANTED, by=cast.ben),
        lambda: actions.share(goal, by=cast.ben),
        lambda: actions.mark(goal, value=5, by=cast.ben),
        lambda: actions.let_go(goal, by=cast.ben),
    ):
        with pytest.raises(NotPossible, match="Your time together has ended"):
            change()
    for actor in (cast.ben, cast.amara):
        assert [seen.words for seen in queries.of_pair(actor, cast.pair(actor))] == [HANDOVER]


@pytest.mark.parametrize(
    "change", [{"hope": 3}, {"hope": 11}, {"state": "reached"}, {"settled_at": datetime(2026, 1, 1, tzinfo=UTC)}]
)
def test_the_database_refuses_a_goal_that_cannot_be(write, change):
    goal = write(start=3)
    with pytest.raises(IntegrityError), transaction.atomic():
        Goal.objects.filter(pk=goal.pk).update(**change)


def test_the_database_keeps_one_mark_a_day(write):
    goal = write()
    GoalMark.objects.create(goal=goal, on=date(2026, 11, 24), value=4)
    with pytest.raises(IntegrityError), transaction.atomic():
        GoalMark.objects.create(goal=goal, on=date(2026, 11, 24), value=5)
    with pytest.raises(IntegrityError), transaction.atomic():
        GoalMark.objects.create(goal=goal, on=date(2026, 11, 25), value=11)
