"""Preferences, answers by a link in a mail, and the page that stands in for a mail server."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt

from alongside.foundation import access
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.notifications import actions, answers, queries, registry
from alongside.foundation.notifications.forms import PreferencesForm, TimingForm
from alongside.foundation.notifications.terms import DIGEST

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
    return _preferences(request, form, TimingForm(initial=queries.timing_of(account).__dict__))


@access.requires(access.MEMBER, methods="POST")
def timing(request: HttpRequest) -> HttpResponse:
    """When my mail comes: each by itself or gathered, not at night, so many a day."""
    account = request.actor.account
    form = TimingForm(request.POST)
    if form.is_valid():
        actions.choose_timing(account, **form.cleaned_data, by=request.actor)
        messages.success(request, _("Saved."))
        return redirect("notifications:preferences")
    return _preferences(request, PreferencesForm(None, account=account), form)


def _preferences(request: HttpRequest, form: PreferencesForm, timing: TimingForm) -> HttpResponse:
    required = [kind for kind in registry.kinds() if kind.required and kind.name != DIGEST]
    page = {"form": form, "timing": timing, "required": required}
    return render(request, "notifications/preferences.html", page)


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
@cache_control(no_store=True, private=True)
@access.requires(access.PUBLIC)
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind a link in a mail: one button, good for one thing, without signing in. Looking changes nothing."""
    try:
        asked = answers.asked(token)
    except answers.Expired:
        said = _("This link is too old to be answered. Sign in to see how things stand.")
        page = {"heading": _("This link has ended"), "said": said}
        return render(request, "notifications/answer.html", page, status=410)
    if asked is None:
        raise Http404
    said = str(asked.ended)
    if request.method == "POST" and asked.do and not said:
        try:
            asked.do()
            said = str(asked.thanks)
        except NotPossible as reason:  # pressed twice in the same moment, or things have changed since
            said = str(reason)
    return render(request, "notifications/answer.html", {"heading": asked.heading, "asked": asked, "said": said})


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
