"""Pages of organisations: set-up, settings, roles, own settings, switching."""

from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.foundation import access, hooks
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import SYSTEM
from alongside.foundation.identity.middleware import SESSION_KEY
from alongside.foundation.identity.models import Membership
from alongside.foundation.identity.queries import holders, organisations_exist
from alongside.foundation.identity.terms import GONE, ROLE_DUTIES, OrganisationRoleName
from alongside.organisations import actions, forms, queries, rules

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@access.requires(access.PUBLIC)
def set_up(request: HttpRequest) -> HttpResponse:
    """The first page of work: who runs this copy."""
    if organisations_exist():
        return redirect("/")
    form = forms.SetUp(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            membership = actions.set_up(form.cleaned_data)
        except NotPossible as reason:
            form.add_error(None, str(reason))
        else:
            login(request, membership.account, backend=BACKEND)
            messages.success(request, _("%(name)s is set up.") % {"name": membership.organisation.name})
            return redirect("/")
    return render(request, "organisations/set_up.html", {"form": form, "zones": rules.COMMON_ZONES})


@access.requires("organisations.settings")
def settings(request: HttpRequest) -> HttpResponse:
    """The organisation's settings."""
    organisation = request.actor.organisation
    fields = ("name", "timezone", "language", "privacy_contact")
    form = forms.OrganisationSettings(
        request.POST if request.method == "POST" else None,
        initial={field: getattr(organisation, field) for field in fields},
    )
    if request.method == "POST" and form.is_valid():
        identity.change_organisation(organisation, by=request.actor, **form.cleaned_data)
        messages.success(request, _("The settings are saved."))
        return redirect("organisations:settings")
    return render(request, "organisations/settings.html", {"form": form, "zones": rules.COMMON_ZONES})


@access.requires("organisations.settings")
def roles(request: HttpRequest) -> HttpResponse:
    """Who is trusted with what, and naming somebody."""
    members = Membership.objects.filter(organisation=request.actor.organisation).exclude(state__in=GONE)
    form = forms.GrantRole(request.POST if request.method == "POST" else None, members=members)
    if request.method == "POST" and form.is_valid():
        person, role = form.cleaned_data["person"], form.cleaned_data["role"]
        identity.grant_role(person, role, by=request.actor)
        messages.success(request, _("%(name)s has the role now.") % {"name": person.name})
        return redirect("organisations:roles")
    people = queries.by_role(request.actor.organisation)
    held = [(role, ROLE_DUTIES[role], people.get(role, [])) for role in OrganisationRoleName]
    return render(request, "organisations/roles.html", {"form": form, "held": held})


@access.requires("organisations.settings")
def end_role(request: HttpRequest, role: str, ref: str) -> HttpResponse:
    """Taking a role away, after asking."""
    if role not in OrganisationRoleName:
        raise Http404
    person = access.fetch(Membership.objects.filter(organisation=request.actor.organisation), ref=ref)
    if not holders(request.actor.organisation, role).filter(pk=person.pk).exists():
        messages.info(request, _("%(name)s no longer has the role.") % {"name": person.name})
        return redirect("organisations:roles")
    if request.method == "POST":
        try:
            identity.end_role(person, role, by=request.actor)
            messages.success(request, _("%(name)s no longer has the role.") % {"name": person.name})
        except NotPossible as reason:
            messages.error(request, str(reason))
        own = person.pk == request.actor.membership.pk and role == OrganisationRoleName.ADMINISTRATOR
        still = not own or holders(request.actor.organisation, role).filter(pk=person.pk).exists()
        return redirect("organisations:roles" if still else "/")
    panels = hooks.panels.shown("end_role", request.actor, (person, role))
    context = {"person": person, "role": OrganisationRoleName(role), "panels": panels}
    return render(request, "organisations/end_role.html", context)


@access.requires(access.SIGNED_IN)
def own_settings(request: HttpRequest) -> HttpResponse:
    """Zone and language of one's own account, and the way to password, second factor and sessions."""
    initial = {"timezone": request.user.timezone, "language": request.user.language}
    form = forms.OwnSettings(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        identity.change_settings(request.user, by=request.actor or SYSTEM, **form.cleaned_data)
        messages.success(request, _("Your settings are saved."))
        return redirect("organisations:own_settings")
    return render(request, "organisations/own_settings.html", {"form": form, "zones": rules.COMMON_ZONES})


@access.requires(access.SIGNED_IN, methods="POST")
def switch(request: HttpRequest) -> HttpResponse:
    """Act for another of one's organisations from now on."""
    chosen = request.POST.get("ref", "")
    if all(membership.ref != chosen for membership in request.memberships):
        raise Http404
    request.session[SESSION_KEY] = chosen
    return redirect("/")
