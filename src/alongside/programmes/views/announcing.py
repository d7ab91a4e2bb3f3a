"""Writing to the people of a programme: to whom, what, a look at it, and what was written before."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from alongside.foundation import access
from alongside.foundation.identity.actions import NotPossible
from alongside.programmes import actions, forms, queries
from alongside.programmes.models import Announcement, Programme
from alongside.programmes.terms import ProgrammeState

A_PAGE, NAMED = 50, 12


@access.requires("programmes.change")
def announce(request: HttpRequest, slug: str) -> HttpResponse:
    """Write, look at it, send; every step shows to whom it goes. Below it, what was written before."""
    found = access.fetch(queries.coordinated_by(request.actor), slug=slug)
    said = request.POST if request.method == "POST" else request.GET
    chosen = forms.PeopleFilter(said).chosen()
    form = forms.AnnouncementForm(request.POST if request.method == "POST" else None)
    look = False
    if request.method == "POST" and form.is_valid():
        then = request.POST.get("then")
        if then == "send" and (made := _send(request, found, form, chosen)):
            return redirect("programmes:announcement", found.slug, made.ref)
        look = then not in ("send", "change")
    earlier = queries.announcements_visible_to(request.actor).filter(programme=found)
    page = Paginator(earlier, A_PAGE).get_page(request.GET.get("page"))
    context = {"programme": found, "form": form, "look": look, "page": page, **_whom(found, chosen)}
    context["is_draft"] = found.state == ProgrammeState.DRAFT
    return render(request, "programmes/announce.html", context)


def _whom(found: Programme, chosen: dict[str, str]) -> dict[str, Any]:
    reached, unreached = queries.receivers(found, chosen), queries.unreached(found, chosen)
    count, others = reached.count(), unreached.count()
    return {
        "chosen": chosen,
        "count": count,
        "names": [held.name for held in reached[:NAMED]],
        "more": max(count - NAMED, 0),
        "unreached": [held.name for held in unreached[:NAMED]],
        "unreached_more": max(others - NAMED, 0),
    }


def _send(
    request: HttpRequest, found: Programme, form: forms.AnnouncementForm, chosen: dict[str, str]
) -> Announcement | None:
    """Hand it in; where that cannot be, say why, and leave what was typed on the page."""
    facts = {name: form.cleaned_data[name] for name in ("subject", "words", "ref")}
    try:
        return actions.announce(found, chosen=chosen, by=request.actor, **facts)
    except NotPossible as reason:
        messages.error(request, str(reason))
        return None


@access.requires("programmes.change", methods="GET")
def announcement(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """One of them: what it says, to whom it went, and whether the mails are written."""
    found = access.fetch(queries.coordinated_by(request.actor), slug=slug)
    made = access.fetch(queries.announcements_visible_to(request.actor).filter(programme=found), ref=ref)
    again = reverse("programmes:announcement", args=[slug, ref])
    context = {"programme": found, "made": made, "again": again, "part": _whom_words(made.chosen)}
    return render(request, "programmes/announcement.html", context)


def _whom_words(chosen: dict[str, str]) -> str:
    shown = forms.PeopleFilter(chosen)
    labels = {name: dict(getattr(shown.fields[name], "choices", [])) for name in chosen}
    return ", ".join(str(labels[name].get(value, value)) for name, value in chosen.items())
