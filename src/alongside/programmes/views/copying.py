"""A programme once more, and closed ones off the lists and back."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.foundation import access
from alongside.programmes import actions, forms, queries
from alongside.programmes.terms import ProgrammeState
from alongside.programmes.views.programmes import attempt

A_YEAR = timedelta(weeks=52)  # the same day of the week


@access.requires("programmes.change")
def duplicate(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin the next round with the same design."""
    found = access.fetch(queries.coordinated_by(request.actor), slug=slug)
    first = {"name": found.name, "starts_on": found.starts_on + A_YEAR}
    sent = request.POST if request.method == "POST" else None
    form = forms.Duplicate(sent, initial=first, length=found.ends_on - found.starts_on)
    if request.method == "POST" and form.is_valid():
        made = actions.duplicate(found, by=request.actor, **form.cleaned_data)
        words = _("“%(name)s” is begun, with the design of “%(other)s”. Nobody is in it yet.")
        messages.success(request, words % {"name": made.name, "other": found.name})
        return redirect("programmes:design", made.slug)
    return render(request, "programmes/duplicate.html", {"programme": found, "form": form})


@access.requires("programmes.change")
def archive(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a closed programme off the lists, after asking."""
    found = access.fetch(queries.coordinated_by(request.actor), slug=slug)
    if request.method == "POST":
        return attempt(request, found, _("It is archived: off the lists, and still readable."), actions.archive, found)
    if found.state != ProgrammeState.CLOSED or found.archived_at:
        return redirect("programmes:programme", found.slug)
    return render(request, "programmes/archive.html", {"programme": found})


@access.requires("programmes.change", methods="POST")
def restore(request: HttpRequest, slug: str) -> HttpResponse:
    """Put an archived programme back on the lists."""
    found = access.fetch(queries.coordinated_by(request.actor), slug=slug)
    return attempt(request, found, _("It is on the lists again."), actions.restore, found)


@access.requires(access.MEMBER, methods="GET")
def archived(request: HttpRequest) -> HttpResponse:
    """The archived programmes that somebody coordinates or took part in."""
    return render(request, "programmes/archived.html", {"found": list(queries.archived(request.actor))})
