"""The handbook: read by everybody who takes part, written by coordinators; on a page, in print, as a PDF."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import get_language, get_language_bidi, ngettext
from django.utils.translation import gettext as _

from alongside import guidance
from alongside.foundation import access
from alongside.foundation.identity.actions import NotPossible
from alongside.programmes import actions, engine, forms, queries, rules
from alongside.programmes.models import HandbookEdition, Programme
from alongside.programmes.rules.gaps import Gap
from alongside.programmes.terms import Chapter, ProgrammeState

INSIDE = "coordinators"  # in the address of a PDF: with what only coordinators read


def _title(programme: Programme) -> str:
    return _("Mentoring at %(organisation)s") % {"organisation": programme.organisation.name}


def _sheet_titles() -> dict[str, str]:
    return {
        "mentor": _("What a mentor does"),
        "mentee": _("What a mentee does"),
        "manager": _("What a line manager does"),
        "coordinator": _("What a coordinator does"),
    }


def _coordinates(request: HttpRequest, programme: Programme) -> bool:
    return queries.coordinated_by(request.actor).filter(pk=programme.pk).exists()


@access.requires("programmes.read", methods="GET")
def handbook(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole of it; for coordinators also what only they read, and what is not filled yet."""
    found = access.fetch(queries.visible_to(request.actor), slug=slug)
    coordinates = _coordinates(request, found)
    book = queries.handbook(found, inside=coordinates)
    context = {
        "programme": found,
        "coordinates": coordinates,
        "may_write": coordinates and found.state != ProgrammeState.CLOSED,
        "heading": _title(found),
        "chapters": [(one, *one.parted) for one in book.chapters],
        "unfilled": [(one, one.gaps[0], _words(one.gaps)) for one in book.unfilled],
        "inside": access.label("programmes.read_design"),
        "sheets": _sheet_titles().items(),
    }
    return render(request, "programmes/handbook.html", context)


def _words(gaps: Any) -> str:
    """The first thing that is missing, and how much more, in one sentence."""
    first: Gap = gaps[0]
    more = len(gaps) - 1
    if not more:
        return _("%(words)s.") % {"words": first.words}
    said = ngettext("%(words)s; one thing more is missing.", "%(words)s; %(count)s things more are missing.", more)
    return said % {"words": first.words, "count": more}


