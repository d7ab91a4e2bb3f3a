"""How people of an organisation sign in: what administrators say of it, and the page that leads to a second step."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.foundation import access
from alongside.foundation.identity import devices, way_in
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actions.second_step import ask_for_second_step
from alongside.foundation.identity.models import Membership
from alongside.foundation.identity.terms import MembershipState
from alongside.organisations.actions.second_step import reset_second_step
from alongside.organisations.forms.sign_in import AskSecondStep


@access.requires("organisations.settings")
def sign_in_settings(request: HttpRequest) -> HttpResponse:
    """Whom the organisation asks for a second step, and the ways in beside an address and a password."""
    organisation = request.actor.organisation
    said = {"said": organisation.second_step, "roles": organisation.second_step_roles}
    form = AskSecondStep(request.POST if request.method == "POST" else None, initial=said)
    if request.method == "POST" and form.is_valid():
        ask_for_second_step(organisation, by=request.actor, **form.cleaned_data)
        messages.success(request, _("The settings are saved."))
        return redirect("organisations:sign_in_settings")
    return render(request, "organisations/sign_in_settings.html", {"form": form})


@access.requires("organisations.settings")
def reset(request: HttpRequest, ref: str) -> HttpResponse:
    """Helping whoever has lost the device for their second step, after asking whether it is really them."""
    joined = Membership.objects.filter(organisation=request.actor.organisation, state=MembershipState.ACTIVE)
    person = access.fetch(joined.select_related("organisation"), ref=ref)
    fault = ""
    if request.method == "POST":
        try:
            reset_second_step(person, by=request.actor)
        except NotPossible as reason:
            fault = str(reason)
        else:
            words = _("%(name)s is told by mail how to go on. Without an e-mail address, tell them yourself.")
            messages.success(request, words % {"name": person.name})
            return redirect("people:person", person.ref)
    return render(request, "organisations/reset_second_step.html", {"person": person, "fault": fault})


@access.requires(access.SIGNED_IN, methods="GET")
def second_step(request: HttpRequest) -> HttpResponse:
    """Where everybody is led who still owes an organisation a second step: to set it up, or to take it."""
    due = request.second_step_due
    if due is None:
        return redirect("/")
    context = {
        "organisation": due.organisation,
        "has_app": way_in.has_second_step(request.user),
        "at_provider": way_in.provided(request) is not None,
        "can_mail": bool(request.user.email),
    }
    return render(request, "organisations/second_step.html", context)


@access.requires(access.SIGNED_IN, methods="GET")
def own_way_in(request: HttpRequest) -> HttpResponse:
    """Why the locks of the account cannot be changed in a session that began at an organisation's provider."""
    if way_in.provided(request) is None:
        return redirect("organisations:own_settings")
    return render(request, "organisations/own_way_in.html")


@access.requires(access.SIGNED_IN, methods="POST")
def own_device(request: HttpRequest) -> HttpResponse:
    """Somebody says that nobody else uses this device: the session lasts."""
    devices.make_known(request)
    messages.success(request, _("You stay signed in on this device."))
    return redirect("usersessions_list")
