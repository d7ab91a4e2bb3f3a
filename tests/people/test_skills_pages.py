"""The pages of the organisation's words for skills."""

import pytest
from django.urls import reverse

from alongside.foundation import hooks
from alongside.people import actions
from alongside.people.models import Skill, SkillMerge
from alongside.people.terms import SkillState
from tests import cast
from tests.visits import HOSTILE, is_harmless, queries_of, twice, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward(northgate, carys):
    amara, ben = cast.member("Amara Okafor", northgate), cast.member("Ben Thomas", northgate)
    actions.change_profile(amara.membership, by=amara, offered=["PM", "Budgeting", "Chairing"])
    actions.change_profile(ben.membership, by=ben, wanted=["Project management", "Budgeting"])
    return amara, ben


def word(name):
    return Skill.objects.get(name=name)


def listed(client, **query):
    answer = client.get(reverse("people:skills"), query)
    return [skill.name for skill in answer.context["page"].object_list]


def test_words_are_searched_filtered_and_sorted(as_, carys, ward):
    client = as_(carys)
    everything = ["Budgeting", "Chairing", "PM", "Project management"]
    assert listed(client) == everything
    assert listed(client, sort="-name") == everything[::-1]
    assert listed(client, sort="wanted")[-2:] == ["Budgeting", "Project management"]
    assert listed(client, sort="-offered")[:1] == ["Budgeting"]
    assert listed(client, q="manage") == ["Project management"]
    assert listed(client, q="?") == []
    actions.add_other_word(word("Budgeting"), "Money matters", by=carys)
    assert listed(client, q="money") == ["Budgeting"]
    assert listed(client, state="accepted") == []
    assert listed(client, sort="nonsense") == everything


def test_the_list_says_how_many_offer_and_want_each(as_, carys, ward):
    page = words_of(as_(carys).get(reverse("people:skills"), {"q": "Budgeting"}))
    assert (
        '<td class="num" data-label="Offer it">' in page.replace("\n", " ").replace("    ", " ") or "Offer it" in page
    )
    (row,) = as_(carys).get(reverse("people:skills"), {"q": "Budgeting"}).context["page"].object_list
    assert (row.offered, row.wanted) == (1, 1)


def test_ticked_words_are_accepted_or_all_that_are_found(as_, carys, ward):
    client = as_(carys)
    answer = client.post(reverse("people:skills"), {"skill": [word("PM").ref]}, follow=True)
    assert "1 word is accepted." in words_of(answer)
    assert listed(client, state="accepted") == ["PM"]
    client.post(reverse("people:skills") + "?q=project", {"all": "1"})
    assert listed(client, state="accepted") == ["PM", "Project management"]
    assert listed(client, state="proposed") == ["Budgeting", "Chairing"]
    assert "Tick the words to accept first." in words_of(client.post(reverse("people:skills"), follow=True))


def test_home_leads_a_coordinator_to_words_that_nobody_has_looked_at(carys, ward):
    def steps():
        return [str(step.words) for step in hooks.next_steps.of(carys)]

    assert "Look through 4 new words for skills" in steps()
    actions.accept_skills(Skill.objects.all(), organisation=carys.organisation, by=carys)
    assert not [words for words in steps() if "skill" in words]


def test_a_word_is_merged_and_the_merger_taken_back(as_, carys, ward):
    client = as_(carys)
    page = words_of(client.get(reverse("people:merge_skill", args=[word("PM").ref])))
    assert "1 person offers it" in page
    refused = client.post(reverse("people:merge_skill", args=[word("PM").ref]), {"into": "No such word"})
    assert "The vocabulary has no such word." in words_of(refused)
    refused = client.post(reverse("people:merge_skill", args=[word("PM").ref]), {"into": "pm"})
    assert "That is the same word. Choose another one." in words_of(refused)
    into = word("Project management")
    answer = client.post(reverse("people:merge_skill", args=[word("PM").ref]), {"into": "project management"})
    assert answer.url == reverse("people:skill", args=[into.ref])
    assert "Take the merger back" in words_of(client.get(answer.url))
    assert client.get(reverse("people:skill", args=[word("PM").ref])).status_code == 404
    client.post(reverse("people:undo_merge", args=[into.ref, word("PM").ref]))
    assert word("PM").state == SkillState.PROPOSED
    assert not SkillMerge.objects.exists()


