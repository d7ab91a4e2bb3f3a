"""The wording of events of agreements, and whom they tell. No mail holds a word of an agreement."""

from collections.abc import Iterable
from typing import cast

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from alongside.contracts.models import Contract
from alongside.foundation.events import Event, declare_event
from alongside.foundation.identity.models import Membership
from alongside.foundation.notifications import Place, declare_letter, notify
from alongside.relationships.models import Relationship
from alongside.relationships.queries import pair_of

declare_event("contract.drafted", _("An agreement was opened"))
declare_event("contract.changed", _("The draft of an agreement was saved"))
declare_event("contract.proposed", _("A version of an agreement was shown for signing"))
declare_event("contract.signature_given", _("A version of an agreement was signed by one of the two"))
declare_event("contract.signed", _("Both have signed a version of the agreement"))
declare_event("contract.change_begun", _("A change of an agreement was begun"))
declare_event("contract.change_dropped", _("A change of an agreement was dropped"))
declare_event(
    "contract.name_taken_out", _("The name of somebody who was erased was taken out of an agreement"), tombstone=True
)
declare_event("contract.deleted", _("An agreement was deleted, as its day had come"), tombstone=True)


def _both(happened: Event) -> Iterable[Membership]:
    pair = pair_of(_relationship(happened))
    return (pair.mentor, pair.mentee)


def _relationship(happened: Event) -> Relationship:
    return cast("Contract", happened.about).relationship


def _both_until_whole(happened: Event) -> Iterable[Membership]:
    # The second signature is told by contract.signed.
    return () if happened.codes.get("whole") else _both(happened)


def _names(happened: Event, receiver: Membership) -> dict[str, str]:
    doer = getattr(happened.by, "membership", None)
    return {"name": doer.short_name if doer else _now("The programme")}


def _page(happened: Event, receiver: Membership) -> str:
    return reverse("contracts:agreement", args=[_relationship(happened).ref])


_NAME = Place("name", _("whoever did it, by first name"), "Amara")
declare_letter(
    "contract.proposed",
    when=_("When one of a pair shows their agreement for signing"),
    whom=_("The other of the two"),
    subject=_("{name} asks you to read your mentoring agreement"),
    lines=[
        _("{name} has shown you your mentoring agreement. Read both parts, then sign them or ask for a change."),
        _("It takes about ten minutes. What it says stands only on its page."),
    ],
    button=_("Read and sign"),
    places=[_NAME],
)
declare_letter(
    "contract.signature_given",
    when=_("When one of a pair has signed and the other has not"),
    whom=_("The other of the two"),
    subject=_("{name} has signed your mentoring agreement"),
    lines=[_("It holds as soon as you have signed it as well. If something does not fit, ask for a change.")],
    button=_("Read and sign"),
    places=[_NAME],
)
declare_letter(
    "contract.signed",
    when=_("When the second of a pair has signed, so that the agreement holds"),
    whom=_("The one who signed first"),
    subject=_("Your mentoring agreement is signed by both of you"),
    lines=[_("{name} has signed it too, so it holds from today. You can read and print it at any time.")],
    button=_("Open the agreement"),
    places=[_NAME],
)
declare_letter(
    "contract.change_begun",
    when=_("When one of a pair begins to change their agreement"),
    whom=_("The other of the two"),
    subject=_("{name} would like to change your mentoring agreement"),
    lines=[
        _("A new version is being written, and you can write in it as well. Both of you sign it anew."),
        _("What both of you have signed before holds until then."),
    ],
    button=_("Look at it"),
    places=[_NAME],
)
notify("contract.proposed", to=_both, letter="contract.proposed", places=_names, page=_page)
notify("contract.signature_given", to=_both_until_whole, letter="contract.signature_given", places=_names, page=_page)
notify("contract.signed", to=_both, letter="contract.signed", places=_names, page=_page)
notify("contract.change_begun", to=_both, letter="contract.change_begun", places=_names, page=_page)
