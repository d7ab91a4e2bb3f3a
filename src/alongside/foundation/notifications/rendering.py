"""The words of a mail, in the receiver's language and zone: plain text first, and the same as simple HTML."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from alongside.foundation.identity.models import Account, Organisation
from alongside.foundation.notifications import answers, letters, rules
from alongside.foundation.notifications.letters import Block, Letter, Value, Wording
from alongside.foundation.notifications.models import Mail
from alongside.foundation.notifications.registry import Action, Kind, Words
from alongside.foundation.notifications.registry import kind as kind_of
from alongside.foundation.notifications.terms import MailState

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
    foot_at: int = 0


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
        if rehearsed and isinstance(said, Filled):
            said = replace(said, places={name: _led_to(value, said.page) for name, value in said.places.items()})
        shown = show(
            said,
            wording=chosen,
            organisation=organisation,
            stop=_preferences() if rehearsed and stop else stop,
            preferences=_preferences() if mail.to_account and organisation else "",
            secret=mail.secret,
        )
        mail.subject, mail.body, mail.html, mail.foot_at = shown.subject, shown.body, shown.html, shown.foot_at
        mail.unsubscribe = "" if rehearsed else stop
    return mail


def _led_to(value: Value, page: str) -> Value:
    """What is read before a launch leads to pages and answers nothing."""
    return letters.Link(value.words, settings.SITE_URL + page) if isinstance(value, letters.Link) else value


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
    context: dict[str, Any] = _frame(organisation) | {
        "subject": rules.header(mark + subject),
        "blocks": blocks,
        "action": address,
        "stop": stop,
        "preferences": preferences,
        "secret": secret,
    }
    text = render_to_string("notifications/mail.txt", context).strip()
    foot = render_to_string("notifications/foot.txt", context).strip()
    return Shown(
        subject=context["subject"],
        blocks=blocks,
        action=address,
        body=f"{text}\n\n{foot}\n",
        html=inlined(render_to_string("notifications/mail.html", context)),
        foot_at=len(text),
    )


def fill_digest(mail: Mail, parts: Sequence[Mail], *, organisation: Organisation | None) -> Mail:
    """Write what some mails say into one unsaved mail, one after another in the order in which they were written."""
    optional = sorted({part.kind for part in parts if part.unsubscribe})
    with in_the_words_of(mail.to_account, organisation):
        mail.unsubscribe = _stop_address_of(mail.to_account, optional)
        subject = ngettext("%(count)s mail from %(who)s", "%(count)s mails from %(who)s", len(parts))
        said = {"count": len(parts), "who": organisation.name if organisation else "Alongside"}
        context = _frame(organisation) | {
            "subject": parts[0].subject if len(parts) == 1 else rules.header(subject % said),
            "parts": [(part.subject, part.body[: part.foot_at]) for part in parts],
            "preferences": _preferences() if mail.to_account else "",
            "stop": mail.unsubscribe,
        }
        text = render_to_string("notifications/digest.txt", context).strip()
        foot = render_to_string("notifications/foot.txt", context).strip()
        mail.subject, mail.body, mail.foot_at = context["subject"], f"{text}\n\n{foot}\n", len(text)
        mail.html = inlined(render_to_string("notifications/digest.html", context))
    return mail


def _frame(organisation: Organisation | None) -> dict[str, Any]:
    return {
        "organisation": organisation.name if organisation else "",
        "contact": organisation.privacy_contact if organisation else "",
        "language": _language(),
        "direction": "rtl" if translation.get_language_bidi() else "ltr",
    }


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
    return "" if kind.required else _stop_address_of(account, [kind.name])


def _stop_address_of(account: Account | None, kinds: Sequence[str]) -> str:
    return answers.address("mail.stop", account.ref, *kinds) if account and kinds else ""


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
