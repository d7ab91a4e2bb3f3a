"""The core course for mentors and the two briefings."""

import pytest
from pydantic import ValidationError

from alongside import guidance
from alongside.guidance import library
from alongside.guidance.terms import Role
from tests.guidance.test_library import raw

QUESTIONS = [
    (module.key, question)
    for course in guidance.courses()
    for module in course.modules
    for question in module.questions
]


def test_the_core_course_has_its_six_parts_and_there_is_a_briefing_for_each_of_the_others():
    assert [(course.key, course.asked, len(course.modules)) for course in guidance.courses()] == [
        ("core", Role.MENTOR, 6), ("mentee", Role.MENTEE, 1), ("line-manager", Role.LINE_MANAGER, 1),
    ]  # fmt: skip
    assert [module.key for module in guidance.course("core").modules] == [
        "what-mentoring-is", "stages-and-duties", "listening-and-questions", "agreements-and-confidentiality",
        "safe-and-ethical", "records-and-reflection",
    ]  # fmt: skip


def test_the_core_course_takes_two_hours_and_a_bit():
    assert sum(module.minutes for module in guidance.course("core").modules) == 130


@pytest.mark.parametrize(("module", "question"), QUESTIONS, ids=lambda held: getattr(held, "key", held))
def test_each_answer_is_answered(module, question):
    assert len({choice.feedback for choice in question.choices}) == len(question.choices) == 3


def test_the_right_answer_does_not_always_stand_in_the_same_place():
    places = [[choice.right for choice in question.choices].index(True) for _module, question in QUESTIONS]
    assert {places.count(place) for place in range(3)}.isdisjoint({0})


@pytest.mark.parametrize("right", [[], ["ask", "stop"]])
def test_a_question_with_no_right_answer_or_two_is_refused(right):
    document = raw("training", "core@1.toml")
    for choice in document["modules"][0]["questions"][0]["choices"]:
        choice["right"] = choice["key"] in right
    with pytest.raises((ValidationError, guidance.Invalid)):
        library.load(document)


def test_danger_comes_first_and_secrecy_is_never_promised():
    modules = {module.key: module for module in guidance.course("core").modules}
    said = {key: " ".join(section.words for section in module.sections) for key, module in modules.items()}
    assert "call the emergency services first" in said["safe-and-ethical"]
    assert "Never promise to keep everything secret." in said["agreements-and-confidentiality"]
