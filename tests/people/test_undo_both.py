"""An import is taken back: everything is as it was before, wholly or not at all, until somebody has acted on it."""

import pytest

from alongside.foundation import jobs, search
from alongside.foundation.events.log import first_fault
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import System
from alongside.foundation.identity.models import Membership
from alongside.foundation.search.models import Word
from alongside.people import actions, queries
from alongside.people.models import Link, Profile, ProfileSkill, RosterImport, RosterLeaver, RosterRow, Skill
from alongside.people.queries.undoing import acted_on
from alongside.people.roster.reading import read
from tests import cast
from tests.people.test_commit_both import FIRST, HEADER, person, staged

pytestmark = [pytest.mark.django_db, pytest.mark.both]
LATER = [
    "1,Amara O. Okafor,,amara@new.example,Matron,,Mentee,3,Budgeting;Networking,Singing,Welsh",
    "2,Ben Thomas,Ben,ben@x.example,Matron,zoe@x.example,Mentee,,,Chairing,",
    "3,Zoë Núñez,,zoe@x.example,Analyst,amara@new.example,,,,,",
    "5,Dev Patel,,dev@x.example,Porter,ben@x.example,Mentor,,Juggling,,English",
    "6,Elin Berg,,elin@x.example,Porter,dev@x.example,,,,,",
]


@pytest.fixture
def northgate():
    return cast.organisation()


def taken_in(organisation, *rows):
    roster = staged(organisation, *rows)
    for asked in RosterRow.objects.filter(roster_import=roster, outcome="question"):
        actions.answer_question(asked, "same", by=System(organisation))
    actions.commit_roster(roster, by=System(organisation))
    return roster


def undo(roster, **more):
    actions.undo_import(roster, by=System(roster.organisation), **more)


def everything():
    """All that is kept of people, but when it was written last."""
    left_out = {"changed_at"}
    return [
        [
            {name: value for name, value in row.items() if name not in left_out}
            for row in model.objects.order_by("pk").values()
        ]
        for model in (Membership, Profile, Skill, ProfileSkill, Link)
    ]


def test_what_a_first_import_made_is_gone(northgate, django_capture_on_commit_callbacks):
    before = everything()
    with django_capture_on_commit_callbacks(execute=True):
        roster = taken_in(northgate, *FIRST)
        undo(roster)
    assert everything() == before
    roster.refresh_from_db()
    assert (roster.state, roster.counts["undone"]) == (
        "undone", {"created": 3, "changed": 0, "spared": 0, "returned": 0},
    )  # fmt: skip
    entry = AuditEntry.objects.get(name="roster.undone")
    assert (entry.about_ref, entry.codes["created"]) == (roster.ref, 3)
    assert first_fault() is None


def test_what_a_later_import_changed_is_as_it_was(northgate):
    taken_in(northgate, *FIRST)
    before = everything()
    roster = taken_in(northgate, *LATER)
    assert Membership.objects.count() == 6
    assert everything() != before
    undo(roster)
    assert everything() == before
    assert list(queries.managers(person("2"))) == [person("1")]


def test_dates_and_places_that_were_empty_are_empty_again(northgate):
    taken_in(northgate, "1,Amara Okafor,,amara@x.example,Ward lead,,Mentor,,,,")
    roster = taken_in(northgate, "1,Amara Okafor,,amara@x.example,Ward lead,,Mentor,4,,,")
    assert Profile.objects.get(membership=person("1")).roster_capacity == 4
    undo(roster)
    assert Profile.objects.get(membership=person("1")).roster_capacity is None


def test_a_second_press_changes_nothing(northgate):
    roster = taken_in(northgate, *FIRST)
    undo(roster)
    before = everything()
    with pytest.raises(NotPossible, match="has been taken back already"):
        undo(roster)
    assert everything() == before
    assert AuditEntry.objects.filter(name="roster.undone").count() == 1


def test_what_was_taken_back_can_be_brought_in_again(northgate):
    roster = taken_in(northgate, *FIRST)
    undo(roster)
    again = taken_in(northgate, *FIRST)
    assert again.tally.numbers()["created"] == 3
    assert Membership.objects.count() == 4


def _invite(carys):
    actions.invite([person("2")], by=carys)


def _change(carys):
    actions.change_profile(person("2"), by=carys, headline="I am Ben")


def _link(carys):
    actions.set_manager(carys.membership, person("2"), by=carys)


def _role(carys):
    identity.grant_role(person("2"), "supervisor", by=carys)


def _programme(carys):
    programme = cast.programme(carys)
    from alongside.programmes.actions import Place, add_participants

    add_participants(programme, [Place(person("2"), "mentee")], by=carys)


def _suspend(carys):
    identity.suspend(person("2"), by=carys)


@pytest.mark.parametrize("act", [_invite, _change, _link, _role, _programme, _suspend])
def test_somebody_on_whom_somebody_has_acted_is_named_and_nothing_is_taken_back(northgate, act):
    carys = cast.member("Carys Llewellyn", northgate, "coordinator")
    roster = taken_in(northgate, *FIRST)
    act(carys)
    before = everything()
    with pytest.raises(NotPossible, match=r"Somebody has acted since on: Ben Thomas\.$"):
        undo(roster)
    assert everything() == before
    assert RosterImport.objects.get().state == "done"
    assert not RosterRow.objects.exclude(taken_back=None).exists()


