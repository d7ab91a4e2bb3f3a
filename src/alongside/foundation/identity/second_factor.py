"""allauth's second factor, with its secrets sealed."""

from base64 import b64decode, b64encode
from contextlib import suppress
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.sessions.backends.base import SessionBase
from django.utils.translation import gettext_lazy as _

from alongside.foundation import vault
from alongside.foundation.vault.registry import Reseal

_BEGUN = "mfa.totp.secret"  # allauth's name for it
_OWNER, PLACE = "installation:second-factor", "mfa.authenticator.data"


class SecondFactorAdapter(DefaultMFAAdapter):
    """Seals the secrets of authenticator apps and the seeds of recovery codes with a key of the installation.

    Not with one of the person, and not bound to their row: allauth does not say whose secret it is. Whoever can swap
    two rows could as well remove one, so nothing is lost by it.
    """

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This is not the code that the app shows now, or it was used already. Wait for the next."),
    }

    def encrypt(self, text: str) -> str:
        """What stands in the table instead of a secret."""
        return b64encode(vault.seal(text, owner=_OWNER, place=PLACE)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret. Raises BadSeal where it cannot be read: nobody gets in with a code of nothing."""
        text = vault.unseal_one(b64decode(encrypted_text), PLACE)
        if not text:
            raise vault.BadSeal(PLACE)
        return text


def hide_begun(session: SessionBase) -> None:
    """Seal the secret of an app that somebody is setting up: until a code has shown that it is there, it stands in
    their session, and sessions stand in the database."""
    if secret := session.get(_BEGUN):
        session[_BEGUN] = SecondFactorAdapter().encrypt(secret)


def show_begun(session: SessionBase) -> None:
    """Open it for allauth's form, before it is hidden again. One that cannot be opened is gone: the page gives anew."""
    if sealed := session.pop(_BEGUN, None):
        with suppress(ValueError):  # vault.BadSeal, or nothing that was sealed
            session[_BEGUN] = SecondFactorAdapter().decrypt(sealed)


def resealed(data: dict[str, Any], reseal: Reseal) -> dict[str, Any]:
    """Those of an authenticator's secrets that a rotation seals anew; nothing where all may stay."""
    sealed = {name: data[name] for name in ("secret", "seed") if data.get(name)}
    fresh: dict[str, Any] = {name: new for name, value in sealed.items() if (new := _resealed(value, reseal))}
    codes = data.get("migrated_codes") or []
    new_codes = [_resealed(code, reseal) or code for code in codes]
    return fresh | ({"migrated_codes": new_codes} if new_codes != codes else {})


def _resealed(value: str, reseal: Reseal) -> str | None:
    new = reseal(b64decode(value), PLACE)
    return b64encode(new).decode() if new else None
