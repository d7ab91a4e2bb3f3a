"""What packages above the vault tell it: where else something is sealed, and what to erase again after a restore."""

from collections.abc import Callable

Reseal = Callable[[bytes, str], bytes | None]
Source = Callable[[Reseal], int]
Restorer = Callable[[], None]
_elsewhere: list[Source] = []
_restorers: list[Restorer] = []


def sealed_elsewhere(source: Source) -> Source:
    """Register sealed values that do not stand in a SealedField, so that a rotation finds them.

    The function is given `reseal(value, place)`, which answers with the value to put in its place, or None where it may
    stay. It returns how many it replaced.
    """
    if source not in _elsewhere:
        _elsewhere.append(source)
    return source


def restoring(restorer: Restorer) -> Restorer:
    """Register what to do after a backup was restored and before it is served, such as erasing people again.

    `vault.destroyed("membership:")` says whom. Idempotent: a restore that was killed calls it again.
    """
    if restorer not in _restorers:
        _restorers.append(restorer)
    return restorer


def elsewhere() -> list[Source]:
    """Where else something is sealed."""
    return list(_elsewhere)


def restorers() -> list[Restorer]:
    """What is done after a restore, in the order of the layers."""
    return list(_restorers)
