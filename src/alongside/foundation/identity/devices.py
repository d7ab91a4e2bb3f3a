"""Devices: one that nobody said to be their own is signed out after ten minutes without use, and keeps nothing.

When somebody was last here stands in a signed cookie of theirs and not in the database: reading a page writes nothing.
"""

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.crypto import salted_hmac

from alongside.foundation import clock
from alongside.foundation.identity.models import Account

BEGAN_KEY, _OWNER_KEY = "began", "device_owner"
IDLE, RENEWED_AFTER = 600, 60
"""Seconds without use until an unknown device is signed out; seconds after which the cookie is written anew."""
_SALT = "alongside.identity.seen"


def is_known(request: HttpRequest) -> bool:
    """Did its owner say that nobody else uses this device?"""
    return bool(request.session.get("_session_expiry"))


def make_known(request: HttpRequest) -> None:
    """From now on this session lasts, also when the browser is closed."""
    request.session.set_expiry(settings.SESSION_COOKIE_AGE)


def note_owner(request: HttpRequest, account: Account | None) -> None:
    """Before somebody is signed in: whose device they say this is, None for nobody's.

    It counts for this account alone: whoever sits down next, in the same session, has said nothing.
    """
    request.session[_OWNER_KEY] = account.pk if account else None


class DeviceMiddleware:
    """Ends sessions that nobody used for ten minutes on a device that is not known; a known one keeps its session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Looks when somebody was last here, and remembers that they are."""
        was_in, key, seen = request.user.is_authenticated, request.session.session_key, 0.0
        if was_in and _is_watched(request):
            seen = _last_seen(request)
            if _now() - seen > IDLE:
                return _signed_out(request)
        response = self.get_response(request)
        is_in = request.user.is_authenticated
        if is_in and request.session.session_key != key:
            request.session[BEGAN_KEY], seen = _now(), 0.0
            if not was_in:
                _settle_owner(request)
        if is_in and _is_watched(request) and _now() - seen > RENEWED_AFTER:
            _remember(request, response)
        if was_in and not is_in:
            _leave_nothing(response)
        return response


def _settle_owner(request: HttpRequest) -> None:
    is_owner = request.session.pop(_OWNER_KEY, None) == request.user.pk
    request.session.set_expiry(settings.SESSION_COOKIE_AGE if is_owner else 0)


def _now() -> float:
    return clock.now().timestamp()


def _is_watched(request: HttpRequest) -> bool:
    return BEGAN_KEY in request.session and not is_known(request)


def _name() -> str:
    return "__Host-seen" if settings.SESSION_COOKIE_SECURE else "seen"


def _whose(request: HttpRequest) -> str:
    return salted_hmac(_SALT, request.session.session_key or "", algorithm="sha256").hexdigest()


def _last_seen(request: HttpRequest) -> float:
    """When this session was last used: by its own cookie, or else when it began."""
    began = float(request.session[BEGAN_KEY])
    try:
        whose, at = signing.loads(request.COOKIES.get(_name(), ""), salt=_SALT)
        return max(float(at), began) if whose == _whose(request) else began
    except (signing.BadSignature, TypeError, ValueError):
        return began


def _remember(request: HttpRequest, response: HttpResponse) -> None:
    value = signing.dumps([_whose(request), _now()], salt=_SALT)
    response.set_cookie(_name(), value, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax")


def _signed_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    given = {"idle": "1"} | ({"next": request.get_full_path()} if request.method == "GET" else {})
    address = f"{resolve_url(settings.LOGIN_URL)}?{urlencode(given)}"
    whole = {"HX-Redirect": address} if request.headers.get("HX-Request") else {"Location": address}
    response = HttpResponse(status=200 if "HX-Redirect" in whole else 302, headers=whole)
    _leave_nothing(response)
    return response


def _leave_nothing(response: HttpResponse) -> None:
    """Whoever sits down here next finds no page of before."""
    response.delete_cookie(_name(), samesite="Lax")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    response.headers["Cache-Control"] = "no-store, private"
