"""More pairs beside the story: for long lists, benches, and tests of how pages grow."""

from random import Random

from alongside.demo.beginnings import LEADERS
from alongside.demo.people import NORTHGATE, Person
from alongside.demo.terms import DemoStage
from alongside.demo.world import World
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actors import SYSTEM
from alongside.meetings import actions as meetings
from alongside.organisations.actions.notice import ensure_notice, note_shown
from alongside.organisations.terms import ShownWhen
from alongside.people.actions import people
from alongside.programmes import actions as programmes
from alongside.relationships import actions as pairs

PAIRS_A_STEP = 10
_FIRST = ("Aled", "Bethan", "Chidi", "Daisuke", "Efe", "Farah", "Gethin", "Humeyra", "Ines", "Jamal", "Kwame", "Lowri")
_LAST = ("Abara", "Bevan", "Costa", "Dinh", "Ekström", "Fofana", "Griffiths", "Hughes", "Ivanov", "Jenkins", "Kaya")
_SKILLS = ("Budgeting", "Networking", "Resilience", "Data analysis", "Chairing meetings", "Negotiation")


def tell(world: World, scale: int) -> None:
    """Plan the crowd's steps: `scale` 1 adds nobody, each step more adds ten pairs."""
    random = Random(20261124)  # noqa: S311 -- the same crowd every time
    for number in range(PAIRS_A_STEP * (scale - 1)):
        mentor, mentee = (_person(random, number, part) for part in ("mentor", "mentee"))
        world.at(4, 9 + number / 1000, DemoStage.INITIATION, lambda a=mentor, b=mentee: _join(world, a, b))
        world.at(13, 9 + number / 1000, DemoStage.MATCHING, lambda a=mentor, b=mentee: _pair(world, a, b))
        if number % 2:
            world.at(16, 9 + number / 1000, DemoStage.UNDER_WAY, lambda a=mentor, n=number: _meet(world, a, n))


def _person(random: Random, number: int, part: str) -> Person:
    name = f"{random.choice(_FIRST)} {random.choice(_LAST)}"
    skills = tuple(random.sample(_SKILLS, 2))
    address = f"{part}{number:05d}@northgate.example"
    if part == "mentor":
        return Person(f"mentor-{number}", name, "Mentor", address=address, offers=skills, mentor_places=1)
    return Person(f"mentee-{number}", name, "Mentee", address=address, wants=skills, mentee=True)


def _join(world: World, *persons: Person) -> None:
    for person in persons:
        membership = people.add_person(
            organisation=world.organisations[NORTHGATE], by=SYSTEM, name=person.name, work_address=person.address
        )
        people.change_profile(membership, by=SYSTEM, offered=list(person.offers), wanted=list(person.wants))
        account = identity.create_account(
            email=person.address, password=None, timezone="Europe/London", language="en-gb"
        )
        invitation = identity.find_invitation(identity.invite(membership, by=SYSTEM))
        if invitation is None:
            raise LookupError(person.key)
        joined = world.members[person.key] = identity.join(invitation, account=account)
        note_shown(joined, ensure_notice(joined.organisation), by=SYSTEM, when=ShownWhen.JOINING)
        part = "mentor" if person.mentor_places else "mentee"
        place = programmes.Place(world.members[person.key], part, 1)
        programmes.add_participants(world.programmes[LEADERS], [place], by=world.actor("carys"))


def _pair(world: World, mentor: Person, mentee: Person) -> None:
    made = pairs.propose(
        world.part(LEADERS, mentor.key, "mentor"), world.part(LEADERS, mentee.key, "mentee"), by=world.actor("carys")
    )
    world.relationships[mentor.key] = made
    for person in (mentor, mentee):
        pairs.accept(world.pair(mentor.key, person.key), by=world.actor(person.key))


def _meet(world: World, mentor: Person, number: int) -> None:
    record = meetings.Record(
        starts_at=world.moment(15, 10), minutes=60, present=frozenset({"mentor", "mentee"}), key=f"crowd-{number}"
    )
    meetings.write_down(world.pair(mentor.key, mentor.key), None, record, by=world.actor(mentor.key))
