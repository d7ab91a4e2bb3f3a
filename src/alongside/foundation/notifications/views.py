"""Preferences, stopping a kind of mail from its link, and the page that stands in for a mail server."""

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from alongside.foundation import access
from alongside.foundation.identity.models import Account
from alongside.foundation.notifications import actions, queries, registry
from alongside.foundation.notifications.forms import PreferencesForm
from alongside.foundation.notifications.rendering import STOP_SALT

MOST_KEPT = 50


@access.requires(access.MEMBER)
def preferences(request: HttpRequest) -> HttpResponse:
    """Which mails I get."""
    account = request.actor.account
    posted = request.POST if request.method == "POST" else None  # no box ticked is an answer too
    form = PreferencesForm(posted, account=account)
    if form.is_valid():
        actions.choose_mail(account, wanted=set(form.cleaned_data["wanted"]), by=request.actor)
        messages.success(request, _("Saved."))
        return redirect("notifications:preferences")
    required = [kind for kind in registry.kinds() if kind.required]
    return render(request, "notifications/preferences.html", {"form": form, "required": required})


@access.requires(access.MEMBER)
def kept(request: HttpRequest) -> HttpResponse:
    """What somebody without e-mail would have been mailed, and the button by which it has been read."""
    found = list(queries.kept_for(request.actor.membership)[:MOST_KEPT])
    if request.method == "POST":
        newest = request.POST.get("newest", "")
        if newest.isdecimal() and len(newest) < 19:
            actions.have_read(request.actor.membership, newest=int(newest), by=request.actor)
        return redirect("notifications:kept")
    newest = max((held.pk for held in found), default=0)
    return render(request, "notifications/kept.html", {"kept": found, "newest": newest})


@csrf_exempt  # mail programs post here without ever having seen the page; the link itself is the proof
@access.requires(access.PUBLIC)
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """No more mails of one kind, by the link at the foot of a mail; without signing in."""
    try:
        ref, name = signing.loads(token, salt=STOP_SALT)
        kind = registry.kind(name)
    except (signing.BadSignature, LookupError, ValueError):
        raise Http404 from None
    account = access.fetch(Account.objects.all(), ref=ref)
    if request.method == "POST":
        actions.stop_kind(account, kind.name)
    page = {"kind": kind, "address": account.email or "", "stopped": request.method == "POST"}
    return render(request, "notifications/stop.html", page)


@access.requires(access.PUBLIC, methods="GET")
def mails(request: HttpRequest) -> HttpResponse:
    """Every mail, where no mail server is set and mails are shown instead."""
    _only_where_shown()
    page = Paginator(queries.newest().defer("body", "html"), 50).get_page(request.GET.get("page"))
    return render(request, "notifications/mails.html", {"page": page})


@access.requires(access.PUBLIC, methods="GET")
def mail(request: HttpRequest, ref: str) -> HttpResponse:
    """One mail, where mails are shown."""
    _only_where_shown()
    found = access.fetch(queries.newest(), ref=ref)
    facts = [_("To %(address)s") % {"address": found.to_address}, found.get_state_display()]
    return render(request, "notifications/mail_shown.html", {"mail": found, "facts": facts})


def _only_where_shown() -> None:
    if not settings.SHOW_MAIL:
        raise Http404
