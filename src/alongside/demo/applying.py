"""People apply or are asked: a programme open to everybody in Northgate, its waiting list, and the round after it."""

from datetime import timedelta

from alongside import guidance
from alongside.demo import people as cast
from alongside.demo.people import NORTHGATE
from alongside.demo.terms import DemoStage
from alongside.demo.world import World
from alongside.programmes import actions as programmes
from alongside.programmes.actions import Said, Verdict, Written
from alongside.programmes.models import ApplicationQuestion, Joining
from alongside.programmes.terms import CalendarKind, LawfulBasis, Part, Section, Step

SPRING, AUTUMN = "crossing", "crossing-next"
JUDGES = ("carys", "iris")
QUESTION = "Which door have you walked past until now?"
FREE = "What could you give up for it?"


def tell(world: World) -> None:
    """Plan the steps: two rounds, and an application in each state."""
    stage = DemoStage.UNDER_WAY
    world.at(15, 9, stage, lambda: _start(world))
    for day, who, part, words in (
        (16, "noor", Part.MENTOR, "The one between imaging and the wards, and I have the key"),
        (16.2, "idris", Part.MENTOR, "Finance, seen from the loading bay"),
        (17, "yusuf", Part.MENTEE, "The night office, where the plans are made"),
        (17.5, "grace", Part.MENTEE, "The hospice library, which nobody uses"),
        (18, "hana", Part.MENTEE, "Any that is not painted grey"),
    ):
        world.at(
            int(day),
            9 + 24 * (day % 1),
            stage,
            lambda who=who, part=part, words=words: _apply(world, SPRING, who, part, words),
        )
    for day, who, part, step in (
        (20, "noor", Part.MENTOR, Step.ACCEPT),
        (20.1, "idris", Part.MENTOR, Step.ACCEPT),
        (20.2, "yusuf", Part.MENTEE, Step.WAIT),
        (20.3, "grace", Part.MENTEE, Step.WAIT),
        (20.4, "hana", Part.MENTEE, Step.TURN_DOWN),
    ):
        world.at(
            int(day),
            9 + 24 * (day % 1),
            stage,
            lambda who=who, part=part, step=step: _decide(world, SPRING, who, part, step),
        )
    world.at(30, 9, stage, lambda: programmes.leave(world.part(SPRING, "idris", Part.MENTOR), by=world.actor("idris")))
    world.at(36, 9, stage, lambda: _next_round(world))
    world.at(38, 9, stage, lambda: programmes.launch(world.programmes[AUTUMN], by=world.actor("iris")))
    world.at(39, 9, stage, lambda: _carry(world))
    world.at(40, 9, stage, lambda: programmes.stay(_held(world, AUTUMN, "grace"), by=world.actor("grace")))
    world.at(41, 9, stage, lambda: _apply(world, AUTUMN, "tomos", Part.MENTEE, "The workshop where they mend the beds"))
    world.at(42, 9, stage, lambda: _decide(world, AUTUMN, "tomos", Part.MENTEE, Step.WAIT))
    for day, who, part in ((43, "viktor", Part.MENTOR), (44, "aisha", Part.MENTEE), (45, "lena", Part.MENTOR)):
        world.at(day, 9, stage, lambda who=who, part=part: _ask(world, who, part))
    world.at(46, 9, stage, lambda: programmes.decline(_held(world, AUTUMN, "aisha"), by=world.actor("aisha")))
    world.at(47, 9, stage, lambda: _take_back_from(world, "lena"))
    world.at(50, 9, stage, lambda: _apply(world, AUTUMN, "sana", Part.MENTEE, "The one to the ethics committee"))
    world.at(51, 9, stage, lambda: _apply(world, AUTUMN, "joanna", Part.MENTOR, "The server room in the chapel"))
    world.at(52, 9, stage, lambda: _taken_back(world))
    world.at(53, 9, stage, lambda: _begun(world))


