"""The wording of what happens to records, and who is told of complaints. No mail says anything of what was written."""

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from alongside.foundation.events import Event, declare_event
from alongside.foundation.identity.models import Membership
from alongside.foundation.notifications import Urgency, notify
from alongside.records.models import Complaint
from alongside.records.queries import complaints as queries

declare_event("person.exported", _("Somebody’s data was exported"))
declare_event("person.erasure_begun", _("The erasure of somebody was begun"))
declare_event("person.erased", _("Somebody was erased"), tombstone=True)
declare_event("person.name_taken_out", _("The name of somebody who left long ago was taken out"), tombstone=True)
declare_event("hold.set", _("A hold was put on somebody’s records"))
declare_event("hold.lifted", _("A hold on somebody’s records was lifted"))
declare_event("retention.run", _("Records whose day had come were deleted"), tombstone=True)

declare_event("complaint.sent", _("Somebody sent a question of ethics or a complaint"))
declare_event("complaint.added_to", _("Somebody added to a complaint that they sent"))
declare_event("complaint.handed_on", _("Somebody handed their complaint to others"))
declare_event("complaint.taken_back", _("Somebody took their complaint back"))
declare_event("complaint.acknowledged", _("A complaint was acknowledged"))
declare_event("complaint.looked_into", _("A complaint is being looked into"))
declare_event("complaint.answered", _("A complaint was answered"))
declare_event("complaint.written_to", _("Whoever sent a complaint was written to"))
declare_event("complaint.closed", _("A complaint was closed"))
declare_event("complaint.person_told", _("It was noted that somebody was told of a complaint about them"))
declare_event("complaint.overdue", _("A complaint about data was not acknowledged in time"))
declare_event("complaint.unread", _("Nobody is left who handles a complaint, and its writer was told"))


def _complaint(happened: Event) -> Complaint:
    found = Complaint.objects.select_related("organisation", "writer__account", "writer__organisation")
    return found.get(ref=happened.about_ref)


def _handlers(happened: Event) -> list[Membership]:
    return queries.at_desk(_complaint(happened))


def _writer(happened: Event) -> list[Membership]:
    return [_complaint(happened).writer]


def _to_handle(happened: Event, receiver: Membership) -> tuple[str, str]:
    return _now("Sign in and open it"), reverse("records:complaint", args=[happened.about_ref])


def _to_list(happened: Event, receiver: Membership) -> tuple[str, str]:
    return _now("Sign in and see what waits"), reverse("records:complaints_handled")


def _to_own(happened: Event, receiver: Membership) -> tuple[str, str]:
    return _now("Sign in and read it"), reverse("records:own_complaint", args=[happened.about_ref])


_NOTHING_HERE = _("What it is about stands in Alongside alone, and never in a mail.")
for _event, _subject, _words in (
    ("complaint.sent", _("Somebody has written to you"), _("A question or a complaint for you to handle")),
    ("complaint.handed_on", _("Somebody has written to you"), _("A question or a complaint handed on to you")),
    ("complaint.added_to", _("Something was added for you to read"), _("More about a question or a complaint")),
    (
        "complaint.overdue",
        _("Something has waited for you for more than 30 days: acknowledge it now"),
        _("A complaint about data was not acknowledged in time"),
    ),
):
    notify(
        _event,
        to=_handlers,
        subject=_subject,
        lines=[_("It waits in Alongside for you to read and answer."), _NOTHING_HERE],
        action=_to_handle,
        words=_words,
        required=True,
        urgency=Urgency.SOON,
    )
notify(
    "complaint.taken_back",
    to=_handlers,
    subject=_("Something that was sent to you was taken back"),
    lines=[_("You need not answer it any more, and it can no longer be read.")],
    action=_to_list,
    words=_("A question or a complaint was taken back"),
    required=True,
    urgency=Urgency.SOON,
)
for _event, _words in (
    ("complaint.acknowledged", _("The first answer to what you have written")),
    ("complaint.looked_into", _("What you have written is being looked into")),
    ("complaint.written_to", _("More about what you have written")),
    ("complaint.answered", _("The answer to what you have written")),
    ("complaint.closed", _("What you have written about is closed")),
):
    notify(
        _event,
        to=_writer,
        subject=_("There is news for you in Alongside"),
        lines=[_("It stands there alone: sign in to read it.")],
        action=_to_own,
        words=_words,
        required=True,
        urgency=Urgency.SOON,
    )
notify(
    "complaint.unread",
    to=_writer,
    subject=_("Something that you sent needs another reader"),
    lines=[_("Nobody is left who handles it. Sign in and choose who goes on, or see whom else you can turn to.")],
    action=_to_own,
    words=_("Nobody is left who handles what you have written"),
    required=True,
    urgency=Urgency.SOON,
)
