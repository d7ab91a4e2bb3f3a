"""Pages of organisations: set-up, settings, roles, own settings and sign-in address, switching."""

from allauth.account.decorators import reauthentication_required
from allauth.core import ratelimit
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.foundation import access, hooks, notifications
from alongside.foundation.identity import actions as identity
from alongside.foundation.identity import way_in
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actors import SYSTEM
from alongside.foundation.identity.middleware import SESSION_KEY
from alongside.foundation.identity.models import Membership
from alongside.foundation.identity.queries import address_change, address_change_by, holders, organisations_exist
from alongside.foundation.identity.terms import GONE, ROLE_DUTIES, OrganisationRoleName
from alongside.foundation.notifications import queries as outbox
from alongside.foundation.notifications.actions import try_again as try_mail_again
from alongside.foundation.ui.components.tables import Column
from alongside.foundation.vault import queries as vault
from alongside.organisations import actions, forms, queries, rules

A_PAGE = 50


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
            way_in.begin(request, membership.account)
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
    context = {"form": form, "zones": rules.COMMON_ZONES, "keys": vault.store()}
    return render(request, "organisations/settings.html", context)


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


@access.requires("organisations.mails", methods="GET")
def mails(request: HttpRequest) -> HttpResponse:
    """The mails that were not sent: to whom, since when, why, and what helps."""
    organisation, form = request.actor.organisation, forms.MailFilter(request.GET)
    found = outbox.narrowed(queries.mails_visible_to(request.actor), organisation, **form.chosen())
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    page.object_list = outbox.unsent(page.object_list, organisation)
    labels = {"kind": _("What about"), "state": _("State"), "since": _("Since"), "why": _("What went wrong")}
    context = {
        "form": form,
        "page": page,
        "labels": labels,
        "columns": [_("To"), *labels.values(), Column(_("Actions"), hidden=True)],
        "narrowed": bool(form.chosen()),
    }
    return render(request, "organisations/mails.html", context)


@access.requires("organisations.mails", methods="POST")
def try_again(request: HttpRequest, mail_ref: str) -> HttpResponse:
    """Send a mail once more that was not sent; back to the same part of the list."""
    mail = access.fetch(queries.mails_visible_to(request.actor), ref=mail_ref)
    try:
        try_mail_again(mail, by=request.actor)
        messages.success(request, _("It is tried again now. Where it fails once more, it comes back to this list."))
    except NotPossible as reason:
        messages.error(request, str(reason))
    kept = f"?{request.GET.urlencode()}" if request.GET else ""
    return redirect(reverse("organisations:mails") + kept)


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


@access.requires(access.SIGNED_IN)
def address(request: HttpRequest) -> HttpResponse:
    """The address one signs in with: asking for another, and how far that has come."""
    can_deliver = notifications.can_deliver()
    form = forms.NewAddress(request.POST if request.method == "POST" else None, present=request.user.email)
    if request.method == "POST" and can_deliver and form.is_valid():
        return _ask_address_change(request, form)
    return _address_page(request, form, status=200 if request.method != "POST" or can_deliver else 503)


def _address_page(request: HttpRequest, form: forms.NewAddress, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "change": address_change(request.user), "can_deliver": notifications.can_deliver()}
    return render(request, "organisations/address.html", context, status=status)


@reauthentication_required
def _ask_address_change(request: HttpRequest, form: forms.NewAddress) -> HttpResponse:
    wanted = form.cleaned_data["address"]
    if not ratelimit.consume(request, action="change_address", user=request.user, key=wanted):
        form.add_error(None, _("You have asked for this often today. Ask again tomorrow."))
        return _address_page(request, form, status=429)
    actions.ask_address_change(request.user, address=wanted, by=request.actor or SYSTEM)
    messages.success(request, _("Two mails are on their way. Follow the link in each within one hour."))
    return redirect("organisations:address")


@access.requires(access.SIGNED_IN, methods="POST")
def stop_address(request: HttpRequest) -> HttpResponse:
    """Keep the address after all."""
    identity.stop_address_change(request.user, by=request.actor or SYSTEM)
    messages.success(request, _("Your address stays as it is."))
    return redirect("organisations:address")


@access.requires(access.SIGNED_IN)
def confirm_address(request: HttpRequest, token: str) -> HttpResponse:
    """Where the links lead: one button, for whoever asked and is signed in."""
    change = address_change_by(request.user, token)
    if change is None:
        return render(request, "organisations/address_over.html", status=404)
    fault = ""
    if request.method == "POST":
        try:
            changed = actions.confirm_address(request.user, token, by=request.actor or SYSTEM)
        except NotPossible as reason:
            fault = str(reason)
        else:
            return _confirmed(request, changed)
    return render(request, "organisations/confirm_address.html", {"change": change, "fault": fault})


def _confirmed(request: HttpRequest, changed: bool) -> HttpResponse:
    if not changed:
        messages.success(request, _("Confirmed. Now follow the link in the other mail."))
        return redirect("organisations:address")
    way_in.go_on(request, request.user)  # all others knew the old address
    words = _("You now sign in with %(address)s. Everywhere else you are signed out.")
    messages.success(request, words % {"address": request.user.email})
    return redirect("organisations:own_settings")


@access.requires(access.SIGNED_IN, methods="POST")
def switch(request: HttpRequest) -> HttpResponse:
    """Act for another of one's organisations from now on."""
    chosen = request.POST.get("ref", "")
    if all(membership.ref != chosen for membership in request.memberships):
        raise Http404
    request.session[SESSION_KEY] = chosen
    return redirect("/")
