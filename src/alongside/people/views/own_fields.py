"""The organisation's own fields: which there are, what each one says of how many, renaming and removing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.foundation import access
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.ui.components.tables import Column
from alongside.people import actions
from alongside.people.forms.own_fields import FieldForm
from alongside.people.models import OwnField
from alongside.people.queries import own_fields as queries


@access.requires("people.manage", methods="GET")
def fields(request: HttpRequest) -> HttpResponse:
    """Every field, with its choices and how many people it says something of."""
    held = [(one, choices, sum(count for _w, count in choices)) for one, choices in _counted(request)]
    labels = {"kind": _("Kind"), "choices": _("What it says"), "people": _("People")}
    columns = [_("Field"), labels["kind"], labels["choices"], Column(labels["people"], num=True)]
    return render(request, "people/fields.html", {"fields": held, "labels": labels, "columns": columns})


def _counted(request: HttpRequest) -> list[tuple[OwnField, list[tuple[str, int]]]]:
    return queries.counted(queries.visible_to(request.actor))


def _field(request: HttpRequest, ref: str) -> OwnField:
    return access.fetch(queries.visible_to(request.actor), ref=ref)


@access.requires("people.manage")
def field(request: HttpRequest, ref: str) -> HttpResponse:
    """One field: what it says of how many, and its name."""
    held = _field(request, ref)
    form = FieldForm(request.POST if request.method == "POST" else None, initial={"name": held.name})
    if request.method == "POST" and form.is_valid():
        try:
            actions.rename_field(held, form.cleaned_data["name"], by=request.actor)
        except NotPossible as reason:
            form.add_error("name", str(reason))
        else:
            messages.success(request, _("Saved."))
            return redirect("people:field", ref)
    ((_one, choices),) = queries.counted(OwnField.objects.filter(pk=held.pk))
    items = [{"term": words, "words": count} for words, count in choices]
    return render(request, "people/field.html", {"field": held, "form": form, "items": items})


@access.requires("people.manage")
def remove(request: HttpRequest, ref: str) -> HttpResponse:
    """Remove a field and what it says of everybody, after asking."""
    held = _field(request, ref)
    if request.method == "POST":
        try:
            actions.remove_field(held, by=request.actor)
            messages.success(request, _("“%(name)s” is removed.") % {"name": held.name})
        except NotPossible as reason:
            messages.error(request, str(reason))
        return redirect("people:fields")
    return render(request, "people/remove_field.html", {"field": held})