def test_a_word_is_renamed_gets_another_word_and_is_retired(as_, carys, ward):
    client, held = as_(carys), word("PM")
    client.post(reverse("people:skill", args=[held.ref]), {"name": "Leading projects"})
    client.post(reverse("people:add_word", args=[held.ref]), {"name": "Projects"})
    page = words_of(client.get(reverse("people:skill", args=[held.ref])))
    assert "Leading projects" in page
    assert "Projects" in page
    client.post(reverse("people:remove_word", args=[held.ref, word("Projects").ref]))
    assert not Skill.objects.filter(name="Projects").exists()
    taken = client.post(reverse("people:skill", args=[held.ref]), {"name": "Budgeting"})
    assert "Merge the two instead." in words_of(taken)
    client.post(reverse("people:retire_skill", args=[held.ref]))
    assert word("Leading projects").state == SkillState.RETIRED
    client.post(reverse("people:accept_skill", args=[held.ref]))
    assert word("Leading projects").state == SkillState.ACCEPTED


def test_an_empty_vocabulary_says_where_words_come_from(as_, carys):
    client = as_(carys)
    assert "They come by themselves" in words_of(client.get(reverse("people:skills")))
    answer = client.post(reverse("people:add_skill"), {"name": "Budgeting"}, follow=True)
    assert "“Budgeting” is in the vocabulary." in words_of(answer)
    assert "No word fits" in words_of(client.get(reverse("people:skills"), {"q": "zzz"}))


def test_only_coordinators_and_administrators_look_after_words(as_, northgate, elin, ward):
    administrator = cast.member("Ines Admin", northgate, "administrator")
    other = cast.member("Olga Elsewhere", cast.organisation("Riverside", "Rita Summer"), "coordinator")
    ref = word("PM").ref
    for actor, status in ((elin, 404), (administrator, 200)):
        assert as_(actor).get(reverse("people:skills")).status_code == status
        assert as_(actor).get(reverse("people:skill", args=[ref])).status_code == status
    assert as_(other).get(reverse("people:skills")).status_code == 200
    for name in ("skill", "merge_skill", "retire_skill"):
        assert as_(other).get(reverse(f"people:{name}", args=[ref])).status_code == 404
    as_(other).post(reverse("people:skills"), {"skill": [ref]})
    assert word("PM").state == SkillState.PROPOSED


def test_the_list_asks_the_same_for_few_words_and_for_many(as_, carys, ward):
    client = as_(carys)
    few = queries_of(client, reverse("people:skills"))
    for number in range(60):
        actions.add_skill(f"Skill {number}", organisation=carys.organisation, by=carys)
        actions.add_other_word(word(f"Skill {number}"), f"Other {number}", by=carys)
    many = queries_of(client, reverse("people:skills"))
    assert len(many) == len(few) <= 10
    assert twice(many) == []


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_words_do_no_harm(as_, carys, ward, kind):
    client, held = as_(carys), word("PM")
    for name, args in (("add_skill", []), ("skill", [held.ref]), ("merge_skill", [held.ref]), ("add_word", [held.ref])):
        field = "into" if name == "merge_skill" else "name"
        assert is_harmless(client.post(reverse(f"people:{name}", args=args), {field: HOSTILE[kind]}))
    assert is_harmless(client.get(reverse("people:skills"), {"q": HOSTILE[kind]}))
    assert is_harmless(client.get(reverse("people:skills")))
