"""Pages of sessions: a pair's list, one session, planning, writing down, correcting."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.foundation import access, clock
from alongside.foundation.identity.actions import NotPossible
from alongside.meetings import actions, forms, queries, rules
from alongside.meetings.models import Session
from alongside.meetings.terms import SessionState
from alongside.relationships import queries as relationships
from alongside.relationships.queries import Pair


def _found(request: HttpRequest, ref: str, session_ref: str | None) -> tuple[Pair, Session | None]:
    pair = relationships.own_pair(request.actor, ref)
    if session_ref is None:
        return pair, None
    return pair, access.fetch(queries.whole(request.actor), relationship=pair.relationship, ref=session_ref)


def _page(request: HttpRequest, template: str, pair: Pair, **context: Any) -> HttpResponse:
    accepted = pair.relationship.accepted_at is not None
    why_not = rules.why_not_write(accepted, pair.relationship.is_open)
    context = {"pair": pair, "may_write": bool(pair.standing.part) and not why_not, "why_not": why_not, **context}
    return render(request, f"meetings/{template}.html", context)


def _closed(request: HttpRequest, pair: Pair) -> HttpResponse | None:
    """Back to the list, with the reason, where nothing can be written."""
    if reason := rules.why_not_write(pair.relationship.accepted_at is not None, pair.relationship.is_open):
        messages.error(request, str(reason))
        return redirect("meetings:sessions", pair.ref)
    return None


def _remark(request: HttpRequest, form: forms.WhenForm) -> None:
    for words in form.remarks():
        messages.info(request, words)


@access.requires("meetings.read_dates", methods="GET")
def sessions(request: HttpRequest, ref: str) -> HttpResponse:
    """Every session of a pair; a coordinator sees dates, attendance and length."""
    pair = relationships.pair(request.actor, ref)
    page = Paginator(queries.of_pair(request.actor, pair), 50).get_page(request.GET.get("page"))
    lines = queries.lines(pair, page.object_list, clock.today(request.actor.account.timezone))
    return _page(request, "sessions", pair, lines=lines, page=page, now=clock.now())


@access.requires("meetings.read_shared", methods="GET")
def session(request: HttpRequest, ref: str, session_ref: str) -> HttpResponse:
    """One session with all that the reader may read of it."""
    return _session_page(request, *_found(request, ref, session_ref))


def _session_page(request: HttpRequest, pair: Pair, held: Session, **wrong: Any) -> HttpResponse:
    opened = queries.opened(request.actor, pair, held)
    zone, minutes = request.actor.account.timezone, held.held_minutes or held.planned_minutes
    theirs = queries.zones(pair)[pair.partner.pk]
    context = {
        "opened": opened,
        "session": held,
        "ends_at": rules.ends_at(held.starts_at, minutes, zone),
        "begun": held.starts_at <= clock.now(),
        "zones": rules.zone_words(held.starts_at, minutes, zone, theirs, pair.partner.short_name),
        "agenda_form": forms.AgendaForm(pair=pair, initial={"agenda": opened.agenda, "seen": opened.revision}),
        "action_form": forms.OneAction(actor=request.actor, pair=pair),
        "shared": access.label("meetings.read_shared", partner=pair.partner.short_name),
        "own": access.label("meetings.read_note"),
        "dates": access.label("meetings.read_dates", partner=pair.partner.short_name),
    }
    return _page(request, "session", pair, **context | wrong)


@access.requires("meetings.plan")
def plan(request: HttpRequest, ref: str) -> HttpResponse:
    """Planning a session."""
    pair, _none = _found(request, ref, None)
    if closed := _closed(request, pair):
        return closed
    form = forms.PlanForm(
        request.POST or None,
        actor=request.actor,
        pair=pair,
        initial=_first_plan(request, pair),
        zones=queries.zones(pair),
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.plan(pair, form.wanted(), by=request.actor)
        except NotPossible as reason:
            form.add_error(None, str(reason))
        else:
            _remark(request, form)
            messages.success(request, _("Your session is planned. %(name)s gets a mail.") % _partner(pair))
            return redirect("meetings:session", ref, made.ref)
    return _page(request, "plan", pair, form=form)


def _first_plan(request: HttpRequest, pair: Pair) -> dict[str, Any]:
    own = queries.of(pair.relationship)
    again = own.filter(ref=request.GET.get("again", ""), state=SessionState.CANCELLED).first()
    return forms.first_plan(clock.now(), request.actor.account.timezone, own.first(), again)


def _partner(pair: Pair) -> dict[str, str]:
    return {"name": pair.partner.short_name if pair.partner else ""}


@access.requires("meetings.plan")
def change(request: HttpRequest, ref: str, session_ref: str) -> HttpResponse:
    """Moving a planned session, or changing how long and where it is."""
    pair, held = _found(request, ref, session_ref)
    if done := _closed(request, pair) or _no_longer(request, pair, held, SessionState.MOVED):
        return done
    zone = request.actor.account.timezone
    place = queries.opened(request.actor, pair, held).place
    initial = forms.as_wall(held.starts_at, zone) | forms.length_chips(held.planned_minutes)
    initial |= {"mode": held.mode, "place": place}
    form = forms.ChangeForm(
        request.POST or None,
        actor=request.actor,
        pair=pair,
        kept=held.starts_at,
        initial=initial,
        zones=queries.zones(pair),
    )
    if request.method == "POST" and form.is_valid():
        return _change(request, pair, held, form)
    return _page(request, "change", pair, form=form, session=held)


def _change(request: HttpRequest, pair: Pair, held: Session, form: forms.ChangeForm) -> HttpResponse:
    try:
        new = actions.change(held, form.wanted(), by=request.actor)
    except NotPossible as reason:
        form.add_error(None, str(reason))
        return _page(request, "change", pair, form=form, session=held)
    _remark(request, form)
    messages.success(request, _("That is changed. %(name)s gets a mail.") % _partner(pair))
    return redirect("meetings:session", pair.ref, new.ref)


def _no_longer(request: HttpRequest, pair: Pair, held: Session, to: str) -> HttpResponse | None:
    """To the session's page, with the reason, where it is no longer what it was."""
    if reason := rules.why_not_become(held.state, to):
        messages.error(request, str(reason))
        return redirect("meetings:session", pair.ref, held.ref)
    return None


