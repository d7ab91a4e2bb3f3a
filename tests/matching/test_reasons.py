"""Why two people fit, in words: what is there and what is not, criterion by criterion."""

import pytest

from alongside.matching import reasons
from alongside.matching.fit import One, Scale
from alongside.matching.reasons import Two
from alongside.matching.rules import Policy
from alongside.matching.terms import CriterionName

BEN = {
    "wanted": ["Budgets", "Leading a team"], "site": "Eastgate", "grade": "Band 5", "department": "Wards",
    "hours": ["0 morning", "2 evening"], "languages": ["Welsh", "English"], "since": "2024-03-01",
    "career_aim": "leading the imaging ward", "interests": ["Old maps", "choirs"],
}  # fmt: skip
AMARA = {
    "offered": ["Leading a team"], "site": "Eastgate", "grade": "Band 7", "department": "Imaging",
    "hours": ["2 evening"], "languages": ["English"], "since": "2019-03-01", "mentees": 1,
    "job_title": "Head of imaging", "interests": ["Chess", "old maps"],
}  # fmt: skip


def share(name: CriterionName, ben: dict = BEN, amara: dict = AMARA) -> reasons.Share:
    """What one criterion gives the two, where it is all that counts."""
    grades = [ben.get("grade", ""), amara.get("grade", "")]
    scale = Scale(Policy(weights={name: 100}, ideal=2), grades=grades, offers=[amara.get("offered", [])])
    two = Two(One("ben", ben), One("amara", amara), "Ben", "Amara")
    (found,) = reasons.shares(scale, scale.points(two.mentee, two.mentor), two)
    return found


@pytest.mark.parametrize(
    ("name", "note", "brief"),
    [
        ("skills", "Leading a team. Not: Budgets.", "Leading a team"),
        ("seniority", "Amara is more senior by 1 grade: Band 7 against Band 5.", "more senior by 1 grade"),
        ("site", "Both are at Eastgate.", "both at Eastgate"),
        ("department", "Ben is in Wards, Amara in Imaging.", "another department"),
        ("hours", "Both can meet: Wednesday evening.", "1 usual time in common"),
        ("languages", "Both speak: English.", "English"),
        ("interests", "Both have named: Old maps.", "Old maps"),
        (
            "aim",
            "Where Ben wants to get to and what Amara does share: leading, imaging.",
            "near to where Ben wants to get to",
        ),
        ("tenure", "Amara has been here 5 years longer.", "5 years longer here"),
        ("share", "Amara had 1 mentee when this was worked out.", ""),
    ],
)
def test_each_criterion_says_what_two_people_have_in_common(name, note, brief):
    found = share(CriterionName(name))
    assert (str(found.note), str(found.brief)) == (note, brief)


@pytest.mark.parametrize(
    ("name", "ben", "amara", "note"),
    [
        ("skills", {"wanted": []}, {}, "Ben has named no skills yet."),
        ("skills", {}, {"offered": []}, "Amara offers none of what Ben wants: Budgets, Leading a team."),
        ("skills", {}, {"offered": ["Leading a team", "Budgets"]}, "All that Ben wants: Budgets, Leading a team."),
        ("seniority", {}, {"grade": ""}, "Not known: a grade is missing, or stands in no order."),
        ("seniority", {"grade": "Band 7"}, {}, "Both have the grade Band 7."),
        ("seniority", {"grade": "Band 8"}, {}, "Amara is less senior by 1 grade: Band 7 against Band 8."),
        ("site", {}, {"site": ""}, "Not known: one of the two has named no site."),
        ("site", {}, {"site": "Harbour"}, "Ben is at Eastgate, Amara at Harbour."),
        ("department", {}, {"department": "Wards"}, "Both are in Wards."),
        ("hours", {}, {"hours": []}, "Amara has named no usual times."),
        ("hours", {}, {"hours": ["6 midday"]}, "No usual times in common."),
        ("languages", {}, {"languages": ["Polish"]}, "No language in common."),
        ("interests", {}, {"interests": []}, "Amara has named no interests."),
        ("interests", {}, {"interests": ["Chess"]}, "No interests in common."),
        ("aim", {"career_aim": ""}, {}, "Ben has not said where they want to get to."),
        ("tenure", {"since": "2015-01-01"}, {}, "Amara has not been here longer than Ben."),
    ],
)
def test_what_is_missing_is_said_and_nothing_stands_in_the_line_for_it(name, ben, amara, note):
    assert share(CriterionName(name), BEN | ben, AMARA | amara).note == note


def test_whom_somebody_asked_for_is_read_by_nobody():
    wished = share(CriterionName.WISHES, BEN | {"wishes": ["amara"]}, AMARA | {"wishes": []})
    nobody = share(CriterionName.WISHES, BEN, AMARA)
    assert (wished.note, wished.brief) == (nobody.note, nobody.brief)


def test_a_criterion_that_gives_nothing_does_not_stand_in_the_line():
    found = [share(CriterionName.DEPARTMENT, BEN, AMARA | {"department": "Wards"})]
    assert reasons.briefly(found) == "Little in common"


def test_the_line_of_a_list_names_three_reasons_at_most():
    names = ("skills", "seniority", "site", "department")
    found = [share(CriterionName(name)) for name in names]
    assert reasons.briefly(found) == "Leading a team; more senior by 1 grade; both at Eastgate"


def test_many_words_are_counted_after_the_fourth():
    assert reasons.named(["a", "b", "c", "d", "e", "f"]) == "a, b, c, d, 2 more"
