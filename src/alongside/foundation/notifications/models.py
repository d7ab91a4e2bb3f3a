"""The outbox, and who wants which mail."""

from django.db import models
from django.db.models import F, Q

from alongside.foundation import clock
from alongside.foundation.events.refs import RefField
from alongside.foundation.identity.models import Account, Membership, Organisation
from alongside.foundation.notifications.letters import Wording
from alongside.foundation.notifications.terms import MOST_A_DAY, MailState, Rhythm, Trouble
from alongside.foundation.notifications.timing import USUAL_HOUR, Wishes


class Mail(models.Model):
    """One mail to one person, written in the transaction of what it tells of."""

    ref = RefField()
    organisation_ref = models.CharField(max_length=12, blank=True)
    scope_ref = models.CharField(max_length=12, blank=True)  # of what it belongs to within the organisation
    to_account = models.ForeignKey(Account, models.PROTECT, related_name="+", null=True, blank=True)
    to_address = models.EmailField(max_length=254)
    kind = models.CharField(max_length=80)
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    html = models.TextField(blank=True)
    secret = models.BooleanField(default=False)  # holds a code or a link that signs in: blanked once sent
    about_ref = models.CharField(max_length=12, blank=True)  # of a secret: what its link opens
    foot_at = models.PositiveIntegerField(default=0)  # where the foot of the text begins, which a digest leaves out
    between_ref = models.CharField(max_length=12, blank=True)  # of the pair between whose two it goes
    digest_ref = models.CharField(max_length=12, blank=True)  # of the mail in which it goes with others
    unsubscribe = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=9, choices=MailState.choices, default=MailState.QUEUED)
    trouble = models.CharField(max_length=12, choices=Trouble.choices, blank=True, default=Trouble.NONE)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(default=clock.now)
    lease_until = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    dedupe = models.CharField(max_length=160, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    kept_for: Membership | None = None  # while unsaved: whose it is who has no address to send it to

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dedupe"], name="mail_once", condition=~Q(dedupe="")),
            models.CheckConstraint(
                name="mail_sent_at_when_sent",
                condition=Q(state=MailState.SENT, sent_at__isnull=False)
                | ~Q(state=MailState.SENT) & Q(sent_at__isnull=True),
            ),
            models.CheckConstraint(
                name="mail_secret_blank_when_sent",
                condition=~Q(state__in=[MailState.SENT, MailState.FAILED], secret=True) | Q(body="", html=""),
            ),
            models.CheckConstraint(
                name="mail_rehearsed_without_secret",
                condition=~Q(state=MailState.REHEARSED) | Q(secret=False, unsubscribe="") & ~Q(scope_ref=""),
            ),
            models.CheckConstraint(
                name="mail_gathered_without_secret",
                condition=~Q(state=MailState.GATHERED) & Q(digest_ref="")
                | Q(state__in=[MailState.GATHERED, MailState.SENT], secret=False),
            ),
        ]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="mail_newest"),
            models.Index(fields=["not_before"], name="mail_gathered", condition=Q(state=MailState.GATHERED)),
            models.Index(fields=["digest_ref"], name="mail_of_digest", condition=~Q(digest_ref="")),
            models.Index(fields=["to_address"], name="mail_to_address", condition=Q(to_account__isnull=True)),
            models.Index(fields=["organisation_ref", "state", "-created_at"], name="mail_troubles"),
            models.Index(fields=["about_ref"], name="mail_about"),
            models.Index(fields=["between_ref"], name="mail_between", condition=~Q(between_ref="")),
            models.Index(fields=["scope_ref", "-created_at", "-id"], name="mail_of_scope", condition=~Q(scope_ref="")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"


class KeptMail(models.Model):
    """What somebody without e-mail would have been mailed: kept until they have read it after signing in."""

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=80)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    between_ref = models.CharField(max_length=12, blank=True)
    dedupe = models.CharField(max_length=160, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["dedupe"], name="kept_mail_once", condition=~Q(dedupe=""))]
        indexes = [
            models.Index(fields=["membership", "-made_at", "-id"], name="kept_mail_newest"),
            models.Index(fields=["between_ref"], name="kept_mail_between", condition=~Q(between_ref="")),
        ]

    def __str__(self) -> str:
        return self.subject


class Refusal(models.Model):
    """Somebody does not want one kind of mail."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "kind"], name="refusal_once")]


class Timing(models.Model):
    """When somebody wants their mail. Whoever has chosen nothing gets each as things happen, ten a day at most."""

    account = models.OneToOneField(Account, models.PROTECT, related_name="+")
    rhythm = models.CharField(max_length=6, choices=Rhythm.choices, default=Rhythm.EACH)
    hour = models.PositiveSmallIntegerField(default=USUAL_HOUR)
    quiet_from = models.PositiveSmallIntegerField(null=True, blank=True)
    quiet_until = models.PositiveSmallIntegerField(null=True, blank=True)
    most_a_day = models.PositiveSmallIntegerField(default=MOST_A_DAY)

    class Meta:
        constraints = [
            models.CheckConstraint(name="timing_hour", condition=Q(hour__lte=23)),
            models.CheckConstraint(name="timing_most_a_day", condition=Q(most_a_day__gte=1)),
            models.CheckConstraint(
                name="timing_quiet_whole",
                condition=Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False, quiet_from__lte=23, quiet_until__lte=23)
                & ~Q(quiet_from=F("quiet_until")),
            ),
        ]

    @property
    def wishes(self) -> Wishes:
        """The same as plain values, in the person's zone."""
        return Wishes(self.rhythm, self.hour, self.quiet_from, self.quiet_until, self.most_a_day, self.account.timezone)


class OwnWords(models.Model):
    """What an organisation has one mail say in one language: each version is kept, the newest is in force.

    Without a `version` it is what somebody is writing. `is_ours`: from then on it says again what Alongside says.
    """

    ref = RefField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    letter = models.CharField(max_length=80)
    language = models.CharField(max_length=16)
    version = models.PositiveSmallIntegerField(null=True, blank=True)
    is_ours = models.BooleanField(default=False)
    subject = models.CharField(max_length=150, blank=True)
    text = models.TextField(blank=True)
    button = models.CharField(max_length=60, blank=True)
    by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "letter", "language", "version"],
                name="own_words_version_once",
                condition=Q(version__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["organisation", "letter", "language"],
                name="own_words_one_draft",
                condition=Q(version__isnull=True),
            ),
            models.CheckConstraint(
                name="own_words_or_ours",
                condition=Q(is_ours=True, version__isnull=False, subject="", text="", button="")
                | Q(is_ours=False) & ~Q(subject="") & ~Q(text=""),
            ),
        ]

    @property
    def wording(self) -> Wording:
        """Subject, text and button."""
        return Wording(self.subject, self.text, self.button)
