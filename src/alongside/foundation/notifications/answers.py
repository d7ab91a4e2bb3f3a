"""Mail answers: a link in a mail leads to a page with one button, and is good for that one thing without signing in.

The link is signed and ends; opening it changes nothing, so that whatever looks at links ahead of people does no harm.
What it does is done once, and whether it has been done is read from the records themselves.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.functional import Promise

SALT = "alongside.notifications.answer"
LASTS = timedelta(days=14)
Words = str | Promise


@dataclass(frozen=True)
class Asked:
    """What the page of an answer shows, as things stand: a button, or why there is none."""

    heading: Words
    words: Sequence[Words]
    button: Words = ""
    do: Callable[[], None] | None = None  # raises NotPossible
    thanks: Words = ""  # once it is done
    ended: Words = ""  # why there is nothing left to do: it has been done, or can be done no more


@dataclass(frozen=True)
class Answer:
    """One kind of answer. `find` gets the refs of the link, and returns None where they lead to nothing."""

    name: str
    find: Callable[..., Asked | None]
    lasts: timedelta


class Expired(Exception):
    """The link is older than it may be."""


_answers: dict[str, Answer] = {}


def declare_answer(name: str, find: Callable[..., Asked | None], *, lasts: timedelta = LASTS) -> None:
    """Let links of this name be answered. `find(*refs)` says how things stand; it only reads."""
    _answers[name] = Answer(name, find, lasts)


def address(name: str, *refs: str) -> str:
    """The whole address of an answer's page. Raises KeyError for a name that nothing declares."""
    token = signing.dumps([_answers[name].name, *refs], salt=SALT)
    return settings.SITE_URL + reverse("notifications:answer", args=[token])


def asked(token: str) -> Asked | None:
    """What a link asks; None where it is not ours, was changed, or leads to nothing. Raises Expired."""
    try:
        said = signing.loads(token, salt=SALT)
        answer = _answers[said[0]]
        signing.loads(token, salt=SALT, max_age=answer.lasts)
    except signing.SignatureExpired:
        raise Expired from None
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        return None
    return answer.find(*said[1:])
