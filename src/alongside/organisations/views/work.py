"""Long work that was given up: the list, trying it again, putting it aside and back."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from alongside.foundation import access
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.jobs import actions
from alongside.foundation.jobs import queries as works
from alongside.foundation.ui.components.tables import Column
from alongside.organisations import forms, queries

A_PAGE = 50


@access.requires("organisations.work", methods="GET")
def work(request: HttpRequest) -> HttpResponse:
    """What was given up: what kind of work, since when, who began it, and why it stopped."""
    organisation, form = request.actor.organisation, forms.WorkFilter(request.GET)
    found = queries.narrowed_work(queries.work_visible_to(request.actor), organisation, **form.chosen())
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    page.object_list = works.shown(page.object_list, organisation)
    labels = {"who": _("Begun by"), "since": _("Given up"), "why": _("What went wrong")}
    context = {
        "form": form,
        "page": page,
        "labels": labels,
        "columns": [_("What"), *labels.values(), Column(_("Actions"), hidden=True)],
        "aside": form.chosen().get("shown") == queries.ASIDE,
        "narrowed": bool(form.chosen()),
    }
    return render(request, "organisations/work.html", context)


@access.requires("organisations.work", methods="POST")
def try_work_again(request: HttpRequest, job_ref: str) -> HttpResponse:
    """Have it done once more, with what it was given; back to the same part of the list."""
    words = _("It is tried again now. Where it fails once more, it comes back to this list.")
    return _done(request, job_ref, lambda job: actions.try_again(job, by=request.actor), words)


@access.requires("organisations.work", methods="POST")
def put_work_aside(request: HttpRequest, job_ref: str) -> HttpResponse:
    """Take it off the list; nothing is deleted."""
    words = _("It is put aside. Choose “Put aside” above the list to put it back, within 30 days.")
    return _done(request, job_ref, lambda job: actions.put_aside(job, by=request.actor), words)


@access.requires("organisations.work", methods="POST")
def put_work_back(request: HttpRequest, job_ref: str) -> HttpResponse:
    """Put it back on the list."""
    words = _("It is back on the list.")
    return _done(request, job_ref, lambda job: actions.put_back_on_list(job, by=request.actor), words)


def _done(request: HttpRequest, job_ref: str, do: "Callable[[works.Job], None]", words: str | Promise) -> HttpResponse:
    job = access.fetch(queries.work_visible_to(request.actor), ref=job_ref)
    try:
        do(job)
        messages.success(request, words)
    except NotPossible as reason:
        messages.error(request, str(reason))
    kept = f"?{request.GET.urlencode()}" if request.GET else ""
    return redirect(reverse("organisations:work") + kept)
