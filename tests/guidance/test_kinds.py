"""What practice asks for is there: conversations, reviews, competences, styles, forms, tools, barriers, purposes."""

import pytest
from pydantic import ValidationError

from alongside import guidance
from alongside.guidance import Role, Side, library, pages
from alongside.guidance.terms import READ_AT
from tests.guidance.test_library import raw

CONVERSATIONS = guidance.conversations()


def test_the_eight_conversation_models_are_shipped_with_authors_and_years_where_we_are_sure():
    assert [(model.key, model.author, model.year) for model in CONVERSATIONS] == [
        ("grow", "John Whitmore, Graham Alexander and Alan Fine", None),
        ("tgrow", "", None),
        ("oscar", "Andrew Gilbert and Karen Whittleworth", 2002),
        ("clear", "Peter Hawkins", None),
        ("achieve", "Sabine Dembkowski and Fiona Eldridge", 2003),
        ("five-cs", "Mike Pegg", 1999),
        ("skilled-helper", "Gerard Egan", None),
        ("three-stages", "Geof Alred, Bob Garvey and Richard Smith", None),
    ]


def test_the_steps_are_those_of_the_models():
    assert {model.key: [step.key for step in model.steps] for model in CONVERSATIONS} == {
        "grow": ["goal", "reality", "options", "will"],
        "tgrow": ["topic", "goal", "reality", "options", "will"],
        "oscar": ["outcome", "situation", "choices", "actions", "review"],
        "clear": ["contract", "listen", "explore", "action", "review"],
        "achieve": ["assess", "brainstorm", "hone", "initiate", "evaluate", "plan", "encourage"],
        "five-cs": ["challenges", "choices", "consequences", "creative-solutions", "conclusions"],
        "skilled-helper": [
            "story", "blind-spots", "leverage", "possibilities", "goals", "commitment", "actions", "best-fit", "plan",
        ],
        "three-stages": ["exploration", "understanding", "action"],
    }  # fmt: skip


@pytest.mark.parametrize("model", CONVERSATIONS, ids=lambda model: model.key)
def test_each_step_asks_at_least_one_question_and_no_question_is_asked_twice(model):
    asked = [prompt for step in model.steps for prompt in step.prompts]
    assert len(asked) == len(set(asked))
    assert all(1 <= len(step.prompts) <= 3 for step in model.steps)


def test_the_parts_of_the_skilled_helper_stand_together():
    within = [step.within for step in guidance.conversation("skilled-helper").steps]
    assert within == [
        *["Where things stand"] * 3, *["What you would like instead"] * 3, *["How to get there"] * 3,
    ]  # fmt: skip
    assert not any(step.within for model in CONVERSATIONS for step in model.steps if model.key != "skilled-helper")


def test_what_weighs_too_much_for_mentoring_is_sent_to_better_help():
    assert "not therapy" in guidance.conversation("skilled-helper").caution


def test_an_unknown_conversation_is_not_found():
    with pytest.raises(guidance.NotFound):
        guidance.conversation("seven-eyes")


def test_the_ways_to_review_look_at_goals_sessions_the_two_and_the_programme():
    methods = {method.key: method for method in guidance.review_methods()}
    assert list(methods) == [
        "goal-attainment", "session-feedback-mentee", "session-feedback-mentor", "pulse", "milestone-review",
        "three-way-review", "competence-review", "agreement-review", "closing-review", "mentor-review",
        "programme-figures", "four-levels",
    ]  # fmt: skip
    assert (methods["goal-attainment"].author, methods["goal-attainment"].year) == (
        "Thomas Kiresuk and Robert Sherman", 1968,
    )  # fmt: skip
    assert methods["session-feedback-mentee"].who == (Role.MENTEE,)
    assert methods["session-feedback-mentor"].who == (Role.MENTOR,)
    assert methods["three-way-review"].who == (Role.MENTEE, Role.MENTOR, Role.LINE_MANAGER)


def test_a_way_to_review_names_only_questions_that_are_shipped():
    named = [method.instrument for method in guidance.review_methods() if method.instrument]
    assert named == ["closing-review"]
    assert set(named) <= set(library.keys("instrument"))


def test_what_a_mentor_brings_is_in_three_groups_and_rated_from_0_to_4():
    framework = guidance.competences()
    assert {group.key: len(found) for group, found in framework.in_groups()} == {
        "knowledge": 7, "skills": 6, "behaviours": 5,
    }  # fmt: skip
    assert len(framework.competences) == 18
    assert (len(framework.levels), len(framework.seen)) == (5, 5)
    assert framework.address == "competences/default@2"


