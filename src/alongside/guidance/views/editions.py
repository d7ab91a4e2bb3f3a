"""The editions of a document: what each says differently from the shipped one, and going back to it."""

import re

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside import guidance
from alongside.foundation import access, hooks
from alongside.foundation.identity.actions import NotPossible
from alongside.guidance import actions, adapting, changes, forms, library, pages, queries
from alongside.guidance.views.reading import language_of

_NUMBER = re.compile(r"^(0|[1-9]\d{0,4})$", re.ASCII)


@access.requires("guidance.write")
def edition(request: HttpRequest, kind: str, key: str, number: str) -> HttpResponse:
    """One edition, and going back to it after asking; number 0 is the shipped one."""
    if not adapting.is_adaptable(kind, key) or not _NUMBER.match(number):
        raise Http404
    return _edition(request, kind, key, int(number))


def _edition(request: HttpRequest, kind: str, key: str, number: int) -> HttpResponse:
    newest = queries.history(request.actor, kind, key).first()
    seen = newest.number if newest else 0
    form = forms.GoBackForm(request.POST if request.method == "POST" else None, seen=seen)
    if request.method == "POST" and form.is_valid():
        try:
            actions.go_back(kind, key, number, by=request.actor, **form.cleaned_data)
        except NotPossible as reason:
            data = request.POST.copy()
            data["seen"] = str(seen)
            form = forms.GoBackForm(data, seen=seen)
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("Done. From now on your organisation goes by it."))
            return redirect("guidance:desk", kind, key)
    return render(request, "guidance/edition.html", _shown(request, kind, key, number) | {"form": form})


@hooks.assembling()  # after whatever was written
def _shown(request: HttpRequest, kind: str, key: str, number: int) -> dict[str, object]:
    """What an edition says differently from the shipped one; the shipped one, from what counts."""
    ours = queries.ours(request.actor.organisation.pk, language_of(request))
    held = ours.held(kind, key)
    base = queries.in_force(request.actor, kind, key)
    context: dict[str, object] = {"page": pages.page_of(held.document), "held": held, "number": number}
    shipped = library.find(kind, key).model_dump(mode="json")
    if number == 0:
        return context | {"differences": changes.differences(base, shipped), "can_go_back": held.ours is not None}
    found = access.fetch(queries.history(request.actor, kind, key), number=number)
    if found.content is None:
        return context | {"edition": found, "can_go_back": False}
    before = library.find(kind, key, found.shipped).model_dump(mode="json")
    return context | {
        "edition": found,
        "differences": changes.differences(before, found.content),
        "can_go_back": not adapting.same(base, found.content),
    }


@access.requires("guidance.write", methods="GET")
@hooks.assembling()  # what counts is asked for more than once
def newer(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """What the newest shipped edition says differently from the one that one's own was written beside."""
    try:
        held = queries.ours(request.actor.organisation.pk, language_of(request)).held(kind, key)
    except guidance.NotFound:
        raise Http404 from None
    if not adapting.is_adaptable(kind, key):
        raise Http404
    was = held.ours.shipped if held.ours else held.shipped
    before, after = (library.find(kind, key, number).model_dump(mode="json") for number in (was, held.shipped))
    context = {"page": pages.page_of(held.document), "held": held, "was": was}
    return render(request, "guidance/newer.html", context | {"differences": changes.differences(before, after)})
