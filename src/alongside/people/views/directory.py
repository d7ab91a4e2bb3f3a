"""The directory of one's programmes: who else takes part, as each chose."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from alongside.foundation import access
from alongside.foundation.ui.components.tables import Column
from alongside.people.forms.directory import DirectoryFilter
from alongside.people.queries import directory as queries
from alongside.people.queries import skills

A_PAGE = 50


@access.requires("people.directory", methods="GET")
def directory(request: HttpRequest) -> HttpResponse:
    """The members of one's programmes: search, filter, fifty a page."""
    form = DirectoryFilter(request.GET, words=skills.suggestions(request.actor.organisation))
    sort = "-name" if request.GET.get("sort") == "-name" else "name"
    found = queries.search_fellows(request.actor, **form.chosen(), sort=sort)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    page.object_list = queries.seen(request.actor, page.object_list)
    labels = {"work": _("Work"), "says": _("Headline"), "offers": _("Can offer")}
    columns = [Column(_("Name"), sort="name"), *labels.values()]
    context = {"form": form, "page": page, "sort": sort, "labels": labels, "columns": columns}
    return render(request, "people/directory.html", context | {"narrowed": bool(form.chosen())})
