"""How Northgate's people get ready: a code of ethics in two versions, training, competences, and who has done what."""

from collections.abc import Mapping

from django.core.files.base import ContentFile

from alongside.demo import people as cast
from alongside.demo.beginnings import COORDINATORS, LEADERS
from alongside.demo.people import NORTHGATE
from alongside.demo.terms import DemoStage
from alongside.demo.world import World
from alongside.readiness import actions, rules
from alongside.readiness.actions import competences, conflicts, days, training, vetting
from alongside.readiness.models import Conflict, Module, TrainingDay
from alongside.readiness.queries import in_force
from alongside.readiness.queries.training import in_words
from alongside.readiness.terms import Need
from alongside.relationships.actions import rating

FRAMEWORK = "competences/default@2"
MENTORS = ("amara", "mateo", "noor", "joanna")  # Idris has read the first version only

FIRST = {
    "what-mentoring-is": 2, "models-and-tools": 1, "agreeing": 2, "barriers": 1, "safety-and-law": 2, "records": 2,
    "listening": 2, "questions": 1, "feedback": 3, "goals-and-plans": 2, "reviewing": 0, "reliable": 3, "respect": 3,
    "holding-back": 1, "boundaries": 2,
}  # fmt: skip
"""Where Amara says she stands before she begins: not of everything."""
LATER = FIRST | {
    "what-mentoring-is": 3, "models-and-tools": 2, "agreeing": 3, "barriers": 2, "listening": 3, "questions": 3,
    "challenge-and-support": 2, "reviewing": 1, "holding-back": 3, "reflects": 2,
}  # fmt: skip
SEEN = {"agreeing": 3, "listening": 4, "questions": 3, "feedback": 1, "reliable": 4, "respect": 4, "holding-back": 2}

# A page with one line, as small as a PDF can be.
_PLAN = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 100]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj
4 0 obj<</Length 55>>stream
BT /F 14 Tf 20 50 Td (Linen store, third floor, left) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Size 6/Root 1 0 R>>
%%EOF
"""
TRAINED = {"amara": 7, "mateo": 6, "noor": 6, "joanna": 4, "idris": 1}  # how many parts each has done


def tell(world: World) -> None:
    """Plan it: the code before the launch, a new version of it later, which most mentors have accepted."""
    stage, told = DemoStage.INITIATION, DemoStage.MATCHING  # nobody is asked anything before the launch
    world.at(3, 14, stage, lambda: _state(world))
    world.at(3, 15, stage, lambda: _ask(world))
    for number, who in enumerate((*MENTORS, "idris")):
        world.at(5, 10 + number / 4, told, lambda who=who: _accept(world, who))
    world.at(3, 16, stage, lambda: _put_training_together(world))
    for number, (who, parts) in enumerate(TRAINED.items()):
        world.at(5, 11.5 + number / 4, told, lambda who=who, parts=parts: _train(world, who, parts))
    world.at(20, 10, DemoStage.UNDER_WAY, lambda: _come_to_it(world))
    world.at(30, 17, DemoStage.UNDER_WAY, lambda: _was_there(world))
    for number, who in enumerate(("amara", "joanna", "noor")):
        world.at(5, 14 + number / 4, told, lambda who=who: _nothing_to_declare(world, who))
    world.at(5, 15.5, told, lambda: _declare(world))
    world.at(6, 8, told, lambda: _decide(world))
    world.at(40, 11, DemoStage.UNDER_WAY, lambda: _declare_another(world))
    for number, who in enumerate(("amara", "noor", "joanna")):
        world.at(5, 16.5 + number / 4, told, lambda who=who: _vet(world, who))
    world.at(4, 15, stage, lambda: _state_at_harbour(world))
    world.at(5, 16, told, lambda: _accept(world, "mateo2"))
    world.at(38, 15, DemoStage.UNDER_WAY, lambda: _state_anew(world))
    world.at(6, 18, told, lambda: _rate(world, FIRST, "Held three first meetings with new nurses last year"))
    world.at(41, 12, DemoStage.UNDER_WAY, lambda: rating.ask(world.pair("ben", "amara"), by=world.actor("amara")))
    world.at(42, 13, DemoStage.UNDER_WAY, lambda: _see(world))
    world.at(
        43, 18, DemoStage.UNDER_WAY, lambda: _rate(world, LATER, "Waited a whole minute, and the answer came by itself")
    )
    world.at(44, 18, DemoStage.UNDER_WAY, lambda: _begin_another(world))
    world.at(44, 12, DemoStage.UNDER_WAY, lambda: rating.ask(world.pair("leila", "mateo2"), by=world.actor("mateo2")))
    for number, who in enumerate(MENTORS):
        world.at(39, 10 + number / 4, DemoStage.UNDER_WAY, lambda who=who: _accept(world, who))


def _state(world: World) -> None:
    said = actions.Written("Global Code of Ethics", "Version 3, July 2021", "https://www.globalcodeofethics.org/")
    actions.state_code(said, seen=0, by=world.actor("carys"))


def _state_anew(world: World) -> None:
    """The same code, with two sentences of Northgate's own."""
    own = world.plant(
        "Nobody at Northgate mentors somebody whose rota they write", "Northgate’s own part of the code",
        cast.keys(NORTHGATE),
    )  # fmt: skip
    held = in_force(world.organisations[NORTHGATE])
    if held is None:
        raise LookupError("there is no code")
    text = f"{own}.\n\nWhoever is not sure asks Carys or Iris before the next session."
    said = actions.Written(held.name, "Version 3, with our own part", held.link, text)
    actions.state_code(said, seen=held.number, by=world.actor("carys"))


