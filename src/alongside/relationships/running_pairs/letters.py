"""What the two of a pair that was brought in are told: once by mail, and before that on the coordinator's page."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.utils.functional import Promise, lazy
from django.utils.text import format_lazy, get_text_list
from django.utils.translation import gettext_lazy as _

from alongside.relationships.terms import PairPart

Words = str | Promise
_listed = lazy(get_text_list, str)
_LINES = {
    (PairPart.MENTEE, False): _(
        "Your mentor in “{programme}” is {partners}, as before. From now on the two of you have a page of your own in "
        "Alongside."
    ),
    (PairPart.MENTEE, True): _(
        "Your mentors in “{programme}” are {partners}, as before. From now on you have a page with each of them in "
        "Alongside."
    ),
    (PairPart.MENTOR, False): _(
        "Your mentee in “{programme}” is {partners}, as before. From now on the two of you have a page of your own in "
        "Alongside."
    ),
    (PairPart.MENTOR, True): _(
        "Your mentees in “{programme}” are {partners}, as before. From now on you have a page with each of them in "
        "Alongside."
    ),
}
BROUGHT_ALONG = (
    _("What was before stands there in days and numbers. Nothing that you said to each other was brought along."),
    _("You go on where you are: there you plan your next sessions and write them down."),
)
PARTNERS_SAMPLE = format_lazy(_LINES[PairPart.MENTEE, False], programme=_("Rising leaders"), partners="Amara Okafor")


class Letter(NamedTuple):
    """Subject and lines of a mail; `partners` are those of them that say who it is."""

    subject: Words
    lines: Sequence[Words]
    partners: Sequence[Words]


def letter(partners: Mapping[str, Sequence[str]], programme: str) -> Letter:
    """The words to somebody whose partners these are, by the part that they themselves play."""
    everybody = [name for names in partners.values() for name in names]
    subject: Words = _("Your mentoring goes on in Alongside")
    if len(everybody) == 1:
        subject = format_lazy(_("You and {partner}: your mentoring goes on in Alongside"), partner=everybody[0])
    said: list[Words] = [
        format_lazy(_LINES[PairPart(part), len(names) > 1], programme=programme, partners=_listed(names, _("and")))
        for part, names in partners.items()
    ]
    return Letter(subject, [*said, *BROUGHT_ALONG], said)
