"""Questions at the end of an organisation's own part of the training."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.foundation import access
from alongside.foundation.identity.actions import NotPossible
from alongside.readiness import rules
from alongside.readiness.actions import training as actions
from alongside.readiness.models import Module
from alongside.readiness.queries import training as queries
from alongside.readiness.training_forms import ANSWERS, QuestionForm


def _own(request: HttpRequest, ref: str) -> Module:
    found = queries.visible_to(request.actor).filter(retired_at__isnull=True, source="", is_met=False)
    return access.fetch(found, ref=ref)


@access.requires("readiness.training")
def questions(request: HttpRequest, ref: str) -> HttpResponse:
    """The questions of a part, and a new one."""
    held = _own(request, ref)
    form = QuestionForm(request.POST if request.method == "POST" else None, seen=held.revision)
    if request.method == "POST" and (answer := _asked(request, held, form)):
        return answer
    asked = [rules.question(said) for said in held.questions]
    return render(request, "readiness/questions.html", {"module": held, "asked": asked} | _form(form))


@access.requires("readiness.training")
def question(request: HttpRequest, ref: str, key: str) -> HttpResponse:
    """Asking a question otherwise, or no longer."""
    held = _own(request, ref)
    one = next((rules.question(said) for said in held.questions if said["key"] == key), None)
    if one is None:
        raise Http404
    form = QuestionForm(request.POST if request.method == "POST" else None, seen=held.revision, held=one)
    if request.method == "POST" and (answer := _asked(request, held, form)):
        return answer
    return render(request, "readiness/question.html", {"module": held, "one": one} | _form(form))


def _form(form: QuestionForm) -> dict[str, Any]:
    answers = [(form[f"answer_{number}"], form[f"feedback_{number}"]) for number in ANSWERS]
    return {"form": form, "answers": answers}


def _asked(request: HttpRequest, held: Module, form: QuestionForm) -> HttpResponse | None:
    if not form.is_valid():
        return None
    try:
        actions.ask(held, form.question(), seen=form.cleaned_data["seen"], by=request.actor)
    except NotPossible as reason:
        form.add_error(None, str(reason))
        return None
    messages.success(request, _("Saved. It is asked at the end of the part."))
    return redirect("readiness:questions", held.ref)


@access.requires("readiness.training", methods="POST")
def leave_out(request: HttpRequest, ref: str, key: str) -> HttpResponse:
    """No longer ask a question."""
    held = _own(request, ref)
    seen = request.POST.get("seen", "")
    try:
        actions.leave_out(held, key, seen=int(seen) if seen.isdecimal() and len(seen) < 7 else 0, by=request.actor)
    except NotPossible as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("It is no longer asked."))
    return redirect("readiness:questions", held.ref)
