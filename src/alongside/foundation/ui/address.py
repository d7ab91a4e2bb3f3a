"""The query part of an address: sorting and turning pages without losing the rest of it."""

from typing import Any

from django.http import HttpRequest, QueryDict


def with_query(request: HttpRequest | None, **changed: Any) -> str:
    """The present query with some names changed; None takes a name out. Begins with a question mark."""
    query = request.GET.copy() if request else QueryDict(mutable=True)
    for name, value in changed.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = value
    return f"?{query.urlencode()}"
