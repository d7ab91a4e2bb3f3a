"""The wording of events of agreements, and whom they tell. No mail holds a word of an agreement."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, cast

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from alongside.contracts.models import Contract
from alongside.foundation.events import Event, declare_event
from alongside.foundation.identity.models import Membership
from alongside.foundation.notifications import notify
from alongside.relationships.models import Relationship
from alongside.relationships.queries import pair_of

declare_event("contract.drafted", _("An agreement was opened"))
declare_event("contract.changed", _("The draft of an agreement was saved"))
declare_event("contract.proposed", _("A version of an agreement was shown for signing"))
declare_event("contract.signature_given", _("A version of an agreement was signed by one of the two"))
declare_event("contract.signed", _("Both have signed a version of the agreement"))
declare_event("contract.change_begun", _("A change of an agreement was begun"))
declare_event("contract.change_dropped", _("A change of an agreement was dropped"))


def _both(happened: Event) -> Iterable[Membership]:
    pair = pair_of(_relationship(happened))
    return (pair.mentor, pair.mentee)


def _relationship(happened: Event) -> Relationship:
    return cast("Contract", happened.about).relationship


def _both_until_whole(happened: Event) -> Iterable[Membership]:
    # The second signature is told by contract.signed.
    return () if happened.codes.get("whole") else _both(happened)


def _words(text: str | Promise) -> Callable[[Event, Membership], Any]:
    """Words with the name of whoever did it."""

    def said(happened: Event, receiver: Membership) -> str:
        doer = getattr(happened.by, "membership", None)
        return str(text) % {"name": doer.short_name if doer else _now("The programme")}

    return said


def _lines(*texts: str | Promise) -> Callable[[Event, Membership], Sequence[str]]:
    return lambda happened, receiver: [_words(text)(happened, receiver) for text in texts]


def _page(words: str | Promise) -> Callable[[Event, Membership], Any]:
    def action(happened: Event, receiver: Membership) -> tuple[str | Promise, str]:
        return words, reverse("contracts:agreement", args=[_relationship(happened).ref])

    return action


notify(
    "contract.proposed",
    to=_both,
    subject=_words(_("%(name)s asks you to read your mentoring agreement")),
    lines=_lines(
        _("%(name)s has shown you your mentoring agreement. Read both parts, then sign them or ask for a change."),
        _("It takes about ten minutes. What it says stands only on its page."),
    ),
    action=_page(_("Read and sign")),
)
notify(
    "contract.signature_given",
    to=_both_until_whole,
    subject=_words(_("%(name)s has signed your mentoring agreement")),
    lines=_lines(_("It holds as soon as you have signed it as well. If something does not fit, ask for a change.")),
    action=_page(_("Read and sign")),
)
notify(
    "contract.signed",
    to=_both,
    subject=_words(_("Your mentoring agreement is signed by both of you")),
    lines=_lines(_("%(name)s has signed it too, so it holds from today. You can read and print it at any time.")),
    action=_page(_("Open the agreement")),
)
notify(
    "contract.change_begun",
    to=_both,
    subject=_words(_("%(name)s would like to change your mentoring agreement")),
    lines=_lines(
        _("A new version is being written, and you can write in it as well. Both of you sign it anew."),
        _("What both of you have signed before holds until then."),
    ),
    action=_page(_("Look at it")),
)
