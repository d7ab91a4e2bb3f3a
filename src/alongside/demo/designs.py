"""What the demo's programmes are on paper: one is written out in full, the other as little as a launch needs."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from alongside import guidance
from alongside.demo import people as cast
from alongside.demo.beginnings import COORDINATORS, FIRST_STEPS, LEADERS
from alongside.demo.people import NORTHGATE
from alongside.demo.terms import DemoStage
from alongside.demo.world import World
from alongside.programmes import actions as programmes
from alongside.programmes.actions import Written
from alongside.programmes.terms import CalendarKind, Chapter, Placing, Section

WRITERS = COORDINATORS[LEADERS]
READERS = (*cast.keys(NORTHGATE, taking_part=True), *WRITERS)
Lines = list[Mapping[str, Any]]


def tell(world: World) -> None:
    """Plan the writing: Carys writes, Iris has begun to change a sentence and not saved it."""
    stage = DemoStage.INITIATION
    steps = (_why, _whom, _how, _model, _who, _barriers, _tools, _calendar, _privacy)
    for number, step in enumerate(steps):
        world.at(4, 9 + number / 4, stage, lambda step=step: step(world))
    world.at(4, 15, stage, lambda: _handbook(world))
    world.at(4, 16, stage, lambda: _thinly(world))
    world.at(40, 9, stage, lambda: _begun(world))


def _plant(world: World, text: str, what: str) -> str:
    return world.plant(text, f"{what} of Rising leaders, autumn", WRITERS)


def _plant_for_all(world: World, text: str, what: str) -> str:
    return world.plant(text, f"{what} of Rising leaders, autumn", READERS)


def _save(world: World, section: str, facts: Mapping[str, Any], **more: Any) -> None:
    programmes.save(world.programmes[LEADERS], section, Written(facts, **more), by=world.actor("carys"))


def _why(world: World) -> None:
    facts = {
        "purposes": ["career", "belonging"],
        "benefit_mentee": _plant(world, "Somebody to think aloud with who signs no appraisal", "what mentees gain"),
        "benefit_mentor": _plant(world, "An hour a month that is not about beds", "what mentors gain"),
        "benefit_organisation": _plant(world, "Fewer empty desks in the second winter", "what the organisation gains"),
    }
    lines: Lines = [
        {
            "words": _plant(world, "New leaders stay beyond their first winter", "an objective"),
            "measure": _plant(world, "How many still lead the same team after a year", "its measure"),
            "target": _plant(world, "Nine of ten by the end of next August", "its target"),
        },
        {
            "words": "Mentees lead their own agenda",
            "measure": "Agendas sent before a session",
            "target": "Two of three",
        },
    ]
    _save(world, Section.WHY, facts, lines=lines)


def _whom(world: World) -> None:
    facts = {
        "audience": _plant_for_all(world, "Whoever has led a team for less than eighteen months", "audience"),
        "eligibility": _plant(world, "A manager who gives two hours a month, and no open grievance", "eligibility"),
    }
    question = _plant(world, "What would you try if nobody were watching?", "a question of the application")
    lines: Lines = [
        {"words": question, "asked": "mentee", "needed": True},
        {"words": "When did somebody last help you think?", "asked": "both", "needed": False},
    ]
    _save(world, Section.WHOM, facts, lines=lines)


def _how(world: World) -> None:
    facts = {"style": "developmental", "shape": "one-to-one", "cadence_weeks": 4, "session_minutes": 60}
    _save(world, Section.HOW, facts | {"term_months": 10})


def _model(world: World) -> None:
    reason = "It names the winding down, which our last round forgot"
    programmes.choose_model(
        world.programmes[LEADERS],
        key="clutterbuck",
        reason=_plant_for_all(world, reason, "the reason for the model"),
        answers={"time-boxed": 3, "reporting": 3, "self-directed": 2, "networks": 1},
        by=world.actor("carys"),
    )


def _who(world: World) -> None:
    named = {"cover": world.members["iris"], "sponsor": world.members["sioned"]}
    _save(world, Section.WHO, {"privacy_contact": ""}, named=named)


def _barriers(world: World) -> None:
    own = {
        "side": "organisation",
        "words": _plant(world, "The winter rota eats every second Thursday", "a barrier"),
        "remedy": _plant(world, "Sessions at the change of shift, agreed with the wards", "its remedy"),
        "owner": "line_manager",
    }
    known = [
        ("mentee", "passive", "mentee"),
        ("mentee", "distrust", "coordinator"),
        ("mentor", "telling", "supervisor"),
        ("mentor", "overload", "mentor"),
        ("organisation", "manager", "coordinator"),
    ]
    remedies = {barrier.key: barrier.remedy for barrier in guidance.barriers()}
    lines: Lines = [
        *({"side": side, "key": key, "remedy": remedies[key], "owner": owner} for side, key, owner in known),
        own,
    ]
    _save(world, Section.BARRIERS, {}, lines=lines)


def _tools(world: World) -> None:
    facts = {
        "goal_tools": ["own-words", "grow", "wheel", "values"],
        "review_methods": ["session-feedback-mentee", "milestone-review", "closing-review"],
    }
    _save(world, Section.TOOLS, facts)


def _calendar(world: World) -> None:
    begins: date = world.moment(3, 0).date()
    days = [
        (CalendarKind.ENROL, 1, ""),
        (CalendarKind.MATCH, 3, ""),
        (CalendarKind.LAUNCH, 4, _plant_for_all(world, "Tea and introductions in the old chapel", "a day")),
        (CalendarKind.BRIEFING, 24, "For line managers"),
        (CalendarKind.REVIEW, 90, "After the third session: does it fit?"),
        (CalendarKind.REVIEW, 182, "Halfway"),
        (CalendarKind.REVIEW, 350, "Looking back together"),
    ]
    lines: Lines = [{"kind": kind, "day": begins + timedelta(days=day), "words": words} for kind, day, words in days]
    _save(world, Section.CALENDAR, {}, lines=lines)


def _privacy(world: World) -> None:
    facts = {
        "basis": "legitimate_interests",
        "basis_reason": _plant(world, "Weighed on the blue form and signed by Petra", "why this basis"),
        "notice": _plant_for_all(world, "Staff handbook, chapter seven, the yellow pages", "the privacy notice"),
        "notice_version": "3",
        "retention": "retention/default@1",
        "assessed_on": world.moment(1, 0).date(),
        "assessment": _plant(world, "In the cabinet of information governance, shelf two", "the impact assessment"),
    }
    _save(world, Section.PRIVACY, facts)


def _thinly(world: World) -> None:
    facts = {"basis": "legitimate_interests", "notice": "On the back of the volunteer agreement"}
    what = "the privacy notice of First steps"
    facts["notice"] = world.plant(facts["notice"], what, (*COORDINATORS[FIRST_STEPS], "leila", "mateo2"))
    programmes.save(world.programmes[FIRST_STEPS], Section.PRIVACY, Written(facts), by=world.actor("bronagh"))


def _begun(world: World) -> None:
    words = world.plant("Petra wants to look at the form once more", "Iris’s unsaved page of the design", ["iris"])
    draft = {"seen": ["1"], "basis_reason": [words], "notice": ["The staff handbook"], "notice_version": ["4"]}
    programmes.keep_draft(world.programmes[LEADERS], Section.PRIVACY, draft, by=world.actor("iris"))


def _handbook(world: World) -> None:
    words = _plant_for_all(world, "Here the first meeting is a walk around the pond", "own words in the handbook")
    programmes.write_handbook(
        world.programmes[LEADERS], Chapter.TRUST, words, placing=Placing.FIRST, by=world.actor("carys"), seen=0
    )
