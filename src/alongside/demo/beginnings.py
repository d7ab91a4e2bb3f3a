"""How the demo begins: two organisations, their people, a roster on its way in, and two programmes in preparation."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.db import transaction

from alongside import guidance
from alongside.demo import people as cast
from alongside.demo import profiles
from alongside.demo.people import HARBOUR, NORTHGATE, Person
from alongside.demo.terms import PASSWORD, DemoStage
from alongside.demo.world import World
from alongside.foundation import files
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actors import SYSTEM
from alongside.organisations.actions import notice as notices
from alongside.organisations.notice import digest
from alongside.organisations.queries.notice import current
from alongside.organisations.terms import NoticePart
from alongside.people import actions as people
from alongside.people.actions import rosters
from alongside.people.models import Skill
from alongside.people.roster.reading import read
from alongside.programmes import actions as programmes

LEADERS, FIRST_STEPS = "leaders", "first-steps"
COORDINATORS = {LEADERS: ("carys", "iris"), FIRST_STEPS: ("bronagh",)}
MANAGES = (("priya", "ben"), ("carys", "hana"))  # Carys coordinates, so Iris alone sees Hana's pair


def tell(world: World) -> None:
    """Plan the steps of the first stage."""
    stage = DemoStage.INITIATION
    for hour, (key, name, who) in enumerate(
        ((NORTHGATE, "Northgate Health", "ada"), (HARBOUR, "Harbour Trust", "ruth"))
    ):
        world.at(0, 8 + hour, stage, lambda key=key, name=name, who=who: _set_up(world, key, name, who))
    world.at(1, 8.5, stage, lambda: _look_through_notice(world))
    world.at(40, 8.5, stage, lambda: _write_at_notice(world))
    listed = (*cast.STAFF, *cast.MENTORS, *cast.MENTEES)
    for number, person in enumerate(listed):
        world.at(1, 9 + number / 60, stage, lambda person=person: _list(world, person))
        if person.joins:
            world.at(2, 9 + number / 6, stage, lambda person=person: world.join(person))
    world.at(46, 15, stage, lambda: _invite_only(world, "rhian"))  # lately, so that the link still works
    for manager, managed in MANAGES:
        world.at(3, 9, stage, lambda up=manager, down=managed: _manages(world, up, down))
    world.at(52, 9, stage, lambda: _roster(world))  # lately, for its rows are kept thirty days
    world.at(3, 10, stage, lambda: _start(world, LEADERS, "Rising leaders, autumn", "carys", NORTHGATE))
    for key, who in ((NORTHGATE, "carys"), (HARBOUR, "bronagh")):
        world.at(4, 8, stage, lambda key=key, who=who: _look_through_skills(world, key, who))
    world.at(3, 11, stage, lambda: _start(world, FIRST_STEPS, "First steps", "bronagh", HARBOUR))


def _set_up(world: World, key: str, name: str, who: str) -> None:
    person = cast.person(who)
    account = identity.create_account(email=person.email, password=PASSWORD, timezone="Europe/London", language="en-gb")
    with transaction.atomic():
        membership = identity.set_up_organisation(
            name=name,
            timezone="Europe/London",
            language="en-gb",
            privacy_contact=f"privacy@{key}.example",
            account=account,
            person=person.name,
        )
        world.mark(membership.organisation)
    identity.end_role(membership, "coordinator", by=SYSTEM)  # an administrator here runs no programme
    if key == HARBOUR:  # a small house, in which one person does several things
        identity.grant_role(membership, "safeguarding_lead", by=SYSTEM)
    world.organisations[key] = membership.organisation
    world.members[who], world.accounts[who] = membership, account
    world.note_sign_in(person)


def _look_through_notice(world: World) -> None:
    """Northgate's administrator completes the privacy notice before anybody joins; Harbour leaves it as it came."""
    ada = world.actor("ada")
    address = (
        "Northgate Health, 1 Harbour Road, runs this mentoring programme and decides why and how your data is used."
    )
    sections = [
        section._replace(text=f"{address}\n\nData protection officer: Petra Novak, privacy@northgate.example.")
        if section.key == NoticePart.WHO
        else section
        for section in notices.default_sections(ada.organisation)
    ]
    draft = notices.draft_notice(sections, by=ada)
    notices.publish_notice(seen=digest(draft.parts), by=ada)


def _write_at_notice(world: World) -> None:
    """The privacy officer writes at the next version, which nobody but whoever writes it sees."""
    petra = world.actor("petra")
    words = world.plant("Nobody decides by the look of a chart", "draft of the next privacy notice", ["petra", "ada"])
    held = current(petra.organisation)
    parts = held.parts if held else []
    draft = [part._replace(text=words) if part.key == NoticePart.MACHINES else part for part in parts]
    notices.draft_notice(draft, by=petra)


