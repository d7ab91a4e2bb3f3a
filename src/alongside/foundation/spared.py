"""What libraries load and Alongside never uses, kept out of memory: a tenth of what the web may have, and of its start.

Something else stands where the library looks for it. A test says that nothing has loaded it after all.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any, NoReturn

from django.http import Http404

SECURITY_KEYS = "allauth.mfa.webauthn.internal.auth"


class _StandIn(ModuleType):
    """A module in which every name is the same thing."""

    def __init__(self, name: str, thing: Any) -> None:
        super().__init__(name)
        self._thing = thing

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._thing


def _nothing_here(*given: Any, **more: Any) -> NoReturn:
    """For what nobody is offered."""
    raise Http404


@contextmanager
def spared(*modules: str) -> Iterator[None]:
    """While something is imported that takes names from these modules and uses none; they can be loaded later."""
    put = {name: _StandIn(name, type("Unused", (), {})) for name in modules if name not in sys.modules}
    sys.modules.update(put)
    try:
        yield
    finally:
        for name in put:
            del sys.modules[name]


def spare_security_keys() -> None:
    """allauth loads what checks them even where they are no second step (MFA_SUPPORTED_TYPES)."""
    sys.modules.setdefault(SECURITY_KEYS, _StandIn(SECURITY_KEYS, _nothing_here))
