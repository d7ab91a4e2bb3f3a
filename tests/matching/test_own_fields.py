"""A programme weighs fields of the organisation's own: the same, or not the same; renamed and removed ones too."""

import json
import pickle
import random
from copy import deepcopy

import pytest
from django.core.management import call_command

from alongside.foundation import jobs
from alongside.foundation.events.models import AuditEntry
from alongside.matching import actions, counting, policies, queries, reasons
from alongside.matching.engine.compiling import compiled
from alongside.matching.fit import Kept, One, Scale
from alongside.matching.models import Proposal, Question, Taker
from alongside.matching.reasons import Two
from alongside.matching.rules import Policy, fault_of
from alongside.matching.shared import both
from alongside.matching.terms import Way
from alongside.people import actions as people
from alongside.people.models import OwnField
from alongside.relationships import actions as relationships
from tests.matching import world
from tests.matching.test_rules_page import changed, in_words, kept, rules, shown
from tests.people.test_own_fields_both import take_in
from tests.visits import browser_of, queries_of, twice

SAME, OTHER = "own_same_shiftshiftsh", "own_other_nightsnights"
OWN = {"shiftshiftsh": "Shift", "nightsnights": "Works nights"}
MUST = "own_must_nightsnights"
POLICY = Policy(
    weights={"skills": 50, SAME: 31, OTHER: 19}, own=OWN, must=("nightsnights",), team=False, language=False
)


def one(ref, **own):
    names = {"shift": "shiftshiftsh", "nights": "nightsnights"}
    return One(ref, {"own": {names[name]: said for name, said in own.items()}})


def share(mentee, mentor, name):
    scale = Scale.of(POLICY, [mentee], [mentor])
    found = reasons.shares(scale, scale.points(mentee, mentor), Two(mentee, mentor, "Ben", "Amara"))
    return next((held.got, held.note, held.brief) for held in found if held.name == name)


# --- two people


@pytest.mark.parametrize(
    ("ben", "amara", "found"),
    [
        ("Early", "Early", (31, "“Shift” says the same of both: Early.", "Shift: Early")),
        ("Early", "Late", (0, "“Shift” says of Ben: Early; of Amara: Late.", "")),
        ("Early", "", (15, "Not known: “Shift” says nothing of Amara.", "")),
        ("", "Early", (15, "Not known: “Shift” says nothing of Ben.", "")),
    ],
)
def test_the_same_counts_all_something_else_nothing_and_silence_half(ben, amara, found):
    two = (one(name, **({"shift": said} if said else {})) for name, said in (("ben", ben), ("amara", amara)))
    got, note, brief = share(*two, SAME)
    assert (abs(got - found[0]) <= 1, note, brief) == (True, *found[1:])  # halves are shown so that all adds up


@pytest.mark.parametrize(
    ("ben", "amara", "found"),
    [
        ("yes", "no", (19, "“Works nights” says of Ben: yes; of Amara: no.", "not the same: Works nights")),
        ("no", "no", (0, "“Works nights” says the same of both: no.", "")),
    ],
)
def test_what_is_not_the_same_counts_where_that_is_asked(ben, amara, found):
    assert share(one("ben", nights=ben), one("amara", nights=amara), OTHER) == found


def test_the_points_of_every_pair_and_the_pairs_that_the_rule_forbids_are_the_engines():
    chance = random.Random(5)

    def side(letter, count):
        words = ({"shift": chance.choice(["Early", "Late", "Split", ""]), "nights": chance.choice(["yes", "no", ""])}
                 for _number in range(count))  # fmt: skip
        own = [one(f"{letter}{number}", **{name: said for name, said in held.items() if said})
               for number, held in enumerate(words)]  # fmt: skip
        return [{"ref": held.ref, "places": 1, "said": held.said} for held in own]

    made = {"mentees": side("m", 17), "mentors": side("o", 23), "policy": POLICY.kept(), "apart": {}, "seed": 1}
    order = json.loads(json.dumps({**made, "pins": [], "bans": [], "kept": []}))
    problem = compiled(order)
    mentees, mentors = ([One(held["ref"], held["said"]) for held in order[name]] for name in ("mentees", "mentors"))
    scale = Scale.of(Policy.from_kept(order["policy"]), mentees, mentors)
    found = {(low.ref, high.ref): scale.points(low, high) for low in mentees for high in mentors}
    assert found == {couple: dict(problem.points(*couple)) for couple in found}
    assert {points[SAME] for points in found.values()} == {310_000, 155_000, 0}
    assert {points[OTHER] for points in found.values()} == {190_000, 95_000, 0}
    sides = [held.ref for held in mentees], [held.ref for held in mentors]
    (rule,) = (held for held in problem.rules if held.name == MUST)
    allowed = {(low, high): bool(rule.allows[row, column])
               for row, low in enumerate(sides[0]) for column, high in enumerate(sides[1])}  # fmt: skip
    apart = {(low.ref, high.ref): scale.forbidden_by(low, high, Kept({})) for low in mentees for high in mentors}
    assert {couple: MUST not in rules for couple, rules in apart.items()} == allowed
    assert counting.forbidden(scale, mentees, mentors, {}).by[MUST] == list(allowed.values()).count(False) > 0