def _state_at_harbour(world: World) -> None:
    text = "- We turn up.\n- What we hear stays with us, unless somebody is in danger.\n- We ask before we advise."
    actions.state_code(actions.Written("How we mentor", text=text), seen=0, by=world.actor("bronagh"))


def _ask(world: World) -> None:
    """Carys says what is asked of her mentors; nobody is held up by it. Bronagh leaves it as it comes."""
    asked = ["code", "training", "conflicts", "vetting"]
    wanted = actions.Wanted(mentors=asked, mentees=["training"], holds_pairs=False)
    actions.set_rule(world.programmes[LEADERS], wanted, by=world.actor("carys"))


def _put_training_together(world: World) -> None:
    """The courses as they come, and a part of Northgate's own; mentees have their briefing offered only."""
    carys, everybody = world.actor("carys"), cast.keys(NORTHGATE)
    training.adopt(by=carys)
    words = {
        "title": "Mentoring at Northgate",
        "summary": world.plant("Where to find a room that nobody else has booked", "a part of the training", everybody),
        "minutes": 10,
        "text": world.plant(
            "The linen store on the third floor has two chairs and no telephone", "text of the training", everybody
        ),
    }
    plan = ContentFile(_PLAN, "Where the rooms are.pdf")
    made = training.add_module(training.Wanted(Need.OPTIONAL, Need.OPTIONAL, 12, words, file=plan), by=carys)
    _ask_where_the_rooms_are(world, made)
    _set_a_training_day(world)


def _ask_where_the_rooms_are(world: World, module: Module) -> None:
    everybody = cast.keys(NORTHGATE)
    said = world.plant("The book hangs behind the door on a blue string", "what is said to an answer", everybody)
    answers = (
        rules.Choice("1", "At the front desk", "They will send you upstairs.", False),
        rules.Choice("2", "In the linen store’s own book", said, True),
    )
    training.ask(module, rules.Question("where", "Where is a room booked?", answers), seen=1, by=world.actor("carys"))


def _set_a_training_day(world: World) -> None:
    """An afternoon that is offered to mentors."""
    carys, words = world.actor("carys"), {"title": "Listening, practised", "minutes": 120, "is_met": True}
    made = training.add_module(training.Wanted(Need.OPTIONAL, Need.NONE, None, words), by=carys)
    place = world.plant("Seminar room under the old clock", "where a training day is", cast.keys(NORTHGATE))
    for day in (30, 70):
        days.set_day(made, days.Set(world.moment(day, 14), 120, place, 12), by=carys)


def _come_to_it(world: World) -> None:
    """Amara and Noor come to the first; Amara was there. Joanna comes to the next."""
    first, later = _days()
    for day, who in ((first, "amara"), (first, "noor"), (later, "joanna")):
        days.come(day, by=world.actor(who))


