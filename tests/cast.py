"""The fixed cast, and the shortest lawful way to a programme and a pair: through actions only."""

from dataclasses import dataclass
from datetime import date
from itertools import count

from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actors import SYSTEM, Actor
from alongside.foundation.identity.models import Membership, Organisation
from alongside.foundation.identity.queries import actor_of, holders
from alongside.foundation.identity.terms import MembershipState
from alongside.organisations.models import NoticeShown
from alongside.organisations.queries.notice import current
from alongside.organisations.terms import ShownWhen
from alongside.programmes import actions as programmes
from alongside.programmes.models import Participation, Programme
from alongside.programmes.terms import Part, Section
from alongside.relationships import actions as relationships
from alongside.relationships import queries
from alongside.relationships.models import Relationship
from tests.replayed import replayed

PASSWORD = "lighthouse keeper 42"
_number = count(1)


def organisation(name: str = "Northgate Health", administrator: str = "Ada Winter") -> Organisation:
    """An organisation whose first administrator is somebody outside the cast."""
    return first_administrator(name, administrator).organisation


def first_administrator(name: str = "Northgate Health", administrator: str = "Ada Winter") -> Actor:
    """The administrator of a new organisation."""
    account = _account(administrator)
    membership = identity.set_up_organisation(
        name=name,
        timezone="Europe/London",
        language="en-gb",
        privacy_contact="privacy@northgate.example",
        account=account,
        person=administrator,
    )
    return _actor(membership)


def _account(name: str):
    address = f"{name.split(maxsplit=1)[0].lower()}{next(_number)}@northgate.example"
    return identity.create_account(email=address, password=None, timezone="Europe/London", language="en-gb")


def member(name: str, organisation: Organisation, *roles: str) -> Actor:
    """Somebody who has joined, with roles across the organisation."""
    account = _account(name)
    membership = identity.add_membership(organisation=organisation, name=name, work_address=account.email, by=SYSTEM)
    membership.account, membership.state = account, MembershipState.ACTIVE
    membership.save()
    if held := current(organisation):
        NoticeShown.objects.create(membership=membership, notice=held, when=ShownWhen.JOINING)
    for role in roles:
        identity.grant_role(membership, role, by=SYSTEM)
    return _actor(membership)


def _actor(membership: Membership) -> Actor:
    actor = actor_of(Membership.objects.select_related("organisation", "account").get(pk=membership.pk))
    assert actor is not None
    return actor


def programme(coordinator: Actor, name: str = "Rising leaders", *, launched: bool = False) -> Programme:
    """A programme on Clutterbuck's phases, coordinated by `coordinator`."""
    made = programmes.create(
        name=name,
        purpose="Newly promoted leaders find their feet.",
        starts_on=date(2026, 9, 1),
        ends_on=date(2027, 8, 31),
        model_key="clutterbuck",
        model_edition=1,
        by=coordinator,
    )
    if launched:
        Programme.objects.filter(pk=made.pk).update(state="running", launched_at=made.created_at)
        made.refresh_from_db()
    return made


def launchable(programme: Programme, coordinator: Actor) -> None:
    """Settle what a launch waits for beside people: a safeguarding lead for the organisation, and privacy."""
    if not holders(programme.organisation, "safeguarding_lead").exists():
        member("Sam Osei", programme.organisation, "safeguarding_lead")
    facts = {"basis": "legitimate_interests", "notice": "Staff handbook, chapter 7"}
    programmes.save(programme, Section.PRIVACY, programmes.Written(facts), by=coordinator)


def takes_part(programme: Programme, actor: Actor, part: str, by: Actor, capacity: int = 2) -> Participation:
    """Add somebody to a programme."""
    programmes.add_participants(programme, [programmes.Place(actor.membership, part, capacity)], by=by)
    return Participation.objects.get(programme=programme, membership=actor.membership, part=part)


@dataclass(frozen=True)
class Cast:
    """A pair and the people around it."""

    programme: Programme
    relationship: Relationship
    amara: Actor  # mentor
    ben: Actor  # mentee
    carys: Actor  # coordinator
    elin: Actor  # takes part in nothing

    def pair(self, actor: Actor) -> queries.Pair:
        """The pair as one of them sees it."""
        return queries.pair(actor, self.relationship.ref)


@replayed
def pair(organisation_: Organisation | None = None, *, answered: bool = True) -> Cast:
    """Amara and Ben in a running programme of Carys; accepted by both unless `answered` is False."""
    home = organisation_ or organisation()
    carys = member("Carys Llewellyn", home, "coordinator")
    amara, ben, elin = member("Amara Okafor", home), member("Ben Thomas", home), member("Elin Berg", home)
    running = programme(carys, launched=True)
    mentor = takes_part(running, amara, Part.MENTOR, carys)
    mentee = takes_part(running, ben, Part.MENTEE, carys)
    relationship = relationships.propose(mentor, mentee, by=carys)
    made = Cast(running, relationship, amara, ben, carys, elin)
    if answered:
        for actor in (amara, ben):
            relationships.accept(made.pair(actor), by=actor)
        relationship.refresh_from_db()
    return made
