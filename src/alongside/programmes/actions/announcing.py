"""Writing to the people of a programme: handed in at once, mailed by a worker, each person once."""

from collections.abc import Callable, Mapping

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from alongside.foundation import clock, jobs, notifications
from alongside.foundation.events import event
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor
from alongside.programmes import queries
from alongside.programmes.models import Announcement, Programme
from alongside.programmes.terms import ProgrammeState

KIND = "programme.announcement"
MOST_A_DAY, AT_ONCE = 3, 50


def announce(
    programme: Programme, *, subject: str, words: str, chosen: Mapping[str, str], ref: str, by: Actor
) -> Announcement:
    """Hand in a mail to the chosen people of a programme, and queue the work that sends it.

    `ref` names the form that was sent: the same one sent again gives the announcement that it made. Raises NotPossible
    before the launch, where nobody would be reached, and for a fourth one in a day.
    """
    with transaction.atomic():
        held = Programme.objects.select_for_update().get(pk=programme.pk)
        earlier = Announcement.objects.filter(ref=ref).first()
        if earlier is not None and earlier.programme_id == programme.pk:
            return earlier
        if earlier is not None:
            raise NotPossible(_("This form was sent for another programme. Write it anew."))
        if held.state == ProgrammeState.DRAFT:
            raise NotPossible(_("Launch the programme first: before that, nobody is written to."))
        if queries.announced_today(programme) >= MOST_A_DAY:
            often = _("The people of this programme were written to %(most)s times in a day. Wait until tomorrow.")
            raise NotPossible(often % {"most": MOST_A_DAY})
        count = queries.receivers(programme, dict(chosen)).count()
        if not count:
            raise NotPossible(_("Nobody of the chosen people can be reached by mail. Choose others."))
        made = Announcement(
            ref=ref, programme=programme, by=by.membership, subject=subject, words=words, written_at=clock.now(),
            **{name: chosen.get(name, "") for name in ("part", "state", "q")},
        )  # fmt: skip
        with event("programme.announced", by=by, about=programme, announcement=ref, count=count):
            made.save(force_insert=True)
            jobs.enqueue(
                "programmes.announce",
                organisation=by.organisation_ref,
                by=by.ref,
                key=f"programmes.announce:{ref}",
                announcement=ref,
            )
    return made


def send_announcement(made: Announcement, *, progress: Callable[[int, int], None]) -> int:
    """Write the mails of an announcement, each person once whatever number of times this runs; how many there are."""
    people = list(queries.receivers(made.programme, made.chosen))
    for start in range(0, len(people), AT_ONCE):
        progress(start, len(people))
        with transaction.atomic():
            notifications.tell(
                KIND,
                to=people[start : start + AT_ONCE],
                subject=made.subject,
                lines=[*_paragraphs(made.words), _signed(made)],
                action=(_("Open the programme"), reverse("programmes:programme", args=[made.programme.slug])),
                organisation=made.programme.organisation,
                within=made.programme,
                dedupe=f"{KIND}:{made.ref}",
            )
    Announcement.objects.filter(pk=made.pk).update(sent_at=clock.now(), mails=len(people))
    return len(people)


def _paragraphs(words: str) -> list[str]:
    parts = [" ".join(part.split()) for part in words.replace("\r", "").split("\n\n")]
    return [part for part in parts if part]


def _signed(made: Announcement) -> str:
    said = {"name": made.by.name, "programme": made.programme.name, "address": made.by.work_address}
    if made.by.work_address:
        return _now("%(name)s, who coordinates “%(programme)s”. Answer to %(address)s.") % said
    return _now("%(name)s, who coordinates “%(programme)s”.") % said
