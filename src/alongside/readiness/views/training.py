"""The training: doing it, and putting it together."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from alongside.foundation import access, files
from alongside.foundation.identity.actions import NotPossible
from alongside.readiness import actions
from alongside.readiness.actions.training import NotRight, Wanted
from alongside.readiness.forms import DoForm, ModuleForm
from alongside.readiness.models import Module
from alongside.readiness.queries import days
from alongside.readiness.queries import training as queries
from alongside.readiness.terms import Need, Progress

_STATES = {Progress.LEFT: "due", Progress.AGAIN: "overdue", Progress.SOON: "due", Progress.DONE: "done"}


def _language() -> str:
    return get_language() or "en"


@access.requires("readiness.own", methods="GET")
def training(request: HttpRequest) -> HttpResponse:
    """What is asked of me or offered to me, and how I stand to it."""
    seen = queries.own(request.actor, _language())
    lines = [{"seen": one, "state": _STATES[one.progress] if one.need == Need.REQUIRED else "plain"} for one in seen]
    groups = [(need, [line for line in lines if line["seen"].need == need]) for need in (Need.REQUIRED, Need.OPTIONAL)]
    minutes = sum(one.minutes for one in seen if one.need == Need.REQUIRED and one.progress != Progress.DONE)
    context = {"groups": [group for group in groups if group[1]], "minutes": minutes}
    context["may_put_together"] = access.may(request.actor, "readiness.training")
    return render(request, "readiness/training.html", context)


@access.requires("readiness.module")
def module(request: HttpRequest, ref: str) -> HttpResponse:
    """One part: what it says, and the questions at its end."""
    held = access.fetch(queries.visible_to(request.actor), ref=ref)
    seen = queries.own_one(request.actor, held, _language())
    form = DoForm(request.POST if request.method == "POST" else None, seen=seen)
    if request.method == "POST" and held.retired_at is None and form.is_valid():
        if answer := _do(request, held, form):
            return answer
    elif request.method == "POST" and held.retired_at is not None:
        form.why_not = _("This part was taken out of the training while you were in it. It is no longer asked of you.")
    context = {"seen": seen, "form": form, "questions": form.questions(), "state": _STATES[seen.progress]}
    context["days"] = days.to_come(request.actor, held) if held.is_met else []
    context["may_set_days"] = held.is_met and access.may(request.actor, "readiness.training")
    return render(request, "readiness/module.html", context)


def _do(request: HttpRequest, held: Module, form: DoForm) -> HttpResponse | None:
    try:
        actions.training.complete(held, form.answers(), seen=form.cleaned_data["seen"], by=request.actor)
    except NotRight as reason:
        form.mark(reason.questions)
        form.add_error(None, str(reason))
    except NotPossible as reason:
        form.why_not = str(reason)
    else:
        messages.success(request, _("Done. It stands on your page with the day."))
        return redirect("readiness:module", held.ref)
    return None


@access.requires("readiness.module", methods="GET")
def file(request: HttpRequest, ref: str) -> FileResponse:
    """The file of a part, as an attachment: a browser never shows it as a page of ours."""
    held = access.fetch(queries.visible_to(request.actor).filter(file__isnull=False), ref=ref).file
    if held is None:
        raise Http404
    opened = files.opened(held)
    return FileResponse(opened, as_attachment=True, filename=held.name, content_type="application/octet-stream")


# --- putting it together


@access.requires("readiness.training", methods="GET")
def put_together(request: HttpRequest) -> HttpResponse:
    """Every part with whom it is asked of, and how many have done it."""
    organisation = request.actor.organisation
    context = {"modules": queries.all_of(organisation, _language()), "unused": len(queries.unadopted(organisation))}
    context["columns"] = [_("Part"), _("Mentors"), _("Mentees"), _("Holds for"), _("Done by")]
    return render(request, "readiness/put_together.html", context)


@access.requires("readiness.training", methods="POST")
def adopt(request: HttpRequest) -> HttpResponse:
    """Use the courses that come with Alongside."""
    count = actions.training.adopt(by=request.actor)
    words = ngettext("%(count)s part is in your training now.", "%(count)s parts are in your training now.", count)
    messages.success(request, words % {"count": count} if count else _("All of them were in your training already."))
    return redirect("readiness:put_together")


@access.requires("readiness.training")
def add_module(request: HttpRequest) -> HttpResponse:
    """A part in the organisation's own words."""
    form = ModuleForm(*((request.POST, request.FILES) if request.method == "POST" else (None,)))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.training.add_module(_wanted(form), by=request.actor)
        except files.Refused as refused:
            form.add_error("file", str(refused))
        else:
            messages.success(request, _("“%(title)s” is part of your training now.") % {"title": made.title})
            return redirect("readiness:days", made.ref) if made.is_met else redirect("readiness:put_together")
    return render(request, "readiness/add_module.html", {"form": form})


def _wanted(form: ModuleForm) -> Wanted:
    said: dict[str, Any] = form.cleaned_data
    words = {name: said[name] for name in ("title", "summary", "minutes", "text", "link", "is_met") if name in said}
    given, without = said.get("file") or None, said.get("without_file", False)
    return Wanted(
        said["mentors"], said["mentees"], said["valid_months"], words, said.get("again", False), given, without
    )


@access.requires("readiness.training")
def change_module(request: HttpRequest, ref: str) -> HttpResponse:
    """What a part says, of whom it is asked, and whether it is to be done again."""
    held = access.fetch(queries.visible_to(request.actor).filter(retired_at__isnull=True), ref=ref)
    form = ModuleForm(*((request.POST, request.FILES) if request.method == "POST" else (None,)), held=held)
    if request.method == "POST" and form.is_valid():
        try:
            actions.training.change_module(held, _wanted(form), seen=form.cleaned_data["seen"], by=request.actor)
        except files.Refused as refused:
            form.add_error("file", str(refused))
        except NotPossible as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("Saved."))
            return redirect("readiness:put_together")
    context = {"form": form, "seen": queries.in_words(held, _language())}
    return render(request, "readiness/change_module.html", context)


@access.requires("readiness.training")
def retire_module(request: HttpRequest, ref: str) -> HttpResponse:
    """Taking a part out, asked once more."""
    held = access.fetch(queries.visible_to(request.actor), ref=ref)
    seen = queries.in_words(held, _language())
    if request.method == "POST":
        actions.training.retire(held, by=request.actor)
        messages.success(request, _("“%(title)s” is no longer asked of anybody.") % {"title": seen.title})
        return redirect("readiness:put_together")
    what = [
        _("It is no longer asked of anybody, and nobody can do it any more."),
        _("Whoever has done it keeps that."),
        _("Whoever is in the middle of it is told when they come to its end."),
    ]
    return render(request, "readiness/retire_module.html", {"seen": seen, "what": what})
