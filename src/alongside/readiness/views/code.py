"""The code of ethics: reading and accepting it, and stating the next version."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.foundation import access
from alongside.foundation.identity.actions import NotPossible
from alongside.readiness import actions, queries
from alongside.readiness.forms import CodeForm


@access.requires("readiness.code")
def code(request: HttpRequest) -> HttpResponse:
    """The version in force; whoever has not accepted it can."""
    if request.method == "POST":
        try:
            accepted = actions.accept_code(request.POST.get("code", ""), by=request.actor)
            messages.success(request, _("You have accepted “%(code)s”.") % {"code": accepted})
        except NotPossible as reason:
            messages.info(request, str(reason))
            return redirect("readiness:code")
        return redirect("readiness:own")
    held, accepted_at = queries.code_for(request.actor)
    context = {"held": held, "accepted_at": accepted_at, "may_state": access.may(request.actor, "readiness.state_code")}
    context["versions"] = list(queries.codes_visible_to(request.actor))
    if held and context["may_state"]:
        context["accepted"], context["of"] = queries.reach(held)
    return render(request, "readiness/code.html", context)


@access.requires("readiness.code", methods="GET")
def code_version(request: HttpRequest, ref: str) -> HttpResponse:
    """One version, as it was."""
    held = access.fetch(queries.codes_visible_to(request.actor), ref=ref)
    versions = list(queries.codes_visible_to(request.actor))
    return render(request, "readiness/code_version.html", {"held": held, "versions": versions})


@access.requires("readiness.state_code")
def write_code(request: HttpRequest) -> HttpResponse:
    """The next version of the code, in force at once."""
    held = queries.in_force(request.actor.organisation)
    form = CodeForm(request.POST if request.method == "POST" else None, held=held)
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("name", "edition", "link", "text")}
        try:
            made = actions.state_code(actions.Written(**said), seen=form.cleaned_data["seen"], by=request.actor)
        except NotPossible as reason:
            form.add_error(None, str(reason))
        else:
            words = _("“%(code)s” is in force. Whoever your programmes ask to accept it is asked now.")
            messages.success(request, words % {"code": made})
            return redirect("readiness:code")
    context = {"form": form, "held": held}
    if held:
        context["accepted"], context["of"] = queries.reach(held)
    return render(request, "readiness/write_code.html", context)
