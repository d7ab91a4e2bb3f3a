"""The versions of an organisation's privacy notice, the one being written, and to whom each was shown."""

from typing import Any

from django.db import models

from alongside.foundation import clock
from alongside.foundation.events.refs import RefField
from alongside.foundation.identity.models import Membership, Organisation
from alongside.organisations import notice
from alongside.organisations.provider_models import Provider, ProviderLink  # noqa: F401 -- Django looks for models here
from alongside.organisations.terms import ShownWhen


class PrivacyNotice(models.Model):
    """One version of the notice: written once, never changed. `by` is empty for the one that Alongside wrote."""

    ref = RefField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    version = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=16)
    sections = models.JSONField()  # pairs of a part and its text
    contact = models.EmailField(max_length=254, blank=True)  # the one that it names
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "version"], name="notice_version_once"),
            models.CheckConstraint(condition=models.Q(version__gte=1), name="notice_versions_from_one"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saves a new version. Raises ValueError for one that is there: people have been shown it."""
        if self.pk is not None:
            raise ValueError("A version of a privacy notice is never changed.")
        super().save(*args, **kwargs)

    @property
    def parts(self) -> list[notice.Section]:
        """What it says."""
        return notice.sections_of(self.sections)

    @property
    def is_whole(self) -> bool:
        """Is it still what was shown?"""
        return notice.digest(self.parts) == self.sha256


class NoticeDraft(models.Model):
    """The next version while somebody writes it."""

    organisation = models.OneToOneField(Organisation, models.PROTECT, related_name="+")
    sections = models.JSONField()
    changed_at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Membership, models.PROTECT, related_name="+")

    @property
    def parts(self) -> list[notice.Section]:
        """What it says so far."""
        return notice.sections_of(self.sections)


class NoticeShown(models.Model):
    """Somebody was shown a version and said that they have seen it. That is no consent."""

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+", db_index=False)
    notice = models.ForeignKey(PrivacyNotice, models.PROTECT, related_name="+")
    when = models.CharField(max_length=7, choices=ShownWhen.choices)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["membership", "notice"], name="notice_shown_once")]
