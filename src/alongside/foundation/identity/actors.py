"""Who acts: an account with a membership in force, or the system."""

from dataclasses import dataclass, field

from alongside.foundation.identity.models import Account, Membership, Organisation


@dataclass(frozen=True)
class Actor:
    """A person acting for one organisation. Switching organisation switches the actor."""

    account: Account
    membership: Membership
    organisation: Organisation
    roles: frozenset[str] = field(default_factory=frozenset)

    @property
    def ref(self) -> str:
        """The membership's ref: how the audit log names whoever acted."""
        return self.membership.ref

    @property
    def organisation_ref(self) -> str:
        """The ref of the organisation that the actor acts for."""
        return self.organisation.ref

    def has(self, *roles: str) -> bool:
        """Has the actor any of these roles in the organisation?"""
        return not self.roles.isdisjoint(roles)


@dataclass(frozen=True)
class System:
    """Alongside itself: schedules, imports by command, clean-up. `organisation` is the one it acts for, if any."""

    organisation: Organisation | None = None
    ref: str = "system"

    @property
    def organisation_ref(self) -> str:
        """The ref of the organisation it acts for, or nothing."""
        return self.organisation.ref if self.organisation else ""


SYSTEM = System()
