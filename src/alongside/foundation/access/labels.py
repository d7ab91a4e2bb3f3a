"""The words beside a free-text field: who can read what is written there."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from alongside.foundation.access.registry import row


class Label(NamedTuple):
    """How many kinds of reader, and the sentence."""

    figures: int
    words: str


def label(permission: str, **names: str) -> Label:
    """Who can read a field, to whoever writes it: `names` fill the readers' words (partner="Amara")."""
    readers = list(dict.fromkeys(str(reader.label) for reader in row(permission).who if reader.label))
    named = [words.format(**names) for words in readers]
    if len(named) == 1:
        return Label(1, _("Only you can read this"))
    listed = _("%(first)s and %(last)s") % {"first": ", ".join(named[:-1]), "last": named[-1]}
    return Label(len(named), _("%(readers)s can read this") % {"readers": listed[:1].upper() + listed[1:]})
