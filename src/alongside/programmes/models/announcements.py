"""What coordinators write to the people of a programme."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock
from alongside.foundation.events.refs import RefField
from alongside.foundation.identity.models import Membership
from alongside.programmes.models.programmes import Programme


class Announcement(models.Model):
    """One mail from a coordinator to some or all of a programme's people; never changed once it is handed in."""

    ref = RefField()  # of the form that was sent: the same one sent twice is one announcement
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+", db_index=False)
    by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    subject = models.CharField(_("subject"), max_length=150)
    words = models.TextField(_("words"), max_length=4000)
    part = models.CharField(max_length=12, blank=True)  # to whom: as the list of people was filtered
    state = models.CharField(max_length=10, blank=True)
    q = models.CharField(max_length=100, blank=True)
    written_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True, blank=True)  # once every mail is written
    mails = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-written_at", "-id"]
        indexes = [models.Index(fields=["programme", "-written_at", "-id"], name="announcement_list")]
        constraints = [
            models.CheckConstraint(condition=~Q(subject="") & ~Q(words=""), name="announcement_says_something")
        ]

    @property
    def chosen(self) -> dict[str, str]:
        """To whom, as the filter of the list of people takes it."""
        said = {"part": self.part, "state": self.state, "q": self.q}
        return {name: value for name, value in said.items() if value}