def test_the_first_list_of_competences_is_still_read_and_says_the_same():
    earlier, newer = guidance.competences(edition=1), guidance.competences()
    told = [
        [(one.key, one.group, one.name, one.words, one.shows) for one in held.competences] for held in (earlier, newer)
    ]
    assert told[0] == told[1]
    assert (earlier.levels, earlier.levels_of_others) == (newer.levels, newer.levels)


def test_each_competence_names_where_it_is_learnt_and_every_place_is_there():
    named = {one.key: list(one.learn) for one in guidance.competences().competences}
    assert all(named.values())
    assert {key: [place.key for place in pages.places(learn)] for key, learn in named.items()} == named
    assert {place.key for place in pages.every_place()} >= {key for learn in named.values() for key in learn}
    assert set(READ_AT) <= {place.key for place in pages.every_place()}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"learn": ["the-library"]}, "the-library is no place to learn"),
        ({"group": "luck"}, "There is no group luck. Choose one of these: behaviours, knowledge, skills."),
    ],
)
def test_a_competence_stands_in_a_group_and_is_learnt_somewhere(change, said):
    document = raw("competences", "default@2.toml")
    document["competences"][0] |= change
    with pytest.raises(guidance.Invalid, match=said):
        guidance.load(document)


def test_levels_of_others_are_as_many():
    document = raw("competences", "default@2.toml")
    document["seen"].pop()
    with pytest.raises(guidance.Invalid, match="Give as many as there are levels"):
        guidance.load(document)


def test_a_competence_stands_in_one_group_only():
    document = raw("competences", "default@1.toml")
    document["groups"][1]["competences"][0]["key"] = document["groups"][0]["competences"][0]["key"]
    with pytest.raises(guidance.Invalid, match="what-mentoring-is stands twice"):
        guidance.load(document)


def test_a_programme_has_a_style_and_a_form():
    assert [way.key for way in guidance.programme_styles()] == ["developmental", "sponsorship", "blended"]
    assert [way.key for way in guidance.programme_forms()] == ["one-to-one", "reverse"]
    sponsorship = guidance.programme_styles()[1]
    assert "conflicts of interest" in sponsorship.caution


def test_every_goal_tool_says_what_it_asks_what_it_gives_and_how_it_respects_needs():
    tools = guidance.goal_tools()
    assert [tool.name for tool in tools] == [
        "In your own words", "SMART goals", "GROW", "Wheel of life or work",
        "Strengths, weaknesses, opportunities, threats", "Skills audit", "Development plan", "Force field",
        "Johari window", "Values", "Asking why, and a scale", "Career line", "Map of people", "How I like to work",
        "First things first, on one page",
    ]  # fmt: skip
    assert all(tool.asks and tool.gives and tool.needs for tool in tools)


def test_every_barrier_has_a_remedy_and_somebody_who_could_see_to_it():
    assert {side: len(guidance.barriers(side)) for side in Side} == {
        Side.PAIR: 5, Side.MENTOR: 6, Side.MENTEE: 4, Side.ORGANISATION: 7,
    }  # fmt: skip
    assert all(barrier.owner in Role and barrier.remedy for barrier in guidance.barriers())


@pytest.mark.parametrize("address", ["barriers/default@1", "goal-tools/default@1"])
def test_an_earlier_edition_is_still_read_and_all_of_it_is_in_the_newer(address):
    earlier = guidance.at(address)
    newer = library.find(earlier.kind, earlier.key)
    parts = "barriers" if earlier.kind == "barriers" else "tools"
    assert newer.edition == 2
    assert {part.key for part in getattr(earlier, parts)} <= {part.key for part in getattr(newer, parts)}


def test_every_purpose_says_what_mentee_mentor_and_organisation_may_hope_for():
    assert len(guidance.purposes()) == 8
    for purpose in guidance.purposes():
        assert len({purpose.mentee, purpose.mentor, purpose.organisation}) == 3


def test_what_is_read_cannot_be_changed():
    with pytest.raises(ValidationError):
        guidance.competences().competences[0].name = "Mine"
    with pytest.raises(TypeError):
        guidance.fit("lifecycle").situations[0].cells["kram"] = None