@access.requires("meetings.plan")
def cancel(request: HttpRequest, ref: str, session_ref: str) -> HttpResponse:
    """Cancelling a planned session, after asking."""
    pair, held = _found(request, ref, session_ref)
    if request.method == "POST":
        words = _("The session is cancelled. %(name)s gets a mail.") % _partner(pair)
        return _do(request, pair, held, words, lambda: actions.cancel(held, by=request.actor))
    if done := _closed(request, pair) or _no_longer(request, pair, held, SessionState.CANCELLED):
        return done
    return _page(request, "cancel", pair, session=held)


def _do(
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


@access.requires("meetings.plan")
def prepare(request: HttpRequest, ref: str, session_ref: str) -> HttpResponse:
    """Writing what a planned session should be about; its form stands on the session's page."""
    pair, held = _found(request, ref, session_ref)
    form = forms.AgendaForm(request.POST or None, pair=pair)
    if request.method == "POST" and form.is_valid():
        try:
            actions.prepare(held, by=request.actor, **form.cleaned_data)
        except actions.ChangedMeanwhile as reason:
            return _both_versions(request, pair, held, form, str(reason))
        except NotPossible as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("Saved. %(name)s can read it.") % _partner(pair))
            return redirect("meetings:session", ref, session_ref)
    if request.method == "GET":
        return redirect("meetings:session", ref, session_ref)
    return _session_page(request, pair, held, agenda_form=form, has_errors=True)


def _both_versions(request: HttpRequest, pair: Pair, held: Session, form: Any, reason: str) -> HttpResponse:
    """What was typed stays in the field; what the other one wrote stands above it; saving again takes the field."""
    opened = queries.opened(request.actor, pair, held)
    form.add_error("agenda", reason)
    form.data = form.data.copy()
    form.data["seen"] = str(opened.revision)
    return _session_page(request, pair, held, agenda_form=form, has_errors=True, theirs=opened.agenda)


@access.requires("meetings.write_down")
def write_down(request: HttpRequest, ref: str, session_ref: str | None = None) -> HttpResponse:
    """Writing a session down, planned or not; what is begun is kept."""
    pair, held = _found(request, ref, session_ref)
    if closed := _closed(request, pair):
        return closed
    if request.method == "POST":
        return _hand_in(request, pair, held)
    if held and (done := _no_longer(request, pair, held, SessionState.HELD)):
        return done
    draft = queries.draft_of(request.actor, pair.relationship, held)
    last = queries.of(pair.relationship).filter(state=SessionState.HELD).first()
    initial = forms.first_log(clock.now(), request.actor.account.timezone, held, last) | draft
    form = forms.LogForm(actor=request.actor, pair=pair, initial=initial)
    items = forms.Actions(initial=forms.drafted_actions(draft), prefix="action", form_kwargs=_who(request, pair))
    return _log_page(request, pair, held, form, items, kept_at=draft.get("kept_at"))


def _who(request: HttpRequest, pair: Pair) -> dict[str, Any]:
    return {"actor": request.actor, "pair": pair}


def _log_page(
    request: HttpRequest, pair: Pair, held: Session | None, form: forms.LogForm, items: Any, **context: Any
) -> HttpResponse:
    coming = queries.next_planned(pair.relationship)
    context |= {"form": form, "todo": items, "both": [form, items], "session": held, "coming": coming}
    context |= {"has_errors": bool(form.errors or (items.is_bound and not items.is_valid()))}
    context |= {"more": any(one.errors or one["words"].value() for one in items.forms[1:])}
    return _page(request, "write_down", pair, **context)


