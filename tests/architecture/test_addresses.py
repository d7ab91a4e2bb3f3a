"""Every address names its permission, and every permission has a row."""

from collections.abc import Iterable, Iterator
from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path

from alongside.foundation import access

# Views of allauth, which decide for themselves who may come: signing in and out, one's own account and second factor.
ALLAUTH = {
    "account_change_password",
    "account_confirm_login_code",
    "account_inactive",
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "account_request_login_code",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_set_password",
    "mfa_activate_totp",
    "mfa_authenticate",
    "mfa_deactivate_totp",
    "mfa_download_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_view_recovery_codes",
    "usersessions_list",
}
EVERYBODY = {access.PUBLIC, access.SIGNED_IN, access.MEMBER}


def unnamed(patterns: Iterable[URLPattern]) -> list[str]:
    """Addresses without a permission, or with one that no row explains."""
    return [str(pattern.pattern) for pattern in patterns if not _named(pattern)]


def _named(pattern: URLPattern) -> bool:
    view = pattern.callback
    permission = getattr(view, "permission", None)
    if permission is None:
        return _module(view).startswith("allauth.") and pattern.name in ALLAUTH
    return permission in EVERYBODY or permission in {row.permission for row in access.rows()}


def _module(view) -> str:
    return getattr(view, "view_class", view).__module__


def walk(resolver: URLResolver) -> Iterator[URLPattern]:
    """Every pattern below a resolver."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from walk(entry)
        else:
            yield entry


def test_every_address_names_its_permission():
    found = list(walk(get_resolver()))
    assert len(found) > 40
    assert unnamed(found) == []


def test_planted_addresses_are_caught():
    def view(request):
        return HttpResponse()

    misspelt = SimpleNamespace(permission="contracts.sing")
    named = access.requires(access.MEMBER, methods="GET")(view)
    patterns = [path("open/", view), path("named/", named)]
    patterns.append(SimpleNamespace(pattern="misspelt/", callback=misspelt))
    assert unnamed(patterns) == ["open/", "misspelt/"]


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE"])
def test_a_method_that_a_view_does_not_name_is_refused(rf, method):
    view = access.requires(access.PUBLIC, methods="GET POST")(lambda request: HttpResponse("reached"))
    assert view(rf.generic(method, "/")).status_code == 405
