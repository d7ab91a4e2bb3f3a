"""Handing a programme over, and naming a coordinator where nobody is left."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.foundation import access, hooks
from alongside.foundation.identity.actions import NotPossible
from alongside.programmes import actions, forms, queries
from alongside.programmes.terms import ProgrammeState


@access.requires("programmes.change")
def hand_over(request: HttpRequest, slug: str) -> HttpResponse:
    """What goes over, to whom, and whether one stays as cover."""
    found = access.fetch(queries.coordinated_by(request.actor), slug=slug)
    if found.state == ProgrammeState.CLOSED:
        messages.info(request, _("This programme is closed. There is nothing to hand over."))
        return redirect("programmes:programme", found.slug)
    form = forms.HandOver(found.organisation, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        successor, stays = form.cleaned_data["successor"], form.cleaned_data["then"] == forms.HandOver.STAYS
        try:
            actions.hand_over(found, successor, stays=stays, by=request.actor)
        except NotPossible as reason:
            form.add_error("successor", str(reason))
        else:
            words = _("%(name)s coordinates “%(programme)s” now, and is told by mail.")
            messages.success(request, words % {"name": successor.name, "programme": found.name})
            return redirect("programmes:programme", found.slug) if stays else redirect("programmes:programmes")
    here = reverse("programmes:programme", args=[found.slug])
    with hooks.assembling():
        steps = [step for step in hooks.next_steps.of(request.actor) if step.yours and step.link.startswith(here)]
    others = [held for held in queries.coordinators(found) if held.pk != request.actor.membership.pk]
    context = {"programme": found, "form": form, "steps": steps, "others": others}
    return render(request, "programmes/hand_over.html", context)


@access.requires("programmes.name_coordinator")
def without_coordinator(request: HttpRequest) -> HttpResponse:
    """The programmes that nobody can look after: by name alone."""
    found = list(queries.without_coordinator(request.actor.organisation))
    sent = request.POST if request.method == "POST" else None
    rows = [(held, forms.NameCoordinator(held, sent)) for held in found]
    for held, form in rows:
        if form.is_sent and form.is_valid():
            successor = form.cleaned_data["successor"]
            try:
                actions.name_coordinator(held, successor, by=request.actor)
            except NotPossible as reason:
                form.add_error("successor", str(reason))
            else:
                words = _("%(name)s coordinates “%(programme)s” now, and is told by mail.")
                messages.success(request, words % {"name": successor.name, "programme": held.name})
                return redirect("programmes:without_coordinator")
    return render(request, "programmes/without_coordinator.html", {"rows": rows})
