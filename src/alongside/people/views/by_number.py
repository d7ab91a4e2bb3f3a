"""Signing in without e-mail: organisation, employee number, and the code of a letter or a password."""

from datetime import timedelta

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from alongside.foundation import access, clock
from alongside.foundation.identity import devices, queries, way_in
from alongside.foundation.identity.actions import NotPossible
from alongside.foundation.identity.actions.without_email import choose_password, use_code
from alongside.foundation.identity.actors import SYSTEM
from alongside.foundation.identity.middleware import SESSION_KEY
from alongside.foundation.identity.models import Account, Membership, PrintedCode
from alongside.organisations.actions.notice import ensure_notice
from alongside.organisations.queries.notice import current
from alongside.people import actions
from alongside.people.forms.without_email import ByNumber, ChoosePassword, JoinByLetter
from alongside.people.queries.joining import given_before

_LETTER, _OWN_DEVICE, _LATELY = "letter", "letter_on_own_device", "letter_used_at"
_TIME_TO_CHOOSE = timedelta(minutes=15)
_ALLAUTH = "allauth.account"


@access.requires(access.PUBLIC)
def by_number(request: HttpRequest, slug: str = "") -> HttpResponse:
    """The way in for people without e-mail. Says and takes the same for numbers that are there and that are not."""
    if request.user.is_authenticated:
        return redirect("/")
    only = None if slug else queries.only_organisation()
    form = ByNumber(request.POST or None, initial={"organisation": slug or (only.slug if only else "")})
    response, status = None, 200
    if request.method == "POST" and form.is_valid():
        response, fault, status = _try(request, **form.cleaned_data)
        if fault:
            form.add_error(None, fault)
    response = response or render(request, "people/by_number.html", {"form": form}, status=status)
    add_never_cache_headers(response)
    return response


def _try(
    request: HttpRequest, organisation: str, number: str, secret: str, *, remember: bool
) -> tuple[HttpResponse | None, str, int]:
    """The answer to somebody who is in, or why they are not. Codes are too long to be guessed; passwords are slowed."""
    too_often = _("That was tried too often. Wait five minutes, then try again; a code on a letter works at once.")
    slug, number = organisation.strip().lower(), number.strip()
    if not ratelimit.consume(request, app=_ALLAUTH, action="login"):
        return None, too_often, 429
    membership = queries.by_number(slug, number)
    printed = queries.open_code(membership, secret)
    if membership and printed:
        return _by_code(request, printed, membership.account, own_device=remember), "", 200
    usage = ratelimit.consume(request, app=_ALLAUTH, action="login_failed", key=f"number:{slug}:{number.lower()}")
    if not usage:
        return None, too_often, 429
    account = membership.account if membership else None
    if account is None:
        Account().set_password(secret)  # takes as long as looking at a password
    elif account.check_password(secret):
        usage.rollback()  # takes back this try alone: others go on counting
        return way_in.sign_in(request, account, method="password", own_device=remember), "", 200
    fault = _("These do not belong together. Look at your letter again; a code works once, for 30 days.")
    return None, fault, 200


def _by_code(request: HttpRequest, printed: PrintedCode, account: Account | None, *, own_device: bool) -> HttpResponse:
    if account is None:
        request.session[_LETTER], request.session[_OWN_DEVICE] = printed.ref, own_device
        return redirect("people:join_by_letter")
    try:
        use_code(printed)
    except NotPossible as reason:
        messages.error(request, str(reason))
        return redirect("people:by_number")
    request.session[_LATELY] = [account.pk, clock.now().timestamp()]
    return way_in.sign_in(request, account, method="letter", then="/me/new-password/", own_device=own_device)


@access.requires(access.PUBLIC)
def join_by_letter(request: HttpRequest) -> HttpResponse:
    """Setting up an account after the code on a letter; the code is used once that is done."""
    printed = queries.open_code_by_ref(request.session.get(_LETTER, ""))
    if printed is None or request.user.is_authenticated:
        return redirect("people:by_number")
    membership = printed.membership
    request.invited_by = membership.organisation
    form = JoinByLetter(request.POST or None, membership=membership)
    if request.method == "POST" and form.is_valid():
        try:
            return _set_up(request, printed, form)
        except NotPossible as reason:
            form.add_error(None, str(reason))
    response = render(request, "people/join_by_letter.html", _told(membership) | {"form": form})
    add_never_cache_headers(response)
    return response


def _told(membership: Membership) -> dict[str, object]:
    held = current(membership.organisation)
    given = given_before(membership)
    return {"membership": membership, "held": held, "parts": held.parts if held else [], "given": given}


def _set_up(request: HttpRequest, printed: PrintedCode, form: JoinByLetter) -> HttpResponse:
    held = ensure_notice(printed.membership.organisation)
    if request.POST.get("notice") != held.ref:
        raise NotPossible(_("The privacy notice has changed since you opened this page. Read it, then go on."))
    given = {name: form.cleaned_data[name] for name in ("name", "known_as")}
    password = form.cleaned_data["password"] or None
    account = actions.set_up_account_by_letter(printed, **given, password=password, notice=held)
    devices.note_owner(request, account if request.session.pop(_OWN_DEVICE, False) else None)
    way_in.begin(request, account)
    request.session.pop(_LETTER, None)
    request.session[SESSION_KEY] = printed.membership.ref
    return redirect("/")


@access.requires(access.SIGNED_IN)
def new_password(request: HttpRequest) -> HttpResponse:
    """Choosing a password, for a quarter of an hour after signing in with the code on a letter."""
    whose, at = request.session.get(_LATELY, (0, 0.0))
    if whose != request.user.pk or clock.now().timestamp() - at > _TIME_TO_CHOOSE.total_seconds():
        return redirect("/")
    form = ChoosePassword(request.POST or None)
    if request.method == "POST" and form.is_valid():
        choose_password(request.user, form.cleaned_data["password"], by=request.actor or SYSTEM)
        way_in.go_on(request, request.user)
        request.session.pop(_LATELY, None)
        messages.success(request, _("Your password is kept. Next time, sign in with your number and it."))
        return redirect("/")
    return render(request, "people/new_password.html", {"form": form})
