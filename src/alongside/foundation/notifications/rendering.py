"""The words of a mail, in the receiver's language and zone: plain text first, and the same as simple HTML."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core import signing
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from alongside.foundation.identity.models import Account, Organisation
from alongside.foundation.notifications import rules
from alongside.foundation.notifications.models import Mail
from alongside.foundation.notifications.registry import Action, Kind, Words

STOP_SALT = "alongside.notifications.stop"
T = TypeVar("T")


@dataclass(frozen=True)
class Said:
    """What a mail says."""

    subject: Words
    lines: Sequence[Words]
    action: Action | None


@contextmanager
def in_the_words_of(account: Account | None, organisation: Organisation | None) -> Iterator[None]:
    """Within the block: the receiver's own language and zone, else the organisation's, else as they are."""
    whose = account or organisation
    if whose is None:
        yield
        return
    with timezone.override(ZoneInfo(whose.timezone)), translation.override(whose.language):
        yield


def fill(mail: Mail, *, kind: Kind, organisation: Organisation | None, say: Callable[[], Said]) -> Mail:
    """Write subject, text and HTML into an unsaved mail."""
    with in_the_words_of(mail.to_account, organisation):
        said = say()
        subject, stop = rules.header(str(said.subject)), _stop_address(mail.to_account, kind)
        context = {
            "subject": subject,
            "lines": [str(line) for line in said.lines],
            "action": (str(said.action[0]), settings.SITE_URL + said.action[1]) if said.action else None,
            "organisation": organisation.name if organisation else "",
            "stop": stop,
            "secret": mail.secret,
            "language": translation.get_language(),
            "direction": "rtl" if translation.get_language_bidi() else "ltr",
        }
        mail.subject, mail.unsubscribe = subject, stop
        mail.body = render_to_string("notifications/mail.txt", context).strip() + "\n"
        mail.html = inlined(render_to_string("notifications/mail.html", context))
    return mail


def _stop_address(account: Account | None, kind: Kind) -> str:
    if account is None or kind.required:
        return ""
    token = signing.dumps([account.ref, kind.name], salt=STOP_SALT)
    return settings.SITE_URL + reverse("notifications:stop", args=[token])


def inlined(html: str) -> str:
    """The same page with its style on each element: mail programs drop style sheets."""
    import css_inline  # noqa: PLC0415 -- only what writes mail pays for it

    return css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=False).inline(html)
