"""Accounts, organisations, memberships, roles and invitations."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock
from alongside.foundation.events.refs import RefField
from alongside.foundation.identity.rules import called
from alongside.foundation.identity.terms import MembershipState, OrganisationRoleName, SecondStep


class AccountManager(BaseUserManager["Account"]):
    """Accounts by sign-in address, which is kept in lower case."""

    def get_by_natural_key(self, address: str | None) -> "Account":
        """The account of an address, however it is capitalised."""
        return self.get(email=(address or "").strip().lower())


class Account(AbstractBaseUser):
    """Whoever signs in: one address for the whole installation, if any, changed only by its owner."""

    ref = RefField()
    # None: they have no e-mail, and sign in with an employee number (docs/why/people-without-email.md)
    email = models.EmailField(_("e-mail address"), max_length=254, unique=True, null=True, blank=True)
    timezone = models.CharField(_("time zone"), max_length=64, default="UTC")
    language = models.CharField(_("language"), max_length=16, default="en-gb")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=clock.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[AccountManager] = AccountManager()

    def __str__(self) -> str:
        return self.email or self.ref

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saves with the address in lower case, so that it is unique however it is typed."""
        self.email = (self.email or "").strip().lower() or None
        super().save(*args, **kwargs)

    def get_session_auth_hash(self) -> str:
        """What a session must know: a new password or sign-in address ends every session that began with the old."""
        known = f"{self.password}\n{self.email}"
        return salted_hmac("alongside.identity.session", known, algorithm="sha256").hexdigest()


class AddressChange(models.Model):
    """Somebody asked to sign in with another address. It counts once both mailboxes have confirmed it, then it goes."""

    account = models.OneToOneField(Account, models.CASCADE, related_name="+")
    new_address = models.EmailField(max_length=254)
    new_token_hash = models.CharField(max_length=64, unique=True)
    old_token_hash = models.CharField(max_length=64, unique=True)
    new_confirmed_at = models.DateTimeField(null=True, blank=True)
    old_confirmed_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="address_change_open",
                condition=Q(new_confirmed_at__isnull=True) | Q(old_confirmed_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.new_address


class Organisation(models.Model):
    """Who runs programmes. Nothing is shared between organisations but a person's sign-in."""

    ref = RefField()
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    timezone = models.CharField(_("time zone"), max_length=64, default="Europe/London")
    language = models.CharField(_("language"), max_length=16, default="en-gb")
    privacy_contact = models.EmailField(_("privacy contact"), max_length=254, blank=True)
    set_up_at = models.DateTimeField(default=clock.now)
    second_step = models.CharField(max_length=9, choices=SecondStep.choices, default=SecondStep.NOBODY)
    second_step_roles = models.JSONField(default=list, blank=True)  # whom it is asked of, where it is some

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """One person in one organisation; joined to an account only when its owner accepts."""

    ref = RefField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    account = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="memberships")
    name = models.CharField(_("name"), max_length=120)
    known_as = models.CharField(_("known as"), max_length=60, blank=True)
    work_address = models.EmailField(_("work e-mail"), max_length=254, blank=True)
    employee_number = models.CharField(_("employee number"), max_length=40, blank=True)
    state = models.CharField(max_length=12, choices=MembershipState.choices, default=MembershipState.LISTED)
    created_at = models.DateTimeField(default=clock.now)
    joined_at = models.DateTimeField(null=True, blank=True)
    # With the organisation's own sign-in: what sessions that began there remember. Another one here ends them.
    connection = models.CharField(max_length=12, blank=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                "organisation", Lower("work_address"), name="membership_address", condition=~Q(work_address="")
            ),
            models.UniqueConstraint(
                fields=["organisation", "employee_number"],
                name="membership_employee_number",
                condition=~Q(employee_number=""),
            ),
            models.UniqueConstraint(fields=["organisation", "account"], name="membership_account"),
            models.CheckConstraint(
                condition=Q(account__isnull=False) | ~Q(state=MembershipState.ACTIVE), name="membership_active_account"
            ),
        ]
        # State and ref stand in it so that a list is counted and searched without looking at its people.
        indexes = [models.Index(fields=["organisation", "name", "id", "state", "ref"], name="membership_list")]

    def __str__(self) -> str:
        return self.name

    def get_state_display(self) -> str:  # type: ignore[no-redef]  # mypy sees the one that Django makes
        """The state in words. Django's own translates every state there is, for each row of a list."""
        return str(MembershipState(self.state).label)

    @property
    def short_name(self) -> str:
        """What people call them: "known as", or the first word of the name."""
        return called(self.known_as, self.name)

    @property
    def key_owner(self) -> str:
        """The vault's name for this person's key."""
        return f"membership:{self.ref}"


class OrganisationRole(models.Model):
    """A role that somebody has across an organisation, while `until` is empty."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="roles")
    role = models.CharField(max_length=24, choices=OrganisationRoleName.choices)
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["membership", "role"], name="role_once", condition=Q(until__isnull=True))
        ]


class Invitation(models.Model):
    """A mailed link by which a person joins. Only the token's hash is kept."""

    ref = RefField()
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)  # replaced, or no longer meant

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership"],
                name="invitation_open_once",
                condition=Q(used_at__isnull=True, ended_at__isnull=True),
            )
        ]


class NamedContact(models.Model):
    """Who is asked by mail to tell somebody without e-mail that something waits for them."""

    membership = models.OneToOneField(Membership, models.CASCADE, related_name="+")
    contact = models.ForeignKey(Membership, models.CASCADE, related_name="+")


class PrintedCode(models.Model):
    """A code on a letter, by which somebody without e-mail signs in once. Only its hash is kept."""

    ref = RefField()
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    code_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)  # replaced, or no longer meant

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership"],
                name="printed_code_open_once",
                condition=Q(used_at__isnull=True, ended_at__isnull=True),
            )
        ]


class SecondStepReset(models.Model):
    """An administrator asked that somebody’s second step be reset. It counts for a day (rules.py)."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["membership"], name="second_step_reset_once")]