def _was_there(world: World) -> None:
    days.record(_days()[0], [world.members["amara"]], by=world.actor("carys"))


def _days() -> list[TrainingDay]:
    return list(TrainingDay.objects.order_by("starts_at"))


def _train(world: World, who: str, parts: int) -> None:
    """Somebody does the first so many parts of the training, with the right answers."""
    actor = world.actor(who)
    of_mentors = Module.objects.filter(organisation=actor.organisation).exclude(mentors=Need.NONE).exclude(is_met=True)
    for module in of_mentors.order_by("place")[:parts]:
        asked = in_words(module, "en").questions
        answers = {question.key: next(one.key for one in question.choices if one.right) for question in asked}
        training.complete(module, answers, seen=module.revision, by=actor)


def _nothing_to_declare(world: World, who: str) -> None:
    conflicts.state_no_more(world.programmes[LEADERS], by=world.actor(who))


def _declare(world: World) -> None:
    words = world.plant(
        "My sister keeps the accounts for the team in which two of the mentees work", "a conflict that Mateo declared",
        ["mateo", *COORDINATORS[LEADERS]],
    )  # fmt: skip
    programme = world.programmes[LEADERS]
    conflicts.declare_conflict(programme, kind="personal", words=words, by=world.actor("mateo"))


def _decide(world: World) -> None:
    answer = world.plant(
        "Leave the room when her figures come up, and all is well", "what Carys answered to it",
        ["mateo", *COORDINATORS[LEADERS]],
    )  # fmt: skip
    held = Conflict.objects.get(membership=world.members["mateo"])
    conflicts.decide(held, decision="care", answer=answer, by=world.actor("carys"))


def _declare_another(world: World) -> None:
    """Idris declares one lately; nobody has decided about it yet."""
    words = world.plant(
        "I am asked to examine the spring module in which Gracie sits", "a conflict that Idris declared",
        ["idris", *COORDINATORS[LEADERS]],
    )  # fmt: skip
    conflicts.declare_conflict(world.programmes[LEADERS], kind="decides", words=words, by=world.actor("idris"))


def _vet(world: World, who: str) -> None:
    """Amara and Noor are in order; Joanna's was asked for."""
    begun = world.moment(2, 0).date()
    found = vetting.Found("Enhanced check", "waiting", begun)
    if who != "joanna":
        number, again = f"NH-{len(who)}27-41", begun.replace(year=begun.year + 3)
        found = vetting.Found("Enhanced check", "clear", begun, number, again)
    vetting.record_vetting(world.members[who], found, seen="", by=world.actor("carys"))


def _rate(world: World, levels: Mapping[str, int], words: str) -> None:
    """Amara says where she stands, with a line beside one of them."""
    line = world.plant(words, "what shows where Amara stands", ["amara"])
    said = {key: competences.Said(level, line if key == "listening" else "") for key, level in levels.items()}
    competences.rate_oneself(competences.Sent(said, FRAMEWORK), by=world.actor("amara"))


def _see(world: World) -> None:
    """Ben answers what Amara asked."""
    line = world.plant("She told me what I did well, and not yet what to do otherwise", "what Ben noticed of Amara",
                       ["ben", "amara"])  # fmt: skip
    said = {key: competences.Said(level, line if key == "feedback" else "") for key, level in SEEN.items()}
    rating.rate_mentor(world.pair("ben", "ben"), competences.Sent(said, FRAMEWORK), by=world.actor("ben"))


def _begin_another(world: World) -> None:
    """Amara has begun to look at herself once more, and not finished."""
    line = world.plant(
        "Brought up the ending a month early this time", "what Amara has begun to say of herself", ["amara"]
    )
    words = {"framework": FRAMEWORK, "level-reviewing": "2", "evidence-reviewing": line}
    competences.keep_draft(world.members["amara"], words, by=world.actor("amara"))


def _accept(world: World, who: str) -> None:
    actor = world.actor(who)
    held = in_force(actor.organisation)
    if held is None:
        raise LookupError("there is no code")
    actions.accept_code(held.ref, by=actor)
