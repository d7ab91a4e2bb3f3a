"""The invented world while it is being told: who is who, what is planted, and the clock."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

from alongside.demo.people import Person
from alongside.demo.terms import PASSWORD, DemoStage
from alongside.foundation import clock
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actors import SYSTEM, Actor
from alongside.foundation.identity.models import Account, Membership, Organisation
from alongside.foundation.identity.queries import actor_of
from alongside.organisations.actions.notice import ensure_notice, note_shown
from alongside.organisations.terms import ShownWhen
from alongside.programmes.models import Participation, Programme
from alongside.relationships import queries as pairs
from alongside.relationships.models import Relationship

T = TypeVar("T")
STAGES = list(DemoStage)


@dataclass
class Planted:
    """A sentence that stands nowhere else, what it is, and who may read it (keys of people)."""

    text: str
    what: str
    may: tuple[str, ...]


@dataclass
class World:
    """What has been told so far. People, programmes and pairs are named by short keys."""

    begins: datetime
    until: DemoStage
    mark: Callable[[Organisation], object]  # notes that an organisation is invented
    organisations: dict[str, Organisation] = field(default_factory=dict)
    members: dict[str, Membership] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    programmes: dict[str, Programme] = field(default_factory=dict)
    relationships: dict[str, Relationship] = field(default_factory=dict)
    planted: list[Planted] = field(default_factory=list)
    sign_ins: list[dict[str, str]] = field(default_factory=list)
    _steps: list[tuple[datetime, int, Callable[[], object]]] = field(default_factory=list)

    def at(self, day: int, hour: float, stage: DemoStage, step: Callable[[], object]) -> None:
        """Plan a step for `day` (from the beginning) at `hour`, for stages from `stage` on."""
        if self.reaches(stage):
            moment = self.moment(day, hour)
            self._steps.append((moment, len(self._steps), step))

    def reaches(self, stage: DemoStage) -> bool:
        """Is the story told as far as `stage`?"""
        return STAGES.index(stage) <= STAGES.index(self.until)

    def moment(self, day: int, hour: float) -> datetime:
        """The instant of `hour` on `day`."""
        return self.begins + timedelta(days=day, hours=hour)

    def play(self, tick: Callable[[int, int], None] | None = None) -> None:
        """Take every step in the order of time, with the clock set to it."""
        steps = sorted(self._steps, key=lambda planned: planned[:2])
        for done, (moment, _order, step) in enumerate(steps, start=1):
            with clock.set_to(moment):
                step()
            if tick:
                tick(done, len(steps))

    def actor(self, key: str) -> Actor:
        """Somebody as they act now."""
        found = Membership.objects.select_related("organisation", "account").get(pk=self.members[key].pk)
        actor = actor_of(found)
        if actor is None:
            raise LookupError(f"{key} cannot act")
        return actor

    def pair(self, key: str, who: str) -> pairs.Pair:
        """A pair as one of its two sees it."""
        return pairs.own_pair(self.actor(who), self.relationships[key].ref)

    def part(self, programme: str, who: str, part: str) -> Participation:
        """Somebody's part in a programme."""
        return Participation.objects.select_related("programme", "membership").get(
            programme=self.programmes[programme], membership=self.members[who], part=part, until__isnull=True
        )

    def plant(self, text: str, what: str, may: Iterable[str]) -> str:
        """Remember a sentence and who may read it; returns the sentence."""
        self.planted.append(Planted(text, what, tuple(may)))
        return text

    def join(self, person: Person) -> None:
        """Let a listed person join by invitation, with an account of their own or one that they have already."""
        membership = Membership.objects.get(pk=self.members[person.key].pk)
        token = identity.invite(membership, by=SYSTEM)
        invitation = identity.find_invitation(token)
        if invitation is None:
            raise LookupError(f"{person.key} has no open invitation")
        account = self.accounts.get(person.same_account_as) or identity.create_account(
            email=membership.work_address, password=PASSWORD, timezone=person.timezone, language="en-gb"
        )
        self.accounts[person.key] = account
        joined = self.members[person.key] = identity.join(invitation, account=account)
        note_shown(joined, ensure_notice(joined.organisation), by=SYSTEM, when=ShownWhen.JOINING)
        self.note_sign_in(person)

    def note_sign_in(self, person: Person) -> None:
        """Remember how somebody signs in, for the list that the demo shows."""
        self.sign_ins.append(
            {
                "name": person.name,
                "role": person.role,
                "organisation": self.organisations[person.organisation].slug,
                "email": self.accounts[person.key].email,
                "password": PASSWORD,
            }
        )

    def emails(self, keys: Iterable[str]) -> list[str]:
        """The sign-in addresses of some people, each once; those without an account are left out."""
        return sorted({self.accounts[key].email for key in keys if key in self.accounts})