def test_those_who_are_paired_do_not_read_it_as_a_reason():
    said = one("ben", shift="Early").said
    assert both({SAME: 310_000, "site": 1}, said | {"site": "Leeds"}, said | {"site": "Leeds"}) == [["site", "Leeds"]]


def test_one_field_counts_either_for_being_the_same_or_for_not_being_the_same():
    twice_weighed = Policy(weights={SAME: 50, "own_other_shiftshiftsh": 50}, own=OWN)
    assert fault_of(twice_weighed) == (
        "“Shift” counts both for being the same and for not being the same. Keep one of the two."
    )


def test_a_criterion_is_read_by_name_alone_and_keeps_its_words_in_a_copy():
    ((name, _weight),) = Policy(weights={SAME: 100}).criteria
    assert (name, str(name.label)) == (SAME, "The same: a field")
    ((name, _weight),) = Policy(weights={OTHER: 100}, own=OWN).criteria
    for copied in (deepcopy(name), pickle.loads(pickle.dumps(name))):
        assert (copied, copied.field, copied.label) == (OTHER, "nightsnights", "Not the same: Works nights")


# --- a programme


@pytest.fixture
def w(db):
    """A roster says that Ben and Kwame are on the early shift, Amara on the late one; of Elin it says nothing."""
    made = world.made()
    said = {made.ben: "yes,Early", made.kwame: "no,Early", made.amara: "no,Late"}
    rows = [
        f"{number},{held.membership.name},{held.membership.work_address},Nurse,{words}"
        for number, (held, words) in enumerate(said.items())
    ]
    take_in(made.programme.organisation, *rows)
    return made


def named(name) -> OwnField:
    return OwnField.objects.get(name=name)


def weigh(w, field, *, same=True, weight=40) -> str:
    """Let the programme weigh a field; the criterion's name."""
    name = f"own_{'same' if same else 'other'}_{field.ref}"
    weights = {"skills": 100 - weight, name: weight}
    policy = Policy(weights=weights, own={field.ref: field.name}, team=False, language=False)
    held = queries.policy_of(w.programme)
    actions.save_policy(w.programme, policy, way=Way.COORDINATOR, seen=held.revision, by=w.carys)
    return name


def test_the_page_weighs_a_field_and_shows_its_effect_at_once(w):
    client, name = browser_of(w.carys), f"own_same_{named('Shift').ref}"
    sent = changed(
        client, rules(w), weight_skills="15", mentee="Ben", mentor="Kwame", then="show", **{f"weight_{name}": "40"}
    )
    page = client.post(rules(w), sent)
    assert shown(page)["The same: Shift"] == 40
    assert "“Shift” says the same of both: Early." in in_words(page)
    client.post(rules(w), sent | {"then": ""})
    assert (kept(w).weights[name], kept(w).own) == (40, {named("Shift").ref: "Shift"})
    assert "The same: Shift 40" in str(policies.items(kept(w), Way.COORDINATOR))


def test_weighing_one_field_both_ways_is_refused_on_the_page(w):
    client, ref = browser_of(w.carys), named("Shift").ref
    both_ways = {f"weight_own_same_{ref}": "30", f"weight_own_other_{ref}": "25"}
    page = client.post(rules(w), changed(client, rules(w), weight_skills="0", **both_ways))
    assert "“Shift” counts both for being the same and for not being the same." in in_words(page)
    assert kept(w) == Policy()


def test_a_field_of_another_organisation_cannot_be_weighed(w):
    client = browser_of(w.carys)
    client.post(rules(w), changed(client, rules(w), weight_own_same_abcdefghijkl="40"))
    assert kept(w) == Policy()


def test_the_pages_ask_the_same_twice_never(w):
    weigh(w, named("Shift"))
    client = browser_of(w.carys)
    for url in (rules(w), f"/programmes/{w.programme.slug}/matching/ready/"):
        assert twice(queries_of(client, url)) == []


def test_whoever_the_field_says_nothing_of_is_named_before_the_run(w):
    name = weigh(w, named("Shift"))
    ref = name.removeprefix("own_same_")
    url = f"/programmes/{w.programme.slug}/matching/ready/"
    page = browser_of(w.carys).get(url, {"silent": f"own_{ref}"})
    said = {held["words"]: (held["weight"], held["mentees"], held["mentors"]) for held in page.context["silent"]}
    assert said["“Shift”"] == (40, 1, 0)
    assert [held.participation.membership.name for held, _notes in page.context["rows"]] == ["Elin Berg"]
    assert "Says nothing of skills, “Shift”" in in_words(page)


def test_the_board_says_why_and_the_run_keeps_only_what_it_weighs(w):
    name = weigh(w, named("Shift"))
    world.worked_out(w)
    pair = Proposal.objects.get(mentee=w.ben)
    assert (pair.mentor, pair.points[name]) == (w.kwame, 400_000)
    assert Taker.objects.get(participation=w.ben).said["own"] == {named("Shift").ref: "Early"}
    page = browser_of(w.carys).get(f"/programmes/{w.programme.slug}/matching/")
    assert "Shift: Early" in in_words(page)


