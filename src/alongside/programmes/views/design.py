"""The programme on paper: how far each section is, all of it at once, and a page for each."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.foundation import access, hooks
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.queries import holders
from alongside.foundation.identity.terms import OrganisationRoleName
from alongside.programmes import actions, forms, queries, rules
from alongside.programmes.models import Programme
from alongside.programmes.queries import Dossier
from alongside.programmes.rules.gaps import some
from alongside.programmes.rules.separation import checks
from alongside.programmes.terms import ProgrammeState, Section, SectionState
from alongside.programmes.views.digest import items


@access.requires("programmes.read_design", methods="GET")
def overview(request: HttpRequest, slug: str) -> HttpResponse:
    """Every section with how far it is, and the one to write next."""
    with hooks.assembling():
        found = access.fetch(queries.coordinated_by(request.actor), slug=slug)
        dossier = queries.dossier(found)
        context = {
            "programme": found,
            "progress": [(one, dossier.saved.get(one.section)) for one in dossier.progress],
            "done": sum(one.state == SectionState.DONE for one in dossier.progress),
            "next": _next(found, dossier),
        }
        return render(request, "programmes/design.html", context)


def _next(found: Programme, dossier: Dossier) -> rules.design.Progress | None:
    if found.state == ProgrammeState.CLOSED:
        return None
    wanted = rules.design.next_section(dossier.progress)
    return next((one for one in dossier.progress if one.section == wanted), None)


@access.requires("programmes.read_design", methods="GET")
def whole(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole design, to be read through, printed and handed on."""
    found = access.fetch(queries.coordinated_by(request.actor), slug=slug)
    dossier = queries.dossier(found)
    sections = [(one, items(one.section, dossier)) for one in dossier.progress]
    return render(request, "programmes/design_whole.html", {"programme": found, "sections": sections})


@access.requires("programmes.change")
def section(request: HttpRequest, slug: str, section: str) -> HttpResponse:
    """One section: it is saved by itself, and can be left at any time."""
    found = access.fetch(queries.coordinated_by(request.actor), slug=slug)
    kind = forms.SECTIONS.get(section)
    if kind is None or section == Section.MODEL:
        raise Http404
    if closed := closed_already(request, found):
        return closed
    dossier = queries.dossier(found)
    if request.method == "POST":
        return hand_in(request, dossier, kind(dossier, request.POST))
    draft = queries.draft_of(request.actor, found, section)
    if section == Section.CALENDAR and "usual" in request.GET and draft is None:
        return page(request, dossier, forms.Calendar(dossier, propose=True))
    form = kind(dossier, forms.drafted(draft.words) if draft else None)
    return page(request, dossier, form, kept_at=draft.kept_at if draft else None)


def closed_already(request: HttpRequest, found: Programme) -> HttpResponse | None:
    """Back to the overview where nothing can be written any more."""
    if found.state != ProgrammeState.CLOSED:
        return None
    messages.info(request, _("This programme is closed. It stays as it is."))
    return redirect("programmes:design", found.slug)


def page(request: HttpRequest, dossier: Dossier, form: forms.SectionForm, **context: Any) -> HttpResponse:
    """The page of a section."""
    order = [one.value for one in Section]
    now = order.index(form.section) + 1
    context |= {
        "programme": dossier.programme,
        "form": form,
        "section": form.section,
        "now": now,
        "of": len(order),
        "before": order[now - 2] if now > 1 else "",
        "has_errors": form.has_errors,
        "saved": dossier.saved.get(form.section),
    }
    if form.section == Section.WHO:
        context |= _roles(request, dossier)
    if form.section == Section.PRIVACY:
        context |= {"contact": dossier.contact}
    if form.section == Section.CALENDAR:
        context |= {"may_propose": not form.is_bound and not form.propose and bool(form.proposed())}
    return render(request, f"programmes/design_{form.section}.html", context)


def _roles(request: HttpRequest, dossier: Dossier) -> dict[str, Any]:
    """Who is what, what must hold of it, and who could name a safeguarding lead."""
    may_name = access.may(request.actor, "organisations.settings")
    organisation = dossier.programme.organisation
    asked = [] if may_name else holders(organisation, OrganisationRoleName.ADMINISTRATOR)[:3]
    return {
        "roles": dossier.roles,
        "checks": checks(dossier.roles),
        "may_name": may_name,
        "administrators": some([person.name for person in asked]),
    }


def hand_in(request: HttpRequest, dossier: Dossier, form: forms.SectionForm) -> HttpResponse:
    """Save what was sent; where that cannot be, keep it as a draft and show it again."""
    found, key, then = dossier.programme, form.section.value, request.POST.get("then")
    if then == "drop":
        actions.drop_draft(found, key, by=request.actor)
        return redirect(request.path)
    if not form.is_valid():
        return again(request, dossier, form)
    try:
        actions.save(found, key, form.written(), by=request.actor, seen=form.cleaned_data["seen"])
    except actions.ChangedMeanwhile as reason:
        return overtaken(request, form, reason)
    except NotPossible as reason:
        form.add_error(None, str(reason))
        return again(request, dossier, form)
    messages.success(request, _("“%(section)s” is saved.") % {"section": form.section.label})
    return onwards(found, key, then)


def onwards(found: Programme, key: str, then: str | None) -> HttpResponse:
    """After saving: the same page once more, the overview, or the next section that is not done."""
    if then == "more":
        response = redirect("programmes:section", found.slug, key)
        response["Location"] += "?open=1"
        return response
    wanted = rules.design.next_section(queries.dossier(found).progress, after=key) if then != "stay" else None
    if wanted is None:
        return redirect("programmes:design", found.slug)
    return redirect("programmes:section", found.slug, wanted.value)


def again(request: HttpRequest, dossier: Dossier, form: forms.SectionForm, **context: Any) -> HttpResponse:
    """The page with everything that was typed, which is kept for later too."""
    try:
        words = forms.draft_words(request.POST)
        actions.keep_draft(dossier.programme, form.section, words, by=request.actor)
    except NotPossible as reason:
        messages.error(request, str(reason))
    return page(request, dossier, form, **context)


def overtaken(
    request: HttpRequest, form: forms.SectionForm, reason: actions.ChangedMeanwhile, **context: Any
) -> HttpResponse:
    """Both versions: what stands now to read, what was typed in the form; saving again replaces what stands."""
    dossier = queries.dossier(form.programme)
    form.add_error(None, str(reason))
    form.data = form.data.copy()
    form.data["seen"] = str(reason.saved.revision)
    context |= {"theirs": items(form.section, dossier), "editor": reason.saved.saved_by}
    return again(request, dossier, form, **context)


@access.requires("programmes.change", methods="POST")
def keep(request: HttpRequest, slug: str, section: str) -> HttpResponse:
    """Keep what is being typed, a moment after each pause: a fragment that says when."""
    found = access.fetch(queries.coordinated_by(request.actor), slug=slug)
    if section not in Section:
        raise Http404
    try:
        words = forms.draft_words(request.POST)
        draft = actions.keep_draft(found, section, words, by=request.actor, seen=forms.seen_of(request.POST))
    except NotPossible as reason:
        return render(request, "programmes/_kept.html", {"reason": reason})
    return render(request, "programmes/_kept.html", {"kept_at": draft.kept_at})