@access.requires("programmes.read", methods="GET")
def handbook_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The handbook as everybody reads it; coordinators may ask for the one with what only they read."""
    found = access.fetch(queries.visible_to(request.actor), slug=slug)
    inside = request.GET.get("with") == INSIDE and _coordinates(request, found)
    book = queries.handbook(found, inside=inside)
    parts = [engine.Part(one.blocks, str(one.chapter.label), one.chapter.criterion) for one in book.chapters]
    said = {"first": date_format(found.starts_on, "j F Y"), "last": date_format(found.ends_on, "j F Y")}
    facts = [found.name, _("%(first)s to %(last)s") % said]
    paper = _paper(found, _title(found), parts, facts=facts, contents=_("What is in it"))
    return _attached(paper, f"handbook-{found.slug}")


def _paper(programme: Programme, title: str, parts: list[engine.Part], **more: Any) -> engine.Paper:
    return engine.Paper(
        title=title,
        organisation=programme.organisation.name,
        language=get_language() or guidance.ENGLISH,
        direction="rtl" if get_language_bidi() else "ltr",
        parts=parts,
        inside=_("Only coordinators read this"),
        **more,
    )


def _attached(paper: engine.Paper, name: str) -> HttpResponse:
    """A slug is made of letters, digits and hyphens, so a name made of one is safe wherever it is kept."""
    response = HttpResponse(engine.pdf(paper), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    response.headers["Cache-Control"] = "no-store, private"
    return response


@access.requires("programmes.read", methods="GET")
def sheet(request: HttpRequest, slug: str, role: str) -> HttpResponse:
    """One page for one role, to hand out."""
    found = access.fetch(queries.visible_to(request.actor), slug=slug)
    title = _sheet_title(role)
    context = {
        "programme": found,
        "heading": title,
        "role": role,
        "sections": _by_heading(queries.handbook(found).sheet(role)),
        "sheets": [(key, words) for key, words in _sheet_titles().items() if key != role],
    }
    return render(request, "programmes/sheet.html", context)


def _sheet_title(role: str) -> str:
    if role not in rules.handbook.SHEETS:
        raise Http404
    return _sheet_titles()[role]


def _by_heading(blocks: Any) -> list[tuple[str, list[Any]]]:
    """What stands before the first heading, then each heading with what follows it."""
    found: list[tuple[str, list[Any]]] = [("", [])]
    for block in blocks:
        if block.kind == "heading":
            found.append((block.text, []))
        else:
            found[-1][1].append(block)
    return found


@access.requires("programmes.read", methods="GET")
def sheet_pdf(request: HttpRequest, slug: str, role: str) -> HttpResponse:
    """The same as a PDF."""
    found = access.fetch(queries.visible_to(request.actor), slug=slug)
    title = _sheet_title(role)
    parts = [engine.Part(queries.handbook(found).sheet(role))]
    kicker = f"{_title(found)} · {found.name}"
    return _attached(_paper(found, title, parts, kicker=kicker, dense=True), f"{role}-{found.slug}")


def _chapter(key: str) -> Chapter:
    if key not in Chapter.values:
        raise Http404
    return Chapter(key)


@access.requires("programmes.change")
def write(request: HttpRequest, slug: str, chapter: str) -> HttpResponse:
    """Own words for a section. Whoever has not seen the newest edition is shown it, and overwrites nothing."""
    found, of = access.fetch(queries.coordinated_by(request.actor), slug=slug), _chapter(chapter)
    if found.state == ProgrammeState.CLOSED:
        messages.info(request, _("This programme is closed. It stays as it is."))
        return redirect("programmes:handbook", slug)
    edition = queries.newest(found, of)
    form = forms.HandbookWords(request.POST if request.method == "POST" else None, edition=edition)
    if request.method == "POST" and form.is_valid():
        return _save(request, found, of, form)
    return _page(request, found, of, form, edition=edition)


def _save(request: HttpRequest, found: Programme, of: Chapter, form: forms.HandbookWords) -> HttpResponse:
    said = form.cleaned_data
    try:
        actions.write_handbook(found, of, said["words"], placing=said["placing"], by=request.actor, seen=said["seen"])
    except actions.WrittenMeanwhile as reason:
        return _both(request, found, of, form, reason)
    except NotPossible as reason:
        messages.info(request, str(reason))
        return redirect("programmes:handbook", found.slug)
    messages.success(request, _("“%(section)s” is saved.") % {"section": of.label})
    response = redirect("programmes:handbook", found.slug)
    response["Location"] += f"#{of.value}"
    return response


def _both(request: HttpRequest, found: Programme, of: Chapter, form: Any, reason: Any) -> HttpResponse:
    """What somebody else wrote meanwhile beside what was typed here: saving once more takes what is typed."""
    edition: HandbookEdition = reason.edition
    data = request.POST.copy()
    data["seen"] = str(edition.number)
    again = forms.HandbookWords(data, edition=edition)
    again.is_valid()
    again.add_error(None, str(reason))
    typed = form.cleaned_data["words"]
    return _page(
        request, found, of, again, edition=edition, theirs=edition, lines=rules.handbook.changes(edition.words, typed)
    )


def _page(request: HttpRequest, found: Programme, of: Chapter, form: Any, **context: Any) -> HttpResponse:
    blocks = rules.handbook.generated(of, queries.handbook(found, inside=True).facts)
    shown, marked = rules.handbook.parted(blocks)
    context |= {
        "programme": found,
        "chapter": of,
        "form": form,
        "has_errors": form.is_bound and bool(form.errors),
        "shown": shown,
        "marked": marked,
        "inside": access.label("programmes.read_design"),
    }
    return render(request, "programmes/write_handbook.html", context)


@access.requires("programmes.read_design", methods="GET")
def editions(request: HttpRequest, slug: str, chapter: str) -> HttpResponse:
    """Every edition of a section, with what it changed."""
    found, of = access.fetch(queries.coordinated_by(request.actor), slug=slug), _chapter(chapter)
    held = list(queries.editions(found, of))
    before = [*(one.words for one in held[1:]), *([""] if held else [])]
    told = [(one, rules.handbook.changes(was, one.words)) for one, was in zip(held, before, strict=True)]
    context = {
        "programme": found,
        "chapter": of,
        "editions": told,
        "newest": held[0] if held else None,
        "may_write": found.state != ProgrammeState.CLOSED,
    }
    return render(request, "programmes/handbook_editions.html", context)


@access.requires("programmes.change", methods="POST")
def go_back(request: HttpRequest, slug: str, chapter: str, number: int) -> HttpResponse:
    """Go back to an earlier edition: it is written once more, and nothing is lost."""
    found, of = access.fetch(queries.coordinated_by(request.actor), slug=slug), _chapter(chapter)
    seen = request.POST.get("seen", "")
    try:
        actions.go_back(found, of, number, by=request.actor, seen=int(seen) if seen.isdecimal() else None)
        messages.success(request, _("“%(section)s” says again what it said.") % {"section": of.label})
    except NotPossible as reason:
        messages.error(request, str(reason))
    return redirect("programmes:handbook_editions", slug, of.value)
