"""The gallery, served in development only: every component in every state."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.utils import translation
from django.utils.safestring import SafeString

from alongside.foundation import access
from alongside.foundation.ui import registry


@access.requires(access.PUBLIC, methods="GET")
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component on one page. `?theme=light|dark` and `?dir=rtl` switch how it looks."""
    return _shown(request, registry.every())


@access.requires(access.PUBLIC, methods="GET")
def component(request: HttpRequest, name: str) -> HttpResponse:
    """One component alone."""
    found = [one for one in registry.every() if one.name == name]
    if not found:
        raise Http404
    return _shown(request, found)


def _shown(request: HttpRequest, components: list[registry.Component]) -> HttpResponse:
    theme = request.GET.get("theme", "")
    with translation.override("ar" if request.GET.get("dir") == "rtl" else translation.get_language()):
        context = {
            "components": [_entry(request, one) for one in components],
            "theme": theme if theme in {"light", "dark"} else "",
        }
        return render(request, "ui/gallery.html", context)


def _entry(request: HttpRequest, one: registry.Component) -> dict[str, Any]:
    shown = [(example, _rendered(request, example)) for example in one.examples]
    return {"component": one, "about": one.about.replace("`", ""), "props": list(one.props.items()), "examples": shown}


def _rendered(request: HttpRequest, example: registry.Example) -> SafeString:
    template = engines["django"].from_string(example.source)
    return template.render(dict(example.data()) if example.data else {}, request)
