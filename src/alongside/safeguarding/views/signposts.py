"""Whom people can call, as the organisation names them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.foundation import access
from alongside.safeguarding import actions, forms, queries


@access.requires("safeguarding.signposts")
def change(request: HttpRequest) -> HttpResponse:
    """Name them."""
    held = queries.signposts(request.actor.organisation)
    form = forms.SignpostsForm(request.POST or None, held=held)
    if request.method == "POST" and form.is_valid():
        actions.set_signposts(form.said(), by=request.actor)
        messages.success(request, _("Saved. It stands there from now on."))
        return redirect("safeguarding:raise")
    return render(request, "safeguarding/signposts.html", {"form": form})
