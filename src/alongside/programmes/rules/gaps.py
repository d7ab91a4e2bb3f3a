"""What is missing in a design: a sentence that says what to do, why it matters, and whether the launch waits for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Sentence = str | Promise
NAMED = 3


@dataclass(frozen=True)
class Gap:
    """One thing left to do in a section. `refuses`: the programme is not launched before."""

    section: str
    words: Sentence
    why: Sentence
    refuses: bool = False


def some(names: Sequence[str]) -> str:
    """Up to three names in a sentence, and how many more there are."""
    shown, more = list(names[:NAMED]), len(names) - NAMED
    if more > 0:
        return ngettext("%(names)s and one more", "%(names)s and %(count)s more", more) % {
            "names": ", ".join(shown),
            "count": more,
        }
    if len(shown) < 2:
        return "".join(shown)
    return _("%(first)s and %(last)s") % {"first": ", ".join(shown[:-1]), "last": shown[-1]}
