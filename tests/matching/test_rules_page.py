"""The page of rules and weights: what is saved, what is refused and kept, and what it makes of two people."""

import pytest

from alongside.foundation.events.models import AuditEntry
from alongside.matching import actions, queries
from alongside.matching.models import MatchingPolicy, Wish
from alongside.matching.rules import Policy
from alongside.matching.terms import Way
from alongside.people.models import Link
from alongside.programmes.models import Programme
from tests import cast
from tests.access.forms import forms_of
from tests.matching import world
from tests.visits import HOSTILE, browser_of, is_harmless, queries_of, squeezed, twice, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    """Ben wants what Amara offers; Kwame offers something else. Grades: Ben Band 5, Amara Band 7."""
    made = world.made()
    world.says(made.amara, offered="Budgets", grade="Band 7", site="Eastgate")
    world.says(made.kwame, offered="Feedback", grade="Band 6", site="Westpark")
    world.says(made.ben, wanted="Budgets", grade="Band 5", site="Eastgate")
    return made


@pytest.fixture
def client(w):
    return browser_of(w.carys)


def rules(w) -> str:
    return f"/programmes/{w.programme.slug}/matching/rules/"


def untouched(client, url) -> dict:
    """What the form of a page sends if nobody touches it."""
    (form,) = (held for held in forms_of(client, url) if "seen" in held.asked)
    return dict(form.sent.lists())


def changed(client, url, **said) -> dict:
    """The same with something else in some fields."""
    return untouched(client, url) | said


def kept(w) -> Policy:
    return queries.said_by(queries.policy_of(w.programme))


def in_words(response) -> str:
    return squeezed(words_of(response))


# --- saving


def test_a_policy_that_nobody_touched_is_saved_as_it_stood(w, client):
    client.post(rules(w), untouched(client, rules(w)))
    assert kept(w) == Policy()
    assert MatchingPolicy.objects.get().changed_by == w.carys.membership


def test_everything_that_is_typed_is_saved(w, client):
    sent = changed(
        client, rules(w), way="ranking", line="9", rules=["site", "ahead"], least="1", most="3", ideal="1",
        ready="both", weight_skills="40", weight_seniority="20", weight_site="0", weight_department="0",
        weight_hours="0", weight_wishes="40", choices="4", keep="0",
    )  # fmt: skip
    client.post(rules(w), sent)
    weights = {"skills": 40, "seniority": 20, "wishes": 40}
    assert kept(w) == Policy(
        weights, line=9, team=False, language=False, hours=False, site=True, before=False, ahead=True, least=1, most=3,
        ideal=1, ready="both", keep=0, choices=4,
    )  # fmt: skip
    assert queries.policy_of(w.programme).way == Way.RANKING


def test_the_page_names_who_changed_it_last(w, client):
    assert "Nobody has changed them yet" in words_of(client.get(rules(w)))
    done = client.post(rules(w), untouched(client, rules(w)), follow=True)
    assert "Carys Llewellyn saved them last" in in_words(done)
    assert "The rules are saved." in words_of(done)


