"""What the pages of sessions share: finding, refusing in words, going back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from alongside.foundation import access
from alongside.foundation.identity.actions import NotPossible
from alongside.meetings import forms, queries, rules
from alongside.meetings.models import Session
from alongside.relationships import queries as relationships
from alongside.relationships.queries import Pair


def found(request: HttpRequest, ref: str, session_ref: str | None) -> tuple[Pair, Session | None]:
    """The actor’s own pair, and one of its sessions, through the door."""
    pair = relationships.own_pair(request.actor, ref)
    if session_ref is None:
        return pair, None
    return pair, access.fetch(queries.whole(request.actor), relationship=pair.relationship, ref=session_ref)


def page_of(request: HttpRequest, template: str, pair: Pair, **context: Any) -> HttpResponse:
    """A page of sessions with what each of them needs."""
    reason = why_not(pair)
    context = {"pair": pair, "may_write": bool(pair.standing.part) and not reason, "why_not": reason, **context}
    return render(request, f"meetings/{template}.html", context)


def why_not(pair: Pair) -> rules.Sentence | None:
    """Why nothing can be written in the pair now."""
    return rules.why_not_write(pair.relationship.accepted_at is not None, pair.relationship.is_open)


def closed(request: HttpRequest, pair: Pair) -> HttpResponse | None:
    """Back to the list, with the reason, where nothing can be written. What was sent is not thrown away like that."""
    if request.method != "POST" and (reason := why_not(pair)):
        messages.error(request, str(reason))
        return redirect("meetings:sessions", pair.ref)
    return None


def sound(pair: Pair, form: Any, *others: Any) -> bool:
    """Are all forms sound, and may something be written? If not, the page keeps what was typed and says why."""
    faulty = [one for one in (form, *others) if not one.is_valid()]  # each is checked, so that each says what is wrong
    if reason := why_not(pair):
        form.add_error(None, str(reason))
    return not faulty and not reason


def remark(request: HttpRequest, form: forms.WhenForm) -> None:
    """Say what the writer should know about the times that were taken."""
    for words in form.remarks():
        messages.info(request, words)


def named(pair: Pair) -> dict[str, str]:
    """The other one’s name, for sentences."""
    return {"name": pair.partner.short_name if pair.partner else ""}


def who(request: HttpRequest, pair: Pair) -> dict[str, Any]:
    """What forms need to know of who writes."""
    return {"actor": request.actor, "pair": pair}


def no_longer(request: HttpRequest, pair: Pair, held: Session, to: str) -> HttpResponse | None:
    """To the session's page, with the reason, where it is no longer what it was."""
    if reason := rules.why_not_become(held.state, to):
        messages.error(request, str(reason))
        return redirect("meetings:session", pair.ref, held.ref)
    return None


def do(
    request: HttpRequest, pair: Pair, held: Session, words: str, act: Callable[[], Any], part: str = ""
) -> HttpResponse:
    """Act, say so, and go back to the session."""
    try:
        act()
    except NotPossible as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, words)
    response = redirect("meetings:session", pair.ref, held.ref)
    response["Location"] += part
    return response
