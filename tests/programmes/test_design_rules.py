"""What a design lacks: each thing that is left, why it matters, and what the launch waits for."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.programmes.rules import design
from alongside.programmes.rules.days import Day
from alongside.programmes.rules.design import Aim, Hindrance, Paper
from alongside.programmes.rules.gaps import some
from alongside.programmes.rules.separation import Person, Roles
from alongside.programmes.terms import Section

CARYS, IRIS, SAM, LENA, SIONED = (
    Person(key, name) for key, name in enumerate(["Carys", "Iris", "Sam", "Lena", "Sioned"])
)
BARRIERS = tuple(
    Hindrance(side, f"{side} {number}", "Talk", "coordinator")
    for side in ("mentor", "mentee", "organisation")
    for number in (1, 2)
)
WHOLE = Paper(
    starts_on=date(2026, 9, 1),
    ends_on=date(2027, 8, 31),
    aims=(Aim("People stay", "How many", "Nine of ten"),),
    benefits={"mentee": "A", "mentor": "B", "organisation": "C"},
    audience="New leaders",
    eligibility="Two hours a month",
    style="developmental",
    shape="one-to-one",
    cadence_weeks=4,
    session_minutes=60,
    term_months=12,
    model_reason="It names the ending",
    roles=Roles(coordinators=(CARYS, IRIS), leads=(SAM,), alternates=(LENA,), sponsor=SIONED),
    covered=True,
    barriers=BARRIERS,
    tools=3,
    reviews=2,
    days=(Day("enrol", date(2026, 8, 1)), Day("match", date(2026, 8, 15)), Day("review", date(2027, 2, 1))),
    basis="legitimate_interests",
    notice="Handbook",
    contact="privacy@northgate.example",
    retention="retention/default@1",
    assessed=True,
    saved=frozenset(Section.values),
)
NOTHING = Paper(starts_on=date(2026, 9, 1), ends_on=date(2027, 8, 31))


def left(paper: Paper, *sections: str) -> list[str]:
    return [str(gap.words) for gap in design.gaps(paper, *sections)]


def test_a_whole_design_lacks_nothing():
    assert left(WHOLE) == []
    assert {one.state for one in design.progress(WHOLE)} == {"done"}
    assert design.next_section(design.progress(WHOLE)) is None


MISSING = {
    "no objective": ({"aims": ()}, ["Write one objective or more"]),
    "no measure": ({"aims": (Aim("People stay", "", "Nine"),)}, ["Say how “People stay” is measured"]),
    "no target": ({"aims": (Aim("People stay", "How many", ""),)}, ["Say what would be enough for “People stay”"]),
    "no benefits": (
        {"benefits": {"mentor": "B"}},
        ["Say what mentees gain", "Say what the organisation gains"],
    ),
    "no audience": ({"audience": ""}, ["Say for whom the programme is"]),
    "no eligibility": ({"eligibility": ""}, ["Say who can take part"]),
    "no style": ({"style": ""}, ["Choose a style"]),
    "no form": ({"shape": ""}, ["Choose a form"]),
    "no cadence": ({"cadence_weeks": None}, ["Say how often pairs meet"]),
    "no length": ({"session_minutes": None}, ["Say how long a session takes"]),
    "no term": ({"term_months": None}, ["Say how long a pair goes on"]),
    "a term past the end": (
        {"term_months": 14},
        ["Shorten the time of a pair, or move the last day: pairs would go on after it"],
    ),
    "no reason": ({"model_reason": ""}, ["Say why this model"]),
    "no cover": ({"covered": False}, ["Name somebody who covers for the coordinator"]),
    "one barrier": ({"barriers": BARRIERS[1:]}, ["Expect two barriers or more for mentors"]),
    "no remedy": (
        {"barriers": (*BARRIERS, Hindrance("pair", "No time", "", "mentor"))},
        ["Say what helps against “No time”"],
    ),
    "no owner": ({"barriers": (*BARRIERS, Hindrance("pair", "No time", "Ask", ""))}, ["Say who sees to “No time”"]),
    "two tools": ({"tools": 2}, ["Choose three ways to find a goal, or more"]),
    "one way to review": ({"reviews": 1}, ["Choose two ways to review, or more"]),
    "no enrolment": ({"days": WHOLE.days[1:]}, ["Say when enrolment ends"]),
    "no match": ({"days": (WHOLE.days[0], WHOLE.days[2])}, ["Say when pairs are made"]),
    "no review": ({"days": WHOLE.days[:2]}, ["Set a review, or several"]),
    "a day past the end": (
        {"days": (*WHOLE.days, Day("other", date(2028, 1, 1), "A party"))},
        ["Move “A party” from 1 January 2028"],
    ),
    "a kind past the end": (
        {"days": (*WHOLE.days, Day("review", date(2028, 1, 1)))},
        ["Move “Review” from 1 January 2028"],
    ),
    "no agreed times": ({"retention": ""}, ["Agree how long records are kept"]),
    "no assessment": ({"assessed": False}, ["Say when the impact on people was assessed"]),
}  # fmt: skip
REFUSING = {
    "no basis": ({"basis": ""}, ["Confirm the lawful basis"]),
    "no notice": ({"notice": ""}, ["Say where people read your privacy notice"]),
    "no contact": ({"contact": ""}, ["Name a privacy contact"]),
    "no lead": (
        {"roles": replace(WHOLE.roles, leads=(), alternates=())},
        ["Name a safeguarding lead for the organisation"],
    ),
}


@pytest.mark.parametrize(("changes", "words"), [*MISSING.values(), *REFUSING.values()], ids=[*MISSING, *REFUSING])
def test_each_thing_that_is_missing_is_said_with_why_it_matters(changes, words):
    found = design.gaps(replace(WHOLE, **changes))
    assert [str(gap.words) for gap in found] == words
    assert all(str(gap.why) for gap in found)


def test_the_launch_waits_for_privacy_and_separation_alone():
    for changes, _words in MISSING.values():
        assert not any(gap.refuses for gap in design.gaps(replace(WHOLE, **changes)))
    for changes, _words in REFUSING.values():
        assert all(gap.refuses for gap in design.gaps(replace(WHOLE, **changes)))
    refusing = [str(gap.words) for gap in design.gaps(NOTHING) if gap.refuses]
    assert refusing == [
        words for _changes, [words] in (REFUSING[key] for key in ("no lead", "no basis", "no notice", "no contact"))
    ]


def test_sections_can_be_asked_about_alone():
    assert left(NOTHING, Section.MODEL) == ["Say why this model"]
    assert left(NOTHING, Section.WHOM, Section.MODEL) == [
        "Say for whom the programme is", "Say who can take part", "Say why this model",
    ]  # fmt: skip


def test_how_far_a_section_is():
    begun = replace(NOTHING, saved=frozenset({"whom", "model", "how", "why"}), style="blended")
    found = {one.section: str(one.words) for one in design.progress(begun)}
    assert found == {
        "why": "Four things left", "whom": "Two things left", "how": "Four things left", "model": "One thing left",
        "who": "Not begun", "barriers": "Not begun", "tools": "Not begun", "calendar": "Not begun",
        "privacy": "Not begun",
    }  # fmt: skip
    assert [one.section for one in design.progress(begun) if one.refuses] == ["who", "privacy"]


def test_many_things_are_counted_in_figures():
    aims = tuple(Aim(f"Aim {number}", "", "") for number in range(3))
    [why, *_rest] = design.progress(replace(NOTHING, aims=aims, saved=frozenset({"why"})))
    assert str(why.words) == "9 things left"


def test_a_section_without_a_gap_is_done_whoever_wrote_it():
    found = {one.section: one.state for one in design.progress(replace(WHOLE, saved=frozenset()))}
    assert set(found.values()) == {"done"}


def test_the_next_section_is_the_first_one_that_is_not_done():
    found = design.progress(replace(WHOLE, audience="", basis=""))
    assert design.next_section(found) == "whom"
    assert design.next_section(found, after="whom") == "privacy"
    assert design.next_section(found, after="privacy") == "whom"
    only = design.progress(replace(WHOLE, audience=""))
    assert design.next_section(only, after="whom") is None


def test_what_stays_after_the_launch():
    assert design.fault_of_change("draft", {"style", "basis"}) is None
    assert design.fault_of_change("running", {"audience", "notice", "cadence_weeks"}) is None
    fault = "Style, form and lawful basis stay as they were at launch: pairs have begun on them."
    for name in ("style", "shape", "basis"):
        assert str(design.fault_of_change("running", {name})) == fault
    assert str(design.fault_of_change("closed", set())) == "This programme is closed. It stays as it is."


@pytest.mark.parametrize(
    ("words", "is_link"),
    [
        ("https://northgate.example/privacy", True),
        ("http://northgate.example", True),
        ("javascript:alert(1)", False),
        ("https://northgate.example/ and the handbook", False),
        ("Staff handbook, chapter 7", False),
        ("", False),
    ],
)
def test_only_a_plain_web_address_becomes_a_link(words, is_link):
    assert design.is_address(words) is is_link


def test_names_in_a_sentence():
    assert some([]) == ""
    assert some(["Amara"]) == "Amara"
    assert some(["Amara", "Ben"]) == "Amara and Ben"
    assert some(["Amara", "Ben", "Carys"]) == "Amara, Ben and Carys"
    assert some(["Amara", "Ben", "Carys", "Dev"]) == "Amara, Ben, Carys and one more"
    assert some(["Amara", "Ben", "Carys", "Dev", "Elin"]) == "Amara, Ben, Carys and 2 more"


_changes = st.fixed_dictionaries(
    {},
    optional={
        "audience": st.sampled_from(["", "X"]), "eligibility": st.sampled_from(["", "X"]), "style": st.just(""),
        "model_reason": st.just(""), "tools": st.integers(0, 5), "reviews": st.integers(0, 5),
        "basis": st.just(""), "notice": st.just(""), "contact": st.just(""), "aims": st.just(()),
        "barriers": st.just(()), "days": st.just(()), "covered": st.booleans(), "assessed": st.booleans(),
    },
)  # fmt: skip


@given(changes=_changes, saved=st.frozensets(st.sampled_from(Section.values)))
def test_progress_and_gaps_always_agree(changes, saved):
    paper = replace(WHOLE, **changes, saved=saved)
    found = design.progress(paper)
    assert [gap for one in found for gap in one.gaps] == design.gaps(paper)
    assert [one.section.value for one in found] == Section.values
    for one in found:
        assert (one.state == "done") == (not one.gaps)
        assert one.state != "not_begun" or one.section not in saved
    wanted = design.next_section(found)
    assert (wanted is None) == all(one.state == "done" for one in found)


@given(changes=_changes)
def test_filling_in_never_makes_more_to_do(changes):
    assert len(design.gaps(WHOLE)) <= len(design.gaps(replace(WHOLE, **changes)))