def _hand_in(request: HttpRequest, pair: Pair, held: Session | None) -> HttpResponse:
    then = request.POST.get("then")
    if then:
        return _keep_for_later(request, pair, held, drop=then == "drop")
    kept = held.starts_at if held else None
    form = forms.LogForm(request.POST, actor=request.actor, pair=pair, kept=kept)
    items = forms.Actions(request.POST, prefix="action", form_kwargs=_who(request, pair))
    if all([form.is_valid(), items.is_valid()]):
        try:
            written = actions.write_down(pair, held, form.record(items), by=request.actor)
        except actions.WrittenAlready as already:
            return _written_already(request, pair, held, already.session, form)
        except NotPossible as reason:
            form.add_error(None, str(reason))
        else:
            _remark(request, form)
            messages.success(request, _written_words(pair, written))
            return redirect("meetings:session", pair.ref, written.ref)
    _keep_quietly(request, pair, held)
    return _log_page(request, pair, held, form, items)


def _written_words(pair: Pair, written: Session) -> str:
    if written.state == SessionState.MISSED:
        return _("It is noted that this session did not take place. %(name)s gets a mail.") % _partner(pair)
    return _("Your session is written down. %(name)s gets a mail.") % _partner(pair)


def _keep_quietly(request: HttpRequest, pair: Pair, held: Session | None, but: tuple[str, ...] = ()) -> None:
    try:
        actions.keep_draft(pair, held, forms.draft_words(request.POST, but), by=request.actor)
    except NotPossible as reason:
        messages.error(request, str(reason))


def _keep_for_later(request: HttpRequest, pair: Pair, held: Session | None, *, drop: bool) -> HttpResponse:
    if drop:
        actions.drop_draft(pair, held, by=request.actor)
        return redirect(request.path)
    _keep_quietly(request, pair, held)
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
    pair, held = _found(request, ref, session_ref)
    try:
        draft = actions.keep_draft(pair, held, forms.draft_words(request.POST), by=request.actor)
    except NotPossible as reason:
        return render(request, "meetings/_kept.html", {"reason": reason})
    return render(request, "meetings/_kept.html", {"kept_at": draft.kept_at})


@access.requires("meetings.write_down")
def edit(request: HttpRequest, ref: str, session_ref: str) -> HttpResponse:
    """Correcting a session: when, how long, the shared summary, one's own note."""
    pair, held = _found(request, ref, session_ref)
    if closed := _closed(request, pair):
        return closed
    if held.state != SessionState.HELD:
        return redirect("meetings:session", ref, session_ref)
    opened = queries.opened(request.actor, pair, held)
    draft = queries.draft_of(request.actor, pair.relationship, held)
    initial = forms.first_edit(opened, draft, request.actor.account.timezone)
    form = forms.EditForm(request.POST or None, actor=request.actor, pair=pair, kept=held.starts_at, initial=initial)
    if request.method == "POST" and form.is_valid():
        return _edit(request, pair, held, form)
    if request.method == "POST":
        _keep_quietly(request, pair, held)
    return _page(request, "edit", pair, form=form, session=held, **_conflict(opened, draft))


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
        return _page(request, "edit", pair, form=form, session=held)
    _remark(request, form)
    messages.success(request, _("Saved."))
    return redirect("meetings:session", pair.ref, held.ref)


def _again(request: HttpRequest, pair: Pair, held: Session, form: forms.EditForm, reason: str) -> HttpResponse:
    _keep_quietly(request, pair, held)
    opened = queries.opened(request.actor, pair, held)
    form.add_error("summary", reason)
    form.data = form.data.copy()
    form.data["seen"] = str(opened.summary.revision if opened.summary else 0)
    theirs = {"theirs": opened.summary_words, "editor": opened.edited_by}
    return _page(request, "edit", pair, form=form, session=held, **theirs)


@access.requires("meetings.write_down")
def add_action(request: HttpRequest, ref: str, session_ref: str) -> HttpResponse:
    """Agreeing another action; its form stands on the session's page."""
    pair, held = _found(request, ref, session_ref)
    if request.method == "GET":
        return redirect("meetings:session", ref, session_ref)
    form = forms.OneAction(request.POST, **_who(request, pair))
    if not form.is_valid() or (wanted := form.wanted()) is None:
        return _session_page(request, pair, held, action_form=form, has_errors=True)
    words = _("The action is added.")
    return _do(request, pair, held, words, lambda: actions.add_action(held, wanted, by=request.actor), "#actions")


@access.requires("meetings.write_down", methods="POST")
def tick(request: HttpRequest, ref: str, session_ref: str, action_ref: str) -> HttpResponse:
    """Ticking an action as done, or taking it up again."""
    pair, held = _found(request, ref, session_ref)
    item = access.fetch(queries.actions_visible_to(request.actor), session=held, ref=action_ref)
    done = request.POST.get("done") == "yes"
    act = actions.finish_action if done else actions.reopen_action
    words = _("Done.") if done else _("It is open again.")
    return _do(request, pair, held, words, lambda: act(item, by=request.actor), "#actions")
