"""The words of a mail, in the receiver's language and zone: plain text first, and the same as simple HTML."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core import signing
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from alongside.foundation.identity.models import Account, Organisation
from alongside.foundation.notifications import letters, rules
from alongside.foundation.notifications.letters import Block, Letter, Value, Wording
from alongside.foundation.notifications.models import Mail
from alongside.foundation.notifications.registry import Action, Kind, Words
from alongside.foundation.notifications.registry import kind as kind_of
from alongside.foundation.notifications.terms import MailState

STOP_SALT = "alongside.notifications.stop"
OwnBy = Mapping[tuple[str, str], Wording]
"""An organisation's own words, by letter and language."""


@dataclass(frozen=True)
class Said:
    """What a mail says whose words nobody may change."""

    subject: Words
    lines: Sequence[Words]
    action: Action | None


@dataclass(frozen=True)
class Filled:
    """What a mail says whose words are a letter's: what stands in its places, and the path of its button."""

    letter: Letter
    places: Mapping[str, Value] = field(default_factory=dict)
    page: str = ""


@dataclass(frozen=True)
class Shown:
    """A whole mail as it is read: for previews and for the outbox alike."""

    subject: str
    blocks: Sequence[Block]
    action: tuple[str, str] | None
    body: str
    html: str


@contextmanager
def in_the_words_of(account: Account | None, organisation: Organisation | None) -> Iterator[None]:
    """Within the block: the receiver's own language and zone, else the organisation's, else as they are."""
    whose = account or organisation
    if whose is None:
        yield
        return
    with timezone.override(ZoneInfo(whose.timezone)), translation.override(whose.language):
        yield


def fill(
    mail: Mail,
    *,
    kind: Kind,
    organisation: Organisation | None,
    say: Callable[[], Said | Filled],
    own: OwnBy | None = None,
) -> Mail:
    """Write subject, text and HTML into an unsaved mail. One that is rehearsed holds no link that acts by itself."""
    with in_the_words_of(mail.to_account, organisation):
        said, rehearsed = say(), mail.state == MailState.REHEARSED
        stop = _stop_address(mail.to_account, kind)
        chosen = own.get((said.letter.key, _language())) if own and isinstance(said, Filled) else None
        shown = show(
            said,
            wording=chosen,
            organisation=organisation,
            stop=_preferences() if rehearsed and stop else stop,
            preferences=_preferences() if mail.to_account and organisation else "",
            secret=mail.secret,
        )
        mail.subject, mail.body, mail.html = shown.subject, shown.body, shown.html
        mail.unsubscribe = "" if rehearsed else stop
    return mail


def show(
    said: Said | Filled,
    *,
    wording: Wording | None = None,
    organisation: Organisation | None = None,
    stop: str = "",
    preferences: str = "",
    secret: bool = False,
    mark: str = "",
) -> Shown:
    """A whole mail in the language in force. Own words that lack something needed by now give way to ours."""
    subject, blocks, action = _parts(said, wording)
    address = (action[0], settings.SITE_URL + action[1]) if action else None
    context: dict[str, Any] = {
        "subject": rules.header(mark + subject),
        "blocks": blocks,
        "action": address,
        "organisation": organisation.name if organisation else "",
        "contact": organisation.privacy_contact if organisation else "",
        "stop": stop,
        "preferences": preferences,
        "secret": secret,
        "language": _language(),
        "direction": "rtl" if translation.get_language_bidi() else "ltr",
    }
    return Shown(
        subject=context["subject"],
        blocks=blocks,
        action=address,
        body=render_to_string("notifications/mail.txt", context).strip() + "\n",
        html=inlined(render_to_string("notifications/mail.html", context)),
    )


def _parts(said: Said | Filled, wording: Wording | None) -> tuple[str, list[Block], tuple[str, str] | None]:
    if isinstance(said, Said):
        action = (str(said.action[0]), said.action[1]) if said.action else None
        return str(said.subject), letters.paragraphs(said.lines) + ([Block("link")] if action else []), action
    chosen = said.letter.ours if wording is None or letters.faults(said.letter, wording) else wording
    composed = letters.compose(said.letter, chosen, said.places)
    return composed.subject, composed.blocks, (composed.button, said.page) if said.letter.button else None


def _language() -> str:
    return translation.get_language() or settings.LANGUAGE_CODE


def _preferences() -> str:
    return settings.SITE_URL + reverse("notifications:preferences")


def _stop_address(account: Account | None, kind: Kind) -> str:
    if account is None or kind.required:
        return ""
    token = signing.dumps([account.ref, kind.name], salt=STOP_SALT)
    return settings.SITE_URL + reverse("notifications:stop", args=[token])


def preview(
    letter: Letter, wording: Wording | None, organisation: Organisation, places: Mapping[str, Value], *, mark: str = ""
) -> Shown:
    """A mail as it would be read, with these values; its links lead to pages, and stop nothing."""
    said = Filled(letter, {**letter.samples, **places}, "/")
    preferences = _preferences() if letter.of_programme else ""
    stop = "" if kind_of(letter.kind).required else preferences
    return show(said, wording=wording, organisation=organisation, stop=stop, preferences=preferences, mark=mark)


def inlined(html: str) -> str:
    """The same page with its style on each element: mail programs drop style sheets."""
    import css_inline  # noqa: PLC0415 -- only what writes mail pays for it

    return css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=False).inline(html)
