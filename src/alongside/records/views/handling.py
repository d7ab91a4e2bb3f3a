"""For whoever handles complaints: the list, and one of them with all that can be done with it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.foundation import access
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor
from alongside.foundation.ui.forms import Form
from alongside.records import forms, rules
from alongside.records.actions import handling as actions
from alongside.records.models import Complaint
from alongside.records.queries import complaints as queries
from alongside.records.terms import ComplaintState


@access.requires("records.complaints", methods="GET")
def complaints(request: HttpRequest) -> HttpResponse:
    """What one handles, the newest first; nothing of what was written."""
    form = forms.HandledFilter(request.GET)
    chosen = form.chosen()
    found = queries.visible_to(request.actor).select_related("writer", "organisation")
    if show := chosen.get("show"):
        found = found.filter(ended_at__isnull=show == "open")
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    rows = [(held, queries.is_late(held)) for held in page]
    columns = [_("Received"), _("What it is"), _("How far"), _("From"), _("Acknowledge by")]
    context = {"form": form, "page": page, "rows": rows, "narrowed": bool(chosen), "columns": columns}
    return render(request, "records/handled.html", context)


@access.requires("records.read_complaint", methods="GET")
def complaint(request: HttpRequest, ref: str) -> HttpResponse:
    """One of them; its writer sees that it was read."""
    return _page(request, _fetch(request, ref))


def _fetch(request: HttpRequest, ref: str) -> Complaint:
    return access.fetch(queries.visible_to(request.actor).select_related("organisation", "writer"), ref=ref)


def _page(request: HttpRequest, held: Complaint, **bound: Form) -> HttpResponse:
    opened = actions.open_complaint(held, by=request.actor)
    may_answer = rules.why_not_move(held.state, ComplaintState.ANSWERED) is None
    draft = queries.answer_draft_of(request.actor, held) if may_answer else None
    begun = {"answer": queries.begun(draft)} if draft else {}
    made = {name: bound.get(name) or _unbound(form, opened, begun.get(name)) for name, form in _SHOWN.items()}
    context = {
        "opened": opened,
        "complaint": held,
        "forms": made,
        "is_new": held.state == ComplaintState.RECEIVED,
        "late": queries.is_late(held),
        "may_look_into": rules.why_not_move(held.state, ComplaintState.LOOKED_INTO) is None,
        "may_answer": may_answer,
        "kept_at": draft.kept_at if draft else None,
        "may_close": rules.why_not_move(held.state, ComplaintState.CLOSED) is None,
        "ended": held.state in rules.ENDED,
        "gone": held.writer.state in ("left", "erased"),
        "others": [one for one in opened.handlers if one.pk != request.actor.membership.pk],
        "has_errors": any(form.errors for form in bound.values()),
        "faulty": next((form for name, form in bound.items() if name not in _SHOWN), None),
    }
    return render(request, "records/complaint.html", context)


def _unbound(form: type[forms.Deed], opened: queries.Opened, begun: dict[str, Any] | None) -> forms.Deed:
    return form(opened=opened, initial=begun) if begun else form(opened=opened)


@access.requires("records.handle_complaint", methods="POST")
def keep(request: HttpRequest, ref: str) -> HttpResponse:
    """Keep the answer that is being typed, a moment after each pause: a fragment that says when."""
    try:
        draft = actions.keep_answer(_fetch(request, ref), forms.answer_words(request.POST), by=request.actor)
    except NotPossible as reason:
        return render(request, "records/_kept.html", {"reason": reason})
    return render(request, "records/_kept.html", {"kept_at": draft.kept_at})


@access.requires("records.handle_complaint", methods="POST")
def act(request: HttpRequest, ref: str, deed: str) -> HttpResponse:
    """Do one thing with a complaint and come back to it; what was typed stays where it cannot be done."""
    held, (form_of, do, words) = _fetch(request, ref), _DEEDS[deed]
    if request.POST.get("then") == "keep":
        return _kept_for_later(request, held)
    form = form_of(request.POST.copy(), opened=queries.opened(held))
    if form.is_valid():
        try:
            do(held, form, request.actor)
        except NotPossible as reason:
            form.add_error(None, str(reason))
            form.data["seen"] = queries.last_word(held)  # the page shows what was written meanwhile
        else:
            messages.success(request, str(words))
            return redirect("records:complaint", ref)
    return _page(request, _fetch(request, ref), **{deed: form})


def _kept_for_later(request: HttpRequest, held: Complaint) -> HttpResponse:
    try:
        actions.keep_answer(held, forms.answer_words(request.POST), by=request.actor)
    except NotPossible as reason:
        form = forms.Answer(request.POST.copy(), opened=queries.opened(held))
        form.add_error(None, str(reason))
        return _page(request, _fetch(request, held.ref), answer=form)
    messages.success(request, _("What you have written is kept, for you alone. Nothing was sent."))
    return redirect("records:complaint", held.ref)


def _acknowledge(held: Complaint, form: Any, actor: Actor) -> None:
    actions.acknowledge(held, form.cleaned_data["words"], by=actor)


def _answer(held: Complaint, form: Any, actor: Actor) -> None:
    said = form.cleaned_data
    actions.answer(held, said["words"], said["outcome"], seen=said["seen"], by=actor)


def _write(held: Complaint, form: Any, actor: Actor) -> None:
    actions.write(held, form.cleaned_data["words"], ref=form.cleaned_data["ref"], by=actor)


_DEEDS: dict[str, tuple[type[forms.Deed], Any, Any]] = {
    "acknowledge": (forms.First, _acknowledge, gettext_lazy("Acknowledged. They get a mail.")),
    "look_into": (
        forms.Deed,
        lambda held, _form, actor: actions.look_into(held, by=actor),
        gettext_lazy("They are told that it is being looked into."),
    ),
    "answer": (forms.Answer, _answer, gettext_lazy("It is answered. Their mail says nothing of it.")),
    "write": (forms.Words, _write, gettext_lazy("It is sent. Their mail says nothing of it.")),
    "close": (
        forms.Close,
        lambda held, form, actor: actions.close(held, seen=form.cleaned_data["seen"], by=actor),
        gettext_lazy("It is closed."),
    ),
    "told": (
        forms.ThePerson,
        lambda held, form, actor: actions.note_told(held, form.member, by=actor),
        gettext_lazy("Noted that they know."),
    ),
}
_SHOWN = {name: _DEEDS[name][0] for name in ("acknowledge", "answer", "write", "close")}
