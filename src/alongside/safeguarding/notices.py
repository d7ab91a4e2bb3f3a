"""The wording of events of concerns, and who is told. No mail says anything of what was written."""

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from alongside.foundation.events import Event, declare_event
from alongside.foundation.identity.models import Membership
from alongside.foundation.notifications import Urgency, notify
from alongside.safeguarding import queries
from alongside.safeguarding.models import Case, Concern

declare_event("concern.raised", _("Somebody raised a concern"))
declare_event("concern.added_to", _("Somebody added to a concern that they raised"))
declare_event("case.read", _("A case was opened and read"))
declare_event("case.acknowledged", _("A concern was acknowledged"))
declare_event("case.went_on", _("A case went on: decided, passed on, watched over, closed or opened again"))
declare_event("case.noted", _("Something was noted in a case"))
declare_event("case.raiser_told", _("Whoever raised a concern was written to"))
declare_event("case.somebody_named", _("Somebody else was named in a case"))
declare_event("case.pair_held", _("Meetings were put on hold because of a case"))
declare_event("case.pair_released", _("A hold because of a case ended"))
declare_event("case.revealed", _("Somebody may see that a case about them was read"))
declare_event("case.escalated", _("A concern was not acknowledged in time, and the alternate was told"))
declare_event("limits.read", _("Somebody read what stays between two people, and what cannot"))
declare_event("signposts.changed", _("Whom people can turn to was changed"))


def _case(happened: Event) -> Case:
    return Case.objects.select_related("organisation").get(ref=happened.about_ref)


def _handlers(happened: Event) -> list[Membership]:
    return queries.handlers(_case(happened))


def _raiser(happened: Event) -> list[Membership]:
    concern = Concern.objects.select_related("raiser__account", "raiser__organisation").get(
        case__ref=happened.about_ref
    )  # fmt: skip
    return [concern.raiser]


def _to_case(happened: Event, receiver: Membership) -> tuple[str, str]:
    return _now("Sign in and open it"), reverse("safeguarding:case", args=[happened.about_ref])


def _to_report(happened: Event, receiver: Membership) -> tuple[str, str]:
    concern = Concern.objects.only("ref").get(case__ref=happened.about_ref)
    return _now("Sign in and read it"), reverse("safeguarding:own", args=[concern.ref])


_NOTHING_HERE = _("What it is about stands in Alongside alone, and never in a mail.")
notify(
    "concern.raised",
    to=_handlers,
    subject=_("A concern waits for you: read it today"),
    lines=[_("Somebody is worried and has written it down. They are to hear from you within 24 hours."), _NOTHING_HERE],
    action=_to_case,
    words=_("A concern waits for whoever handles it"),
    required=True,
    doer_too=True,
    urgency=Urgency.AT_ONCE,
)
notify(
    "case.escalated",
    to=_handlers,
    subject=_("A concern has waited for more than 24 hours: read it now"),
    lines=[
        _("Nobody has acknowledged it in time, so that it is open to the lead and the alternate alike."),
        _NOTHING_HERE,
    ],
    action=_to_case,
    words=_("A concern was not acknowledged in time"),
    required=True,
    urgency=Urgency.AT_ONCE,
)
notify(
    "concern.added_to",
    to=_handlers,
    subject=_("Something was added to a concern"),
    lines=[_NOTHING_HERE],
    action=_to_case,
    words=_("Something was added to a concern"),
    required=True,
    urgency=Urgency.AT_ONCE,
)
for _event, _called in (
    ("case.acknowledged", _("The first answer to what you were worried about")),
    ("case.raiser_told", _("More about what you were worried about")),
):
    notify(
        _event,
        to=_raiser,
        subject=_("There is an answer for you in Alongside"),
        lines=[_("It stands there alone: sign in to read it.")],
        action=_to_report,
        words=_called,
        required=True,
        urgency=Urgency.AT_ONCE,
    )