def test_weights_that_do_not_add_up_are_refused_with_how_far_they_are_off_and_kept_in_the_form(w, client):
    page = client.post(rules(w), changed(client, rules(w), weight_skills="50"))
    assert "The weights add up to 95. Give 5 more to something." in words_of(page)
    assert page.context["form"]["weight_skills"].value() == "50"
    assert not MatchingPolicy.objects.exists()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"line": "10"}, "Choose a number from 1 to 9."),
        ({"line": ""}, "Choose a number from 1 to 9."),
        ({"weight_skills": "-5"}, "Choose a number from 0 to 100."),
        ({"weight_skills": "55.5"}, "Enter a whole number."),
        ({"choices": "1"}, "Choose a number from 2 to 10."),
        ({"way": "lottery"}, "Choose one from the list."),
        ({"rules": ["ahead"], "least": "4", "most": "2"}, "“At least” is more than “at most”."),
        ({"rules": ["ahead"], "most": "3", "ideal": "5"}, "What fits best has to lie between"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(w, client, said, words):
    page = client.post(rules(w), changed(client, rules(w), **said))
    assert words in words_of(page)
    assert not MatchingPolicy.objects.exists()


def test_steps_that_no_rule_asks_for_hold_up_nothing(w, client):
    client.post(rules(w), changed(client, rules(w), least="4", most="2"))
    assert (kept(w).least, kept(w).most, kept(w).ahead) == (4, 2, False)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_in_any_field_is_harmless(w, client, text):
    for name in ("mentee", "line", "weight_skills", "way", "seen"):
        assert is_harmless(client.post(rules(w), changed(client, rules(w), **{name: text}, then="show")))


# --- grades


def test_grades_without_a_number_stand_in_no_order_until_they_are_put_in_one(w, client):
    world.says(w.elin, grade="Trainee")
    page = client.get(rules(w))
    assert "Trainee stands in no order yet." in in_words(page)
    form = page.context["form"]
    key = {field.field.label: field.name for field in form.grade_fields}
    client.post(rules(w), changed(client, rules(w), **{key["Trainee"]: "0"}))
    assert kept(w).grades == ("Trainee", "Band 5", "Band 6", "Band 7")


def test_an_order_that_numbers_say_anyway_is_not_kept_so_that_new_grades_find_their_place(w, client):
    client.post(rules(w), untouched(client, rules(w)))
    assert kept(w).grades == ()


def test_a_grade_that_came_while_somebody_was_writing_settles_no_order(w, client):
    sent = untouched(client, rules(w))
    world.says(w.elin, grade="Band 4")
    client.post(rules(w), sent)
    assert kept(w).grades == ()


def test_two_grades_with_one_number_are_refused(w, client):
    first, second, _third = (field.name for field in client.get(rules(w)).context["form"].grade_fields)
    page = client.post(rules(w), changed(client, rules(w), **{first: "2", second: "2"}))
    assert "“Band 5” has this number too. Give each grade its own." in words_of(page)


# --- two coordinators


def test_who_saves_after_somebody_else_is_told_who_and_loses_nothing(w, client):
    sent = changed(client, rules(w), weight_skills="45", weight_site="20")
    other = cast.member("Iris Holm", w.programme.organisation, "coordinator")
    cast.takes_part(w.programme, other, "coordinator", w.carys)
    actions.save_policy(w.programme, Policy(site=True), way=Way.CHOICE, seen=0, by=other)
    page = client.post(rules(w), sent)
    assert "Iris Holm has changed the rules while you were writing." in words_of(page)
    assert "What stands now, as Iris Holm saved it" in in_words(page)
    assert [str(one["term"]) for one in page.context["theirs"]] == ["Who chooses", "Rules", "What counts, of a hundred"]
    assert page.context["form"]["weight_site"].value() == "20"
    client.post(rules(w), sent | {"seen": page.context["form"]["seen"].value()})
    assert kept(w).weights["site"] == 20


# --- what it makes of two people


def shown(page) -> dict[str, int]:
    """The points of each criterion, as the page shows them."""
    return {str(part["words"]): part["got"] for part in page.context["parts"]}


def test_two_who_fit_well_are_shown_with_each_criterions_share(w, client):
    page = client.get(rules(w))
    assert "Ben Thomas and Amara Okafor fit 85 of 100" in in_words(page)
    assert shown(page) == {
        "Skills that the mentee wants": 55, "More senior by a step or two": 15, "The same site": 10,
        "Another department": 5, "Usual times in common": 0,
    }  # fmt: skip


def test_the_effect_is_that_of_what_is_typed_and_nothing_is_saved(w, client):
    before = AuditEntry.objects.count()
    sent = changed(client, rules(w), weight_skills="100", mentee="Ben", mentor="kwame", then="show", **NOTHING_ELSE)
    page = client.post(rules(w), sent)
    assert "Ben Thomas and Kwame Mensah fit 0 of 100" in in_words(page)
    assert not MatchingPolicy.objects.exists()
    assert AuditEntry.objects.count() == before


NOTHING_ELSE = {f"weight_{name}": "0" for name in ("seniority", "site", "department", "hours")}


def test_weights_that_do_not_add_up_still_show_their_effect(w, client):
    page = client.post(rules(w), changed(client, rules(w), weight_skills="50", then="show"))
    assert "have 80 of 95" in in_words(page)


def test_the_rules_that_keep_the_two_apart_are_named(w, client):
    world.manages(w.kwame, w.ben)
    sent = changed(client, rules(w), rules=["site"], mentee="Ben", mentor="Kwame", then="show")
    page = client.post(rules(w), sent)
    assert page.context["apart"] == ["No line manager, and nobody above them", "The same site"]


def test_a_way_to_meet_and_interests_in_common_have_their_effect_at_once(w, client):
    world.says(w.ben, ways_to_meet=["phone"], interests=["Old maps", "Chess"])
    world.says(w.kwame, ways_to_meet=["video"], interests=["old maps"])
    said = {"rules": ["meet"], "weight_skills": "60", "weight_interests": "40", **NOTHING_ELSE}
    page = client.post(rules(w), changed(client, rules(w), mentee="Ben", mentor="Kwame", then="show", **said))
    assert page.context["apart"] == ["A way to meet in common"]
    assert "Ben Thomas and Kwame Mensah fit 20 of 100" in in_words(page)
    assert "Both have named: Old maps." in in_words(page)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Zoe", "Nobody of this name waits or has a free place here"),
        ("e", "Several people are called so: Ben Thomas, Elin Berg."),
    ],
)
def test_a_name_that_means_nobody_or_several_is_said_and_holds_up_no_saving(w, client, name, words):
    page = client.post(rules(w), changed(client, rules(w), mentee=name, then="show"))
    assert words in words_of(page)
    assert client.post(rules(w), changed(client, rules(w), mentee=name)).status_code == 302