def test_all_the_others_can_be_taken_back_if_somebody_says_so(northgate):
    carys = cast.member("Carys Llewellyn", northgate, "coordinator")
    roster = taken_in(northgate, *FIRST)
    _invite(carys)
    undo(roster, sparing=True)
    names = Membership.objects.order_by("name").values_list("name", flat=True)
    assert list(names) == ["Ada Winter", "Ben Thomas", "Carys Llewellyn"]
    assert (Profile.objects.filter(membership=person("2")).exists(), Link.objects.exists()) == (True, False)
    assert RosterImport.objects.get().counts["undone"] == {"created": 2, "changed": 0, "spared": 1, "returned": 0}
    assert sorted(RosterRow.objects.values_list("taken_back", flat=True), key=str) == [False, None, True, True]


@pytest.mark.parametrize("row", [FIRST[1], "2,Ben Thomas,Ben,ben@x.example,Matron,,Mentee,,,,"])
def test_whoever_a_later_roster_names_too_stays_until_that_one_is_taken_back(northgate, row):
    first = taken_in(northgate, *FIRST)
    second = taken_in(northgate, row)
    assert [member.name for member, _why in acted_on(first).named()] == ["Ben Thomas"]
    undo(second)
    undo(first)
    assert Membership.objects.count() == 1


def test_a_changed_person_who_changed_themselves_since_keeps_what_they_said(northgate):
    taken_in(northgate, *FIRST)
    roster = taken_in(northgate, *LATER)
    actions.change_profile(person("1"), by=System(northgate), headline="Ask me about wards")
    with pytest.raises(NotPossible, match=r"Amara O\. Okafor"):
        undo(roster)
    undo(roster, sparing=True)
    assert Profile.objects.get(membership=person("1")).job_title == "Matron"
    assert Profile.objects.get(membership=person("2")).job_title == "Nurse"


def test_an_address_that_somebody_else_has_by_now_keeps_everything_as_it_is(northgate):
    taken_in(northgate, *FIRST)
    roster = taken_in(northgate, "1,Amara Okafor,,amara@new.example,,,,,,,")
    actions.add_person(organisation=northgate, by=System(northgate), name="Other", work_address="amara@x.example")
    before = everything()
    with pytest.raises(NotPossible, match="belongs to somebody else by now"):
        undo(roster)
    assert everything() == before


def test_words_of_the_vocabulary_that_others_use_by_now_stay(northgate):
    roster = taken_in(northgate, *FIRST)
    carys = cast.member("Carys Llewellyn", northgate, "coordinator")
    actions.change_profile(carys.membership, by=carys, offered=["Chairing"])
    undo(roster)
    assert list(Skill.objects.values_list("name", flat=True)) == ["Chairing"]


def test_nobody_is_found_by_words_that_went_with_the_import(northgate):
    taken_in(northgate, *FIRST)
    jobs.run_pending()
    roster = taken_in(northgate, *LATER)
    jobs.run_pending()
    undo(roster)
    jobs.run_pending()
    everybody = Membership.objects.filter(organisation=northgate)

    def found(query):
        return [held.name for held in search.match(everybody, northgate, queries.SEARCH_KIND, query)]

    assert (found("matron"), found("ward lead"), found("dev")) == ([], ["Amara Okafor"], [])
    assert not Word.objects.filter(word__in=["juggling", "patel", "matron"]).exists()


def test_after_thirty_days_it_is_too_late(northgate, time_machine):
    time_machine.move_to("2026-10-01 09:00:00+00:00")
    roster = taken_in(northgate, *FIRST)
    time_machine.move_to("2026-10-31 10:00:00+00:00")
    with pytest.raises(NotPossible, match="for 30 days"):
        undo(roster)
    assert Membership.objects.count() == 4


def test_a_roster_that_waits_has_to_be_checked_again(northgate):
    roster = taken_in(northgate, *FIRST)
    waiting = staged(northgate, "2,Ben Thomas,Ben,ben@x.example,Matron,,,,,,")
    undo(roster)
    waiting.refresh_from_db()
    assert waiting.state == "columns"
    assert "Check the roster again" in waiting.fault
    table = read(f"{HEADER}\n2,Ben Thomas,Ben,ben@x.example,Matron,,,,,,".encode(), "people.csv")
    assert actions.stage_roster(waiting, table).numbers()["created"] == 1


def test_a_failure_in_the_middle_takes_nothing_back(northgate, monkeypatch):
    from alongside.people.actions import undoing

    roster = taken_in(northgate, *FIRST)
    before = everything()
    monkeypatch.setattr(undoing._Undoing, "_forget_words", lambda self: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        undo(roster)
    assert everything() == before
    assert RosterImport.objects.get().state == "done"


def test_whoever_left_because_of_it_comes_back(northgate):
    carys = cast.member("Carys Llewellyn", northgate, "coordinator")
    zoe = actions.add_person(organisation=northgate, by=carys, name="Zoe Rees", employee_number="Z")
    before = everything()
    roster = staged(northgate, *FIRST)
    actions.say_everybody(roster, True, by=carys)
    actions.commit_roster(roster, by=carys)
    actions.let_leave(roster, [zoe.ref], by=carys)
    jobs.run_pending()
    assert Membership.objects.get(pk=zoe.pk).state == "left"
    undo(roster)
    assert everything() == before
    assert RosterImport.objects.get().counts["undone"]["returned"] == 1
    assert not RosterLeaver.objects.exists()
