"""A programme's mails: read in rehearsal before the launch, and a log of them afterwards."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override

from alongside.foundation import access
from alongside.foundation.notifications import rendering
from alongside.programmes import actions, queries
from alongside.programmes.forms.mails import ProgrammeMailFilter
from alongside.programmes.models import Programme
from alongside.programmes.queries import mails as reads
from alongside.programmes.terms import ProgrammeState

A_PAGE, HELD_A_PAGE = 50, 20


@access.requires("programmes.read_mails", methods="GET")
def mails(request: HttpRequest, slug: str) -> HttpResponse:
    """What went out in the last thirty days: what about, when, and whether it arrived at a mail server."""
    found = access.fetch(queries.coordinated_by(request.actor), slug=slug)
    if found.state == ProgrammeState.DRAFT:
        return redirect("programmes:rehearsal", found.slug)
    form = ProgrammeMailFilter(request.GET)
    narrowed = reads.narrowed(reads.mails_of(request.actor, found), found, **form.chosen())
    page = Paginator(narrowed, A_PAGE).get_page(request.GET.get("page"))
    page.object_list = reads.lines(page.object_list, found)
    labels = {"kind": _("What about"), "when": _("When"), "state": _("State")}
    context = {
        "programme": found,
        "form": form,
        "page": page,
        "labels": labels,
        "columns": [_("To"), *labels.values()],
        "narrowed": bool(form.chosen()),
    }
    return render(request, "programmes/mails.html", context)


def _in_rehearsal(request: HttpRequest, slug: str) -> Programme | None:
    found = access.fetch(queries.coordinated_by(request.actor), slug=slug)
    return found if found.state == ProgrammeState.DRAFT else None


@access.requires("programmes.rehearse", methods="GET")
def rehearsal(request: HttpRequest, slug: str) -> HttpResponse:
    """Every mail that the programme will send, and those that would have gone already."""
    found = _in_rehearsal(request, slug)
    if found is None:
        return redirect("programmes:mails", slug)
    letters = reads.rehearsal(found)
    page = Paginator(reads.rehearsed_mails(request.actor, found), HELD_A_PAGE).get_page(request.GET.get("page"))
    page.object_list = reads.held_lines(page.object_list, found)
    context = {
        "programme": found,
        "letters": letters,
        "read": sum(one.read for one in letters),
        "next": next((one for one in letters if not one.read), None),
        "page": page,
        "may_see_words": access.may(request.actor, "organisations.letters"),
    }
    return render(request, "programmes/rehearsal.html", context)


@access.requires("programmes.rehearse")
def rehearsal_letter(request: HttpRequest, slug: str, letter: str) -> HttpResponse:
    """One mail as this programme will send it; a button says that it was read and leads to the next."""
    found = _in_rehearsal(request, slug)
    if found is None:
        return redirect("programmes:mails", slug)
    letters = reads.rehearsal(found)
    place = next((place for place, one in enumerate(letters) if one.letter.key == letter), None)
    if place is None:
        raise Http404
    if request.method == "POST":
        actions.mark_read(found, letters[place].letter, by=request.actor)
        return _on(request, found, [*letters[place + 1 :], *letters[:place]])
    with override(found.organisation.language):
        one = letters[place]
        shown = rendering.preview(one.letter, one.own, found.organisation, reads.values_in(found))
    context = {"programme": found, "one": one, "shown": shown, "number": place + 1, "of": len(letters)}
    return render(request, "programmes/rehearsal_letter.html", context)


def _on(request: HttpRequest, found: Programme, others: list[reads.Rehearsed]) -> HttpResponse:
    following = next((one for one in others if not one.read), None)
    if following is None:
        messages.success(request, _("You have been through all of them."))
        return redirect("programmes:rehearsal", found.slug)
    return redirect("programmes:rehearsal_letter", found.slug, following.letter.key)


@access.requires("programmes.rehearse", methods="GET")
def rehearsed_mail(request: HttpRequest, slug: str, mail_ref: str) -> HttpResponse:
    """A mail that would have gone to somebody, word for word."""
    found = access.fetch(queries.coordinated_by(request.actor), slug=slug)
    mail = access.fetch(reads.rehearsed_mails(request.actor, found), ref=mail_ref)
    (held,) = reads.held_lines([mail], found)
    return render(request, "programmes/rehearsed_mail.html", {"programme": found, "held": held})