def test_the_command_names_the_criterion_by_the_field(w, capsys):
    name = weigh(w, named("Works nights"), same=False)
    call_command("match", w.programme.slug, "--json", "--seed", "7")
    pairs = json.loads(capsys.readouterr().out)["pairs"]
    assert {pair["mentee"]: pair["criteria"][name] for pair in pairs}[w.ben.membership.work_address] == 400_000


def test_a_renamed_field_is_weighed_on_under_its_new_name_and_makes_no_run_old(w):
    name = weigh(w, named("Shift"))
    round_, run = world.worked_out(w)
    people.rename_field(named("Shift"), "Usual shift", by=w.carys)
    assert kept(w).own == {name.removeprefix("own_same_"): "Usual shift"}
    assert queries.is_up_to_date(round_, run)
    assert [str(label.label) for label, _weight in queries.said_by_run(run).criteria] == [
        "Skills that the mentee wants", "The same: Shift",
    ]  # fmt: skip


def test_a_removed_field_breaks_neither_the_policy_nor_an_old_run(w):
    name = weigh(w, named("Shift"))
    world.worked_out(w)
    people.remove_field(named("Shift"), by=w.carys)
    client, board = browser_of(w.carys), f"/programmes/{w.programme.slug}/matching/"
    assert "Shift: Early" in in_words(client.get(board))
    page = client.get(rules(w))
    assert page.context["form"][f"weight_{name}"].value() == 40
    assert "“Shift” says nothing of Ben" in in_words(page)
    world.worked_out(w)
    assert Proposal.objects.filter(mentee=w.ben).latest("run__number").points[name] == 200_000
    client.post(rules(w), changed(client, rules(w), weight_skills="100", **{f"weight_{name}": "0"}))
    assert (kept(w).weights, kept(w).own) == ({"skills": 100}, {})


# --- a rule


@pytest.fixture
def ruled(w):
    """Whoever is paired is on the same shift, as Carys ticked on the page."""
    client, ref = browser_of(w.carys), named("Shift").ref
    client.post(rules(w), changed(client, rules(w), rules=[f"own_must_{ref}"]))
    return w


def test_the_rule_is_ticked_on_the_page_and_stays(ruled):
    assert (kept(ruled).must, kept(ruled).own) == ((named("Shift").ref,), {named("Shift").ref: "Shift"})
    assert "The same: Shift" in str(policies.items(kept(ruled), Way.COORDINATOR)[1]["words"])
    client = browser_of(ruled.carys)
    client.post(rules(ruled), changed(client, rules(ruled)))
    assert kept(ruled).must == (named("Shift").ref,)
    client.post(rules(ruled), changed(client, rules(ruled), rules=[]))
    assert (kept(ruled).must, kept(ruled).own) == ((), {})


def test_the_rule_keeps_two_apart_at_once_and_says_so(ruled):
    client = browser_of(ruled.carys)
    page = client.post(rules(ruled), changed(client, rules(ruled), mentee="Ben", mentor="Amara", then="show"))
    assert page.context["apart"] == ["The same: Shift"]
    page = client.get(f"/programmes/{ruled.programme.slug}/matching/ready/")
    assert [(held["words"], held["count"], held["only"]) for held in page.context["forbidden"]] == [
        ("The same: Shift", 1, 1)
    ]
    assert {held["words"]: held["weight"] for held in page.context["silent"]}["“Shift”"] == 0


def test_whoever_it_leaves_nobody_is_told_by_its_name_and_so_is_why_two_are_apart(ruled):
    relationships.propose(ruled.kwame, ruled.elin, by=ruled.carys)  # Kwame, who alone is on Ben's shift, is taken
    _round, run = world.worked_out(ruled)
    assert run.left.get().mentee == ruled.ben
    board = in_words(browser_of(ruled.carys).get(f"/programmes/{ruled.programme.slug}/matching/"))
    assert "The rules leave no mentor: “The same: Shift” keeps 1 away" in board
    assert "Amara Okafor, with “The same: Shift” lifted for the two" in board
    page = in_words(browser_of(ruled.carys).get(f"/programmes/{ruled.programme.slug}/matching/ready/"))
    assert "The rules leave no mentor. They keep apart: The same: Shift (1)" in page
    actions.ask(run, ruled.ben, ruled.amara, by=ruled.carys)
    jobs.run_pending()
    asked = Question.objects.get()
    url = f"/programmes/{ruled.programme.slug}/matching/questions/{asked.ref}/"
    assert "“The same: Shift” forbids it." in in_words(browser_of(ruled.carys).get(url))


def test_a_removed_field_lets_the_rule_forbid_nobody(ruled):
    people.remove_field(named("Shift"), by=ruled.carys)
    page = browser_of(ruled.carys).get(f"/programmes/{ruled.programme.slug}/matching/ready/")
    assert page.context["forbidden"] == []
    world.worked_out(ruled)
    assert Proposal.objects.count() == 2


def test_weighing_is_in_the_log(w):
    weigh(w, named("Shift"))
    assert AuditEntry.objects.filter(name="matching.policy_changed").count() == 1
