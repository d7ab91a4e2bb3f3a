"""What several packages ask for while one page is put together is loaded once."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

T = TypeVar("T")
_held: ContextVar[dict[Hashable, Any] | None] = ContextVar("held", default=None)


@contextmanager
def assembling() -> Iterator[None]:
    """Within the block `once` keeps what it loads. For pages that only read: what changes inside is not seen."""
    token = _held.set({})
    try:
        yield
    finally:
        _held.reset(token)


def loaded(key: Hashable) -> Any:
    """What `once` has loaded for this key on the page that is being put together; None while it has not."""
    return (_held.get() or {}).get(key)


def once(key: Hashable, load: Callable[[], T]) -> T:
    """What `load` gives; inside `assembling` it is called once for each key. The key names whose view it is."""
    held = _held.get()
    if held is None:
        return load()
    if key not in held:
        held[key] = load()
    found: T = held[key]
    return found
