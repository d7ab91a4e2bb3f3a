"""What libraries load and Alongside never uses, kept out of memory: a tenth of what the web may have, and of its start.

Something else stands where the library looks for it. A test says that nothing has loaded it after all.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import NoReturn

from django.http import Http404

SECURITY_KEYS = "allauth.mfa.webauthn.internal.auth"


class _Empty(ModuleType):
    """A module in which every name is an empty class."""

    def __getattr__(self, name: str) -> type:
        return type(name, (), {})


class _NotOffered(ModuleType):
    """A module for something that nobody is offered: whoever asks for it all the same finds nothing."""

    def __getattr__(self, name: str) -> NoReturn:
        raise AttributeError(name) if name.startswith("__") else Http404


@contextmanager
def spared(*modules: str) -> Iterator[None]:
    """While something is imported that takes names from these modules and uses none; they can be loaded later."""
    put = {name: _Empty(name) for name in modules if name not in sys.modules}
    sys.modules.update(put)
    try:
        yield
    finally:
        for name in put:
            del sys.modules[name]


def spare_security_keys() -> None:
    """allauth loads what checks them even where they are no second step (MFA_SUPPORTED_TYPES)."""
    sys.modules.setdefault(SECURITY_KEYS, _NotOffered(SECURITY_KEYS))
