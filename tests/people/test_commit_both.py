"""Taking a roster in on both databases: made dirty, twice, wholly or not at all."""

import pytest

from alongside.foundation import hooks, jobs, search
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import System
from alongside.foundation.identity.models import Membership
from alongside.people import actions, queries
from alongside.people.actions import indexing
from alongside.people.models import Link, Profile, ProfileSkill, RosterImport, RosterRow, Skill
from alongside.people.roster.reading import read
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.both]

HEADER = (
    "Employee no,Name,Known as,Email,Job title,Manager email,Role,Capacity,Skills to offer,Wants to develop,Languages"
)
FIRST = [
    "1,Amara Okafor,,amara@x.example,Ward lead,,Mentor,2,Budgeting;BUDGETING;Chairing,,English",
    "2,Ben Thomas,Benny,BEN@x.example,Nurse,amara@x.example,Mentee,,,budgeting,English;Welsh",
    "3,Zoë Núñez,,,Analyst,ben@x.example,,,,,",
    "4,Gone Manager,,gone@x.example,Porter,left@x.example,Boss,,,,",
]
SECOND = [
    "1,Amara Okafor,,amara@x.example,Matron,,Mentor,3,Budgeting;Networking,,",
    "2,Ben Thomas,Ben,ben@x.example,Nurse,3,Mentee,,,,",
    "3,Zoë Núñez,,zoe@x.example,Analyst,amara@x.example,,,,,",
]


def staged(organisation, *rows):
    table = read("\n".join([HEADER, *rows]).encode(), "people.csv")
    roster = actions.begin_import(table, organisation=organisation, by=System(organisation))
    roster.tally = actions.stage_roster(roster, table)
    return roster


def take_in(organisation, *rows):
    roster = staged(organisation, *rows)
    actions.commit_roster(roster, by=System(organisation))
    tally = roster.tally
    return {name: tally.numbers()[name] for name in ("created", "changed", "unchanged", "refused")}


def everything():
    return [list(model.objects.order_by("pk").values()) for model in (Membership, Profile, Skill, ProfileSkill, Link)]


@pytest.fixture
def northgate():
    return cast.organisation()


def person(number):
    return Membership.objects.get(employee_number=number)


def test_a_dirty_roster_twice_gives_no_difference(northgate):
    assert take_in(northgate, *FIRST) == {"created": 3, "changed": 0, "unchanged": 0, "refused": 1}
    before = everything()
    assert take_in(northgate, *FIRST) == {"created": 0, "changed": 0, "unchanged": 3, "refused": 1}
    assert everything() == before


def test_the_next_roster_changes_what_it_says_and_erases_nothing_it_leaves_empty(northgate):
    take_in(northgate, *FIRST)
    assert take_in(northgate, SECOND[0], SECOND[2]) == {"created": 0, "changed": 2, "unchanged": 0, "refused": 0}

    amara, zoe = person("1"), person("3")
    profile = Profile.objects.get(membership=amara)
    assert (profile.job_title, profile.roster_capacity, profile.languages) == ("Matron", 3, ["English"])
    assert queries.skills_of(amara, "offered") == ["Budgeting", "Chairing", "Networking"]
    assert zoe.work_address == "zoe@x.example"
    assert list(queries.managers(zoe)) == [amara]
    assert Link.objects.filter(target=zoe, until__isnull=False).count() == 1
    assert sorted(Skill.objects.values_list("name", flat=True)) == ["Budgeting", "Chairing", "Networking"]


def test_what_people_say_of_themselves_is_theirs_once_they_have_joined(northgate):
    take_in(northgate, *FIRST)
    ben = cast.member("Ben Account", northgate).account
    Membership.objects.filter(account=ben).update(account=None, state="left")
    Membership.objects.filter(employee_number="2").update(account=ben, state="active")
    take_in(northgate, "2,Benjamin Thomas,B,ben@x.example,Matron,,Mentor,,Singing,,French")

    held = Profile.objects.select_related("membership").get(membership__employee_number="2")
    assert (held.membership.name, held.job_title, held.roster_role) == ("Benjamin Thomas", "Matron", "mentor")
    assert (held.membership.known_as, held.languages) == ("Benny", ["English", "Welsh"])
    assert queries.skills_of(held.membership, "offered") == []


def found(organisation, query):
    everybody = Membership.objects.filter(organisation=organisation)
    return [held.name for held in search.match(everybody, organisation, queries.SEARCH_KIND, query)]


def test_whoever_came_is_found_by_name_job_and_skill_once_the_queued_work_has_run(northgate):
    take_in(northgate, *FIRST)
    assert found(northgate, "nunez") == []
    jobs.run_pending()
    assert found(northgate, "nunez") == ["Zoë Núñez"]
    assert found(northgate, "ward okaf") == found(northgate, "chair") == ["Amara Okafor"]
    take_in(northgate, SECOND[0])
    jobs.run_pending()
    assert (found(northgate, "ward"), found(northgate, "matron")) == ([], ["Amara Okafor"])


