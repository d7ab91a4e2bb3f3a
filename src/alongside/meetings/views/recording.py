"""Writing a session down, correcting it, and its actions."""

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.foundation import access, clock
from alongside.foundation.identity.actions import NotPossible
from alongside.meetings import actions, forms, queries
from alongside.meetings.models import Session
from alongside.meetings.terms import SessionState
from alongside.meetings.views.base import closed, do, found, named, no_longer, page_of, remark, sound, who
from alongside.meetings.views.reading import session_page
from alongside.relationships.queries import Pair


@access.requires("meetings.write_down")
def write_down(request: HttpRequest, ref: str, session_ref: str | None = None) -> HttpResponse:
    """Writing a session down, planned or not; what is begun is kept."""
    pair, held = found(request, ref, session_ref)
    if refused := closed(request, pair):
        return refused
    if request.method == "POST":
        return _hand_in(request, pair, held)
    if held and (done := no_longer(request, pair, held, SessionState.HELD)):
        return done
    draft = queries.draft_of(request.actor, pair.relationship, held)
    last = queries.of(pair.relationship).filter(state=SessionState.HELD).first()
    initial = forms.first_log(clock.now(), request.actor.account.timezone, held, last) | draft
    form = forms.LogForm(actor=request.actor, pair=pair, initial=initial)
    items = forms.Actions(initial=forms.drafted_actions(draft), prefix="action", form_kwargs=who(request, pair))
    return _log_page(request, pair, held, form, items, kept_at=draft.get("kept_at"))


def _log_page(
    request: HttpRequest, pair: Pair, held: Session | None, form: forms.LogForm, items: Any, **context: Any
) -> HttpResponse:
    coming = queries.next_planned(pair.relationship)
    context |= {"form": form, "todo": items, "both": [form, items], "session": held, "coming": coming}
    context |= {"has_errors": bool(form.errors or (items.is_bound and not items.is_valid()))}
    context |= {"more": any(one.errors or one["words"].value() for one in items.forms[1:])}
    return page_of(request, "write_down", pair, **context)


def _hand_in(request: HttpRequest, pair: Pair, held: Session | None) -> HttpResponse:
    if request.POST.get("then") == "drop":
        actions.drop_draft(pair, held, by=request.actor)
        return redirect(request.path)
    kept = held.starts_at if held else None
    form = forms.LogForm(request.POST, actor=request.actor, pair=pair, kept=kept)
    items = forms.Actions(request.POST, prefix="action", form_kwargs=who(request, pair))
    if request.POST.get("then") == "keep":
        return _keep_for_later(request, pair, held, form, items)
    if sound(pair, form, items):
        try:
            written = actions.write_down(pair, held, form.record(items), by=request.actor)
        except actions.WrittenAlready as already:
            return _written_already(request, pair, held, already.session, form)
        except NotPossible as reason:
            form.add_error(None, str(reason))
        else:
            remark(request, form)
            messages.success(request, _written_words(pair, written))
            return redirect("meetings:session", pair.ref, written.ref)
    _keep_quietly(request, pair, held)
    return _log_page(request, pair, held, form, items)


def _written_words(pair: Pair, written: Session) -> str:
    if written.state == SessionState.MISSED:
        return _("It is noted that this session did not take place. %(name)s gets a mail.") % named(pair)
    return _("Your session is written down. %(name)s gets a mail.") % named(pair)


def _keep_quietly(request: HttpRequest, pair: Pair, held: Session | None, but: tuple[str, ...] = ()) -> None:
    # The page that follows shows what was typed and what was wrong; that it was kept as well is extra.
    with suppress(NotPossible):
        actions.keep_draft(pair, held, forms.draft_words(request.POST, but), by=request.actor)


def _keep_for_later(
    request: HttpRequest, pair: Pair, held: Session | None, form: forms.LogForm, items: Any
) -> HttpResponse:
    try:
        actions.keep_draft(pair, held, forms.draft_words(request.POST), by=request.actor)
    except NotPossible as reason:
        form.add_error(None, str(reason))
        return _log_page(request, pair, held, form, items)
    messages.success(request, _("What you have written is kept, for you alone. Come back when you like."))
    return redirect("meetings:session", pair.ref, held.ref) if held else redirect("meetings:sessions", pair.ref)


def _written_already(
    request: HttpRequest, pair: Pair, held: Session | None, written: Session, form: forms.LogForm
) -> HttpResponse:
    """The same form twice lands on its session; other words than those that stand there are kept and shown."""
    opened = queries.opened(request.actor, pair, written)
    said = form.cleaned_data
    actions.drop_draft(pair, held, by=request.actor)
    if said["summary"] in ("", opened.summary_words) and said["note"] in ("", opened.note):
        messages.info(request, _("This session is written down."))
        return redirect("meetings:session", pair.ref, written.ref)
    _keep_quietly(request, pair, written, but=("key",))
    messages.info(request, _("This session has been written down already. Your words are kept: put the two together."))
    return redirect("meetings:edit", pair.ref, written.ref)


