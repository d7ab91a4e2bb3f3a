"""One indexed table of folded words over both databases.

    search.index(organisation, "people.membership", membership.ref, f"{membership.name} {headline}")
    found = search.match(queries.visible_to(actor), organisation, "people.membership", "ann ob")

Every word of a query must begin a word of the record, whatever its accents and capitals. Vault text never goes in.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeVar

from django.db.models import Model, QuerySet

if TYPE_CHECKING:
    from alongside.foundation.identity.models import Organisation

M = TypeVar("M", bound=Model)
__all__ = ["forget", "forget_ref", "index", "index_many", "match"]


def index(organisation: Organisation, kind: str, ref: str, text: str) -> None:
    """Make a record findable by the words of `text`, and by no others any more."""
    index_many(organisation, kind, [(ref, text)])


def index_many(organisation: Organisation, kind: str, texts: Iterable[tuple[str, str]]) -> None:
    """Make many records findable, `(ref, text)` each; see `search.actions.index_many`."""
    from alongside.foundation.search import actions  # noqa: PLC0415 -- models load after the apps

    actions.index_many(organisation, kind, texts)


def forget(kind: str, ref: str) -> None:
    """Let a record be found no more."""
    from alongside.foundation.search import actions  # noqa: PLC0415 -- models load after the apps

    actions.forget(kind, ref)


def forget_ref(ref: str) -> None:
    """Let whatever has this ref be found no more, of whatever kind it is."""
    from alongside.foundation.search import actions  # noqa: PLC0415 -- models load after the apps

    actions.forget_ref(ref)


def match(
    queryset: QuerySet[M], organisation: Organisation, kind: str, query: str, ref_field: str = "ref"
) -> QuerySet[M]:
    """Those of a queryset that a query finds; see `search.queries.match`."""
    from alongside.foundation.search import queries  # noqa: PLC0415 -- models load after the apps

    return queries.match(queryset, organisation, kind, query, ref_field)
