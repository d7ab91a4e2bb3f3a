"""An organisation's own sign-in, for its administrators: setting it up, trying it, removing it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.foundation import access, outgoing
from alongside.organisations import engine, single_sign_on
from alongside.organisations.actions.provider import remove_provider, set_provider
from alongside.organisations.forms.sign_in import ProviderForm
from alongside.organisations.models import Provider
from alongside.organisations.queries.provider import provider_of
from alongside.organisations.rules import Proved
from alongside.organisations.terms import SignInFault

_FIELDS = ("issuer", "client_id", "button", "trusts_second_step", "links_by_address", "enabled")


@access.requires("organisations.settings")
def provider(request: HttpRequest) -> HttpResponse:
    """Where the organisation's people sign in. The provider's description is read before anything is kept."""
    held = provider_of(request.actor.organisation)
    said = {name: getattr(held, name) for name in _FIELDS} if held else {}
    form = ProviderForm(request.POST if request.method == "POST" else None, initial=said)
    if request.method == "POST" and form.is_valid():
        try:
            _keep(request, form, held)
        except engine.Fault as fault:
            form.add_error("issuer", _words(fault))
        else:
            messages.success(request, _("It is kept. Try it once before people use it."))
            return redirect("organisations:provider")
    context = {"form": form, "provider": held, "return_address": single_sign_on.return_address()}
    return render(request, "organisations/provider.html", context)


def _keep(request: HttpRequest, form: ProviderForm, held: Provider | None) -> None:
    given = dict(form.cleaned_data)
    secret = given.pop("client_secret")
    described = engine.describe(given["issuer"], outgoing.Patience(engine.PATIENCE), fresh=True)
    given["issuer"] = described.issuer  # just as the provider writes it
    kept = None if held and not secret else secret
    set_provider(request.actor.organisation, client_secret=kept, by=request.actor, **given)


def _words(fault: engine.Fault) -> str:
    detail = f" ({fault.detail})" if fault.detail else ""
    return f"{SignInFault(fault.code).label}{detail}"


@access.requires("organisations.settings", methods="GET")
def try_provider(request: HttpRequest) -> HttpResponse:
    """The whole way to the provider and back, for whoever sets it up. Nobody is connected or signed in by it."""
    held = provider_of(request.actor.organisation)
    if held is None:
        return redirect("organisations:provider")
    try:
        return single_sign_on.begin(request, held, purpose="try")
    except engine.Fault as fault:
        return show_trial(request, fault=_words(fault))


def show_trial(request: HttpRequest, *, fault: str = "", proved: Proved | None = None) -> HttpResponse:
    """How a trial came out: what the provider said, or plainly what is wrong."""
    context = {"fault": fault, "proved": proved, "return_address": single_sign_on.return_address()}
    return render(request, "organisations/provider_tried.html", context, status=502 if fault else 200)


def after_trial(request: HttpRequest, held: Provider, begun: dict[str, object]) -> HttpResponse:
    """Back from the provider: what it said is shown on a page of its own."""
    try:
        proved = single_sign_on.complete(request, held, begun)
    except engine.Fault as fault:
        return show_trial(request, fault=_words(fault))
    single_sign_on.keep(request, held, proved, purpose="try")
    return redirect("organisations:provider_tried")


@access.requires("organisations.settings", methods="GET")
def tried(request: HttpRequest) -> HttpResponse:
    """What the provider said at the trial a moment ago."""
    proved = single_sign_on.kept(request, provider_of(request.actor.organisation), purpose="try")
    return show_trial(request, proved=proved) if proved else redirect("organisations:provider")


@access.requires("organisations.settings")
def remove(request: HttpRequest) -> HttpResponse:
    """Ending the organisation's own sign-in, after asking."""
    held = provider_of(request.actor.organisation)
    if held is None:
        return redirect("organisations:provider")
    if request.method == "POST":
        remove_provider(held, by=request.actor)
        messages.success(request, _("Your own sign-in is removed. People sign in with their address."))
        return redirect("organisations:sign_in_settings")
    return render(request, "organisations/remove_provider.html")
