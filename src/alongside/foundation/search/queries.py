"""Finding records by the beginnings of their words."""

from typing import TypeVar

from django.db import connections
from django.db.models import Model, Q, QuerySet

from alongside.foundation.identity.models import Organisation
from alongside.foundation.search.models import Word
from alongside.foundation.search.rules import words_asked

M = TypeVar("M", bound=Model)
_LAST = "\U0010ffff"
_FEW = 200


def match(
    queryset: QuerySet[M], organisation: Organisation, kind: str, query: str, ref_field: str = "ref"
) -> QuerySet[M]:
    """Those of `queryset` in which every word of `query` begins a word.

    A query without any letter or digit finds everything when it is empty, and nothing otherwise. Asks once.
    """
    asked = words_asked(query)
    if not asked:
        return queryset.none() if query.strip() else queryset
    words = Word.objects.filter(organisation=organisation, kind=kind)
    found = words.filter(_begins(asked[0]))
    for word in asked[1:]:
        found = found.filter(ref__in=words.filter(_begins(word)).values("ref"))
    # In so many refs while they are few: from a subquery, SQLite goes through the whole list to keep its order.
    few = list(found.values_list("ref", flat=True).distinct()[: _FEW + 1])
    return queryset.filter(**{f"{ref_field}__in": few if len(few) <= _FEW else found.values("ref")})


def _begins(word: str) -> Q:
    # SQLite uses an index for a range, PostgreSQL one of patterns for LIKE.
    if connections[Word.objects.db].vendor == "sqlite":
        return Q(word__gte=word, word__lt=word + _LAST)
    return Q(word__startswith=word)
