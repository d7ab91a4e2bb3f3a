"""allauth's second factor, with its secrets sealed."""

from base64 import b64decode, b64encode

from allauth.mfa.adapter import DefaultMFAAdapter

from alongside.foundation import vault

_OWNER, _PLACE = "installation:second-factor", "mfa.authenticator.data"


class SecondFactorAdapter(DefaultMFAAdapter):
    """Seals the secrets of authenticator apps and the seeds of recovery codes with a key of the installation.

    Not with one of the person, and not bound to their row: allauth does not say whose secret it is. Whoever can swap
    two rows could as well remove one, so nothing is lost by it.
    """

    def encrypt(self, text: str) -> str:
        """What stands in the table instead of a secret."""
        return b64encode(vault.seal(text, owner=_OWNER, place=_PLACE)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret. Raises BadSeal where it cannot be read: nobody gets in with a code of nothing."""
        text = vault.unseal_one(b64decode(encrypted_text), _PLACE)
        if not text:
            raise vault.BadSeal(_PLACE)
        return text
