"""For whoever has a question of what is right, or a complaint: what to try first, writing it, the answer."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.foundation import access
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor
from alongside.foundation.ui.forms import Form
from alongside.records import forms, rules
from alongside.records.actions import complaining as actions
from alongside.records.models import Complaint
from alongside.records.queries import complaints as queries
from alongside.records.terms import ComplaintKind, ComplaintState, Desk

_HEADINGS = {
    ComplaintKind.QUESTION: gettext_lazy("Is this all right?"),
    ComplaintKind.COMPLAINT: gettext_lazy("Something was not right"),
    ComplaintKind.DATA: gettext_lazy("How your data is used"),
}


@access.requires("records.complain", methods="GET")
def guidance(request: HttpRequest) -> HttpResponse:
    """What to try first, the three ways to write, and what one has written so far."""
    writer, kept = request.actor.membership, queries.drafts_kept_at(request.actor)
    open_to = queries.choices(writer, ComplaintKind.COMPLAINT, [])
    panel = next((readers for readers in open_to if readers.desk == Desk.PANEL), None)
    context = {
        "coordinators": [readers for readers in open_to if readers.desk == Desk.COORDINATOR],
        "panel": panel,
        "may_name": panel is None and access.may(request.actor, "organisations.settings"),
        "officers": next(iter(queries.choices(writer, ComplaintKind.DATA, [])), None),
        "kept": {kind: kept.get(kind) for kind in ComplaintKind.values},
        "own": queries.own(request.actor),
        "handles": queries.visible_to(request.actor).exists(),
    }
    return render(request, "records/complaints.html", context)


def _kind(said: str) -> ComplaintKind:
    if said not in ComplaintKind.values:
        raise Http404
    return ComplaintKind(said)


@access.requires("records.complain")
def write(request: HttpRequest, kind: str) -> HttpResponse:
    """Writing it down. What is typed is kept, and there again when somebody comes back; nothing is sent from here."""
    held = _kind(kind)
    if request.method == "POST":
        return _written(request, held)
    draft = queries.draft_of(request.actor, held)
    form = forms.WriteForm(actor=request.actor, kind=held, initial=queries.begun(draft))
    return _form_page(request, form, kept_at=draft.kept_at if draft else None)


def _form_page(request: HttpRequest, form: forms.WriteForm, **context: Any) -> HttpResponse:
    context |= {"form": form, "kind": form.kind, "heading": _HEADINGS[form.kind]}
    return render(request, "records/write.html", context)


def _written(request: HttpRequest, kind: ComplaintKind) -> HttpResponse:
    then, form = request.POST.get("then"), forms.WriteForm(request.POST, actor=request.actor, kind=kind)
    if then == "drop":
        actions.drop_draft(kind, by=request.actor)
        return redirect("records:complaints")
    try:
        if then == "keep":
            actions.keep_draft(kind, forms.draft_words(request.POST), by=request.actor)
            messages.success(request, _("What you have written is kept, for you alone. Nothing was sent."))
            return redirect("records:complaints")
        if form.is_valid():
            actions.keep_draft(kind, forms.draft_words(request.POST), by=request.actor)
            return redirect("records:send_complaint", kind)
    except NotPossible as reason:
        form.add_error(None, str(reason))
    return _form_page(request, form)


@access.requires("records.complaint_draft", methods="POST")
def keep(request: HttpRequest, kind: str) -> HttpResponse:
    """Keep what is being typed, a moment after each pause: a fragment that says when."""
    try:
        draft = actions.keep_draft(_kind(kind), forms.draft_words(request.POST), by=request.actor)
    except NotPossible as reason:
        return render(request, "records/_kept.html", {"reason": reason})
    return render(request, "records/_kept.html", {"kept_at": draft.kept_at})


@access.requires("records.complain")
def send(request: HttpRequest, kind: str) -> HttpResponse:
    """The last look: what was written, and by name who will read it. Where nobody could, it says whom else to ask."""
    held = _kind(kind)
    if (sent := _sent_before(request)) is not None:
        return redirect("records:own_complaint", sent.ref)
    begun = queries.begun(queries.draft_of(request.actor, held))
    written = forms.WriteForm(_as_data(begun), actor=request.actor, kind=held)
    if not written.is_valid():
        return redirect("records:write_complaint", kind)
    open_to = queries.choices(request.actor.membership, held, [one.pk for one in written.about_whom()])
    form = forms.SendForm(request.POST or None, open_to=open_to, initial={"ref": begun.get("ref")})
    if request.method == "POST" and form.is_valid():
        try:
            made = _send(written, form, request.actor)
        except NotPossible as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(
                request, _("It has been sent. You read the answer here, and a mail says when there is one.")
            )
            return redirect("records:own_complaint", made.ref)
    return _send_page(request, written, form)


def _sent_before(request: HttpRequest) -> Complaint | None:
    """What this form has sent already, where its button is pressed again."""
    return queries.own(request.actor).filter(ref=forms.ref_in(request.POST)).first()


def _as_data(begun: dict[str, Any]) -> Any:
    data = QueryDict(mutable=True)
    for name, value in begun.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def _send(written: forms.WriteForm, form: forms.SendForm, by: Actor) -> Complaint:
    said = form.cleaned_data
    return actions.send(written.written(), written.about_whom(), said["to"], ref=said["ref"], by=by)


def _send_page(request: HttpRequest, written: forms.WriteForm, form: forms.SendForm) -> HttpResponse:
    context = {
        "form": form,
        "kind": written.kind,
        "written": written.written(),
        "about": written.about_whom(),
        "only": form.open_to[0].words if len(form.open_to) == 1 else "",
        "nobody": "" if form.open_to else queries.why_nobody(request.actor.membership, written.kind),
        "is_data": written.kind == ComplaintKind.DATA,
    }
    return render(request, "records/send.html", context)


@access.requires("records.read_complaint", methods="GET")
def own(request: HttpRequest, ref: str) -> HttpResponse:
    """What one has sent, how far it has come, and the answers."""
    held = access.fetch(queries.own(request.actor), ref=ref)
    actions.note_opened(held, by=request.actor)
    return _own_page(request, held)


def _own_page(request: HttpRequest, held: Complaint, **bound: Form) -> HttpResponse:
    opened = queries.opened(held)
    about = [one.membership_id for one in opened.about]
    others = [one for one in queries.choices(held.writer, held.kind, about) if not queries.is_at(held, one)]
    may_hand_on = others and rules.why_not_hand_on(held.state, held.kind) is None
    context = {
        "complaint": held,
        "opened": opened,
        "heading": _HEADINGS[ComplaintKind(held.kind)],
        "late": queries.is_late(held),
        "ended": held.state in rules.ENDED,
        "may_take_back": rules.why_not_move(held.state, ComplaintState.TAKEN_BACK) is None,
        "nobody": queries.why_nobody(held.writer, held.kind) if not opened.handlers else "",
        "add": bound.get("add") or forms.Words(opened=opened),
        "hand_on": bound.get("hand_on") or (forms.ReadersForm(open_to=others) if may_hand_on else None),
        "others": others,
        "faulty": bound.get("plain"),
        "has_errors": bool(bound),
    }
    return render(request, "records/own.html", context)


@access.requires("records.write_complaint", methods="POST")
def act(request: HttpRequest, ref: str, deed: str) -> HttpResponse:
    """Do one thing with one's own complaint and come back to it; what was typed stays where it cannot be done."""
    held, (do, words) = access.fetch(queries.own(request.actor), ref=ref), _DEEDS[deed]
    form = _form_of(request, held, deed)
    if form.is_valid():
        try:
            do(held, form, request.actor)
        except NotPossible as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, str(words))
            return redirect("records:own_complaint", ref)
    return _own_page(request, held, **{deed if deed in ("add", "hand_on") else "plain": form})


def _form_of(request: HttpRequest, held: Complaint, deed: str) -> Form:
    if deed == "add":
        return forms.Words(request.POST, opened=queries.opened(held))
    if deed == "hand_on":
        about = queries.concerned(held).values_list("membership", flat=True)
        return forms.ReadersForm(request.POST, open_to=queries.choices(held.writer, held.kind, list(about)))
    return Form(request.POST)


def _add(held: Complaint, form: Any, actor: Actor) -> None:
    actions.add(held, form.cleaned_data["words"], ref=form.cleaned_data["ref"], by=actor)


_DEEDS: dict[str, tuple[Any, Any]] = {
    "add": (_add, gettext_lazy("It has been added.")),
    "hand_on": (
        lambda held, form, actor: actions.hand_on(held, form.cleaned_data["to"], by=actor),
        gettext_lazy("They read it from now on."),
    ),
    "take_back": (
        lambda held, _form, actor: actions.take_back(held, by=actor),
        gettext_lazy("It is taken back. Nobody else can read it any more."),
    ),
    "settle": (lambda held, _form, actor: actions.settle(held, by=actor), gettext_lazy("It is closed.")),
}