def test_making_people_findable_goes_on_where_it_was_stopped(northgate, monkeypatch):
    take_in(northgate, *FIRST)
    monkeypatch.setattr(indexing, "_BATCH", 1)
    index_many, asked = search.index_many, []

    def breaks_at_the_second_batch(organisation, kind, texts):
        asked.append(list(texts))
        if len(asked) == 3:  # each batch fills two indexes
            raise RuntimeError("the power went")
        index_many(organisation, kind, asked[-1])

    monkeypatch.setattr(search, "index_many", breaks_at_the_second_batch)
    with pytest.raises(RuntimeError):
        actions.index_roster(RosterImport.objects.get())
    people = ["Amara Okafor", "Ben Thomas", "Zoë Núñez"]
    first = [name for name in people if found(northgate, name)]
    assert len(first) == 1
    actions.index_roster(RosterImport.objects.get())
    assert [found(northgate, name) for name in people] == [[name] for name in people]
    assert [len(texts) for texts in asked] == [1] * 7
    assert asked[2] == asked[3] != asked[0]


def test_a_roster_is_taken_in_once_and_wholly_or_not_at_all(northgate, monkeypatch):
    by = System(northgate)
    roster = staged(northgate, *FIRST)

    def breaks(*args):
        raise RuntimeError("the power went")

    with monkeypatch.context() as broken:
        broken.setattr(hooks.import_steps, "_held", [hooks.ImportStep("test", breaks)])
        with pytest.raises(RuntimeError):
            actions.commit_roster(roster, by=by)
    assert Membership.objects.count() == 1
    assert RosterImport.objects.get().state == "ready"

    actions.commit_roster(roster, by=by)
    with pytest.raises(NotPossible):
        actions.commit_roster(roster, by=by)
    assert Membership.objects.count() == 4


@pytest.mark.parametrize("taken", [{"work_address": "Ben@X.example"}, {"employee_number": "3"}])
def test_a_key_that_is_taken_since_the_check_keeps_everybody_out(northgate, taken):
    roster = staged(northgate, *FIRST)
    Membership.objects.create(organisation=northgate, name="Carys Late", **taken)
    with pytest.raises(NotPossible, match="have changed since the check"):
        actions.commit_roster(roster, by=System(northgate))
    assert sorted(Membership.objects.values_list("name", flat=True)) == ["Ada Winter", "Carys Late"]
    assert RosterImport.objects.get().state == "ready"
    assert not Skill.objects.exists()


def test_only_what_the_check_found_to_differ_is_changed(northgate):
    take_in(northgate, *FIRST)
    roster = staged(northgate, "1,Amara Okafor,,amara@x.example,Matron,,Mentor,2,,,English")
    Profile.objects.filter(membership=person("1")).update(roster_capacity=5, languages=["Welsh"])
    actions.commit_roster(roster, by=System(northgate))
    profile = Profile.objects.get(membership=person("1"))
    assert (profile.job_title, profile.roster_capacity, profile.languages) == ("Matron", 5, ["Welsh"])


def test_somebody_without_a_profile_gets_one_from_the_roster(northgate):
    Membership.objects.create(organisation=northgate, name="Priya Shah", employee_number="9")
    take_in(northgate, "9,Priya Shah,,priya@x.example,Sister,,,,Chairing,,English")
    profile = Profile.objects.get(membership__work_address="priya@x.example")
    assert (profile.job_title, profile.start_date, profile.languages) == ("Sister", None, ["English"])
    assert queries.skills_of(profile.membership, "offered") == ["Chairing"]


def test_rows_are_deleted_after_thirty_days_and_what_was_never_taken_in_is_discarded(northgate, time_machine):
    time_machine.move_to("2026-10-01 09:00:00+00:00")
    take_in(northgate, *FIRST)
    table = read("\n".join([HEADER, *SECOND]).encode(), "later.csv")
    waiting = actions.begin_import(table, organisation=northgate, by=System(northgate))
    actions.stage_roster(waiting, table)

    time_machine.move_to("2026-10-30 09:00:00+00:00")
    assert actions.delete_old_rows() == 0
    time_machine.move_to("2026-10-31 10:00:00+00:00")
    assert actions.delete_old_rows() == 2
    assert not RosterRow.objects.exists()
    assert set(RosterImport.objects.values_list("file_name", "state")) == {
        ("people.csv", "done"),
        ("later.csv", "discarded"),
    }
    assert Membership.objects.filter(employee_number="2").exists()


def test_later_packages_have_their_part_within_the_taking_in(northgate, monkeypatch):
    seen = []

    def apply(roster, by):
        seen.extend((row.membership.name, row.data["role"], row.data["capacity"]) for row in queries.people_of(roster))

    monkeypatch.setattr(hooks.import_steps, "_held", [hooks.ImportStep("test", apply)])
    take_in(northgate, *FIRST)
    assert seen == [("Amara Okafor", "mentor", 2), ("Ben Thomas", "mentee", None), ("Zoë Núñez", "", None)]
