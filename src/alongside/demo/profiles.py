"""What the invented people say of themselves, page by page, and who may read which of it."""

from alongside.demo import people as cast
from alongside.demo.people import Person
from alongside.demo.terms import DemoStage
from alongside.demo.world import World
from alongside.people import actions as people
from alongside.people.terms import DayPart, NeedsKind, NeedsSharing, ProfilePart, Showing

SHOWN_WITH = {
    "headline": Showing.HEADLINE, "career_aim": Showing.HEADLINE, "site": Showing.WORK, "team": Showing.WORK,
    "working_days": Showing.TIMES,
}  # fmt: skip
_UNLESS_CHOSEN = frozenset(Showing) - {Showing.TIMES}
# Ben keeps his headline for whoever is proposed to him; Tomos shows his name alone; Amara shows everything.
_SHOWS = {
    "ben": frozenset({Showing.SKILLS, Showing.WORK, Showing.PRONOUNS}),
    "tomos": frozenset(),
    "amara": frozenset(Showing),
}  # fmt: skip
_PAIRS = {"ben": "amara", "leila": "mateo2"}  # those whose words are planted, and who reads them as their partner
_PRONOUNS = {"ben": "he/him", "amara": "she/her", "leila": "she/her", "joanna": "she/they", "noor": "they/them"}
_INTERESTS = {
    "ben": ["Sea swimming before six", "Chess"],
    "amara": ["Mending old radios", "Chess"],
    "leila": ["Bread that takes two days"],
}  # fmt: skip
_WAYS = {"ben": ["in_person", "video"], "amara": ["video"], "joanna": ["in_person"], "leila": ["in_person", "phone"]}
_TIMES = {
    "ben": [(0, DayPart.MIDDAY), (1, DayPart.MIDDAY), (3, DayPart.AFTERNOON)],
    "amara": [(1, DayPart.MIDDAY), (1, DayPart.AFTERNOON), (3, DayPart.MORNING), (3, DayPart.AFTERNOON)],
    "mateo": [(0, DayPart.MORNING), (2, DayPart.EVENING)],
    "mateo2": [(2, DayPart.EVENING), (5, DayPart.MORNING)],
    "leila": [(5, DayPart.MORNING), (5, DayPart.MIDDAY)],
    "sana": [(4, DayPart.MORNING)],
    "joanna": [(4, DayPart.MORNING), (4, DayPart.MIDDAY)],
}  # fmt: skip


def tell(world: World) -> None:
    """Plan what people say of themselves, once they have joined."""
    stage = DemoStage.INITIATION
    for number, key in enumerate(dict.fromkeys((*_PRONOUNS, *_SHOWS, *_TIMES))):
        world.at(4, 9.5 + number / 60, stage, lambda key=key: _say(world, key))
    world.at(4, 12, stage, lambda: _needs(world))
    world.at(4, 13, stage, lambda: people.say_room(by=world.actor("joanna"), most=3, pause=None))
    world.at(20, 13, DemoStage.UNDER_WAY, lambda: _pause(world))


def readers(world: World, person: Person, what: Showing) -> tuple[str, ...]:
    """Who may read a planted sentence in somebody's profile: themselves, whoever manages people, and as they chose."""
    here = person.organisation
    managing = [found.key for found in cast.EVERYONE if found.organisation == here and found.manages_people]
    fellows = cast.keys(here, taking_part=True) if what in _SHOWS.get(person.key, _UNLESS_CHOSEN) else ()
    return tuple(dict.fromkeys((person.key, *managing, *fellows, *_partner(world, person.key))))


def _partner(world: World, key: str) -> tuple[str, ...]:
    """Whoever is proposed to them or in a pair with them at the end of what is told."""
    over = key == "ben" and world.reaches(DemoStage.COMPLETED)
    return (_PAIRS[key],) if key in _PAIRS and world.reaches(DemoStage.MATCHING) and not over else ()


def _say(world: World, key: str) -> None:
    actor = world.actor(key)
    if key in _PRONOUNS:
        people.say(ProfilePart.ABOUT, by=actor, pronouns=_PRONOUNS[key], interests=_interests(world, key))
    if key in _SHOWS:
        people.show(_SHOWS[key], by=actor)
    if key in _TIMES:
        people.say_times(_TIMES[key], by=actor, ways=_WAYS.get(key))


def _interests(world: World, key: str) -> list[str]:
    """The first of them is somebody's alone."""
    held, person = _INTERESTS.get(key, []), cast.person(key)
    may = readers(world, person, Showing.HEADLINE)
    return [world.plant(word, f"an interest of {person.name}", may) for word in held[:1]] + held[1:]


def _needs(world: World) -> None:
    """Ben shares with his partner, Leila with the coordinator too, Sana with nobody."""
    for key, shared, ticked, together, arranging in (
        ("ben", NeedsSharing.PARTNER, ("agenda_ahead", "step_free"),
         "Ask me twice when I say that all is fine", "My left ear hears better than the right one"),
        ("leila", NeedsSharing.COORDINATOR, ("plain_words", "captions"),
         "In my family the eldest speaks first", "After sunset in Ramadan, or early in the morning"),
        ("sana", NeedsSharing.NOBODY, ("time_to_think", "quiet"),
         "I draw while I listen", "No rooms with glass walls"),
    ):  # fmt: skip
        partner = _partner(world, key)
        coordinator = ("bronagh",) if shared == NeedsSharing.COORDINATOR else ()
        name, own = cast.person(key).name, (key, *partner)
        said = {
            NeedsKind.TOGETHER: people.NeedsSaid(
                ticked[:1], world.plant(together, f"how {name} likes to work together", own)
            ),
            NeedsKind.ARRANGING: people.NeedsSaid(
                ticked[1:], world.plant(arranging, f"what has to be arranged for {name}", (*own, *coordinator))
            ),
        }
        people.say_needs(said, by=world.actor(key), shared=shared)


def _pause(world: World) -> None:
    idris = world.actor("idris")
    words = world.plant("The allotment wants me until the beans are in", "why Idris pauses, kept to himself", ["idris"])
    pause = people.PauseWanted(world.moment(20, 0).date(), world.moment(90, 0).date(), words)
    people.say_room(by=idris, most=1, pause=pause)