def _list(world: World, person: Person) -> None:
    organisation = world.organisations[person.organisation]
    address = "" if person.key in cast.WITHOUT_EMAIL else person.email
    if person.same_account_as:
        address = cast.person(person.same_account_as).email
    membership = people.add_person(
        organisation=organisation,
        by=SYSTEM,
        name=person.name,
        known_as=person.known_as,
        work_address=address,
        employee_number=person.number,
        job_title=person.job,
        department=person.department,
        **_facts(world, person),
    )
    people.change_profile(membership, by=SYSTEM, offered=list(person.offers), wanted=list(person.wants))
    for role in person.roles:
        identity.grant_role(membership, role, by=SYSTEM)
    world.members[person.key] = membership


_SAID = {
    "amara": {
        "headline": "Twenty years on wards, and still asking why the kettle is so far away",
        "site": "The old laundry building, second floor",
        "team": "The people who answer on the third ring",
    },
    "ben": {
        "headline": "Newly a deputy, learning to say no before Friday",
        "working_days": "Mondays, and every other Thursday by the river",
        "career_aim": "To run a ward where nobody eats lunch standing",
    },
    "leila": {"headline": "Came for one Saturday at the food bank and stayed"},
}


def _facts(world: World, person: Person) -> dict[str, str]:
    said = _SAID.get(person.key, {})
    return {
        name: world.plant(
            text, f"{name} in the profile of {person.name}", profiles.readers(world, person, profiles.SHOWN_WITH[name])
        )
        for name, text in said.items()
    }


def _invite_only(world: World, key: str) -> None:
    people.invite([world.members[key]], by=SYSTEM)


def _manages(world: World, manager: str, managed: str) -> None:
    people.set_manager(world.members[managed], world.members[manager], by=SYSTEM)


def _start(world: World, key: str, name: str, coordinator: str, organisation: str) -> None:
    begins = world.moment(3, 0).date()
    in_it = [*cast.keys(organisation, taking_part=True), *COORDINATORS[key]]
    purpose = {
        LEADERS: "Newly promoted leaders find their feet in their first year, with somebody beside them",
        FIRST_STEPS: "New volunteers stay because somebody walks the first months with them",
    }[key]
    programme = programmes.create(
        name=name,
        purpose=world.plant(purpose, f"purpose of {name}", in_it),
        starts_on=begins,
        ends_on=begins + timedelta(days=364),
        model_key="clutterbuck",
        model_edition=guidance.model("clutterbuck").edition,
        by=world.actor(coordinator),
    )
    world.programmes[key] = programme
    places = [
        programmes.Place(world.members[found], "coordinator") for found in COORDINATORS[key] if found != coordinator
    ]
    for person in (*cast.MENTORS, *cast.MENTEES):
        if person.organisation == organisation and person.mentor_places is not None:
            places.append(programmes.Place(world.members[person.key], "mentor", person.mentor_places))
        if person.organisation == organisation and person.mentee:
            places.append(programmes.Place(world.members[person.key], "mentee"))
    programmes.add_participants(programme, places, by=world.actor(coordinator))


_NOT_LOOKED_AT = ("Coaching conversations", "Research methods", "Conflict resolution")


def _look_through_skills(world: World, key: str, who: str) -> None:
    """The coordinator accepts what people wrote, but for some words; two words are one, and one is retired."""
    organisation, carys = world.organisations[key], world.actor(who)
    found = Skill.objects.filter(organisation=organisation).exclude(name__in=_NOT_LOOKED_AT)
    people.accept_skills(found, organisation=organisation, by=carys)
    if key == NORTHGATE:
        budgets = people.add_skill("Managing budgets", organisation=organisation, by=carys)
        people.add_other_word(Skill.objects.get(organisation=organisation, name="Budgeting"), "Money matters", by=carys)
        people.merge_skills(budgets, Skill.objects.get(organisation=organisation, name="Budgeting"), by=carys)
        people.retire_skill(people.add_skill("Touch typing", organisation=organisation, by=carys), by=carys)


_ROSTER = (
    "Name,Work e-mail,Employee number,Job title\n"
    "Owain Parry,owain.parry@northgate.example,N90501,{job}\n"
    "Josef Vaughan,josef.vaughan@northgate.example,N90212,Imaging officer\n"
    "Nobody At All,,,Post without a person\n"
)


def _roster(world: World) -> None:
    """A roster waits for Carys: one new person, one who may be somebody already, one whom nothing identifies."""
    may, carys = ("carys", "iris", "ada"), world.actor("carys")
    job = world.plant("Keeper of the spare keys", "job title in a roster on its way in", may)
    name = world.plant("Newcomers the week after the flood.csv", "name of a roster’s file", may)
    kept = files.accept(ContentFile(_ROSTER.format(job=job).encode(), name), by=carys, days=rosters.KEPT_DAYS)
    with files.opened(kept) as file:
        table = read(file.read(), kept.name)
    roster = rosters.begin_import(table, organisation=carys.organisation, by=carys, upload=kept)
    rosters.stage_roster(roster, table)