@access.requires("meetings.write_down", methods="POST")
def keep(request: HttpRequest, ref: str, session_ref: str | None = None) -> HttpResponse:
    """Keep what is being typed, a moment after each pause: a fragment that says when."""
    pair, held = found(request, ref, session_ref)
    try:
        draft = actions.keep_draft(pair, held, forms.draft_words(request.POST), by=request.actor)
    except NotPossible as reason:
        return render(request, "meetings/_kept.html", {"reason": reason})
    return render(request, "meetings/_kept.html", {"kept_at": draft.kept_at})


@access.requires("meetings.write_down")
def edit(request: HttpRequest, ref: str, session_ref: str) -> HttpResponse:
    """Correcting a session: when, how long, the shared summary, one's own note."""
    pair, held = found(request, ref, session_ref)
    if refused := closed(request, pair):
        return refused
    if held.state != SessionState.HELD:
        return redirect("meetings:session", ref, session_ref)
    opened = queries.opened(request.actor, pair, held)
    draft = queries.draft_of(request.actor, pair.relationship, held)
    initial = forms.first_edit(opened, draft, request.actor.account.timezone)
    form = forms.EditForm(request.POST or None, actor=request.actor, pair=pair, kept=held.starts_at, initial=initial)
    if request.method == "POST" and sound(pair, form):
        return _edit(request, pair, held, form)
    if request.method == "POST":
        _keep_quietly(request, pair, held)
    return page_of(request, "edit", pair, form=form, session=held, **_conflict(opened, draft))


def _conflict(opened: queries.Opened, draft: dict[str, Any]) -> dict[str, Any]:
    """What stands in the shared summary, where a draft says something else; and the actions of the draft."""
    words = draft.get("summary", "")
    theirs = opened.summary_words if words and words != opened.summary_words else ""
    return {"theirs": theirs, "editor": opened.edited_by, "drafted": forms.drafted_actions(draft)}


def _edit(request: HttpRequest, pair: Pair, held: Session, form: forms.EditForm) -> HttpResponse:
    said = form.cleaned_data
    try:
        actions.edit(
            held,
            starts_at=said["starts_at"],
            minutes=said["length"],
            summary=said["summary"],
            seen=said["seen"],
            note=said["note"],
            by=request.actor,
        )
    except actions.ChangedMeanwhile as reason:
        return _again(request, pair, held, form, str(reason))
    except NotPossible as reason:
        form.add_error(None, str(reason))
        _keep_quietly(request, pair, held)
        return page_of(request, "edit", pair, form=form, session=held)
    remark(request, form)
    messages.success(request, _("Saved."))
    return redirect("meetings:session", pair.ref, held.ref)


def _again(request: HttpRequest, pair: Pair, held: Session, form: forms.EditForm, reason: str) -> HttpResponse:
    _keep_quietly(request, pair, held)
    opened = queries.opened(request.actor, pair, held)
    form.add_error("summary", reason)
    form.data = form.data.copy()
    form.data["seen"] = str(opened.summary.revision if opened.summary else 0)
    theirs = {"theirs": opened.summary_words, "editor": opened.edited_by}
    return page_of(request, "edit", pair, form=form, session=held, **theirs)


@access.requires("meetings.write_down")
def add_action(request: HttpRequest, ref: str, session_ref: str) -> HttpResponse:
    """Agreeing another action; its form stands on the session's page."""
    pair, held = found(request, ref, session_ref)
    if request.method == "GET":
        return redirect("meetings:session", ref, session_ref)
    form = forms.OneAction(request.POST, **who(request, pair))
    if not form.is_valid() or (wanted := form.wanted()) is None:
        return session_page(request, pair, held, action_form=form, has_errors=True)
    words = _("The action is added.")
    return do(request, pair, held, words, lambda: actions.add_action(held, wanted, by=request.actor), "#actions")


@access.requires("meetings.write_down", methods="POST")
def tick(request: HttpRequest, ref: str, session_ref: str, action_ref: str) -> HttpResponse:
    """Ticking an action as done, or taking it up again."""
    pair, held = found(request, ref, session_ref)
    item = access.fetch(queries.actions_visible_to(request.actor), session=held, ref=action_ref)
    done = request.POST.get("done") == "yes"
    act = actions.finish_action if done else actions.reopen_action
    words = _("Done.") if done else _("It is open again.")
    return do(request, pair, held, words, lambda: act(item, by=request.actor), "#actions")
