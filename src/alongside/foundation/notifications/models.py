"""The outbox, and who wants which mail."""

from django.db import models
from django.db.models import Q

from alongside.foundation import clock
from alongside.foundation.events.refs import RefField
from alongside.foundation.identity.models import Account
from alongside.foundation.notifications.terms import MailState, Trouble


class Mail(models.Model):
    """One mail to one person, written in the transaction of what it tells of."""

    ref = RefField()
    organisation_ref = models.CharField(max_length=12, blank=True)
    to_account = models.ForeignKey(Account, models.PROTECT, related_name="+", null=True, blank=True)
    to_address = models.EmailField(max_length=254)
    kind = models.CharField(max_length=80)
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    html = models.TextField(blank=True)
    secret = models.BooleanField(default=False)  # holds a code or a link that signs in: blanked once sent
    about_ref = models.CharField(max_length=12, blank=True)  # of a secret: what its link opens
    unsubscribe = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=8, choices=MailState.choices, default=MailState.QUEUED)
    trouble = models.CharField(max_length=12, choices=Trouble.choices, blank=True, default=Trouble.NONE)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(default=clock.now)
    lease_until = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    dedupe = models.CharField(max_length=160, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True, blank=True)

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
        ]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="mail_newest"),
            models.Index(fields=["organisation_ref", "state", "-created_at"], name="mail_troubles"),
            models.Index(fields=["about_ref"], name="mail_about"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"


class Refusal(models.Model):
    """Somebody does not want one kind of mail."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "kind"], name="refusal_once")]