def _start(world: World) -> None:
    iris, begins = world.actor("iris"), world.moment(45, 0).date()
    programme = programmes.create(
        name="Crossing over, spring",
        purpose="People who have always worked in one department see another one from inside.",
        starts_on=begins,
        ends_on=begins + timedelta(days=300),
        model_key="clutterbuck",
        model_edition=guidance.model("clutterbuck").edition,
        by=iris,
    )
    world.programmes[SPRING] = programme
    programmes.add_participants(programme, [programmes.Place(world.members["carys"], Part.COORDINATOR)], by=iris)
    everybody = [key for key in cast.keys(NORTHGATE) if cast.person(key).joins]
    question = world.plant(QUESTION, "a question of Crossing over", everybody)
    lines = [
        {"words": question, "asked": "both", "needed": True},
        {"words": FREE, "asked": "mentee", "needed": False},
    ]
    facts = {
        "audience": "Anybody who has been in one department for three years or more.",
        "eligibility": "Two hours a month, agreed with your line manager.",
        "open_to": "both",
        "one_in_both": True,
        "mentee_places": 2,
    }
    programmes.save(programme, Section.WHOM, Written(facts, lines), by=iris)
    ends = [{"kind": CalendarKind.ENROL, "day": world.moment(40, 0).date(), "words": ""}]
    programmes.save(programme, Section.CALENDAR, Written({}, ends), by=iris)
    basis = {"basis": LawfulBasis.LEGITIMATE_INTERESTS, "notice": "Staff handbook, chapter 7"}
    programmes.save(programme, Section.PRIVACY, Written(basis), by=iris)
    programmes.launch(programme, by=iris)


def _question(world: World, programme: str) -> str:
    return ApplicationQuestion.objects.get(programme=world.programmes[programme], words=QUESTION).ref


def _apply(world: World, programme: str, who: str, part: Part, words: str) -> None:
    actor = world.actor(who)
    text = world.plant(words, f"what {who} answered when applying", (who, *JUDGES))
    joining = programmes.begin(world.programmes[programme], part, by=actor)
    programmes.send(joining, Said({_question(world, programme): text}, fits=who != "joanna"), by=actor)


def _held(world: World, programme: str, who: str, part: str = Part.MENTEE) -> Joining:
    return Joining.objects.get(programme=world.programmes[programme], membership=world.members[who], part=part)


_LETTERS = {
    "hana": "Ask again when the library is done; we would like to read you then",
    "yusuf": "Both places went to people who had waited since the flood",
}


def _decide(world: World, programme: str, who: str, part: str, step: Step) -> None:
    words = _LETTERS.get(who, "")
    if words:
        words = world.plant(words, f"a letter to {who}", (who, *JUDGES))
    news_by = world.moment(53, 0).date() if step == Step.WAIT else None
    programmes.decide(_held(world, programme, who, part), Verdict(step, words, news_by), by=world.actor("iris"))


def _next_round(world: World) -> None:
    begins = world.moment(90, 0).date()
    made = programmes.duplicate(
        world.programmes[SPRING], name="Crossing over, autumn", starts_on=begins, by=world.actor("iris")
    )
    world.programmes[AUTUMN] = made
    carys = programmes.Place(world.members["carys"], Part.COORDINATOR)
    programmes.add_participants(made, [carys], by=world.actor("iris"))


def _carry(world: World) -> None:
    programmes.carry_over(world.programmes[SPRING], world.programmes[AUTUMN], by=world.actor("iris"))


_ASKED = {
    "viktor": "You know every corridor; somebody should walk them with you",
    "aisha": "You once asked what the laundry does all night",
    "lena": "The wards at seven, before anybody speaks",
}


def _ask(world: World, who: str, part: Part) -> None:
    words = world.plant(_ASKED[who], f"what {who} was asked with", (who, *JUDGES))
    wish = programmes.Wish(world.members[who], part)
    programmes.ask(world.programmes[AUTUMN], wish, by=world.actor("iris"), words=words)


def _take_back_from(world: World, who: str) -> None:
    programmes.recall(_held(world, AUTUMN, who, Part.MENTOR), by=world.actor("iris"))


def _taken_back(world: World) -> None:
    amara = world.actor("amara")
    joining = programmes.begin(world.programmes[AUTUMN], Part.MENTOR, by=amara)
    programmes.send(joining, Said({_question(world, AUTUMN): "On second thoughts, none."}, fits=True), by=amara)
    programmes.take_back(joining, by=amara)


def _begun(world: World) -> None:
    ben = world.actor("ben")
    text = world.plant("The roof, if I am honest", "an application that Ben has begun", ("ben",))
    joining = programmes.begin(world.programmes[AUTUMN], Part.MENTEE, by=ben)
    programmes.keep(joining, Said({_question(world, AUTUMN): text}), by=ben)