def test_two_people_of_one_name_are_told_apart_by_their_work_address(w, client):
    other = cast.member("Ben Thomas", w.programme.organisation)
    held = cast.takes_part(w.programme, other, "mentee", w.carys)
    page = client.post(rules(w), changed(client, rules(w), mentee="Ben Thomas", then="show"))
    assert f"Ben Thomas ({other.membership.work_address})" in words_of(page)
    page = client.post(rules(w), changed(client, rules(w), mentee=other.membership.work_address, then="show"))
    assert page.context["sample"].mentee.participation == held


def test_two_others_can_be_asked_for(w, client):
    page = client.post(rules(w), changed(client, rules(w), then="others"))
    assert page.context["sample"].mentee.participation == w.elin


def test_a_fragment_tells_the_effect_while_somebody_types(w, client):
    sent = changed(client, rules(w), weight_skills="50", mentee="Ben")
    page = client.post(f"{rules(w)}effect/", sent)
    assert "The weights add up to 95." in words_of(page)
    assert "<html" not in words_of(page)
    assert not MatchingPolicy.objects.exists()


def test_without_anybody_to_try_it_on_the_page_says_so(w, client):
    for held in (w.ben, w.elin):
        held.until = held.since
        held.save()
    assert "Nobody to try it on yet" in words_of(client.get(rules(w)))


def test_nobody_whom_the_coordinator_manages_is_tried(w, client):
    Link.objects.create(source=w.carys.membership, target=w.ben.membership)
    page = client.get(rules(w))
    assert page.context["sample"].mentee.participation == w.elin
    assert "Nobody of this name" in words_of(
        client.post(rules(w), changed(client, rules(w), mentee="Ben", then="show"))
    )


def test_whom_somebody_asked_for_is_not_told_by_trying(w, client):
    Wish.objects.create(by=w.ben, about=w.amara, rank=1)
    sent = changed(client, rules(w), weight_skills="0", weight_wishes="55", mentee="Ben", mentor="Amara", then="show")
    page = client.post(rules(w), sent)
    assert shown(page)["Whom they asked for"] == 0
    assert "whom somebody asked for is theirs alone to know" in words_of(page)


# --- who comes here


@pytest.mark.parametrize("page", ["rules/", "ready/"])
def test_only_the_programmes_coordinators_come_here(w, page):
    url = f"/programmes/{w.programme.slug}/matching/{page}"
    stranger = cast.member("Mei Chen", w.programme.organisation, "coordinator")
    cast.programme(stranger, "Another round", launched=True)
    assert browser_of(w.carys).get(url).status_code == 200
    for held in (stranger, *map(world.actor, (w.amara, w.ben))):
        assert browser_of(held).get(url).status_code == 404


@pytest.mark.parametrize("page", ["rules/", "rules/effect/", "ready/export/"])
def test_nobody_else_changes_or_downloads_anything(w, client, page):
    url, sent = f"/programmes/{w.programme.slug}/matching/{page}", untouched(client, rules(w))
    for held in (w.amara, w.ben):
        assert browser_of(world.actor(held)).post(url, sent).status_code == 404
    assert not MatchingPolicy.objects.exists()


def test_in_a_closed_programme_the_rules_are_read_and_not_changed(w, client):
    sent = untouched(client, rules(w))
    Programme.objects.filter(pk=w.programme.pk).update(state="closed")
    assert "Nobody is matched in it any more" in words_of(client.post(rules(w), sent))
    assert not MatchingPolicy.objects.exists()


def test_the_page_asks_as_much_for_two_mentees_as_for_thirty(w, client):
    few = queries_of(client, rules(w))
    world.more(w, 28)
    many = queries_of(client, rules(w))
    assert len(many) == len(few)
    assert twice(many) == []


def test_where_both_sides_ask_for_somebody_and_it_does_not_count_the_page_says_so(w, client):
    unheard = "Both sides say whom they would like, and it does not count yet."
    assert unheard not in words_of(client.get(rules(w)))
    client.post(rules(w), changed(client, rules(w), way="ranking"))
    assert unheard in words_of(client.get(rules(w)))
    client.post(rules(w), changed(client, rules(w), weight_skills="40", weight_wishes="15"))
    assert unheard not in words_of(client.get(rules(w)))
