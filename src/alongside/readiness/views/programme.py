"""A programme's readiness, for its coordinators: what is asked, who waits for what, reminding, the list as a file."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.foundation import access
from alongside.foundation.files.lists import as_csv
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.ui.components.tables import Column
from alongside.programmes.models import Participation, Programme
from alongside.programmes.queries import coordinated_by
from alongside.readiness import actions, forms, queries
from alongside.readiness.terms import Asked

A_PAGE = 50


def _of(request: HttpRequest, slug: str) -> Programme:
    return access.fetch(coordinated_by(request.actor), slug=slug)


@access.requires("readiness.rule", methods="GET")
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Who is ready, and who waits for what: search, filter, fifty a page."""
    programme, form = _of(request, slug), forms.ReadinessFilter(request.GET)
    asking, chosen = queries.asking_of(programme), form.chosen()
    found = queries.with_days(queries.search(programme, asking, chosen))
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    columns = [_("Name"), Column(_("Part")), *(Column(one.label) for one in asking.anything)]
    absent = queries.absent(request.actor.organisation)
    context = {"programme": programme, "form": form, "page": page, "asking": asking, "narrowed": bool(chosen)}
    context |= {"rows": [(held, _cells(held, asking, absent)) for held in page], "columns": columns}
    context["is_anything_asked"] = bool(asking.without(absent).anything)
    context["ready"], context["of"] = queries.counts(programme, asking)
    return render(request, "readiness/people.html", context)


def _cells(
    held: Participation, asking: queries.Asking, absent: Mapping[str, Collection[Asked]]
) -> list[dict[str, Any]]:
    """How each thing stands that the programme asks of anybody; what is `absent` is asked of nobody yet."""
    found = queries.standing(held, asking.without(absent))
    return [
        {
            "label": one.label,
            "asked": one in found.asked,
            "lacking": one in found.lacking,
            "waits": one in found.waits,
            "day": getattr(held, "rated_at", None) if one == Asked.COMPETENCES else None,
            "is_vetting": one == Asked.VETTING and one in found.asked,
        }
        for one in asking.anything
    ]


@access.requires("readiness.rule")
def rule(request: HttpRequest, slug: str) -> HttpResponse:
    """What the programme asks of mentors and mentees, and whether its pairs wait for it."""
    programme = _of(request, slug)
    form = forms.RuleForm(request.POST if request.method == "POST" else None, asking=queries.asking_of(programme))
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_rule(programme, actions.Wanted(**form.cleaned_data), by=request.actor)
        except NotPossible as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("Saved. Each of them sees what is left on their first page."))
            return redirect("readiness:people", slug)
    code = queries.in_force(request.actor.organisation)
    return render(request, "readiness/rule.html", {"programme": programme, "form": form, "code": code})


@access.requires("readiness.rule", methods="POST")
def remind(request: HttpRequest, slug: str) -> HttpResponse:
    """A mail to whoever of the list, as it is filtered, has joined and lacks something."""
    programme = _of(request, slug)
    try:
        count = actions.remind(programme, forms.ReadinessFilter(request.POST).chosen(), by=request.actor)
    except NotPossible as reason:
        messages.error(request, str(reason))
    else:
        words = ngettext("One mail is on its way.", "%(count)s mails are on their way.", count) % {"count": count}
        nobody = _("No mail was written: each of them had one today already, or wants none of this kind.")
        messages.success(request, words if count else nobody)
    return redirect("readiness:people", slug)


@access.requires("readiness.rule", methods="POST")
def export(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """Who is ready and what others lack, as the list is filtered."""
    programme = _of(request, slug)
    asking = queries.asking_of(programme)
    found = queries.search(programme, asking, forms.ReadinessFilter(request.POST).chosen())
    actions.export_readiness(programme, count=found.count(), by=request.actor)
    absent = queries.absent(request.actor.organisation)
    return as_csv(f"{programme.slug}-readiness.csv", _rows(found.iterator(chunk_size=500), asking, absent))


def _rows(
    found: Iterator[Participation], asking: queries.Asking, absent: Mapping[str, Collection[Asked]]
) -> Iterator[tuple[object, ...]]:
    yield _("Name"), _("Work e-mail"), _("Part"), *(one.label for one in asking.anything)
    for held in found:
        words = [_in_words(cell) for cell in _cells(held, asking, absent)]
        yield (held.membership.name, held.membership.work_address, held.get_part_display(), *words)


def _in_words(cell: dict[str, Any]) -> str:
    if not cell["asked"]:
        return ""
    left = _("Waits for a coordinator") if cell["waits"] else _("Left to do")
    return left if cell["lacking"] else _("Done")
