"""OpenID Connect with an organisation's provider: Authlib asks and checks, our guard decides where requests go.

What is checked: state, PKCE, the issuer of the description and of the answer, and of the token its signature by one
of the provider's keys with an asymmetric method, issuer, audience, authorised party, nonce, times, access-token hash.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import structlog
from django.core.cache import cache

from alongside.foundation import clock, outgoing
from alongside.organisations.rules import Proved
from alongside.organisations.terms import SignInFault

PATIENCE = 8.0
"""Seconds for all requests of one page together."""
KEPT = 600
_SAFE = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
_LEEWAY = 60
_STRONG = {
    "mfa", "phr", "phrh", "http://schemas.openid.net/pape/policies/2007/06/multi-factor", "https://refeds.org/profile/mfa",
}  # fmt: skip
_log = structlog.get_logger("alongside.sign_in")
T = TypeVar("T")


class Fault(Exception):
    """Signing in at a provider did not work. `detail` is for administrators and the log, never a token."""

    def __init__(self, code: SignInFault, detail: str = "") -> None:
        super().__init__(code)
        self.code, self.detail = code, detail
        _log.warning("provider.fault", code=code.value, detail=detail)


@dataclass(frozen=True)
class Description:
    """What a provider says of itself."""

    issuer: str
    authorize_at: str
    token_at: str
    keys_at: str
    basic: bool  # the secret goes into the header, rather than the form
    names_itself: bool  # its answers bear its issuer

    @classmethod
    def read(cls, issuer: str, document: dict[str, Any]) -> "Description":
        """Raises Fault for a description that is another's, or lacks something."""
        named = document.get("issuer")
        if not isinstance(named, str) or named.rstrip("/") != issuer.rstrip("/"):
            raise Fault(SignInFault.OTHER_ISSUER, str(named)[:200])
        places = [document.get(name) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
        for place in places:
            if not isinstance(place, str) or outgoing.fault_of_address(place):
                raise Fault(SignInFault.NO_DISCOVERY, str(place)[:200])
        methods = document.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        own = bool(document.get("authorization_response_iss_parameter_supported"))
        return cls(named, *map(str, places), "client_secret_basic" in methods, own)


@dataclass(frozen=True)
class Client:
    """How Alongside is known at a provider."""

    client_id: str
    secret: str
    back_to: str


@dataclass(frozen=True)
class Begun:
    """A sign-in on its way: where the browser goes, and what the session remembers of it."""

    url: str
    state: str
    nonce: str
    verifier: str


def describe(issuer: str, waits: outgoing.Patience, *, fresh: bool = False) -> Description:
    """A provider's description, kept for ten minutes. Raises Fault."""
    key = f"oidc:{issuer}"
    document = None if fresh else cache.get(key)
    if document is None:
        if outgoing.fault_of_address(issuer):
            raise Fault(SignInFault.BARRED, issuer)
        document = _asked(lambda: outgoing.fetch(f"{issuer.rstrip('/')}/.well-known/openid-configuration", waits))
    read = Description.read(issuer, document)
    cache.set(key, document, KEPT)
    return read


def _asked(ask: Callable[[], T]) -> T:
    try:
        return ask()
    except outgoing.Barred as error:
        raise Fault(SignInFault.BARRED, str(error)) from error
    except outgoing.Unreachable as error:
        raise Fault(SignInFault.AWAY, error.why) from error


def _session(client: Client, description: Description) -> Any:
    from authlib.integrations.requests_client import OAuth2Session  # noqa: PLC0415 -- only signing in pays for it

    by = ("client_secret_basic" if description.basic else "client_secret_post") if client.secret else "none"
    session = OAuth2Session(
        client.client_id,
        client.secret or None,
        token_endpoint_auth_method=by,
        scope="openid email",
        redirect_uri=client.back_to,
        code_challenge_method="S256",
    )
    return outgoing.guard(session)


def begin(client: Client, description: Description) -> Begun:
    """Where the browser goes to sign in."""
    from authlib.common.security import generate_token  # noqa: PLC0415 -- only signing in pays for it

    nonce, verifier = generate_token(32), generate_token(64)
    session = _session(client, description)
    url, state = session.create_authorization_url(description.authorize_at, nonce=nonce, code_verifier=verifier)
    return Begun(url, state, nonce, verifier)


def complete(
    client: Client, description: Description, *, code: str, nonce: str, verifier: str, waits: outgoing.Patience
) -> Proved:
    """Who somebody is who came back with a code. Raises Fault for whatever does not hold."""
    token = _asked(lambda: outgoing.within(waits, lambda: _exchange(client, description, code, verifier)))
    keys = _asked(lambda: outgoing.fetch(description.keys_at, waits))
    return _proved(_checked(token, keys, client, description, nonce), description.issuer)


def _exchange(client: Client, description: Description, code: str, verifier: str) -> dict[str, Any]:
    import requests  # noqa: PLC0415 -- only signing in pays for it
    from authlib.common.errors import AuthlibBaseError  # noqa: PLC0415 -- beside it

    from alongside.foundation.outgoing.guarded import is_barred, said_of  # noqa: PLC0415 -- beside it

    try:
        with _session(client, description) as session:
            token = session.fetch_token(
                description.token_at, grant_type="authorization_code", code=code, code_verifier=verifier
            )
            return dict(token)
    except AuthlibBaseError as error:
        refused = SignInFault.CLIENT if error.error in ("invalid_client", "unauthorized_client") else SignInFault.CODE
        raise Fault(refused, f"{error.error}: {error.description}"[:200]) from error
    except requests.exceptions.JSONDecodeError as error:
        raise Fault(SignInFault.CODE, "its answer is no JSON") from error
    except requests.RequestException as error:
        if is_barred(error):
            raise outgoing.Barred(description.token_at) from error
        raise outgoing.Unreachable(said_of(error)) from error


def _checked(
    token: dict[str, Any], keys: dict[str, Any], client: Client, description: Description, nonce: str
) -> dict[str, Any]:
    from authlib.oidc.core import CodeIDToken  # noqa: PLC0415 -- only signing in pays for it
    from joserfc import errors, jwt  # noqa: PLC0415 -- beside it
    from joserfc.jwk import KeySet  # noqa: PLC0415 -- beside it

    try:
        found = jwt.decode(str(token.get("id_token", "")), KeySet.import_key_set(keys), algorithms=_SAFE)  # type: ignore[arg-type]
    except (errors.JoseError, ValueError, KeyError, TypeError) as error:
        raise Fault(SignInFault.SIGNATURE, type(error).__name__) from error
    claims = CodeIDToken(
        found.claims,
        found.header,
        options={
            "iss": {"essential": True, "value": description.issuer},
            "aud": {"essential": True, "value": client.client_id},
        },
        params={"nonce": nonce, "client_id": client.client_id, "access_token": token.get("access_token")},
    )
    try:
        claims.validate(now=int(clock.now().timestamp()), leeway=_LEEWAY)
    except errors.ExpiredTokenError as error:
        raise Fault(SignInFault.TIME, "expired") from error
    except (errors.JoseError, ValueError, TypeError) as error:
        raise Fault(_OF_CLAIM.get(getattr(error, "claim", ""), SignInFault.TOKEN), str(error)[:200]) from error
    return dict(claims)


_OF_CLAIM = {
    "iss": SignInFault.ISSUER,
    "aud": SignInFault.AUDIENCE,
    "azp": SignInFault.AUDIENCE,
    "nonce": SignInFault.NONCE,
    "exp": SignInFault.TIME,
    "iat": SignInFault.TIME,
    "nbf": SignInFault.TIME,
}


def _proved(claims: dict[str, Any], issuer: str) -> Proved:
    subject, methods = claims.get("sub"), claims.get("amr") or []
    if not isinstance(subject, str) or not 0 < len(subject) <= 255 or "\0" in subject:
        raise Fault(SignInFault.TOKEN, "sub")
    said = {claims.get("acr"), *(held for held in methods if isinstance(held, str))}
    verified = claims.get("email_verified") is True and isinstance(claims.get("email"), str)
    return Proved(issuer, subject, claims["email"].strip().lower() if verified else "", bool(said & _STRONG))
