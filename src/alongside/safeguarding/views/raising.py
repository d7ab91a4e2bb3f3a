"""For whoever is worried: what to know first, writing it down, reading the answer."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.foundation import access
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import Actor
from alongside.safeguarding import actions, forms, queries
from alongside.safeguarding.policy import ALTERNATE, GUARDIANS, LEAD


@access.requires("safeguarding.raise", methods="GET")
def guidance(request: HttpRequest) -> HttpResponse:
    """What to do first, who reads what is written, and what one has written so far."""
    draft = queries.draft_of(request.actor)
    context = _around(request.actor) | {
        "own": queries.own(request.actor),
        "kept_at": draft.kept_at if draft else None,
        "coordinators": queries.coordinators_of(request.actor),
    }
    return render(request, "safeguarding/guidance.html", context)


def _around(actor: Actor) -> dict[str, Any]:
    """Whom to call, and who reads it: by name, so that nobody writes to a stranger."""
    held = actor.organisation
    guardians = list(queries.guardians(held))
    leads = set(queries.holders(held, LEAD).values_list("pk", flat=True))
    return {
        "organisation": held,
        "signposts": queries.signposts(held),
        "leads": [one for one in guardians if one.pk in leads],
        "alternates": [one for one in guardians if one.pk not in leads],
        "may_change": actor.has("administrator", *GUARDIANS),
        "alternate": ALTERNATE.label,
    }


@access.requires("safeguarding.raise")
def write(request: HttpRequest) -> HttpResponse:
    """Writing it down. What is typed is kept, and there again when somebody comes back."""
    if request.method == "POST":
        return _sent(request)
    draft = queries.draft_of(request.actor)
    form = forms.RaiseForm(actor=request.actor, initial=queries.begun(draft))
    return _form_page(request, form, kept_at=draft.kept_at if draft else None)


def _form_page(request: HttpRequest, form: forms.RaiseForm, **context: Any) -> HttpResponse:
    return render(request, "safeguarding/write.html", _around(request.actor) | {"form": form} | context)


def _sent(request: HttpRequest) -> HttpResponse:
    then, form = request.POST.get("then"), forms.RaiseForm(request.POST, actor=request.actor)
    if then == "drop":
        actions.drop_draft(by=request.actor)
        return redirect("safeguarding:raise")
    try:
        if then == "keep":
            actions.keep_draft(forms.draft_words(request.POST), by=request.actor)
            messages.success(request, _("What you have written is kept, for you alone. Nothing was sent."))
            return redirect("safeguarding:raise")
        if form.is_valid():
            ref = form.cleaned_data["ref"]
            made = actions.raise_concern(form.written(), form.about_whom(), ref=ref, by=request.actor)
            messages.success(request, _("It has been sent. You hear from us within 24 hours."))
            return redirect("safeguarding:own", made.ref)
    except NotPossible as reason:
        form.add_error(None, str(reason))
    return _form_page(request, form)


@access.requires("safeguarding.draft", methods="POST")
def keep(request: HttpRequest) -> HttpResponse:
    """Keep what is being typed, a moment after each pause: a fragment that says when."""
    try:
        draft = actions.keep_draft(forms.draft_words(request.POST), by=request.actor)
    except NotPossible as reason:
        return render(request, "safeguarding/_kept.html", {"reason": reason})
    return render(request, "safeguarding/_kept.html", {"kept_at": draft.kept_at})


@access.requires("safeguarding.limits")
def limits(request: HttpRequest) -> HttpResponse:
    """What stays between two people, and what cannot: read and confirmed."""
    if request.method == "POST":
        actions.confirm_limits(by=request.actor)
        messages.success(request, _("Noted that you have read it."))
        return redirect("/")
    context = _around(request.actor) | {"read_at": queries.limits_read_at(request.actor)}
    return render(request, "safeguarding/limits.html", context)


@access.requires("safeguarding.read_report")
def own(request: HttpRequest, ref: str) -> HttpResponse:
    """What one has raised, the answers, and something more to add."""
    concern = access.fetch(queries.own(request.actor), ref=ref)
    form = forms.AddForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add(concern, form.cleaned_data["words"], by=request.actor)
        except NotPossible as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("It has been added."))
            return redirect("safeguarding:own", ref)
    context = {"report": queries.report(concern), "messages_of": queries.messages(concern.case), "form": form}
    return render(request, "safeguarding/own.html", _around(request.actor) | context)
