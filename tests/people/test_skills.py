"""The organisation's words for skills: proposals, other words, mergers and taking them back, on both databases."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from alongside.foundation import clock, jobs, search
from alongside.foundation.events.models import AuditEntry
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import System
from alongside.foundation.identity.models import Membership
from alongside.people import actions, queries, rules
from alongside.people.models import MergedEntry, ProfileSkill, Skill, SkillMerge
from alongside.people.queries import skills
from alongside.people.roster.reading import read
from alongside.people.terms import SkillState
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def northgate():
    return cast.organisation()


@pytest.fixture
def carys(northgate):
    return cast.member("Carys Llewellyn", northgate, "coordinator")


@pytest.fixture
def ward(northgate, carys):
    """Amara, Ben and Elin, who offer one skill or two."""
    amara, ben, elin = (cast.member(name, northgate) for name in ("Amara Okafor", "Ben Thomas", "Elin Berg"))
    say(amara, offered=["PM"])
    say(ben, offered=["PM", "Project management"])
    say(elin, offered=["Project management"], wanted=["PM"])
    return amara, ben, elin


def say(actor, **lists):
    actions.change_profile(actor.membership, by=actor, **lists)


def word(name) -> Skill:
    return Skill.objects.select_related("organisation").get(name=name)


def of(actor, side="offered"):
    return queries.skills_of(actor.membership, side)


def listed(actor, **narrowed):
    return [(held.name, held.offered, held.wanted) for held in skills.search(actor, **narrowed)]


def test_what_somebody_writes_counts_at_once_and_waits_to_be_looked_at(carys, ward):
    amara, _ben, _elin = ward
    assert of(amara) == ["PM"]
    assert word("PM").state == SkillState.PROPOSED
    assert listed(carys, state="proposed") == [("PM", 2, 1), ("Project management", 2, 0)]
    assert skills.suggestions(carys.organisation) == []


def test_accepted_words_are_suggested_and_proposals_are_not(northgate, carys, ward):
    accepted = actions.accept_skills(Skill.objects.filter(name="PM"), organisation=northgate, by=carys)
    assert accepted == 1
    assert skills.suggestions(northgate) == ["PM"]
    assert AuditEntry.objects.filter(name="skill.accepted").latest("position").codes == {"count": 1}


def test_whoever_types_another_word_gets_the_skill_it_leads_to(northgate, carys, ward):
    amara, *_rest = ward
    skill = actions.add_skill("Chairing meetings", organisation=northgate, by=carys)
    actions.add_other_word(skill, "Chairing", by=carys)
    say(amara, offered=["chairing", "Chairing meetings"])
    assert of(amara) == ["Chairing meetings"]
    assert skills.find(northgate, "CHAIRING") == skill


def roster(organisation, *rows):
    table = read("\n".join(["Employee no,Name,Skills to offer", *rows]).encode(), "people.csv")
    held = actions.begin_import(table, organisation=organisation, by=System(organisation))
    tally = actions.stage_roster(held, table)
    actions.commit_roster(held, by=System(organisation))
    return tally.numbers()


def test_a_roster_goes_by_other_words_too_and_the_same_roster_again_changes_nothing(northgate, carys):
    skill = actions.add_skill("Project management", organisation=northgate, by=carys)
    actions.add_other_word(skill, "PM", by=carys)
    assert roster(northgate, "1,Zoe Young,PM;Budgeting")["created"] == 1
    zoe = Membership.objects.get(name="Zoe Young")
    assert queries.skills_of(zoe, "offered") == ["Budgeting", "Project management"]
    assert word("Budgeting").state == SkillState.PROPOSED
    before = list(ProfileSkill.objects.order_by("pk").values())
    assert roster(northgate, "1,Zoe Young,PM;Budgeting")["unchanged"] == 1
    assert list(ProfileSkill.objects.order_by("pk").values()) == before


def test_a_merger_moves_everybodys_entries_and_nobody_has_two(northgate, carys, ward):
    amara, ben, elin = ward
    actions.merge_skills(word("PM"), word("Project management"), by=carys)
    assert (of(amara), of(ben), of(elin)) == (["Project management"],) * 3
    assert of(elin, "wanted") == ["Project management"]
    assert (word("PM").state, word("PM").same_as.name) == (SkillState.OTHER_WORD, "Project management")
    assert listed(carys) == [("Project management", 3, 1)]
    assert [held.name for held in word("Project management").other_words.all()] == ["PM"]


def test_after_a_merger_people_are_found_by_the_new_word(northgate, carys, ward):
    actions.merge_skills(word("PM"), word("Project management"), by=carys)
    jobs.run_pending()
    assert [held.name for held in queries.search_people(carys, q="project")] == [
        "Amara Okafor", "Ben Thomas", "Elin Berg",
    ]  # fmt: skip
    found = search.match(Membership.objects.all(), northgate, queries.SEARCH_KIND, "pm")
    assert list(found) == []


def test_a_merger_is_taken_back_as_it_was(carys, ward):
    before = sorted(ProfileSkill.objects.values_list("profile", "skill__name", "side"))
    merge = actions.merge_skills(word("PM"), word("Project management"), by=carys)
    actions.undo_merge(merge, by=carys)
    assert sorted(ProfileSkill.objects.values_list("profile", "skill__name", "side")) == before
    assert word("PM").state == SkillState.PROPOSED
    assert (SkillMerge.objects.count(), MergedEntry.objects.count()) == (0, 0)
    with pytest.raises(NotPossible, match="taken back already"):
        actions.undo_merge(merge, by=carys)


def test_what_somebody_changed_after_a_merger_stays_changed_when_it_is_taken_back(carys, ward):
    amara, ben, _elin = ward
    merge = actions.merge_skills(word("PM"), word("Project management"), by=carys)
    say(amara, offered=["Budgeting"])
    say(ben, offered=["Project management", "Budgeting"])
    actions.undo_merge(merge, by=carys)
    assert of(amara) == ["Budgeting"]
    assert of(ben) == ["Budgeting", "PM", "Project management"]


def test_other_words_go_along_with_a_merger_and_come_back(carys, ward):
    actions.add_other_word(word("PM"), "Proj mgmt", by=carys)
    merge = actions.merge_skills(word("PM"), word("Project management"), by=carys)
    assert word("Proj mgmt").same_as.name == "Project management"
    actions.undo_merge(merge, by=carys)
    assert word("Proj mgmt").same_as.name == "PM"


def test_mergers_in_a_row_are_taken_back_in_turn(northgate, carys, ward):
    actions.add_skill("Leading projects", organisation=northgate, by=carys)
    first = actions.merge_skills(word("PM"), word("Project management"), by=carys)
    second = actions.merge_skills(word("Project management"), word("Leading projects"), by=carys)
    with pytest.raises(NotPossible, match="has been merged itself since"):
        actions.undo_merge(first, by=carys)
    actions.undo_merge(second, by=carys)
    actions.undo_merge(first, by=carys)
    assert of(ward[0]) == ["PM"]


def test_a_merger_can_be_taken_back_for_thirty_days(carys, ward):
    merge = actions.merge_skills(word("PM"), word("Project management"), by=carys)
    with clock.set_to(clock.now() + timedelta(days=30, minutes=1)):
        with pytest.raises(NotPossible, match="for 30 days"):
            actions.undo_merge(merge, by=carys)
        assert actions.tidy_skills() == 1
    assert (SkillMerge.objects.count(), MergedEntry.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("word_", "into", "same", "reason"),
    [
        ("proposed", "accepted", False, None),
        ("retired", "proposed", False, None),
        ("proposed", "proposed", True, "That is the same word. Choose another one."),
        ("other_word", "accepted", False, "One of the two leads to another word already. Look at the list again."),
        ("accepted", "other_word", False, "One of the two leads to another word already. Look at the list again."),
        ("accepted", "retired", False, "That word is retired. Take it up again first, or choose another one."),
    ],
)
def test_what_may_be_merged(word_, into, same, reason):
    said = rules.why_not_merge(word_, into, same=same)
    assert (str(said) if said else None) == reason


def test_a_retired_word_stays_with_whoever_has_it_and_is_suggested_no_more(northgate, carys, ward):
    amara, *_rest = ward
    actions.accept_skills(Skill.objects.all(), organisation=northgate, by=carys)
    actions.retire_skill(word("PM"), by=carys)
    assert of(amara) == ["PM"]
    assert skills.suggestions(northgate) == ["Project management"]
    assert queries.choices(northgate)["skill"] == ["Project management"]
    assert skills.retired_of(northgate, ["PM", "Project management"]) == ["PM"]
    assert listed(carys) == [("Project management", 2, 0)]
    assert listed(carys, state="retired") == [("PM", 2, 1)]
    actions.add_skill("pm", organisation=northgate, by=carys)
    assert word("PM").state == SkillState.ACCEPTED


def test_a_skill_that_is_renamed_is_still_met_by_its_old_name(northgate, carys, ward):
    actions.rename_skill(word("PM"), "Leading projects", by=carys)
    assert of(ward[0]) == ["Leading projects"]
    assert skills.find(northgate, "PM").name == "Leading projects"
    actions.rename_skill(word("Leading projects"), "PM", by=carys)
    assert [(held.name, held.state) for held in Skill.objects.order_by("name")] == [
        ("Leading projects", "other_word"), ("PM", "proposed"), ("Project management", "proposed"),
    ]  # fmt: skip
    with pytest.raises(NotPossible, match="Merge the two instead"):
        actions.rename_skill(word("PM"), "project management", by=carys)


def test_a_word_leads_to_one_skill_only(northgate, carys, ward):
    actions.add_other_word(word("PM"), "Proj", by=carys)
    with pytest.raises(NotPossible, match="“Proj” is another word for “PM” already"):
        actions.add_other_word(word("Project management"), "proj", by=carys)
    with pytest.raises(NotPossible, match="Merge the two instead"):
        actions.add_other_word(word("PM"), "Project management", by=carys)
    with pytest.raises(NotPossible, match="“Proj” is another word for “PM” already"):
        actions.add_skill("Proj", organisation=northgate, by=carys)
    with pytest.raises(NotPossible, match="Enter a word with letters"):
        actions.add_other_word(word("PM"), "– ?", by=carys)
    actions.remove_other_word(word("Proj"), by=carys)
    assert skills.find(northgate, "Proj") is None


def test_a_proposal_that_nobody_holds_any_more_is_none_and_is_forgotten_within_the_hour(northgate, carys, ward):
    amara, ben, elin = ward
    say(amara, offered=["Prject mngment"])
    say(amara, offered=["Project management"])
    assert [name for name, *_counts in listed(carys)] == ["PM", "Project management"]
    actions.accept_skills(Skill.objects.filter(name="PM"), organisation=northgate, by=carys)
    for actor in (amara, ben, elin):
        say(actor, offered=[], wanted=[])
    assert actions.tidy_skills() == 2
    assert [held.name for held in Skill.objects.all()] == ["PM"]
    assert actions.tidy_skills() == 0


def test_one_organisations_words_are_no_other_ones(carys, ward):
    bronagh = cast.member("Bronagh Kelly", cast.organisation("Harbour Trust"), "coordinator")
    other = actions.add_skill("PM", organisation=bronagh.organisation, by=bronagh)
    assert listed(bronagh) == [("PM", 0, 0)]
    with pytest.raises(NotPossible, match="One of the two is gone"):
        actions.merge_skills(other, word_of(carys, "PM"), by=bronagh)
    assert actions.accept_skills(Skill.objects.all(), organisation=bronagh.organisation, by=bronagh) == 0
    assert word_of(carys, "PM").state == SkillState.PROPOSED


def word_of(actor, name):
    return Skill.objects.select_related("organisation").get(organisation=actor.organisation, name=name)


@pytest.mark.parametrize(
    "broken", [{"state": "other_word"}, {"same_as": True}, {"state": "other_word", "same_as": "itself"}]
)
def test_the_database_refuses_words_that_lead_nowhere_or_to_themselves(carys, ward, broken):
    pm, other = word("PM"), word("Project management")
    if "same_as" in broken:
        broken = broken | {"same_as": pm if broken["same_as"] == "itself" else other}
    with pytest.raises(IntegrityError), transaction.atomic():
        Skill.objects.filter(pk=pm.pk).update(**broken)
